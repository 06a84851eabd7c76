"""Week by week: how many interview rounds were held, and after how many of them the thank-you came in time."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.results import Scores
from analysis.rules.deductions import SCORED

TOO_FEW: Final = 5
"""Rounds whose thank-you could be judged, below which a week has no share: one note more or less would move it by a
fifth or more. It moves no score, so it is no number of the policy."""

_LATE: Final = ("thank_you_late", "thank_you_missing")


def rounds_of(scores: Scores) -> pd.DataFrame:
    """Every interview round that was held: ``candidate_key``, ``at`` (when it began, UTC), ``judged``, ``on_time``.

    ``judged``: whether its thank-you could be scored, so that what cannot be seen counts neither way; ``on_time``:
    judged, and nothing taken off for a note that was late or missing.
    """
    held = scores.units.loc[scores.units["family"] == "thank_you"]
    taken = scores.rows.loc[scores.rows["finding"].isin(_LATE) & (scores.rows["points"] > 0), "unit_key"]
    judged = (held["status"] == SCORED).to_numpy(dtype=bool)
    return pd.DataFrame(
        {
            "candidate_key": held["candidate_key"].astype("str").to_numpy(),
            "at": held["starts"].to_numpy(),
            "judged": judged,
            "on_time": judged & ~held["unit_key"].isin(taken).to_numpy(dtype=bool),
        }
    ).astype({"candidate_key": "str", "at": "datetime64[us, UTC]"})


def days_of(rounds: pd.DataFrame, zone: str) -> NDArray[np.datetime64]:
    """The day of each round on a zone's clock, as ``datetime64[D]``."""
    local = rounds["at"].dt.tz_convert(zone).dt.tz_localize(None)
    return np.asarray(local.to_numpy(), dtype="M8[D]")


def weeks(days: NDArray[np.datetime64], judged: NDArray[np.bool_], on_time: NDArray[np.bool_]) -> pd.DataFrame:
    """One row a week from the first with a round to the last, weeks without one included.

    ``week`` (its Monday, naive), ``rounds``, ``judged``, ``on_time`` (counts), ``share`` (0-1 of the judged; NaN where
    fewer than `TOO_FEW` could be judged). ``days``: as from `days_of`, the other two beside it.
    """
    if not len(days):
        empty = {"week": "datetime64[us]", "rounds": "int64", "judged": "int64", "on_time": "int64", "share": "float64"}
        return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in empty.items()})
    # 1 January 1970 was a Thursday
    number = (days.astype("M8[D]").astype(np.int64) + 3) // 7
    first = int(number.min())
    place, size = number - first, int(number.max()) - first + 1
    held, seen, good = (
        np.bincount(place[mask], minlength=size)
        for mask in (np.ones(len(days), dtype=bool), judged.astype(bool), on_time.astype(bool))
    )
    share = np.divide(good, seen, out=np.full(size, np.nan), where=seen >= TOO_FEW)
    monday = ((np.arange(size) + first) * 7 - 3).astype("M8[D]").astype("M8[us]")
    return pd.DataFrame({"week": monday, "rounds": held, "judged": seen, "on_time": good, "share": share})
