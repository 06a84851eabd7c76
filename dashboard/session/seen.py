"""Whom whoever works here sees: the list, the labels, and how many."""

from __future__ import annotations

import streamlit as st

from analysis import summary
from analysis.caseload import Caseload, arranged
from analysis.portion import Whole
from dashboard.session.desk import desks, workspace
from dashboard.session.results import forget, whole
from dashboard.workspace import Workspace


def caseload() -> Caseload:
    """Whom they see, ready to be narrowed; days are those on the agency's clock."""
    everybody, mine, now = whole(), desks(), workspace()
    return _caseload(now.scoring_key, _of(mine), now.answers.zone, now, everybody)


def names() -> dict[str, str]:
    """A label for each candidate they see, by key and in order of names."""
    everybody, mine = whole(), desks()
    return _names(workspace().scoring_key, _of(mine), everybody)


def how_many() -> int:
    """How many candidates they see."""
    return len(whole().candidates)


def name_of(key: str) -> str:
    """The name of a candidate they see; empty where they see nobody of that key."""
    table = whole().candidates
    found = table.loc[table["candidate_key"] == key, "candidate"]
    return str(found.iloc[0]) if len(found) else ""


def forget_results() -> None:
    """Drop everything that was read and worked out in this process, for example after an erasure."""
    forget()
    _names.clear()
    _caseload.clear()


@st.cache_resource(max_entries=6, show_spinner=False)
def _names(key: str, of: str, _mine: Whole) -> dict[str, str]:
    return summary.names(_mine)


@st.cache_resource(max_entries=6, show_spinner=False)
def _caseload(key: str, of: str, zone: str, _now: Workspace, _mine: Whole) -> Caseload:
    return arranged(_mine, _now.policy.bands, zone)


def _of(mine: frozenset[str] | None) -> str:
    return "all" if mine is None else repr(sorted(mine))
