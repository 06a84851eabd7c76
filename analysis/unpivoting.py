"""Hand-kept sheets with a line a candidate: each dated cell becomes a contact of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.formats.guessing import says_no, says_yes
from analysis.formats.profile import Profile, normal_header
from analysis.formats.rows import Event
from analysis.timetext import leading_time
from analysis.vocabulary import fold, word_of

_ONCE: Final = ("note", "result", "decision_on", "topics", "subject", "decision_asked")
"""Fields of a wide row that belong to its interview alone."""
_YEAR: Final = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}(?!\d)")
_LATE_CLOCK: Final = re.compile(
    r"^(.*?)\s*(?:at |@ ?)?(\d{1,2}(?::\d{2})\s?(?:[ap]m)?|\d{1,2}\s?[ap]m)$", re.IGNORECASE
)
_NEXT: Final = re.compile(r"\s*[;,\n&]\s*(?=\d{1,4}[./-]\d{1,2})")
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


def cell_events(cell: str) -> list[tuple[str, str]]:
    """The dates of a cell, each with the words that go with it: ``"3/6, 3/9 emailed"`` has two.

    A clock time after the words belongs to the date. A cell without a date gives ``("", cell)``.
    """
    found: list[tuple[str, str]] = []
    for piece in _NEXT.split(cell.strip()):
        when, words = leading_time(piece)
        late = _LATE_CLOCK.match(words)
        if when and late is not None and ":" not in when and not re.search(r"[ap]m\b", when, re.IGNORECASE):
            when, words = f"{when} {late[2]}", late[1].strip(" ,;-\u2013")
        if when or piece.strip():
            found.append((when, words))
    return found


def unpivot(frame: pd.DataFrame, lines: NDArray[np.int64], profile: Profile) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """One row a contact. Returns the long table and its lines.

    Beside the sheet's own columns the table has ``event:<column of the log>``, ``near`` (the date a row's other dates
    belong to) and ``at_column``. A row in which no contact is found comes back once, with nothing in ``event:at``.
    """
    text = frame.astype("str").fillna("").apply(lambda c: c.str.strip())
    headers = {str(c): normal_header(str(c)) for c in frame.columns}
    near = _near(text, headers, profile)
    contacts = sorted(_contacts(text, headers, profile), key=lambda c: c.row)
    found = {c.row for c in contacts}
    contacts += [_Contact(r, "", "", "", {}) for r in range(len(text)) if r not in found]
    contacts.sort(key=lambda c: c.row)
    rows = np.array([c.row for c in contacts], dtype="int64")
    long = text.iloc[rows].reset_index(drop=True)
    main = np.array([c.main for c in contacts], dtype=bool)
    for column, header in headers.items():
        if profile.columns.get(header) in _ONCE or _is_event(profile, header):
            long[column] = long[column].where(main & (profile.columns.get(header) != "result"), "")
    for name in ("kind", "sender", "receiver", "channel", "state"):
        long[f"event:{name}"] = pd.Series([c.sets.get(name, "") for c in contacts], dtype="str")
    long["event:at"] = pd.Series([c.at for c in contacts], dtype="str")
    long["event:note"] = pd.Series([c.note for c in contacts], dtype="str")
    long["at_column"] = pd.Series([c.column for c in contacts], dtype="str")
    long["near"] = pd.Series(near[rows], dtype="str")
    return long, lines[rows]


def _is_event(profile: Profile, header: str) -> bool:
    return header not in profile.columns and profile.knows(header)


def _near(text: pd.DataFrame, headers: Mapping[str, str], profile: Profile) -> NDArray[np.object_]:
    """Per row the date that gives others their year: the interview's, else any with a year."""
    own = [c for c, h in headers.items() if profile.near_match and re.fullmatch(profile.near_match, h)]
    others = [c for c, h in headers.items() if _is_event(profile, h) and c not in own]
    near = np.full(len(text), "", dtype=object)
    for column in [*own, *others]:
        cuts = {cell: leading_time(cell)[0] for cell in text[column].unique()}
        found = text[column].map(cuts).to_numpy(dtype=object)
        dated = np.array([bool(_YEAR.search(str(f))) for f in found], dtype=bool)
        known = np.array([bool(_YEAR.search(str(n))) for n in near], dtype=bool)
        near = np.where(dated & ~known, found, near)
    return near


