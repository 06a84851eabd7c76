"""A family's points before and after a session, and whether the difference says anything.

Method: an exact permutation test. If nothing had changed, the same rounds could have fallen on either side of the day
in any order; the difference of the means is held against that of every such order. Because the family to practise is
mostly the one that looked worst, and looks better afterwards by luck alone, the limit is divided by the number of
families that could have been chosen (Bonferroni). See docs/coaching.md for what simulated data without effect gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np

from analysis.results import FAMILIES, Scores

Verdict = Literal["better", "worse", "no clear change"]

LIMIT: Final = 0.05
"""Share of candidates without any change of whom one may be told that there is a clear one."""
MOST: Final = 20
"""Rounds nearest to the day that are compared on each side: what is older says little of now."""


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One family before and after a day: mean points of the rounds on each side, None without any, and how many.

    ``share``: share of all orders of these rounds with a difference as large, None where a side is empty.
    ``enough``: whether so few rounds could show a clear change at all.
    """

    family: str
    before: float | None
    after: float | None
    rounds_before: int
    rounds_after: int
    share: float | None
    verdict: Verdict
    enough: bool


def before_after(scores: Scores, candidate_key: str, family: str, day: date) -> BeforeAfter:
    """Compare one candidate's scored rounds of one family (of `FAMILIES`) before and after a day.

    Rounds of the day itself belong to neither side. Days are those of the employer's clock.
    """
    mine = scores.units[(scores.units["candidate_key"] == candidate_key) & (scores.units["status"] == "scored")]
    mine = mine[mine["starts"].notna()].sort_values("starts", kind="stable")
    zones = scores.applications.set_index("application_key")["client_zone"]
    zone = mine["application_key"].map(zones)
    local = [at.tz_convert(z or "UTC").date() for at, z in zip(mine["starts"], zone, strict=True)]
    on = np.array(local, dtype="datetime64[D]")
    earlier, later = mine[on < np.datetime64(day)], mine[on > np.datetime64(day)]
    chosen_from = sum(bool((earlier["family"] == name).any()) for name in FAMILIES)
    points = [part.loc[part["family"] == family, "points"].tolist() for part in (earlier, later)]
    return compare(family, points[0], points[1], max(chosen_from, 1))


def compare(family: str, before: Sequence[float], after: Sequence[float], chosen_from: int = 1) -> BeforeAfter:
    """Compare points (0-100, tenths) before and after, oldest first. ``chosen_from``: how many families there were."""
    before, after = before[-MOST:], after[:MOST]
    limit = LIMIT / chosen_from
    means = [float(np.mean(side)) if side else None for side in (before, after)]
    verdict: Verdict = "no clear change"
    share = permutation_share(before, after) if before and after else None
    if share is not None and share <= limit:
        verdict = "better" if np.mean(after) > np.mean(before) else "worse"
    return BeforeAfter(
        family=family,
        before=means[0],
        after=means[1],
        rounds_before=len(before),
        rounds_after=len(after),
        share=share,
        verdict=verdict,
        enough=bool(before and after) and _least_share(len(before), len(after)) <= limit,
    )


def permutation_share(before: Sequence[float], after: Sequence[float]) -> float:
    """Share of all orders in which the means differ at least as much, either way; counted exactly, in tenths."""
    values = np.rint(np.array([*before, *after]) * 10).astype(np.int64)
    size, picked, total = len(values), len(after), int(values.sum())
    # ways[k, s]: in how many ways k of the rounds add up to s
    ways = np.zeros((picked + 1, total + 1))
    ways[0, 0] = 1
    for value in values.tolist():
        ways[1:, value:] += ways[:-1, : total + 1 - value].copy()
    seen = abs(size * int(values[len(before) :].sum()) - picked * total)
    as_far = np.abs(size * np.arange(total + 1) - picked * total) >= seen
    return float(ways[picked, as_far].sum() / ways[picked].sum())


def _least_share(before: int, after: int) -> float:
    """The smallest share that so many rounds can give: all of one side above all of the other."""
    return permutation_share([0.0] * before, [100.0] * after)
