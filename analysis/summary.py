"""The caseload at a glance: one row a candidate, and how each family is spread, with counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final

import numpy as np
import pandas as pd

from analysis.checked import CheckedLog
from analysis.policy import Bands
from analysis.portion import Whole
from analysis.problems import Problem
from analysis.rejects import not_contacts
from analysis.report import BANDS, FAMILY_TITLES
from analysis.results import FAMILIES, Scores


def band_of(points: pd.Series, bands: Bands) -> pd.Series:
    """The word of `analysis.report.BANDS` for each of a column of 0-100 points (NaN: ``not scored``)."""
    # by place and not by intervals: two bands may begin at the same points, and then the lower of them is empty
    place = np.searchsorted([bands.tweak, bands.good, bands.strong], points.to_numpy(np.float64), side="right")
    words = np.array(BANDS[:-1][::-1], dtype=object)[place]
    return pd.Series(words, index=points.index, dtype="str").where(points.notna(), BANDS[-1])


def spread(candidates: pd.DataFrame, bands: Bands) -> pd.DataFrame:
    """How many candidates stand in which band of each family.

    ``candidates``: the candidates table of `Scores`, or part of it. Returns ``family``, ``title``, ``band``,
    ``candidates`` (count) with a row for every family and band, families and bands in their fixed order.
    """
    parts = []
    for family in FAMILIES:
        counts = band_of(candidates[family], bands).value_counts().reindex(BANDS, fill_value=0)
        parts.append(
            pd.DataFrame(
                {
                    "family": family,
                    "title": FAMILY_TITLES[family],
                    "band": list(counts.index),
                    "candidates": counts.to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def caseload(scores: Scores | Whole, bands: Bands) -> pd.DataFrame:
    """One row a candidate, by name: the candidates table and what a list is filtered by.

    Added: ``band`` (of the overall), ``clients`` and ``jobs`` (lists, distinct), ``findings`` (list of codes),
    ``search`` (all that a search looks in, lower case).
    """
    table = scores.candidates.reset_index(drop=True)
    table["band"] = band_of(table["overall"], bands)
    keys = table["candidate_key"]
    for name, source, column in (
        ("clients", scores.applications, "client"),
        ("jobs", scores.applications, "job"),
        ("findings", scores.findings, "finding"),
    ):
        table[name] = _lists(source, column, keys)
    words = [[name, *c, *j] for name, c, j in zip(table["candidate"], table["clients"], table["jobs"], strict=True)]
    table["search"] = pd.Series([" ".join(w).casefold() for w in words], index=table.index, dtype="str")
    by = pd.DataFrame({"name": [name.casefold() for name in table["candidate"]], "key": keys})
    return table.iloc[by.sort_values(["name", "key"], kind="stable").index].reset_index(drop=True)


def names(scores: Scores | Whole) -> dict[str, str]:
    """A label for each candidate, by key and in order of names; clients tell apart two who share a name."""
    table = scores.candidates[["candidate_key", "candidate"]]
    twice = table.loc[table["candidate"].duplicated(keep=False), "candidate_key"]
    told = scores.applications[scores.applications["candidate_key"].isin(twice)]
    clients = dict(zip(twice, _lists(told, "client", twice), strict=True))
    rows = sorted((name.casefold(), key, name) for key, name in table.itertuples(index=False, name=None))
    return {
        key: f"{name} ({', '.join(clients[key]) or 'no client'})" if key in clients else name for _, key, name in rows
    }


def find(names: Mapping[str, str], words: str, most: int) -> tuple[dict[str, str], int]:
    """The first candidates whose label has every word, upper and lower case alike, and how many there are in all."""
    sought = words.casefold().split()
    fit = {key: label for key, label in names.items() if all(word in label.casefold() for word in sought)}
    return dict(islice(fit.items(), most)), len(fit)


def _lists(source: pd.DataFrame, column: str, keys: pd.Series) -> list[list[str]]:
    """The distinct texts of a column for each key, in order."""
    pairs = source.loc[source[column] != "", ["candidate_key", column]].drop_duplicates()
    place = pd.Index(keys).get_indexer(pd.Index(pairs["candidate_key"]))
    number, texts = pd.factorize(pairs[column], sort=True)
    order = np.lexsort((number, place))
    values = np.asarray(texts, dtype=object)[number[order]].tolist()
    ends = np.searchsorted(place[order], np.arange(len(keys) + 1)).tolist()
    return [values[first:last] for first, last in pairwise(ends)]


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All problems of one kind: how many lines have it, the catalogue's words, the first few in full, and the files."""

    code: str
    title: str
    severity: str
    count: int
    examples: tuple[str, ...]
    files: tuple[str, ...] = ()


_SEVERITIES: Final = ("unreadable", "ask", "set_aside", "note")


def problem_groups(problems: Iterable[Problem], examples: int = 3) -> tuple[ProblemGroup, ...]:
    """Problems by kind, what needs a person first; ``examples`` messages each."""
    groups: dict[str, list[Problem]] = {}
    for one in problems:
        groups.setdefault(one.code, []).append(one)
    made = [
        ProblemGroup(
            code,
            many[0].kind.title,
            many[0].kind.severity,
            sum(p.count for p in many),
            tuple(p.message for p in many[:examples]),
            tuple(dict.fromkeys(p.file for p in many)),
        )
        for code, many in groups.items()
    ]
    return tuple(sorted(made, key=lambda g: (_SEVERITIES.index(g.severity), -g.count)))


def problem_rows(log: CheckedLog, code: str) -> pd.DataFrame:
    """Every place of one kind of problem, in file and line order.

    Columns: ``file``, ``line`` (0 for the file as a whole), ``column``, ``text`` (the row or cell it is about),
    ``message``. Rows that were set aside or wait for a date are all there, also those that were said once for many.
    """
    names = ["file", "line", "column", "text", "message"]
    said = [p for p in log.problems if p.code == code]
    rows = {(p.file, p.line, n): (p.file, p.line, p.column, p.value, p.message) for n, p in enumerate(said)}
    first = {(p.file, p.line): n for n, p in reversed(list(enumerate(said)))}
    for account in log.files:
        waiting = not_contacts(log, account.file)
        for number, row in enumerate(waiting[waiting["code"] == code].to_dict("records"), start=len(said)):
            line = int(row["line"])
            known = first.pop((account.file, line), number)
            column = said[known].column if known < len(said) else ""
            rows[account.file, line, known] = (account.file, line, column, str(row["text"]), str(row["message"]))
    table = pd.DataFrame(list(rows.values()), columns=names).astype({**dict.fromkeys(names, "str"), "line": "int64"})
    order = {account.file: n for n, account in enumerate(log.files)}
    place = table["file"].map(order)
    return table.assign(place=place).sort_values(["place", "line"], kind="stable", ignore_index=True)[names]
