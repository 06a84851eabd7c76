"""The page that is open: its address, its reader's dates and theme."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final

import pandas as pd
import streamlit as st

from dashboard.dates import Dates

_CANDIDATE: Final = "candidate"


def token(text: str) -> str:
    """A short opaque name for a widget's key, in place of a text from a file."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def chosen() -> str:
    """Key of the candidate that the address names; empty where it names none."""
    return str(st.query_params.get(_CANDIDATE, ""))


def hold(widget: str, value: object) -> None:
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


def local(moment: datetime, zone: str) -> pd.Timestamp:
    """A moment on a zone's clock; an hour that occurs twice is the first, one that never was the next."""
    return pd.Timestamp(moment).tz_localize(zone, ambiguous=True, nonexistent="shift_forward")


def theme() -> str:
    """``light`` or ``dark``, as the reader's page is."""
    return str(st.context.theme.type or "light")
