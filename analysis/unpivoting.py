"""Hand-kept sheets with a line a candidate: each dated cell becomes a contact of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.formats.profile import Profile, normal_header
from analysis.formats.rows import Event
from analysis.sections import sections_of
from analysis.timetext import leading_time
from analysis.tracker_cells import (
    Dated,
    channel_in,
    dates_of,
    is_nothing,
    is_open,
    round_of,
    said_done,
    said_undone,
)
from analysis.vocabulary import fold, word_of

_ONCE: Final = ("note", "result", "decision_on", "topics", "subject", "decision_asked")
"""Fields of a wide row that belong to its interview alone."""
_YEAR: Final = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_CLOCK: Final = re.compile(r"(?:T|,?\s+(?:at |@ ?)?)\d{1,2}(?::\d{2}.*|\s?[ap]\.?m\.?)$", re.IGNORECASE)
_OUTCOMES: Final = ("rejection", "offer", "hired", "withdrawn", "closed")
_GOES_ON: Final = ("offer",)
"""Results that mean, where a further round follows, only that it does."""
NO_THANKS: Final = "no thank-you sent"
"""The note of a debrief that says so."""


@dataclass(frozen=True, slots=True)
class _Contact:
    """One contact found in a cell of row ``row``."""

    row: int
    at: str
    note: str
    column: str
    sets: Mapping[str, str]
    main: bool = False


@dataclass(slots=True)
class _Wide:
    """A sheet while its contacts are looked for. ``headers``: column -> normal header."""

    text: pd.DataFrame
    profile: Profile
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headers = {str(c): normal_header(str(c)) for c in self.text.columns}

    def columns(self, pattern: str, *, own: bool = True) -> list[str]:
        """Columns whose whole header fits; ``own``: those that the layout does not read as a field."""
        return [
            c
            for c, h in self.headers.items()
            if pattern and re.fullmatch(pattern, h) and not (own and h in self.profile.columns)
        ]

    def field(self, name: str) -> list[str]:
        """Columns that the layout reads as a field."""
        return [c for c, h in self.headers.items() if self.profile.columns.get(h) == name]

    def cell(self, column: str, row: int) -> str:
        """One cell, ``""`` without a column."""
        return str(self.text[column].iloc[row]) if column else ""

    def is_event(self, header: str) -> bool:
        """Whether a column holds a contact, its date or its remarks."""
        return header not in self.profile.columns and self.profile.knows(header)


def cell_events(cell: str) -> list[tuple[str, str]]:
    """The dates of a cell, each with the words that go with it: ``"3/6, 3/9 emailed"`` has two.

    A clock time after the words belongs to the date. A cell without a date gives ``("", cell)``.
    """
    return [(dated.when, dated.words) for dated in dates_of(cell)]


def unpivot(frame: pd.DataFrame, lines: NDArray[np.int64], profile: Profile) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """One row a contact. Returns the long table and its lines.

    Beside the sheet's own columns the table has ``event:<column of the log>``, ``near`` (the date a row's other dates
    belong to), ``at_column``, and ``aside`` where lines are headings or totals. A row in which no contact is found
    comes back once, with nothing in ``event:at``.
    """
    text = frame.astype("str").fillna("").apply(lambda c: c.str.strip())
    sections = sections_of(text, profile)
    heads = np.flatnonzero(sections.why != "")
    wide = _Wide(text.where(pd.Series(sections.why == "", index=text.index), ""), profile)
    near = _near(wide)
    near = np.where(near == "", sections.near, near)
    contacts = list(_contacts(wide))
    found = {c.row for c in contacts}
    contacts += [_Contact(r, "", "", "", {}) for r in range(len(text)) if r not in found]
    contacts.sort(key=lambda c: c.row)
    rows = np.array([c.row for c in contacts], dtype="int64")
    long = text.iloc[rows].reset_index(drop=True)
    main = np.array([c.main for c in contacts], dtype=bool)
    for column, header in wide.headers.items():
        if profile.columns.get(header) in _ONCE or wide.is_event(header):
            long[column] = long[column].where(main & (profile.columns.get(header) != "result"), "")
    for name in ("kind", "sender", "receiver", "channel", "state"):
        long[f"event:{name}"] = pd.Series([c.sets.get(name, "") for c in contacts], dtype="str")
    if any(e.who_match for e in profile.events) and any(wide.columns(e.who_match) for e in profile.events):
        long["event:interviewer"] = pd.Series([c.sets.get("interviewer", "") for c in contacts], dtype="str")
    long["event:at"] = pd.Series([c.at for c in contacts], dtype="str")
    long["event:note"] = pd.Series([c.note for c in contacts], dtype="str")
    long["at_column"] = pd.Series([c.column for c in contacts], dtype="str")
    long["near"] = pd.Series(near[rows], dtype="str")
    if len(heads):
        long["aside"] = pd.Series(sections.why[rows], dtype="str")
    if sections.clients:
        long["event:client"] = pd.Series(sections.client[rows], dtype="str")
    return long, lines[rows]


def _near(wide: _Wide) -> NDArray[np.object_]:
    """Per row the date that gives others their year: the interview's, else any with a year."""
    own = wide.columns(wide.profile.near_match, own=False)
    others = [c for c, h in wide.headers.items() if wide.is_event(h) and c not in own]
    near = np.full(len(wide.text), "", dtype=object)
    for column in [*own, *others]:
        cuts = {cell: _last_date(cell) for cell in wide.text[column].unique()}
        found = wide.text[column].map(cuts).to_numpy(dtype=object)
        dated = np.array([bool(_YEAR.search(str(f))) for f in found], dtype=bool)
        known = np.array([bool(_YEAR.search(str(n))) for n in near], dtype=bool)
        near = np.where(dated & ~known, found, near)
    return near


