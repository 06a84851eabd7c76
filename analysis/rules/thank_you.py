"""Thank-you promptness: how soon after the end of a round each interviewer was thanked."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.clock import MICROS_HOUR
from analysis.columns import Columns
from analysis.facts import Facts
from analysis.policy import Policy
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
from analysis.segments import (
    Bools,
    Floats,
    Ints,
    group_any,
    group_count,
    group_list,
    group_max,
    group_sum,
    matches,
    next_true,
    place_of,
    unique_rows,
)

_FAR: Final = np.iinfo(np.int64).max // 2


def score_thank_you(facts: Facts, policy: Policy) -> Family:
    """Score every round held: 0.7 x the promptest note + 0.3 x the mean over the reachable interviewers."""
    rules, rounds, line, clock = policy.thank_you, facts.rounds, facts.line, facts.clock
    size = len(rounds)
    app = rounds["app"]
    ends = rounds["ends"]
    unit = np.arange(size, dtype=np.int64)
    route = facts.route[app] if size else np.empty(0, dtype=object)
    via, unknown = route == "via_agency", route == "unknown"

    decided, moved = (
        _decision_after(facts, rounds, facts.decisions.ending),
        _decision_after(facts, rounds, facts.decisions.moves),
    )
    moved_at = np.minimum(_at(facts, moved), _next_round(rounds))
    moved_soon = _counted(facts, app, ends, moved_at) <= rules.moved_hours
    notes = _note_points(facts, policy, decided)
    valid = notes["valid"]
    number = notes["round"]
    good = notes.rows(valid)
    seen = group_any(valid, number, size)
    slots = _slots(facts, good, via)
    slot_round = slots["round"]
    thanked = ~np.isnan(slots["points"])
    given = np.where(thanked, slots["points"], -1.0)
    best = group_max(given, slot_round, size, empty=0.0)
    people = group_count(slot_round, size)
    missing = people - group_count(slot_round[thanked], size)
    late_sum = group_sum(np.where(thanked, 100 - given, 0.0), slot_round, size)

    zero, overdue = _zero_applies(facts, policy, decided, app, ends)
    verdict = Verdict.start(size)
    no_notes = group_any(facts.decisions.no_notes, line.app, len(line.zone))[app]
    reachable = people > 0
    verdict.put(rounds["with_agency"], NOT_SCORED, "interview_with_agency")
    verdict.put(no_notes, NOT_SCORED, "no_notes_please")
    impossible = notes["impossible"]
    verdict.put(~seen & group_any(impossible, number, size), NOT_SCORED, "check_time_zone")
    undated = group_any(~notes["known_day"], number, size)
    verdict.put(~seen & undated, NOT_SCORED, "day_unknown")
    after_quick = group_any(notes["after_decision"] & valid, number, size)
    only_after = seen & after_quick & (best <= rules.hours_later)
    verdict.put(only_after & moved_soon & (decided >= 0), NOT_SCORED, "employer_moved_first")
    spread = zero & (people > 0)
    mean_loss = np.divide(late_sum + 100 * missing, people, out=np.zeros(size), where=people > 0)
    loss = np.where(spread, rules.best_share * (100 - best) + (1 - rules.best_share) * mean_loss, 100 - best)
    verdict.put(seen & unknown & (100 - loss < policy.timing.unknown_route_least), NOT_SCORED, "route_unknown")
    verdict.put(seen, SCORED)
    verdict.put(moved_soon, NOT_SCORED, "employer_moved_first")
    verdict.put(~reachable & ~via, NOT_SCORED, "no_reachable_interviewer")
    verdict.put(zero & unknown, NOT_SCORED, "route_unknown")
    verdict.put(zero, SCORED)
    verdict.put((decided >= 0) & ~overdue, NOT_SCORED, "employer_moved_first")
    verdict.put(~overdue, PENDING, "not_due_yet")
    verdict.put(np.ones(size, dtype=bool), CANNOT_SEE, "log_not_complete")

    ledger = Ledger()
    scored = verdict.is_(SCORED)
    sent = unique_rows(good["entry"])
    entries = group_list(good["entry"][sent], good["round"][sent], size)
    meeting = [[e] for e in rounds["entry"].tolist()]
    share = 1 - rules.best_share
    late = np.where(spread, rules.best_share * (100 - best) + share * late_sum / np.maximum(people, 1), 100 - best)
    measured, limit = _spoken_delay(notes, valid, size, policy)
    ledger.take(scored & seen, unit, late, "thank_you.delay", "thank_you_late", measured, limit, entries)
    unthanked = np.where(spread & seen, share * 100 * missing / np.maximum(people, 1), 0.0)
    ledger.take(
        scored & seen,
        unit,
        unthanked,
        "thank_you.panel",
        "panel_partly_thanked",
        _of(people - missing, people, "interviewers thanked"),
        "each interviewer who can be reached",
        meeting,
    )
    days = clock.days_between(line.home_calendar[app], rounds["home_day"], _today(facts, app))
    ledger.take(
        scored & ~seen,
        unit,
        np.full(size, 100.0),
        "thank_you.missing",
        "thank_you_missing",
        spoken(days, "business day, no note", "business days, no note"),
        f"{rules.zero_days:g} business days",
        meeting,
    )
    ledger.mark(group_any(impossible, number, size), unit, "check_time_zone")
    ledger.mark(rounds["assumed_end"] & scored & seen, unit, "check_interview_end")
    ledger.mark(scored & seen & (loss <= 0), unit, "well_judged")
    home_end = clock.begins(line.home_zone[app], rounds["home_day"] + 1)
    full = ends + int(rules.hours[0][0] * MICROS_HOUR)
    units = new_units(
        app,
        verdict=verdict,
        round_number=rounds["number"],
        starts=rounds["starts"],
        ends=ends,
        good_from=ends,
        good_to=np.maximum(home_end, full),
    )
    contacts = [meeting[i] + entries[i] for i in range(size)]
    return ledger.family("thank_you", units, contacts)


def _of(part: Ints, whole: Ints, what: str) -> np.ndarray:
    return np.array([f"{a} of {b} {what}" for a, b in zip(part.tolist(), whole.tolist(), strict=True)], dtype=object)


def _today(facts: Facts, app: Ints) -> Ints:
    return facts.clock.day(facts.line.home_zone[app], np.full(len(app), facts.now, dtype=np.int64))


def _decision_after(facts: Facts, rounds: Columns, mask: Bools) -> Ints:
    """The first such entry after each round, -1 where none."""
    last = rounds["last_entry"]
    return np.asarray(next_true(mask, facts.line.first)[last])


def _at(facts: Facts, entry: Ints) -> Ints:
    return np.where(entry >= 0, facts.line.at[entry], _FAR)


def _next_round(rounds: Columns) -> Ints:
    """When the next round of the same application began (far away where there is none)."""
    starts = rounds["starts"]
    app = rounds["app"]
    if not len(app):
        return starts
    same = np.append(app[1:] == app[:-1], False)
    return np.where(same, np.append(starts[1:], _FAR), _FAR)


def _note_points(facts: Facts, policy: Policy, decided: Ints) -> Columns:
    """The notes with ``points``, ``after_decision``, ``impossible`` and ``valid``."""
    rules, notes = policy.thank_you, facts.notes
    hours = notes["hours"]
    days = notes["days"]
    exact, card = notes["exact"], notes["card"]
    by_hour = np.where(hours > rules.hours[-1][0], rules.hours_later, curve(rules.hours, hours))
    by_hour = np.where(notes["same_day"], 100.0, by_hour)
    by_day = np.where(days > rules.days[-1][0], rules.days_later, curve(rules.days, days))
    by_card = np.where(days > rules.card_days[-1][0], rules.card_later, curve(rules.card_days, days))
    points = np.where(card, by_card, np.where(exact, by_hour, by_day))
    number = notes["round"]
    entry = notes["entry"]
    after = (decided[number] >= 0) & (entry > decided[number]) if len(notes) else np.zeros(0, dtype=bool)
    points = np.where(after, np.minimum(points, rules.hours_later), points)
    assumed = facts.rounds["assumed_end"][number] if len(notes) else after
    too_early = exact & ~assumed & (notes["early"] * 60 > rules.early_minutes)
    impossible = notes["before_start"] | too_early
    valid = ~impossible & notes["known_day"]
    return notes.having(points=points, after_decision=after, impossible=impossible, valid=valid)


def _slots(facts: Facts, notes: Columns, via: Bools) -> Columns:
    """One row per round and person who can be thanked: ``round``, ``points`` (NaN: no note)."""
    members, size = facts.members, len(via)
    wide = int(max(members["face"].max(initial=-1), notes["face"].max(initial=-1))) + 2

    def place(table: Columns) -> Ints:
        return np.asarray(table["round"] * wide + table["face"] + 1, dtype=np.int64)

    known = place(members)[members["reachable"] | via[members["round"]]]
    named, target = notes["face"] >= 0, place(notes)
    slots = np.concatenate((known, target[named]))
    slots = slots[unique_rows(slots)]
    # a note to nobody by name goes to the host; where nobody is known it stands for itself
    host = np.arange(size, dtype=np.int64) * wide
    host[slots[::-1] // wide] = slots[::-1]
    target = np.where(named, target, host[notes["round"]])
    lone = target[target % wide == 0]
    slots = np.concatenate((slots, lone[unique_rows(lone)]))
    points = np.full(len(slots), -np.inf)
    np.maximum.at(points, place_of(target, slots), notes["points"])
    everyone = np.flatnonzero(notes["to_all"])
    one, other = matches(notes["round"][everyone], slots // wide)
    np.maximum.at(points, other, notes["points"][everyone[one]])
    points = np.where(np.isneginf(points), np.nan, points)
    return _raising(slots // wide, points, np.arange(len(slots)) < len(known), size)


def _raising(number: Ints, points: Floats, expected: Bools, size: int) -> Columns:
    """The slots without notes that would lower their round: to somebody from whom none was expected, and late.

    Such a note counts where its points reach the mean of those expected; where none was, the best one counts.
    """
    awaited = number[expected]
    people = group_count(awaited, size)
    total = group_sum(np.nan_to_num(points[expected]), awaited, size)
    best = group_max(np.nan_to_num(points, nan=-1.0), number, size)
    bar = np.where(people > 0, total / np.maximum(people, 1) - 1e-9, best)
    kept = expected | (points >= bar[number])
    return Columns({"round": number[kept], "points": points[kept]})


def _zero_applies(facts: Facts, policy: Policy, decided: Ints, app: Ints, ends: Ints) -> tuple[Bools, Bools]:
    """Where an absent note counts as not sent, and where it is overdue at all."""
    rules, line, clock, rounds = policy.thank_you, facts.line, facts.clock, facts.rounds
    home_day = rounds["home_day"]
    today = _today(facts, app)
    has = decided >= 0
    until = np.where(has, np.minimum(line.home_day[decided], today), today)
    waited = clock.days_between(line.home_calendar[app], home_day, until) >= rules.zero_days
    room = has & (_counted(facts, app, ends, _at(facts, decided)) >= rules.zero_hours)
    overdue = waited | room
    declared = group_any(
        facts.decisions.none_sent[facts.of_round >= 0], facts.of_round[facts.of_round >= 0], len(rounds)
    )
    return overdue & (facts.complete[app] | declared), overdue


def _counted(facts: Facts, app: Ints, ends: Ints, at: Ints) -> Floats:
    """Counted hours from the end of each round to a moment (infinite where there is none)."""
    none = at >= _FAR
    line = facts.line
    until = np.where(none, ends, np.maximum(at, ends))
    hours = facts.clock.counted_hours(line.home_zone[app], line.home_calendar[app], ends, until)
    return np.where(none, np.inf, hours)


def _spoken_delay(notes: Columns, valid: Bools, size: int, policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """The best note's delay in words, and the limit it is held against."""
    best = notes.rows(valid)
    best = best.rows(np.lexsort((best["hours"], -best["points"], best["round"])))
    best = best.rows(unique_rows(best["round"]))
    measured = np.full(size, "", dtype=object)
    limit = np.full(size, "", dtype=object)
    number = best["round"]
    hours = spoken(best["hours"], "counted hour", "counted hours")
    days = spoken(best["days"], "business day", "business days")
    by_hours = best["exact"] & ~best["card"]
    text = np.where(by_hours, hours, days)
    text = np.where(best["after_decision"], text + ", after the decision", text)
    measured[number] = text
    first = policy.thank_you.hours[0][0]
    cards = best["card"]
    limit[number] = np.where(
        cards,
        f"posted within {policy.thank_you.card_days[0][0]:g} business day",
        np.where(by_hours, f"the same day or {first:g} counted hours", "the same day"),
    )
    return measured, limit
