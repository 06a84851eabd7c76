"""Rows that did not become contacts, as a table to correct and load again, and the way back.

The table has the columns `MARKS` and then those of the file, so that a row of the wrong width keeps all of its cells.
Loaded again, the marks are left out, and the header is the file's own: whatever was said about its layout holds.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.checked import CheckedLog
from analysis.log import PLAIN_COLUMNS
from analysis.problems import problem, shortened
from analysis.reading.raw import RawTable

MARKS: Final = ("problem", "line")
"""Columns before those of the file: what is wrong, and on which line of the file the row stood."""

UNDATED: Final = ("no_date", "no_year", "sent_without_date")
"""Codes of rows that wait for a date."""
_INSTANTS: Final = ("at", "ended_at", "logged_at")
_LIVE: Final = r"[ ']*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
_STARTS: Final = re.compile(_LIVE)
_DEFUSED: Final = re.compile(rf"'(?={_LIVE})")


def defused(cell: str) -> str:
    """A cell with an apostrophe in front where a spreadsheet would run it as a formula; `restored` undoes it."""
    return f"'{cell}" if _STARTS.match(cell) else cell


def restored(cell: str) -> str:
    """A cell as it was before `defused`."""
    return cell[1:] if _DEFUSED.match(cell) else cell


def not_contacts(log: CheckedLog, file: str) -> pd.DataFrame:
    """The rows of one table that did not become contacts: those set aside, then those without a date.

    Columns: ``line`` (int64), ``code``, ``message``, ``text``.
    """
    aside = log.set_aside.loc[log.set_aside["file"] == file, ["line", "code", "message", "text"]]
    late = log.undated.loc[log.undated["file"] == file]
    account = next((a for a in log.files if a.file == file), None)
    told = {p.line: p for p in (account.problems if account else ()) if p.code in UNDATED}
    rows = []
    for row in late.to_dict("records"):
        line = int(row["line"])
        found = told.get(line) or problem("no_date", file, line)
        text = " | ".join(str(row[name]) for name in PLAIN_COLUMNS if name not in _INSTANTS and row[name])
        message = found.message.partition(" The same holds for")[0]
        rows.append((line, found.code, message, text))
    waiting = pd.DataFrame(rows, columns=["line", "code", "message", "text"]).astype(aside.dtypes)
    return pd.concat([aside, waiting], ignore_index=True)


def rejected_rows(raw: RawTable, told: pd.DataFrame) -> list[list[str]]:
    """Header and rows to correct, cells as they were read. Rows may be longer or shorter than the header.

    ``told``: ``line`` and ``message`` of the rows of this table that did not become contacts; a line that is named
    several times comes once, with every message.
    """
    said: dict[int, list[str]] = {}
    for line, message in zip(told["line"], told["message"], strict=True):
        messages = said.setdefault(int(line), [])
        if message not in messages:
            messages.append(str(message))
    places = pd.Series(np.arange(len(raw.lines)), index=raw.lines)
    where = places[places.index.isin(list(said))]
    cells = raw.frame.iloc[where.to_numpy()].astype("str").fillna("").to_numpy().tolist()
    rows = [(int(line), values) for line, values in zip(where.index, cells, strict=True)]
    texts = zip(raw.rejects["line"], raw.rejects["text"], strict=True)
    rows += [(int(line), _cells(str(text), raw)) for line, text in texts if int(line) in said]
    rows.sort(key=lambda row: row[0])
    header = [*MARKS, *map(str, raw.frame.columns)]
    return [header, *([" ".join(said[line]), str(line), *values] for line, values in rows)]


def _cells(text: str, raw: RawTable) -> list[str]:
    """The cells of a line that could not be read, none of its characters lost."""
    if raw.dialect is None or not raw.dialect.delimiter:
        return [text]
    line = text.rstrip("\r\n")
    try:
        rows = list(csv.reader(io.StringIO(line), delimiter=raw.dialect.delimiter, strict=True))
    except csv.Error:
        rows = []
    return rows[0] if len(rows) == 1 else line.split(raw.dialect.delimiter)


def rejects_csv(raw: RawTable, told: pd.DataFrame) -> bytes:
    """`rejected_rows` as CSV with the file's own delimiter: UTF-8 with a mark, formulas defused."""
    sign = raw.dialect.delimiter if raw.dialect is not None else ","
    out = io.StringIO()
    sign = sign if sign in (",", ";", "\t", "|") else ","
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([defused(cell) for cell in row] for row in rejected_rows(raw, told))
    return out.getvalue().encode("utf-8-sig", "replace")


