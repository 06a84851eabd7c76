"""Records turned into tables by a program: ``interviewers.0.email`` and ``interviewers.1.email`` are one list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.reading.flat import flat_cells

if TYPE_CHECKING:
    from analysis.formats.profile import Profile

_PLACE: Final = re.compile(r"(?:[./]|\s*\[)\s*(\d{1,4})\s*\]?(?=[./]|$)")
_LISTS: Final = {
    *("interviewer", "interviewer_email", "interviewer_phone", "attendees", "attendee_emails"),
    *("to_name", "to_email", "cc_name", "cc_email"),
}
"""Fields that hold several people, joined by semicolons."""
_OF_ONE: Final = ("candidate", "first_name", "last_name", "candidate_email", "candidate_phone")
_TIMES: Final = {"at", "date", "logged_at"}


def without_place(column: str) -> str:
    """A header without its place in a list: ``"interviewers[0].email"`` -> ``"interviewers.email"``."""
    return _PLACE.sub("", column)


def gather(frame: pd.DataFrame, lines: NDArray[np.int64], profile: Profile) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Put the columns of lists together, and give each item that has a time of its own a row.

    People of one list are joined by semicolons, empty places kept. A list whose items have times, such as
    ``notes.0.created_at``, becomes a row an item. Several people in a field of ``each`` become a row each. Returns the
    table and its lines.
    """
    frame = _opened(frame, profile)
    lists: dict[str, dict[int, dict[str, str]]] = {}
    for column in map(str, frame.columns):
        found = _PLACE.search(column)
        if found is not None and profile.columns.get(profile.header(column)):
            items = lists.setdefault(column[: found.start()], {})
            items.setdefault(int(found[1]), {})[without_place(column)] = column
    timed: list[dict[str, str]] = []
    for items in lists.values():
        names = list(dict.fromkeys(name for item in items.values() for name in item))
        if any(profile.field_of(name) in _TIMES for name in names):
            timed += [items[place] for place in sorted(items)]
        else:
            frame = _joined(frame, items, [n for n in names if profile.field_of(n) in {*_LISTS, *profile.each}])
    if timed:
        frame, lines = _a_row_each(frame, lines, timed)
    if profile.each:
        frame, lines = _split(frame, lines, profile)
    return frame, lines


def _opened(frame: pd.DataFrame, profile: Profile) -> pd.DataFrame:
    """Cells that hold a record or a list as text (``[{"name": …}]``), as columns of their own."""
    for column in map(str, frame.columns):
        stem = profile.header(column) + " "
        if not any(header.startswith(stem) for header in profile.columns):
            continue
        cells = frame[column].astype("str")
        if not cells.str.match(r"\s*[\[{]\s*[\[{'\"]").any():
            continue
        codes, distinct = pd.factorize(cells)
        opened = [flat_cells(str(cell), column) for cell in distinct]
        more = {}
        for name in dict.fromkeys(name for cell in opened for name in cell):
            if name not in frame.columns:
                more[name] = pd.Series([cell.get(name, "") for cell in opened], dtype="str").take(codes).to_numpy()
        frame = pd.concat([frame, pd.DataFrame(more, index=frame.index)], axis=1)
    return frame


def _joined(frame: pd.DataFrame, items: dict[int, dict[str, str]], names: Sequence[str]) -> pd.DataFrame:
    for name in names:
        columns = [items[place].get(name) for place in sorted(items)]
        whole = pd.Series("", frame.index, dtype="str")
        for n, c in enumerate(columns):
            part = frame[c].astype("str").str.replace(";", ",") if c else pd.Series("", frame.index, dtype="str")
            whole = whole.str.cat(part, sep=";") if n else part
        frame = frame.drop(columns=[c for c in columns if c])
        # who has no address keeps the place, who is not there has none
        frame[name] = whole.str.rstrip(";")
    return frame


def _a_row_each(
    frame: pd.DataFrame, lines: NDArray[np.int64], items: Sequence[Mapping[str, str]]
) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """A row for each item of each row; one without any item stands once."""
    names = list(dict.fromkeys(name for item in items for name in item))
    rest = frame.drop(columns=[column for item in items for column in item.values()])
    pieces = [rest.assign(**dict.fromkeys(names, ""))]
    pieces += [rest.assign(**{n: frame[item[n]] if n in item else "" for n in names}) for item in items]
    filled = [(piece[names] != "").any(axis=1).to_numpy() for piece in pieces]
    filled[0] = ~np.logical_or.reduce(filled[1:])
    rows = np.concatenate([np.flatnonzero(keep) for keep in filled])
    order = np.argsort(rows, kind="stable")
    long = pd.concat([piece[keep] for piece, keep in zip(pieces, filled, strict=True)], ignore_index=True)
    return long.iloc[order].reset_index(drop=True), lines[rows[order]]


def _split(frame: pd.DataFrame, lines: NDArray[np.int64], profile: Profile) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    columns = [c for c in map(str, frame.columns) if profile.field_of(c) in profile.each]
    several = np.zeros(len(frame), dtype=bool)
    for column in columns:
        several |= frame[column].astype("str").str.contains(";", regex=False).to_numpy(dtype=bool)
    if not several.any():
        return frame, lines
    cells = {c: [re.split(r"\s*;\s*", str(cell)) for cell in frame[c]] for c in columns}
    longest = np.max([[len(parts) for parts in cell] for cell in cells.values()], axis=0)
    rows = np.repeat(np.arange(len(frame)), longest)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(longest) - longest, longest)
    long = frame.iloc[rows].reset_index(drop=True)
    for column, cell in cells.items():
        values = [cell[r][p] if p < len(cell[r]) else "" for r, p in zip(rows, place, strict=True)]
        long[column] = pd.Series(values, dtype="str")
    # the one name of a row is that of one of them, and nothing says whose
    for column in map(str, frame.columns):
        if profile.field_of(column) in {*_OF_ONE} - {*profile.each}:
            long[column] = long[column].where(~several[rows], "")
    return long, lines[rows]
