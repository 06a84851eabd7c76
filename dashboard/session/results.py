"""What follows from a workspace, cached for everybody who works on it.

Keyed by its state: the content of the files, every answer, correction and decision, the moment and the policy; never
by a file's name or by a table.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd
import streamlit as st
from sqlalchemy import Engine

from analysis import rejects
from analysis import what_if as supposing
from analysis.changes import Change
from analysis.checked import CheckedLog, Complete, FileAccount
from analysis.corrected import as_said
from analysis.corrections import Correction
from analysis.desks import log_of, people_of, whole_of
from analysis.formats.recognising import Recognition, recognise, same_guess
from analysis.former import former_keys
from analysis.joins import WhoIsWho, who_is_who
from analysis.moves import Moves, moves
from analysis.people import People
from analysis.policy import Policy
from analysis.portion import Whole
from analysis.report import CandidateReport, report
from analysis.results import Scores
from analysis.what_if import Outcome
from dashboard import correcting
from dashboard.access import own_recruiters
from dashboard.session.desk import (
    as_of,
    desks,
    engine,
    forget_states,
    is_new,
    on_sample,
    read,
    sample_as_it_is,
    this_hour,
    workspace,
    write,
)
from dashboard.session.uploads import clear_shelf, tables_of, tables_read, upload_of
from dashboard.store import remarks, sayings, state
from dashboard.store.records import changes
from dashboard.store.results import Results
from dashboard.workspace import Workspace


def policy() -> Policy:
    """The policy that results are made with."""
    return workspace().policy


def checked() -> CheckedLog:
    """The checked log of the files that are listed, as it was read."""
    now = workspace()
    log = _log(now)
    return log_of(log, {t.name for u in now.uploads for t in tables_of(u)}) if now.only else log


def accounts() -> tuple[FileAccount, ...]:
    """What became of each table of the files, in their order; what was typed by hand is no file."""
    return tuple(account for account in checked().files if account.file != remarks.TYPED_FILE)


def recognition(name: str) -> Recognition:
    """What one table was taken for, with what was said about its layout."""
    now = workspace()
    return _recognitions(f"{now.key} {now.only}", now)[name]


def not_contacts(name: str) -> pd.DataFrame:
    """The rows of one table that did not become contacts, columns of `analysis.rejects.not_contacts`."""
    return rejects.not_contacts(checked(), name)


def people() -> WhoIsWho:
    """Who is who in this session's files: what is proposed, and what was linked."""
    now = workspace()
    found = _who_is_who(now.scoring_key, now)
    return found if desks() is None else people_of(found, set(whole().candidates["candidate_key"]))


def contacts() -> pd.DataFrame:
    """Every contact of the workspace as it was read, see `dashboard.store.results.Results.contacts`.

    Raises ``PermissionError`` for somebody who sees some desks only.
    """
    if desks() is not None:
        raise PermissionError("every contact is shown to those only who see all desks")
    return _results().contacts(workspace().known)


def former() -> dict[str, str]:
    """Key that a candidate may have had before -> the key of now; see `analysis.former.former_keys`."""
    now = workspace()
    return _former(now.scoring_key, now)


def whole() -> Whole:
    """The results of all candidates that whoever works here sees, corrections included."""
    now, mine = workspace(), desks()
    if not now.is_sample and now.as_of < this_hour(now):
        # shown at once as it was kept, and brought up to date meanwhile
        _results().refresh(now.known, this_hour(now))
    return everybody() if mine is None else _desk(now.scoring_key, mine, everybody())


def everybody() -> Whole:
    """The results of all candidates, whoever works here; to be narrowed before it is shown."""
    now = workspace()
    return _whole(now.scoring_key, now, _results())


def scores_of(key: str) -> Scores:
    """The scores of one candidate with every contact and deduction. Raises ``KeyError`` for one they do not see."""
    if not sees(key):
        raise KeyError(key)
    now = workspace()
    return _results().candidate(now.known, now.as_of, key)


def scores_later(keys: Collection[str]) -> Callable[[], Scores]:
    """What gives the scores of these candidates at once, for a download, which runs outside the page.

    Raises ``KeyError`` where one of them is nobody whom they see.
    """
    unseen = set(keys) - set(whole().candidates["candidate_key"])
    if unseen:
        raise KeyError(unseen.pop())
    now, kept = workspace(), _results()
    return lambda: kept.several(now.known, now.as_of, keys)


def moves_under(draft: Policy) -> Moves:
    """Which of the candidates they see would move under another policy."""
    now, mine = workspace(), desks()
    other = _under(now.under(draft).scoring_key, now, draft, _results())
    seen = other if mine is None else whole_of(other, own_recruiters(other.candidates["recruiter"].unique(), mine))
    return moves(whole(), seen, policy().bands, draft.bands)


def sees(key: str) -> bool:
    """Whether a candidate is one of those that whoever works here sees; false for a key that is nobody's."""
    return bool((whole().candidates["candidate_key"] == key).any())


def candidate(key: str) -> CandidateReport | None:
    """The report on one candidate; None where the key belongs to nobody whom they see."""
    try:
        return report(scores_of(key), key, policy().bands)
    except KeyError:
        return None


def corrections(key: str) -> dict[str, Correction]:
    """The corrections that hold for one candidate and their contacts, by key of the correction."""
    return {one.key: one for group in corrections_of(key) for one in group}


def _corrections() -> dict[str, Correction]:
    return {one.key: one for one in workspace().known.corrections}


def corrected() -> frozenset[str]:
    """Identities of contacts and keys of candidates that a correction hangs on, of whomever."""
    return frozenset(one.about for one in workspace().known.corrections)


