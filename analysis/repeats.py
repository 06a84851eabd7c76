"""One contact in many rows, and rows that are none: events of a trace, legs of a call, headings, continued rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.formats.rows import Once
from analysis.problems import problem
from analysis.timetext import split_times
from analysis.when import place

if TYPE_CHECKING:
    from analysis.mapping import Sheet

_ROUNDED: Final = r"\d(?:[.,]\d+)?E\+?\d{2}"
_LONG: Final = r"\d{16,}"
_IDS: Final = ("message_id", "candidate_id")


def skip_rows(sheet: Sheet, frame: pd.DataFrame) -> None:
    """Mark the rows that a profile says are no contact: headings of groups, totals, calls between own lines."""
    for rule in sheet.profile.skip:
        if rule.alone or not rule.field:
            filled = frame.to_numpy(dtype=object) != ""
        if rule.field:
            cells = sheet.get(rule.field)
        else:
            first = filled.argmax(axis=1) if frame.shape[1] else np.zeros(len(frame), dtype="int64")
            values = frame.to_numpy(dtype=object)[np.arange(len(frame)), first] if frame.shape[1] else []
            cells = pd.Series(values, dtype="str")
        codes, distinct = pd.factorize(cells)
        hit = np.array([bool(re.fullmatch(rule.match, str(d).strip(), re.IGNORECASE)) for d in distinct], dtype=bool)
        where = hit[codes]
        if rule.alone:
            where &= filled.sum(axis=1) == 1
        sheet.aside = np.where(where & (sheet.aside == ""), rule.why, sheet.aside)


def continue_rows(sheet: Sheet) -> None:
    """Join a row whose fields of ``continued`` are all empty to the row above that it goes on with."""
    fields = [name for name in sheet.profile.continued if name in sheet.cells]
    if not fields or not len(sheet.lines):
        return
    empty = np.logical_and.reduce([(sheet.cells[name] == "").to_numpy() for name in fields]) & (sheet.aside == "")
    heads = np.maximum.accumulate(np.where(empty, -1, np.arange(len(empty))))
    rest = empty & (heads >= 0)
    if not rest.any():
        return
    for name, cells in sheet.cells.items():
        more = rest & (cells != "").to_numpy()
        if more.any():
            sheet.cells[name] = _joined(cells, np.where(rest, heads, np.arange(len(heads))), more)
    sheet.same_as = np.where(rest, heads, sheet.same_as)


def leave_out_rounded(sheet: Sheet) -> None:
    """Empty the numbers that a spreadsheet rounded: ``6.53E+15``, or sixteen digits and more that all end in zeros."""
    for name in _IDS:
        if name not in sheet.cells or name == sheet.source.get("candidate"):
            continue
        cells = sheet.cells[name]
        rounded = cells.str.fullmatch(_ROUNDED, case=False).to_numpy(dtype=bool)
        long = cells[cells.str.fullmatch(_LONG).to_numpy(dtype=bool)].drop_duplicates()
        if len(long) > 1 and all(not value[15:].strip("0") for value in long):
            rounded = rounded | cells.isin(long).to_numpy(dtype=bool)
        if rounded.any():
            column, first = sheet.source.get(name, name), str(cells[rounded].iloc[0])
            count = f"{int(rounded.sum()):,}"
            sheet.problems.append(problem("rounded_ids", sheet.name, column=column, value=first, count=count))
            sheet.cells[name] = cells.where(~rounded, "")


def merge_rows(sheet: Sheet) -> None:
    """Let one row stand for all rows of one contact, as the profile's `Once` says; the others point to its line."""
    once = sheet.profile.once
    if once is None or not len(sheet.lines):
        return
    keys = pd.DataFrame({name: sheet.get(name) for name in once.by})
    here = (keys != "").all(axis=1).to_numpy() & (sheet.aside == "") & (sheet.same_as < 0)
    here &= ~sheet.drop.to_numpy(dtype=bool)
    rows = np.flatnonzero(here)
    groups = keys.iloc[rows].groupby(list(once.by), sort=False).ngroup().to_numpy()
    if not len(rows) or groups.max() + 1 == len(rows):
        return
    order = np.lexsort((*reversed(_ranks(sheet, once, rows)), groups))
    first = np.r_[True, np.diff(groups[order]) != 0]
    keeper = np.empty(groups.max() + 1, dtype="int64")
    keeper[groups[order][first]] = rows[order][first]
    heads = np.arange(len(sheet.lines))
    heads[rows] = keeper[groups]
    others = heads != np.arange(len(heads))
    for name in once.join:
        if name in sheet.cells:
            sheet.cells[name] = _joined(sheet.cells[name], heads, others)
    # a row that went on with one of the others now belongs to the one that stands
    before = np.where(sheet.same_as >= 0, heads[sheet.same_as], -1)
    sheet.same_as = np.where(others, heads, before)


def _ranks(sheet: Sheet, once: Once, rows: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Sort keys of rows, the most telling first; small is kept."""
    ranks: list[NDArray[np.int64]] = []
    for name, words in once.prefer.items():
        codes, distinct = pd.factorize(sheet.get(name).iloc[rows])
        place_of = {word: n for n, word in enumerate(words)}
        ranks.append(np.array([place_of.get(str(d), len(words)) for d in distinct], dtype="int64")[codes])
    if once.keep == "earliest":
        parts = split_times(sheet.get("at").iloc[rows].reset_index(drop=True))
        local = place(parts, sheet.profile.date_order or "ymd")["local"].to_numpy(dtype="datetime64[us]")
        ranks.append(np.where(np.isnat(local), np.iinfo("int64").max, local.astype("int64")))
    return [*ranks, np.arange(len(rows))]


def _joined(cells: pd.Series, heads: NDArray[np.int64], more: NDArray[np.bool_]) -> pd.Series:
    """Cells with the different values of the rows in ``more`` added to those of their heads, by semicolons."""
    part = np.flatnonzero(np.isin(heads, np.unique(heads[more])))
    part = part[np.argsort(heads[part] != part, kind="stable")]
    pieces = pd.DataFrame({"head": heads[part], "text": cells.iloc[part].str.split(";").to_numpy(dtype=object)})
    pieces = pieces.explode("text", ignore_index=True)
    pieces["text"] = pieces["text"].astype("str").str.strip()
    pieces = pieces[pieces["text"] != ""].drop_duplicates()
    joined = pieces.groupby("head")["text"].agg(";".join)
    out = cells.to_numpy(dtype=object).copy()
    out[joined.index.to_numpy()] = joined.to_numpy(dtype=object)
    return pd.Series(out, dtype="str")
