"""An agreed action is checked by what happened since, and never called missed where nothing can be seen."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from analysis import Answers, Scores, default_policy, load, score
from analysis.agreed import WHY, Action, check, outcome, working_day

HEAD = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
ANA = "Ana Lind,Acme,direct,Dana Osei,dana@acme.example"
FIRST = f"{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,in_person,interview\n"
SECOND = f"{ANA},2026-03-17 10:00,2026-03-17 11:00,client,candidate,in_person,interview\n"
CHASE = f"{ANA},2026-03-12 10:00,,candidate,client,email,follow_up\n"
SESSION = date(2026, 3, 10)
NOTE = Action("Send a short note the same evening.", "next_round", date(2026, 4, 30), "thank_you")
WRITE = Action("One friendly message by the thirteenth.", "one_message", date(2026, 3, 13))
REST = Action("Leave it until the thirteenth.", "leave_it", date(2026, 3, 13))


def scored(rows: str, complete: str = "yes", day: str = "2026-04-15") -> Scores:
    answers = Answers(zone="America/New_York", calendar="US", complete=complete)  # type: ignore[arg-type]
    log = load([("log.csv", (HEAD + rows).encode())], answers)
    return score(log, default_policy(), pd.Timestamp(day, tz="America/New_York"))


def stands(action: Action, scores: Scores) -> str:
    return outcome(action, SESSION, scores, str(scores.candidates["candidate_key"].iloc[0]))


def thanked(at: str) -> str:
    return f"{ANA},{at},,candidate,client,email,thank_you\n"


@pytest.mark.parametrize(
    ("rows", "complete", "expected"),
    [
        (FIRST, "yes", "open"),
        (FIRST + SECOND + thanked("2026-03-17 19:00"), "yes", "kept"),
        (FIRST + SECOND + thanked("2026-03-20 19:00"), "yes", "missed"),
        (FIRST + SECOND, "yes", "missed"),
        (FIRST + SECOND, "no", "cannot see"),
        (FIRST + thanked("2026-03-03 19:00"), "yes", "open"),
    ],
)
def test_a_note_after_the_next_interview(rows: str, complete: str, expected: str) -> None:
    assert stands(NOTE, scored(rows, complete)) == expected


@pytest.mark.parametrize(
    ("action", "rows", "complete", "day", "expected"),
    [
        (WRITE, FIRST + CHASE, "no", "2026-03-12 18:00", "kept"),
        (WRITE, FIRST, "yes", "2026-03-12", "open"),
        (WRITE, FIRST, "yes", "2026-03-16", "missed"),
        (WRITE, FIRST, "no", "2026-03-16", "cannot see"),
        (REST, FIRST + CHASE, "no", "2026-03-12 18:00", "missed"),
        (REST, FIRST, "yes", "2026-03-12", "open"),
        (REST, FIRST, "yes", "2026-03-16", "kept"),
        (REST, FIRST, "no", "2026-03-16", "cannot see"),
    ],
)
def test_a_message_by_a_day_or_none(action: Action, rows: str, complete: str, day: str, expected: str) -> None:
    assert stands(action, scored(rows, complete, day)) == expected


def test_an_action_that_nobody_could_check_is_refused() -> None:
    with pytest.raises(ValueError, match="no rule 'be_nice'"):
        Action("Be nice.", "be_nice", SESSION)
    with pytest.raises(ValueError, match="belongs to the rule next_round"):
        Action("Write soon.", "one_message", SESSION, "timing")


COVERED = {"log.csv": date(2026, 3, 16)}
BEFORE = {"log.csv": date(2026, 3, 10)}


@pytest.mark.parametrize(
    ("action", "complete", "loaded", "expected"),
    [
        (WRITE, "yes", BEFORE, ("open", "not_loaded")),
        (WRITE, "yes", COVERED, ("missed", "none_seen")),
        (WRITE, "no", BEFORE, ("open", "not_loaded")),
        (WRITE, "no", COVERED, ("cannot see", "not_complete")),
        (WRITE, "not-sure", COVERED, ("cannot see", "not_complete")),
        (REST, "yes", BEFORE, ("open", "not_loaded")),
        (REST, "yes", COVERED, ("kept", "none_seen")),
        (REST, "not-sure", COVERED, ("cannot see", "not_complete")),
        (WRITE, "yes", {"log.csv": date(2026, 3, 13)}, ("open", "not_loaded")),
        (WRITE, "yes", {**BEFORE, "another_desk.csv": date(2026, 3, 16)}, ("cannot see", "not_complete")),
    ],
)
def test_a_day_that_has_passed_is_judged_by_a_file_that_was_loaded_after_it(
    action: Action, complete: str, loaded: dict[str, date], expected: tuple[str, str]
) -> None:
    scores = scored(FIRST, complete, "2026-03-17")
    found = check(action, SESSION, scores, str(scores.candidates["candidate_key"].iloc[0]), loaded)
    assert (found.outcome, found.why) == expected


def test_a_message_is_named_by_its_day_and_its_line() -> None:
    scores = scored(FIRST + CHASE, "no", "2026-03-17")
    found = check(WRITE, SESSION, scores, str(scores.candidates["candidate_key"].iloc[0]), BEFORE)
    assert (found.outcome, found.on, found.references) == ("kept", date(2026, 3, 12), ("log.csv:3",))


def test_a_late_thank_you_is_a_message_too_and_no_breach_of_leaving_it() -> None:
    rows = FIRST + thanked("2026-03-12 09:00")
    assert stands(WRITE, scored(rows, "yes", "2026-03-17")) == "kept"
    assert stands(REST, scored(rows, "yes", "2026-03-17")) == "kept"


def test_what_happened_on_the_day_of_the_session_counts_only_in_favour() -> None:
    morning = FIRST + f"{ANA},2026-03-10 08:00,,candidate,client,email,follow_up\n"
    assert stands(WRITE, scored(morning, "yes", "2026-03-17")) == "kept"
    assert stands(REST, scored(morning, "yes", "2026-03-17")) == "kept"
    same = FIRST + f"{ANA},2026-03-10 10:00,2026-03-10 11:00,client,candidate,in_person,interview\n"
    assert stands(NOTE, scored(same + thanked("2026-03-10 19:00"))) == "kept"
    assert stands(NOTE, scored(same + thanked("2026-03-13 19:00"))) == "open"


def test_answering_the_employer_is_no_breach_of_leaving_it() -> None:
    asked = (
        f"{ANA},2026-03-11 09:00,,client,candidate,email,reply\n{ANA},2026-03-11 10:00,,candidate,client,email,reply\n"
    )
    assert stands(REST, scored(FIRST + asked, "yes", "2026-03-17")) == "kept"


def test_the_due_day_ends_on_the_employers_clock() -> None:
    head = HEAD.replace("route,", "route,client_zone,")
    there = FIRST.replace("direct,", "direct,America/Los_Angeles,")
    log = load([("log.csv", (head + there).encode())], Answers(zone="Europe/London", calendar="GB", complete="yes"))
    for hour, expected in (("2026-03-14 06:00", "open"), ("2026-03-14 08:00", "missed")):
        scores = score(log, default_policy(), pd.Timestamp(hour, tz="Europe/London"))
        assert stands(WRITE, scores) == expected


def test_a_missing_note_waits_for_a_file_that_reaches_beyond_the_interview() -> None:
    scores = scored(FIRST + SECOND, "yes")
    key = str(scores.candidates["candidate_key"].iloc[0])
    assert outcome(NOTE, SESSION, scores, key, {"log.csv": date(2026, 3, 17)}) == "open"
    assert outcome(NOTE, SESSION, scores, key, {"log.csv": date(2026, 4, 1)}) == "missed"


def test_restraint_is_settled_when_the_day_is_over() -> None:
    rest = Action("Leave a week between.", "next_round", date(2026, 4, 30), "over_contact")
    once = FIRST + SECOND + f"{ANA},2026-03-26 10:00,,candidate,client,email,follow_up\n"
    assert stands(rest, scored(once, "yes", "2026-04-15")) == "open"
    assert stands(rest, scored(once, "yes", "2026-05-04")) == "kept"
    often = once + "".join(f"{ANA},2026-03-{day} 10:00,,candidate,client,email,follow_up\n" for day in (27, 28, 30))
    assert stands(rest, scored(often, "yes", "2026-04-15")) == "missed"


def test_an_action_for_one_client_is_not_kept_at_another() -> None:
    bolt = CHASE.replace("Acme", "Bolt").replace("dana@acme", "dana@bolt")
    scores = scored(FIRST + FIRST.replace("Acme", "Bolt").replace("dana@acme", "dana@bolt") + bolt, "yes", "2026-03-17")
    keys = scores.applications.set_index("client")["application_key"]
    for client, expected in (("Acme", "missed"), ("Bolt", "kept")):
        there = Action("One message.", "one_message", date(2026, 3, 13), application_key=str(keys[client]))
        assert stands(there, scores) == expected


def test_an_application_that_is_gone_cannot_be_seen() -> None:
    gone = Action("One message.", "one_message", date(2026, 3, 13), application_key="0" * 16)
    assert stands(gone, scored(FIRST, "yes", "2026-03-12")) == "open"
    assert stands(gone, scored(FIRST, "yes", "2026-03-17")) == "cannot see"


@pytest.mark.parametrize(
    ("after", "count", "calendar", "expected"),
    [
        (date(2026, 3, 13), 0, "US", date(2026, 3, 13)),
        (date(2026, 3, 14), 0, "US", date(2026, 3, 16)),
        (date(2026, 7, 3), 0, "US", date(2026, 7, 6)),
        (date(2026, 7, 3), 0, "", date(2026, 7, 3)),
        (date(2026, 12, 24), 1, "GB", date(2026, 12, 29)),
        (date(2026, 12, 28), 5, "US", date(2027, 1, 5)),
    ],
)
def test_a_working_day_is_none_of_the_clients_days_off(after: date, count: int, calendar: str, expected: date) -> None:
    assert working_day(after, count, calendar) == expected


def test_every_reason_of_a_check_has_a_name() -> None:
    scores = scored(FIRST, "yes", "2026-03-12")
    found = check(NOTE, SESSION, scores, str(scores.candidates["candidate_key"].iloc[0]))
    assert found.why == "not_due"
    assert found.why in WHY
