"""Two independent votes on how a delimited file is written.

Our own vote: consistency of widths times recognisable cells. The other: duckdb's sniffer, told to
tolerate broken rows. Files over `SAMPLE` bytes are judged from their start, middle and end.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Any, Final

import duckdb
import fsspec  # type: ignore[import-untyped]
import numpy as np

from analysis.reading.cells import kind_of
from analysis.reading.lines import Lines, find_lines, scan
from analysis.reading.quotes import split_strict

SAMPLE: Final = 1 << 19
_SNIFFED: Final = 1 << 17
_STRONG: Final = ",;\t|\x1f\x01^~"
_WEAK: Final = ": &#*=!@$%_"
_ROWS_TYPED: Final = 150
_NUMBERS: Final = count()


@dataclass(frozen=True, slots=True)
class Vote:
    """The winner of the votes. ``delimiter`` "" is a single column; ``other`` is duckdb's delimiter."""

    delimiter: str
    quote: str
    escape: str
    agree: bool
    other: str


def vote(lines: Lines) -> Vote:
    """Both votes on the file; where they differ ours stands and ``agree`` is False."""
    sample = sample_of(lines)
    delimiter, quote, escape = own_vote(sample)
    other = duckdb_vote(sample.data[:_SNIFFED])
    return Vote(delimiter, quote, escape, other is None or other == delimiter, other or "")


def told(lines: Lines, delimiter: str) -> Vote:
    """The dialect where the file itself names its delimiter."""
    quote, escape = _quoting(sample_of(lines), delimiter)
    return Vote(delimiter, quote, escape, True, delimiter)


def without_padding(lines: Lines) -> Lines | None:
    """The lines without the blanks in ``"a", "b"``, if only without them the quotes are in place; else None."""
    sample = sample_of(lines)
    signs = Counter(re.findall(rb'([,;\t|]) +"', sample.data))
    if not signs:
        return None
    sign, times = signs.most_common(1)[0]
    delimiter = sign.decode()
    padded = re.escape(sign) + rb' +(?=")'
    before = scan(sample, delimiter, '"')
    after = scan(find_lines(re.sub(padded, sign, sample.data)), delimiter, '"')
    if times < 2 or np.count_nonzero(~after.valid_out) * 4 >= np.count_nonzero(~before.valid_out):
        return None
    return find_lines(re.sub(padded, sign, lines.data))


