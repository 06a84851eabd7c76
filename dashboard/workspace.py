"""What one browser session looks at: a state of a workspace, at a moment. A frozen value that knows its own digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.checked import Answers
from analysis.formats.answers import LayoutAnswers
from analysis.links import Links
from analysis.policy import Policy
from dashboard.store.imports import ORIGINAL, Import
from dashboard.store.state import State


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of the workspace. ``name`` is only ever shown, never used as a path."""

    number: int
    name: str
    sha256: str

    @property
    def key(self) -> str:
        """What is read from it depends on: its content, and its name in messages."""
        return self.sha256 + self.name


@dataclass(frozen=True, slots=True)
class Workspace:
    """A state of a workspace and the moment it is scored at; ``is_sample`` for the invented agency.

    ``only``: whose files are listed, empty for everybody's; scores rest on all of them.
    """

    known: State
    as_of: pd.Timestamp
    is_sample: bool = False
    only: str = ""

    @property
    def uploads(self) -> tuple[Upload, ...]:
        """The files that hold, in the order they came; without those of which only contacts are left."""
        kept = (one for one in self.known.imports if one.form == ORIGINAL and self.only in ("", one.author))
        return tuple(Upload(one.number, one.name, one.sha256) for one in kept)

    @property
    def bare(self) -> tuple[Upload, ...]:
        """The imports that hold and of which only contacts are left, in the order they came."""
        kept = (one for one in self.known.imports if one.form != ORIGINAL and self.only in ("", one.author))
        return tuple(Upload(one.number, one.name, one.sha256) for one in kept)

    @property
    def imports(self) -> tuple[Import, ...]:
        """Every import that holds, whoever loaded it: what could be seen from when on; nothing of what a file says."""
        return self.known.imports

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing that could be scored: no file, and nothing typed by hand."""
        return not self.known.imports and not self.known.typed

    @property
    def answers(self) -> Answers:
        """What was said about all files."""
        return self.known.answers

    @property
    def mappings(self) -> Mapping[str, LayoutAnswers]:
        """What was said about layouts, by fingerprint of the header."""
        return self.known.layouts

    @property
    def links(self) -> Links:
        """What was decided on who is who."""
        return self.known.links

    @property
    def policy(self) -> Policy:
        """The policy that holds."""
        return self.known.policy

    @property
    def key(self) -> str:
        """A digest of everything that the checked log depends on."""
        return self.known.contacts_digest

    @property
    def corrected_key(self) -> str:
        """A digest of everything that the corrected log depends on."""
        return _digest(self.key, self.known.corrections, self.known.settings)

    @property
    def scoring_key(self) -> str:
        """A digest of everything that the scores depend on."""
        numbers = [(record.name, record.value) for record in self.known.policy.records]
        return _digest(self.corrected_key, self.known.links, self.known.policy.version, numbers, self.as_of)

    def under(self, policy: Policy) -> Workspace:
        """The same under another policy."""
        return replace(self, known=replace(self.known, policy=policy))

    def of(self, author: str) -> Workspace:
        """The same, with only the files that one person loaded."""
        return replace(self, only=author)

    def at(self, as_of: pd.Timestamp) -> Workspace:
        """The same at another moment."""
        return replace(self, as_of=as_of)


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
