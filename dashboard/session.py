"""What one browser session works on: its files, its answers and what follows from them.

The only module that touches ``st.session_state`` and Streamlit's caches. Results are cached for one session only and
keyed by the content of the files, every answer, the moment and the policy; never by a file's name or by a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final, cast

import pandas as pd
import streamlit as st

from analysis import rejects
from analysis.checked import Answers, CheckedLog, Complete
from analysis.formats.answers import LayoutAnswers
from analysis.formats.recognising import Recognition, recognise, same_guess
from analysis.joins import WhoIsWho, who_is_who
from analysis.links import Decision, Who
from analysis.loading import load, load_tables
from analysis.policy import Policy, default_policy
from analysis.reading.progress import Progress
from analysis.reading.raw import RawTable
from analysis.reading.reader import read_tables
from analysis.report import CandidateReport, report
from analysis.results import Scores
from analysis.scoring import score
from analysis.summary import caseload as caseload_table
from dashboard import mappings
from dashboard.dates import Dates
from dashboard.sample import sample
from dashboard.workspace import Upload, Workspace, upload_of

_WORKSPACE: Final = "workspace"
_DROPS: Final = "drops"
_NOTES: Final = "notes"
_DAMAGED: Final = "damaged"
_TABLES: Final = "tables"
_CANDIDATE: Final = "candidate"


def workspace() -> Workspace:
    """What this session works on; the sample agency until a file is uploaded."""
    if _WORKSPACE not in st.session_state:
        use_sample()
    return cast(Workspace, st.session_state[_WORKSPACE])


def use_sample() -> None:
    """Replace everything by the sample agency."""
    keep(_sample_workspace())


def warm() -> None:
    """Work out the sample's results before the first reader asks; needs no session."""
    now = _sample_workspace()
    _sample_scores(now.scoring_key, policy().version, now)


def clear() -> None:
    """Remove every file of this session and what was worked out from them."""
    keep(_nothing())
    note()
    st.session_state[_TABLES] = {}
    for cached in (_checked, _scores, _who_is_who):
        cached.clear()


def add(files: Iterable[tuple[str, bytes]]) -> int:
    """Add uploaded files; the sample steps aside. A file with the same content is not added twice, and that is said.

    Two files of one name with different content both stay, the later one with a number. Returns how many were added.
    What was said about layouts on earlier days holds from here on.
    """
    now = workspace()
    before = _nothing() if now.is_sample else now
    uploads = list(before.uploads)
    notes = []
    for name, data in files:
        upload = upload_of(name, data)
        same = next((u for u in uploads if u.sha256 == upload.sha256), None)
        if same is not None:
            notes.append(f"{name} holds the same as {same.name}, which is loaded already; nothing was added twice.")
            continue
        taken = {u.name for u in uploads}
        number = 2
        while upload.name in taken:
            upload = replace(upload, name=f"{name} ({number})")
            number += 1
        uploads.append(upload)
    said = {**saved_mappings(), **before.mappings}
    keep(replace(before, uploads=tuple(uploads), as_of=_now(before.answers.zone), mappings=said))
    note(*notes)
    st.session_state[_DROPS] = drops() + 1
    return len(uploads) - len(before.uploads)


def note(*sentences: str) -> None:
    """Say something once on the Upload page; replaces what was said before."""
    st.session_state[_NOTES] = tuple(sentence for sentence in sentences if sentence)


def notes() -> tuple[str, ...]:
    """What is to be said on the Upload page: once, and of damaged mappings until the session ends."""
    damaged = cast(str, st.session_state.get(_DAMAGED, ""))
    return (*cast(tuple[str, ...], st.session_state.get(_NOTES, ())), *((damaged,) if damaged else ()))


def saved_mappings() -> dict[str, LayoutAnswers]:
    """What is kept about layouts; where the file was damaged, `notes` says so from now on."""
    kept = mappings.load()
    if kept.note:
        st.session_state[_DAMAGED] = kept.note
    return dict(kept.mappings)


def remove(name: str) -> None:
    """Take one file out, named by itself or by one of the tables in it."""
    now = workspace()
    left = tuple(u for u in now.uploads if name != u.name and all(t.name != name for t in _tables_of(u)))
    keep(replace(now, uploads=left, is_sample=now.is_sample and bool(left)))
    held = {u.key for u in left}
    st.session_state[_TABLES] = {key: read for key, read in _held().items() if key in held}
    note()


