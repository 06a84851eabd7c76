"""What may stand on the page that a candidate takes home, picked from a result."""

from __future__ import annotations

import dataclasses
from datetime import date

import pandas as pd
import pytest

from analysis import Answers, Scores, default_policy, load, score
from analysis.agreed import Action
from analysis.coaching import DONE_WELL, habit
from analysis.handout import Handout, Step, handout
from analysis.report import report
from analysis.results import FAMILIES

POLICY = default_policy()
HELD = date(2026, 3, 6)
HEAD = (
    "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on,note\n"
)
ANA = "Ana Lind,Acme,direct,Dana Osei,dana@acme.example"
MET = f"{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview,2026-03-13,\n"
THANKED = f"{ANA},2026-03-03 19:00,,candidate,client,email,thank_you,,Thanks for the tour of the lab\n"
REMARK = f"{ANA},2026-03-04 09:00,,agency,client,email,,,Dana finds Ana too quiet; Ben Ito is ahead\n"
FEEDBACK = f"{ANA},2026-03-05 09:00,,client,agency,email,,,Between us: the salary is a stretch\n"
TYPED = f"{ANA},2026-03-05 12:00,,,,note,debrief,,Her mother is ill\n"
BEN = MET.replace("Ana Lind", "Ben Ito").replace("Acme", "Bolt")
BOLT = MET.replace("Acme", "Bolt").replace("acme", "bolt").replace("2026-03-13", "2026-03-09").replace("03-03", "03-02")


def scored(rows: str, day: str = "2026-03-06 12:00") -> Scores:
    answers = Answers(zone="America/New_York", calendar="US", complete="yes")
    return score(load([("log.csv", (HEAD + rows).encode())], answers), POLICY, pd.Timestamp(day, tz="America/New_York"))


def page(
    rows: str, agreed: Action | None = None, note: str = "", day: str = "2026-03-06 12:00", who: str = "Ana Lind"
) -> Handout:
    scores = scored(rows, day)
    key = scores.candidates.set_index("candidate")["candidate_key"][who]
    found = habit(scores, key, POLICY)
    return handout(scores, report(scores, key, POLICY.bands), POLICY.bands, found, HELD, agreed, note)


def test_the_page_has_strengths_scores_and_when_a_check_in_is_welcome() -> None:
    one = page(MET + THANKED, note=" Bring two references \n")
    assert one.candidate == "Ana Lind"
    assert one.strengths[0].sentence == DONE_WELL["thank_you"]
    assert len(one.strengths) == 2
    assert [score.family for score in one.families] == list(FAMILIES)
    thanks, timing = one.families[0], one.families[1]
    assert (thanks.points, thanks.word) == (100.0, "strong")
    assert (timing.points, timing.reason) == (None, "not_due_yet")
    # their date is Fri 13 March: from the next working day on
    assert [(s.client, s.starts.date(), s.route) for s in one.steps] == [("Acme", date(2026, 3, 16), "direct")]
    assert (one.application, one.interviews, one.note) == ("Acme", 1, "Bring two references")


def test_contacts_between_staff_and_the_employer_and_notes_of_staff_are_not_on_the_timeline() -> None:
    one = page(MET + THANKED + REMARK + FEEDBACK + TYPED)
    assert one.timeline is not None
    assert list(one.timeline.marks["class"]) == ["interview", "thank_you"]
    for text in ("too quiet", "Ben", "salary", "mother", "log.csv", "Dana"):
        assert text not in repr(one)
        assert text not in one.timeline.marks.to_csv()


def test_nobody_elses_name_is_in_the_value() -> None:
    one = page(MET + THANKED + BEN)
    assert "Ben" not in repr(one)
    assert "Bolt" not in repr(one)


def test_the_timeline_is_of_the_application_that_was_agreed_on_else_of_the_habits() -> None:
    rows = MET + THANKED + BOLT
    keys = scored(rows).applications.set_index("client")["application_key"]
    assert page(rows, day="2026-03-11 12:00").application == "Bolt", "no thank-you was seen there"
    agreed = Action("Send Acme one friendly message.", "one_message", date(2026, 3, 18), application_key=keys["Acme"])
    one = page(rows, agreed)
    assert (one.application, one.about) == ("Acme", "Acme")


def test_two_check_ins_to_come_stand_in_their_order_and_one_that_was_sent_does_not() -> None:
    assert [step.client for step in page(MET + THANKED + BOLT).steps] == ["Bolt", "Acme"]
    asked = f"{ANA},2026-03-16 10:00,,candidate,client,email,follow_up,,Any news?\n"
    assert page(MET + asked, day="2026-03-17 12:00").steps == ()


@pytest.mark.parametrize("client", ["", "Acme"])
def test_where_it_was_agreed_to_leave_it_no_check_in_is_named(client: str) -> None:
    keys = scored(MET + THANKED + BOLT).applications.set_index("client")["application_key"]
    quiet = Action("Leave it for now.", "leave_it", date(2026, 3, 18), application_key=keys[client] if client else "")
    assert [step.client for step in page(MET + THANKED + BOLT, quiet).steps] == (["Bolt"] if client else [])


def test_an_application_that_is_over_asks_for_no_check_in() -> None:
    no = f"{ANA},2026-03-05 09:00,,client,candidate,email,rejection,,We chose somebody else\n"
    assert page(MET + THANKED + no).steps == ()


def test_a_candidate_without_an_interview_has_no_timeline_and_no_score() -> None:
    soon = MET.replace("2026-03-03", "2026-03-20").replace("2026-03-13", "")
    one = page(soon)
    assert one.timeline is None
    assert {score.points for score in one.families} == {None}
    assert (one.habit, one.interviews, one.steps) == (None, 0, ())
    assert one.strengths[0].sentence == "You are in the running, and you came to talk about it."


def test_the_value_is_frozen() -> None:
    one = page(MET)
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.note = "x"  # type: ignore[misc]
    assert isinstance(page(MET + THANKED).steps[0], Step)
