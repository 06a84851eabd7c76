"""Which records are titles, header, rows, footers and second tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.reading.cells import kind_of
from analysis.reading.further import Grid as Grid
from analysis.reading.further import Roles, find_footers, find_second, full, label_like
from analysis.reading.labels import fitted
from analysis.reading.lines import Flags, Ints

_HEAD = 40
_TYPED = frozenset({"number", "date", "time", "datetime", "money", "email", "url", "phone"})
TITLE, FOOTER, BLANK = "title", "footer", "blank"


@dataclass(frozen=True, slots=True)
class Structure:
    """``names`` are the header's labels as they stand (empty without header), of the table's width.

    ``header`` are the header's records, ``dropped`` reason -> records, ``second`` the records of further
    tables, ``rows`` everything else that holds data. ``labels`` is how many names a header of another width holds,
    0 where it has the table's width.
    """

    names: list[str]
    header: Ints
    dropped: dict[str, Ints]
    second: Ints
    rows: Ints
    labels: int = 0


def grid_of(rows: Sequence[Sequence[str]]) -> Grid:
    """Rows at hand, as of a sheet; a row without any content is blank."""
    width = [len(row) if any(cell.strip() for cell in row) else 0 for row in rows]
    return Grid(np.array(width, dtype=np.int64), lambda i: list(rows[i]))


def find_structure(grid: Grid, width: int) -> Structure:
    """Judge the rows of a table that is ``width`` columns wide; some may still have another width.

    All indices of the outcome count rows of ``grid`` from 0.
    """
    filled = np.flatnonzero(grid.width > 0)
    role = np.zeros(len(grid.width), dtype=np.int8)  # 0 row, 1 header, 2 title, 3 footer, 4 second table
    cells = {int(i): grid.cells(int(i)) for i in filled[:_HEAD]}
    typed = _typed_columns(grid, filled, width)
    firm = _typed_columns(grid, filled, width, least=2)
    header, names = _header(cells, typed, firm, width, filled)
    labels = 0
    if header:
        own = cells[header[0]]
        if len(header) == 1 and len(own) != width:
            labels = len(own)
            names = fitted(
                [label.strip() for label in own], typed, _empty_columns(grid, filled[filled > header[0]], width)
            )
        role[filled[filled < header[0]]] = 2
        role[header] = 1
        start = header[-1] + 1
    else:
        titles = _titles_without_header(cells, width)
        role[titles] = 2
        start = (titles[-1] + 1) if titles else 0
    body = filled[filled >= start]
    find_second(grid, width, body, role)
    _second_of_same_width(grid, width, body, role, names)
    find_footers(grid, width, body, role)
    blank = np.flatnonzero(grid.width == 0)
    body_flags: Flags = np.zeros(len(grid.width), dtype=bool)
    body_flags[filled] = True
    dropped = {TITLE: np.flatnonzero(role == 2), FOOTER: np.flatnonzero(role == 3), BLANK: blank}
    return Structure(
        names,
        np.flatnonzero(role == 1),
        dropped,
        np.flatnonzero(role == 4),
        np.flatnonzero(body_flags & (role == 0)),
        labels,
    )


def unique_names(labels: list[str], width: int) -> list[str]:
    """Labels made unique: an empty one becomes ``column 3``, a second ``Name`` becomes ``Name (2)``."""
    names: list[str] = []
    taken: set[str] = set()
    again: Counter[str] = Counter()
    given = {" ".join(label.split()) for label in labels}
    for position in range(width):
        label = " ".join(labels[position].split()) if position < len(labels) else ""
        base = label or f"column {position + 1}"
        name = base
        while name in taken or (name != label and name in given):
            again[base] += 1
            name = f"{base} ({again[base] + 1})"
        taken.add(name)
        names.append(name)
    return names


def _typed_columns(grid: Grid, filled: Ints, width: int, least: int = 1) -> list[str]:
    """For each column the kind of nearly all its cells (``least`` of them or more), "" where text or mixed."""
    wide = filled[grid.width[filled] == width]
    later = wide[min(max(1, len(wide) // 2), 6) :] if len(wide) > 1 else wide[:0]
    later = later[:: max(1, len(later) // 200)]
    counts: list[Counter[str]] = [Counter() for _ in range(width)]
    for i in later.tolist():
        for position, cell in enumerate(grid.cells(i)[:width]):
            counts[position][kind_of(cell)] += 1
    kinds = []
    for counter in counts:
        full = sum(n for kind, n in counter.items() if kind not in ("", "missing"))
        of_kind = [(k, n) for k, n in counter.items() if k in _TYPED]
        best, times = max(of_kind, key=lambda item: item[1], default=("", 0))
        kinds.append(best if times >= max(least, 0.8 * full) else "")
    return kinds


def _empty_columns(grid: Grid, rows: Ints, width: int) -> list[bool]:
    """Which columns hold nothing, as far as some of the rows show."""
    wide = rows[grid.width[rows] == width]
    empty = [bool(len(wide))] * width
    for i in wide[:: max(1, len(wide) // 200)].tolist():
        empty = [e and not cell.strip() for e, cell in zip(empty, grid.cells(i), strict=True)]
    return empty


def _match(cells: list[str], typed: list[str]) -> tuple[int, int]:
    """Over the typed columns: cells of the column's kind, and text where the column holds something else."""
    same = other = 0
    for cell, kind in zip(cells, typed, strict=False):
        if kind and cell.strip():
            found = kind_of(cell)
            same += found == kind or (found in _TYPED)
            other += found in ("text", "flag")
    return same, other


