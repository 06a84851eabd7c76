"""Which workspace a session works on: the one of the data folder or the sample; looked at, and changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, TypeVar, cast

import pandas as pd
import streamlit as st
from sqlalchemy import Connection, Engine

from analysis.corrections import CorrectionError
from analysis.policy import PolicyError
from analysis.settings import SettingError
from dashboard import opening
from dashboard.access import Act, desks_of
from dashboard.place import NoPlace, workspace_place
from dashboard.sample import sample
from dashboard.session.notes import note, say
from dashboard.session.opened import own_engine
from dashboard.session.person import author, person, refused
from dashboard.store import state
from dashboard.store.engine import StoreError, reading, writing
from dashboard.store.records import version
from dashboard.store.results import latest_moment
from dashboard.workspace import Workspace

_SAMPLE: Final = "looks at the sample"
_COPY: Final = "copy of the sample"
_AS_OF: Final = "as of"
_LARGE: Final = 20_000
"""Contacts from which on a workspace opens with the results that were kept last."""
_BRIEFLY: Final = 2.0
"""Seconds for which it is remembered which results are kept."""
_FRESH: Final = pd.Timedelta(hours=12)
"""How long a moment that was asked for holds before the page moves on to now."""
_GLANCE: Final = 0.3
"""Seconds for which a page does not ask again whether somebody changed the workspace; it asks a hundred times."""
_Seen = TypeVar("_Seen")
_glance = threading.local()


def workspace() -> Workspace:
    """What this session works on; the sample agency while the workspace is empty, or when it was asked for."""
    if _SAMPLE not in st.session_state:
        st.session_state[_SAMPLE] = _own().is_empty
    if on_sample():
        return _sample()
    return _own() if desks() is None else _own().of(author())


def on_sample() -> bool:
    """Whether this session looks at the sample agency."""
    return bool(st.session_state.get(_SAMPLE, False))


def has_own() -> bool:
    """Whether the workspace itself holds anything."""
    return not _own().is_empty


def is_new() -> bool:
    """Whether the workspace holds nothing yet, so that the sample is seen first; needs no session."""
    try:
        with reading(own_engine()) as connection:
            return not version(connection)
    except (NoPlace, StoreError):
        return False


def unopened() -> str:
    """Why the workspace cannot be opened; empty where it can."""
    try:
        _own()
    except (NoPlace, StoreError) as problem:
        return str(problem)
    return ""


def use_sample(look: bool = True) -> None:
    """Look at the sample agency, or back at the workspace, which stays as it is."""
    st.session_state[_SAMPLE] = look
    st.session_state.pop(_AS_OF, None)


def look_at(moment: pd.Timestamp | None) -> None:
    """Look at another moment; None: at now, as it moves on."""
    if moment is None:
        st.session_state.pop(_AS_OF, None)
    else:
        st.session_state[_AS_OF] = (moment, pd.Timestamp.now(tz="UTC"))


def leave_sample() -> None:
    """Work on the workspace from here on."""
    st.session_state[_SAMPLE] = False


def as_of() -> pd.Timestamp:
    """The moment that results are made for."""
    return workspace().as_of


def sample_as_it_is() -> tuple[Workspace, Engine]:
    """The sample before anybody changed it, and where it is kept; needs no session."""
    return _sample_moment(_known(_sample_engine(), _SAMPLE)), _sample_engine()


def engine() -> Engine:
    """The workspace of this session, for reading; what changes it goes through `write`."""
    workspace()
    if not on_sample():
        return own_engine()
    return cast(Engine, st.session_state.get(_COPY) or _sample_engine())


def desks() -> frozenset[str] | None:
    """Whose candidates whoever works here sees, as `dashboard.access.desk` writes them; None for all of them.

    The sample is invented, so everybody sees all of it.
    """
    who = person()
    if who is None:
        return frozenset()
    return None if on_sample() else desks_of(who)


def read(look: Callable[[Connection], _Seen]) -> _Seen:
    """What one look at the workspace gives."""
    with reading(engine()) as connection:
        return look(connection)


def write(act: Callable[[Connection, str, datetime], object], said: str = "", needs: Act = "correct") -> bool:
    """Change the workspace: ``act(connection, author, now)`` in one transaction, all of it or nothing.

    ``needs``: the act, as in `dashboard.access`, that whoever works here must be allowed. Where it cannot be done, the
    sentence why is said on the page and nothing is changed. Returns whether it was done.
    """
    why = refused(needs)
    if why:
        note(why)
        return False
    by = author()
    try:
        with writing(_to_change()) as connection:
            act(connection, by, datetime.now(UTC))
    except (StoreError, CorrectionError, SettingError, PolicyError) as problem:
        note(str(problem))
        return False
    finally:
        _look_again()
    say(said)
    return True


def carry_out(act: Callable[[Engine, str, datetime], str], needs: Act) -> bool:
    """Change the workspace in more than one step: ``act(engine, author, now)`` gives the sentence to say.

    For what removes data: nothing that this process worked out before is used again. As `write` otherwise.
    """
    why = refused(needs)
    if why:
        note(why)
        return False
    try:
        say(act(_to_change(), author(), datetime.now(UTC)))
    except StoreError as problem:
        note(str(problem))
        return False
    finally:
        forget_states()
    return True


def _own() -> Workspace:
    place, opened = workspace_place(), own_engine()
    number = _version(place, opened)
    known = _state(place, number, opened)
    now, kept = Workspace(known, _hour(known)), _kept(place, number, known, opened)
    # a large workspace opens with what was kept last, and is brought up to date meanwhile
    return now.at(_moment(now.as_of if kept is None else min(kept.tz_convert(now.answers.zone), now.as_of)))


def _sample() -> Workspace:
    copy = st.session_state.get(_COPY)
    now = _known(copy or _sample_engine(), str(copy.url.database) if copy else _SAMPLE)
    return replace(_sample_moment(now), as_of=_moment(sample().as_of, lasts=True), is_sample=True)


def _sample_moment(now: Workspace) -> Workspace:
    return replace(now, as_of=sample().as_of, is_sample=True)


def _moment(usual: pd.Timestamp, *, lasts: bool = False) -> pd.Timestamp:
    """The moment this session looks at: the one that was asked for, else the usual one."""
    asked, since = st.session_state.get(_AS_OF, (None, None))
    if asked is None or (not lasts and pd.Timestamp.now(tz="UTC") - since > _FRESH):
        return usual
    return cast(pd.Timestamp, asked)


def _known(engine: Engine, place: str) -> Workspace:
    known = _state(place, _version(place, engine), engine)
    return Workspace(known, _hour(known))


def _version(place: str, engine: Engine) -> int:
    """The workspace's version, looked up at most once a glance; what this thread itself writes is seen at once."""
    held = getattr(_glance, "seen", None)
    if held is not None and held[0] == place and time.monotonic() - held[1] < _GLANCE:
        return int(held[2])
    with reading(engine) as connection:
        number = version(connection)
    _glance.seen = (place, time.monotonic(), number)
    return number


