"""A JSON file -> `RawTable`: the records that programs exchange, one row each, by dotted names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems import Problem, problem
from analysis.reading.decode import decode
from analysis.reading.empty import nothing_read, rejects
from analysis.reading.flat import DECODER, flat
from analysis.reading.ledger import Ledger
from analysis.reading.lines import Lines, find_lines
from analysis.reading.raw import Dialect, RawTable

_LARGEST: Final = 200 << 20
_MOST_COLUMNS: Final = 2_000
_ENVELOPES: Final[tuple[str, ...]] = ("data", "results", "items", "records", "rows", "value")
_TIME: Final = re.compile(r"(?:_at|At|_on|[dD]ate|[tT]ime)$")
_BLANK: Final = re.compile(r"[\s,]*")


@dataclass(slots=True)
class _Found:
    """Records with where each begins and ends in the text, and lines that are none."""

    records: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    broken: list[tuple[int, int]] = field(default_factory=list)


def read_json(data: bytes, name: str, sha256: str) -> RawTable:
    """Read a list of records, an object that holds one, or a record a line.

    Columns are named as ``interviewers.email``; see `analysis.reading.flat.flat` for lists in records. An object of
    several lists, such as a feed of notes and messages, becomes a row for each of their items, its columns named
    ``notes.body``. Numbers are kept as they are written. What holds no record is refused in a sentence.
    """
    if len(data) > _LARGEST:
        large = problem("json_large", name, size=len(data) >> 20, most=_LARGEST >> 20)
        return nothing_read(data[:0], name, sha256, "unknown", (large,))
    decoded = decode(data, name)
    text = decoded.data.decode("utf-8", "replace")
    found = _Found()
    try:
        _find(text, found)
    except (ValueError, RecursionError):
        found = _Found()
    columns = list(dict.fromkeys(key for _, _, record in found.records for key in record))
    problems: list[Problem] = list(decoded.problems)
    if len(columns) > _MOST_COLUMNS:
        problems.append(problem("too_many_columns", name, columns=len(columns), most=_MOST_COLUMNS))
    elif not columns:
        problems.append(problem("unreadable_json", name))
    if len(columns) > _MOST_COLUMNS or not columns:
        return nothing_read(decoded.data, name, sha256, "unknown", tuple(problems))
    lines = find_lines(decoded.data)
    starts = _starts(decoded.data, lines)
    first = _line_of(starts, [start for start, _, _ in found.records])
    ledger, aside = Ledger(len(lines)), _lines_of(starts, found.broken)
    rows = _lines_of(starts, [(start, end) for start, end, _ in found.records])
    aside = np.setdiff1d(aside, rows)
    rest = np.setdiff1d(np.arange(len(lines)), np.union1d(rows, aside))
    full = np.array([bool(lines.data[lines.starts[i] : lines.ends[i]].strip()) for i in rest.tolist()], dtype=bool)
    ledger.rows(rows, rows + 1)
    ledger.set_aside(aside, aside + 1)
    ledger.drop("brackets", rest[full], rest[full] + 1)
    ledger.drop("blank", rest[~full], rest[~full] + 1)
    texts = [lines.text(int(i), int(i) + 1)[:20_000] for i in aside]
    problems += [problem("damaged_record", name, int(i) + 1, value=t) for i, t in zip(aside, texts, strict=True)]
    cells = {c: pd.Series([record.get(c, "") for _, _, record in found.records], dtype="str") for c in columns}
    return RawTable(
        name,
        "json",
        sha256,
        pd.DataFrame(cells),
        first + 1,
        ledger.account(),
        rejects([int(i) + 1 for i in aside], ["damaged_record"] * len(aside), texts),
        tuple(sorted(problems, key=lambda p: p.line)),
        Dialect(decoded.encoding, "", "", "", 0),
    )


def _find(text: str, found: _Found) -> None:
    """Fill in the records of a text. Raises ``ValueError`` and ``RecursionError`` where it is no JSON."""
    start = _skip(text, 0)
    value, end = _decoded(text, start)
    if _skip(text, end) < len(text):
        _a_record_a_line(text, start, found)
    elif isinstance(value, dict):
        _of_object(text, start, value, found)
    else:
        for begin, stop, item in _elements(text, start):
            _take(item, begin, stop, found)


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _decoded(text: str, at: int) -> tuple[Any, int]:
    return DECODER.raw_decode(text, at)


def _elements(text: str, at: int) -> Iterator[tuple[int, int, Any]]:
    """The items of a list that begins at ``at``, with where each stands."""
    at = _skip(text, at + 1)
    while at < len(text) and text[at] != "]":
        value, end = _decoded(text, at)
        yield at, end, value
        at = _skip(text, end)


def _of_object(text: str, at: int, value: dict[str, Any], found: _Found) -> None:
    lists = {key: part for key, part in value.items() if isinstance(part, list)}
    wrapped = [key for key in _ENVELOPES if key in lists and any(isinstance(i, dict) for i in lists[key])]
    chosen = wrapped[:1] or list(lists)
    if not any(isinstance(item, dict) for key in chosen for item in lists[key]) or _is_record(value, lists):
        inner = next((value[key] for key in ("data", "result") if isinstance(value.get(key), dict)), value)
        _take(inner, at, len(text), found)
        return
    whole = {key: part for key, part in value.items() if key not in lists} if len(chosen) > 1 else {}
    at = _skip(text, at + 1)
    while at < len(text) and text[at] != "}":
        key, end = _decoded(text, at)
        at = _skip(text, text.index(":", end) + 1)
        if key in chosen and isinstance(value[key], list) and text[at] == "[":
            for begin, stop, item in _elements(text, at):
                if len(chosen) == 1:
                    _take(item, begin, stop, found)
                elif isinstance(item, dict):
                    found.records.append((begin, stop, {**flat(whole), **flat(item, key)}))
        at = _skip(text, _decoded(text, at)[1])


def _is_record(value: dict[str, Any], lists: dict[str, list[Any]]) -> bool:
    """Whether an object is a record with lists in it rather than an envelope round a list."""
    own = [key for key in value if key not in lists]
    return any(_TIME.search(key) for key in own) or ("id" in own and len(own) > 2)


def _take(value: Any, start: int, end: int, found: _Found) -> None:
    """A record; one of several lists and no time of its own becomes a row for each of their items."""
    if not isinstance(value, dict):
        found.broken.append((start, end))
        return
    if set(value) >= {"headers", "columns"}:
        raise ValueError("what a person said about a layout is no contact")
    lists = {key: part for key, part in value.items() if isinstance(part, list)}
    items = [(key, item) for key, part in lists.items() for item in part if isinstance(item, dict)]
    if len(lists) < 2 or not items or _is_record(value, lists):
        found.records.append((start, end, flat(value)))
        return
    whole = flat({key: part for key, part in value.items() if key not in lists})
    found.records += [(start, end, {**whole, **flat(item, key)}) for key, item in items]


def _a_record_a_line(text: str, at: int, found: _Found) -> None:
    """JSON lines; a line that is no record is set aside."""
    while at < len(text):
        try:
            value, end = _decoded(text, at)
        except (ValueError, RecursionError):
            value, end = None, at
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop
        if isinstance(value, dict):
            _take(value, at, end, found)
            at = _skip(text, end)
        else:
            found.broken.append((at, stop))
            at = _skip(text, stop)


def _starts(data: bytes, lines: Lines) -> NDArray[np.int64]:
    """Where each line begins, counted in characters."""
    if data.isascii():
        return lines.starts.astype("int64")
    letters = (np.frombuffer(data, dtype=np.uint8) & 0xC0) != 0x80
    before = np.concatenate((np.zeros(1, dtype="int64"), np.cumsum(letters, dtype="int64")))
    return np.asarray(before[lines.starts], dtype="int64")


def _line_of(starts: NDArray[np.int64], places: list[int]) -> NDArray[np.int64]:
    return np.searchsorted(starts, np.array(places, dtype="int64"), side="right").astype("int64") - 1


def _lines_of(starts: NDArray[np.int64], spans: list[tuple[int, int]]) -> NDArray[np.int64]:
    """All lines that the spans touch, each once."""
    first = _line_of(starts, [start for start, _ in spans])
    last = _line_of(starts, [max(start, end - 1) for start, end in spans])
    touched = np.zeros(len(starts) + 1, dtype="int64")
    np.add.at(touched, first, 1)
    np.add.at(touched, last + 1, -1)
    return np.flatnonzero(np.cumsum(touched[:-1]) > 0).astype("int64")
