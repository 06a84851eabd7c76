"""Follow-up timing: the first follow-up of each waiting cycle, by the decision date or after a week."""

from __future__ import annotations

import numpy as np

from analysis.clock import MICROS_DAY
from analysis.facts import Facts
from analysis.policy import Curve, Policy
from analysis.rules.deductions import (
    CANNOT_SEE,
    NOT_SCORED,
    PENDING,
    SCORED,
    Family,
    Ledger,
    Verdict,
    curve,
    new_units,
    spoken,
)
from analysis.segments import Bools, Floats, Ints


def score_timing(facts: Facts, policy: Policy) -> Family:
    """Score every waiting cycle: points by business day, times the hour of an unasked call (at most a quarter)."""
    rules, cycles, line = policy.timing, facts.cycles, facts.line
    size = len(cycles)
    app = cycles["app"]
    unit = np.arange(size, dtype=np.int64)
    contact = cycles["contact"]
    seen = contact >= 0
    due = cycles["due"]
    dated = due >= 0
    after_due = cycles["after_due"]
    week, counts_as = rules.week
    after_start = cycles["after_start"]
    a_week = cycles["calendar_days"] >= week
    after_start = np.where(a_week, np.maximum(after_start, int(counts_as)), after_start)
    promised = cycles["promised"]
    stale = cycles["stale_due"]
    invited = cycles["invited"]

    by_date = curve(rules.with_date, after_due)
    by_date = np.where((cycles["vague"] | invited) & (after_due == 0), 100.0, by_date)
    by_start = curve(rules.without_date, after_start)
    held_back = np.where(after_start < rules.will_contact_from, np.minimum(by_start, rules.will_contact_most), by_start)
    welcome = (after_start >= rules.will_contact_from) & (after_start <= rules.will_contact_to)
    by_start = np.where(promised, np.where(welcome, 100.0, held_back), by_start)
    # a date that had passed before this wait began, or the wait itself: the reading that favours the candidate
    use_date = dated & ~(stale & (by_start > by_date))
    day_points = np.where(use_date, by_date, by_start)
    share = _hour_share(cycles["hour"], cycles["off_day"], policy)
    hour_loss = day_points * rules.hour_share * (1 - share)
    points = day_points - hour_loss

    route = facts.route[app] if size else np.empty(0, dtype=object)
    via, unknown = route == "via_agency", route == "unknown"
    agreed = cycles["agreed"]
    how = cycles["closed_how"]
    past_due = (after_due > rules.missed_with_date) & dated
    past_start = after_start > rules.missed_without_date
    missed = np.where(dated, past_due & (~stale | past_start), past_start)
    due_from = np.where(promised, rules.will_contact_from, rules.due_without_date)
    due_yet = np.where(dated, (after_due >= 0) & (~stale | (after_start >= due_from)), after_start >= due_from)
    complete = facts.complete[app] if size else np.zeros(0, dtype=bool)
    agency_round = facts.rounds["with_agency"][cycles["round"]]

    verdict = Verdict.start(size)
    verdict.put(agency_round, NOT_SCORED, "interview_with_agency")
    verdict.put(via & ~agreed, NOT_SCORED, "via_agency")
    verdict.put(cycles["silenced"], NOT_SCORED, "told_not_to_contact")
    verdict.put(seen & unknown & (points < rules.unknown_route_least), NOT_SCORED, "route_unknown")
    verdict.put(seen, SCORED)
    for reason in ("withdrawn", "hired", "closed"):
        verdict.put(how == reason, NOT_SCORED, reason)
    verdict.put(how == "moved", NOT_SCORED, "employer_moved_first")
    verdict.put(cycles["checked_before"], NOT_SCORED, "checked_in_already")
    verdict.put(via & due_yet, CANNOT_SEE, "log_not_complete")
    verdict.put(via, PENDING, "not_due_yet")
    verdict.put(complete & missed & unknown, NOT_SCORED, "route_unknown")
    verdict.put(complete & missed, SCORED)
    verdict.put(complete | ~due_yet, PENDING, "not_due_yet")
    verdict.put(np.ones(size, dtype=bool), CANNOT_SEE, "log_not_complete")

    ledger = Ledger()
    scored = verdict.is_(SCORED)
    since = "after the interview or their last word"
    measured = np.where(
        use_date,
        _by_their_date(after_due),
        spoken(after_start, f"business day {since}", f"business days {since}"),
    )
    limit = np.where(use_date, _good_dates(policy), _good_days(policy, promised))
    early = np.where(use_date, after_due < 1, after_start < np.where(promised, rules.will_contact_from, counts_as))
    finding = np.where(early, "too_early", "too_late").astype(object)
    ledger.take(scored & seen, unit, 100 - day_points, "timing.day", finding, measured, limit, contact)
    low, high = _best(rules.hours)
    late_hour = cycles["hour"] > high
    off_day = cycles["off_day"]
    call_finding = np.where(late_hour & ~off_day, "late_day_call", "call_hour").astype(object)
    ledger.take(
        scored & seen,
        unit,
        hour_loss,
        "timing.hour",
        call_finding,
        _clock_words(cycles["hour"], off_day),
        f"{_clock_word(low)} to {_clock_word(high)} on a working day, the employer's clock",
        contact,
    )
    ledger.take(
        scored & ~seen,
        unit,
        np.full(size, 100.0),
        "timing.missed",
        "missed",
        np.where(
            dated & ~stale,
            spoken(after_due, "", "business days after their date, nothing seen"),
            spoken(after_start, "", "business days of silence, nothing seen"),
        ),
        np.where(
            dated & ~stale,
            f"{rules.missed_with_date:g} business days after their date",
            f"{rules.missed_without_date:g} business days",
        ),
        cycles["entry"],
    )
    ledger.mark(scored & seen & (points >= policy.bands.strong), unit, "well_judged")
    entry = cycles["entry"]
    opened_by_round = line.is_kind("interview")[entry] if size else np.zeros(0, dtype=bool)
    source = facts.decisions.source
    moved = ~opened_by_round & dated & (source[entry] == entry) if size else opened_by_round
    ledger.mark(moved, unit, "postponed")
    good_from, good_to = _window(facts, policy, dated & ~stale, promised)
    closed = cycles["closed_by"]
    number = facts.rounds["number"][cycles["round"]]
    units = new_units(
        app,
        verdict=verdict,
        round_number=number,
        starts=cycles["starts"],
        ends=np.where(closed >= 0, line.at[closed], np.nan) if size else None,
        good_from=np.where(via, np.nan, good_from),
        good_to=np.where(via, np.nan, good_to),
        due=np.where(cycles["stale_due"], -1, due),
    )
    contacts = [[a, b] if b >= 0 else [a] for a, b in zip(entry.tolist(), contact.tolist(), strict=True)]
    return ledger.family("timing", units, contacts)


