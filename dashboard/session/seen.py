"""Whom whoever works here sees: the list, the labels, and how many."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis import summary
from analysis.portion import Whole
from dashboard.access import own_recruiters
from dashboard.session.desk import desks, workspace
from dashboard.session.results import everybody, forget, whole
from dashboard.workspace import Workspace


def caseload() -> pd.DataFrame:
    """One row a candidate they see, by name; columns of `analysis.summary.caseload`."""
    now, mine = workspace(), desks()
    table = _caseload(now.scoring_key, now, everybody())
    if mine is None:
        return table
    return table.loc[table["recruiter"].isin(own_recruiters(table["recruiter"].unique(), mine))].reset_index(drop=True)


def names() -> dict[str, str]:
    """A label for each candidate they see, by key and in order of names."""
    everybody, mine = whole(), desks()
    return _names(workspace().scoring_key, "all" if mine is None else repr(sorted(mine)), everybody)


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
def _caseload(key: str, _now: Workspace, _everybody: Whole) -> pd.DataFrame:
    return summary.caseload(_everybody, _now.policy.bands)