def _is_title(cells: list[str], width: int, typed: list[str]) -> bool:
    found = full(cells)
    if width <= 1:
        return False
    if len(found) <= 1:
        return width > 2 or len(cells) < width
    return len(found) <= max(1, int(0.4 * width)) and _match(cells, typed)[0] == 0


def _header(
    cells: dict[int, list[str]], typed: list[str], firm: list[str], width: int, filled: Ints
) -> tuple[list[int], list[str]]:
    order = list(cells)
    if not order:
        return [], []
    at = 0
    while at < len(order) and _above_header(cells, order, at, width, typed):
        at += 1
    if at == len(order):
        at = next((n for n, i in enumerate(order) if len(cells[i]) == width), 0)
    candidate = cells[order[at]]
    if not _labels(candidate, typed, [cells[i] for i in order[at + 1 :]], only=len(filled) == 1):
        return [], []
    header = [order[at]]
    above = order[at - 1] if at else -1
    if above >= 0 and above == order[at] - 1 and len(cells[above]) == width:
        group = cells[above]
        if len(set(full(group))) >= 2 and _match(group, typed)[0] == 0:
            header.insert(0, above)
    for place in range(at + 1, min(at + 5, len(order))):
        following = order[place]
        more = cells[following]
        if not full(more) and place + 1 < len(order) and _under_groups(candidate, cells[order[place + 1]]):
            # an empty row between the groups and what stands under them
            header.append(following)
            continue
        if len(more) != width or more == candidate or following != header[-1] + 1:
            break
        if not _under_groups(candidate, more) and not _more_labels(candidate, more, firm):
            break
        if _sentences(candidate) and label_like(more):
            header = []
        header.append(following)
        candidate = more
    return header, _joined([cells[i] for i in header], width)


def _above_header(cells: dict[int, list[str]], order: list[int], at: int, width: int, typed: list[str]) -> bool:
    """Whether the record is a title, or one of some lines of another kind above the table."""
    found = cells[order[at]]
    if _is_title(found, width, typed) or (len(found) <= 2 and width >= 4):
        return True
    following = [cells[i] for i in order[at + 1 : at + 3]]
    if width == 2 and len(full(found)) <= 1 and (not full(found) or (following and not full(following[0]))):
        return True
    wider = any(len(row) == width for row in following)
    return len(found) < width - 1 and wider and not label_like(found)


