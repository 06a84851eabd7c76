"""The first value handed on: a file as a table of text, with every line accounted for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems import Problem

PART: Final = " › "
"""Between the name of an upload and the name of a table in it: ``book.xlsx › Interviews``."""

INVITATIONS: Final = f"{PART}invitations"
"""How the table of a mailbox's invitations is called, behind the name of the mailbox."""

Format = Literal["delimited", "calendar", "sheet", "mail", "json", "archive", "unknown"]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited file is written. ``votes_agree`` is False where two sniffers differ (then ask)."""

    encoding: str
    delimiter: str
    quote: str
    escape: str
    header_lines: int
    votes_agree: bool = True


@dataclass(frozen=True, slots=True)
class LineAccount:
    """Where every physical line of a file went; the parts always add up to ``lines``.

    ``rows`` counts lines that belong to rows of the frame (a row with quoted newlines has several).
    """

    lines: int
    rows: int
    header: int
    dropped: Mapping[str, int] = field(default_factory=dict)
    set_aside: int = 0

    def __post_init__(self) -> None:
        total = self.rows + self.header + sum(self.dropped.values()) + self.set_aside
        if total != self.lines:
            raise AssertionError(f"line account does not add up: {total} placed of {self.lines}")


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table read from one upload, all text, nothing guessed.

    ``frame``: one row a record, columns named by the header (made unique), dtype ``str``, empty cells ``""``.
    ``lines``: int64, the physical line (from 1) on which each row of ``frame`` starts.
    ``rejects``: rows set aside, columns ``line`` (int64), ``code``, ``text`` (the raw line).
    ``problems``: what a person should know, in line order. A file that cannot be read at all has an empty
    frame and a problem of severity ``unreadable``. ``part`` is the table's own name inside an upload that holds
    several: of ``book.xlsx › Interviews`` it is ``Interviews``, and ``""`` where the upload is the table.
    """

    name: str
    format: Format
    sha256: str
    frame: pd.DataFrame
    lines: NDArray[np.int64]
    account: LineAccount
    rejects: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    dialect: Dialect | None = None
    part: str = ""

    @property
    def readable(self) -> bool:
        """Whether anything could be read."""
        return not any(p.kind.severity == "unreadable" for p in self.problems)
