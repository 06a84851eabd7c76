"""The sample agency scored: stories show what they were told for, every word occurs, every receipt adds up."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis import FAMILIES, Answers, CheckedLog, Scores, default_policy, load, score
from analysis.advice import reason_text, sentence, title
from analysis.results import CONTACT_CLASSES, STATUSES
from dashboard.sample import sample

SCRIPT = Path(__file__).parents[1] / "data" / "sample" / "make_sample.py"
AGENCY = sample()


@pytest.fixture(scope="module")
def told() -> list[tuple[Any, Any]]:
    """The stories and of whom they were told."""
    return list(runpy.run_path(str(SCRIPT))["build"]().told)


@pytest.fixture(scope="module")
def log() -> CheckedLog:
    answers = {name: Answers(AGENCY.zone, AGENCY.calendar, complete) for name, complete in AGENCY.complete.items()}
    return load(AGENCY.files, Answers(AGENCY.zone, AGENCY.calendar), answers)


@pytest.fixture(scope="module")
def scores(log: CheckedLog) -> Scores:
    return score(log, default_policy(), AGENCY.as_of)


def test_every_story_shows_what_it_was_told_for(told: list[tuple[Any, Any]], scores: Scores) -> None:
    log = scores.contacts
    missing = []
    for story, process in told:
        mine = (log["candidate_id"] == process.candidate.number) & (log["client"] == process.client.name)
        keys = set(log.loc[mine, "application_key"]) - {""}
        found = set(scores.findings.loc[scores.findings["application_key"].isin(keys), "finding"])
        rows = scores.applications[scores.applications["application_key"].isin(keys)]
        found |= {str(row[f"{family}_status"]) for _, row in rows.iterrows() for family in FAMILIES}
        missing += [
            f"{story.name}: {show} not found for {process.candidate.name}" for show in story.shows if show not in found
        ]
    assert missing == []


@pytest.mark.parametrize("family", ["thank_you", "timing"])
def test_every_word_of_the_bands_occurs(scores: Scores, family: str) -> None:
    assert set(scores.applications[f"{family}_word"]) >= {"strong", "good", "needs a tweak", "coach this", ""}


def test_every_word_of_over_contact_occurs(scores: Scores) -> None:
    words = {"measured", "persistent", "at the limit", "pushy", "overbearing", ""}
    assert set(scores.applications["over_contact_word"]) == words


@pytest.mark.parametrize("family", ["thank_you", "timing"])
def test_every_status_occurs(scores: Scores, family: str) -> None:
    assert set(scores.applications[f"{family}_status"]) == set(STATUSES)


def test_nobodys_receipt_fails_to_add_up(scores: Scores) -> None:
    for table, key, points in (
        (scores.candidates, "candidate_key", "candidate_points"),
        (scores.applications, "application_key", "application_points"),
    ):
        taken = (scores.rows[points] * 10).round().groupby([scores.rows["family"], scores.rows[key]]).sum()
        for family in FAMILIES:
            known = table[table[f"{family}_status"] == "scored"].set_index(key)[family]
            off = taken[family].reindex(known.index).fillna(0) if family in taken else 0 * known
            assert ((known * 10).round() == 1000 - off).all()


def test_every_code_in_the_run_has_its_words(scores: Scores) -> None:
    for code in set(scores.findings["finding"]) | set(scores.rows["finding"]):
        assert sentence(code)
        assert title(code)
    reasons = set(scores.units["reason"]) | set(scores.candidates["overall_reason"])
    for table in (scores.applications, scores.candidates):
        reasons |= {reason for family in FAMILIES for reason in table[f"{family}_reason"]}
    for code in reasons - {""}:
        assert reason_text(code)


def test_every_contact_is_counted_as_something_with_a_reason(log: CheckedLog, scores: Scores) -> None:
    assert len(scores.contacts) == len(log.contacts)
    assert set(scores.contacts["class"]) <= set(CONTACT_CLASSES)
    assert (scores.contacts["why"] != "").all()


def test_those_who_do_it_well_are_scored_well(told: list[tuple[Any, Any]], scores: Scores) -> None:
    table = scores.applications
    for story, process in told:
        if story.name == "by_the_book":
            mine = (table["candidate"] == process.candidate.name) & (table["client"] == process.client.name)
            assert (table.loc[mine, ["thank_you", "timing", "over_contact"]] >= 85).all(axis=None), (
                process.candidate.name
            )


def test_the_sample_scored_twice_is_the_same_to_the_byte(log: CheckedLog, scores: Scores) -> None:
    again = score(log, default_policy(), AGENCY.as_of)
    for name in ("candidates", "applications", "units", "rows", "findings", "contacts"):
        pd.testing.assert_frame_equal(getattr(scores, name), getattr(again, name))
