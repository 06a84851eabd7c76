"""Choosing a candidate by name: among all of them, or in a large caseload among those that fit what is typed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from analysis.summary import find
from dashboard import parts, session

_MANY: Final = 2_000
"""Candidates from which on a list of all would make every click slow."""
_SHOWN: Final = 50


def among(widget: str, now: str = "") -> dict[str, str]:
    """The candidates to choose among, label by key, in order of names; ``now``, if it is anybody's, is one of them.

    In a large caseload a field is drawn, in which the reader types a part of the name; before that ``now`` alone.
    """
    if session.how_many() <= _MANY:
        return session.names()
    words = st.text_input(
        "Part of the name",
        type="search",
        live=True,
        key=f"find-{widget}",
        placeholder="Type a part of the name",
        label_visibility="collapsed",
    )
    name = session.name_of(now) if now else ""
    here = {now: name} if name else {}
    if not (words or "").strip():
        return here
    found, fit = find(session.names(), words or "", _SHOWN)
    if fit > _SHOWN:
        parts.quiet(f"The first {_SHOWN} of {fit:,} names; type more of the name.")
    return found if now in found else {**here, **found}
