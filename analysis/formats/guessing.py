"""Guessing what the columns of an unknown layout hold, from their headers and from their values."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Final

import pandas as pd
from rapidfuzz import fuzz, process

from analysis.calendars import valid_zone
from analysis.formats.profile import IGNORED, normal_header
from analysis.log import PLAIN_COLUMNS
from analysis.timetext import split_times
from analysis.vocabulary import word_of

_SAMPLE: Final = 500
_SEVERAL: Final = ("note", "type", "result", IGNORED, "subject")
"""Fields that several columns may hold."""


_DATED: Final = {"at", "date", "ended_at", "end_date", "logged_at", "decision_on"}
_ADDRESSED: Final = {
    *("candidate_email", "interviewer_email", "from_email", "to_email", "cc_email", "organizer_email"),
    *("attendee_emails", "attendees", "people", "recruiter", "organizer", "message_id", "candidate_id"),
}
_PHONED: Final = {"candidate_phone", "interviewer_phone", "call_from", "call_to", "from_email", "to_email"}
_BY_ADDRESS: Final = {
    "candidate": "candidate_email",
    "interviewer": "interviewer_email",
    "from_name": "from_email",
    "to_name": "to_email",
    "cc_name": "cc_email",
}
_BY_PHONE: Final = {"candidate": "candidate_phone", "interviewer": "interviewer_phone"}
_ADDRESS: Final = r"[^\s@;,<>()\"]+@[^\s@;,<>()\"]+\.[^\s@;,<>()\"]+"
_ONE_ADDRESS: Final = rf"\s*(?:[^@;,<>]*[<(])?{_ADDRESS}[>)]?\s*"
_NAME: Final = r"(?:[^\W\d_][\w'’.\-]*,? ){1,3}[^\W\d_][\w'’.\-]*"
_FIRM: Final = r".*\b(?:inc|ltd|llc|llp|plc|gmbh|ag|corp|corporation|company|group|bv|sarl|limited|co)\.?\s*"
_WAYS: Final = {"in", "out", "inbound", "outbound", "incoming", "outgoing"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is taken for. ``confidence`` is from 0 to 1; ``why`` says in a few words what it rests on."""

    column: str
    field: str
    confidence: float
    why: str

    @property
    def how_sure(self) -> str:
        """The confidence in words: ``sure``, ``likely``, ``a guess`` or ``no idea``."""
        if not self.confidence:
            return "no idea"
        return "sure" if self.confidence >= 0.85 else "likely" if self.confidence >= 0.55 else "a guess"


@cache
def _synonyms() -> dict[str, str]:
    """Normal header -> field."""
    table = tomllib.loads((resources.files("analysis.formats") / "synonyms.toml").read_text("utf-8"))
    words = {normal_header(word): field for field, group in table.items() for word in group}
    return {**words, **{normal_header(name): name for name in PLAIN_COLUMNS}}


def guess_columns(frame: pd.DataFrame) -> tuple[Guess, ...]:
    """A guess for every column of a table of text, in the table's order; a field is given to one column only."""
    found: list[list[Guess]] = []
    for column in frame.columns:
        values = frame[column].astype("str").fillna("").head(_SAMPLE)
        found.append(_for_column(str(column), values[values.str.strip() != ""]))
    taken: dict[str, str] = {}
    ranked = sorted((g for group in found for g in group), key=lambda g: -g.confidence)
    chosen: dict[str, Guess] = {}
    for guess in ranked:
        if guess.column in chosen or (guess.field in taken and guess.field not in _SEVERAL):
            continue
        chosen[guess.column] = guess
        taken.setdefault(guess.field, guess.column)
    if {"at", "time"} <= set(taken) and "date" not in taken:
        # a day beside a time of day, in two columns
        moment = chosen[taken["at"]]
        if not _has_clock(frame[moment.column].astype("str").fillna("").head(_SAMPLE)):
            chosen[moment.column] = replace(moment, field="date")
    return tuple(chosen.get(str(c), Guess(str(c), IGNORED, 0.0, "nothing fits")) for c in frame.columns)


def _for_column(column: str, values: pd.Series) -> list[Guess]:
    header, words = normal_header(column), _synonyms()
    looks = _looks(values)
    guesses: list[Guess] = []
    if header in words:
        guesses.append(Guess(column, words[header], 0.9, "its name"))
    elif like := _like(header, column.rstrip().endswith(".")):
        guesses.append(Guess(column, words[like], 0.6, f"its name is like “{like}”"))
    if len(values) and guesses:
        guesses[0] = _weighed(guesses[0], {field for field, _, _ in looks})
    for field, confidence, why in looks:
        guesses.append(Guess(column, field, confidence, why))
    if guesses and guesses[0].field == "date" and _has_clock(values):
        guesses.insert(0, Guess(column, "at", 0.91, "its name, and its values hold a time of day"))
    return guesses


def _like(header: str, short: bool) -> str:
    """The known header that one resembles, ``""`` for none; ``short``: it ends in the full stop of an abbreviation."""
    words = _synonyms()
    close = process.extractOne(header, list(words), scorer=fuzz.token_sort_ratio, score_cutoff=86)
    if header and close is not None:
        return str(close[0])
    # "Int'viewer", "Inter viewer": the parts mean nothing by themselves
    joined = {word.replace(" ", ""): word for word in words}
    close = process.extractOne(header.replace(" ", ""), list(joined), scorer=fuzz.ratio, score_cutoff=88)
    if len(header) >= 6 and close is not None:
        return joined[close[0]]
    longer = [word for word in words if short and len(header) >= 3 and " " not in word and word.startswith(header)]
    return longer[0] if len({words[word] for word in longer}) == 1 else ""


