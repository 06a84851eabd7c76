"""What a coaching session says: every outcome in words with a sign, nothing claimed that the numbers do not show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from analysis.agreed import WHY, Action, Check, Outcome
from analysis.before_after import compare
from analysis.coaching import Habit, Strength
from dashboard.coaching import words
from dashboard.dates import Dates

DATES = Dates("en-GB")
TENTH, TWELFTH, DUE = date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 13)
NOTE = Action("A note the same evening.", "next_round", DUE, "thank_you")
WRITE = Action("One friendly message.", "one_message", DUE)
REST = Action("Leave it.", "leave_it", DUE)


@pytest.mark.parametrize(
    ("action", "outcome", "why", "said"),
    [
        (WRITE, "open", "not_due", "We look again on Fri, 13 Mar 2026."),
        (WRITE, "open", "not_loaded", "The next export will show."),
        (WRITE, "kept", "seen", "A message went out on Thu, 12 Mar 2026."),
        (REST, "missed", "seen", "A follow-up went out on Thu, 12 Mar 2026."),
        (REST, "kept", "none_seen", "Nothing was sent until Fri, 13 Mar 2026, and the files hold everything."),
        (WRITE, "cannot see", "not_complete", "but may not hold everything. How did it go?"),
        (NOTE, "missed", "judged", "Thank-you promptness from Thu, 12 Mar 2026: 62.5 of 100, and 90 were agreed."),
        (NOTE, "open", "no_round", "There has been no interview since."),
        (NOTE, "open", "round_pending", "It is too early to say for Thu, 12 Mar 2026."),
        (NOTE, "cannot see", "round_not_seen", "The files show nothing for Thu, 12 Mar 2026"),
        (NOTE, "open", "round_not_judged", "For this client contact runs through the agency."),
        (WRITE, "cannot see", "application_gone", "no longer in the files. How did it go?"),
    ],
)
def test_each_outcome_says_why(action: Action, outcome: Outcome, why: str, said: str) -> None:
    points = 62.5 if why == "judged" else None
    check = Check(outcome, why, TWELFTH, points, reason="via_agency" if why == "round_not_judged" else "")
    shown = words.agreed(action, check, TENTH, DATES)
    sign, word = words.SIGNS[outcome]
    assert said in shown
    assert f'<span aria-hidden="true">{sign}</span> {word}</b>' in shown
    assert "Checked by: " in shown


def test_no_reason_is_left_without_words() -> None:
    for why in WHY:
        assert words.because(Check("open", why, TWELFTH, 50.0, reason="closed"), NOTE, DATES)


def test_no_clear_change_is_said_and_why_few_rounds_cannot_show_one() -> None:
    few = words.compared(compare("timing", [50.0], [100.0]), TENTH, DATES)
    assert few == (
        "Follow-up timing before Tue, 10 Mar 2026: 50 of 100 (1 round); since then: 100 of 100 (1 round). "
        "No clear change: so few rounds cannot show one."
    )
    same = words.compared(compare("timing", [50.0, 100.0] * 4, [100.0, 50.0] * 4), TENTH, DATES)
    assert same.endswith("75 of 100 (8 rounds). No clear change.")
    assert words.compared(compare("timing", [40.0] * 6, [100.0] * 6), TENTH, DATES).endswith("Clearly better.")
    assert words.compared(compare("timing", [100.0] * 6, [40.0] * 6), TENTH, DATES).endswith("Clearly lower.")
    assert words.compared(compare("timing", [], [100.0]), TENTH, DATES) == ""


def test_what_the_files_do_not_show_is_asked_and_not_asserted() -> None:
    told = Habit("missed", "timing", "One message is expected.", "The follow-up was missed", "", "", "", "Acme", 30, 1)
    assert "was missed" in words.habit(told)
    asked = replace(told, unseen="a follow-up")
    shown = words.habit(asked)
    assert "Did you send a follow-up?" in shown
    assert "was missed" not in shown
    assert "Keep doing what you do." in words.habit(None)


def test_texts_from_files_and_notes_stay_text() -> None:
    bad = "<img src=x onerror=alert(1)>"
    action = Action(bad, "leave_it", DUE)
    check = Check("open", "not_due")
    for shown in (
        words.agreed(action, check, TENTH, DATES),
        words.earlier(action, check, bad, TENTH, bad, DATES),
        words.strength(Strength(bad, bad, "timing", 100.0)),
    ):
        assert "<img" not in shown
        assert "&lt;img" in shown
