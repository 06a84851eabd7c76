"""Where physical lines start and end, and what quotes and delimiters do on each, by numpy over the bytes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.reading.progress import Progress, part_of

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Lines:
    """Physical lines of ``data`` (UTF-8). LF, CR and CRLF each end a line; ``ends`` leaves the line end out."""

    data: bytes
    starts: Ints
    ends: Ints

    def __len__(self) -> int:
        return len(self.starts)

    def text(self, first: int, last: int) -> str:
        """Lines ``first`` up to but not including ``last``, without the final line end."""
        return self.data[self.starts[first] : self.ends[last - 1]].decode("utf-8", "replace")


def find_lines(data: bytes) -> Lines:
    """Split ``data`` into physical lines; a final line end adds no line."""
    view = np.frombuffer(data, dtype=np.uint8)
    stops = _places(view, 10)
    ends = stops
    if b"\r" in data:
        returns = _places(view, 13)
        followed = np.zeros(len(returns), dtype=bool)
        inside = returns < len(view) - 1
        followed[inside] = view[returns[inside] + 1] == 10
        stops = np.sort(np.concatenate((stops, returns[~followed])))
        ends = stops - ((stops > 0) & (view[stops] == 10) & (view[np.maximum(stops, 1) - 1] == 13))
    starts = np.concatenate((np.zeros(1, dtype=np.int64), stops + 1))
    ends = np.concatenate((ends, np.full(1, len(view), dtype=np.int64)))
    if starts[-1] >= len(view):
        starts, ends = starts[:-1], ends[:-1]
    return Lines(data, starts.astype(np.int64, copy=False), ends.astype(np.int64, copy=False))


def _places(view: NDArray[np.uint8], byte: int) -> Ints:
    """Where ``byte`` stands, block by block so that the work stays in the processor's cache."""

    def work(at: int) -> Ints:
        return np.flatnonzero(view[at : at + _BLOCK] == byte) + at

    blocks = range(0, len(view), _BLOCK)
    if len(blocks) < 8:
        parts = list(map(work, blocks))
    else:
        with ThreadPoolExecutor(max_workers=2) as pool:
            parts = list(pool.map(work, blocks))
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Scan:
    """What each line holds, read once from outside and once from inside a quoted cell.

    ``odd``: an odd number of quotes. ``valid_out``/``valid_in``: every quote stands where a strict writer
    puts it, if the line begins outside/inside quotes. ``delims_out``/``delims_in``: delimiters that count.
    """

    odd: Flags
    valid_out: Flags
    valid_in: Flags
    delims_out: Ints
    delims_in: Ints

    @property
    def clean(self) -> Flags:
        """Lines that are a whole strict record by themselves."""
        return self.valid_out & ~self.odd