def drops() -> int:
    """How often files were taken over from the drop area; names its widget, so that it empties itself."""
    return int(st.session_state.get(_DROPS, 0))


def answer(answers: Answers, as_of: pd.Timestamp) -> None:
    """Keep what was said about all files."""
    keep(replace(workspace(), answers=answers, as_of=as_of))


def say_complete(name: str, complete: Complete) -> None:
    """Keep the answer to the completeness question for one file."""
    now = workspace()
    keep(replace(now, complete={**now.complete, name: complete}))


def told(
    zone: str, calendar: str, route: str, moment: datetime | None, agency: tuple[str, ...]
) -> tuple[Answers, pd.Timestamp]:
    """Answers and moment from what the questions for all files say; ``moment`` is local to ``zone``."""
    now = workspace()
    answers = replace(now.answers, zone=zone, calendar=calendar, route=route, agency=agency)
    if moment is None:
        return answers, now.as_of
    unchanged = now.as_of.tz_convert(now.answers.zone).tz_localize(None).to_pydatetime() == moment
    if unchanged and zone == now.answers.zone:
        return answers, now.as_of
    return answers, pd.Timestamp(moment).tz_localize(zone, ambiguous=True, nonexistent="shift_forward")


def complete_of(name: str) -> Complete:
    """The answer to the completeness question for one file."""
    now = workspace()
    return now.complete.get(name, now.answers.complete)


def read_new(progress: Callable[[int, int, float], object]) -> None:
    """Read the files that were not read yet; ``progress`` is told which file, of how many, and the share done."""
    waiting = [u for u in workspace().uploads if u.key not in _held()]
    total = sum(len(u.data) for u in waiting) or 1
    done = 0
    for number, upload in enumerate(waiting, start=1):
        step = partial(_step, progress, number, len(waiting), done / total, len(upload.data) / total)
        step(0.0)
        _tables_of(upload, step)
        done += len(upload.data)


def _step(
    progress: Callable[[int, int, float], object], number: int, files: int, start: float, part: float, share: float
) -> None:
    progress(number, files, min(1.0, start + part * share))


def raw(name: str) -> RawTable:
    """One table of the uploads, by its name, as text."""
    return next(t for u in workspace().uploads for t in _tables_of(u) if t.name == name)


def uploaded_as(name: str) -> str:
    """The name of the upload that a table came from."""
    return next(u.name for u in workspace().uploads for t in _tables_of(u) if t.name == name)


def recognition(name: str) -> Recognition:
    """What one table was taken for, with what was said about its layout."""
    now = workspace()
    return _recognitions(now.key, now)[name]


def not_contacts(name: str) -> pd.DataFrame:
    """The rows of one table that did not become contacts, columns of `analysis.rejects.not_contacts`."""
    return rejects.not_contacts(checked(), name)


def token(text: str) -> str:
    """A short opaque name for a widget's key, in place of a text from a file."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def policy() -> Policy:
    """The policy that results are made with."""
    return default_policy()


def checked() -> CheckedLog:
    """The checked log of this session's files."""
    return checked_of(workspace())


def checked_of(now: Workspace) -> CheckedLog:
    """The checked log of a workspace's files."""
    return (_sample_checked if now.is_sample else _checked)(now.key, now)


def people() -> WhoIsWho:
    """Who is who in this session's files: what is proposed, and what was linked."""
    now = workspace()
    return _who_is_who(now.scoring_key, now)


def say_who(decision: Decision | None, one: Who, other: Who) -> None:
    """Keep what was decided on two people; None takes it back."""
    now = workspace()
    told = now.links.say(decision, one, other) if decision else now.links.forget(one, other)
    keep(replace(now, links=told))


def scores() -> Scores:
    """The scores of this session's files."""
    now = workspace()
    shared = now.is_sample and not now.links
    return (_sample_scores if shared else _scores)(now.scoring_key, policy().version, now)


def caseload() -> pd.DataFrame:
    """One row a candidate, by name; columns of `analysis.summary.caseload`."""
    return _caseload(workspace().scoring_key, policy().version, scores())


