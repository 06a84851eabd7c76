"""What was put away from the action list: done, later, or not needed; a row comes back once something new happens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import pandas as pd

How = Literal["done", "later", "not_needed"]
HOWS: Final[tuple[How, ...]] = ("done", "later", "not_needed")


@dataclass(frozen=True, slots=True)
class PutAway:
    """One row that somebody put away. ``about``: its mark in `analysis.today.actions`; ``until``: the day on which it
    comes back, None where it stays away until something new happens."""

    number: int
    candidate_key: str
    about: str
    how: How
    until: date | None = None
    reason: str = ""
    author: str = ""
    at: str = ""

    def holds(self, today: date) -> bool:
        """Whether it still keeps its row away on a day."""
        return self.until is None or today < self.until


def left(rows: pd.DataFrame, away: Iterable[PutAway], today: date) -> pd.DataFrame:
    """The actions that still stand on a day, one a candidate; ``rows`` as from `analysis.today.every_action`.

    Where the most urgent row of a candidate was put away, the next one shows. ``behind``: how many wait behind it.
    """
    gone = {one.about for one in away if one.holds(today)}
    open_ = rows[~rows["about"].isin(gone)]
    behind = open_.groupby("candidate_key")["about"].transform("size") - 1
    return open_.assign(behind=behind).drop_duplicates("candidate_key").reset_index(drop=True)


def put_by(rows: pd.DataFrame, away: Iterable[PutAway], today: date) -> list[tuple[PutAway, str]]:
    """What is put away and would otherwise stand on the list, the latest first, with the sentence of its row."""
    said = dict(zip(rows["about"], rows["sentence"], strict=True))
    held = [(one, said[one.about]) for one in away if one.holds(today) and one.about in said]
    return sorted(held, key=lambda each: each[0].number, reverse=True)