def _contacts(text: pd.DataFrame, headers: Mapping[str, str], profile: Profile) -> Iterator[_Contact]:
    first_interview: set[int] = set()
    interview = _interview_days(text, headers, profile)
    for event in profile.events:
        notes = [c for c, h in headers.items() if event.note_match and re.fullmatch(event.note_match, h)]
        dates = [c for c, h in headers.items() if event.date_match and re.fullmatch(event.date_match, h)]
        for column in [c for c, h in headers.items() if h not in profile.columns and re.fullmatch(event.match, h)]:
            if event.is_flag:
                yield from _flagged(text, column, dates, event, interview)
                continue
            remark = _remark(column, notes)
            cells = {cell: cell_events(cell) for cell in text[column].unique()}
            for row, cell in enumerate(text[column]):
                for when, words in cells[cell]:
                    parts = [words]
                    main = event.sets.get("kind") == "interview" and row not in first_interview
                    if remark and event.sets.get("kind") == "interview":
                        parts.append(text[remark].iloc[row])
                    if main:
                        first_interview.add(row)
                        parts.append(_unsaid(text, headers, profile, row))
                    sets = {**_channel(words), **event.sets}
                    if not when and says_yes(cell):
                        sets = {**sets, "state": "happened"}
                    yield _Contact(row, when, "; ".join(p for p in parts if p), column, sets, main)
    yield from _outcomes(text, headers, profile)


def _remark(column: str, notes: list[str]) -> str:
    number = re.findall(r"\d+", column)
    same = [n for n in notes if number and number[-1] in re.findall(r"\d+", n)]
    return (same or notes or [""])[0]


def _channel(words: str) -> dict[str, str]:
    for word in [words, *re.split(r"[\s,;/]+", words)]:
        known = word_of("channel", word)
        if known and known != "other":
            return {"channel": known}
    return {}


def _interview_days(
    text: pd.DataFrame, headers: Mapping[str, str], profile: Profile
) -> list[tuple[str, str]]:
    """Per row the day of the interview as text and its column, blank where there is none."""
    own = [c for c, h in headers.items() if profile.near_match and re.fullmatch(profile.near_match, h)]
    days = [("", "")] * len(text)
    for column in own:
        for row, cell in enumerate(text[column]):
            day = re.split(r"(?<=\d)[\sT]", leading_time(cell)[0])[0]
            days[row] = days[row] if days[row][0] or not day else (day, column)
    return days


def _flagged(
    text: pd.DataFrame, column: str, dates: list[str], event: Event, interview: list[tuple[str, str]]
) -> Iterator[_Contact]:
    """Contacts of a yes-or-no column and the column with its date."""
    for row, cell in enumerate(text[column]):
        dated = next(((d, text[d].iloc[row]) for d in dates if text[d].iloc[row]), ("", ""))
        when, words = leading_time(cell)
        if says_no(cell) and not dated[1]:
            sets = {"kind": "debrief", "sender": "candidate", "receiver": "agency"}
            day, source = interview[row]
            yield _Contact(row, day, NO_THANKS, source or column, sets)
        elif when:
            yield _Contact(row, when, words, column, {**_channel(words), **event.sets, "state": "happened"})
        elif dated[1]:
            sent, rest = leading_time(dated[1])
            note = rest if sent else dated[1]
            yield _Contact(row, sent, note, dated[0], {**_channel(note), **event.sets, "state": "happened"})
        elif cell:
            yield _Contact(row, "", cell, column, {**_channel(cell), **event.sets, "state": "happened"})


def _results(headers: Mapping[str, str], profile: Profile) -> list[str]:
    return [c for c, h in headers.items() if profile.columns.get(h) == "result"]


def _outcome(profile: Profile, cell: str) -> dict[str, str] | None:
    """What a result says: the columns of the log it sets, ``{}`` for nothing yet, None where it is not known."""
    own = profile.words.get("result", {})
    if not cell or fold(cell) in own:
        return dict(own.get(fold(cell), {}))
    kind = word_of("kind", cell)
    return {"kind": kind} if kind in ("rejection", "offer", "hired", "withdrawn", "closed") else None


def _outcomes(text: pd.DataFrame, headers: Mapping[str, str], profile: Profile) -> Iterator[_Contact]:
    """Results such as “Rejected”, which have no date of their own."""
    for column in _results(headers, profile):
        meant = {cell: _outcome(profile, cell) for cell in text[column].unique()}
        for row, cell in enumerate(text[column]):
            sets = meant[cell]
            if sets:
                sender = "candidate" if sets.get("kind") == "withdrawn" else "client"
                yield _Contact(row, "", cell, column, {**sets, "sender": sender})


def _unsaid(text: pd.DataFrame, headers: Mapping[str, str], profile: Profile, row: int) -> str:
    """Results that are no known word, kept beside the interview."""
    cells = [(c, text[c].iloc[row]) for c in _results(headers, profile)]
    return "; ".join(f"{column}: {cell}" for column, cell in cells if _outcome(profile, cell) is None)
