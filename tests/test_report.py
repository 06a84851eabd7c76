"""The report on one candidate: receipts that add up, windows tied to their interview, every contact with its reason."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from analysis.checked import Answers
from analysis.loading import load
from analysis.policy import default_policy
from analysis.report import ApplicationReport, CandidateReport, FamilyReceipt, band, report
from analysis.scoring import score

HEAD = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on,note"
POLICY = default_policy()


def told(rows: str, complete: str = "yes", as_of: str = "2026-04-15 12:00") -> CandidateReport:
    """The report on the first candidate of a log in New York."""
    answers = Answers(zone="America/New_York", calendar="US", complete="yes" if complete == "yes" else "not-sure")
    log = load([("log.csv", (HEAD + "\n" + rows).encode())], answers)
    scores = score(log, POLICY, pd.Timestamp(as_of, tz="America/New_York"))
    return report(scores, str(scores.candidates["candidate_key"].iloc[0]), POLICY.bands)


def family(application: ApplicationReport, name: str) -> FamilyReceipt:
    return next(f for f in application.families if f.family == name)


INTERVIEW = (
    "Ana Diaz,Acme,direct,Dana Osei,dana@acme.example,2026-03-03 10:00,2026-03-03 11:00,"
    "client,candidate,in_person,interview,2026-03-13,\n"
)
EARLY = "Ana Diaz,Acme,direct,Dana Osei,,2026-03-12 10:15,,candidate,client,email,follow_up,,Any news?\n"
CHASED = (
    "Ana Diaz,Acme,direct,Dana Osei,,2026-03-16 10:00,,candidate,client,email,follow_up,,Any news?\n"
    "Ana Diaz,Acme,direct,Dana Osei,,2026-03-17 10:00,,candidate,client,email,follow_up,,Any news?\n"
    "Ana Diaz,Acme,direct,Dana Osei,,2026-03-18 10:00,,candidate,client,email,follow_up,,Any news?\n"
)


def test_one_day_too_early_stands_with_points_reason_limit_and_the_line_it_came_from() -> None:
    (application,) = told(INTERVIEW + EARLY).applications
    timing = family(application, "timing")
    (deduction,) = timing.deductions
    assert (deduction.points, deduction.finding, deduction.references) == (50.0, "too_early", ("log.csv:3",))
    assert timing.sum == "100 − 50 = 50"
    assert [a.sentence for a in timing.advice] == ["Let their date pass (or about a week), then check in."]


def test_a_receipt_with_several_deductions_adds_up_by_head() -> None:
    (application,) = told(INTERVIEW + CHASED).applications
    pushy = family(application, "over_contact")
    assert len(pushy.deductions) > 1
    left, right = pushy.sum.split(" = ")
    assert sum(Decimal(p) * (1 if n == 0 else -1) for n, p in enumerate(left.split(" − "))) == Decimal(right)


def test_what_cannot_be_seen_has_a_reason_in_words_and_no_sum() -> None:
    (application,) = told(INTERVIEW, complete="not sure").applications
    thanks = family(application, "thank_you")
    assert (thanks.points, thanks.status, thanks.sum) == (None, "cannot see", "")
    assert thanks.reason == "Nothing seen, and the files are not known to hold everything"
    assert thanks.deductions == ()


def test_the_windows_are_on_the_employers_clock_and_begin_at_their_interview() -> None:
    (application,) = told(INTERVIEW + EARLY).applications
    windows = application.timeline.windows
    thanks = windows.loc[windows["family"] == "thank_you"].iloc[0]
    assert thanks["good_from"] == pd.Timestamp("2026-03-03 11:00")
    assert (windows["good_from"] < windows["good_to"]).all()
    assert application.timeline.decision_days == (pd.Timestamp("2026-03-13"),)


ANSWER = "Ana Diaz,Acme,direct,Dana Osei,,2026-03-20 09:00,,client,candidate,email,reply,,We are still deciding.\n"


def test_a_silence_lasts_from_the_first_unanswered_follow_up_until_the_employer_answers() -> None:
    (application,) = told(INTERVIEW + CHASED + ANSWER).applications
    (run,) = application.timeline.silences.itertuples(index=False)
    assert (run.starts, run.ends) == (pd.Timestamp("2026-03-16 10:00"), pd.Timestamp("2026-03-20 09:00"))


def test_a_silence_that_nobody_broke_lasts_until_the_day_looked_at() -> None:
    (application,) = told(INTERVIEW + CHASED).applications
    (run,) = application.timeline.silences.itertuples(index=False)
    assert run.ends == pd.Timestamp("2026-04-15 12:00")


def test_every_contact_says_what_it_was_counted_as_and_why() -> None:
    (application,) = told(INTERVIEW + EARLY).applications
    assert list(application.contacts["class"]) == ["interview", "follow_up"]
    assert (application.contacts["why"] != "").all()
    assert list(application.contacts["reference"]) == ["log.csv:2", "log.csv:3"]


def test_the_picture_can_be_read_aloud() -> None:
    (application,) = told(INTERVIEW + EARLY).applications
    assert application.timeline.words == "Timeline on the employer's clock. interview: 1; follow-up: 1."


def test_nobody_of_that_key_is_a_key_error() -> None:
    log = load([("log.csv", (HEAD + "\n" + INTERVIEW).encode())], Answers(zone="UTC"))
    scores = score(log, POLICY, pd.Timestamp("2026-04-15", tz="UTC"))
    with pytest.raises(KeyError):
        report(scores, "nobody", POLICY.bands)


@pytest.mark.parametrize(
    ("points", "word"),
    [
        (100.0, "strong"),
        (90.0, "strong"),
        (89.9, "good"),
        (70.0, "good"),
        (45.0, "needs a tweak"),
        (44.9, "coach this"),
        (None, "not scored"),
    ],
)
def test_points_have_a_word_and_no_points_have_a_neutral_one(points: float | None, word: str) -> None:
    assert band(points, POLICY.bands) == word


def test_praise_stays_away_where_the_same_family_lost_points() -> None:
    interview = INTERVIEW.replace("2026-03-13", "")
    asked = "Ana Diaz,Acme,direct,Dana Osei,,2026-03-10 {at},,candidate,client,call,follow_up,,Any news?\n"
    (in_the_morning,) = told(interview + asked.format(at="10:15")).applications
    (in_the_afternoon,) = told(interview + asked.format(at="14:00")).applications
    praised, late = family(in_the_morning, "timing"), family(in_the_afternoon, "timing")
    assert "well_judged" in [a.finding for a in praised.advice]
    assert [d.finding for d in late.deductions] == ["late_day_call"]
    assert "well_judged" not in [a.finding for a in late.advice]
