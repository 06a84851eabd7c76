"""From uploads to the checked log in one verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.checked import Answers, CheckedLog, Fields
from analysis.checking import check
from analysis.formats.profile import Profile
from analysis.formats.recognising import recognise
from analysis.log import empty_contacts
from analysis.mapping import map_fields
from analysis.problems import Problem, problem
from analysis.reading.raw import RawTable
from analysis.reading.reader import read


def load(
    files: Sequence[tuple[str, bytes]],
    answers: Answers,
    per_file: Mapping[str, Answers] | None = None,
    mappings: Mapping[str, Profile] | None = None,
) -> CheckedLog:
    """Read, recognise, map and check uploads.

    ``files``: names and bytes. ``per_file``: file name -> answers that differ. ``mappings``: fingerprint of a header ->
    profile that a person confirmed. A file that holds the same bytes as an earlier one adds nothing; one that
    cannot be read stands in ``files`` with its problem. Never raises for what a file holds.
    """
    tables: list[Fields] = []
    first: dict[str, str] = {}
    for name, data in files:
        raw = read(data, name)
        if raw.sha256 in first and len(data):
            tables.append(_again(raw, first[raw.sha256]))
            continue
        first[raw.sha256] = name
        tables.append(fields_of(raw, mappings))
    return check(tables, answers, per_file)


def fields_of(raw: RawTable, mappings: Mapping[str, Profile] | None = None) -> Fields:
    """The fields of one raw table: recognised, else guessed; an unreadable one has no row."""
    if raw.readable:
        return map_fields(raw, recognise(raw, mappings).best())
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
