"""Over-contact: persistent, not pushy. The worst silence run counts, then what the employer asked for."""

from __future__ import annotations

from typing import Final

import numpy as np

from analysis.columns import Columns
from analysis.facts import Facts
from analysis.policy import Policy
from analysis.rules.deductions import NOT_SCORED, SCORED, Family, Ledger, Verdict, curve, new_units, spoken
from analysis.segments import Bools, Floats, Ints, group_any, group_count, group_list, group_max, group_sum, unique_rows

WORDS: Final = ("measured", "persistent", "at the limit", "pushy", "overbearing")


def score_over_contact(facts: Facts, policy: Policy) -> Family:
    """Score every silence run; an application's score is its worst run under the caps."""
    found = facts.runs
    apps = len(facts.applications.table)
    held = np.zeros(apps, dtype=bool)
    held[facts.rounds["app"]] = True
    runs = found.runs
    held[runs["app"]] = False
    quiet = np.flatnonzero(held)
    app = np.concatenate((runs["app"], quiet))
    size = len(app)
    unit = np.arange(size, dtype=np.int64)
    length = np.concatenate((runs["length"], np.zeros(len(quiet), dtype=np.int64)))
    steps = _steps(facts, policy, len(runs), size, length)
    points = 100 - np.sum([step.points for step in steps], axis=0)

    sent = found.sent[app]
    verdict = Verdict.start(size)
    via = facts.route[app] == "via_agency" if len(app) else np.zeros(0, dtype=bool)
    verdict.put(~sent & via, NOT_SCORED, "via_agency")
    verdict.put(~sent, NOT_SCORED, "nothing_sent")
    verdict.put(np.ones(size, dtype=bool), SCORED)
    scored = verdict.is_(SCORED)
    worst = _worst(app, points, length)

    ledger = Ledger()
    for step in steps:
        ledger.take(scored, unit, step.points, step.rule, step.finding, step.measured, step.limit, step.entries)
        ledger.mark(scored & step.spent, unit, step.finding)  # the run had nothing left to lose
    breaches = found.breaches
    left = points.copy()
    for cap in _caps(policy, breaches, apps):
        if not cap.count.any():
            continue
        cut = np.where(worst, np.maximum(left - cap.most[app], 0), 0.0)
        entries = [cap.entries[a] for a in app.tolist()]
        measured = np.array([cap.measured[a] for a in app.tolist()], dtype=object)
        limit = np.array([f"at most {m:g} points" for m in cap.most[app].tolist()], dtype=object)
        ledger.take(scored, unit, cut, cap.rule, cap.finding, measured, limit, entries)
        hit = worst & scored & (cap.count[app] > 0) & (cut <= 0)
        ledger.mark(hit & (cap.most[app] < 100), unit, cap.finding)
        left = left - cut
    still = _pad_marks(runs["open"], size)
    ledger.mark(scored & still & (length == 1), unit, "first_unanswered")
    ledger.mark(scored & still & ((length == 2) | (length == 3)), unit, "second_unanswered")
    ledger.mark(scored & _pad_marks(runs["outcome_unknown"], size), unit, "check_answered")
    word = _words(length, left, policy)
    ledger.mark(scored & worst & (word >= WORDS.index("pushy")), unit, "pushy")

    line = facts.line
    none = np.full(len(quiet), np.nan)
    units = new_units(
        app,
        verdict=verdict,
        starts=np.concatenate((line.at[runs["entry"]], none)),
        ends=np.concatenate((line.at[runs["last_entry"]], none)),
        length=length,
        counts=worst,
        word=np.where(scored, np.array(WORDS, dtype=object)[word], ""),
    )
    run_entries = group_list(found.follow_ups["entry"], found.follow_ups["run"], len(runs))
    return ledger.family("over_contact", units, run_entries + [[] for _ in quiet])


class _Step:
    """One deduction of every run."""

    def __init__(
        self, rule: str, finding: str, points: Floats, measured: np.ndarray, limit: str, entries: list[list[int]]
    ) -> None:
        self.rule, self.finding, self.points = rule, finding, points
        self.measured, self.limit, self.entries = measured, limit, entries
        self.spent: Bools = np.zeros(len(points), dtype=bool)