def sample_of(lines: Lines) -> Lines:
    """The file, or whole lines from its start, middle and end."""
    if len(lines.data) <= SAMPLE:
        return lines
    third = SAMPLE // 3
    pieces = []
    for at in (0, len(lines.data) // 2, len(lines.data) - third):
        first = int(np.searchsorted(lines.starts, at))
        last = int(np.searchsorted(lines.starts, at + third))
        if first < last:
            pieces.append(lines.data[lines.starts[first] : lines.ends[last - 1]][: 2 * third])
    return find_lines(b"\n".join(pieces))


def own_vote(sample: Lines) -> tuple[str, str, str]:
    """Delimiter, quote and escape with the best widths times kinds; ("", …) for a single column."""
    best, winner = 0.0, ("", *_quoting(sample, ""))
    present = set(np.flatnonzero(np.bincount(np.frombuffer(sample.data, dtype=np.uint8), minlength=256)))
    for delimiter in _STRONG + _WEAK:
        if ord(delimiter) not in present:
            continue
        quote, escape = _quoting(sample, delimiter)
        score = _score(sample, delimiter, quote, escape)
        if score > best + 1e-9:
            best, winner = score, (delimiter, quote, escape)
    return winner


def _quoting(sample: Lines, delimiter: str) -> tuple[str, str]:
    data = sample.data
    sign = delimiter.encode()

    def wrapped(quote: bytes) -> int:
        before = [b"\n", b"\r", sign] if sign else [b"\n", b"\r"]
        opens = sum(data.count(edge + quote) + data.count(edge + b" " + quote) for edge in before)
        closes = sum(data.count(quote + edge) + data.count(quote + b" " + edge) for edge in before)
        return min(opens + data.startswith(quote), closes + data.endswith(quote))

    double, single = wrapped(b'"'), wrapped(b"'")
    plain = single >= max(3, 0.3 * len(sample)) and single > 10 * double
    if plain or (single > double and (single >= 2 or double == 0) and _single_quotes_pay(sample, delimiter)):
        quote = "'"
    elif double == 0 and b'"' in data and _misfits(sample, delimiter, '"', ""):
        quote = ""
    else:
        quote = '"'
    escape = ""
    signs = [quote] if quote else ['"', delimiter]
    escaped = delimiter != "\\" and any(sign and b"\\" + sign.encode() in data for sign in {*signs, delimiter})
    if escaped and _misfits(sample, delimiter, quote, "\\") < _misfits(sample, delimiter, quote, ""):
        escape = "\\"
    return quote, escape


def _single_quotes_pay(sample: Lines, delimiter: str) -> bool:
    return _misfits(sample, delimiter, "'", "") <= _misfits(sample, delimiter, '"', "")


def _misfits(sample: Lines, delimiter: str, quote: str, escape: str) -> int:
    """Lines whose quotes are out of place, plus lines off the commonest width."""
    found = scan(sample, delimiter, quote, escape)
    odd = np.cumsum(found.odd) & 1
    inside = np.concatenate((np.zeros(1, dtype=np.int64), odd[:-1])).astype(bool)
    valid = np.where(inside, found.valid_in, found.valid_out)
    if valid.all():
        widths = np.add.reduceat(np.where(inside, found.delims_in, found.delims_out), np.flatnonzero(~inside))
        off = len(widths) - int(np.bincount(widths).max()) if len(widths) else 0
        return off + (len(inside) if odd[-1] else 0)
    widths = found.delims_out[found.clean]
    common = int(np.bincount(widths).max()) if len(widths) else 0
    return len(inside) - common + int(np.count_nonzero(~found.clean))


def _score(sample: Lines, delimiter: str, quote: str, escape: str) -> float:
    found = scan(sample, delimiter, quote, escape)
    inside = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(found.odd)[:-1] & 1)).astype(bool)
    if np.where(inside, found.valid_in, found.valid_out).all() and not np.count_nonzero(found.odd) & 1:
        firsts = np.flatnonzero(~inside)
        lasts = np.append(firsts[1:], len(sample))
        widths = np.add.reduceat(np.where(inside, found.delims_in, found.delims_out), firsts) + 1
    else:
        firsts = np.arange(len(sample))
        lasts = firsts + 1
        widths = np.where(found.clean, found.delims_out + 1, 0)
    filled = sample.ends[lasts - 1] > sample.starts[firsts]
    firsts, lasts, widths = firsts[filled], lasts[filled], widths[filled]
    counts = Counter(widths[widths > 1].tolist())
    if not counts:
        return 0.0
    width = max(counts, key=lambda w: counts[w] * (1 - 1 / w) ** 0.5)
    share = counts[width] / len(widths)
    if delimiter in _WEAK and ((width < 3 and delimiter != " ") or share < 0.9 or widths[0] != width):
        return 0.0
    rows = np.flatnonzero(widths == width)
    rows = rows[:: max(1, len(rows) // _ROWS_TYPED)]
    known = weight = 0.0
    words = 0
    cells_seen = 0
    for i in rows.tolist():
        for cell in split_strict(sample.text(int(firsts[i]), int(lasts[i])), delimiter, quote, escape):
            kind = kind_of(cell)
            if not kind:
                continue
            cells_seen += 1
            weight += 1
            if kind != "text":
                known += 1
            else:
                words += 1
                known += _text_worth(cell, delimiter)
    typed = known / weight if weight else 0.5
    fill = cells_seen / (len(rows) * width) if len(rows) else 0
    score = share * (1 - 0.75 / width) * typed * (0.85 + 0.15 * min(1.0, fill * 2))
    if delimiter == " ":
        # words in a sentence are no columns: demand that most cells are numbers, dates and the like
        wrapped = bool(quote) and share > 0.99 and width >= 4 and f" {quote}".encode() in sample.data
        return float(score * 0.6) if wrapped or (cells_seen and words / cells_seen < 0.5 and width > 2) else 0.0
    if delimiter in _WEAK:
        return float(score) * (0.8 if share > 0.99 and width >= 4 else 0.5)
    return float(score)


@lru_cache(maxsize=1 << 14)
def _text_worth(cell: str, delimiter: str) -> float:
    """A text cell says little for its delimiter, and less if another delimiter or a lone quote is in it."""
    for quote in "\"'":
        if cell.startswith(quote) != cell.endswith(quote) and cell.count(quote) % 2:
            return 0.2
    if any(other in cell for other in "\t|;,^~" if other != delimiter):
        return 0.5
    return 0.8


def duckdb_vote(data: bytes) -> str | None:
    """duckdb's delimiter for ``data``, "" for a single column, None where it has no answer."""
    connection, files = _duckdb()
    path = f"/followthrough-{next(_NUMBERS)}.csv"
    files.pipe(path, data)
    try:
        with connection.cursor() as cursor:
            row = cursor.execute(
                "select Delimiter, len(Columns) from sniff_csv(?, ignore_errors=true, null_padding=true,"
                " all_varchar=true, sample_size=-1)",
                [f"memory://{path}"],
            ).fetchone()
    except (duckdb.Error, RuntimeError, UnicodeError):
        return None
    finally:
        files.rm(path)
    if row is None:
        return None
    return str(row[0]) if int(row[1]) > 1 else ""


@cache
def _duckdb() -> tuple[duckdb.DuckDBPyConnection, Any]:
    """One engine in memory for all votes; it sees nothing but the samples handed to it."""
    files = fsspec.filesystem("memory", skip_instance_cache=True)
    connection = duckdb.connect(config={"threads": 1})
    connection.register_filesystem(files)
    return connection, files
