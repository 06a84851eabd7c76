"""Totals for all and receipts for what is shown say the same, in every figure and in every finding."""

from __future__ import annotations

import random
import tomllib
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.logs import MONDAY, Row, as_csv, history

from analysis import FAMILIES, Answers, CheckedLog, default_policy, load
from analysis.facts import measure
from analysis.portion import Whole, whole
from analysis.scoring import score_facts, score_totals
from dashboard.sample import sample

CASES = [tomllib.loads(path.read_text("utf-8")) for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))]
POLICY = default_policy()


def both(log: CheckedLog, as_of: pd.Timestamp) -> tuple[Whole, Whole]:
    """The totals alone, and those of the scores with all their receipts."""
    facts = measure(log, as_of, POLICY.classes)
    made = (score(facts, POLICY) for score in (score_totals, score_facts))
    totals, receipts = (whole(each, facts.applications.said, POLICY.today) for each in made)
    return totals, receipts


def same(totals: Whole, receipts: Whole) -> None:
    for name in (each.name for each in fields(Whole)):
        mine, theirs = getattr(totals, name), getattr(receipts, name)
        if isinstance(mine, pd.DataFrame):
            pd.testing.assert_frame_equal(mine, theirs, check_exact=True)
        else:
            assert mine == theirs, name


def test_the_sample_agencys_totals_are_those_of_its_receipts() -> None:
    agency = sample()
    answers = {name: Answers(agency.zone, agency.calendar, complete) for name, complete in agency.complete.items()}
    totals, receipts = both(load(agency.files, Answers(agency.zone, agency.calendar), answers), agency.as_of)
    assert len(totals.candidates) > 20
    assert set(totals.findings["family"]) == {*FAMILIES, ""}
    same(totals, receipts)


@pytest.mark.parametrize("case", CASES, ids=[case["title"] for case in CASES])
def test_the_totals_of_every_case_are_those_of_its_receipts(case: dict[str, Any]) -> None:
    answers = Answers(case["zone"], case["calendar"], case["complete"].replace(" ", "-"))
    log = load([("log.csv", case["log"].lstrip("\n").encode())], answers)
    same(*both(log, pd.Timestamp(case["as_of"], tz=case["zone"])))


def made(number: int, candidates: int, complete: bool) -> CheckedLog:
    """Some random histories in one log."""
    dice = random.Random(number)
    rows: list[Row] = [row for n in range(candidates) for row in history(dice, f"Candidate {n}")]
    answers = Answers("America/New_York", "US", "yes" if complete else "not-sure")
    return load([("log.csv", as_csv(rows).encode())], answers)


@settings(max_examples=15, deadline=None)
@given(
    number=st.integers(0, 10**9),
    candidates=st.integers(1, 9),
    complete=st.booleans(),
    day=st.integers(0, 95),
    aside=st.sampled_from(["nothing", "a finding", "a family"]),
)
def test_the_totals_of_any_log_are_those_of_its_receipts(
    number: int, candidates: int, complete: bool, day: int, aside: str
) -> None:
    """With a finding that a person waived, or a family switched off for a candidate, too."""
    log = made(number, candidates, complete)
    as_of = pd.Timestamp(MONDAY + timedelta(days=day, hours=12), tz="America/New_York")
    scores = score_facts(measure(log, as_of, POLICY.classes), POLICY)
    if aside == "a finding":
        caused = scores.rows[scores.rows["contacts"].map(len) > 0]
        waived = zip(caused["contacts"].map(lambda each: each[0]), caused["finding"], strict=True)
        log = replace(log, waived=tuple((int(contact), finding, "c1") for contact, finding in waived))
    if aside == "a family":
        key = str(scores.candidates["candidate_key"].iloc[0])
        log = replace(log, accommodations=((key, "timing", "c1"),))
    same(*both(log, as_of))


def test_an_empty_log_has_no_totals() -> None:
    log = made(1, 1, True)
    totals, receipts = both(replace(log, contacts=log.contacts.iloc[:0]), pd.Timestamp("2026-04-01", tz="UTC"))
    assert totals.contacts == len(totals.candidates) == 0
    same(totals, receipts)
