"""What one browser session works on: its files, its answers and what follows from them.

The only module that touches ``st.session_state`` and Streamlit's caches. Results are cached for one session only and
keyed by the content of the files, every answer, the moment and the policy; never by a file's name or by a table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

import pandas as pd
import streamlit as st

from analysis.checked import Answers, CheckedLog, Complete
from analysis.formats.profile import Profile, normal_header, profile_from
from analysis.formats.recognising import Recognition, recognise
from analysis.loading import load
from analysis.policy import Policy, default_policy
from analysis.reading.raw import RawTable
from analysis.reading.reader import read_tables
from analysis.report import CandidateReport, report
from analysis.results import Scores
from analysis.scoring import score
from analysis.summary import caseload as caseload_table
from dashboard.dates import Dates
from dashboard.sample import sample
from dashboard.workspace import Upload, Workspace, upload_of

_WORKSPACE: Final = "workspace"
_DROPS: Final = "drops"
_CANDIDATE: Final = "candidate"


def workspace() -> Workspace:
    """What this session works on; the sample agency until a file is uploaded."""
    if _WORKSPACE not in st.session_state:
        use_sample()
    return cast(Workspace, st.session_state[_WORKSPACE])


def use_sample() -> None:
    """Replace everything by the sample agency."""
    _keep(_sample_workspace())


def warm() -> None:
    """Work out the sample's results before the first reader asks; needs no session."""
    now = _sample_workspace()
    _sample_scores(now.key, policy().version, now)


def clear() -> None:
    """Remove every file of this session and what was worked out from them."""
    _keep(_nothing())
    for cached in (_checked, _scores):
        cached.clear()


def add(files: Iterable[tuple[str, bytes]]) -> int:
    """Add uploaded files; the sample steps aside. A file with the same content is not added twice.

    Two files of one name with different content both stay, the later one with a number. Returns how many were added.
    """
    now = workspace()
    before = _nothing() if now.is_sample else now
    uploads = list(before.uploads)
    for name, data in files:
        upload = upload_of(name, data)
        if any(u.sha256 == upload.sha256 for u in uploads):
            continue
        taken = {u.name for u in uploads}
        number = 2
        while upload.name in taken:
            upload = replace(upload, name=f"{name} ({number})")
            number += 1
        uploads.append(upload)
    _keep(replace(before, uploads=tuple(uploads), as_of=_now(before.answers.zone)))
    st.session_state[_DROPS] = drops() + 1
    return len(uploads) - len(before.uploads)


def remove(name: str) -> None:
    """Take one file out, named by itself or by one of the tables in it."""
    now = workspace()
    left = tuple(u for u in now.uploads if name != u.name and all(t.name != name for t in _tables_of(u)))
    _keep(replace(now, uploads=left, is_sample=now.is_sample and bool(left)))


def drops() -> int:
    """How often files were taken over from the drop area; names its widget, so that it empties itself."""
    return int(st.session_state.get(_DROPS, 0))


def answer(answers: Answers, as_of: pd.Timestamp) -> None:
    """Keep what was said about all files."""
    _keep(replace(workspace(), answers=answers, as_of=as_of))


def say_complete(name: str, complete: Complete) -> None:
    """Keep the answer to the completeness question for one file."""
    now = workspace()
    _keep(replace(now, complete={**now.complete, name: complete}))


def date_order_of(name: str) -> Mapping[str, str]:
    """Column -> the order of its dates, for the columns of one file that a person answered for."""
    return workspace().date_order.get(name, {})


def say_date_order(name: str, column: str, order: str) -> None:
    """Keep the order of dates in one column of one file."""
    now = workspace()
    orders = {**now.date_order.get(name, {}), column: order}
    _keep(replace(now, date_order={**now.date_order, name: orders}))


def say_mapping(name: str, mapping: Mapping[str, str]) -> None:
    """Keep which column of one file is which field; holds for every file with that header."""
    now = workspace()
    seen = recognition(name)
    base = seen.best()
    columns = {normal_header(column): about for column, about in mapping.items()}
    if seen.profile is None:
        profile = profile_from(mapping, name="confirmed", title="Columns you confirmed")
    else:
        profile = replace(base, columns={**columns, **{h: f for h, f in base.columns.items() if h not in columns}})
    _keep(replace(now, mappings={**now.mappings, seen.fingerprint: profile}))


