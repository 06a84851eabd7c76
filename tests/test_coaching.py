"""A session begins with something done well, then one habit: the one that costs most and was not mended since."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis import Answers, Scores, default_policy, load, score
from analysis.advice import SENTENCES
from analysis.agreed import RULES
from analysis.coaching import DONE_WELL, PRACTISE, Habit, Strength, habit, strength, suggestions
from analysis.report import report
from analysis.results import FAMILIES

POLICY = default_policy()
HEAD = (
    "candidate,client,job,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind,decision_on,"
    "decision_asked\n"
)


def at(client: str, route: str = "direct") -> str:
    return f"Ana Lind,{client},,{route},Dana Osei,dana@{client.lower()}.example"


def met(client: str, day: str, decides: str = "") -> str:
    asked = f"{decides},yes" if decides else ","
    return f"{at(client)},{day} 10:00,{day} 11:00,client,candidate,in_person,interview,{asked}\n"


def wrote(client: str, when: str, kind: str) -> str:
    return f"{at(client)},{when},,candidate,client,email,{kind},,\n"


GOOD = met("Acme", "2026-03-03", "2026-03-10") + wrote("Acme", "2026-03-03 19:00", "thank_you")
GOOD += wrote("Acme", "2026-03-12 10:00", "follow_up")
EARLY = met("Bolt", "2026-03-17", "2026-03-27") + wrote("Bolt", "2026-03-17 19:00", "thank_you")
EARLY += wrote("Bolt", "2026-03-19 10:00", "follow_up")
SILENT = met("Core", "2026-03-17", "2026-03-20")


def scored(rows: str, complete: str = "yes", day: str = "2026-04-30") -> Scores:
    answers = Answers(zone="America/New_York", calendar="US", complete=complete)  # type: ignore[arg-type]
    log = load([("log.csv", (HEAD + rows).encode())], answers)
    return score(log, POLICY, pd.Timestamp(day, tz="America/New_York"))


def key(scores: Scores) -> str:
    return str(scores.candidates["candidate_key"].iloc[0])


def praised(scores: Scores, practised: str = "") -> Strength:
    return strength(report(scores, key(scores), POLICY.bands), POLICY.bands.strong, practised)


def practise(scores: Scores, since: date | None = None) -> Habit | None:
    return habit(scores, key(scores), POLICY, since)


def test_what_was_well_judged_is_said_first_with_where_it_was() -> None:
    found = praised(scored(GOOD))
    assert (found.family, found.where, found.points) == ("thank_you", "Acme", 100.0)
    assert found.sentence == DONE_WELL["thank_you"]


def test_what_is_to_be_practised_is_not_what_is_praised_while_there_is_something_else() -> None:
    assert praised(scored(GOOD), "thank_you").family == "timing"


def test_with_nothing_strong_the_first_word_is_true_and_kind() -> None:
    assert praised(scored(SILENT, "no")).sentence in DONE_WELL.values()
    bare = SILENT.replace("2026-03-20,yes", ",").replace("dana@core.example", "")
    scores = scored(bare.replace("Dana Osei", ""))
    assert praised(scores) == Strength("You were invited to an interview, and went.")
    booked = scored(SILENT, day="2026-03-01")
    assert praised(booked).sentence == "You are in the running, and you came to talk about it."


def test_the_habit_is_the_dearest_one_with_an_example() -> None:
    found = practise(scored(GOOD + EARLY))
    assert found is not None
    assert (found.finding, found.family, found.where, found.times) == ("too_early", "timing", "Bolt", 1)
    assert found.sentence == SENTENCES["too_early"]
    assert "before their date" in found.measured


def test_where_nothing_was_taken_off_there_is_no_habit() -> None:
    assert practise(scored(GOOD)) is None


def test_a_habit_that_was_mended_since_the_last_session_is_not_preached_again() -> None:
    mended = met("Core", "2026-04-07", "2026-04-14") + wrote("Core", "2026-04-07 19:00", "thank_you")
    mended += wrote("Core", "2026-04-16 10:00", "follow_up")
    scores = scored(EARLY + mended)
    before, since = practise(scores), practise(scores, date(2026, 4, 1))
    assert before is not None
    assert before.finding == "too_early"
    assert since is None or since.finding != "too_early"


def test_without_a_round_since_the_last_session_the_habit_of_before_stays() -> None:
    found = practise(scored(EARLY), date(2026, 4, 1))
    assert found is not None
    assert found.finding == "too_early"


def test_what_was_not_seen_is_to_be_asked() -> None:
    found = practise(scored(SILENT))
    assert found is not None
    assert found.unseen in ("a thank-you", "a follow-up")
    early = practise(scored(EARLY))
    assert early is not None
    assert early.unseen == ""


def test_nothing_that_cannot_be_seen_is_a_habit() -> None:
    found = practise(scored(SILENT, "not-sure"))
    assert found is None or found.family not in ("thank_you", "timing")


def test_what_fits_the_habit_is_suggested_first() -> None:
    early, silent = practise(scored(EARLY)), practise(scored(SILENT))
    assert early is not None
    assert silent is not None
    offers = suggestions(early, "Bolt")
    assert list(offers) == ["next_round", "one_message", "leave_it"]
    assert (offers["next_round"].family, offers["next_round"].sentence) == ("timing", early.sentence)
    assert offers["one_message"].sentence == "Send Bolt one friendly message."
    often = GOOD + "".join(wrote("Acme", f"2026-03-{day} 10:00", "follow_up") for day in (13, 16, 17, 18))
    pushed = practise(scored(often))
    assert pushed is not None
    assert pushed.family == "over_contact"
    assert next(iter(suggestions(pushed, ""))) == "leave_it"
    assert next(iter(suggestions(None, ""))) == "next_round"


def test_every_family_has_its_praise_and_its_exercise_and_every_rule_its_offer() -> None:
    assert tuple(DONE_WELL) == tuple(PRACTISE) == FAMILIES
    assert set(suggestions(None, "Acme")) == set(RULES)


def test_a_good_thank_you_since_mends_no_habit_of_another_kind() -> None:
    thanked = met("Core", "2026-04-27") + wrote("Core", "2026-04-27 19:00", "thank_you")
    found = practise(scored(EARLY + thanked), date(2026, 4, 20))
    assert found is not None
    assert found.finding == "too_early"
