"""The part of the page with the table of candidates, in pages where it is long; a row opens its candidate."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from analysis.caseload import Wish, page_of, pages
from analysis.report import FAMILY_TITLES
from dashboard import parts, session

PAGE: Final = 100
"""Rows on a page: more are slow to draw, and nobody reads them."""

_POINTS: Final = {"thank_you": "Thank-you", "timing": "Timing", "over_contact": "Not pushy"}
_SHOWN: Final = ["candidate", "overall", "band", "recruiter", "clients", "interviews", "scored_weight", *_POINTS]


def listing(table: pd.DataFrame, wish: Wish) -> None:
    """The table, a page of it where it is long; another wish begins at the first page."""
    mark = session.token(repr(wish))
    several = len(table) > PAGE
    number = 1
    if several:
        # below the rows, yet asked before they are drawn
        above, below = st.container(), st.container()
        with below:
            number = st.pagination(pages(len(table), PAGE), key=f"page-{mark}")
    else:
        above = st.container()
    shown = page_of(table, number, PAGE)
    with above:
        if several:
            first = (number - 1) * PAGE + 1
            parts.quiet(f"Page {number} of {pages(len(table), PAGE)}: rows {first:,} to {first + len(shown) - 1:,}.")
        key = _rows(shown, f"candidates-{mark}-{number}" if several else f"candidates-{mark}")
    if key:
        st.switch_page("views/candidate.py", query_params=session.address(key))


def _rows(table: pd.DataFrame, key: str) -> str:
    """The rows; gives the key of the candidate whose row is selected, empty where none is."""
    picked = st.dataframe(
        table[_SHOWN],
        hide_index=True,
        height=430 if len(table) > 11 else "content",
        placeholder="",
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "candidate": st.column_config.TextColumn("Candidate", width="medium"),
            "recruiter": st.column_config.TextColumn("Recruiter"),
            "clients": st.column_config.ListColumn("Clients", width="medium"),
            "overall": st.column_config.NumberColumn(
                "Overall", format="%.1f", help="Empty where there is not enough evidence"
            ),
            "band": st.column_config.TextColumn("In words"),
            "interviews": st.column_config.NumberColumn("Interviews", help="Held rounds that the score rests on"),
            "scored_weight": st.column_config.NumberColumn("Weight scored", format="percent"),
            **{
                family: st.column_config.NumberColumn(short, format="%.1f", help=FAMILY_TITLES[family])
                for family, short in _POINTS.items()
            },
        },
        alt="Candidates with their scores; select a row to open one",
    )
    rows = [row for row in picked["selection"]["rows"] if row < len(table)]
    return str(table.iloc[rows[0]]["candidate_key"]) if rows else ""
