"""Sound records -> a frame of text, by pyarrow with the dialect given; its count is checked against ours."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from analysis.reading.lines import Flags, Ints, Lines
from analysis.reading.progress import Progress, part_of
from analysis.reading.quotes import split_strict
from analysis.reading.records import Records, Shape

_NEVER = "\x1f\x1e\x1d\x1c\x02\x03\x04"
_SLICE: Final = 1 << 23


def frame_of(
    records: Records, bulk: Flags, lines: Lines, shape: Shape, width: int, *, progress: Progress | None = None
) -> pd.DataFrame:
    """The records flagged in ``bulk`` (strict, of the table's width) as columns 0 … width-1 of dtype ``str``.

    The text is cut between records, so that each slice can be parsed by itself whatever line ends its cells hold.
    """
    picked = np.flatnonzero(bulk)
    if not len(picked):
        return pd.DataFrame({position: pd.Series([], dtype="str") for position in range(width)})
    delimiter = shape.delimiter or next((c for c in _NEVER if c.encode() not in lines.data), "")
    slices = list(_slices(records, picked, lines))
    report = part_of(progress, 0.0, 1.0)

    def parse(part: Ints) -> pa.Table:
        buffer = _bytes_of(records, part, lines)
        # one block a slice, so that line ends in cells need not be looked for first; the count says if that went wrong
        for looked_for in (False, True):
            table = _arrow(buffer, delimiter, shape, width, looked_for) if delimiter else None
            if table is not None and table.num_rows == len(part):
                return table
        return _plain(records, part, lines, shape, width)

    tables = []
    with ThreadPoolExecutor(max_workers=2) as pool:
        for table in pool.map(parse, slices):
            tables.append(table)
            report(len(tables) / len(slices))
    frame: pd.DataFrame = pa.concat_tables(tables).to_pandas()
    frame.columns = pd.RangeIndex(width)
    return frame


def _slices(records: Records, picked: Ints, lines: Lines) -> Iterator[Ints]:
    """Records of about `_SLICE` bytes at a time."""
    starts = lines.starts[records.first[picked]]
    at = 0
    while at < len(picked):
        to = max(at + 1, int(np.searchsorted(starts, starts[at] + _SLICE)))
        yield picked[at:to]
        at = to


def _bytes_of(records: Records, part: Ints, lines: Lines) -> memoryview | bytes:
    """The bytes of these records, runs of neighbours copied at once, or not at all where there is one run."""
    breaks = np.flatnonzero(records.first[part[1:]] != records.last[part[:-1]])
    first = part[np.append(0, breaks + 1)]
    last = part[np.append(breaks, len(part) - 1)]
    after = records.last[last]
    starts = lines.starts[records.first[first]]
    stops = np.where(after < len(lines), lines.starts[np.minimum(after, len(lines) - 1)], len(lines.data))
    view = memoryview(lines.data)
    parts = [view[a:b] for a, b in zip(starts.tolist(), stops.tolist(), strict=True)]
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _arrow(buffer: memoryview | bytes, delimiter: str, shape: Shape, width: int, newlines: bool) -> pa.Table | None:
    names = [str(position) for position in range(width)]
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(buffer)),
            read_options=arrow_csv.ReadOptions(
                column_names=names, block_size=min(max(1 << 16, len(buffer) + 1), (1 << 31) - 1), use_threads=False
            ),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                quote_char=shape.quote or False,
                double_quote=True,
                escape_char=shape.escape or False,
                newlines_in_values=newlines,
                ignore_empty_lines=False,
            ),
            convert_options=arrow_csv.ConvertOptions(
                check_utf8=False, column_types={name: pa.large_string() for name in names}, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _plain(records: Records, part: Ints, lines: Lines, shape: Shape, width: int) -> pa.Table:
    """The same without pyarrow's parser, for what it will not take."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for i in part.tolist():
        text = lines.text(int(records.first[i]), int(records.last[i]))
        cells = split_strict(text, shape.delimiter, shape.quote, shape.escape)
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
    arrays = [pa.array(column, type=pa.large_string()) for column in columns]
    return pa.table(arrays, names=[str(position) for position in range(width)])