def _look_again() -> None:
    """Something was written: the next look asks for the version."""
    _glance.seen = None


def _hour(known: state.State) -> pd.Timestamp:
    """The last full hour, so that everybody at their desks sees the same result."""
    return pd.Timestamp.now(tz=known.answers.zone).floor("h")


def this_hour(now: Workspace) -> pd.Timestamp:
    """The moment that a workspace's results are to be made for now; the one that was asked for, if any."""
    return _moment(_hour(now.known))


def _to_change() -> Engine:
    """The workspace to write into; the sample is copied before its first change, so that others see it unchanged."""
    workspace()
    if on_sample() and _COPY not in st.session_state:
        st.session_state[_COPY] = _private_copy()
    return engine()


@st.cache_resource(show_spinner=False)
def _sample_engine() -> Engine:
    return opening.sample_workspace(sample())


@st.cache_resource(scope="session", show_spinner=False, on_release=opening.throw_away)
def _private_copy() -> Engine:
    return opening.copied(_sample_engine())


@st.cache_resource(max_entries=4, ttl=_BRIEFLY, show_spinner=False)
def _kept(place: str, version: int, _known: state.State, _engine: Engine) -> pd.Timestamp | None:
    # every part of a page asks; what another process has worked out meanwhile is seen soon enough
    return latest_moment(_engine, _known, _LARGE)


@st.cache_resource(max_entries=8, show_spinner=False)
def _state(place: str, version: int, _engine: Engine) -> state.State:
    with reading(_engine) as connection:
        return state.state(connection, bodies=False)


def forget_states() -> None:
    """Drop what was read of workspaces in this process."""
    _look_again()
    _state.clear()
    _kept.clear()
