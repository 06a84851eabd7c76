"""What a coaching session says, in words and as HTML with every text escaped. Pure: values in, text out."""

from __future__ import annotations

from datetime import date
from html import escape
from typing import Final

import pandas as pd

from analysis.advice import reason_text
from analysis.agreed import Action, Check
from analysis.before_after import BeforeAfter
from analysis.coaching import Habit, Strength
from analysis.report import FAMILY_TITLES
from analysis.unseen import Unseen
from analysis.what_if import Outcome
from dashboard.dates import Dates
from dashboard.receipt import number

SIGNS: Final = {
    "kept": ("✓", "Kept"),
    "missed": ("✕", "Missed"),
    "cannot see": ("?", "Cannot see"),
    "open": ("…", "Still open"),
}
"""Sign and word of each outcome."""

VERDICTS: Final = {"better": "Clearly better", "worse": "Clearly lower", "no clear change": "No clear change"}
"""What a comparison says."""

RULE_WORDS: Final = {
    "next_round": "Practise at the next interview",
    "one_message": "Send one message by a day",
    "leave_it": "Leave it until a day",
}
"""The rules of an agreed action, as staff choose them."""


_NOTHING_NEW: Final = {
    "timing": "There has been no new wait for an answer since.",
    "over_contact": "There has been no follow-up to judge since.",
}


def day(when: date, dates: Dates) -> str:
    """A day in the reader's order, weekday named."""
    return dates.day(pd.Timestamp(when))


def because(check: Check, action: Action, dates: Dates) -> str:
    """Why an agreed action stands as it does, in one or two sentences."""
    on = day(check.on, dates) if check.on else ""
    due = day(action.due, dates)
    title = FAMILY_TITLES.get(action.family, "")
    points = f"{number(check.points)} of 100" if check.points is not None else ""
    quiet = action.rule == "leave_it"
    said = {
        "not_due": f"{points} so far; we look again on {due}." if points else f"We look again on {due}.",
        "not_loaded": f"{due} has passed. The next export will show." if not on else "The next export will show.",
        "seen": f"A follow-up went out on {on}." if quiet else f"A message went out on {on}.",
        "none_seen": f"Nothing was sent until {due}, and the files hold everything.",
        "not_complete": f"The files show nothing until {due}, but may not hold everything. How did it go?",
        "judged": f"{title} from {on}: {points}, and {number(action.least)} were agreed.",
        "no_round": _NOTHING_NEW.get(action.family, "There has been no interview since."),
        "round_pending": f"It is too early to say for {on}.",
        "round_not_seen": f"The files show nothing for {on}, but may not hold everything. How did it go?",
        "round_not_judged": f"{on} could not be judged. {reason_text(check.reason)}." if on else "",
        "application_gone": "The application it was about is no longer in the files. How did it go?",
    }
    return said[check.why]


def checked_by(action: Action, agreed_on: date, dates: Dates) -> str:
    """By what an action is checked, in one sentence."""
    since, due = day(agreed_on, dates), day(action.due, dates)
    title = FAMILY_TITLES.get(action.family, "").lower()
    return {
        "next_round": f"Checked by: {title}, {number(action.least)} of 100 or more, the first time after {since}.",
        "one_message": f"Checked by: a message to the employer from {since} to {due}.",
        "leave_it": f"Checked by: no follow-up to the employer until {due}.",
    }[action.rule]


def compared(found: BeforeAfter, since: date, dates: Dates) -> str:
    """A family before and after, in one sentence that claims nothing the numbers do not show."""
    if found.before is None or found.after is None:
        return ""
    sides = [
        f"{number(round(mean, 1))} of 100 ({rounds} {'round' if rounds == 1 else 'rounds'})"
        for mean, rounds in ((found.before, found.rounds_before), (found.after, found.rounds_after))
    ]
    verdict = VERDICTS[found.verdict]
    few = "" if found.enough else ": so few rounds cannot show one"
    title = FAMILY_TITLES[found.family]
    return f"{title} before {day(since, dates)}: {sides[0]}; since then: {sides[1]}. {verdict}{few}."


def strength(found: Strength) -> str:
    """Something done well, large."""
    rests = f"{found.where}: {number(found.points)} of 100" if found.points is not None else ""
    return _large(found.sentence, rests, "✓", "good")


def habit(found: Habit | None) -> str:
    """One habit to practise, large; asked where it rests on something that the files do not show."""
    if found is None:
        return _large("Keep doing what you do.", "Nothing was taken off in what could be judged.", "✓", "good")
    if found.unseen:
        seen = f"{found.where}: the files show no message of that kind. Did you send {found.unseen}?"
    else:
        seen = f"{found.where}: {found.title.lower()}, {found.measured}."
    return _large(found.sentence, seen, "→", "next")


