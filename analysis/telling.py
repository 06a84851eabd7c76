"""Saying the same problem once: many rows with one problem make one problem with a count."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.problems import Problem, problem

MANY: Final = 20
"""Above so many rows (or words) a problem is said once, with the count and the first line."""


def tell_rows(
    code: str, file: str, lines: NDArray[np.int64], where: NDArray[np.bool_], column: str, values: pd.Series
) -> list[Problem]:
    """One problem a row of ``where``, or one for all where there are more than `MANY`."""
    rows = np.flatnonzero(where)
    if not len(rows):
        return []
    # a wide row stands for several contacts of one line
    rows = rows[np.unique(lines[rows], return_index=True)[1]]
    if len(rows) > MANY:
        first = rows[np.argmin(lines[rows])]
        one = problem(code, file, int(lines[first]), column=column, value=str(values.iloc[first]), count=len(rows))
        more = f"{one.message} The same holds for {len(rows) - 1:,} further lines."
        return [replace(one, message=more, count=len(rows))]
    return [problem(code, file, int(lines[r]), column=column, value=str(values.iloc[r]), count=1) for r in rows]


def tell_words(
    code: str,
    file: str,
    lines: NDArray[np.int64],
    column: str,
    source: pd.DataFrame,
    unknown: pd.Series,
    **facts: object,
) -> list[Problem]:
    """One problem a distinct unknown word of a column, the first `MANY` of them, then one for the rest."""
    if not unknown.any():
        return []
    mask = unknown.to_numpy()
    found = pd.DataFrame({"word": source.loc[mask, column].str.strip().to_numpy(), "line": lines[mask]})
    words = found.groupby("word", sort=False)["line"].agg(["size", "min"]).sort_values("min", kind="stable")
    told = [
        replace(problem(code, file, int(first), column=column, value=str(word), count=count, **facts), count=int(count))
        for word, count, first in words.head(MANY).itertuples()
    ]
    if len(words) > MANY:
        more = f"{len(words) - MANY:,} further words"
        told[-1] = replace(told[-1], message=f"{told[-1].message} {more} of this column are not known either.")
    return told
