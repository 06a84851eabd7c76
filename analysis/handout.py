"""The page that a candidate takes home from a coaching session: what of a result may stand on it, as a frozen value.

Only what the candidate did, got, or agreed on is picked. Notes and reasons of staff, contacts between staff and the
employer, references into files, and other people have no place in the value, so no page can show them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from analysis.agreed import Action
from analysis.coaching import Habit, Strength, strengths
from analysis.policy import Bands
from analysis.report import ApplicationReport, CandidateReport, Timeline, band
from analysis.results import FAMILIES, Scores

SHARED: Final = (
    "interview",
    "thank_you",
    "follow_up",
    "reply",
    "logistics",
    "after_rejection",
    "employer",
    "with_agency",
)
"""Classes of contacts that the candidate took part in."""

MOST_STRENGTHS: Final = 2
MOST_STEPS: Final = 2


@dataclass(frozen=True, slots=True)
class FamilyScore:
    """One family over all applications: ``points`` (0-100) None where ``status`` is not scored, and then a reason code.

    ``word``: of `analysis.report.BANDS`, or the family's own.
    """

    family: str
    points: float | None
    status: str
    reason: str
    word: str


@dataclass(frozen=True, slots=True)
class Step:
    """A check-in that will be welcome: with whom, from and to which moment (employer's clock), and by which route."""

    client: str
    starts: pd.Timestamp
    ends: pd.Timestamp
    route: str


@dataclass(frozen=True, slots=True)
class Handout:
    """All that the page says. ``strengths``: one or two; ``habit``: None where nothing was taken off.

    ``application``: title of the one that the timeline is of, empty without any; ``timeline``: None where there is
    nothing on it yet; ``agreed``: None where nothing was,
    and then ``about`` (the client it is about) is empty; ``interviews``: rounds held, over all applications.
    """

    candidate: str
    held_on: date
    strengths: tuple[Strength, ...]
    habit: Habit | None
    application: str
    timeline: Timeline | None
    families: tuple[FamilyScore, ...]
    interviews: int
    agreed: Action | None
    about: str
    steps: tuple[Step, ...]
    note: str


def handout(
    scores: Scores,
    view: CandidateReport,
    bands: Bands,
    found: Habit | None,
    held_on: date,
    agreed: Action | None = None,
    note: str = "",
) -> Handout:
    """The page for a session held on a day. ``view``: `analysis.report.report` of ``scores``; ``found``:
    `analysis.coaching.habit`; ``note``: the one for both, never a private one.

    The timeline is of the application that was agreed on, else of the habit's, else of the latest.
    """
    mine = {one.key: one for one in view.applications}
    wanted = (agreed.application_key if agreed else "", found.application_key if found else "", *mine)
    shown = next((mine[key] for key in wanted if key in mine), None)
    line = shared_timeline(shown) if shown else None
    about = mine.get(agreed.application_key) if agreed else None
    return Handout(
        candidate=view.candidate,
        held_on=held_on,
        strengths=strengths(view, bands.strong, found.family if found else "", MOST_STRENGTHS),
        habit=found,
        application=shown.title if shown else "",
        timeline=line if line and (len(line.marks) or len(line.windows)) else None,
        families=_families(scores, view.key, bands),
        interviews=view.interviews,
        agreed=agreed,
        about=about.client if about else "",
        steps=steps(view, agreed),
        note=note.strip(),
    )


def shared_timeline(application: ApplicationReport) -> Timeline:
    """The timeline with the contacts that the candidate took part in, and nothing that staff wrote about them."""
    contacts, view = application.contacts, application.timeline
    part_of = (contacts["from"] == "candidate") | (contacts["to"] == "candidate") | (contacts["class"] == "interview")
    known = contacts.loc[part_of & contacts["class"].isin(SHARED), "contact"]
    marks = view.marks.loc[view.marks["contact"].isin(known)].reset_index(drop=True)
    return replace(view, marks=marks.assign(who="", why="", reference=""))


def steps(view: CandidateReport, agreed: Action | None) -> tuple[Step, ...]:
    """The check-ins that are still to come, soonest first: none where one was sent since, the process is over, or it
    was agreed to leave it."""
    quiet = agreed.application_key if agreed and agreed.rule == "leave_it" else None
    found = []
    for one in view.applications:
        if one.stage != "open" or not one.client or quiet in ("", one.key):
            continue
        line = one.timeline
        ahead = line.windows[(line.windows["family"] == "timing") & (line.windows["good_to"] > line.as_of)]
        asked = line.marks.loc[line.marks["class"] == "follow_up", "at"].max()
        for after, starts, ends in zip(ahead["interview"], ahead["good_from"], ahead["good_to"], strict=True):
            if pd.isna(asked) or asked < after:
                found.append(Step(one.client, starts, ends, one.route))
    found.sort(key=lambda step: (step.starts, step.client))
    first = {step.client: step for step in reversed(found)}
    return tuple(step for step in found if first[step.client] is step)[:MOST_STEPS]


def _families(scores: Scores, candidate_key: str, bands: Bands) -> tuple[FamilyScore, ...]:
    row = scores.candidates.loc[scores.candidates["candidate_key"] == candidate_key].iloc[0]
    found = []
    for family in FAMILIES:
        points = None if pd.isna(row[family]) else float(row[family])
        word = str(row[f"{family}_word"]) or band(points, bands)
        found.append(FamilyScore(family, points, str(row[f"{family}_status"]), str(row[f"{family}_reason"]), word))
    return tuple(found)
