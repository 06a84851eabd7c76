"""What a person says about the layout of a file on the Upload page, and what was said about it before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from analysis.formats.answers import CONFIRMED, LayoutAnswers
from analysis.formats.profile import GUESSED, normal_header, profile_named
from analysis.meanings import said_words
from dashboard import mappings, session

_UNNAMED: Final = "no_header"


def said(name: str) -> LayoutAnswers | None:
    """What was said about the layout of one table, today or on an earlier day."""
    return session.workspace().mappings.get(session.recognition(name).fingerprint)


def columns(name: str) -> dict[str, str]:
    """For one table: column -> the field it was taken for, for every column that something is read from."""
    best = session.recognition(name).best()
    return {c: field for c in session.recognition(name).columns if (field := best.field_of(c))}


def say_columns(name: str, chosen: Mapping[str, str]) -> None:
    """Keep which column is which field."""
    base = profile_named(_base(name))
    told = {c: f for c, f in chosen.items() if base is None or base.field_of(c) != f}
    _say(name, columns={normal_header(c): f for c, f in told.items()})


def say_layout(name: str, base: str) -> None:
    """Keep which of the known layouts a table has."""
    _say(name, base=base)


def say_order(name: str, column: str, order: str) -> None:
    """Keep the order of day and month in one column."""
    before = said(name)
    header = session.recognition(name).best().header(column)
    _say(name, orders={**(before.orders if before else {}), header: order})


def say_zone(name: str, zone: str) -> None:
    """Keep the zone of times that are written without one."""
    _say(name, zone=zone)


def say_time(name: str, time_is: str) -> None:
    """Keep whether the time tells when it happened (``contact``) or when it was typed in (``logged``)."""
    _say(name, time_is=time_is)


def say_words(name: str, table: pd.DataFrame, before: pd.DataFrame) -> None:
    """Keep what words mean; both tables as `analysis.meanings.words_of` makes them."""
    now = said(name)
    told = now.words if now else {}
    new = said_words(table, before)
    _say(name, words={part: {**told.get(part, {}), **new.get(part, {})} for part in {*told, *new}})


def forget(mark: str) -> None:
    """Drop what was said about a layout, here and for later days."""
    if mark in session.workspace().mappings:
        session.say_layouts({mark: None})
    if not session.on_sample():
        _kept(lambda: mappings.forget([mark]))


def take_over(data: bytes) -> str:
    """Add the mappings of an exported file; returns what was done or why not, in a sentence."""
    try:
        found = mappings.of_bytes(data)
        mappings.keep(found.values())
    except mappings.NotKept as problem:
        return str(problem)
    session.say_layouts(found)
    return f"{len(found)} {'layout was' if len(found) == 1 else 'layouts were'} taken over."


def kept() -> Mapping[str, LayoutAnswers]:
    """Everything that was said about layouts and is kept."""
    return session.saved_mappings()


def is_remembered(name: str) -> bool:
    """Whether what is said about a table holds for the next file: not for the sample, nor without a header."""
    nameless = any(p.code == _UNNAMED for p in session.raw(name).problems)
    return not nameless and not session.on_sample()


def _base(name: str) -> str:
    """The known layout that a table has, ``""`` where none is known."""
    seen = session.recognition(name)
    own = seen.profile.name if seen.profile is not None else ""
    return "" if own in (CONFIRMED, GUESSED) else own


def _say(name: str, **answers: Any) -> None:
    now, seen = session.workspace(), session.recognition(name)
    base, best = profile_named(_base(name)), seen.best()
    spelling = {}
    if base is not None:
        spelling = {normal_header(c): best.field_of(c) for c in seen.columns if best.field_of(c) != base.field_of(c)}
    first = LayoutAnswers(seen.columns, base=base.name if base is not None else "", columns=spelling)
    before = now.mappings.get(seen.fingerprint, first)
    today = pd.Timestamp.now(tz=now.answers.zone).date().isoformat()
    told = replace(before, told_on=today, **answers)
    session.say_layouts({seen.fingerprint: told})
    if is_remembered(name):
        _kept(lambda: mappings.keep([told]))


def _kept(change: Any) -> None:
    try:
        change()
    except mappings.NotKept as problem:
        session.note(str(problem))


def titles(answers: Iterable[LayoutAnswers]) -> list[str]:
    """A line for each layout: its first headers."""
    shown = [", ".join(a.headers[:5]) for a in answers]
    return [text if len(text) <= 80 else text[:79] + "…" for text in shown]
