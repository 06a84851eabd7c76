"""The catalogue of problems: everything that can be wrong with what was uploaded.

A problem is a value that travels beside the good rows. Each entry of `CATALOGUE` has a code (stable,
used in JSON and in tests), a title for a list, a sentence that says what and where, and what to do next.
``{placeholders}`` are filled by `problem`. Severity: ``note`` (nothing lost), ``ask`` (a person should
decide), ``set_aside`` (this row is not scored), ``unreadable`` (the whole file could not be read).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["note", "ask", "set_aside", "unreadable"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem, as the catalogue describes it."""

    code: str
    title: str
    sentence: str
    next_step: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem at one place. ``line`` is the physical line of the file, 0 for the file as a whole."""

    code: str
    file: str
    line: int
    message: str
    column: str = ""
    value: str = ""

    @property
    def kind(self) -> Kind:
        """The catalogue's entry for this problem."""
        return CATALOGUE[self.code]


def _catalogue(kinds: Iterable[Kind]) -> dict[str, Kind]:
    table: dict[str, Kind] = {}
    for kind in kinds:
        if kind.code in table:
            raise ValueError(f"problem code {kind.code!r} stands twice in the catalogue")
        table[kind.code] = kind
    return table


_READING = (
    Kind(
        "empty_file",
        "The file is empty",
        "{file} holds no data.",
        "Export it again and check that the export finished before uploading.",
        "unreadable",
    ),
)

_CHECKING: tuple[Kind, ...] = ()

_LINKING: tuple[Kind, ...] = ()

CATALOGUE: Final[dict[str, Kind]] = _catalogue((*_READING, *_CHECKING, *_LINKING))


def problem(code: str, file: str, line: int = 0, *, column: str = "", value: str = "", **facts: object) -> Problem:
    """Build a problem from the catalogue.

    The message is the entry's sentence with ``file``, ``line``, ``column``, ``value`` and ``facts`` filled
    in, then the next step. Raises ``KeyError`` for a code that is not in the catalogue.
    """
    kind = CATALOGUE[code]
    shown = value if len(value) <= 80 else value[:77] + "…"
    where = {"file": file, "line": line, "column": column, "value": shown, **facts}
    message = f"{kind.sentence.format(**where)} {kind.next_step.format(**where)}"
    return Problem(code, file, line, message, column, value)
