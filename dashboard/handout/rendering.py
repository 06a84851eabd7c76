"""The handout as a PDF of one page: tagged for readers who cannot see it (PDF/UA-1), the same bytes every time.

Everything goes to the layout as data, so no name and no note is read as markup; see `page.typ`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from typing import Final, Literal

import pandas as pd
import typst
from babel import Locale, UnknownLocaleError

from analysis.coaching import Habit
from analysis.handout import FamilyScore, Handout, Step
from dashboard.dates import Dates
from dashboard.handout.drawing import picture, words
from dashboard.handout.plain import cuts, line
from dashboard.handout.texts import Texts, texts
from dashboard.receipt import number

Paper = Literal["A4", "Letter"]
PAPERS: Final[tuple[Paper, ...]] = ("A4", "Letter")

FILE_NAME: Final = "coaching-session.pdf"
"""It names nobody: a list of downloads is seen by others."""

_LETTER: Final = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
"""Where paper is Letter, as the Unicode locale data says (CLDR, paperSize)."""

_NAMES: Final = {"A4": "a4", "Letter": "us-letter"}
_WIDTH: Final = {"A4": 487.0, "Letter": 504.0}
"""Points between the margins."""
_NAME, _TITLE, _SENTENCE, _SEEN, _CLIENT = 56, 64, 300, 120, 40


def paper_of(locale: str) -> Paper:
    """The paper in the printer of a reader with a language tag such as ``en-US``; A4 where it names no country."""
    try:
        return "Letter" if Locale.parse(locale, sep="-").territory in _LETTER else "A4"
    except (UnknownLocaleError, ValueError):
        return "A4"


def pdf(page: Handout, dates: Dates, paper: Paper, said: Texts | None = None) -> bytes:
    """The page in a language (English unless told otherwise), for a reader's dates and paper."""
    told = json.dumps(content(page, dates, paper, said or texts()))
    made = datetime.combine(page.held_on, time(), UTC)
    for fonts, standard in ((_fonts(False), True), (_fonts(True), True)):
        try:
            return _compiled(told, fonts, made, standard)
        except typst.TypstError as error:
            # a letter that no font here can draw; anything else is a fault of ours
            if "could not be displayed" not in error.message:
                raise
    return _compiled(told, _fonts(True), made, False)


def _compiled(told: str, fonts: typst.Fonts, made: datetime, standard: bool) -> bytes:
    compiler = typst.Compiler(input=_layout(), font_paths=fonts, sys_inputs={"page": told})
    made_of = compiler.compile(format="pdf", pdf_standards=["ua-1"] if standard else [], timestamp=made)
    if not isinstance(made_of, bytes):
        raise TypeError("the layout gave no PDF")
    return made_of


@cache
def _fonts(of_the_system: bool) -> typst.Fonts:
    """The fonts that come with the library; those of the machine only for letters that they lack."""
    return typst.Fonts(include_system_fonts=of_the_system)


@cache
def _layout() -> bytes:
    return (resources.files("dashboard.handout") / "page.typ").read_bytes()


def content(page: Handout, dates: Dates, paper: Paper, said: Texts) -> dict[str, object]:
    """All texts of the page as the layout takes them, each of a length that fits."""
    view = page.timeline
    scored = any(one.points is not None for one in page.families)
    held = dates.day(pd.Timestamp(page.held_on))
    return {
        "paper": _NAMES[paper],
        "language": said.language,
        "title": said.page("title"),
        "held": said.page("held", day=held),
        "name": line(page.candidate, _NAME),
        "well": {
            "head": said.page("strengths"),
            "said": [
                {
                    "sentence": line(said.strength(one), _SENTENCE),
                    "seen": said.page("rests_on", where=line(one.where, _TITLE), points=number(one.points))
                    if one.points is not None
                    else "",
                }
                for one in page.strengths
            ],
        },
        "habit": {"head": said.page("habit"), **_habit(page.habit, said)},
        "agreed": _agreed(page, dates, said),
        "steps_head": said.page("steps"),
        "steps": [_step(one, dates, said) for one in page.steps],
        "timeline": {
            "head": said.page("timeline", application=line(page.application, _TITLE)) if view else said.page("drawn"),
            "picture": picture(view, said, dates.short, _WIDTH[paper]) if view else "",
            "alt": words(view, said, dates.day) if view else "",
            "none": said.page("no_timeline"),
        },
        "scores": {
            "head": said.page("scores"),
            "about": said.page("scores_from", interviews=_interviews(page.interviews, said))
            if scored
            else said.page("no_scores"),
            "columns": [said.page("family"), said.page("points"), said.page("word")],
            "rows": [_score(one, said) for one in page.families] if scored else [],
        },
        "note_head": said.page("note"),
        "own_head": said.page("own"),
        "notes": cuts(page.note, said.page("shortened")),
        "aid": said.page("aid"),
    }


def _habit(found: Habit | None, said: Texts) -> dict[str, str]:
    if found is None:
        return {"sign": "✓", "sentence": said.page("no_habit"), "seen": said.page("no_habit_seen")}
    where = line(found.where, _TITLE)
    if found.unseen:
        missing = said.of("unseen", found.finding, found.unseen)
        seen = said.page("unseen", where=where, unseen=missing)
    else:
        seen = said.page("seen", where=where, measured=line(found.measured, _SEEN))
    return {"sign": "→", "sentence": line(said.advice(found), _SENTENCE), "seen": seen}


def _agreed(page: Handout, dates: Dates, said: Texts) -> dict[str, str]:
    blank = {"head": said.page("agreed"), "write": said.page("write_agreed"), "by": said.page("write_due")}
    if page.agreed is None:
        return {**blank, "sentence": "", "due": ""}
    day = dates.day(pd.Timestamp(page.agreed.due))
    due = said.page("due_about", client=line(page.about, _CLIENT), day=day) if page.about else said.page("due", day=day)
    return {**blank, "sentence": line(page.agreed.sentence, _SENTENCE), "due": due}


def _step(one: Step, dates: Dates, said: Texts) -> str:
    name = "step_via_agency" if one.route == "via_agency" else "step"
    first, last = dates.day(one.starts), dates.day(one.ends)
    filled = {"client": line(one.client, _CLIENT), "from": first, "to": last}
    return said.page(name if first != last else f"{name}_day", **filled)


def _score(one: FamilyScore, said: Texts) -> dict[str, object]:
    if one.points is None:
        told, word = said.page("not_scored"), said.reason(one.reason) or said.of("words", one.status)
    else:
        told, word = said.page("of_100", points=number(one.points)), said.of("words", one.word)
    return {"family": said.family(one.family), "points": one.points, "told": told, "word": word}


def _interviews(count: int, said: Texts) -> str:
    name = "none" if count == 0 else "one" if count == 1 else "many"
    return said.page(f"interviews_{name}", count=f"{count:,}")