def told(zone: str, calendar: str, route: str, moment: datetime | None) -> tuple[Answers, pd.Timestamp]:
    """Answers and moment from what the questions for all files say; ``moment`` is local to ``zone``."""
    now = workspace()
    answers = replace(now.answers, zone=zone, calendar=calendar, route=route)
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


def raw(name: str) -> RawTable:
    """One table of the uploads, by its name, as text."""
    return next(t for u in workspace().uploads for t in _tables_of(u) if t.name == name)


def recognition(name: str) -> Recognition:
    """What one file was taken for, with what was confirmed for its header."""
    now = workspace()
    return _recognition(now.key + name, raw(name), now.mappings)


def columns(name: str) -> dict[str, str]:
    """For one file: column -> the field it was taken for, for every column that something is read from."""
    seen = recognition(name)
    profile = seen.best()
    return {c: profile.columns[h] for c in seen.columns if (h := normal_header(c)) in profile.columns}


def set_aside(name: str) -> pd.DataFrame:
    """The lines of one file that were set aside: ``line``, ``message``, ``text``."""
    aside = checked().set_aside
    return aside.loc[aside["file"] == name, ["line", "message", "text"]]


def token(text: str) -> str:
    """A short opaque name for a widget's key, in place of a text from a file."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def policy() -> Policy:
    """The policy that results are made with."""
    return default_policy()


def checked() -> CheckedLog:
    """The checked log of this session's files."""
    now = workspace()
    return (_sample_checked if now.is_sample else _checked)(now.key, now)


def scores() -> Scores:
    """The scores of this session's files."""
    now = workspace()
    return (_sample_scores if now.is_sample else _scores)(now.key, policy().version, now)


def caseload() -> pd.DataFrame:
    """One row a candidate, by name; columns of `analysis.summary.caseload`."""
    return _caseload(workspace().key, policy().version, scores())


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


def _keep(value: Workspace) -> None:
    st.session_state[_WORKSPACE] = value


def _nothing() -> Workspace:
    zone = st.context.timezone or "UTC"
    return Workspace((), Answers(zone=zone), _now(zone))


def _now(zone: str) -> pd.Timestamp:
    return pd.Timestamp.now(tz=zone).floor("min")


def _tables_of(upload: Upload) -> tuple[RawTable, ...]:
    return _read(upload.sha256 + upload.name, upload)


@st.cache_resource(scope="session", max_entries=8, show_spinner="Reading the file …")
def _read(key: str, _upload: Upload) -> tuple[RawTable, ...]:
    return read_tables(_upload.data, _upload.name)


@st.cache_resource(scope="session", max_entries=64, show_spinner=False)
def _recognition(key: str, _table: RawTable, _mappings: Mapping[str, Profile]) -> Recognition:
    return recognise(_table, _mappings)


@st.cache_resource(scope="session", max_entries=4, show_spinner="Reading the files …")
def _checked(key: str, _now: Workspace) -> CheckedLog:
    return load(_now.files, _now.answers, _now.per_file, _now.mappings)


@st.cache_resource(scope="session", max_entries=4, show_spinner="Working out the scores …")
def _scores(key: str, version: str, _now: Workspace) -> Scores:
    return score(_checked(key, _now), policy(), _now.as_of)


# The sample is invented and the same for everybody, so its results are shared and a new session starts at once.


@st.cache_resource(max_entries=4, show_spinner=False)
def _sample_checked(key: str, _now: Workspace) -> CheckedLog:
    return load(_now.files, _now.answers, _now.per_file, _now.mappings)


@st.cache_resource(max_entries=4, show_spinner=False)
def _sample_scores(key: str, version: str, _now: Workspace) -> Scores:
    return score(_sample_checked(key, _now), policy(), _now.as_of)


@st.cache_resource(scope="session", max_entries=4, show_spinner=False)
def _caseload(key: str, version: str, _scores: Scores) -> pd.DataFrame:
    return caseload_table(_scores, policy().bands)
