"""From uploads to the checked log in one verb."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from analysis.checked import Answers, CheckedLog, Fields
from analysis.checking import check
from analysis.formats.profile import Profile
from analysis.formats.recognising import Recognition, recognise, same_guess
from analysis.known import NOBODY, Known, home_of, known_from
from analysis.log import empty_contacts
from analysis.mapping import map_fields
from analysis.preparing import prepared
from analysis.problems import Problem, problem
from analysis.reading.raw import RawTable
from analysis.reading.reader import read_tables

_WAIT: Final = ("calendar", "mailbox")
"""Steps of profiles whose tables wait until the others say who is who, in the order in which they are read."""
_NO_BYTES: Final = hashlib.sha256(b"").hexdigest()


def load(
    files: Sequence[tuple[str, bytes]],
    answers: Answers,
    per_file: Mapping[str, Answers] | None = None,
    mappings: Mapping[str, Profile] | None = None,
) -> CheckedLog:
    """Read, recognise, map and check uploads, with every table that each of them holds.

    ``files``: names and bytes. ``per_file``: name of a table -> answers that differ; a file that holds one table is
    called as the file. ``mappings``: fingerprint of a header -> profile that a person confirmed. A table that holds
    the same as an earlier one adds nothing; one that cannot be read stands in ``files`` with its problem. Never
    raises for what a file holds.
    """
    read = (raw for name, data in files for raw in read_tables(data, name))
    return load_tables(read, answers, per_file, mappings)


def load_tables(
    read: Iterable[RawTable],
    answers: Answers,
    per_file: Mapping[str, Answers] | None = None,
    mappings: Mapping[str, Profile] | None = None,
) -> CheckedLog:
    """As `load`, for tables that have been read already."""
    tables: dict[int, Fields] = {}
    first: dict[str, str] = {}
    guessed: dict[int, tuple[RawTable, Recognition]] = {}
    waiting: dict[str, dict[int, tuple[RawTable, Recognition]]] = {step: {} for step in _WAIT}
    for number, each in enumerate(read):
        raw = prepared(each)
        if raw.sha256 in first and raw.sha256 != _NO_BYTES:
            tables[number] = _again(raw, first[raw.sha256])
            continue
        first[raw.sha256] = raw.name
        found = recognise(raw, mappings) if _has_columns(raw) else None
        if found is not None and found.profile is None:
            guessed[number] = (raw, found)
        elif found is not None and (step := next((s for s in _WAIT if s in found.best().steps), "")):
            waiting[step][number] = (raw, found)
        else:
            tables[number] = _fields(raw, found)
    # those of one unknown header are guessed alike, so they wait for each other
    for number, found in zip(guessed, same_guess(list(guessed.values())), strict=True):
        tables[number] = _fields(guessed[number][0], found)
    # who is who in calendars and mailboxes is best known from the other files, and from whose mailbox it is
    owner = home_of(a for raw, _ in waiting["mailbox"].values() for a in _owners(raw))
    for step in _WAIT:
        others = list(tables.values())
        for number, (raw, found) in waiting[step].items():
            said = (*answers.agency, *(per_file or {}).get(raw.name, answers).agency)
            known = known_from(others, said or ((owner,) if step == "calendar" else ()))
            tables[number] = _fields(raw, found, known)
    return check([tables[number] for number in sorted(tables)], answers, per_file)


def fields_of(raw: RawTable, mappings: Mapping[str, Profile] | None = None) -> Fields:
    """The fields of one raw table: recognised, else guessed; one that is not read has no row."""
    raw = prepared(raw)
    return _fields(raw, recognise(raw, mappings) if _has_columns(raw) else None)


def _has_columns(raw: RawTable) -> bool:
    return raw.readable and len(raw.frame.columns) > 0


def _fields(raw: RawTable, found: Recognition | None, known: Known = NOBODY) -> Fields:
    if found is None:
        return _nothing(raw, raw.problems)
    fields = map_fields(raw, found.best(), known)
    return replace(fields, problems=(*found.problems, *fields.problems)) if found.problems else fields


def _owners(raw: RawTable) -> list[str]:
    return raw.frame["owner_email"].tolist() if "owner_email" in raw.frame else []


def _again(raw: RawTable, other: str) -> Fields:
    return _nothing(raw, (problem("same_file_twice", raw.name, other=other),))


def _nothing(raw: RawTable, problems: tuple[Problem, ...]) -> Fields:
    frame = empty_contacts().iloc[:0][["candidate"]]
    return Fields(
        name=raw.name,
        profile=raw.format,
        frame=frame,
        lines=raw.lines[:0],
        problems=problems,
        physical=raw.account.lines,
        sha256=raw.sha256,
    )