def _hour_share(hour: Floats, off_day: Bools, policy: Policy) -> Floats:
    """How well the hour is chosen, 0-1; 1 where the hour does not count."""
    at = np.array(policy.timing.hours)
    share = np.interp(np.nan_to_num(hour), at[:, 0], at[:, 1], left=0.0, right=0.0)
    return np.where(np.isnan(hour), 1.0, np.where(off_day, 0.0, share))


def _by_their_date(days: Ints) -> np.ndarray:
    """Business days before, on or after the decision date, in words."""
    before = spoken(-days, "business day before their date", "business days before their date")
    after = spoken(days, "business day after their date", "business days after their date")
    return np.select([days < 0, days == 0], [before, "on the day they named"], after)


def _clock_word(hour: float) -> str:
    return f"{int(hour)}:{round(hour % 1 * 60):02d}"


def _clock_words(hour: Floats, off_day: Bools) -> np.ndarray:
    known = np.nan_to_num(hour)
    kept, inverse = np.unique(np.floor(known * 60) / 60, return_inverse=True)
    words = np.array([_clock_word(h) for h in kept.tolist()], dtype=object)[inverse]
    return np.where(off_day, words + ", a day off", words)


def _best(points: Curve) -> tuple[float, float]:
    """First and last place at which a curve is at its best."""
    top = max(y for _, y in points)
    places = [x for x, y in points if y == top]
    return min(places), max(places)


def _good_dates(policy: Policy) -> str:
    low, high = _best(policy.timing.with_date)
    return f"{low:g} to {high:g} business days after their date"


def _good_days(policy: Policy, promised: Bools) -> np.ndarray:
    low, high = _best(policy.timing.without_date)
    usual = f"{low:g} to {high:g} business days"
    start, end = policy.timing.will_contact_from, policy.timing.will_contact_to
    waiting = f"{start:g} to {end:g} business days (they said they would call)"
    return np.where(promised, waiting, usual).astype(object)


def _window(facts: Facts, policy: Policy, dated: Bools, promised: Bools) -> tuple[Floats, Floats]:
    """When a follow-up is welcome: instants of the first day's start and the last day's end."""
    rules, cycles, clock, line = policy.timing, facts.cycles, facts.clock, facts.line
    app = cycles["app"]
    if not len(app):
        return np.empty(0), np.empty(0)
    calendar, zone = line.calendar[app], line.zone[app]
    due, day = cycles["due"], cycles["day"]
    dates = [int(x) for x in _best(rules.with_date)]
    days = [int(x) for x in _best(rules.without_date)]
    vague = cycles["vague"]
    first_due = np.where(vague, due, clock.add_days(calendar, due, min(dates)))
    week = int(rules.week[0])
    first_day = np.minimum(clock.add_days(calendar, day, min(days)), day + week)
    first_day = np.where(promised, clock.add_days(calendar, day, int(rules.will_contact_from)), first_day)
    last_day = np.where(
        promised,
        clock.add_days(calendar, day, int(rules.will_contact_to)),
        clock.add_days(calendar, day, max(days)),
    )
    opens = np.where(dated, first_due, first_day)
    closes = np.where(dated, clock.add_days(calendar, due, max(dates)), last_day)
    good_from = clock.begins(zone, opens).astype(np.float64)
    return good_from, (clock.begins(zone, closes) + MICROS_DAY).astype(np.float64)
