"""Guessing what the columns of an unknown layout hold, from their headers and from their values."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import pandas as pd
from rapidfuzz import fuzz, process

from analysis.formats.profile import IGNORED, normal_header
from analysis.log import PLAIN_COLUMNS
from analysis.timetext import split_times
from analysis.vocabulary import word_of

_SAMPLE: Final = 500
_SEVERAL: Final = ("note", "type", "result", IGNORED, "subject")
"""Fields that several columns may hold."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is taken for. ``confidence`` is from 0 to 1; ``why`` says in a few words what it rests on."""

    column: str
    field: str
    confidence: float
    why: str


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
    return tuple(chosen.get(str(c), Guess(str(c), IGNORED, 0.0, "nothing fits")) for c in frame.columns)


def _for_column(column: str, values: pd.Series) -> list[Guess]:
    header, words = normal_header(column), _synonyms()
    looks = _looks(values)
    guesses: list[Guess] = []
    if header in words:
        guesses.append(Guess(column, words[header], 0.9, "its name"))
    else:
        close = process.extractOne(header, list(words), scorer=fuzz.token_sort_ratio, score_cutoff=86)
        if header and close is not None:
            guesses.append(Guess(column, words[close[0]], 0.6, f"its name is like “{close[0]}”"))
    for field, confidence, why in looks:
        guesses.append(Guess(column, field, confidence, why))
    fits = {field for field, _, _ in looks}
    # a header that its own values contradict is worth less
    dated = {"at", "date", "ended_at", "end_date", "logged_at"}
    if len(values) and guesses and guesses[0].field in dated and not fits & dated:
        guesses[0] = Guess(column, guesses[0].field, 0.3, "its name, but its values are no dates")
    if guesses and guesses[0].field == "date" and _has_clock(values):
        guesses.insert(0, Guess(column, "at", 0.91, "its name, and its values hold a time of day"))
    return guesses


def _looks(values: pd.Series) -> list[tuple[str, float, str]]:
    """What the values look like."""
    if not len(values):
        return []
    looks: list[tuple[str, float, str]] = []
    share = values.str.fullmatch(r"\s*[^\s@;]+@[^\s@;]+\.[^\s@;]+\s*").mean()
    if share > 0.8:
        looks.append(("candidate_email", 0.5, "its values are e-mail addresses"))
        looks.append(("interviewer_email", 0.4, "its values are e-mail addresses"))
    if values.str.fullmatch(r"'?\+?[\d\s().\-/]{7,20}").mean() > 0.8 and (
        split_times(values)["state"].isin(("bad", "empty")).mean() > 0.8
    ):
        looks.append(("candidate_phone", 0.4, "its values are phone numbers"))
    state = split_times(values)["state"]
    if state.isin(("done", "numeric", "named")).mean() > 0.8:
        looks.append(("at", 0.5, "its values are dates"))
        looks.append(("logged_at", 0.2, "its values are dates"))
    distinct = values.drop_duplicates()
    for field in ("kind", "channel", "state", "sender", "receiver", "route"):
        known = [bool(word_of(field, word)) for word in distinct]
        if sum(known) / len(known) > 0.7 and len(distinct) <= 40:
            looks.append((field, 0.45, f"its values are words for {field}"))
    if values.str.len().mean() > 40 and distinct.size > len(values) / 2:
        looks.append(("note", 0.35, "its values are long text"))
    return looks


def _has_clock(values: pd.Series) -> bool:
    parts = split_times(values)
    return bool((parts["clock"] >= 0).mean() > 0.5) and not parts["state"].eq("clock").any()


def says_yes(text: str) -> bool:
    """Whether a flag's cell means yes."""
    words = r"\s*(?:y|yes|true|1|x|✓|✔|sent|done|ja|oui|s[ií]|waar|wahr)\s*[.!]?\s*"
    return bool(re.fullmatch(words, text, re.IGNORECASE))


def says_no(text: str) -> bool:
    """Whether a flag's cell means no."""
    words = r"\s*(?:n|no|false|0|not sent|nein|non|nee|onwaar|falsch|✗)\s*[.!]?\s*"
    return bool(re.fullmatch(words, text, re.IGNORECASE))