def question(one: Unseen, dates: Dates, left: int) -> str:
    """What to ask about a note that the files do not show."""
    to = " and ".join(one.names) if one.names else "them"
    after = dates.known(one.at, one.precision)
    where = f" at {one.client}" if one.client else ""
    more = f"{left - 1} more to ask after this one." if left > 1 else ""
    if one.status == "pending":
        more = f"There is still time for one. {more}".strip()
    return _large(
        f"I can’t see a note to {to} after the interview{where} on {after}: did you send one?", more, "?", "asked"
    )


_SUPPOSED: Final = {
    "note": "had the note gone out on {day}, that evening",
    "window": "had the check-in gone out on {day}",
    "one": "had the first check-in of {day} been the only one",
}


def supposed(found: Outcome, dates: Dates) -> str:
    """What one thing done differently would have given; said as what it is, a supposition."""
    idea = found.what_if
    change = _SUPPOSED[idea.change].format(day=dates.short(idea.at))
    title = FAMILY_TITLES[idea.family].lower()
    where = f" at {idea.client}" if idea.client else ""
    said = f"The same process, {change}: {title}{where} {number(found.family_before)} → {number(found.family_after)}"
    if found.overall_before is not None and found.overall_after is not None:
        said += f", overall {number(found.overall_before)} → {number(found.overall_after)}"
    return f'<p class="ft-supposed"><b>What if?</b> {escape(said)}. Supposed, not kept.</p>'


def agreed(action: Action, check: Check, agreed_on: date, dates: Dates) -> str:
    """An agreed action with how it stands, large."""
    sign, word = SIGNS[check.outcome]
    kind = check.outcome.replace(" ", "-")
    return (
        f'<div class="ft-agreed"><p class="ft-large">{escape(action.sentence)}</p>'
        f'<p class="ft-outcome ft-{kind}"><b><span aria-hidden="true">{sign}</span> {word}</b> '
        f"{escape(because(check, action, dates))}</p>"
        f'<p class="ft-quiet">{escape(checked_by(action, agreed_on, dates))}</p></div>'
    )


def earlier(action: Action | None, check: Check | None, note: str, held_on: date, author: str, dates: Dates) -> str:
    """An earlier session on a few lines."""
    head = f'<p class="ft-quiet">{escape(day(held_on, dates))}, with {escape(author)}</p>'
    told = f'<p class="ft-who">{escape(action.sentence)}</p>' if action else ""
    if action and check:
        sign, word = SIGNS[check.outcome]
        told += (
            f'<p class="ft-quiet"><b><span aria-hidden="true">{sign}</span> {word}.</b> '
            f"{escape(because(check, action, dates))}</p>"
        )
    more = f'<p class="ft-who">{escape(note)}</p>' if note else ""
    return f'<div class="ft-earlier">{head}{told}{more}</div>'


def _large(sentence: str, quiet: str, sign: str, kind: str) -> str:
    below = f'<p class="ft-quiet">{escape(quiet)}</p>' if quiet else ""
    return (
        f'<div class="ft-said ft-{kind}"><p class="ft-large"><span aria-hidden="true">{sign}</span> '
        f"{escape(sentence)}</p>{below}</div>"
    )


STYLE: Final = """<style>
.ft-large { font-size: 1.55rem; line-height: 1.35; font-weight: 550; margin: 0 0 .2rem; overflow-wrap: anywhere; }
.ft-said, .ft-agreed { border-left: 5px solid var(--ft-border); padding: .15rem 0 .15rem 1rem; }
.ft-said.ft-good { border-color: #009E73; } .ft-said.ft-next { border-color: #0072B2; }
.ft-said.ft-asked { border-color: #E69F00; }
.ft-outcome { font-size: 1.15rem; line-height: 1.45; margin: .3rem 0; overflow-wrap: anywhere; }
.ft-outcome b { border: 1px solid var(--ft-quiet); border-radius: 999px; padding: .05rem .7rem; margin-right: .3rem;
  white-space: nowrap; }
.ft-outcome.ft-kept b { border-color: #009E73; } .ft-outcome.ft-missed b { border-color: #D55E00; }
.ft-supposed { margin: .3rem 0 0 1.3rem; line-height: 1.45; overflow-wrap: anywhere; }
.ft-earlier { border-top: 1px solid var(--ft-border); padding-top: .5rem; }
.ft-who { margin: 0; overflow-wrap: anywhere; line-height: 1.45; white-space: pre-line; }
.st-key-coaching .ft-h2 { margin-top: 1.4rem; }
</style>"""
"""Looks of what this module writes."""
