"""What a coaching session begins with: one thing done well, one habit to practise, and what could be agreed on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from analysis.advice import sentence, title
from analysis.policy import Policy
from analysis.report import CandidateReport
from analysis.results import FAMILIES, Scores

DONE_WELL: Final = {
    "thank_you": "You said thank you while the talk was still fresh.",
    "timing": "You checked in at a good moment.",
    "over_contact": "You stayed in touch without pressing.",
    "contact_details": "You came home knowing whom you met and how to reach them.",
    "decision_date": "You asked when they would decide.",
    "note_quality": "Your note spoke to the person you met, about what you discussed.",
}
"""What a strong family is, said to the candidate."""

_PRAISE: Final = "well_judged"
_TOO_MUCH: Final = (
    "second_unanswered",
    "unanswered",
    "too_close",
    "pushy",
    "channel_hopping",
    "another_person",
    "repeated_dialling",
    "asked_not_to_call",
    "asked_not_to_contact",
    "told_to_wait",
    "after_rejection",
)
_ABSENT: Final = {"thank_you_missing": "a thank-you", "missed": "a follow-up"}


@dataclass(frozen=True, slots=True)
class Strength:
    """Something done well: the sentence, of which application (title; empty for none), and its points (or None)."""

    sentence: str
    where: str = ""
    family: str = ""
    points: float | None = None


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit to practise: what the coach says, and the dearest example of it.

    ``cost``: what it takes off the six families' weighted points; ``times``: rounds it was seen in; ``unseen``: what
    the files do not show, where the habit rests on that, so that it can be asked before it is said.
    """

    finding: str
    family: str
    sentence: str
    title: str
    measured: str
    limit: str
    application_key: str
    where: str
    cost: float
    times: int
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could be agreed: a rule of `analysis.agreed.RULES`, the family for ``next_round``, a sentence."""

    rule: str
    family: str
    sentence: str
    application_key: str = ""


def strength(view: CandidateReport, strong: float, practised: str = "") -> Strength:
    """The first of `strengths`."""
    return strengths(view, strong, practised, 1)[0]


def strengths(view: CandidateReport, strong: float, practised: str, most: int) -> tuple[Strength, ...]:
    """What was done well, at most so many families: praise first, then families of ``strong`` points or more; else
    something true and kind.

    The latest application comes first, families in their order; ``practised`` is the family to practise, which is
    praised only where there is nothing else.
    """
    seen = [(a, f) for a in view.applications for f in a.families if f.points is not None]
    praised = [(a, f) for a, f in seen if any(one.finding == _PRAISE for one in f.advice)]
    found = (*praised, *((a, f) for a, f in seen if (f.points or 0) >= strong))
    first = {f.family: Strength(DONE_WELL[f.family], a.title, f.family, f.points) for a, f in reversed(found)}
    others = [first[name] for name in dict.fromkeys(f.family for _, f in found) if name != practised]
    if others or practised in first:
        return tuple(others[:most]) or (first[practised],)
    if view.interviews:
        times = "an interview" if view.interviews == 1 else f"{view.interviews} interviews"
        return (Strength(f"You were invited to {times}, and went."),)
    if view.applications:
        return (Strength("You are in the running, and you came to talk about it."),)
    return (Strength("You came, and that is a good beginning."),)


def habit(scores: Scores, candidate_key: str, policy: Policy, since: date | None = None) -> Habit | None:
    """The habit that costs most; None where nothing was taken off.

    ``since``: of a family in which a round that began after that day (UTC) was scored, only such rounds count, so that
    nothing is practised that was mended. A cost is the candidate's points of a row times the weight of its family.
    """
    units = scores.units[(scores.units["candidate_key"] == candidate_key) & (scores.units["status"] == "scored")]
    if since is not None:
        later = units["starts"] >= pd.Timestamp(since, tz="UTC") + pd.Timedelta(days=1)
        units = units[later | ~units["family"].isin(units.loc[later, "family"])]
    rows = scores.rows[scores.rows["unit_key"].isin(units["unit_key"]) & (scores.rows["candidate_points"] > 0)]
    if rows.empty:
        return None
    weights = {name: getattr(policy.weights, name) for name in FAMILIES}
    rows = rows.assign(cost=rows["candidate_points"] * rows["family"].map(weights).astype("float64"))
    dearest = rows.groupby(["family", "finding"], sort=True)["cost"].sum().sort_values(ascending=False, kind="stable")
    family, finding = dearest.index[0]
    mine = rows[(rows["family"] == family) & (rows["finding"] == finding)]
    example = mine.sort_values("cost", ascending=False, kind="stable").iloc[0]
    key = str(example["application_key"])
    return Habit(
        finding=str(finding),
        family=str(family),
        sentence=sentence(str(finding)),
        title=title(str(finding)),
        measured=str(example["measured"]),
        limit=str(example["limit"]),
        application_key=key,
        where=_titles(scores, candidate_key).get(key, ""),
        cost=float(dearest.iloc[0]),
        times=int(mine["unit_key"].nunique()),
        unseen=_ABSENT.get(str(finding), ""),
    )


def suggestions(found: Habit | None, client: str) -> dict[str, Suggestion]:
    """What could be agreed under each rule, the fitting one first. ``client``: whom the messages are about."""
    whom = client or "them"
    family = found.family if found else "thank_you"
    key = found.application_key if found else ""
    practise = found.sentence if found else PRACTISE["thank_you"]
    offers = {
        "next_round": Suggestion("next_round", family, practise),
        "one_message": Suggestion("one_message", "", f"Send {whom} one friendly message.", key),
        "leave_it": Suggestion("leave_it", "", f"Leave it with {whom} for now; we ask on your behalf.", key),
    }
    finding = found.finding if found else ""
    first = "leave_it" if finding in _TOO_MUCH else "one_message" if finding == "missed" else "next_round"
    return {rule: offers[rule] for rule in (first, *(r for r in offers if r != first))}


PRACTISE: Final = {
    "thank_you": "Set aside ten minutes at home for a short thank-you the same evening.",
    "timing": "Let their date pass (or about a week), then check in.",
    "over_contact": "Check in once, and leave at least a week before the next time.",
    "contact_details": "Before you leave, ask each person who interviewed you for a card or an e-mail address.",
    "decision_date": "End by asking when they hope to decide, so you know when to check in.",
    "note_quality": "Mention one or two things you talked about.",
}
"""What could be practised in a family, where nothing else was found."""


def _titles(scores: Scores, candidate_key: str) -> dict[str, str]:
    mine = scores.applications[scores.applications["candidate_key"] == candidate_key]
    return {
        str(key): " · ".join(word for word in (client, job) if word) or "Employer not named"
        for key, client, job in zip(mine["application_key"], mine["client"], mine["job"], strict=True)
    }