def _last_date(cell: str) -> str:
    return next((d.when for d in reversed(dates_of(cell)) if d.when), "")


def _contacts(wide: _Wide) -> Iterator[_Contact]:
    rounds = _rounds(wide)
    main = {row: _main(wide, row, found) for row, found in rounds.items()}
    for event in wide.profile.events:
        dates = wide.columns(event.date_match)
        columns = wide.columns(event.match)
        if event.dates_of:
            continue
        flags = [c for c in columns if c not in dates] if event.is_flag else []
        for column in columns:
            if flags and column in dates:
                continue  # the date of a flag beside it
            if event.is_flag:
                yield from _flagged(wide, column, dates, event)
                continue
            is_interview = event.sets.get("kind") == "interview"
            cells = {cell: _of_cell(cell, is_interview) for cell in wide.text[column].unique()}
            remark = _same_round(column, wide.columns(event.note_match))
            if not is_interview and round_of(wide.headers[remark] if remark else "") != round_of(wide.headers[column]):
                remark = ""
            for row, cell in enumerate(wide.text[column]):
                first = is_interview and main.get(row, column) == column
                for n, dated in enumerate(cells[cell]):
                    parts = [dated.words, wide.cell(remark, row) if n == len(cells[cell]) - 1 else ""]
                    held = first and n == len(cells[cell]) - 1
                    if is_interview:
                        parts.append(_said_of_round(wide, event, column, row, rounds))
                    if held:
                        parts.append(_unsaid(wide, row))
                    how = channel_in(dated.words) or channel_in(parts[1])
                    sets = {**how, **event.sets, **_with(wide, event, column, row)}
                    if dated.state:
                        sets["state"] = dated.state
                    elif not dated.when and said_done(cell):
                        sets["state"] = "happened"
                    note = "; ".join(p for p in parts if p and not is_nothing(p))
                    yield _Contact(row, dated.when, note, column, sets, held)
            if event.result_match:
                yield from _round_results(wide, event, column, rounds)
    yield from _outcomes(wide)


def _of_cell(cell: str, is_interview: bool) -> list[Dated]:
    """What a cell holds: nothing, an appointment that is still open, or contacts."""
    if is_nothing(cell) or said_undone(cell):
        return []
    if is_open(cell):
        return [Dated("", cell, "planned")] if is_interview else []
    return dates_of(cell)


def _rounds(wide: _Wide) -> dict[int, list[tuple[int, str]]]:
    """Per row the rounds of interviews that are filled: number and column."""
    found: dict[int, list[tuple[int, str]]] = {}
    for event in wide.profile.events:
        if event.sets.get("kind") != "interview" or event.dates_of:
            continue
        for column in wide.columns(event.match):
            number = _number(wide, event, column)
            for row, cell in enumerate(wide.text[column]):
                if not is_nothing(cell) and not said_undone(cell):
                    found.setdefault(row, []).append((number, column))
    return found


def _main(wide: _Wide, row: int, rounds: list[tuple[int, str]]) -> str:
    """The column of the interview that a row's remarks and decision belong to: the last with a date that stood."""
    for _, column in sorted(rounds, reverse=True):
        if any(d.when and d.state not in ("cancelled", "no_show") for d in dates_of(wide.cell(column, row))):
            return column
    return min(rounds)[1]


def _number(wide: _Wide, event: Event, column: str) -> int:
    """The round of a column; an interview without a number is the first."""
    return round_of(wide.headers[column]) or int(event.sets.get("kind") == "interview")


def _same_round(column: str, candidates: list[str]) -> str:
    """Of several columns the one of the same round; the only one without a round holds for all."""
    number = round_of(normal_header(column))
    same = [c for c in candidates if round_of(normal_header(c)) == number]
    free = [c for c in candidates if not round_of(normal_header(c))]
    return (same or free or [""])[0]


def _with(wide: _Wide, event: Event, column: str, row: int) -> dict[str, str]:
    """Who was met in a round, where rounds have interviewers of their own; else the only one of the row."""
    if not event.who_match:
        return {}
    everyone = [*wide.field("interviewer"), *wide.columns(event.who_match)]
    number = _number(wide, event, column)
    own = next((wide.cell(c, row) for c in everyone if round_of(wide.headers[c]) == number and wide.cell(c, row)), "")
    known = list(dict.fromkeys(cell for c in everyone if (cell := wide.cell(c, row))))
    who = own or (known[0] if len(known) == 1 else "")
    return {"interviewer": who} if who else {}


