"""The action list: each row a sentence that is true at that moment, with a reason and something to do."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from analysis import Answers, CheckedLog, Scores, actions, default_policy, load, score
from analysis.today import MOST, is_stale, newest_contact_age
from dashboard.sample import sample

FOLDER = Path(__file__).parent / "today"
SHOWN = ("what", "candidate", "client", "sentence", "reason", "do")
MOMENTS = {"2026-08-05": "08:30", "2026-09-02": "08:30", "2026-10-26": "08:30"}
HEAD = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on,note"
MET = (
    "Ben Ito,Acme,direct,Dana Osei,dana@acme.example,2026-03-03 10:00,2026-03-03 11:00,client,candidate,video,interview"
)


def contact(
    day: str, sender: str = "candidate", channel: str = "email", kind: str = "follow_up", note: str = "", on: str = ""
) -> str:
    to = {"candidate": "client", "client": "candidate"}[sender]
    return f"Ben Ito,Acme,direct,Dana Osei,,2026-{day} 10:00,,{sender},{to},{channel},{kind},{on},{note}\n"


def scored(rows: str, as_of: str, decides: str = "", complete: bool = True) -> Scores:
    answers = Answers(zone="America/New_York", calendar="US", complete="yes" if complete else "not-sure")
    log = load([("log.csv", f"{HEAD}\n{MET},{decides},\n{rows}".encode())], answers)
    return score(log, default_policy(), pd.Timestamp(f"2026-{as_of} 08:30", tz="America/New_York"))


def today(rows: str, as_of: str, decides: str = "", complete: bool = True) -> list[tuple[str, str]]:
    """What is to do, and its sentence."""
    table = actions(scored(rows, as_of, decides, complete))
    return list(zip(table["what"], table["sentence"], strict=True))


@pytest.fixture(scope="module")
def agency() -> CheckedLog:
    told = sample()
    answers = {name: Answers(told.zone, told.calendar, complete) for name, complete in told.complete.items()}
    return load(told.files, Answers(told.zone, told.calendar), answers)


@pytest.mark.parametrize("day", MOMENTS)
def test_the_list_of_the_sample_agency_is_the_one_that_was_judged_row_by_row(agency: CheckedLog, day: str) -> None:
    moment = pd.Timestamp(f"{day} {MOMENTS[day]}", tz="America/Detroit")
    found = actions(score(agency, default_policy(), moment), most=None)[list(SHOWN)]
    with (FOLDER / f"{day}.csv").open(encoding="utf-8", newline="") as file:
        judged = list(csv.reader(file))
    assert [tuple(row) for row in judged] == [SHOWN, *found.itertuples(index=False, name=None)]


def test_the_list_is_short_and_names_a_candidate_once(agency: CheckedLog) -> None:
    for day in MOMENTS:
        scores = score(agency, default_policy(), pd.Timestamp(f"{day} 08:30", tz="America/Detroit"))
        short = actions(scores)
        assert len(short) <= MOST
        assert actions(scores, most=None)["candidate_key"].is_unique
        assert set(short["candidate_key"]) <= set(actions(scores, most=None)["candidate_key"])


CHASED = contact("03-10") + contact("03-12")


def test_two_unanswered_check_ins_are_a_word_to_the_candidate_to_leave_it() -> None:
    (row,) = today(CHASED, "03-13")
    said = "2 follow-ups to Acme without an answer, the last on Thu 12 Mar 10:00"
    assert row == ("stop", f"Ask Ben Ito to leave it: {said}. You chase Acme.")


@pytest.mark.parametrize(
    ("told", "last"),
    [
        ("Ben says he chased Dana by email on Thursday night for a decision", "Thu 12 Mar evening"),
        ("Ben says he followed up with Dana by email on Thursday", "Thu 12 Mar"),
        ("Ben says he followed up with Dana by email on Thursday at 3pm", "Thu 12 Mar 15:00"),
    ],
)
def test_a_check_in_told_of_in_a_note_is_dated_as_exactly_as_the_note_does(told: str, last: str) -> None:
    note = f"Ben Ito,Acme,direct,Dana Osei,,2026-03-13 09:00,,agency,,,,,{told}\n"
    said = f"2 follow-ups to Acme without an answer, the last on {last}. You chase Acme."
    assert today(contact("03-10") + note, "03-14") == [("stop", f"Ask Ben Ito to leave it: {said}")]


def test_an_interview_of_which_only_the_day_is_known_is_named_without_a_time() -> None:
    met = MET.replace("2026-03-03 10:00,2026-03-03 11:00", "2026-03-03,")
    answers = Answers(zone="America/New_York", calendar="US", complete="yes")
    log = load([("log.csv", f"{HEAD}\n{met},,\n".encode())], answers)
    scores = score(log, default_policy(), pd.Timestamp("2026-03-04 08:30", tz="America/New_York"))
    (sentence,) = actions(scores)["sentence"]
    assert sentence == "Call Ben Ito: interviewed at Acme Tue 3 Mar, no note seen."


@pytest.mark.parametrize(
    "ending",
    [
        contact("03-12", "client", kind="other", note="We are still meeting people").replace("10:00", "15:00"),
        contact("03-12", "client", "call", kind="other", note="Spoke briefly").replace("10:00", "15:00"),
    ],
    ids=["they wrote", "they rang"],
)
def test_a_silence_that_the_employer_ended_asks_nobody_to_stop(ending: str) -> None:
    assert "stop" not in [what for what, _ in today(CHASED + ending, "03-13")]


def test_an_old_silence_is_no_news() -> None:
    assert "stop" in [what for what, _ in today(CHASED, "03-20")]
    assert "stop" not in [what for what, _ in today(CHASED, "03-24")]


def test_a_decision_made_takes_the_application_off_the_list() -> None:
    for kind in ("rejection", "offer", "hired", "closed"):
        assert today(CHASED + contact("03-13", "client", kind=kind), "03-16") == []


def test_the_day_they_wanted_to_decide_is_a_call_to_the_client() -> None:
    note = contact("03-03", kind="thank_you").replace("10:00", "18:00")
    assert today(note, "03-13", decides="2026-03-13") == [
        ("date_today", "Acme wanted to decide on Ben Ito today. Ask them how it stands.")
    ]
    assert today(note, "03-12", decides="2026-03-13") == []


def test_an_employer_past_its_own_date_is_chased_by_us_once_the_candidate_has_asked() -> None:
    note = contact("03-03", kind="thank_you").replace("10:00", "18:00")
    (row,) = today(note + contact("03-16"), "03-17", decides="2026-03-13")
    assert row == (
        "date_passed",
        "Acme is 4 days past its own date, and Ben Ito has asked. Ask Ben Ito to leave it: you chase Acme.",
    )


def test_a_check_in_before_the_date_is_no_reason_to_chase_after_it() -> None:
    rows = contact("03-03", kind="thank_you").replace("10:00", "18:00") + contact("03-11")
    assert "date_passed" not in [what for what, _ in today(rows, "03-16", decides="2026-03-13")]


def test_a_check_in_is_offered_while_it_is_welcome_and_by_e_mail_where_they_want_no_calls() -> None:
    note = contact("03-03", kind="thank_you").replace("10:00", "18:00")
    quiet = contact("03-03", "client", "video", "no_calls").replace("10:00", "11:00")
    welcome = "Tell Ben Ito that a check-in with Acme is welcome until Fri 20 Mar; "
    assert today(note, "03-16", decides="2026-03-13") == [("check_in", welcome + "if by phone, mid-morning.")]
    assert today(note + quiet, "03-16", decides="2026-03-13") == [
        ("check_in", welcome + "by e-mail, they asked for no calls.")
    ]
    assert today(note, "03-23", decides="2026-03-13") == []


def test_a_note_not_seen_is_asked_about_and_never_called_missing() -> None:
    table = actions(scored("", "03-04", complete=False))
    assert table[["what", "sentence", "reason"]].to_numpy().tolist() == [
        [
            "note",
            "Call Ben Ito: interviewed at Acme Tue 3 Mar 10:00, no note seen.",
            "Your files may not show it: ask",
        ]
    ]
    assert actions(scored("", "03-04"))["reason"].tolist() == ["A note is still welcome"]
    assert not any("missing" in text for _, text in today("", "03-12", complete=False))


def test_a_missing_debrief_is_ours_and_an_interview_with_its_topics_recorded_has_had_one() -> None:
    note = contact("03-03", kind="thank_you").replace("10:00", "18:00")
    table = actions(scored(note, "03-04"))
    assert table[["what", "reason"]].to_numpy().tolist() == [["debrief", "Our miss, not the candidate's"]]
    heard = f"{HEAD},topics\n{MET},,,data migration\n{note}"
    log = load([("log.csv", heard.encode())], Answers("America/New_York", "US", "yes"))
    moment = pd.Timestamp("2026-03-04 08:30", tz="America/New_York")
    assert actions(score(log, default_policy(), moment)).empty


def test_an_old_export_is_told_to_be_stale() -> None:
    assert newest_contact_age(scored("", "03-08")) == 4
    assert not is_stale(scored("", "03-08"))
    assert is_stale(scored("", "03-09"))
    empty = score(load([], Answers()), default_policy(), pd.Timestamp("2026-03-08", tz="UTC"))
    assert newest_contact_age(empty) is None
    assert is_stale(empty)
    assert actions(empty).empty
