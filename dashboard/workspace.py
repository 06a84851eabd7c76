"""The files of one session and what a person said about them: a frozen value that knows its own digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

import pandas as pd

from analysis.checked import Answers, Complete
from analysis.formats.answers import LayoutAnswers, as_plain
from analysis.formats.profile import Profile
from analysis.links import NO_LINKS, Links


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file. ``name`` is only ever shown, never used as a path."""

    name: str
    data: bytes
    sha256: str

    @property
    def key(self) -> str:
        """What is read from it depends on: its content, and its name in messages."""
        return self.sha256 + self.name


@dataclass(frozen=True, slots=True)
class Workspace:
    """The files of a session and what a person said about them.

    ``complete`` is keyed by the table's name (the file's, where it holds one table), ``mappings`` by the fingerprint of
    a header, so that what was said holds for the next file of that layout too. ``links``: who is who.
    """

    uploads: tuple[Upload, ...]
    answers: Answers
    as_of: pd.Timestamp
    complete: Mapping[str, Complete] = field(default_factory=dict)
    mappings: Mapping[str, LayoutAnswers] = field(default_factory=dict)
    is_sample: bool = False
    links: Links = NO_LINKS

    @property
    def scoring_key(self) -> str:
        """A digest of everything that the scores depend on, except the policy."""
        return hashlib.sha256(f"{self.key}{self.links!r}".encode()).hexdigest()

    @property
    def key(self) -> str:
        """A digest of everything that the scores depend on, except the policy and what was said about who is who."""
        told = (
            [(u.name, u.sha256) for u in self.uploads],
            sorted(asdict(self.answers).items(), key=lambda item: item[0]),
            str(self.as_of),
            sorted(self.complete.items()),
            [(mark, json.dumps(as_plain(self.mappings[mark]), sort_keys=True)) for mark in sorted(self.mappings)],
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()

    @property
    def files(self) -> list[tuple[str, bytes]]:
        """Name and content of every file."""
        return [(u.name, u.data) for u in self.uploads]

    @property
    def per_file(self) -> dict[str, Answers]:
        """The answers for each table that has answers of its own."""
        return {name: replace(self.answers, complete=said) for name, said in self.complete.items()}

    @property
    def profiles(self) -> dict[str, Profile]:
        """The layouts that somebody said something about, by fingerprint."""
        return {mark: answers.profile() for mark, answers in self.mappings.items()}


def upload_of(name: str, data: bytes) -> Upload:
    """An upload with its digest."""
    return Upload(name, data, hashlib.sha256(data).hexdigest())
