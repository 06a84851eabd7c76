"""A long history in periods that can be read: no mark is lost between them, and none is in two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from analysis.report import Timeline

LEGIBLE: Final = 60
"""Marks up to which a timeline is drawn whole. House judgement: on a desk's screen more of them lie over each other."""


@dataclass(frozen=True, slots=True)
class Period:
    """Part of a timeline: from ``starts`` to before ``ends`` (naive midnights of its zone), with so many marks."""

    starts: pd.Timestamp
    ends: pd.Timestamp
    marks: int

    def holds(self, moments: pd.Series) -> pd.Series:
        """Which moments lie in it."""
        return (moments >= self.starts) & (moments < self.ends)


def periods(view: Timeline, most: int = LEGIBLE) -> tuple[Period, ...]:
    """Consecutive periods of whole months, each with at most ``most`` marks where its months allow; one where all fit.

    The first begins with the first mark's month; the last ends after everything that is drawn, such as a decision date
    after the last contact.
    """
    at = pd.to_datetime(view.marks["at"])
    if len(at) <= most:
        return ()
    last = max([at.max(), *view.decision_days, *view.windows["good_to"].dropna(), *view.silences["ends"].dropna()])
    months = pd.date_range(_month(at.min()), _month(last) + pd.DateOffset(months=1), freq="MS")
    counts = np.histogram(at.to_numpy(), bins=months.to_numpy())[0]
    found: list[Period] = []
    for starts, ends, count in zip(months[:-1], months[1:], counts.tolist(), strict=True):
        before = found[-1] if found else None
        if before is not None and (before.marks + count <= most or not count):
            found[-1] = Period(before.starts, ends, before.marks + count)
        else:
            found.append(Period(starts, ends, count))
    return tuple(found)


def part_of(view: Timeline, period: Period) -> Timeline:
    """What of a timeline lies in a period; bands and silences that reach into it are cut at its ends."""
    windows = _cut(view.windows, "good_from", "good_to", period)
    silences = _cut(view.silences, "starts", "ends", period)
    days = tuple(day for day in view.decision_days if period.starts <= day < period.ends)
    marks = view.marks[period.holds(pd.to_datetime(view.marks["at"]))]
    return replace(view, marks=marks, windows=windows, silences=silences, decision_days=days)


def merged(windows: pd.DataFrame) -> pd.DataFrame:
    """Windows of one family that touch or overlap as one band: ``family``, ``good_from``, ``good_to``."""
    rows = windows.dropna(subset=["good_from", "good_to"]).sort_values(["family", "good_from"], kind="stable")
    before = rows.groupby("family", sort=False)["good_to"].cummax().shift()
    same = rows["family"].eq(rows["family"].shift())
    number = (~(same & (rows["good_from"] <= before))).cumsum().rename("band")
    bands = rows.groupby(number, sort=False).agg({"family": "first", "good_from": "min", "good_to": "max"})
    return bands.reset_index(drop=True)


def _cut(bands: pd.DataFrame, first: str, last: str, period: Period) -> pd.DataFrame:
    inside = bands[(bands[first] < period.ends) & (bands[last] >= period.starts)]
    cut = {last: inside[last].where(inside[last] < period.ends, period.ends)}
    for begin in (first, *(["interview"] if "interview" in inside else ())):
        cut[begin] = inside[begin].where(inside[begin] > period.starts, period.starts)
    return inside.assign(**cut)


def _month(moment: pd.Timestamp) -> pd.Timestamp:
    return pd.Timestamp(moment).normalize().replace(day=1)
