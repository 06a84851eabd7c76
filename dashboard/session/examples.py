"""Worked examples from the sample agency, as it was before anybody changed it; the same for everybody."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analysis import examples as choosing
from analysis.examples import Example
from dashboard.session.desk import sample_as_it_is
from dashboard.store.engine import reading
from dashboard.store.state import result, with_bodies


def examples() -> Mapping[str, Example]:
    """Family -> an application of the sample whose receipt shows how the score comes about."""
    return _examples()


@st.cache_resource(show_spinner="Working out the examples …")
def _examples() -> Mapping[str, Example]:
    now, kept = sample_as_it_is()
    with reading(kept) as connection:
        known = with_bodies(connection, now.known)
    return choosing.examples(result(known, now.as_of), known.policy.bands)
