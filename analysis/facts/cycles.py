"""Waiting cycles: from the end of a round, or an employer's message that leaves it open, to the next word."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.clock import MICROS_DAY, MICROS_HOUR, Clock
from analysis.columns import Columns
from analysis.facts.decisions import NO_DAY, Decisions
from analysis.kinds import Classified
from analysis.segments import Bools, Ints, firsts, last_true, next_true, running_count
from analysis.timeline import Timeline, channel

OPEN: Final = -1


def find_cycles(
    line: Timeline,
    classes: Classified,
    decisions: Decisions,
    rounds: Columns,
    of_round: Ints,
    via_agency: Bools,
    clock: Clock,
    as_of: int,
) -> Columns:
    """One row a waiting cycle.

    ``app``, ``round``, ``entry`` (what opened it), ``starts`` (instant), ``day`` (employer's), ``closed_by``
    (entry, -1 while
    open), ``closed_how`` (``""``, ``moved``, ``withdrawn``, ``hired``, ``closed``). The first follow-up:
    ``contact`` (entry, -1 none),
    ``invited``; or, while there is none, the moment of measuring. Measured at either: ``due`` (decision date, -1 none),
    ``vague``, ``after_due`` and ``after_start`` (business days), ``calendar_days``, ``stale_due`` (the date had
    passed before the
    cycle began), ``promised`` (told "we will contact you"), ``hour`` (employer's clock, NaN where it does not count),
    ``off_day``. ``silenced``: told not to contact. ``checked_before``: an earlier cycle of the round has a follow-up,
    or the candidate checked in when the employer had asked for it.
    """
    opened_by_round = np.zeros(len(line), dtype=bool)
    opened_by_round[rounds["entry"]] = True
    ends = rounds["ends"]
    after = (of_round >= 0) & (line.at >= ends[of_round]) if len(rounds) else np.zeros(len(line), dtype=bool)
    agreed = line.with_agency & line.words["agreed_check_in"].to_numpy(dtype=bool) & decisions.states_date
    news = _news(line, classes, decisions) & ~agreed
    opener = after & news & ~decisions.moves & ~opened_by_round
    closer = (decisions.moves | decisions.withdrawn) & (of_round >= 0)
    boundary = opened_by_round | opener | closer
    entry = np.flatnonzero(opened_by_round | opener)
    coming = next_true(boundary, line.first)[entry]
    number = of_round[entry]
    starts = np.where(opened_by_round[entry], ends[number] if len(rounds) else line.at[entry], line.at[entry])
    app = line.app[entry]
    day = clock.day(line.zone[app], starts)

    follow = classes.is_class("follow_up") | (classes.invited & (classes.invited_day >= 0))
    follow &= after | ~line.timed  # a contact during the interview, before its end, belongs to no wait
    contact = _same_day(follow, line, _first(follow, line, entry, coming), coming)
    check_in = _agreed_contact(line, agreed, entry, coming)
    via = via_agency[app]
    contact = np.where(via, check_in, contact)

    seen = contact >= 0
    moment = np.where(seen, line.at[contact], as_of)
    contact_day = np.where(seen, line.day[contact], clock.day(line.zone[app], np.full(len(app), as_of)))
    stand = np.where(seen, np.maximum(contact - 1, entry), _last_entry(line, entry, coming))
    due = decisions.day[stand]
    vague = decisions.vague[stand]
    invited = seen & classes.invited[contact] & (classes.invited_day[contact] >= 0)
    due = np.where(invited, classes.invited_day[contact], due)
    source = np.where(invited, contact, decisions.source[stand])
    calendar = line.calendar[app]
    hour = (line.local[contact] % MICROS_DAY) / MICROS_HOUR
    call = seen & (line.channel[contact] == channel("call")) & ~invited
    call &= line.timed[contact] & ~line.logged_only[contact]
    promised = last_true(decisions.will_contact, line.first, before=False)[stand]
    opened = rounds["entry"][number] if len(rounds) else number
    told_off = last_true(decisions.no_contact, line.first, before=False)[stand]
    how = _closed_how(line, coming)
    # an earlier wait of the round in which they checked in
    opens = firsts(number)
    asked = classes.invited | (classes.is_class("reply") & line.words["asks_status"].to_numpy(dtype=bool))
    as_asked = np.zeros(len(rounds), dtype=bool)
    as_asked[of_round[asked & (of_round >= 0)]] = True
    return Columns(
        {
            "app": app,
            "round": number,
            "entry": entry,
            "starts": starts,
            "day": day,
            "closed_by": coming,
            "closed_how": how,
            "contact": contact,
            "moment": moment,
            "invited": invited,
            "due": np.where(due >= 0, due, NO_DAY),
            "due_source": source,
            "vague": vague & ~invited,
            "after_due": np.where(due >= 0, clock.days_between(calendar, due, contact_day), 0),
            "after_start": clock.days_between(calendar, day, contact_day),
            "calendar_days": contact_day - day,
            "stale_due": (due >= 0) & (due < day) & ~opened_by_round[entry],
            "promised": promised >= entry,
            "hour": np.where(call, hour, np.nan),
            "off_day": call & clock.is_off(calendar, contact_day),
            "silenced": told_off >= opened,
            "checked_before": (running_count(seen, opens) > seen) | as_asked[number],
            "agreed": via & (next_true(agreed, line.first)[entry] >= 0),
        }
    )


def _news(line: Timeline, classes: Classified, decisions: Decisions) -> Bools:
    """The employer's messages that leave the decision open, and a date that was moved."""
    message = classes.human & ~line.is_kind("logistics")
    before = np.concatenate(([NO_DAY], decisions.day[:-1])) if len(line) else decisions.day
    before = np.where(line.first == np.arange(len(line)), NO_DAY, before)
    moved = decisions.states_date & (decisions.day != before) & (decisions.source == np.arange(len(line)))
    passed_on = (line.told | (classes.answered > 0)) & ~line.is_kind("debrief") & moved
    return np.asarray(message | (passed_on & ~classes.held))


def _first(follow: Bools, line: Timeline, entry: Ints, coming: Ints) -> Ints:
    """The first follow-up of each cycle before its end."""
    found = next_true(follow, line.first)[entry]
    inside = (found >= 0) & ((coming < 0) | (found < coming))
    return np.where(inside, found, OPEN)


def _same_day(follow: Bools, line: Timeline, contact: Ints, coming: Ints) -> Ints:
    """Of a day whose order is unknown take the follow-up without an hour: its hour cannot cost."""
    other = next_true(follow & ~line.timed, line.first)[contact]
    fits = (contact >= 0) & (other >= 0) & (line.day[other] == line.day[contact]) & ((coming < 0) | (other < coming))
    return np.where(fits & line.timed[contact], other, contact)


def _agreed_contact(line: Timeline, agreed: Bools, entry: Ints, coming: Ints) -> Ints:
    """Via the agency: the candidate's first contact with the recruiter after a check-in date was agreed."""
    when = next_true(agreed, line.first)[entry]
    reach = line.with_agency & line.by_candidate & ~agreed & ~line.is_kind("thank_you", "debrief")
    found = np.where(when >= 0, next_true(reach, line.first)[when], OPEN)
    inside = (found >= 0) & ((coming < 0) | (found < coming))
    return np.where(inside, found, OPEN)


def _last_entry(line: Timeline, entry: Ints, coming: Ints) -> Ints:
    """The last entry of each cycle."""
    size = len(line)
    ends = np.searchsorted(line.first, line.first[entry], side="right") - 1 if size else entry
    return np.where(coming >= 0, np.maximum(coming - 1, entry), ends)


def _closed_how(line: Timeline, coming: Ints) -> np.ndarray:
    how = np.full(len(coming), "moved", dtype=object)
    how[line.is_kind("withdrawn")[coming]] = "withdrawn"
    how[line.is_kind("hired")[coming]] = "hired"
    how[line.is_kind("closed")[coming]] = "closed"
    how[coming < 0] = ""
    return how
