"""Workbooks (XLSX, XLSB, XLS, ODS) -> one `RawTable` a sheet, opened by a child process."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from analysis.problems import Problem, problem
from analysis.reading.apart import Sheet, open_apart
from analysis.reading.audit import Refused, open_zip
from analysis.reading.bulk import frame_of
from analysis.reading.cells import kind_of
from analysis.reading.empty import nothing_read, rejects
from analysis.reading.ledger import Ledger
from analysis.reading.lines import Ints, find_lines
from analysis.reading.raw import PART, Dialect, RawTable
from analysis.reading.records import Records, Shape
from analysis.reading.structure import Grid, Structure, find_structure, unique_names
from analysis.reading.workbook.cells import BETWEEN, BREAK, letters

_SHAPE: Final = Shape(BETWEEN, "", "")
Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
_IN_WORKBOOK: Final = {"archive_refused": "workbook_refused", "damaged_archive": "damaged_workbook"}


def read_workbook(data: bytes, name: str, sha256: str, kind: str) -> tuple[RawTable, ...]:
    """Every sheet of a workbook as a table, all cells text as the sheet says it, lines counted as the sheet's rows.

    ``kind``: xlsx, xlsb, xls or ods. With one sheet in use the table is called ``name``, with several
    ``name › sheet``. Hidden sheets are named but not read, unless there are no others. Empty ones hold nothing.
    A workbook that cannot be opened is one table that says why. Never raises for what a file holds.
    """
    try:
        if kind in ("xlsx", "xlsb", "ods"):
            open_zip(data).close()
        sheets = open_apart(data, kind)
    except Refused as refused:
        code = _IN_WORKBOOK.get(refused.code, refused.code)
        return (nothing_read(b"", name, sha256, "sheet", (problem(code, name, 0, **refused.facts),)),)
    return _tables(sheets, name, sha256)


def _tables(sheets: tuple[Sheet, ...], name: str, sha256: str) -> tuple[RawTable, ...]:
    used = [sheet for sheet in sheets if sheet.body]
    shown = [sheet for sheet in used if not sheet.about["hidden"]] or used
    if not shown:
        return (nothing_read(b"", name, sha256, "sheet", (problem("empty_file", name),)),)
    tables = []
    wide = any(sheet.about["width"] > 1 for sheet in shown)
    for sheet in shown:
        part = _clean(sheet.about["name"])
        called = name if len(shown) == 1 else name + PART + part
        taken = read_sheet(sheet, called) if sheet.about["width"] > 1 or not wide else _one_column(sheet, called)
        tables.append(replace(taken, part=part if len(shown) > 1 else ""))
    notes = [
        problem("hidden_sheet", name, value=_clean(sheet.about["name"]), count=sheet.about["rows"])
        for sheet in used
        if sheet not in shown
    ]
    tables[0] = replace(tables[0], problems=(*notes, *tables[0].problems))
    return tuple(tables)


def _one_column(sheet: Sheet, name: str) -> RawTable:
    """A list or a remark beside the tables of a workbook; a contact needs more than one column."""
    digest = hashlib.sha256(sheet.body).hexdigest()
    return nothing_read(sheet.body, name, digest, "sheet", (problem("sheet_left_out", name),))


def read_sheet(sheet: Sheet, name: str) -> RawTable:
    """One sheet with at least one cell."""
    return _Reading(sheet, name).table()


@dataclass(slots=True)
class _Reading:
    """One reading of a sheet; `table` runs it to the end."""

    sheet: Sheet
    name: str

    def table(self) -> RawTable:
        about, body = self.sheet.about, self.sheet.body
        width = int(about["width"])
        lines = find_lines(body)
        full = np.frombuffer(self.sheet.fill, dtype=np.uint8)
        # a row with nothing but its first cell counts as narrow: a title, a footer, or the begin of another table
        widths = np.where(full == 0, 0, np.where(full == 1, 1, width)).astype(np.int64)
        firsts = np.arange(len(lines), dtype=np.int64)
        records = Records(firsts, firsts + 1, np.full(len(lines), width), np.ones(len(lines), dtype=bool))

        def cells(i: int) -> list[str]:
            return lines.text(i, i + 1).split(BETWEEN)

        found = find_structure(Grid(widths, lambda i: cells(i)[: widths[i]]), width)
        found = _without_further(found, full, cells)
        problems = self._marks(found)
        rows = np.zeros(len(lines), dtype=bool)
        rows[found.rows] = True
        frame = frame_of(records, rows, lines, _SHAPE, width)
        if BREAK.encode() in body:
            frame = frame.apply(lambda column: column.str.replace(BREAK, "\n", regex=False))
        ledger = Ledger(len(lines))
        ledger.header(found.header, found.header + 1)
        for reason, dropped in found.dropped.items():
            ledger.drop(reason, dropped, dropped + 1)
        labels = self._labels(found, [cells(int(i)) for i in found.header])
        again = _repeats(frame, labels) if len(found.header) else np.zeros(len(frame), dtype=bool)
        kept: Ints = found.rows[~again]
        ledger.drop("repeated header", found.rows[again], found.rows[again] + 1)
        ledger.rows(kept, kept + 1)
        ledger.set_aside(found.second, found.second + 1)
        aside = [self._row(cells(int(i))) for i in found.second]
        if again.any():
            frame = frame[~again].reset_index(drop=True)
            line = int(found.rows[again][0]) + 1
            problems.append(problem("repeated_header", self.name, line, count=int(again.sum())))
        if len(found.second):
            line = int(found.second[0]) + 1
            problems.append(problem("second_table", self.name, line, count=len(found.second)))
        if not len(found.header) and len(frame):
            problems.append(problem("no_header", self.name, int(kept[0]) + 1))
        if not len(frame) and not aside:
            problems.append(problem("no_rows", self.name))
        names = unique_names(labels, width)
        frame.columns = pd.Index(names)
        return RawTable(
            self.name,
            "sheet",
            hashlib.sha256(body).hexdigest(),
            frame,
            kept + 1,
            ledger.account(),
            rejects([int(i) + 1 for i in found.second], ["second_table"] * len(aside), aside),
            tuple(sorted(problems, key=lambda p: p.line)),
            Dialect("utf-8", "", "", "", len(found.header)),
        )

    def _labels(self, found: Structure, header: list[list[str]]) -> list[str]:
        """The header's labels; a label merged across columns holds for each of them."""
        across: dict[int, list[tuple[int, int]]] = {int(i): [] for i in found.header}
        for top, first, last in self.sheet.about["across"]:
            if top in across:
                across[top].append((max(first, 0), last))
        if not any(across.values()):
            return [label.replace(BREAK, " ") for label in found.names]
        for row, merged in zip(header, across.values(), strict=True):
            for first, last in merged:
                row[first : last + 1] = [row[first]] * len(row[first : last + 1])
        width = int(self.sheet.about["width"])
        parts = [[row[place].strip() for row in header if row[place].strip()] for place in range(width)]
        return [" ".join(dict.fromkeys(labels)).replace(BREAK, " ") for labels in parts]

    def _row(self, cells: list[str]) -> str:
        """A row that is set aside, as one line of CSV."""
        out = io.StringIO()
        csv.writer(out, lineterminator="").writerow([cell.replace(BREAK, "\n") for cell in cells])
        return out.getvalue()

    def _marks(self, found: Structure) -> list[Problem]:
        """What the sheet holds that its values do not show."""
        about = self.sheet.about
        labels = [label.replace(BREAK, " ").strip() for label in found.names]
        told: list[Problem] = []

        def tell(code: str, marks: Mapping[str, Any]) -> None:
            for place, known in marks.items():
                n = int(place)
                column = (labels[n] if n < len(labels) else "") or letters(n + int(about["left"]))
                shown = str(known[2]) if len(known) > 2 else ""
                said = problem(code, self.name, known[1], column=column, value=shown, count=known[0])
                told.append(replace(said, count=int(known[0])))

        tell("uncalculated_formula", about["uncalculated"])
        tell("error_cells", about["errors"])
        tell("rounded_numbers", about["rounded"])
        if about["uncalculated_outside"]:
            outside = int(about["uncalculated_outside"])
            told.append(problem("uncalculated_formula", self.name, 0, column="beside the table", count=outside))
        if about["hidden_rows"] or about["hidden_columns"]:
            rows, columns = int(about["hidden_rows"]), int(about["hidden_columns"])
            told.append(problem("hidden_cells", self.name, rows=rows, columns=columns))
        count, line = about["filled_down"]
        if count:
            told.append(problem("merged_cells", self.name, line, count=count))
        return told


