"""Sound records -> a frame of text, by pyarrow with the dialect given; its count is checked against ours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from pyarrow import csv as arrow_csv

from analysis.reading.lines import Flags, Lines
from analysis.reading.quotes import split_strict
from analysis.reading.records import Records, Shape

_NEVER = "\x1f\x1e\x1d\x1c\x02\x03\x04"


def frame_of(records: Records, bulk: Flags, lines: Lines, shape: Shape, width: int) -> pd.DataFrame:
    """The records flagged in ``bulk`` (strict, of the table's width) as columns 0 … width-1 of dtype ``str``."""
    count = int(np.count_nonzero(bulk))
    if not count:
        return pd.DataFrame({position: pd.Series([], dtype="str") for position in range(width)})
    buffer, spans_lines = _slices(records, bulk, lines)
    table = _arrow(buffer, shape, width, spans_lines, int((records.last - records.first).max()), lines)
    if table is None or table.num_rows != count:
        picked = np.flatnonzero(bulk)
        cells = [
            split_strict(
                lines.text(int(records.first[i]), int(records.last[i])), shape.delimiter, shape.quote, shape.escape
            )
            for i in picked.tolist()
        ]
        return pd.DataFrame(
            {position: pd.Series([row[position] for row in cells], dtype="str") for position in range(width)}
        )
    frame: pd.DataFrame = table.to_pandas()
    frame.columns = pd.RangeIndex(width)
    return frame


def _slices(records: Records, bulk: Flags, lines: Lines) -> tuple[bytes, bool]:
    """The bytes of the flagged records, runs of neighbours copied at once."""
    picked = np.flatnonzero(bulk)
    breaks = np.flatnonzero(np.diff(picked) != 1)
    first = picked[np.concatenate((np.zeros(1, dtype=np.int64), breaks + 1))]
    last = picked[np.append(breaks, len(picked) - 1)]
    starts = lines.starts[records.first[first]]
    after = records.last[last]
    whole = np.append(lines.starts, len(lines.data))
    stops = whole[after]
    spans = bool((records.last - records.first)[bulk].max() > 1)
    if len(starts) == 1 and starts[0] == 0 and stops[0] == len(lines.data):
        return lines.data, spans
    view = memoryview(lines.data)
    parts = [view[a:b] for a, b in zip(starts.tolist(), stops.tolist(), strict=True)]
    joined = b"".join(parts)
    return joined, spans


def _arrow(
    buffer: bytes, shape: Shape, width: int, spans_lines: bool, most_lines: int, lines: Lines
) -> pa.Table | None:
    delimiter = shape.delimiter or next((c for c in _NEVER if c.encode() not in buffer), "")
    if not delimiter:
        return None
    names = [str(position) for position in range(width)]
    longest = int((lines.ends - lines.starts).max(initial=0)) * max(1, most_lines)
    block = min(max(1 << 22, 4 * longest), 1 << 30)
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(buffer),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=block),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                quote_char=shape.quote or False,
                double_quote=True,
                escape_char=shape.escape or False,
                newlines_in_values=spans_lines,
                ignore_empty_lines=False,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.large_string() for name in names}, strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
