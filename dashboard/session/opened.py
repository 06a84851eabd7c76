"""The workspace of the data folder, opened once a process and looked after once a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from dashboard.place import workspace_place
from dashboard.store import upkeep
from dashboard.store.engine import open_engine

_TOLD: Final = "told of upkeep"


def own_engine() -> Engine:
    """The workspace itself, never the sample. Raises `StoreError`, `NoPlace`."""
    return _opened(workspace_place())


def looked_after() -> tuple[str, ...]:
    """What was done to the workspace on its own, such as purging what is too old; said once to each session."""
    told = _looked_after(workspace_place(), datetime.now(UTC).date().isoformat())
    if st.session_state.get(_TOLD) == told:
        return ()
    st.session_state[_TOLD] = told
    return told


@st.cache_resource(show_spinner=False)
def _opened(place: str) -> Engine:
    return open_engine(place)


@st.cache_resource(max_entries=2, show_spinner="Looking after the workspace …")
def _looked_after(place: str, day: str) -> tuple[str, ...]:
    return tuple(upkeep.look_after(_opened(place), datetime.now(UTC)))
