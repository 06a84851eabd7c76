"""From uploads to the checked log in one verb."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from analysis.checked import Answers, CheckedLog, Fields
from analysis.checking import check
from analysis.formats.profile import Profile
from analysis.formats.recognising import recognise
from analysis.log import empty_contacts
from analysis.mapping import map_fields
from analysis.problems import Problem, problem
from analysis.reading.raw import RawTable
from analysis.reading.reader import read_tables
from analysis.rejects import as_corrected

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
    tables: list[Fields] = []
    first: dict[str, str] = {}
    for raw in read:
        if raw.sha256 in first and raw.sha256 != _NO_BYTES:
            tables.append(_again(raw, first[raw.sha256]))
            continue
        first[raw.sha256] = raw.name
        tables.append(fields_of(raw, mappings))
    return check(tables, answers, per_file)


def fields_of(raw: RawTable, mappings: Mapping[str, Profile] | None = None) -> Fields:
    """The fields of one raw table: recognised, else guessed; one that is not read has no row."""
    raw = as_corrected(raw)
    if raw.readable and len(raw.frame.columns):
        found = recognise(raw, mappings)
        fields = map_fields(raw, found.best())
        return replace(fields, problems=(*found.problems, *fields.problems)) if found.problems else fields
    return _nothing(raw, raw.problems)


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
