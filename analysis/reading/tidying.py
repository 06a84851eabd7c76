"""Blanks, quotes and columns that belong to the way a table was written, not to its cells."""

from __future__ import annotations

import pandas as pd

from analysis.reading.align import Column
from analysis.reading.structure import Structure, unique_names


def tidy(frame: pd.DataFrame, structure: Structure, unpadded: bool) -> tuple[pd.DataFrame, list[str]]:
    """The frame without nameless empty columns at its end and without the padding behind delimiters, and its names.

    ``unpadded``: blanks around quoted cells were taken off already.
    """
    labels = structure.names
    while (
        len(structure.header)
        and frame.shape[1] > 1
        and len(frame)
        and not (labels[frame.shape[1] - 1] if frame.shape[1] <= len(labels) else "")
        and (frame.iloc[:, -1] == "").all()
    ):
        frame = frame.iloc[:, :-1]
    if _padded(frame):
        frame = frame.apply(lambda column: column.str.strip(" "))
    elif unpadded:
        frame = _unpadded_cells(frame)
    return frame, unique_names(labels, frame.shape[1])


def _unpadded_cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Where whole columns begin with the blank behind the delimiter, it is no part of the other cells either."""
    blank = {p: frame.iloc[:, p].str.startswith(" ") for p in range(1, frame.shape[1])}
    whole = any(bool((flags | (frame.iloc[:, p] == "")).all()) and bool(flags.any()) for p, flags in blank.items())
    frame = frame.copy(deep=False)
    for position, flags in blank.items():
        if flags.all() or (whole and flags.any()):
            column = frame.iloc[:, position]
            frame[frame.columns[position]] = column.where(~flags, column.str.strip(" "))
    return frame


def _padded(frame: pd.DataFrame) -> bool:
    """Whether every cell behind a delimiter starts with a blank: then the blanks belong to the delimiter."""
    if frame.shape[1] < 2 or len(frame) * (frame.shape[1] - 1) < 6:
        return False
    for part in (frame.head(100), frame):
        for position in range(1, part.shape[1]):
            column = part.iloc[:, position]
            if not (column.str.startswith(" ") | (column == "")).all():
                return False
        if not part.iloc[:, 1:].map(bool).to_numpy().any():
            return False
    return True


def without_stray(cell: str, column: Column, quote: str) -> str:
    """A cell without the one quote that opens it, where the rest is a value the column has elsewhere."""
    bare = cell.strip()
    stray = quote and bare.startswith(quote) and bare.count(quote) == 1
    return bare[1:] if stray and column.values[bare[1:]] else cell
