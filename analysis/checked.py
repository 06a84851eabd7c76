"""Values of the way in: answers a person gives, a mapping of columns, and the checked contact log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems import Problem
from analysis.settings import Settings

Complete = Literal["yes", "no", "not-sure"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about an upload; the same for every file unless ``per_file`` overrides it.

    ``zone``: IANA zone of times written without one and without a client's zone. ``calendar``: country or
    ``CC-SUB`` for public holidays where the log names none; ``""`` takes the country of the zone.
    ``complete``: does the file record everything candidate and employer did after the interview?
    ``date_order``: column name -> ``"dmy"``, ``"mdy"`` or ``"ymd"`` where a person decided.
    ``route``: route of contacts whose file names none. ``agency``: addresses and domains that are the agency's own.
    """

    zone: str = "UTC"
    calendar: str = ""
    complete: Complete = "not-sure"
    date_order: Mapping[str, str] = field(default_factory=dict)
    route: str = "unknown"
    agency: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """A raw table whose columns have become fields of the contact log, still text.

    ``frame`` has any of `analysis.log.PLAIN_COLUMNS` and of `HELPERS`; ``lines`` as in `RawTable` (a wide row
    unpivoted to several contacts repeats its line). ``time_is`` is ``"contact"`` or ``"logged"``. ``zone`` is the
    zone the export fixes ("" where it does not). ``date_order`` is the order the export fixes, ``orders`` that of
    single columns of the file, as a person said earlier. ``origin`` names
    the column of the file that each time field came from. ``rejects`` are rows set aside before checking, as in
    `RawTable`, with ``message``. ``deleted`` marks rows that their own system deleted, ``no_interview``
    entries of a calendar that are none. ``aside`` says why a row is no contact (``""``: it may be one), ``same_as`` on
    which line the row stands that is the same contact (0: none). ``holds``, ``title``: of the profile. ``physical``,
    ``dropped``, ``sha256`` come from the raw table's account. ``agency``: the agency's own domains, as far as the table
    says.
    """

    name: str
    profile: str
    frame: pd.DataFrame
    lines: NDArray[np.int64]
    problems: tuple[Problem, ...] = ()
    time_is: str = "contact"
    zone: str = ""
    date_order: str = ""
    orders: Mapping[str, str] = field(default_factory=dict)
    origin: Mapping[str, str] = field(default_factory=dict)
    rejects: pd.DataFrame | None = None
    physical: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    sha256: str = ""
    deleted: NDArray[np.bool_] | None = None
    no_interview: NDArray[np.bool_] | None = None
    aside: NDArray[np.object_] | None = None
    same_as: NDArray[np.int64] | None = None
    holds: str = "contacts"
    title: str = ""
    agency: tuple[str, ...] = ()


HELPERS = ("at_zone", "ended_zone", "near", "at_column")
"""Helper columns of ``Fields.frame``.

``at_zone``, ``ended_zone``: IANA zone that this row's time is written in. ``near``: text of a date the row
belongs to (the interview of a wide row), which gives the year to dates without one. ``at_column``: the column
of the file that ``at`` came from, where that differs from row to row.
"""


@dataclass(frozen=True, slots=True)
class FileAccount:
    """One file in the report on loading: what it was taken for and where its lines went.

    ``contacts``, ``undated``, ``set_aside`` count rows: those with a date, those waiting for one, those not scored.
    ``told``: contacts that its notes tell of, which stand in the log besides its rows.
    """

    file: str
    format: str
    lines: int
    contacts: int
    set_aside: int
    problems: tuple[Problem, ...]
    sha256: str = ""
    dropped: Mapping[str, int] = field(default_factory=dict)
    undated: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class CheckedLog:
    """The contact log and everything beside it.

    ``contacts``: columns and dtypes of `analysis.log.CONTACT_DTYPES`, one row a contact, in the order read.
    ``set_aside``: rows not scored: ``file``, ``line``, ``code``, ``message``, ``text``.
    ``undated``: rows that hold no date, columns as ``contacts`` with NaT in ``at``.
    ``calendar``: holiday calendar used where the log names none. ``waived``: contact number, finding and correction of
    deductions that a person said do not stand. ``accommodations``: candidate key, family and correction of families
    that are not scored for a candidate. ``settings``: what was said of clients and candidates once and for all.
    """

    contacts: pd.DataFrame
    set_aside: pd.DataFrame
    undated: pd.DataFrame
    files: tuple[FileAccount, ...]
    calendar: str = ""
    zone: str = "UTC"
    waived: tuple[tuple[int, str, str], ...] = ()
    accommodations: tuple[tuple[str, str, str], ...] = ()
    settings: Settings = field(default_factory=Settings)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of all files, in file order."""
        return tuple(p for f in self.files for p in f.problems)