def scan(lines: Lines, delimiter: str, quote: str, escape: str = "", *, progress: Progress | None = None) -> Scan:
    """Scan every line. ``delimiter`` "" means a single column, ``quote`` "" that nothing is quoted."""
    total = len(lines)
    if not total:
        none = np.zeros(0, dtype=bool)
        return Scan(none, none, none, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    edges = [0]
    while edges[-1] < total:
        target = lines.starts[edges[-1]] + _BLOCK
        edges.append(max(edges[-1] + 1, int(np.searchsorted(lines.starts, target))))
    edges[-1] = total

    def work(i: int) -> Scan:
        return _scan_block(lines, edges[i], edges[i + 1], delimiter, quote, escape)

    if len(edges) == 2:
        return work(0)
    report = part_of(progress, 0.0, 1.0)
    parts = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for part in pool.map(work, range(len(edges) - 1)):
            parts.append(part)
            report(len(parts) / (len(edges) - 1))
    return Scan(
        np.concatenate([p.odd for p in parts]),
        np.concatenate([p.valid_out for p in parts]),
        np.concatenate([p.valid_in for p in parts]),
        np.concatenate([p.delims_out for p in parts]),
        np.concatenate([p.delims_in for p in parts]),
    )


def _scan_block(lines: Lines, first: int, last: int, delimiter: str, quote: str, escape: str) -> Scan:
    base = int(lines.starts[first])
    stop = int(lines.starts[last]) if last < len(lines) else len(lines.data)
    view = np.frombuffer(lines.data, dtype=np.uint8, count=stop - base, offset=base)
    starts = lines.starts[first:last] - base
    count = last - first
    escaped = _escaped(view, escape)
    is_delim = view == ord(delimiter) if delimiter else None
    is_quote = view == ord(quote) if quote else None
    if escaped is not None:
        for flags in (is_delim, is_quote):
            if flags is not None:
                flags &= ~escaped
    zero = np.zeros(count, dtype=np.int64)
    quotes = np.flatnonzero(is_quote) if is_quote is not None else zero[:0]
    if not len(quotes) or is_quote is None:
        delims = np.flatnonzero(is_delim) if is_delim is not None else zero[:0]
        each = np.diff(np.append(np.searchsorted(delims, starts), len(delims)))
        yes = np.ones(count, dtype=bool)
        return Scan(~yes, yes, yes.copy(), each, zero)
    first_quote = np.searchsorted(quotes, starts)
    quotes_each = np.diff(np.append(first_quote, len(quotes)))
    odd = (quotes_each & 1).astype(bool)
    some = quotes_each > 0
    valid_out, valid_in = _in_place(view, quotes, first_quote, quotes_each, delimiter)

    # every delimiter and quote in the order of the text: what stands behind an odd number of quotes is quoted
    events = np.flatnonzero(is_delim | is_quote) if is_delim is not None else quotes
    at_line = np.append(np.searchsorted(events, starts), len(events))
    each = np.diff(at_line)
    delims_each = each - quotes_each
    delims_in = zero
    if is_delim is not None:
        on_quoted = events[np.repeat(some, each)]
        is_one = is_quote[on_quoted]
        order = np.cumsum(is_one, dtype=np.int32)
        each = each[some]
        ends = np.cumsum(each)
        before = np.repeat(np.append(np.zeros(1, dtype=np.int32), order[ends[:-1] - 1]), each)
        inside = (((order - before) & 1) > 0) & ~is_one
        delims_in[some] = np.add.reduceat(inside, ends - each, dtype=np.int64)
    return Scan(odd, valid_out, valid_in, delims_each - delims_in, delims_in)


def _in_place(
    view: NDArray[np.uint8], quotes: Ints, first_quote: Ints, quotes_each: Ints, delimiter: str
) -> tuple[Flags, Flags]:
    """Whether the quotes of each line all stand where a strict writer puts them, from outside and from inside."""
    ordinal_odd = ((np.arange(len(quotes)) - np.repeat(first_quote, quotes_each)) & 1).astype(bool)
    edge = np.zeros(256, dtype=bool)
    edge[[10, 13]] = True
    if delimiter:
        edge[ord(delimiter)] = True
    before = np.ones(len(quotes), dtype=bool)
    has = quotes > 0
    before[has] = edge[view[quotes[has] - 1]]
    after = np.ones(len(quotes), dtype=bool)
    has = quotes < len(view) - 1
    after[has] = edge[view[quotes[has] + 1]]
    next_is_quote = np.append(np.diff(quotes) == 1, False)
    prior_is_quote = np.insert(next_is_quote[:-1], 0, False)
    opens = before | prior_is_quote
    closes = after | next_is_quote
    bad_out = np.where(ordinal_odd, ~closes, ~opens)
    bad_in = np.where(ordinal_odd, ~opens, ~closes)
    # a doubled quote belongs together only as closing + opening: `a""b` from outside is caught by `opens`
    some = quotes_each > 0
    valid_out, valid_in = np.ones(len(some), dtype=bool), np.ones(len(some), dtype=bool)
    at = first_quote[some]
    valid_out[some] = ~np.logical_or.reduceat(bad_out, at)
    valid_in[some] = ~np.logical_or.reduceat(bad_in, at)
    return valid_out, valid_in


def _escaped(view: NDArray[np.uint8], escape: str) -> Flags | None:
    """Which bytes stand behind an escape character that is not itself escaped."""
    if not escape:
        return None
    at = np.flatnonzero(view == ord(escape))
    if not len(at):
        return None
    new_run = np.insert(np.diff(at) != 1, 0, True)
    run_start = np.maximum.accumulate(np.where(new_run, np.arange(len(at)), 0))
    active = at[((np.arange(len(at)) - run_start) & 1) == 0]
    flags = np.zeros(len(view), dtype=bool)
    flags[active[active < len(view) - 1] + 1] = True
    return flags