def _weighed(named: Guess, fits: set[str]) -> Guess:
    """A guess by a header, held against what the values look like: values that are clearly something else win."""
    column, field, confidence, why = named.column, named.field, named.confidence, named.why
    if field in _DATED - {"decision_on"} and not fits & _DATED:
        return Guess(column, field, 0.3, f"{why}, but its values are no dates")
    for sign, meant, instead, told in (
        ("candidate_email", _ADDRESSED, _BY_ADDRESS, "e-mail addresses"),
        ("candidate_phone", _PHONED, _BY_PHONE, "phone numbers"),
    ):
        if sign in fits and field in instead:
            return Guess(column, instead[field], confidence, f"{why}, and its values are {told}")
        if sign in fits and field not in meant | {IGNORED}:
            return Guess(column, field, 0.2, f"{why}, but its values are {told}")
    if IGNORED in fits and field not in ("message_id", "from_email", "to_email", "place"):
        return Guess(column, field, 0.2, f"{why}, but its values are web addresses")
    return named


def _looks(values: pd.Series) -> list[tuple[str, float, str]]:
    """What the values look like."""
    if not len(values):
        return []
    looks: list[tuple[str, float, str]] = []
    if values.str.fullmatch(rf"(?:{_ONE_ADDRESS}[;,]?)+").mean() > 0.8:
        looks.append(("candidate_email", 0.5, "its values are e-mail addresses"))
        looks.append(("interviewer_email", 0.4, "its values are e-mail addresses"))
    if values.str.fullmatch(r"'?\+?[\d\s().\-/]{7,20}").mean() > 0.8 and (
        split_times(values)["state"].isin(("bad", "empty")).mean() > 0.8
    ):
        looks.append(("candidate_phone", 0.4, "its values are phone numbers"))
    if values.str.match(r"\s*(?:https?://|www\.)\S+\s*$", case=False).mean() > 0.8:
        return [(IGNORED, 0.5, "its values are web addresses")]
    if values.str.fullmatch(r"\s*<[^<>\s]+@[^<>\s]+>\s*").mean() > 0.8:
        return [("message_id", 0.6, "its values are numbers of messages")]
    state = split_times(values)["state"]
    if (state == "clock").mean() > 0.8:
        looks.append(("time", 0.5, "its values are times of day"))
        looks.append(("end_time", 0.3, "its values are times of day"))
    if state.isin(("done", "numeric", "named")).mean() > 0.6:
        looks.append(("at", 0.5, "its values are dates"))
        looks.append(("logged_at", 0.2, "its values are dates"))
    distinct = values.drop_duplicates()
    if len(distinct) <= 40:
        folded = distinct.str.strip().str.lower()
        if folded.isin(_WAYS).mean() > 0.7:
            looks.append(("direction", 0.5, "its values are in and out"))
        if all("/" in name and valid_zone(name) for name in distinct.str.strip()):
            looks.append(("zone", 0.5, "its values are time zones"))
    for field in ("kind", "channel", "state", "sender", "receiver", "route"):
        known = [word for word in distinct if word_of(field, word)]
        if len(distinct) <= 40 and (len(known) > 0.7 * len(distinct) or values.isin(known).mean() > 0.6):
            looks.append((field, 0.45, f"its values are words for {field}"))
    if not looks and values.map(_is_name).mean() > 0.4 and values.str.title().map(_is_name).mean() > 0.8:
        firms = values.str.fullmatch(_FIRM, case=False).mean() > 0.3
        looks.append(("client", 0.35, "its values are names of firms") if firms else
                     ("candidate", 0.35, "its values are names of people"))  # fmt: skip
        if not firms:
            looks.append(("interviewer", 0.25, "its values are names of people"))
    if values.str.len().mean() > 40 and distinct.size > len(values) / 2:
        looks.append(("note", 0.35, "its values are long text"))
    return looks


def _is_name(cell: str) -> bool:
    words = cell.strip().split()
    return (
        len(cell) < 40 and bool(re.fullmatch(_NAME, cell.strip())) and words[0][0].isupper() and words[-1][0].isupper()
    )


def _has_clock(values: pd.Series) -> bool:
    parts = split_times(values)
    return bool((parts["clock"] >= 0).mean() > 0.5) and not parts["state"].eq("clock").any()


def says_yes(text: str) -> bool:
    """Whether a flag's cell means yes."""
    words = r"\s*(?:y|yes|true|1|x|✓|✔|sent|done|ja|oui|s[ií]|waar|wahr|vrai|vero|verdadero|verdadeiro)\s*[.!]?\s*"
    return bool(re.fullmatch(words, text, re.IGNORECASE))


def says_no(text: str) -> bool:
    """Whether a flag's cell means no."""
    words = r"\s*(?:n|no|false|0|not sent|nein|non|nee|onwaar|falsch|faux|falso|✗)\s*[.!]?\s*"
    return bool(re.fullmatch(words, text, re.IGNORECASE))
