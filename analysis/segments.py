"""Sorted arrays in segments: the few whole-array steps that replace loops over candidates.

All functions take arrays sorted so that equal keys stand together; ``first`` is the index at which each
row's segment begins.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def firsts(*keys: NDArray[np.generic]) -> Ints:
    """For each row the index of the first row of its segment (rows with equal ``keys`` in a row)."""
    size = len(keys[0])
    new = np.zeros(size, dtype=bool)
    if size:
        new[0] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    index = np.arange(size, dtype=np.int64)
    return np.maximum.accumulate(np.where(new, index, 0)) if size else index


def last_true(mask: Bools, first: Ints, *, before: bool = True) -> Ints:
    """For each row the index of the last true row of its segment at or (``before``) strictly before it, else -1."""
    size = len(mask)
    found = np.maximum.accumulate(np.where(mask, np.arange(size, dtype=np.int64), -1)) if size else first.copy()
    if before and size:
        found = np.concatenate(([-1], found[:-1]))
    return np.where(found >= first, found, -1)


def next_true(mask: Bools, first: Ints) -> Ints:
    """For each row the index of the next true row of its segment strictly after it, else -1."""
    size = len(mask)
    if not size:
        return first.copy()
    index = np.where(mask, np.arange(size, dtype=np.int64), size)
    found = np.minimum.accumulate(index[::-1])[::-1]
    found = np.concatenate((found[1:], [size]))
    inside = found < size
    found = np.where(inside, found, 0)
    return np.where(inside & (first[found] == first), found, -1)


def running_count(mask: Bools, first: Ints) -> Ints:
    """For each row how many true rows of its segment stand at or before it."""
    total = np.cumsum(mask, dtype=np.int64)
    return total - np.where(len(total), total[first] - mask[first], 0) if len(mask) else total


def group_sum(values: Floats, group: Ints, groups: int) -> Floats:
    """Sum of ``values`` per group number."""
    return np.bincount(group, weights=values, minlength=groups).astype(np.float64)


def group_count(group: Ints, groups: int) -> Ints:
    """Rows per group number."""
    return np.bincount(group, minlength=groups).astype(np.int64)


def group_max(values: Floats, group: Ints, groups: int, empty: float = np.nan) -> Floats:
    """Largest value per group number, ``empty`` where a group has no row."""
    out = np.full(groups, -np.inf)
    np.maximum.at(out, group, values)
    return np.where(np.isneginf(out), empty, out)


def group_any(mask: Bools, group: Ints, groups: int) -> Bools:
    """Whether any row of each group number is true."""
    out = np.zeros(groups, dtype=bool)
    out[group[mask]] = True
    return out


def group_list(items: Ints, group: Ints, groups: int) -> list[list[int]]:
    """The items of each group number, in the order given."""
    flat = items[np.argsort(group, kind="stable")].tolist()
    ends = [0, *np.cumsum(group_count(group, groups)).tolist()]
    return [flat[begin:end] for begin, end in pairwise(ends)]


def unique_rows(*keys: NDArray[np.generic]) -> Ints:
    """The first row of each distinct combination of ``keys``, in the order of the rows."""
    order = np.lexsort(keys[::-1])
    new = np.ones(len(order), dtype=bool)
    if len(order):
        new[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    # lexsort is stable: the first of equal rows leads them
    return np.sort(order[new])


def matches(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Every pair of places at which two keys are equal, in the order of ``left``, then of ``right``."""
    order = np.argsort(right, kind="stable")
    keys = right[order]
    begin, end = np.searchsorted(keys, left, side="left"), np.searchsorted(keys, left, side="right")
    count = end - begin
    one = np.repeat(np.arange(len(left), dtype=np.int64), count)
    skip = np.cumsum(count) - count
    return one, order[np.arange(len(one), dtype=np.int64) + (begin - skip)[one]]


def place_of(wanted: Ints, keys: Ints) -> Ints:
    """For each wanted key the place of the first equal one among ``keys``, else -1."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(keys, kind="stable")
    found = order[np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)]
    return np.where(keys[found] == wanted, found, -1)


def primaries(time: Ints, first: Ints, window: int) -> Ints:
    """For each row the row it repeats: itself, or the primary at most ``window`` before it.

    Within a segment (sorted by time) the first row is a primary; a row within the window of the *current
    primary* repeats it; the next row outside is a new primary. Never chained.
    """
    size = len(time)
    primary = np.arange(size, dtype=np.int64)
    if not size:
        return primary
    close = np.zeros(size, dtype=bool)
    close[1:] = (first[1:] == first[:-1]) & (time[1:] - time[:-1] <= window)
    if not close.any():
        return primary
    clump = firsts(np.cumsum(~close))
    length = np.bincount(clump, minlength=size)
    heads = np.flatnonzero(length > 1)
    ends = heads + length[heads]
    lead, row = heads, heads + 1
    while len(row):
        same = time[row] - time[lead] <= window
        primary[row[same]] = lead[same]
        lead = np.where(same, lead, row)
        row = row + 1
        open_ = row < ends
        row, lead, ends = row[open_], lead[open_], ends[open_]
    return primary


def joined(one: Ints, other: Ints, size: int) -> Ints:
    """For each of ``size`` nodes the lowest node it hangs together with by the edges ``one`` - ``other``.

    Union-find over whole arrays: every tree hangs below the lower root of its neighbour, then paths are halved until
    they are flat; a few rounds, however long the chains.
    """
    root = np.arange(size, dtype=np.int64)
    while len(one):
        a, b = root[one], root[other]
        open_ = a != b
        if not open_.any():
            break
        one, other, a, b = one[open_], other[open_], a[open_], b[open_]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while (root[root] < root).any():
            root = root[root]
    return root


def tenths(points: Floats, group: Ints, groups: int) -> Floats:
    """Round rows to 0.1 so that each group's sum is its exact sum rounded (largest remainder)."""
    if not len(points):
        return points
    exact = points * 10
    floor = np.floor(exact + 1e-9)
    total = np.floor(group_sum(points, group, groups) * 10 + 0.5 + 1e-9)
    missing = (total - group_sum(floor, group, groups)).astype(np.int64)
    rest = exact - floor
    order = np.lexsort((np.arange(len(points)), -rest, group))
    begin = np.concatenate(([0], np.cumsum(group_count(group, groups))))[:-1]
    rank = np.empty(len(points), dtype=np.int64)
    rank[order] = np.arange(len(points)) - begin[group[order]]
    return np.asarray((floor + (rank < missing[group])) / 10)
