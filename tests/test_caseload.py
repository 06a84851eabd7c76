"""The caseload narrowed: by name, client, job, recruiter, band, finding and period; in the order a reader asks for."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.caseload import ORDERS, Caseload, Wish, arranged, narrowed, page_of, pages, rounds_among
from analysis.checked import Answers
from analysis.loading import load
from analysis.policy import default_policy
from analysis.portion import Whole, whole
from analysis.report import BANDS
from analysis.scoring import score

LOG = """\
candidate,candidate_email,client,job,recruiter,at,ended_at,sender,receiver,channel,kind
Zoë Ames,zoe@example.com,Acme,Analyst,Bell,2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview
Zoë Ames,zoe@example.com,Acme,Analyst,Bell,2026-03-03 18:00,,candidate,client,email,thank_you
Zoë Ames,zoe@example.com,Cobalt,Planner,Bell,2026-03-24 10:00,2026-03-24 11:00,client,candidate,in_person,interview
ben okri,ben@example.com,Borealis,Welder,Raman,2026-03-04 10:00,2026-03-04 11:00,client,candidate,in_person,interview
Ana Diaz,ana1@example.com,Acme,Welder,Bell,2026-03-09 23:30,2026-03-09 23:50,client,candidate,call,interview
Ana Diaz,ana2@example.com,Borealis,Analyst,,2026-03-05 10:00,,client,candidate,email,reply
"""
NOBODY = b"candidate,client,at,kind\n"
POLICY = default_policy()


def scored(log: bytes) -> Whole:
    loaded = load([("log.csv", log)], Answers(zone="America/New_York", calendar="US"))
    scores = score(loaded, POLICY, pd.Timestamp("2026-04-15 12:00", tz="America/New_York"))
    return whole(scores, pd.DataFrame(), POLICY.today)


@pytest.fixture(scope="module")
def agency() -> Caseload:
    return arranged(scored(LOG.encode()), POLICY.bands, "America/New_York")


def named(whole: Caseload, wish: Wish) -> list[str]:
    return list(narrowed(whole, wish)["candidate"])


def test_without_a_wish_everybody_stands_by_name_whatever_the_score(agency: Caseload) -> None:
    assert named(agency, Wish()) == ["Ana Diaz", "Ana Diaz", "ben okri", "Zoë Ames"]


def test_a_search_looks_in_names_clients_and_jobs(agency: Caseload) -> None:
    assert named(agency, Wish("ZOË")) == ["Zoë Ames"]
    assert named(agency, Wish("welder bor")) == ["ben okri"]
    assert named(agency, Wish("planner")) == ["Zoë Ames"]
    assert named(agency, Wish("(")) == []


def test_filters_offer_what_occurs_in_order(agency: Caseload) -> None:
    assert agency.recruiters == ("Bell", "Raman")
    assert agency.clients.words == ("Acme", "Borealis", "Cobalt")
    assert agency.jobs.words == ("Analyst", "Planner", "Welder")
    assert (agency.first_day, agency.last_day) == (date(2026, 3, 3), date(2026, 3, 24))


def test_each_filter_keeps_whom_it_names_and_several_keep_whom_all_name(agency: Caseload) -> None:
    assert named(agency, Wish(recruiters=("Raman",))) == ["ben okri"]
    assert named(agency, Wish(clients=("Cobalt", "Borealis"))) == ["Ana Diaz", "ben okri", "Zoë Ames"]
    assert named(agency, Wish(jobs=("Welder",))) == ["Ana Diaz", "ben okri"]
    assert named(agency, Wish(jobs=("Welder",), recruiters=("Bell",))) == ["Ana Diaz"]
    assert named(agency, Wish(clients=("Nobody & Sons",))) == []


def test_candidates_without_a_score_can_be_asked_for_like_any_band(agency: Caseload) -> None:
    unscored = narrowed(agency, Wish(bands=(BANDS[-1],)))
    assert unscored["overall"].isna().all()
    assert len(unscored) + len(narrowed(agency, Wish(bands=BANDS[:-1]))) == len(agency.table)


def test_a_finding_keeps_those_who_have_it(agency: Caseload) -> None:
    for finding in agency.findings.words:
        kept = narrowed(agency, Wish(findings=(finding,)))
        assert len(kept)
        assert [finding in found for found in agency.table["findings"]].count(True) == len(kept)


def test_a_period_keeps_those_with_an_interview_held_in_it_first_and_last_day_included(agency: Caseload) -> None:
    assert named(agency, Wish(since=date(2026, 3, 4), until=date(2026, 3, 4))) == ["ben okri"]
    assert named(agency, Wish(since=date(2026, 3, 5))) == ["Ana Diaz", "Zoë Ames"]
    assert named(agency, Wish(until=date(2026, 3, 3))) == ["Zoë Ames"]
    assert named(agency, Wish(since=date(2026, 3, 25))) == []


def test_a_day_of_the_period_is_one_on_the_agencys_clock() -> None:
    # half past eleven at night in New York is the next morning in London
    london = arranged(scored(LOG.encode()), POLICY.bands, "Europe/London")
    assert named(london, Wish(since=date(2026, 3, 10), until=date(2026, 3, 10))) == ["Ana Diaz"]


def test_in_an_order_of_scores_those_without_one_stand_first_and_never_at_the_bottom(agency: Caseload) -> None:
    for order in ("lowest", "highest"):
        shown = narrowed(agency, Wish(order=order))
        scores = shown["overall"].dropna()
        assert shown["overall"].isna().to_numpy().tolist() == sorted(shown["overall"].isna(), reverse=True)
        assert scores.is_monotonic_increasing if order == "lowest" else scores.is_monotonic_decreasing
        unscored = [name.casefold() for name in shown.loc[shown["overall"].isna(), "candidate"]]
        assert unscored == sorted(unscored)


def test_among_equals_an_order_keeps_the_order_of_names(agency: Caseload) -> None:
    assert set(ORDERS) == {"name", "recruiter", "newest", "interviews", "lowest", "highest"}
    interviews = narrowed(agency, Wish(order="interviews"))
    assert interviews["interviews"].tolist() == [2, 1, 1, 0]
    assert interviews["candidate"].tolist() == ["Zoë Ames", "Ana Diaz", "ben okri", "Ana Diaz"]
    assert named(agency, Wish(order="recruiter"))[-1] == "ben okri"
    assert named(agency, Wish(order="newest"))[0] == "Zoë Ames"


def test_the_rounds_are_those_of_the_rows_shown_within_the_period(agency: Caseload) -> None:
    zoe = narrowed(agency, Wish("zoë"))
    assert len(rounds_among(agency, zoe.index, Wish())) == 2
    assert len(rounds_among(agency, zoe.index, Wish(since=date(2026, 3, 20)))) == 1
    assert rounds_among(agency, [], Wish()).empty


def test_files_without_a_candidate_make_an_empty_caseload() -> None:
    empty = arranged(scored(NOBODY), POLICY.bands, "America/New_York")
    assert narrowed(empty, Wish("ana", since=date(2026, 1, 1))).empty
    assert (empty.first_day, empty.last_day, empty.clients.words) == (None, None, ())


@given(st.integers(0, 500), st.integers(1, 120))
def test_the_pages_hold_every_row_once_and_in_order(rows: int, size: int) -> None:
    table = pd.DataFrame({"row": range(rows)})
    shown = [row for number in range(1, pages(rows, size) + 1) for row in page_of(table, number, size)["row"]]
    assert shown == list(range(rows))


def test_a_page_beyond_the_last_is_the_last() -> None:
    table = pd.DataFrame({"row": range(5)})
    assert list(page_of(table, 9, 2)["row"]) == [4]
    assert list(page_of(table, 0, 2)["row"]) == [0, 1]
