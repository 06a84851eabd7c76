"""The caseload as a list to narrow: what each filter looks at is worked out once, and a filter then only picks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.policy import Bands
from analysis.portion import Whole
from analysis.summary import caseload
from analysis.weeks import days_of

ORDERS: Final[dict[str, tuple[str, bool]]] = {
    "name": ("", True),
    "recruiter": ("recruiter", True),
    "newest": ("last_contact", False),
    "interviews": ("interviews", False),
    "lowest": ("overall", True),
    "highest": ("overall", False),
}
"""The orders a reader may choose: column (none: by name), and whether it rises."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What several texts a candidate are filtered by: the distinct ``words`` in order, and which row has which."""

    words: tuple[str, ...]
    row: NDArray[np.int64]
    word: NDArray[np.int64]

    def rows_with(self, wanted: Collection[str], size: int) -> NDArray[np.bool_]:
        """Which of ``size`` rows have one of these words."""
        asked = np.array([word in wanted for word in self.words], dtype=bool)
        found = np.zeros(size, dtype=bool)
        if asked.any():
            found[self.row[asked[self.word]]] = True
        return found


@dataclass(frozen=True, slots=True)
class Caseload:
    """The caseload, ready to be narrowed.

    ``table``: as from `analysis.summary.caseload`, by name; ``rounds``: the rounds held, with ``row`` (of the table),
    ``day`` (on the agency's clock), ``judged`` and ``on_time``.
    """

    table: pd.DataFrame
    recruiters: tuple[str, ...]
    clients: Tags
    jobs: Tags
    findings: Tags
    rounds: pd.DataFrame

    @property
    def first_day(self) -> date | None:
        """The day of the first round that was held; None where there is none."""
        return None if self.rounds.empty else self.rounds["day"].min().date()

    @property
    def last_day(self) -> date | None:
        """The day of the last round that was held; None where there is none."""
        return None if self.rounds.empty else self.rounds["day"].max().date()


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader looks for; what is empty asks for nothing.

    ``words``: each is looked for in candidate, clients and jobs, whatever the capitals. ``since`` and ``until``: the
    days between which at least one interview round was held, both included.
    """

    words: str = ""
    recruiters: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    order: str = "name"


def arranged(everybody: Whole, bands: Bands, zone: str) -> Caseload:
    """The caseload of some results; days are those on the clock of ``zone``."""
    table = caseload(everybody, bands)
    place = pd.Index(table["candidate_key"])
    rounds = pd.DataFrame(
        {
            "row": place.get_indexer(pd.Index(everybody.rounds["candidate_key"])).astype(np.int64),
            "day": days_of(everybody.rounds, zone).astype("M8[us]"),
            "judged": everybody.rounds["judged"].to_numpy(dtype=bool),
            "on_time": everybody.rounds["on_time"].to_numpy(dtype=bool),
        }
    )
    recruiters = sorted((str(name) for name in table["recruiter"].unique() if name), key=str.casefold)
    clients, jobs, findings = (_tags(table[name]) for name in ("clients", "jobs", "findings"))
    return Caseload(table, tuple(recruiters), clients, jobs, findings, rounds)


def narrowed(whole: Caseload, wish: Wish) -> pd.DataFrame:
    """The rows that fit every filter, in the order wished for; their index is their place in ``whole.table``.

    Without an order: by name. In an order of scores those without one stand first, by name: no score is not the worst.
    """
    table, size = whole.table, len(whole.table)
    keep = np.ones(size, dtype=bool)
    for tags, wanted in ((whole.clients, wish.clients), (whole.jobs, wish.jobs), (whole.findings, wish.findings)):
        if wanted:
            keep &= tags.rows_with(set(wanted), size)
    for column, words in (("recruiter", wish.recruiters), ("band", wish.bands)):
        if words:
            keep &= table[column].isin(list(words)).to_numpy(dtype=bool)
    if wish.since or wish.until:
        within = np.zeros(size, dtype=bool)
        within[whole.rounds["row"].to_numpy()[_between(whole.rounds, wish)]] = True
        keep &= within
    for word in wish.words.casefold().split():
        keep &= table["search"].str.contains(word, regex=False).to_numpy(dtype=bool)
    return _ordered(table.loc[keep], wish.order)


def rounds_among(whole: Caseload, rows: Collection[int], wish: Wish) -> pd.DataFrame:
    """The rounds held of these rows of the table, within the period that is wished for."""
    mine = np.zeros(len(whole.table), dtype=bool)
    mine[list(rows)] = True
    return pd.DataFrame(whole.rounds.loc[mine[whole.rounds["row"].to_numpy()] & _between(whole.rounds, wish)])


def page_of(table: pd.DataFrame, number: int, size: int) -> pd.DataFrame:
    """The rows of one page; ``number`` counts from 1, and what lies beyond the last page is the last."""
    last = max(1, pages(len(table), size))
    first = (min(max(number, 1), last) - 1) * size
    return table.iloc[first : first + size]


def pages(rows: int, size: int) -> int:
    """How many pages so many rows fill."""
    return -(-rows // size)


def _between(rounds: pd.DataFrame, wish: Wish) -> NDArray[np.bool_]:
    day = rounds["day"].to_numpy()
    keep = np.ones(len(day), dtype=bool)
    if wish.since:
        keep &= day >= np.datetime64(wish.since, "us")
    if wish.until:
        keep &= day <= np.datetime64(wish.until, "us")
    return keep


def _ordered(table: pd.DataFrame, order: str) -> pd.DataFrame:
    column, rises = ORDERS[order]
    if not column:
        return table
    # rows come by name, and a stable sort keeps that among equals
    return table.sort_values(column, ascending=rises, kind="stable", na_position="first")


def _tags(column: pd.Series) -> Tags:
    """The texts of a column of lists."""
    lists: Sequence[list[str]] = column.tolist()
    row = np.repeat(np.arange(len(lists), dtype=np.int64), [len(texts) for texts in lists])
    flat = [text for texts in lists for text in texts]
    words = tuple(sorted(set(flat), key=lambda word: (word.casefold(), word)))
    number = {word: n for n, word in enumerate(words)}
    return Tags(words, row, np.array([number[text] for text in flat], dtype=np.int64))