def as_corrected(raw: RawTable) -> RawTable:
    """A table as the file it was taken from had it, if it is one of `rejects_csv`; any other table as it is.

    Marks are left out and defused cells restored. A row that still has more cells than the header is set aside again,
    also where a reader could put it right by a guess: among so few rows that is no more than one.
    """
    names = [str(c) for c in raw.frame.columns]
    if tuple(names[: len(MARKS)]) != MARKS or len(names) == len(MARKS) or not _numbers(raw.frame[MARKS[1]]):
        return raw
    beyond = [n for n in range(len(MARKS), len(names)) if names[n] == f"column {n + 1}"]
    width = min(beyond, default=len(names))
    spilt = (raw.frame.iloc[:, width:] != "").any(axis=1).to_numpy(dtype=bool)
    repaired = {p.line: p.value for p in raw.problems if p.code == "repaired_row"}
    away = spilt | np.isin(raw.lines, list(repaired))
    sign = raw.dialect.delimiter if raw.dialect is not None and raw.dialect.delimiter else ","
    texts = [
        repaired.get(int(line)) or sign.join(cells)
        for line, cells in zip(raw.lines[away], raw.frame[away].astype("str").to_numpy(), strict=True)
    ]
    raw = _set_aside(raw, away, texts, columns=width - len(MARKS))
    frame = raw.frame.iloc[:, len(MARKS) : width].apply(lambda column: column.map(restored).astype("str"))
    frame.columns = pd.Index([restored(name) for name in names[len(MARKS) : width]])
    return _unmarked(replace(raw, frame=frame))


def _set_aside(raw: RawTable, away: NDArray[np.bool_], texts: list[str], columns: int) -> RawTable:
    """Rows of a table moved to its rejects, as rows of the wrong width."""
    if not away.any():
        return raw
    lines, count = raw.lines[away], int(away.sum())
    again = pd.DataFrame({"line": lines, "code": "wrong_width", "text": texts}).astype(raw.rejects.dtypes)
    told = [
        problem(
            "wrong_width", raw.name, int(line), value=text, cells=len(_cells(text, raw)) - len(MARKS), columns=columns
        )
        for line, text in zip(lines, texts, strict=True)
    ]
    kept = [p for p in raw.problems if p.code != "repaired_row" or p.line not in lines]
    return replace(
        raw,
        frame=raw.frame[~away].reset_index(drop=True),
        lines=raw.lines[~away],
        account=replace(raw.account, rows=raw.account.rows - count, set_aside=raw.account.set_aside + count),
        rejects=pd.concat([raw.rejects, again], ignore_index=True).sort_values("line", ignore_index=True),
        problems=tuple(sorted([*kept, *told], key=lambda p: p.line)),
    )


def _unmarked(raw: RawTable) -> RawTable:
    """The lines that could not be read, and what is said about them, without the marks in front."""
    if raw.rejects.empty:
        return raw
    sign = raw.dialect.delimiter if raw.dialect is not None else ","
    texts, problems = [], list(raw.problems)
    for line, text in zip(raw.rejects["line"], raw.rejects["text"], strict=True):
        plain = sign.join(restored(cell) for cell in _cells(str(text), raw)[len(MARKS) :])
        texts.append(plain)
        for n, said in enumerate(problems):
            if said.line == line and said.value == text:
                message = said.message.replace(shortened(str(text)), shortened(plain))
                problems[n] = replace(said, value=plain, message=message)
    rejects = raw.rejects.assign(text=pd.Series(texts, index=raw.rejects.index, dtype="str"))
    return replace(raw, rejects=rejects, problems=tuple(problems))


def _numbers(cells: pd.Series) -> bool:
    return bool(cells.astype("str").str.fullmatch(r"\d*").all())
