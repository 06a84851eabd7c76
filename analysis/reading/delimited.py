"""Delimited text -> `RawTable`: dialect, records, structure, rows of the wrong width, ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.problems import Problem, problem
from analysis.reading.align import align, profile
from analysis.reading.bulk import frame_of
from analysis.reading.decode import decode
from analysis.reading.dialect import Vote, told, vote, without_padding
from analysis.reading.empty import nothing_read, rejects
from analysis.reading.further import Grid, first_width, label_like
from analysis.reading.ledger import Ledger
from analysis.reading.lines import Ints, Lines, find_lines, scan
from analysis.reading.progress import Progress, part_of
from analysis.reading.quotes import Steps, split_lenient
from analysis.reading.raw import Dialect, RawTable
from analysis.reading.records import Records, Shape, cells_of, find_records
from analysis.reading.structure import Structure, find_structure
from analysis.reading.tidying import tidy, without_stray

_SEP = re.compile(rb'"?sep=([^\w"\'\x80-\xff]|\\t)"?[\s,;]*$', re.IGNORECASE)
_MOST_ALIGNED = 20_000
_STEPS = 1_500_000
_MOST_COLUMNS = 2_000
_RAGGED = 0.2
_OTHERS = ",;\t| "
_CUT = "the file ends in the middle of it, so later rows may be missing"


def read_delimited(data: bytes, name: str, sha256: str, progress: Progress | None = None) -> RawTable:
    """Read any delimited text. All cells are text; rows that cannot be read for certain are set aside.

    ``progress`` is called with the share done, 0 to 1.
    """
    if not data:
        return nothing_read(data, name, sha256, "delimited", (problem("empty_file", name),))
    decoded = decode(data, name)
    lines = find_lines(_record_ends(decoded.data))
    if decoded.data.isspace() or not decoded.data:
        found = (*decoded.problems, problem("empty_file", name))
        return nothing_read(decoded.data, name, sha256, "delimited", found)
    announced = _SEP.match(lines.data[lines.starts[0] : lines.ends[0]])
    skip = 1 if announced and len(lines) > 1 else 0
    body = find_lines(lines.data[lines.starts[skip] :]) if skip else lines
    unpadded = False
    if announced and skip:
        sign = announced.group(1).decode("utf-8", "replace")
        chosen = told(body, "\t" if sign == "\\t" else sign)
    else:
        body = _single_signs(body)
        bare = without_padding(body)
        unpadded = bare is not None
        body = bare or body
        chosen = vote(body)
    odd = list(decoded.problems)
    return _Reading(name, sha256, decoded.encoding, body, chosen, skip, odd, lines.data, unpadded, progress).table()


def _record_ends(data: bytes) -> bytes:
    """A file without any line end that separates its records by RS, NEL or VT: these become line ends."""
    if b"\n" not in data and b"\r" not in data:
        for end in (b"\x1e", "\x85".encode(), "\u2028".encode(), b"\x0b", b"\x0c"):
            if data.count(end) > 1:
                return data.replace(end, b"\n")
    return data


def _single_signs(lines: Lines) -> Lines:
    """``a||b||c`` with every ``|`` doubled, in the first line too, is ``a|b|c``."""
    data = lines.data
    pairs = data[lines.starts[0] : lines.ends[0]].count(b"||")
    if pairs and data.count(b"||") * 2 == data.count(b"|") >= 2 * pairs * max(1, len(lines) // 2):
        return find_lines(data.replace(b"||", b"|"))
    return lines


@dataclass(slots=True)
class _Reading:
    """One reading in progress; `table` runs it to the end."""

    name: str
    sha256: str
    encoding: str
    lines: Lines
    vote: Vote
    skipped: int
    problems: list[Problem]
    whole: bytes
    unpadded: bool = False
    progress: Progress | None = None
    aside: list[tuple[int, str, str]] = field(default_factory=list)

    def table(self) -> RawTable:
        shape = Shape(self.vote.delimiter, self.vote.quote, self.vote.escape)
        records, width, shape = self._records(shape)
        if width > _MOST_COLUMNS:
            wide = problem("too_many_columns", self.name, columns=width, most=_MOST_COLUMNS)
            return nothing_read(self.whole, self.name, self.sha256, "delimited", (*self.problems, wide))
        structure = find_structure(self._grid(records, shape), width)
        ledger = Ledger(len(self.lines) + self.skipped)
        if self.skipped:
            ledger.drop("sep line", np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64))
        self._place(ledger.header, records, structure.header)
        for reason, dropped in structure.dropped.items():
            self._drop(ledger, reason, records, dropped)
        frame, kept = self._rows(records, structure, shape, width, ledger)
        self._second(records, structure.second, ledger)
        frame, kept = self._without_repeats(frame, kept, records, structure, ledger)
        frame, names = tidy(frame, structure, self.unpadded)
        self._named_otherwise(records, structure, frame, width)
        frame.columns = pd.Index(names)
        self._place(ledger.rows, records, kept)
        if not self.vote.agree:
            self.problems.append(
                problem("delimiter_unsure", self.name, value=_shown(self.vote.delimiter), other=_shown(self.vote.other))
            )
        if not len(structure.header) and len(frame):
            self.problems.append(problem("no_header", self.name, self._line(records, kept[:1])))
        if not len(frame) and not self.aside:
            self.problems.append(problem("no_rows", self.name))
        dialect = Dialect(
            self.encoding,
            shape.delimiter,
            shape.quote,
            shape.escape,
            int((records.last - records.first)[structure.header].sum()) if len(structure.header) else 0,
            self.vote.agree,
        )
        self.aside.sort()
        part_of(self.progress, 0.0, 1.0)(1.0)
        return RawTable(
            self.name,
            "delimited",
            self.sha256,
            frame,
            records.first[kept] + 1 + self.skipped,
            ledger.account(),
            rejects([a[0] for a in self.aside], [a[1] for a in self.aside], [a[2] for a in self.aside]),
            tuple(sorted(self.problems, key=lambda p: p.line)),
            dialect,
        )

    def _records(self, shape: Shape) -> tuple[Records, int, Shape]:
        found = scan(self.lines, shape.delimiter, shape.quote, shape.escape, progress=part_of(self.progress, 0.1, 0.3))
        records, width = find_records(self.lines, found, shape, progress=part_of(self.progress, 0.3, 0.5))
        width = self._ragged_width(records, first_width(self._grid(records, shape), width))
        self._other_header(records, width, shape)
        return records, width, shape

    def _grid(self, records: Records, shape: Shape) -> Grid:
        return Grid(records.width, lambda i: cells_of(records, i, self.lines, shape))

    def _other_header(self, records: Records, width: int, shape: Shape) -> None:
        """The line above the first row, where only another delimiter makes it as many names as there are columns."""
        wide = np.flatnonzero(records.width == width)
        if width < 3 or not len(wide) or not wide[0] or label_like(cells_of(records, int(wide[0]), self.lines, shape)):
            return
        i = int(wide[0]) - 1
        text = self._raw(records, i)
        for delimiter in _OTHERS if records.width[i] and len(text) < 5000 else "":
            split = split_lenient(text, delimiter, shape.quote or '"', "", width) if delimiter in text else None
            if split is not None and split.cost == 0 and label_like(split.cells):
                records.lenient[i], records.width[i], records.strict[i] = split, width, False
                self._repaired(records, i, split.cells, "the header has another delimiter")
                return

    def _ragged_width(self, records: Records, width: int) -> int:
        """A writer that leaves empty cells at the end out makes rows of many widths: the first wide record counts."""
        widths = records.width[records.width > 0]
        wide = widths[widths > 1]
        if len(wide) > 3 and wide[0] > width and (widths <= wide[0]).all() and len(np.unique(wide)) >= 3:
            return int(wide[0])
        if len(wide) == 2 and wide[0] > wide[1]:
            return int(wide[0])
        return width

    def _line(self, records: Records, which: Ints) -> int:
        return int(records.first[which[0]]) + 1 + self.skipped if len(which) else 0

    def _place(self, put: object, records: Records, which: Ints) -> None:
        assert callable(put)
        put(records.first[which] + self.skipped, records.last[which] + self.skipped)

    def _drop(self, ledger: Ledger, reason: str, records: Records, which: Ints) -> None:
        ledger.drop(reason, records.first[which] + self.skipped, records.last[which] + self.skipped)

    def _set_aside(
        self, ledger: Ledger, records: Records, i: int, code: str, why: str = "", cells: int = 0, columns: int = 0
    ) -> None:
        line, text = self._line(records, np.array([i])), self._raw(records, i)
        self.aside.append((line, code, text))
        self.problems.append(problem(code, self.name, line, value=text, why=why, cells=cells, columns=columns))
        self._place(ledger.set_aside, records, np.array([i]))

    def _raw(self, records: Records, i: int) -> str:
        return self.lines.text(int(records.first[i]), int(records.last[i]))

    def _rows(
        self, records: Records, structure: Structure, shape: Shape, width: int, ledger: Ledger
    ) -> tuple[pd.DataFrame, Ints]:
        """The frame with columns 0 …, and the record of each row."""
        bulk = np.zeros(len(records), dtype=bool)
        bulk[structure.rows] = True
        bulk &= records.strict & (records.width == width)
        frame = frame_of(records, bulk, self.lines, shape, width, progress=part_of(self.progress, 0.5, 0.8))
        kept = np.flatnonzero(bulk)
        others = structure.rows[~bulk[structure.rows]]
        if not len(others):
            return frame, kept
        repaired: list[list[str]] = []
        places: list[int] = []
        for i, cells in self._repairs(records, others, frame, structure, shape, width, ledger):
            repaired.append(cells)
            places.append(i)
        if repaired:
            extra = pd.DataFrame({p: pd.Series([cells[p] for cells in repaired], dtype="str") for p in range(width)})
            where = np.concatenate((kept, np.array(places, dtype=np.int64)))
            order = np.argsort(where, kind="stable")
            frame = pd.concat([frame, extra], ignore_index=True).take(order).reset_index(drop=True)
            kept = where[order]
        return frame, kept

    def _repairs(
        self,
        records: Records,
        others: Ints,
        frame: pd.DataFrame,
        structure: Structure,
        shape: Shape,
        width: int,
        ledger: Ledger,
    ) -> list[tuple[int, list[str]]]:
        columns = profile(frame)
        short = int(np.count_nonzero(records.width[others] < width))
        everything = max(1, len(structure.rows))
        ragged = short >= 3 and short >= _RAGGED * everything
        long = int(np.count_nonzero(records.width[others] > width))
        surplus = long >= _RAGGED * everything and (long >= 2 or everything <= 2)
        out: list[tuple[int, list[str]]] = []
        trimmed = padded = aligned = 0
        final = int(structure.rows[-1]) if len(structure.rows) else -1
        cut = final >= 0 and not self.lines.data.endswith((b"\n", b"\r"))
        report = part_of(self.progress, 0.8, 0.95)
        steps = Steps(_STEPS + len(self.lines.data) // 5)
        for done, i in enumerate(others.tolist()):
            if done % 1000 == 0:
                report(done / len(others))
            cells = cells_of(records, i, self.lines, shape)
            split = records.lenient.get(i)
            if split is not None and split.tied and len(cells) == width:
                self._set_aside(ledger, records, i, "ambiguous_row", why="its quotes can be read in two ways")
                continue
            if surplus and len(cells) > width and not any(cell.strip() for cell in cells[width:]):
                out.append((i, cells[:width]))
                trimmed += 1
                continue
            if len(cells) == width:
                if split is not None and split.cost >= 1:
                    cells = [
                        without_stray(cell, column, shape.quote) for cell, column in zip(cells, columns, strict=True)
                    ]
                    torn = i == final and cut and split.cost == 2.5
                    self._repaired(records, i, cells, _CUT if torn else "its quotes are out of place")
                out.append((i, cells))
                continue
            if len(cells) < width and (ragged or (len(frame) < 3 and len(cells) > 1)):
                out.append((i, cells + [""] * (width - len(cells))))
                padded += 1
                continue
            if aligned >= _MOST_ALIGNED:
                self._set_aside(ledger, records, i, "wrong_width", cells=len(cells), columns=width)
                continue
            aligned += 1
            found = align(cells, self._raw(records, i), columns, shape, steps)
            if found.cells is None and i == final and cut and 1 < len(cells) < width:
                self._repaired(records, i, cells, _CUT)
                out.append((i, cells + [""] * (width - len(cells))))
            elif found.cells is None:
                code = "ambiguous_row" if "equally" in found.reason else "wrong_width"
                self._set_aside(ledger, records, i, code, why=found.reason, cells=len(cells), columns=width)
            else:
                self._repaired(records, i, found.cells, found.reason)
                out.append((i, found.cells))
        first = self._line(records, others[:1])
        if trimmed:
            self.problems.append(problem("trailing_delimiters", self.name, first, count=trimmed))
        if padded:
            self.problems.append(problem("short_rows_padded", self.name, first, count=padded))
        return out

    def _repaired(self, records: Records, i: int, cells: list[str], why: str) -> None:
        after = " | ".join(cells)
        self.problems.append(
            problem(
                "repaired_row",
                self.name,
                self._line(records, np.array([i])),
                value=self._raw(records, i),
                why=why,
                after=after if len(after) <= 200 else after[:199] + "…",
            )
        )

    def _second(self, records: Records, second: Ints, ledger: Ledger) -> None:
        if not len(second):
            return
        for i in second.tolist():
            self.aside.append((self._line(records, np.array([i])), "second_table", self._raw(records, i)))
        self._place(ledger.set_aside, records, second)
        self.problems.append(problem("second_table", self.name, self._line(records, second), count=len(second)))

    def _without_repeats(
        self, frame: pd.DataFrame, kept: Ints, records: Records, structure: Structure, ledger: Ledger
    ) -> tuple[pd.DataFrame, Ints]:
        """Drop header rows that appear again, and rows without any content."""
        for reason, wanted in (
            ("repeated header", structure.names if len(structure.header) and len(structure.names) > 1 else None),
            ("empty row", [""] * frame.shape[1]),
        ):
            if wanted is None or not len(frame):
                continue
            hits = np.arange(len(frame))
            for position, label in enumerate(wanted):
                column = frame.iloc[hits, position] if len(hits) < len(frame) else frame.iloc[:, position]
                as_is = reason == "empty row" or (len(column) > 10_000 and position == 0)
                text = column if as_is else column.str.strip()
                hits = hits[(text == label).to_numpy(dtype=bool)]
                if not len(hits):
                    break
            if len(hits):
                self._drop(ledger, reason, records, kept[hits])
                if reason == "repeated header":
                    line = self._line(records, kept[hits][:1])
                    self.problems.append(problem("repeated_header", self.name, line, count=len(hits)))
                stay = np.ones(len(frame), dtype=bool)
                stay[hits] = False
                frame, kept = frame[stay].reset_index(drop=True), kept[stay]
        return frame, kept

    def _named_otherwise(self, records: Records, structure: Structure, frame: pd.DataFrame, width: int) -> None:
        """Say where a header has more or fewer names than there are columns with something in them."""
        if structure.labels in (0, frame.shape[1]) or not len(frame):
            return
        self.problems.append(
            problem(
                "header_mismatch",
                self.name,
                self._line(records, structure.header),
                names=structure.labels,
                columns=width,
                shown=", ".join(structure.names[: frame.shape[1]])[:120],
            )
        )


def _shown(delimiter: str) -> str:
    return {"": "none", "\t": "tab", " ": "blank", ",": "comma", ";": "semicolon"}.get(delimiter, repr(delimiter))