def corrections_of(key: str) -> list[tuple[Correction, ...]]:
    """The corrections of one candidate and of their contacts, latest first; those said in one go stand together."""
    if not sees(key):
        return []
    about = frozenset(identity_of(key).astype(str)) | {key}
    return correcting.together(workspace().known.corrections, about)


def identity_of(key: str) -> pd.Series:
    """What each contact of a candidate is known by in every upload, by its number in their scores."""
    return correcting.identity_of(scores_of(key).contacts, _corrections())


def with_copies(key: str, number: int) -> tuple[str, ...]:
    """What a contact of a candidate and its copies in other files are known by."""
    return correcting.with_copies(scores_of(key).contacts, identity_of(key), number)


def what_if(key: str, family: str, application_key: str) -> Outcome | None:
    """What one thing done differently would have given a candidate they see; None where nothing can be supposed."""
    before, now = scores_of(key), workspace()
    idea = supposing.what_if(before, key, family, application_key, lambda number: with_copies(key, number))
    if idea is None:
        return None
    return supposing.outcome(idea, before, _results().supposed(now.known, now.as_of, key, idea), key)


def zone_of(key: str, number: int) -> str:
    """The zone on whose clock a candidate's contact is shown: the employer's, else that of the files."""
    row, table = contact(key, number), scores_of(key).applications
    zone = table.loc[table["application_key"] == row["application_key"], "client_zone"]
    return str(zone.iloc[0]) if len(zone) and zone.iloc[0] else workspace().answers.zone


def known_as(key: str) -> dict[str, str]:
    """How a candidate is recorded most often: name, address, number and id, as far as they are known."""
    mine = scores_of(key).contacts
    names = ("candidate", "candidate_email", "candidate_phone", "candidate_id")
    usual = {name: mine.loc[mine[name] != "", name].mode() for name in names}
    return {name: str(values.iloc[0]) for name, values in usual.items() if len(values)}


def contact(key: str, number: int) -> pd.Series:
    """One contact of a candidate's scores, with all its columns."""
    return scores_of(key).contacts.loc[[number]].iloc[0]


def typed() -> list[remarks.Typed]:
    """What was typed by hand of the candidates they see, and holds."""
    said = read(remarks.typed)
    if desks() is None:
        return said
    names = set(whole().candidates["candidate"])
    return [one for one in said if one.fields.get("candidate", "") in names]


def events(among: Sequence[str]) -> list[tuple[int, str, datetime]]:
    """What changed the workspace, latest first: number, what was done, and when."""
    return read(lambda connection: changes(connection, among))


def why(key: str, before: datetime, after: datetime) -> Mapping[str, Change]:
    """Why one candidate's scores are not what they were at an earlier moment; nothing of one they do not see."""
    if not sees(key):
        return {}
    now = as_of()
    # on the sample's own clock no time goes by
    then = now if on_sample() else min(now, pd.Timestamp(before))
    return _results().why(key, before, after, (then, now))


def say_complete(name: str, complete: Complete) -> None:
    """Keep the answer to the completeness question for one table."""
    now = workspace()
    place = state.completeness(upload_of(name).sha256)
    mine = {t.name: now.known.complete.get(t.name) for t in tables_of(upload_of(name))}
    told = {table: said for table, said in {**mine, name: complete}.items() if said}
    write(lambda c, by, when: sayings.say(c, place, told, by, when), needs="describe")


def warm() -> None:
    """Work out the sample's results before the first reader asks, where they see it first; needs no session."""
    if not is_new():
        return
    now, kept = sample_as_it_is()
    _whole(now.scoring_key, now, _of(str(kept.url), kept))


def forget() -> None:
    """Drop everything that was read and worked out in this process, but what `dashboard.session.seen` holds."""
    clear_shelf()
    forget_states()
    for cached in (_of, _whole, _under, _desk, _former, _who_is_who, _recognitions):
        cached.clear()


@st.cache_resource(max_entries=6, show_spinner=False)
def _recognitions(key: str, _now: Workspace) -> dict[str, Recognition]:
    tables = [table for upload in _now.uploads for table in tables_of(upload)]
    found = [(table, recognise(table, _now.known.profiles)) for table in tables]
    return {table.name: seen for (table, _), seen in zip(found, same_guess(found), strict=True)}


def _results() -> Results:
    return _of(str(engine().url), engine())


def _log(now: Workspace) -> CheckedLog:
    with st.spinner("Reading the files …", show_time=False):
        return _results().log(now.known)


def _said(now: Workspace) -> tuple[CheckedLog, People]:
    return as_said(replace(_log(now), settings=now.known.settings), now.known.corrections, now.links)


@st.cache_resource(max_entries=8, show_spinner=False)
def _of(url: str, _engine: Engine) -> Results:
    return Results(_engine, tables_read)


@st.cache_resource(max_entries=6, show_spinner="Working out the scores …")
def _whole(key: str, _now: Workspace, _results: Results) -> Whole:
    return _results.whole(_now.known, _now.as_of)


@st.cache_resource(max_entries=3, show_spinner="Working out the scores …")
def _under(key: str, _now: Workspace, _draft: Policy, _results: Results) -> Whole:
    return _results.under(_now.known, _now.as_of, _draft)


@st.cache_resource(max_entries=20, show_spinner=False)
def _desk(key: str, mine: frozenset[str], _everybody: Whole) -> Whole:
    return whole_of(_everybody, own_recruiters(_everybody.candidates["recruiter"].unique(), mine))


@st.cache_resource(max_entries=4, show_spinner=False)
def _former(key: str, _now: Workspace) -> dict[str, str]:
    return former_keys(_said(_now)[1])


@st.cache_resource(max_entries=4, show_spinner="Comparing people …")
def _who_is_who(key: str, _now: Workspace) -> WhoIsWho:
    return who_is_who(_said(_now)[0], _now.links)