def _under_groups(groups: list[str], more: list[str]) -> bool:
    """Whether ``more`` holds names for the places under the groups of an incomplete row of names, and only there."""
    if len(groups) != len(more) or len(full(more)) < 2 or any(kind_of(c) not in ("", "text") for c in more):
        return False
    gaps = [place for place, cell in enumerate(groups) if place and not cell.strip()]
    under = [place for place, cell in enumerate(more) if cell.strip()]
    spans = {place for place in range(len(groups)) if place in gaps or place + 1 in gaps}
    return bool(gaps) and set(under) <= spans and len(set(under) & set(gaps)) * 2 >= len(gaps)


def _more_labels(candidate: list[str], more: list[str], firm: list[str]) -> bool:
    """Whether a second row is names too, as all or most columns of a kind hold text in it."""
    same, other = _match(more, firm)
    columns = sum(map(bool, firm))
    # under a complete header only a complete second row of labels is more header
    complete = label_like(candidate)
    needed = max(1 if _sentences(candidate) else 3, columns) if complete else max(2, (columns + 1) // 2)
    return not same and other >= needed and (not complete or label_like(more))


def _sentences(cells: list[str]) -> bool:
    """A row that tells of the table rather than names its columns: a date, or many words, in nearly every cell."""
    found = full(cells)
    telling = [len(cell.split()) >= 4 or kind_of(cell) in ("date", "datetime") for cell in found]
    return bool(found) and sum(telling) * 2 > len(found)


def _joined(rows: list[list[str]], width: int) -> list[str]:
    """One name a column from several rows; a group stands for the empty places to its right that have names below."""
    spread = [list(row) + [""] * (width - len(row)) for row in rows if full(row)]
    for upper, lower in pairwise(spread):
        for place in range(1, width):
            grouped = lower[place - 1].strip() and lower[place].strip()
            if grouped and not upper[place].strip() and upper[place - 1].strip():
                upper[place] = upper[place - 1]
    names = []
    for place in range(width):
        parts = [row[place].strip() for row in spread if row[place].strip()]
        names.append(" ".join(dict.fromkeys(parts)))
    return names


def _labels(cells: list[str], typed: list[str], below: list[list[str]], *, only: bool) -> bool:
    """Whether a record is a header rather than data."""
    same, other = _match(cells, typed)
    found = full(cells)
    if not found:
        return True
    if other or same:
        return other > same
    values = [kind_of(cell) for cell in found]
    if sum(kind in _TYPED for kind in values) * 2 > len(values):
        return False
    if any(len(cell) > 80 for cell in found) and not only:
        return False
    if any(kind in ("email", "datetime", "url", "date") for kind in values):
        return False
    if len(cells) > 1:
        again = sum(
            1
            for position, cell in enumerate(cells)
            if cell.strip() and any(position < len(row) and row[position] == cell for row in below if row != cells)
        )
        return again * 3 <= len(found)
    return True


def _titles_without_header(cells: dict[int, list[str]], width: int) -> list[int]:
    titles = []
    for i, found in cells.items():
        if width > 2 and len(found) == 1 and found[0].strip():
            titles.append(i)
        else:
            break
    return titles if len(titles) < len(cells) else []


def _second_of_same_width(grid: Grid, width: int, body: Ints, role: Roles, names: list[str]) -> None:
    """A new header after a blank line, over other kinds of columns, starts a second table."""
    if not names:
        return
    after = np.flatnonzero((grid.width[1:] == width) & (grid.width[:-1] == 0)) + 1
    for i in after[after >= (body[0] if len(body) else 0)][:200].tolist():
        cells = grid.cells(i)
        if role[i] or not label_like(cells) or [c.strip() for c in cells] == names:
            continue
        same, other = _match(cells, _typed_columns(grid, body[body < i], width))
        if same == 0 and other >= 2:
            rest = body[body >= i]
            role[rest[role[rest] == 0]] = 4
            return