def _without_further(found: Structure, full: Bytes, cells: Callable[[int], list[str]]) -> Structure:
    """Set aside what follows a blank row and a row of labels, where the columns then hold something else."""
    if not len(found.header):
        return found
    after_blank = found.rows[(found.rows > found.header[-1] + 1) & (full[np.maximum(found.rows - 1, 0)] == 0)]
    if not len(after_blank):
        return found
    above = found.rows[found.rows < after_blank[0]]
    usual = _kinds([cells(int(i)) for i in above[-50:]])
    for start in after_blank[:200].tolist():
        labels = [cell for cell in cells(start) if cell]
        rows = found.rows[(found.rows > start) & (found.rows <= start + 20)]
        block = rows[: int(np.argmax(np.append(np.diff(rows, prepend=start) != 1, True)))]
        if len(labels) < 2 or len(set(labels)) < len(labels) or any(kind_of(label) != "text" for label in labels):
            continue
        here = _kinds([cells(int(i)) for i in block])
        typed = [(kind, other) for kind, other in zip(usual, here, strict=False) if kind and other]
        if len(block) and typed and not any(kind == other for kind, other in typed):
            further = found.rows >= start
            return replace(found, rows=found.rows[~further], second=np.union1d(found.second, found.rows[further]))
    return found


def _kinds(rows: list[list[str]]) -> list[str]:
    """For each column the kind of most of its cells, "" where it is text, mixed or empty."""
    out = []
    for column in zip(*rows, strict=False):
        kinds = [kind_of(cell) for cell in column if cell]
        common = max(set(kinds), key=kinds.count, default="")
        out.append(common if kinds.count(common) * 2 > len(kinds) else "")
    return ["" if kind in ("text", "missing", "flag") else kind for kind in out]


def _repeats(frame: pd.DataFrame, labels: list[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Rows that are the header once more."""
    again = np.ones(len(frame), dtype=bool)
    for place, label in enumerate(labels):
        hits = np.flatnonzero(again)
        if not len(hits) or sum(map(bool, labels)) < 2:
            return np.zeros(len(frame), dtype=bool)
        same = frame.iloc[hits, place].str.strip() == label
        again[hits[~same.to_numpy(dtype=bool)]] = False
    return again


def _clean(name: str) -> str:
    """A sheet's name as it can be shown."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).replace("›", ">").split()) or "unnamed"
