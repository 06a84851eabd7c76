"""Who moves when the policy changes: the same facts scored twice, and the difference told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.policy import Bands
from analysis.portion import Whole
from analysis.report import BANDS, FAMILY_TITLES
from analysis.results import FAMILIES, Scores
from analysis.summary import band_of

OVERALL: Final = "overall"
_TITLES: Final = {OVERALL: "Overall", **FAMILY_TITLES}
_MOVED: Final = 0.05
"""Less than this is the same score: points stand to one decimal."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What a change of policy does.

    ``candidates``: how many there are; ``moved``: how many of them change in any family or overall.
    ``families``: a row for the overall and each family: ``family``, ``title``, ``up``, ``down``, ``appear`` (scored
    only afterwards), ``vanish`` (scored only before), ``mean``, ``least``, ``most`` (of the change of those that go up
    or down; NaN for none), ``bands`` (candidates in another band, *not scored* being one).
    ``bands``: ``before``, ``after``, ``candidates``: who changes the band of the overall, most first.
    ``movers``: everybody who moves, the largest change of the overall first, then of a family: ``candidate_key``,
    ``candidate``, ``before``, ``after`` (overall, NaN where not shown), ``band_before``, ``band_after``, ``change``
    (after less before, NaN where it does not move), ``title`` and ``most`` (the family that moves most, and by how
    much; "" and NaN where none does).
    """

    candidates: int
    moved: int
    families: pd.DataFrame
    bands: pd.DataFrame
    movers: pd.DataFrame


def moves(before: Scores | Whole, after: Scores | Whole, bands_before: Bands, bands_after: Bands) -> Moves:
    """Compare the candidates of two results of the same log and moment."""
    old = before.candidates.set_index("candidate_key")
    new = after.candidates.set_index("candidate_key").reindex(old.index)
    columns = [OVERALL, *FAMILIES]
    first, second = old[columns].astype("float64"), new[columns].astype("float64")
    change = second - first
    moved = change.abs() >= _MOVED
    appear, vanish = first.isna() & second.notna(), first.notna() & second.isna()
    words_before = pd.DataFrame({name: band_of(first[name], bands_before) for name in columns})
    words_after = pd.DataFrame({name: band_of(second[name], bands_after) for name in columns})
    other_word = words_before != words_after
    touched = moved | appear | vanish | other_word
    shift = change.where(moved)
    families = pd.DataFrame(
        {
            "family": columns,
            "title": [_TITLES[name] for name in columns],
            "up": (shift > 0).sum().to_numpy(),
            "down": (shift < 0).sum().to_numpy(),
            "appear": appear.sum().to_numpy(),
            "vanish": vanish.sum().to_numpy(),
            "mean": shift.mean().round(1).to_numpy(),
            "least": shift.min().round(1).to_numpy(),
            "most": shift.max().round(1).to_numpy(),
            "bands": other_word.sum().to_numpy(),
        }
    )
    anybody = touched.any(axis=1)
    return Moves(
        candidates=len(old),
        moved=int(anybody.sum()),
        families=families,
        bands=_bands(words_before[OVERALL], words_after[OVERALL]),
        movers=_movers(old, first, second, shift, words_before, words_after).loc[anybody[anybody].index].pipe(_sorted),
    )


def _bands(before: pd.Series, after: pd.Series) -> pd.DataFrame:
    pairs = pd.DataFrame({"before": before, "after": after})
    counts = pairs[pairs["before"] != pairs["after"]].value_counts().reset_index(name="candidates")
    for column in ("before", "after"):
        counts[f"{column}_place"] = counts[column].map({word: place for place, word in enumerate(BANDS)})
    order = counts.sort_values(["candidates", "before_place", "after_place"], ascending=[False, True, True])
    return order[["before", "after", "candidates"]].reset_index(drop=True)


def _movers(
    old: pd.DataFrame,
    first: pd.DataFrame,
    second: pd.DataFrame,
    shift: pd.DataFrame,
    words_before: pd.DataFrame,
    words_after: pd.DataFrame,
) -> pd.DataFrame:
    size = shift[list(FAMILIES)].abs().fillna(0.0).to_numpy()
    family = size.argmax(axis=1)
    most = shift[list(FAMILIES)].to_numpy()[np.arange(len(size)), family]
    titles = np.array([_TITLES[name] for name in FAMILIES], dtype=object)[family]
    return pd.DataFrame(
        {
            "candidate": old["candidate"],
            "before": first[OVERALL],
            "after": second[OVERALL],
            "band_before": words_before[OVERALL],
            "band_after": words_after[OVERALL],
            "change": shift[OVERALL],
            "title": pd.Series(np.where(np.isnan(most), "", titles), index=old.index, dtype="str"),
            "most": most,
        }
    )


def _sorted(movers: pd.DataFrame) -> pd.DataFrame:
    order = movers.assign(overall=movers["change"].abs().fillna(0.0), family=movers["most"].abs().fillna(0.0))
    by = ["overall", "family", "candidate", "candidate_key"]
    order = order.sort_values(by, ascending=[False, False, True, True], kind="stable")
    return order.drop(columns=["overall", "family"]).reset_index()
