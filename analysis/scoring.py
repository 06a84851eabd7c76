"""Rows -> family, application and candidate scores. Knows the shape of a family's result, no rule by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bands import band_word
from analysis.checked import CheckedLog
from analysis.clock import plain_calendar
from analysis.columns import Columns, texts
from analysis.facts import Facts, measure
from analysis.identifiers import mapped
from analysis.links import NO_LINKS, Links
from analysis.people import People
from analysis.policy import Policy
from analysis.receipts import contacts_shown, days_shown, findings_shown, rows_shown, units_shown
from analysis.results import FAMILIES, Scores
from analysis.rules.deductions import CANNOT_SEE, NOT_SCORED, PENDING, SCORED, Family
from analysis.rules.note_quality import score_note_quality
from analysis.rules.over_contact import WORDS, score_over_contact
from analysis.rules.preparation import score_contact_details, score_decision_date
from analysis.rules.thank_you import score_thank_you
from analysis.rules.timing import score_timing
from analysis.segments import Bools, Floats, Ints, group_count, group_sum, tenths
from analysis.waiving import set_aside

RULES: Final[dict[str, Callable[[Facts, Policy], Family]]] = {
    "thank_you": score_thank_you,
    "timing": score_timing,
    "over_contact": score_over_contact,
    "contact_details": score_contact_details,
    "decision_date": score_decision_date,
    "note_quality": score_note_quality,
}
MAIN: Final = ("thank_you", "timing", "over_contact")
NOT_ENOUGH: Final = "not enough evidence"
_NONE: Final = np.iinfo(np.int64).min
_LAST: Final = np.iinfo(np.int64).max


def score(
    log: CheckedLog, policy: Policy, as_of: pd.Timestamp, links: Links = NO_LINKS, people: People | None = None
) -> Scores:
    """Score a checked log at a moment. ``as_of`` carries a zone (``ValueError`` where it does not).

    ``links``: what a person decided about who is who; ``people``: the candidates where they are known already.

    Method: `measure`, then each rule, then means: a family over its units, a candidate over the applications.
    """
    return score_facts(measure(log, as_of, policy.classes, links, people), policy)


def score_facts(facts: Facts, policy: Policy) -> Scores:
    """Score facts already measured, for example after a change of policy."""
    return _scored(facts, policy, receipts=True)


def score_totals(facts: Facts, policy: Policy) -> Scores:
    """As `score_facts` without what only a receipt shows, for `analysis.portion.whole`.

    ``units`` has no ``contacts``, ``rows`` has neither those nor ``measured`` and ``limit``; all else is equal.
    """
    return _scored(facts, policy, receipts=False)


def _scored(facts: Facts, policy: Policy, receipts: bool) -> Scores:
    families = judged(facts, policy)
    means = [_score_family(family, facts, policy) for family in families]
    applications, candidates = _tables(facts, policy, families, means)
    points = [each.application_points for each in means], [each.candidate_points for each in means]
    return Scores(
        as_of=facts.as_of,
        policy=policy.version,
        candidates=candidates,
        applications=applications,
        units=units_shown(families, facts, policy, receipts),
        rows=rows_shown(families, facts, *points, receipts),
        findings=findings_shown(families, facts),
        contacts=contacts_shown(facts),
    )


def judged(facts: Facts, policy: Policy) -> list[Family]:
    """Every family's result, with what a person set aside."""
    return [set_aside(RULES[name](facts, policy), facts) for name in FAMILIES]


