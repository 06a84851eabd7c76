"""Everything that a result follows from, as it stood at a moment, and the result itself."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Engine

from analysis.changes import Change, explain
from analysis.checked import Answers, CheckedLog
from analysis.corrected import as_said
from analysis.corrections import Correction
from analysis.formats.answers import LayoutAnswers, of_plain
from analysis.formats.profile import Profile
from analysis.links import Links
from analysis.loading import load_tables
from analysis.log import CONTACT_DTYPES
from analysis.policy import Policy
from analysis.reading.raw import RawTable
from analysis.reading.reader import read_tables
from analysis.results import Scores
from analysis.scoring import score
from analysis.settings import CandidateSetting, ClientSetting, Settings
from dashboard.store.engine import reading
from dashboard.store.imports import CONTACTS, Import, contents, imports
from dashboard.store.records import last_removal
from dashboard.store.remarks import TYPED_FILE, corrections, typed_file
from dashboard.store.sayings import Place, policy, said
from dashboard.store.who import links

ANSWERS: Place = ("workspace", "", "answers")
"""Where the answers for all files stand: the fields of `analysis.checked.Answers` but ``date_order``."""

_ANSWERED = ("zone", "calendar", "route", "complete", "agency")
_LACKING: Final = {"str": "", "bool": False, "int64": 0, "float64": 1.0}
Reader = Callable[[bytes, str], Iterable[RawTable]]


def completeness(sha256: str) -> Place:
    """Where the answer to the completeness question stands for one file: name of each table -> answer."""
    return "file", sha256, "complete"


def layout(fingerprint: str) -> Place:
    """Where it stands what was said about the layout with this header."""
    return "layout", fingerprint, "answers"


@dataclass(frozen=True, slots=True)
class State:
    """What was known at a moment. ``files``: name and bytes as they came; ``kept``: contacts of imports of which only
    these are left; ``typed``: what was typed by hand, as a file; ``layouts``: by fingerprint of a header; ``removed``:
    the last removal for good when it was read; the rest as in `analysis.loading.load` and `analysis.corrections`."""

    imports: tuple[Import, ...]
    files: tuple[tuple[str, bytes], ...]
    kept: tuple[bytes, ...]
    typed: bytes
    answers: Answers
    complete: Mapping[str, str]
    layouts: Mapping[str, LayoutAnswers]
    corrections: tuple[Correction, ...]
    links: Links
    settings: Settings
    policy: Policy
    removed: int

    @property
    def profiles(self) -> dict[str, Profile]:
        """The layouts that somebody said something about, by fingerprint."""
        return {mark: said.profile() for mark, said in self.layouts.items()}

    @property
    def contacts_digest(self) -> str:
        """A digest of what the checked log follows from; corrections, links and policy come after it."""
        told = [
            *((one.name, one.sha256, one.form, repr(one.account)) for one in self.imports),
            repr(self.answers),
            sorted(self.complete.items()),
            hashlib.sha256(self.typed).hexdigest(),
            [(mark, repr(self.layouts[mark])) for mark in sorted(self.layouts)],
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def state(connection: Connection, at: datetime | None = None, *, bodies: bool = True) -> State:
    """What is known now, or was known at a moment; without ``bodies`` the files are named and not yet there."""
    held = imports(connection, at)
    settings = said(connection, at)
    told: dict[str, Any] = settings.get(ANSWERS, (0, {}))[1]
    answers = Answers(**{name: told[name] for name in _ANSWERED if name in told})
    complete: dict[str, str] = {}
    for one in held:
        complete |= {**one.complete, **settings.get(completeness(one.sha256), (0, {}))[1]}
    known = State(
        imports=tuple(held),
        files=(),
        kept=(),
        typed=typed_file(connection, at),
        answers=replace(answers, agency=tuple(answers.agency)),
        complete=complete,
        layouts={
            about: of_plain(value)
            for (scope, about, name), (_, value) in settings.items()
            if scope == "layout" and name == "answers" and value
        },
        corrections=corrections(connection, at),
        links=links(connection, at),
        settings=_settings(settings),
        policy=policy(connection, at),
        removed=last_removal(connection),
    )
    return with_bodies(connection, known) if bodies else known


def with_bodies(connection: Connection, known: State) -> State:
    """The same with the bytes of its files."""
    packed = contents(connection, [one.number for one in known.imports])
    files = tuple((one.name, packed[one.number]) for one in known.imports if one.form != CONTACTS)
    kept = tuple(packed[one.number] for one in known.imports if one.form == CONTACTS)
    return replace(known, files=files, kept=kept)


def checked(known: State, read: Reader = read_tables) -> CheckedLog:
    """The checked log that a state makes, before corrections. ``read`` gives the tables of a file."""
    per_file = {name: replace(known.answers, complete=answer) for name, answer in known.complete.items()}  # type: ignore[arg-type]
    files = (*known.files, *(((TYPED_FILE, known.typed),) if known.typed else ()))
    tables = (table for name, data in files for table in read(data, name))
    log = load_tables(tables, known.answers, per_file, known.profiles)
    if known.kept:
        parts = [log.contacts, *(_answered(kept_contacts(data), known.complete) for data in known.kept)]
        log = replace(log, contacts=pd.concat(parts, ignore_index=True))
    return replace(log, settings=known.settings)


def result(known: State, as_of: datetime) -> Scores:
    """The scores that a state makes at a moment; the same bytes for the same state and moment."""
    log, people = as_said(checked(known), known.corrections, known.links)
    return score(log, known.policy, pd.Timestamp(as_of), people=people)


def why(
    engine: Engine,
    candidate_key: str,
    before: datetime,
    after: datetime,
    scored_at: tuple[datetime, datetime] | None = None,
) -> Mapping[str, Change]:
    """Why a candidate's scores differ between two moments, see `analysis.changes.explain`.

    Contacts stand for imports, contacts typed by hand, links, settings and answers. ``scored_at``: the moments at which
    the two states are scored, where these are not the moments themselves.
    """
    then, now = scored_at or (before, after)
    with reading(engine) as connection:
        old, new = state(connection, before), state(connection, after)
    came = replace(new, corrections=old.corrections, policy=old.policy)
    said_too = replace(came, corrections=new.corrections)
    corners = [result(old, then), result(came, then), result(said_too, then), result(said_too, now)]
    return explain([*corners, result(new, now)], candidate_key)


def as_contacts(contacts: pd.DataFrame) -> bytes:
    """Contacts in the form in which they are kept where their file may not be."""
    out = io.BytesIO()
    contacts[list(CONTACT_DTYPES)].to_parquet(out, compression=None, index=False)
    return out.getvalue()


def kept_contacts(data: bytes) -> pd.DataFrame:
    """The contacts that `as_contacts` made; columns that came later say what they say of a row of a file."""
    found = pd.read_parquet(io.BytesIO(data))
    lacking = {name: dtype for name, dtype in CONTACT_DTYPES.items() if name not in found}
    came = {name: pd.Series([_LACKING.get(dtype)] * len(found), dtype=dtype) for name, dtype in lacking.items()}
    found = found.assign(**came)
    return found[list(CONTACT_DTYPES)].astype(CONTACT_DTYPES)


def _answered(contacts: pd.DataFrame, complete: Mapping[str, str]) -> pd.DataFrame:
    """Kept contacts with what was said since on whether their tables are complete."""
    for table in contacts["file"].unique():
        if table in complete:
            contacts.loc[contacts["file"] == table, "complete"] = complete[table] == "yes"
    return contacts


def _settings(told: Mapping[Place, tuple[int, Any]]) -> Settings:
    clients = {about: ClientSetting(**v) for (scope, about, _), (_, v) in told.items() if scope == "client" and v}
    candidates = {
        about: CandidateSetting(v.get("zone", ""), tuple(date.fromisoformat(d) for d in v.get("days_off", ())))
        for (scope, about, _), (_, v) in told.items()
        if scope == "candidate" and v
    }
    return Settings(clients, candidates)