def _flagged(wide: _Wide, column: str, dates: list[str], event: Event) -> Iterator[_Contact]:
    """Contacts of a yes-or-no column and the column with its date."""
    when_column = _same_round(column, [d for d in dates if d != column])
    for row, cell in enumerate(wide.text[column]):
        day = wide.cell(when_column, row)
        day = "" if is_nothing(day) else day
        sets = {**event.sets, **_with(wide, event, column, row), "state": "happened"}
        found = [d for d in dates_of(cell) if d.when]
        if said_undone(cell) and not day:
            at, source = _interview_day(wide, column, row)
            none = {"kind": "debrief", "sender": "candidate", "receiver": "agency"}
            yield _Contact(row, at, NO_THANKS, source or column, none)
        elif found:
            for dated in found:
                yield _Contact(row, dated.when, dated.words, column, {**channel_in(dated.words), **sets})
        elif day:
            for dated in dates_of(day):
                words = "; ".join(w for w in (dated.words, "" if said_done(cell) else cell) if w and not is_nothing(w))
                yield _Contact(row, dated.when, words, when_column, {**channel_in(words), **sets})
        elif cell and not is_nothing(cell) and not is_open(cell):
            yield _Contact(row, "", cell, column, {**channel_in(cell), **sets})


def _interview_day(wide: _Wide, column: str, row: int) -> tuple[str, str]:
    """The day of the interview of a row as text and its column, blank where there is none."""
    days = wide.columns(wide.profile.near_match, own=False)
    same = _same_round(column, days)
    for each in [same, *days] if same else days:
        day = _CLOCK.sub("", _last_date(wide.cell(each, row)))
        if day:
            return day, each
    return "", ""


def _outcome(profile: Profile, cell: str) -> dict[str, str] | None:
    """What a result says: the columns of the log it sets, ``{}`` for nothing yet, None where it is not known."""
    own = profile.words.get("result", {})
    if is_nothing(cell) or is_open(cell) or fold(cell) in own:
        return dict(own.get(fold(cell), {}))
    kind = word_of("kind", cell)
    return {"kind": kind} if kind in _OUTCOMES else None


def _dated_outcome(profile: Profile, cell: str) -> tuple[str, dict[str, str] | None]:
    """The date in a result and what it says: ``Rejected 3/20``."""
    whole = _outcome(profile, cell)
    if whole is not None:
        return "", whole
    dated = next((d for d in dates_of(cell) if d.when), None)
    if dated is None:
        return "", None
    return dated.when, _outcome(profile, re.sub(r"^[\s(]+|[\s):,-]+$|\s+on$", "", dated.words))


def _sent_by(sets: Mapping[str, str]) -> dict[str, str]:
    return {**sets, "sender": "candidate" if sets.get("kind") == "withdrawn" else "client"}


def _outcomes(wide: _Wide) -> Iterator[_Contact]:
    """Results such as “Rejected”, with the date beside or in them where there is one."""
    beside = [c for e in wide.profile.events if e.dates_of == "result" for c in wide.columns(e.match)]
    for column in wide.field("result"):
        meant = {cell: _dated_outcome(wide.profile, cell) for cell in wide.text[column].unique()}
        for row, cell in enumerate(wide.text[column]):
            when, sets = meant[cell]
            if not sets:
                continue
            source = column
            for other in beside:
                if not when and (when := leading_time(wide.cell(other, row))[0]):
                    source = other
            yield _Contact(row, when, cell, source, _sent_by(sets))


def _round_results(
    wide: _Wide, event: Event, column: str, rounds: Mapping[int, list[tuple[int, str]]]
) -> Iterator[_Contact]:
    """Results of a round; one that a further round follows says only that it does."""
    number = _number(wide, event, column)
    for result in wide.columns(event.result_match):
        if not number or round_of(wide.headers[result]) != number:
            continue
        for row, cell in enumerate(wide.text[result]):
            when, sets = _dated_outcome(wide.profile, cell)
            later = any(n > number for n, _ in rounds.get(row, []))
            if sets and not (later and sets.get("kind") in _GOES_ON):
                yield _Contact(row, when, cell, result, _sent_by(sets))


def _said_of_round(
    wide: _Wide, event: Event, column: str, row: int, rounds: Mapping[int, list[tuple[int, str]]]
) -> str:
    """What a round's result says that is no outcome, kept beside its interview."""
    number = _number(wide, event, column)
    told = []
    for result in wide.columns(event.result_match):
        cell = wide.cell(result, row)
        if number and round_of(wide.headers[result]) == number and not is_nothing(cell):
            sets = _dated_outcome(wide.profile, cell)[1]
            later = any(n > number for n, _ in rounds.get(row, []))
            if sets is None or (later and sets.get("kind") in _GOES_ON):
                told.append(f"{result}: {cell}")
    return "; ".join(told)


def _unsaid(wide: _Wide, row: int) -> str:
    """Results that are no known word, kept beside the interview."""
    cells = [(c, wide.cell(c, row)) for c in wide.field("result")]
    return "; ".join(f"{c}: {cell}" for c, cell in cells if _dated_outcome(wide.profile, cell)[1] is None)
