"""The coaching page without a browser: one candidate alone, what is agreed is kept, and names stay text."""

from __future__ import annotations

import pandas as pd
import pytest
from contact_logs import HOSTILE_NAMES, TOO_EARLY, hostile_log
from streamlit.testing.v1 import AppTest
from test_views import html, labels, opened, sound, uploaded

from analysis.identifiers import opaque, plain_name

PAGE = "views/coaching.py"
OTHER = TOO_EARLY.replace("Cleo Marsh", "Theo Barnes").replace("acme", "bolt").replace("Acme", "Bolt")
BOTH = TOO_EARLY + OTHER.partition("\n")[2]


def key(name: str) -> str:
    return opaque(pd.Series([plain_name(name)]))[0]


def sat(name: str = "Cleo Marsh", log: str = BOTH) -> AppTest:
    """The page of one candidate of an uploaded log."""
    at = uploaded(("log.csv", log))
    at.query_params["candidate"] = key(name)
    return sound(at.switch_page(PAGE).run())


def press(at: AppTest, label: str) -> AppTest:
    return sound(next(b for b in at.button if b.label == label).click().run())


def everything(at: AppTest) -> str:
    """Every text that reaches the page."""
    return html(at) + repr([[w.label, getattr(w, "options", ""), str(w.value)] for w in (*at.selectbox, *at.text_area)])


def test_without_a_candidate_the_page_lets_one_be_chosen_and_then_shows_no_list() -> None:
    at = sound(opened().switch_page(PAGE).run())
    assert "from here on the page shows nobody else" in html(at)
    at = sound(at.selectbox[0].select_index(0).run())
    assert "Done well" in html(at)
    assert [box.label for box in at.selectbox if box.label == "Candidate"] == []


def test_the_page_begins_with_what_was_done_well_then_one_habit_then_what_to_agree() -> None:
    shown = html(sat())
    places = [shown.index(part) for part in ("Cleo Marsh", "Done well", "One thing to practise", "Agree on one thing")]
    assert places == sorted(places)
    assert "You said thank you while the talk was still fresh." in shown
    assert "Let their date pass (or about a week), then check in." in shown
    assert "An aid for coaching, not for selecting people." in shown


def test_nobody_else_is_on_the_page() -> None:
    at = sat()
    for other in ("Theo", "Barnes", "Bolt", key("Theo Barnes")):
        assert other not in everything(at)


def test_what_is_agreed_is_kept_shown_with_its_check_and_taken_back() -> None:
    at = press(sat(), "Agree")
    shown = html(at)
    assert "Agreed and kept." in shown
    assert "What we agreed today" in shown
    assert "Still open" in shown
    assert "Checked by: follow-up timing, 90 of 100 or more" in shown
    assert "Agree" not in labels(at)
    at = press(at, "Take back")
    assert "Taken back." in html(at)
    assert "What we agreed today" not in html(at)
    assert "Agree" in labels(at)


def test_another_rule_proposes_another_sentence_and_own_words_are_kept() -> None:
    at = sat()
    at = sound(at.radio[0].set_value("leave_it").run())
    sentence = next(box for box in at.text_area if box.label == "In your words")
    assert sentence.value == "Leave it with Acme for now; we ask on your behalf."
    sentence.set_value("Give Acme until Easter")
    next(box for box in at.text_area if box.label == "Note for both of you").set_value("Bring two references")
    at = press(at, "Agree")
    assert "Give Acme until Easter" in html(at)
    assert "Bring two references" in html(at)
    assert "Checked by: no follow-up to the employer until" in html(at)


def test_nothing_is_kept_without_a_sentence() -> None:
    at = sat()
    next(box for box in at.text_area if box.label == "In your words").set_value("  ")
    at = press(at, "Agree")
    assert "Write down in a sentence what you agree on." in html(at)
    assert "What we agreed today" not in html(at)


def test_a_day_off_gives_the_next_working_day_in_words() -> None:
    at = sat()
    chosen = at.date_input[0].value
    assert chosen is not None
    saturday = chosen + pd.Timedelta(days=(5 - chosen.weekday()) % 7)
    at = sound(at.date_input[0].set_value(saturday).run())
    assert "is no working day there, so we look again on" in html(at)


def test_a_candidate_who_is_not_in_the_files_is_said_to_be_missing() -> None:
    shown = html(sat("Nobody Known"))
    assert "The files that are loaded hold no such candidate." in shown


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_stays_text(name: str) -> None:
    at = sat(name, hostile_log())
    shown = html(at)
    assert "Done well" in shown
    assert "<img src=https" not in shown
    assert "<script>" not in shown
    at = press(at, "Agree")
    assert "<img src=https" not in html(at)


HEADER = "candidate,client,route,interviewer,interviewer_email,at,ended_at,sender,receiver,channel,kind\n"
ANA = "Ana Lind,Acme,direct,Dana Osei,dana@acme.example"
UNSEEN = f"""{HEADER}{ANA},2026-03-03 10:00,2026-03-03 11:00,client,candidate,video,interview
{ANA},2026-03-11 10:00,,candidate,client,email,follow_up
"""
QUESTION = "I can’t see a note to Dana Osei after the interview at Acme on"


def promptness(at: AppTest) -> str:
    """What the candidate's own page says of the thank-you."""
    shown = html(sound(at.switch_page("views/candidate.py").run()))
    return shown.partition("Thank-you promptness</h4>")[2].partition("</b>")[0]


def test_a_note_that_cannot_be_seen_is_asked_about_and_a_yes_counts_at_once() -> None:
    at = sat("Ana Lind", UNSEEN)
    assert QUESTION in html(at)
    at = press(at, "Yes, that evening")
    assert "Noted, and it counts from now on." in html(at)
    assert QUESTION not in html(at)
    assert "100" in promptness(at)


def test_a_no_counts_as_the_candidates_own_word() -> None:
    at = press(sat("Ana Lind", UNSEEN), "No")
    assert "Noted: no note was sent." in html(at)
    assert QUESTION not in html(at)
    assert ">0 " in promptness(at)


def test_whoever_does_not_know_is_not_asked_again_and_nothing_counts() -> None:
    at = press(sat("Ana Lind", UNSEEN), "Don’t know")
    assert QUESTION not in html(at)
    assert "cannot see" in promptness(at)


def test_another_day_counts_from_that_day() -> None:
    at = sat("Ana Lind", UNSEEN)
    (day,) = [d for d in at.date_input if d.label == "On"]
    at = sound(day.set_value(pd.Timestamp("2026-03-06").date()).run())
    at = press(at, "That is when")
    assert QUESTION not in html(at)
    said = promptness(at)
    assert "100" not in said
    assert "cannot see" not in said


def test_beside_the_habit_stands_what_it_would_have_given_and_nothing_is_kept() -> None:
    shown = html(sat())
    assert "<b>What if?</b> The same process, had the check-in gone out on" in shown
    assert "Supposed, not kept." in shown
    assert html(sat()).count("What if?") == 1
