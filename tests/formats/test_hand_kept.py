"""A sheet kept by hand in words of its own, from the title above it to the scores, without a question about columns."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import Answers, default_policy, load, score
from analysis.checked import CheckedLog

SHEET = """\
Northgate Recruitment – follow up sheet;;;;;;;
printed 18/11/2026 by Siobhán;;;;;;;

Cand.;Co.;Role;When;Who did it;How;What happened;Int'viewer
Zoë Brennan;Harlow & Sons;Site mgr;02/11/2026 10:30;;in person;1st interview w/ Dana, they'll decide by 13 Nov;Dana Osei
Zoë Brennan;Harlow & Sons;Site mgr;02/11/2026 19:05;Zoë Brennan;email;Thank you Dana for the tour, cc'd us;Dana Osei
Zoë Brennan;Harlow & Sons;Site mgr;05/11/2026 15:40;Zoë;phone;rang to chase - vm left;Dana Osei
Zoë Brennan;Harlow & Sons;Site mgr;06/11/2026 09:10;Dana Osei;phone;said to be patient;Dana Osei

tom o’neill;Brightwater;"Planner
(nights)";03/11/2026 09:00;;video;2nd interview with Priya Nair;Priya Nair
tom o’neill;Brightwater;Planner (nights);04/11/2026 09:15;Tom;email;thank-you note to Priya;Priya Nair
tom o’neill;Brightwater;Planner (nights);31/11/2026;Tom;email;chased Priya for news;Priya Nair
Total: 7;;;;;;;
"""


@pytest.fixture(scope="module")
def log() -> CheckedLog:
    answers = Answers(zone="Europe/London", calendar="GB-ENG", route="direct", complete="yes")
    return load([("Follow ups Nov.csv", SHEET.encode("cp1252"))], answers)


def test_who_acted_is_the_side_on_which_the_row_has_that_name(log: CheckedLog) -> None:
    acted = log.contacts[["line", "candidate", "sender"]].sort_values("line")
    assert [tuple(row) for row in acted.itertuples(index=False)] == [
        (5, "Zoë Brennan", ""),
        (6, "Zoë Brennan", "candidate"),
        (7, "Zoë Brennan", "candidate"),
        (8, "Zoë Brennan", "client"),
        (10, "tom o’neill", ""),
        (12, "tom o’neill", "candidate"),
    ]


def test_only_the_day_that_is_none_waits_to_be_corrected(log: CheckedLog) -> None:
    assert [(r.line, r.code) for r in log.set_aside.itertuples()] == [(13, "unreadable_date")]


def test_the_scores_follow_and_the_date_named_at_the_interview_stands(log: CheckedLog) -> None:
    scores = score(log, default_policy(), pd.Timestamp("2026-11-18 18:00", tz="Europe/London"))
    zoe = scores.candidates.set_index("candidate").loc["Zoë Brennan"]
    assert (zoe["thank_you"], zoe["thank_you_status"]) == (100.0, "scored")
    hers = scores.rows[scores.rows["candidate_key"] == zoe["candidate_key"]]
    assert list(hers.loc[hers["finding"] == "too_early", "measured"]) == ["6 business days before their date"]