def candidate(key: str) -> CandidateReport | None:
    """The report on one candidate; None where the key belongs to nobody in these files."""
    try:
        return report(scores(), key, policy().bands)
    except KeyError:
        return None


def chosen() -> str:
    """Key of the candidate that the address names; empty where it names none."""
    return str(st.query_params.get(_CANDIDATE, ""))


def hold(widget: str, value: str | None) -> None:
    """Set what a widget shows, before it is drawn."""
    st.session_state[widget] = value


def choose_held(widget: str) -> None:
    """Put the opaque key that a widget holds into the address; a name never goes there."""
    key = st.session_state.get(widget)
    if key:
        st.query_params[_CANDIDATE] = key
    else:
        st.query_params.clear()


def address(key: str) -> dict[str, str]:
    """The query of the candidate page's address for one candidate."""
    return {_CANDIDATE: key}


def dates() -> Dates:
    """Dates in the order of the reader's browser."""
    return Dates(st.context.locale or "en-GB")


def theme() -> str:
    """``light`` or ``dark``, as the reader's page is."""
    return str(st.context.theme.type or "light")


def _sample_workspace() -> Workspace:
    agency = sample()
    return Workspace(
        uploads=tuple(upload_of(name, data) for name, data in agency.files),
        answers=Answers(zone=agency.zone, calendar=agency.calendar),
        as_of=agency.as_of,
        complete=agency.complete,
        is_sample=True,
    )


def keep(value: Workspace) -> None:
    """Work on this from now on."""
    st.session_state[_WORKSPACE] = value


def _nothing() -> Workspace:
    zone = st.context.timezone or "UTC"
    return Workspace((), Answers(zone=zone), _now(zone))


def _now(zone: str) -> pd.Timestamp:
    return pd.Timestamp.now(tz=zone).floor("min")


def _held() -> dict[str, tuple[RawTable, ...]]:
    """The tables that were read, by upload; kept by hand, because a bar cannot move within a cached function."""
    return cast(dict[str, tuple[RawTable, ...]], st.session_state.setdefault(_TABLES, {}))


def _tables_of(upload: Upload, progress: Progress | None = None) -> tuple[RawTable, ...]:
    if upload.key not in _held():
        read = tuple(rejects.as_corrected(table) for table in read_tables(upload.data, upload.name, progress))
        st.session_state[_TABLES] = {**_held(), upload.key: read}
    return _held()[upload.key]


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _recognitions(key: str, _now: Workspace) -> dict[str, Recognition]:
    tables = [table for upload in _now.uploads for table in _tables_of(upload)]
    found = [(table, recognise(table, _now.profiles)) for table in tables]
    return {table.name: seen for (table, _), seen in zip(found, same_guess(found), strict=True)}


@st.cache_resource(scope="session", max_entries=4, show_spinner="Reading the files …")
def _checked(key: str, _now: Workspace) -> CheckedLog:
    tables = [table for upload in _now.uploads for table in _tables_of(upload)]
    return load_tables(tables, _now.answers, _now.per_file, _now.profiles)


@st.cache_resource(scope="session", max_entries=4, show_spinner="Working out the scores …")
def _scores(key: str, version: str, _now: Workspace) -> Scores:
    return score(checked_of(_now), policy(), _now.as_of, _now.links)


@st.cache_resource(scope="session", max_entries=2, show_spinner="Comparing people …")
def _who_is_who(key: str, _now: Workspace) -> WhoIsWho:
    return who_is_who(checked_of(_now), _now.links)


# The sample is invented and the same for everybody, so its results are shared and a new session starts at once.


@st.cache_resource(max_entries=4, show_spinner=False)
def _sample_checked(key: str, _now: Workspace) -> CheckedLog:
    return load(_now.files, _now.answers, _now.per_file, _now.profiles)


@st.cache_resource(max_entries=4, show_spinner=False)
def _sample_scores(key: str, version: str, _now: Workspace) -> Scores:
    return score(_sample_checked(_now.key, _now), policy(), _now.as_of)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _caseload(key: str, version: str, _scores: Scores) -> pd.DataFrame:
    return caseload_table(_scores, policy().bands)