def _tables(
    facts: Facts, policy: Policy, families: Sequence[Family], means: Sequence[_Result]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables of applications and of candidates."""
    named = list(zip((family.name for family in families), means, strict=True))
    apps = {name + column: values for name, each in named for column, values in each.applications.items()}
    people = {name + column: values for name, each in named for column, values in each.candidates.items()}
    applications = _applications(facts, policy, apps)
    return pd.DataFrame(applications), _candidates(facts, policy, applications, people)


class _Result:
    """A family's score per application and per candidate, and its rows as shown there."""

    def __init__(self) -> None:
        self.applications: dict[str, NDArray[Any]] = {}
        self.candidates: dict[str, NDArray[Any]] = {}
        self.application_points: Floats = np.empty(0)
        self.candidate_points: Floats = np.empty(0)


def _score_family(family: Family, facts: Facts, policy: Policy) -> _Result:
    units, rows = family.units, family.rows
    person = facts.applications.table["person"].to_numpy(dtype=np.int64)
    apps, people, not_held = len(person), len(facts.people.table), facts.not_held
    app = units["app"]
    scored = (units["status"] == SCORED) & units["counts"]
    per_app = group_count(app[scored], apps)
    has = per_app > 0
    apps_scored = group_count(person[has], people)
    unit = rows["unit"]
    counts = scored[unit]
    share = np.where(counts, rows["points"] / np.maximum(per_app[app[unit]], 1), 0.0)
    out = _Result()
    out.application_points = tenths(share, app[unit], apps)
    out.candidate_points = tenths(share / np.maximum(apps_scored[person[app[unit]]], 1), person[app[unit]], people)
    for level, groups, group, points, enough, missed in (
        (out.applications, apps, app, out.application_points, has, not_held),
        (out.candidates, people, person[app], out.candidate_points, apps_scored > 0, person[not_held]),
    ):
        total = group_sum(points, group[unit], groups)
        value = np.where(enough, np.round(100 - total, 1), np.nan)
        status, reason = _status(units, group, groups, enough, missed)
        level[""] = value
        level["_status"], level["_reason"] = status, reason
        level["_word"] = _word(family, group, groups, value, scored, policy)
    return out


def _status(
    units: Columns, group: Ints, groups: int, enough: Bools, not_held: Ints
) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
    """Scored, else the first that applies of pending, cannot see, not scored, with the reason of the latest unit."""
    status, reason = texts(groups, NOT_SCORED), texts(groups, "no_interview")
    reason[not_held] = "not_held"
    for name in (NOT_SCORED, CANNOT_SEE, PENDING):
        mine = units["status"] == name
        status[group[mine]] = name
        reason[group[mine]] = units["reason"][mine]
    status[enough], reason[enough] = SCORED, ""
    return status, reason


def _word(
    family: Family, group: Ints, groups: int, value: Floats, scored: Bools, policy: Policy
) -> NDArray[np.object_]:
    words = family.units["word"]
    if not (words != "").any():
        return band_word(value, policy)
    worst = np.zeros(groups, dtype=np.int64)
    for place, word in enumerate(WORDS[1:], 1):
        worst[group[scored & (words == word)]] = place
    return np.where(np.isnan(value), "", np.array(WORDS, dtype=object)[worst])


def _overall(scores: Mapping[str, NDArray[Any]], policy: Policy) -> dict[str, NDArray[Any]]:
    weights = np.array([getattr(policy.weights, f) for f in FAMILIES])
    points = np.column_stack([scores[f] for f in FAMILIES])
    known = ~np.isnan(points)
    weight = (known * weights).sum(axis=1)
    mean = np.divide((np.nan_to_num(points) * weights).sum(axis=1), weight, out=np.zeros(len(weight)), where=weight > 0)
    for below, most in sorted(policy.overall.over_contact_caps, reverse=True):
        mean = np.where(scores["over_contact"] < below, np.minimum(mean, most), mean)
    main = known[:, [FAMILIES.index(f) for f in MAIN]].sum(axis=1)
    shown = (weight >= policy.overall.least_weight - 1e-9) & (main >= policy.overall.least_main)
    return {
        "overall": np.where(shown, np.round(mean, 1), np.nan),
        "overall_reason": np.where(shown, "", NOT_ENOUGH).astype(object),
        "scored_weight": np.round(weight, 2),
    }


def _applications(facts: Facts, policy: Policy, scores: dict[str, NDArray[Any]]) -> dict[str, Any]:
    keys, decisions, line = facts.applications.table, facts.decisions, facts.line
    size = len(keys)
    interviews = group_count(facts.rounds["app"], size)
    stage = texts(size, "open")
    ended = np.flatnonzero(decisions.ending | decisions.withdrawn)
    latest = _latest(line.app[ended], ended, size)
    for kind, name in (
        ("rejection", "rejected"),
        ("offer", "offer"),
        ("hired", "hired"),
        ("closed", "closed"),
        ("withdrawn", "withdrawn"),
    ):
        last = ended[line.is_kind(kind)[ended]]
        where = np.full(size, -1, dtype=np.int64)
        where[line.app[last]] = last
        stage = np.where((where >= latest) & (where >= 0), name, stage)
    last_entry = _latest(line.app, np.arange(len(line), dtype=np.int64), size)
    seen = last_entry >= 0
    due = np.where(seen, decisions.day[last_entry], -1) if len(line) else np.full(size, -1, np.int64)
    at = np.where(seen, line.at[last_entry], _NONE) if len(line) else np.full(size, _NONE)
    table = {str(name): keys[name] for name in keys.columns if name not in ("candidate_calendar", "person")}
    calendar = pd.Series(mapped(keys["calendar"], plain_calendar))
    return {
        **table,
        **scores,
        **_overall(scores, policy),
        "calendar": calendar,
        "interviews": interviews,
        "provisional": interviews < policy.overall.provisional_below,
        "stage": stage,
        "decision_day": days_shown(due),
        "last_contact": pd.DatetimeIndex(at.view("M8[us]")).tz_localize("UTC"),
    }


def _latest(group: Ints, entry: Ints, groups: int) -> Ints:
    out = np.full(groups, -1, dtype=np.int64)
    np.maximum.at(out, group, entry)
    return out


def _candidates(
    facts: Facts, policy: Policy, applications: Mapping[str, Any], scores: dict[str, NDArray[Any]]
) -> pd.DataFrame:
    table = facts.people.table
    people = len(table)
    person = facts.applications.table["person"].to_numpy(dtype=np.int64)
    overall = applications["overall"]
    shown = ~np.isnan(overall)
    weight = np.where(shown, applications["scored_weight"], 0.0)
    total = group_sum(weight, person, people)
    mean = np.divide(
        group_sum(np.nan_to_num(overall) * weight, person, people), total, out=np.zeros(people), where=total > 0
    )
    lowest, highest = np.full(people, np.inf), np.full(people, -np.inf)
    np.minimum.at(lowest, person[shown], overall[shown])
    np.maximum.at(highest, person[shown], overall[shown])
    enough = total > 0
    known = ~np.isnan(np.column_stack([scores[f] for f in FAMILIES]))
    weights = np.array([getattr(policy.weights, f) for f in FAMILIES])
    interviews = group_count(person[facts.rounds["app"]], people)
    at = applications["last_contact"].asi8
    last = np.full(people, _NONE)
    np.maximum.at(last, person, at)
    desk = applications["recruiter"].to_numpy(dtype=object)
    named = np.flatnonzero(desk != "")
    # of the applications that name a recruiter the one with the latest contact, one without any contact after all
    named = named[np.argsort(np.where(at[named] == _NONE, _LAST, at[named]), kind="stable")]
    recruiter = texts(people)
    recruiter[person[named]] = desk[named]
    return pd.DataFrame(
        {
            "candidate_key": table["candidate_key"].to_numpy(dtype=object),
            "candidate": table["candidate"].to_numpy(dtype=object),
            "recruiter": recruiter,
            "overall": np.where(enough, np.round(mean, 1), np.nan),
            "overall_reason": np.where(enough, "", NOT_ENOUGH).astype(object),
            "scored_weight": np.round((known * weights).sum(axis=1), 2),
            "lowest": np.where(enough, lowest, np.nan),
            "highest": np.where(enough, highest, np.nan),
            "applications": group_count(person, people),
            "interviews": interviews,
            "provisional": interviews < policy.overall.provisional_below,
            "last_contact": pd.DatetimeIndex(last.view("M8[us]")).tz_localize("UTC"),
            **scores,
        }
    )