def _steps(facts: Facts, policy: Policy, runs: int, units: int, length: Ints) -> list[_Step]:
    """Base, spacing and extras of every run, each trimmed so that a run never loses more than it has."""
    rules, found = policy.over_contact, facts.runs
    follow, episodes = found.follow_ups, found.episodes
    run_of = follow["run"]
    entry = follow["entry"]
    base = 100 - curve(rules.base, np.maximum(length, 1))
    gap = episodes["gap"]
    bounds = np.array([x for x, _ in rules.spacing])
    place = np.searchsorted(bounds, gap, side="left")
    cost = np.append([y for _, y in rules.spacing], 0.0)[place]
    episode_run = episodes["run"]
    spacing = np.minimum(_pad(group_sum(cost, episode_run, runs), units), rules.spacing_most)
    close = cost > 0
    gap_entries = _pad_lists(group_list(episodes["entry"][close], episode_run[close], runs), units)
    shortest = -_pad(group_max(-gap[close].astype(np.float64), episode_run[close], runs, empty=0.0), units)
    all_entries = _pad_lists(group_list(entry, run_of, runs), units)
    steps = [
        _Step(
            "over_contact.base",
            "unanswered",
            base,
            spoken(length, "day with a follow-up, not answered", "days with a follow-up, none answered"),
            "1 follow-up, then let them come back",
            all_entries,
        ),
        _Step(
            "over_contact.spacing",
            "too_close",
            spacing,
            spoken(shortest, "business day at the closest", "business days at the closest"),
            f"{rules.spacing[-1][0] + 1:g} business days apart",
            gap_entries,
        ),
    ]
    near = follow["hops"] <= rules.second_channel_days
    extras: tuple[tuple[str, str, Bools, float, str, str], ...] = (
        ("second_channel", "channel_hopping", near, rules.second_channel, "another channel at once",
         f"one channel, {rules.second_channel_days:g} business days apart"),
        ("unused_channel", "channel_hopping", follow["unused_channel"], rules.unused_channel,
         "a channel they never used", "the channel they used"),
        ("another_person", "another_person", follow["another_person"], rules.another_person,
         "somebody they did not meet", "the people they met, or were sent to"),
        ("dials", "repeated_dialling", follow["dials"] >= rules.dials_from, rules.dials,
         "calls without a message in one day", f"fewer than {rules.dials_from:g} calls a day"),
        ("round_agency", "went_round_agency", follow["round_agency"], rules.round_agency,
         "asked the client directly", "through the agency"),
    )  # fmt: skip
    spent = np.zeros(units)
    for name, finding, mask, points, measured, limit in extras:
        if not mask.any():
            continue
        hit = _pad(group_any(mask, run_of, runs).astype(np.float64), units) > 0
        worth = np.where(hit, np.minimum(points, rules.extras_most - spent), 0.0)
        spent += worth
        entries = _pad_lists(group_list(entry[mask], run_of[mask], runs), units)
        said = np.full(units, measured, dtype=object)
        steps.append(_Step(f"over_contact.{name}", finding, worth, said, limit, entries))
    room = np.full(units, 100.0)
    for step in steps:
        wanted = step.points
        step.points = np.minimum(wanted, room)
        step.spent = (wanted > 0) & (step.points <= 0)
        room = room - step.points
    return steps


def _pad(values: Floats, units: int) -> Floats:
    return np.concatenate((values, np.zeros(units - len(values))))


def _pad_marks(values: Bools, units: int) -> Bools:
    return np.concatenate((values, np.zeros(units - len(values), dtype=bool)))


def _pad_lists(values: list[list[int]], units: int) -> list[list[int]]:
    return values + [[] for _ in range(units - len(values))]


def _worst(app: Ints, points: Floats, length: Ints) -> Bools:
    """The run that counts: fewest points, then the longest, then the latest."""
    order = np.lexsort((-np.arange(len(app)), -length, points, app))
    out = np.zeros(len(app), dtype=bool)
    if len(app):
        first = np.ones(len(app), dtype=bool)
        first[1:] = app[order][1:] != app[order][:-1]
        out[order[first]] = True
    return out


class _Cap:
    """What the employer asked for, and what was done all the same."""

    def __init__(
        self, rule: str, finding: str, most: Floats, count: Ints, entries: list[list[int]], what: tuple[str, str]
    ) -> None:
        self.rule, self.finding, self.most, self.count, self.entries = rule, finding, most, count, entries
        one, many = what
        self.measured = [f"{n} {one if n == 1 else many}" for n in count.tolist()]


def _caps(policy: Policy, breaches: Columns, apps: int) -> list[_Cap]:
    rules = policy.over_contact
    wait = breaches["wait"]
    dated = breaches["dated"]
    too_soon = np.where(dated, wait < 1, wait < policy.timing.will_contact_from)
    what = breaches["what"]
    kinds = (
        ("no_calls", "asked_not_to_call", what == "no_calls", (100.0, *rules.no_calls_caps), True,
         ("call after they asked for none", "calls after they asked for none")),
        ("no_contact", "asked_not_to_contact", what == "no_contact", (100.0, *rules.no_contact_caps), True,
         ("contact after they asked for none", "contacts after they asked for none")),
        ("will_contact", "told_to_wait", (what == "will_contact") & too_soon, (100.0, rules.will_contact_cap), True,
         ("follow-up before they said they would call", "follow-ups before they said they would call")),
        ("after_rejection", "after_rejection", what == "after_rejection", (100.0, *rules.after_rejection_caps), False,
         ("message after the rejection", "messages after the rejection")),
    )  # fmt: skip
    caps = []
    for name, finding, mask, most, by_day, words in kinds:
        some = breaches.rows(mask)
        counted = some.rows(unique_rows(some["app"], some["day"])) if by_day else some
        count = group_count(counted["app"], apps)
        limit = np.array(most)[np.minimum(count, len(most) - 1)]
        entries = group_list(some["entry"], some["app"], apps)
        caps.append(_Cap(f"over_contact.{name}", finding, limit, count, entries, words))
    return caps


def _words(length: Ints, points: Floats, policy: Policy) -> Ints:
    """The worse of the run's word and the band's, as a number in `WORDS`."""
    by_length = np.searchsorted([1, 2, 3, 5], length, side="left")
    bands = policy.bands
    tidy = np.round(points, 1)
    by_band = np.select([tidy >= bands.strong, tidy >= bands.good, tidy >= bands.tweak], [0, 1, 2], 3)
    return np.asarray(np.maximum(by_length, by_band), dtype=np.int64)
