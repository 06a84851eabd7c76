"""A row with too few or too many cells -> the columns its cells belong to, judged by what the columns hold."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.reading.cells import kind_of, outline_of, shape_of
from analysis.reading.quotes import Steps, split_lenient
from analysis.reading.records import Shape

_PROFILED = 2000
_MARGIN = 1.5
_MOST_EXTRA = 4
_OTHER_DELIMITERS = ",;\t|:"


@dataclass(frozen=True, slots=True)
class Column:
    """How often each shape, outline and kind occurs in a column of sound rows."""

    shapes: Counter[str]
    outlines: Counter[str]
    kinds: Counter[str]
    values: Counter[str]
    mean_length: float
    seen: int

    def fit(self, cell: str) -> float:
        """Log of how well ``cell`` fits, from exact values down to its kind and length."""
        n = self.seen + 4.0
        value = (self.values[cell] + 0.02) / n if self.values[cell] > 1 else 0.0
        kind = kind_of(cell)
        by_kind = (self.kinds[kind] + 0.1) / n
        if not cell:
            return math.log(max(by_kind, 0.002))
        spread = abs(math.log((len(cell) + 2) / (self.mean_length + 2)))
        likely = (
            0.35 * value
            + 0.3 * (self.shapes[shape_of(cell)] + 0.02) / n
            + 0.2 * (self.outlines[outline_of(cell)] + 0.02) / n
            + 0.15 * by_kind * math.exp(-spread)
        )
        return math.log(max(likely, 1e-6))


def profile(frame: pd.DataFrame) -> list[Column]:
    """The columns' profiles, from rows spread over the frame."""
    sample = frame.iloc[:: max(1, len(frame) // _PROFILED)]
    columns = []
    for position in range(frame.shape[1]):
        cells = [str(cell) for cell in sample.iloc[:, position].tolist()]
        filled = [cell for cell in cells if cell]
        columns.append(
            Column(
                Counter(map(shape_of, filled)),
                Counter(map(outline_of, filled)),
                Counter(map(kind_of, cells)),
                Counter(cell for cell in filled if len(cell) <= 60),
                sum(map(len, filled)) / len(filled) if filled else 0.0,
                len(cells),
            )
        )
    return columns


@dataclass(frozen=True, slots=True)
class Alignment:
    """The row as aligned, or ``cells`` None where two readings are equally good or none is plausible."""

    cells: list[str] | None
    reason: str


def align(cells: list[str], text: str, columns: list[Column], shape: Shape, steps: Steps) -> Alignment:
    """Bring a row of the wrong width to the width of the table, only on clear evidence.

    ``text`` is the raw record. Tried: another delimiter or quote on this row, cells at the end left out,
    an empty cell too many, a delimiter without quotes inside a text, a delimiter too many inside a value,
    a delimiter missing between two values. ``steps`` is what may be spent on it.
    """
    width = len(columns)
    if steps.left <= 0:
        return Alignment(None, "too many rows are out of shape to try them all")
    other = _other_dialect(text, columns, shape, steps)
    if other is not None:
        return Alignment(other, "delimiter or quote differs on this row")
    if len(cells) > width:
        if len(cells) - width > _MOST_EXTRA:
            return Alignment(None, "far too many cells")
        ways = _shorter(cells, width, shape.delimiter)
    else:
        if width - len(cells) > 1 and len(cells) * 2 <= width:
            return Alignment(None, "far too few cells")
        ways = _longer(cells, width, shape.quote)
    return _best(ways, columns, steps)


def _best(ways: Iterator[tuple[list[str], float, str]], columns: list[Column], steps: Steps) -> Alignment:
    scored: dict[tuple[str, ...], tuple[float, str]] = {}
    cache: dict[tuple[int, str], float] = {}
    for cells, bonus, reason in ways:
        if not steps.spend(1 + len(cells) // 4):
            return Alignment(None, "too many ways to align")
        total = bonus
        for position, cell in enumerate(cells):
            key = (position, cell)
            if key not in cache:
                cache[key] = columns[position].fit(cell)
            total += cache[key]
        way = tuple(cells)
        if way not in scored or scored[way][0] < total:
            scored[way] = (total, reason)
    ranked = sorted(scored.items(), key=lambda item: -item[1][0])
    if not ranked:
        return Alignment(None, "no way to align")
    if len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < _MARGIN:
        return Alignment(None, "two ways to align are equally good")
    return Alignment(list(ranked[0][0]), ranked[0][1][1])


def _other_dialect(text: str, columns: list[Column], shape: Shape, steps: Steps) -> list[str] | None:
    """The row read with another delimiter, quote or escape, if that gives the width and the cells fit."""
    width = len(columns)
    if width < 3 or len(text) > 5000:
        return None
    found: list[tuple[float, list[str]]] = []
    for delimiter in dict.fromkeys((shape.delimiter, *_OTHER_DELIMITERS)):
        for quote, escape in dict.fromkeys(((shape.quote or '"', ""), ('"', ""), ("'", ""), ('"', "\\"))):
            if (delimiter, quote, escape) == (shape.delimiter, shape.quote, shape.escape):
                continue
            if delimiter not in text or (delimiter == shape.delimiter and quote not in text):
                continue
            split = split_lenient(text, delimiter, quote, escape, width, steps)
            if split is None or split.cost > 0 or split.tied:
                continue
            fit = sum(column.fit(cell) for column, cell in zip(columns, split.cells, strict=True)) / width
            found.append((fit, split.cells))
    if not found:
        return None
    fit, cells = max(found, key=lambda item: item[0])
    return cells if fit > -4.5 else None


def _shorter(cells: list[str], width: int, delimiter: str) -> Iterator[tuple[list[str], float, str]]:
    extra = len(cells) - width
    empty = [i for i, cell in enumerate(cells) if not cell.strip()]
    if extra == 1:
        for i in empty:
            yield cells[:i] + cells[i + 1 :], 2.5, "an empty cell too many"
    elif not any(cell.strip() for cell in cells[width:]):
        yield cells[:width], 2.5, "empty cells too many at the end"
    for i in range(width):
        run = cells[i : i + extra + 1]
        rest = cells[i + extra + 1 :]
        yield [*cells[:i], delimiter.join(run), *rest], 2.0 if all(run) else -1.0, "an unquoted delimiter inside a cell"
        if all(run):
            yield [*cells[:i], "".join(run), *rest], 0.0, "a delimiter too many inside a value"


def _longer(cells: list[str], width: int, quote: str) -> Iterator[tuple[list[str], float, str]]:
    missing = width - len(cells)
    yield [*cells, *[""] * missing], 2.0, "cells missing at the end"
    if missing != 1:
        return
    for i in range(len(cells)):
        yield [*cells[:i], "", *cells[i:]], 0.0, "a cell missing"
        before, joint, after = cells[i].partition(quote) if quote else ("", "", "")
        if joint and before and after:
            # `"one""two"` reads as one cell with a quote in it
            yield [*cells[:i], before, after, *cells[i + 1 :]], 2.8, "a delimiter missing between two quoted values"
        if len(cells[i]) <= 400:
            for cut in range(1, len(cells[i])):
                yield (
                    [*cells[:i], cells[i][:cut], cells[i][cut:], *cells[i + 1 :]],
                    1.0,
                    "a delimiter missing between two values",
                )
