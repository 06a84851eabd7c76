"""What a profile says about rows: columns that each hold a contact, rows that are one contact, rows that are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Event:
    """Columns of a wide sheet that each hold one contact.

    ``match``: a regular expression for the whole normal header. ``is_flag``: the cells are yes or no, and
    ``date_match`` is the header of the column with the date. ``sets``: columns of the log that every such contact has.
    ``note_match``, ``who_match``, ``result_match``: headers of its remarks, interviewers and results, by their number
    where they have one. ``dates_of``: the column holds the date of the row's ``result``.
    """

    match: str
    sets: Mapping[str, str] = field(default_factory=dict)
    is_flag: bool = False
    date_match: str = ""
    note_match: str = ""
    who_match: str = ""
    result_match: str = ""
    dates_of: str = ""


@dataclass(frozen=True, slots=True)
class Once:
    """Rows that are one contact: those that agree in every field of ``by``, none of them empty.

    One row stays: by ``prefer`` (field -> words, the best first), then the ``earliest`` or the ``first`` of the file
    (``keep``). ``join``: fields whose different values are put together, by semicolons, on the row that stays.
    ``why``: for readers, what such rows are.
    """

    by: tuple[str, ...]
    keep: str = "first"
    prefer: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    join: tuple[str, ...] = ()
    why: str = ""

    def __post_init__(self) -> None:
        if not self.by or self.keep not in ("first", "earliest"):
            raise ValueError("rows are one contact by some fields, and the first or the earliest of them stays")


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows that are no contact: ``match`` fits the whole cell of ``field``; ``alone``: and no other cell is filled.

    ``field`` ``""`` means the first filled cell of the row. ``why``: what such a row is, to end “Line 3 is …”.
    """

    match: str
    why: str
    field: str = ""
    alone: bool = False
