"""Rows -> family, application and candidate scores. Knows the shape of a family's result, no rule by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.bands import band_word
from analysis.checked import CheckedLog
from analysis.clock import plain_calendar
from analysis.facts import Facts, measure
from analysis.identifiers import mapped
from analysis.links import NO_LINKS, Links
from analysis.people import People
from analysis.policy import Policy
from analysis.receipts import contacts_shown, days_shown, findings_shown, link_findings, rows_shown, units_shown
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
    families = [set_aside(RULES[name](facts, policy), facts) for name in FAMILIES]
    keys = facts.applications.table
    person = keys["person"].to_numpy(dtype=np.int64)
    people = len(facts.people.table)
    units, rows, findings = [], [], []
    offset = 0
    app_scores: dict[str, NDArray[np.generic]] = {}
    person_scores: dict[str, NDArray[np.generic]] = {}
    for family in families:
        result = _score_family(family, person, people, policy, facts.not_held)
        for level, table in ((app_scores, result.applications), (person_scores, result.candidates)):
            for column, values in table.items():
                level[family.name + column] = values
        units.append(units_shown(family, facts, offset, policy))
        rows.append(rows_shown(family, facts, result.application_points, result.candidate_points, offset))
        findings.append(findings_shown(family, facts, offset))
        offset += len(family.units)
    applications = _applications(facts, policy, pd.DataFrame(app_scores))
    candidates = _candidates(facts, policy, applications, pd.DataFrame(person_scores))
    return Scores(
        as_of=facts.as_of,
        policy=policy.version,
        candidates=candidates,
        applications=applications.drop(columns=["person"]),
        units=pd.concat(units, ignore_index=True),
        rows=pd.concat(rows, ignore_index=True),
        findings=pd.concat([*findings, link_findings(facts)], ignore_index=True),
        contacts=contacts_shown(facts),
    )


class _Result:
    """A family's score per application and per candidate, and its rows as shown there."""

    def __init__(self, apps: int, people: int) -> None:
        self.applications: dict[str, NDArray[np.generic]] = {}
        self.candidates: dict[str, NDArray[np.generic]] = {}
        self.application_points: Floats = np.empty(0)
        self.candidate_points: Floats = np.empty(0)


def _score_family(family: Family, person: Ints, people: int, policy: Policy, not_held: Ints) -> _Result:
    units, rows = family.units, family.rows
    apps = len(person)
    app = units["app"].to_numpy(dtype=np.int64)
    scored = (units["status"] == SCORED).to_numpy() & units["counts"].to_numpy(dtype=bool)
    per_app = group_count(app[scored], apps)
    has = per_app > 0
    apps_scored = group_count(person[has], people)
    unit = rows["unit"].to_numpy(dtype=np.int64)
    counts = scored[unit]
    share = np.where(counts, rows["points"].to_numpy(dtype=np.float64) / np.maximum(per_app[app[unit]], 1), 0.0)
    out = _Result(apps, people)
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
    units: pd.DataFrame, group: Ints, groups: int, enough: Bools, not_held: Ints
) -> tuple[np.ndarray, np.ndarray]:
    """Scored, else the first that applies of pending, cannot see, not scored, with the reason of the latest unit."""
    status = np.full(groups, NOT_SCORED, dtype=object)
    reason = np.full(groups, "no_interview", dtype=object)
    reason[not_held] = "not_held"
    for name in (NOT_SCORED, CANNOT_SEE, PENDING):
        mine = (units["status"] == name).to_numpy()
        status[group[mine]] = name
        reason[group[mine]] = units["reason"].to_numpy(dtype=object)[mine]
    status[enough], reason[enough] = SCORED, ""
    return status, reason


def _word(family: Family, group: Ints, groups: int, value: Floats, scored: Bools, policy: Policy) -> np.ndarray:
    words = family.units["word"].to_numpy(dtype=object)
    if not (words != "").any():
        return band_word(value, policy)
    place = {word: number for number, word in enumerate(WORDS)} | {"": 0}
    worst = np.zeros(groups, dtype=np.int64)
    np.maximum.at(worst, group[scored], np.array([place[w] for w in words[scored].tolist()], dtype=np.int64))
    return np.where(np.isnan(value), "", np.array(WORDS, dtype=object)[worst])


