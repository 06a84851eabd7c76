"""Where a further table begins in a file, and which lines at the end are no rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from analysis.reading.cells import kind_of
from analysis.reading.lines import Ints

_FOOTER = re.compile(
    r"\W*(?:(?:grand|sub|report)[ -]?totals?\b|totals?\b\s*[:(]?|sum\b\s*:|confidential|copyright|©|\(c\)"
    r"|generated (?:by|on|at)\b"
    r"|exported (?:by|on|at|from)\b|report (?:run|generated)|end of (?:report|file)|page \d+|\d+ (?:records?|rows?)\b"
    r"|(?:records?|rows?|count)\s*:|all rights reserved|gesamt(?:summe)?\b|summe\b|source\s*:|notes?\s*:)",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:grand |sub)?totals?\b|sum\b|gesamt|summe\b", re.IGNORECASE)
_MOST_BREAKS: Final = 200
_RESUMES: Final = 3
Roles = np.ndarray[tuple[int], np.dtype[np.int8]]
FOOTER, SECOND = 3, 4


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells to be judged, of a text file or a sheet. ``width``: cells of each row, 0 for a blank one."""

    width: Ints
    cells: Callable[[int], list[str]]


def full(cells: list[str]) -> list[str]:
    """The cells that hold something, without blanks around it."""
    return [cell.strip() for cell in cells if cell.strip()]


def label_like(cells: list[str]) -> bool:
    """Every cell filled, no two alike, all of them words."""
    found = full(cells)
    return len(found) == len(cells) and len(set(found)) == len(found) and all(kind_of(c) == "text" for c in found)


def first_width(grid: Grid, width: int) -> int:
    """The width of the first of two tables where ``width``, the commonest, is the second one's.

    The second begins with a row of names of its own width, after at least half as many rows of another.
    """
    filled = np.flatnonzero(grid.width > 0)
    widths = grid.width[filled]
    changes = np.flatnonzero(np.diff(widths)) + 1
    for at in changes[widths[changes] == width][:_MOST_BREAKS].tolist():
        before, after = widths[:at], widths[at : at + 4]
        counts = np.bincount(before[before > 1]) if (before > 1).any() else np.zeros(1, dtype=np.int64)
        other = int(counts.argmax())
        rows = int(counts.max())
        if other < 2 or other == width or rows < 3 or len(after) < 3 or (after != width).any():
            continue
        if 2 * rows >= int(np.count_nonzero(widths[at:] == width)) and label_like(grid.cells(int(filled[at]))):
            return other
    return width


def find_second(grid: Grid, width: int, body: Ints, role: Roles) -> None:
    """Runs of rows of another width that begin with names of their own, or stand apart, are a second table."""
    widths = grid.width[body]
    off = np.flatnonzero((widths != width) & (widths > 1))
    if not len(off) or width < 2:
        return
    breaks = np.flatnonzero((np.diff(off) != 1) | (np.diff(widths[off]) != 0))
    starts = off[np.concatenate((np.zeros(1, dtype=np.int64), breaks + 1))]
    stops = off[np.append(breaks, len(off) - 1)] + 1
    inside = 0
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        if start < inside:
            continue
        run = body[start:stop]
        after_blank = run[0] > 0 and grid.width[run[0] - 1] == 0
        if len(run) < (2 if after_blank else 3):
            continue
        head = grid.cells(int(run[0]))
        if not label_like(head) and (not after_blank or len(run) < 3):
            continue
        rows = [full(grid.cells(int(i))) for i in run[1:4]]
        if all(len(row) <= 1 for row in rows) or (len(head) > width and not any(head[width:])):
            continue
        inside = _end_of_second(widths, start, stop, width) if label_like(head) else stop
        role[body[start:inside]] = SECOND
        before = start - 1
        while before >= 0 and widths[before] == 1 and role[body[before]] == 0:
            role[body[before]] = SECOND
            before -= 1


def _end_of_second(widths: Ints, start: int, stop: int, width: int) -> int:
    """Up to where several rows of the first table's width follow each other again."""
    own = widths[start]
    later = widths[stop:]
    first = later == width
    runs = first[: len(first) - 2] & first[1 : len(first) - 1] & first[2:] if len(first) >= _RESUMES else first[:0]
    again = np.flatnonzero(runs)
    end = stop + int(again[0]) if len(again) else len(widths)
    held = np.flatnonzero(widths[start:end] == own)
    return start + int(held[-1]) + 1 if len(again) else end


def find_footers(grid: Grid, width: int, body: Ints, role: Roles) -> None:
    """Narrow lines at the end after a blank line, totals, and lines that say so themselves anywhere."""
    if width < 2 or not len(body):
        return
    narrow = body[(grid.width[body] <= max(1, min(2, width - 1))) & (role[body] == 0)]
    for i in narrow[:5000].tolist():
        found = full(grid.cells(i))
        if found and len(found) == 1 and _FOOTER.match(found[0]):
            role[i] = FOOTER
    rows = body[(role[body] == 0) & (grid.width[body] == width)]
    end = int(rows[-1]) if len(rows) else int(body[0]) - 1
    tail = body[(body > end) & (role[body] == 0)]
    if len(tail) and (grid.width[tail] == 1).all():
        first = int(tail[0])
        if (first > 0 and grid.width[first - 1] == 0) or (first > 0 and role[first - 1] == FOOTER):
            role[tail] = FOOTER
    for i in rows[::-1][:3].tolist():
        cells = grid.cells(i)
        found = full(cells)
        if found and _TOTAL.match(found[0]) and width > 2 and len(found) * 2 <= len(cells) + 1:
            role[i] = FOOTER
        else:
            break
