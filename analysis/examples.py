"""Worked examples: for each family an application whose receipt is short enough to be followed by head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from analysis.policy import Bands
from analysis.report import ApplicationReport, CandidateReport, FamilyReceipt, report
from analysis.results import FAMILIES, Scores

_DEDUCTIONS: Final = 2
"""Deductions that show best how a receipt adds up."""


@dataclass(frozen=True, slots=True)
class Example:
    """One family of one application, with whose it is."""

    candidate: CandidateReport
    application: ApplicationReport
    family: FamilyReceipt


def examples(scores: Scores, bands: Bands) -> dict[str, Example]:
    """Family -> its example; a family in which nothing was ever taken off has none.

    The application with two deductions if there is one, else the nearest to it; among equals the first by its key, so
    that the same scores give the same examples.
    """
    found: dict[str, Example] = {}
    rows = scores.rows[(scores.rows["application_points"] > 0) & (scores.rows["correction"] == "")]
    counted = rows.groupby(["family", "candidate_key", "application_key"], sort=True).size().reset_index(name="many")
    counted = counted.assign(off=(counted["many"] - _DEDUCTIONS).abs()).sort_values(
        ["off", "application_key"], kind="stable"
    )
    for family in FAMILIES:
        mine = counted[counted["family"] == family]
        if len(mine):
            found[family] = _example(scores, bands, family, mine.iloc[0])
    return found


def _example(scores: Scores, bands: Bands, family: str, row: pd.Series) -> Example:
    whose = report(scores, str(row["candidate_key"]), bands)
    (application,) = [a for a in whose.applications if a.key == row["application_key"]]
    (receipt,) = [f for f in application.families if f.family == family]
    return Example(whose, application, receipt)
