"""Physical lines -> records: strict where the quotes allow it, with lenient quotes where they do not."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from analysis.reading.lines import Flags, Ints, Lines, Scan
from analysis.reading.progress import Progress, part_of
from analysis.reading.quotes import Split, Steps, split_any, split_lenient, split_strict

_SPAN = 2000
_JOIN = 40
_BUDGET = 800_000
_BYTES_A_STEP = 5


@dataclass(frozen=True, slots=True)
class Records:
    """Records in file order: lines ``first`` up to ``last``, ``width`` cells (0 for a blank line).

    ``strict``: quotes are as a strict writer puts them. ``lenient`` holds the cells of the others.
    """

    first: Ints
    last: Ints
    width: Ints
    strict: Flags
    lenient: dict[int, Split] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True)
class Shape:
    """The dialect as the record reader needs it."""

    delimiter: str
    quote: str
    escape: str


def cells_of(records: Records, i: int, lines: Lines, shape: Shape) -> list[str]:
    """The cells of record ``i``."""
    if i in records.lenient:
        return records.lenient[i].cells
    if records.width[i] == 0:
        return [""]
    text = lines.text(int(records.first[i]), int(records.last[i]))
    return split_strict(text, shape.delimiter, shape.quote, shape.escape)


def commonest_width(widths: Ints) -> int:
    """The width of the table: the commonest, where a wide row says more than a narrow one."""
    counts = np.bincount(widths)
    values = np.flatnonzero(counts)
    values = values[values > 0]
    if not len(values):
        return 1
    counts = counts[values]
    worth = counts * np.minimum(np.log2(values), 4.0)
    best = np.flatnonzero(worth == worth.max())
    return int(values[best[np.argmax(counts[best])]])


def find_records(lines: Lines, found: Scan, shape: Shape, *, progress: Progress | None = None) -> tuple[Records, int]:
    """All records and the width of the table."""
    blank = _blank(lines, found, shape)
    clean = found.clean
    if clean.all():
        width = np.where(blank, 0, found.delims_out + 1)
        firsts = np.arange(len(lines), dtype=np.int64)
        return Records(firsts, firsts + 1, width, clean), commonest_width(width)
    whole = _strict_whole(found, blank)
    if whole is not None:
        table = commonest_width(whole.width)
        if not _swallows_rows(whole, found, table):
            return whole, table
        table = commonest_width(np.where(clean & ~blank, found.delims_out + 1, 0))
    else:
        table = _width_of_broken(lines, found, blank, shape)
    return _careful(lines, found, blank, shape, table, part_of(progress, 0.0, 1.0)), table


def _blank(lines: Lines, found: Scan, shape: Shape) -> Flags:
    blank = lines.ends == lines.starts
    if shape.delimiter:
        maybe = np.flatnonzero((found.delims_out == 0) & ~blank & ~found.odd & (lines.ends - lines.starts < 400))
        for i in maybe.tolist():
            if not lines.data[lines.starts[i] : lines.ends[i]].strip():
                blank[i] = True
    return np.asarray(blank, dtype=bool)


def _strict_whole(found: Scan, blank: Flags) -> Records | None:
    """Records by quote parity over the whole file, if every quote is in place."""
    inside = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(found.odd)[:-1] & 1)).astype(bool)
    if int(np.count_nonzero(found.odd)) & 1 or not np.where(inside, found.valid_in, found.valid_out).all():
        return None
    first = np.flatnonzero(~inside)
    last = np.append(first[1:], len(inside)).astype(np.int64)
    width = np.add.reduceat(np.where(inside, found.delims_in, found.delims_out), first) + 1
    width[blank[first] & (last - first == 1)] = 0
    return Records(first.astype(np.int64), last, width.astype(np.int64), np.ones(len(first), dtype=bool))


def _swallows_rows(records: Records, found: Scan, width: int) -> bool:
    """Whether some quoted cell holds lines that all look like rows of the table: then a quote is missing."""
    if width < 3:
        return False
    inner = records.last - records.first - 2
    long = inner > 0
    if not long.any():
        return False
    row_like = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(found.clean & (found.delims_out == width - 1))))
    held = row_like[np.maximum(records.last - 1, 0)] - row_like[np.minimum(records.first + 1, len(row_like) - 1)]
    return bool((long & (held == inner)).any())


def _width_of_broken(lines: Lines, found: Scan, blank: Flags, shape: Shape) -> int:
    widths = np.where(found.clean & ~blank, found.delims_out + 1, 0)
    if np.count_nonzero(widths) >= 0.5 * np.count_nonzero(~blank):
        return commonest_width(widths)
    # most rows span lines or hold stray quotes: count a sample the careful way without a width in mind
    sampled = [int(w) for w in widths[widths > 0][:2000]]
    for i in np.flatnonzero(~found.clean)[:500].tolist():
        end, cells, _ = _strict_record(found, i, len(lines))
        if end:
            sampled.append(cells)
        elif not found.odd[i]:
            sampled.append(len(split_any(lines.text(i, i + 1), shape.delimiter, shape.quote, shape.escape, 1).cells))
    return commonest_width(np.array(sampled or [1], dtype=np.int64))


def _strict_record(found: Scan, i: int, total: int) -> tuple[int, int, int]:
    """(line after the record, its width, lines walked); line 0 where it is not strict."""
    inside, width, j = False, 1, i
    while j < min(total, i + _SPAN):
        if not (found.valid_in[j] if inside else found.valid_out[j]):
            return 0, 0, j - i + 1
        width += int(found.delims_in[j] if inside else found.delims_out[j])
        inside ^= bool(found.odd[j])
        j += 1
        if not inside:
            return j, width, j - i
    return 0, 0, j - i


def _careful(lines: Lines, found: Scan, blank: Flags, shape: Shape, table: int, report: Progress) -> Records:
    clean = found.clean
    row_like = clean & ~blank & (found.delims_out == table - 1)
    total = len(lines)
    first, last, width, strict = [], [], [], []
    lenient: dict[int, Split] = {}
    budget = Steps(_BUDGET + len(lines.data) // _BYTES_A_STEP)
    broken = np.flatnonzero(~clean)
    at = 0

    def add_run(start: int, stop: int) -> None:
        span = np.arange(start, stop, dtype=np.int64)
        first.append(span)
        last.append(span + 1)
        width.append(np.where(blank[start:stop], 0, found.delims_out[start:stop] + 1))
        strict.append(np.ones(stop - start, dtype=bool))

    def add(start: int, stop: int, cells: int, split: Split | None) -> None:
        if split is not None:
            lenient[position()] = split
        first.append(np.array([start], dtype=np.int64))
        last.append(np.array([stop], dtype=np.int64))
        width.append(np.array([cells], dtype=np.int64))
        strict.append(np.array([split is None]))

    counted = [0, 0]

    def position() -> int:
        while counted[0] < len(first):
            counted[1] += len(first[counted[0]])
            counted[0] += 1
        return counted[1]

    while at < total:
        if len(first) % 1024 == 0:
            report(at / total)
        index = int(np.searchsorted(broken, at))
        if index >= len(broken):
            add_run(at, total)
            break
        i = int(broken[index])
        if i > at:
            add_run(at, i)
        reach = total if budget.left > 0 else i + 1
        end, cells, walked = _strict_record(found, i, reach)
        budget.spend(1 + walked // 4)
        swallowed = end - i > 2 and table >= 3 and bool(row_like[i + 1 : end - 1].all())
        if end and cells == table and not swallowed:
            add(i, end, cells, None)
            at = end
            continue
        stop = i + 1
        limit = min(total, i + _JOIN) if budget.left > 0 else i + 1
        split: Split | None = None
        while True:
            text = lines.text(i, stop)
            split = split_lenient(text, shape.delimiter, shape.quote, shape.escape, table, budget)
            if split is not None or stop >= limit or row_like[stop] or budget.left <= 0 or len(text) > 20_000:
                break
            stop += 1
        if split is None and end and not swallowed:
            add(i, end, cells, None)
            at = end
            continue
        if split is None:
            stop = i + 1
            split = split_any(lines.text(i, stop), shape.delimiter, shape.quote, shape.escape, table, budget)
        add(i, stop, len(split.cells), split)
        at = stop
    return Records(np.concatenate(first), np.concatenate(last), np.concatenate(width), np.concatenate(strict), lenient)
