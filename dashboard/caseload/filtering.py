"""The part of the page that says whom to show: search, filters, period and order."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from analysis.advice import title
from analysis.caseload import Caseload, Wish
from analysis.report import BANDS
from dashboard import session

ORDERS: Final = {
    "name": "Name",
    "recruiter": "Recruiter",
    "newest": "Newest contact first",
    "interviews": "Most interviews first",
    "lowest": "Overall, lowest first",
    "highest": "Overall, highest first",
}
"""The orders of `analysis.caseload.ORDERS` as a reader chooses them."""


def wish(whole: Caseload) -> Wish:
    """Let the reader say whom to show."""
    with st.grid(min_column_width=165, vertical_alignment="bottom"):
        words = st.text_input("Search", type="search", live=True, key="search", placeholder="Name, client, job")
        recruiters = st.multiselect("Recruiter", whole.recruiters, key="recruiters")
        clients = st.multiselect("Client", whole.clients.words, key="clients")
        jobs = st.multiselect("Job", whole.jobs.words, key="jobs")
        bands = st.multiselect("Band", BANDS, key="bands")
        findings = st.multiselect("Finding", sorted(whole.findings.words, key=title), format_func=title, key="findings")
        since = st.date_input("Interviewed from", None, key="since", help=_period(whole))
        until = st.date_input("Interviewed to", None, key="until")
        order = st.selectbox(
            "Order",
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            key="order",
            help="By overall, candidates without one stand first: no score is neither good nor bad.",
        )
    return Wish(
        words or "",
        tuple(recruiters),
        tuple(clients),
        tuple(jobs),
        tuple(bands),
        tuple(findings),
        since,
        until,
        order or "name",
    )


def told(wish: Wish) -> list[tuple[str, str]]:
    """Each filter that is set, with what was asked for, in words; the order where it is not by name."""
    asked = [
        ("Search", wish.words.strip()),
        ("Recruiter", ", ".join(wish.recruiters)),
        ("Client", ", ".join(wish.clients)),
        ("Job", ", ".join(wish.jobs)),
        ("Band", ", ".join(wish.bands)),
        ("Finding", ", ".join(title(code) for code in wish.findings)),
        ("Interviewed from", wish.since.isoformat() if wish.since else ""),
        ("Interviewed to", wish.until.isoformat() if wish.until else ""),
    ]
    return [*((name, words) for name, words in asked if words), ("Order", ORDERS[wish.order])]


def _period(whole: Caseload) -> str:
    """What the period is about, in words."""
    if whole.first_day is None or whole.last_day is None:
        return "Candidates with an interview held between these days; none is held yet."
    dates = session.dates()
    first, last = (dates.day(pd.Timestamp(day)) for day in (whole.first_day, whole.last_day))
    return f"Candidates with an interview held between these days. The files hold interviews from {first} to {last}."
