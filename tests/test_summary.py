"""The caseload: one row a candidate by name, neutral where nothing is scored, and counts that add up."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.checked import Answers
from analysis.loading import load
from analysis.policy import default_policy
from analysis.problems import problem
from analysis.results import FAMILIES, Scores
from analysis.scoring import score
from analysis.summary import band_of, caseload, find, names, problem_groups, spread

LOG = """\
candidate,candidate_email,client,job,recruiter,at,ended_at,sender,receiver,channel,kind
Zoë Ames,zoe@example.com,Acme,Analyst,Bell,2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview
Zoë Ames,zoe@example.com,Acme,Analyst,Bell,2026-03-03 18:00,,candidate,client,email,thank_you
ben okri,ben@example.com,Borealis,Welder,Raman,2026-03-04 10:00,2026-03-04 11:00,client,candidate,in_person,interview
Ana Diaz,ana1@example.com,Acme,Welder,Bell,2026-03-05 10:00,2026-03-05 11:00,client,candidate,in_person,interview
Ana Diaz,ana2@example.com,Borealis,Analyst,Bell,2026-03-05 10:00,2026-03-05 11:00,client,candidate,in_person,interview
"""
POLICY = default_policy()


@pytest.fixture(scope="module")
def scores() -> Scores:
    log = load([("log.csv", LOG.encode())], Answers(zone="America/New_York", calendar="US"))
    return score(log, POLICY, pd.Timestamp("2026-04-15 12:00", tz="America/New_York"))


@pytest.fixture(scope="module")
def table(scores: Scores) -> pd.DataFrame:
    return caseload(scores, POLICY.bands)


def test_the_caseload_is_in_order_of_name_whatever_the_capitals(table: pd.DataFrame) -> None:
    assert list(table["candidate"]) == ["Ana Diaz", "Ana Diaz", "ben okri", "Zoë Ames"]


def test_two_candidates_of_one_name_are_told_apart_by_their_clients(scores: Scores, table: pd.DataFrame) -> None:
    known = names(scores)
    assert sorted(list(known.values())[:2]) == ["Ana Diaz (Acme)", "Ana Diaz (Borealis)"]
    assert list(known.values())[2:] == ["ben okri", "Zoë Ames"]
    assert list(known) == list(table["candidate_key"])


def test_a_candidate_is_found_by_parts_of_the_name_whatever_the_capitals(scores: Scores) -> None:
    found, fit = find(names(scores), "DIAZ ana", 1)
    assert (list(found.values()), fit) == ([names(scores)[next(iter(found))]], 2)
    assert find(names(scores), "zoë", 5)[0].keys() == {key for key, name in names(scores).items() if name == "Zoë Ames"}
    assert find(names(scores), "", 3)[1] == 4


def test_every_candidate_stands_once_in_each_familys_spread(table: pd.DataFrame) -> None:
    counts = spread(table, POLICY.bands)
    for family in FAMILIES:
        assert counts.loc[counts["family"] == family, "candidates"].sum() == len(table)


def test_no_points_are_neutral_and_the_edges_belong_to_the_better_band() -> None:
    points = pd.Series([90.0, 70.0, 45.0, 0.0, float("nan")])
    assert list(band_of(points, POLICY.bands)) == ["strong", "good", "needs a tweak", "coach this", "not scored"]


def test_problems_are_grouped_by_kind_with_what_needs_a_person_first() -> None:
    many = [problem("no_candidate", "a.csv", line) for line in (2, 3)] + [problem("no_date", "a.csv", 9)]
    groups = problem_groups(many, examples=1)
    assert [(g.code, g.count, len(g.examples)) for g in groups] == [("no_date", 1, 1), ("no_candidate", 2, 1)]


def test_a_log_with_a_header_and_no_row_gives_an_empty_caseload_with_its_columns() -> None:
    log = load([("log.csv", b"candidate,client,at,kind\n")], Answers(zone="America/New_York", calendar="US"))
    empty = caseload(score(log, POLICY, pd.Timestamp("2026-04-15 12:00", tz="America/New_York")), POLICY.bands)
    assert empty.empty
    assert {"candidate", "band", "clients", "findings", "search"} <= set(empty.columns)