def _overall(table: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    weights = np.array([getattr(policy.weights, f) for f in FAMILIES])
    points = table[list(FAMILIES)].to_numpy(dtype=np.float64)
    known = ~np.isnan(points)
    weight = (known * weights).sum(axis=1)
    mean = np.divide((np.nan_to_num(points) * weights).sum(axis=1), weight, out=np.zeros(len(weight)), where=weight > 0)
    for below, most in sorted(policy.overall.over_contact_caps, reverse=True):
        mean = np.where(table["over_contact"].to_numpy(dtype=np.float64) < below, np.minimum(mean, most), mean)
    main = known[:, [FAMILIES.index(f) for f in MAIN]].sum(axis=1)
    shown = (weight >= policy.overall.least_weight - 1e-9) & (main >= policy.overall.least_main)
    return pd.DataFrame(
        {
            "overall": np.where(shown, np.round(mean, 1), np.nan),
            "overall_reason": np.where(shown, "", NOT_ENOUGH),
            "scored_weight": np.round(weight, 2),
        }
    )


def _applications(facts: Facts, policy: Policy, scores: pd.DataFrame) -> pd.DataFrame:
    keys, decisions, line = facts.applications.table, facts.decisions, facts.line
    size = len(keys)
    out = pd.concat([keys.drop(columns=["candidate_calendar"]), scores, _overall(scores, policy)], axis=1)
    out["calendar"] = mapped(out["calendar"], plain_calendar)
    out["interviews"] = group_count(facts.rounds["app"].to_numpy(dtype=np.int64), size)
    out["provisional"] = out["interviews"] < policy.overall.provisional_below
    stage = np.full(size, "open", dtype=object)
    ended = np.flatnonzero(decisions.ending | decisions.withdrawn)
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
        stage = np.where(where >= _latest(line.app[ended], ended, size), np.where(where >= 0, name, stage), stage)
    out["stage"] = stage
    last_entry = _latest(line.app, np.arange(len(line), dtype=np.int64), size)
    due = np.where(last_entry >= 0, decisions.day[last_entry], -1) if len(line) else np.full(size, -1, np.int64)
    out["decision_day"] = days_shown(due)
    at = np.where(last_entry >= 0, line.at[last_entry], 0) if len(line) else np.zeros(size, np.int64)
    out["last_contact"] = pd.to_datetime(pd.Series(at).where(pd.Series(last_entry >= 0)), unit="us", utc=True)
    return out


def _latest(group: Ints, entry: Ints, groups: int) -> Ints:
    out = np.full(groups, -1, dtype=np.int64)
    np.maximum.at(out, group, entry)
    return out


def _candidates(facts: Facts, policy: Policy, applications: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    table = facts.people.table
    people = len(table)
    person = applications["person"].to_numpy(dtype=np.int64)
    overall = applications["overall"].to_numpy(dtype=np.float64)
    shown = ~np.isnan(overall)
    weight = np.where(shown, applications["scored_weight"].to_numpy(dtype=np.float64), 0.0)
    total = group_sum(weight, person, people)
    mean = np.divide(
        group_sum(np.nan_to_num(overall) * weight, person, people), total, out=np.zeros(people), where=total > 0
    )
    lowest, highest = np.full(people, np.inf), np.full(people, -np.inf)
    np.minimum.at(lowest, person[shown], overall[shown])
    np.maximum.at(highest, person[shown], overall[shown])
    enough = total > 0
    known = ~np.isnan(scores[list(FAMILIES)].to_numpy(dtype=np.float64))
    weights = np.array([getattr(policy.weights, f) for f in FAMILIES])
    out = table[["candidate_key", "candidate"]].reset_index(drop=True)
    recruiter = (
        applications[applications["recruiter"] != ""].sort_values("last_contact").drop_duplicates("person", keep="last")
    )
    out["recruiter"] = recruiter.set_index("person")["recruiter"].reindex(out.index).fillna("").astype("str")
    out["overall"] = np.where(enough, np.round(mean, 1), np.nan)
    out["overall_reason"] = np.where(enough, "", NOT_ENOUGH)
    out["scored_weight"] = np.round((known * weights).sum(axis=1), 2)
    out["lowest"], out["highest"] = np.where(enough, lowest, np.nan), np.where(enough, highest, np.nan)
    out["applications"] = group_count(person, people)
    out["interviews"] = group_sum(applications["interviews"].to_numpy(dtype=np.float64), person, people).astype(
        np.int64
    )
    out["provisional"] = out["interviews"] < policy.overall.provisional_below
    out["last_contact"] = applications.groupby("person")["last_contact"].max().reindex(out.index)
    return pd.concat([out, scores], axis=1)
