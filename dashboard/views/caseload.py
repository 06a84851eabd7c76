"""The agency at a glance: counts, how the families are spread, and a table that opens a candidate."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.advice import title
from analysis.report import BANDS, FAMILY_TITLES
from analysis.summary import choices, narrow, spread
from dashboard import figures, parts, session

_POINTS = {"thank_you": "Thank-you", "timing": "Timing", "over_contact": "Not pushy"}


def filters(table: pd.DataFrame) -> pd.DataFrame:
    """Search and filters above the table; gives the rows that remain."""
    with st.grid(min_column_width=165, vertical_alignment="bottom"):
        words = st.text_input("Search", type="search", live=True, key="search", placeholder="Name, client, job")
        recruiter = st.multiselect("Recruiter", choices(table, "recruiter"), key="recruiters")
        client = st.multiselect("Client", choices(table, "clients"), key="clients")
        band = st.multiselect("Band", list(BANDS), key="bands")
        finding = st.multiselect("Finding", choices(table, "findings"), format_func=title, key="findings")
    return narrow(table, words or "", recruiter, client, band, finding)


def candidates(table: pd.DataFrame) -> None:
    """The table; selecting a row opens the candidate."""
    shown = table.loc[
        :, ["candidate", "overall", "band", "recruiter", "clients", "interviews", "scored_weight", *_POINTS]
    ]
    picked = st.dataframe(
        shown,
        hide_index=True,
        height=430 if len(shown) > 11 else "content",
        placeholder="",
        key="candidates",
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
        alt="Candidates by name with their scores; select a row to open one",
    )
    rows = picked["selection"]["rows"]
    if rows:
        key = str(table.iloc[rows[0]]["candidate_key"])
        st.switch_page("views/candidate.py", query_params=session.address(key))


parts.heading("Caseload")
if session.workspace().is_empty:
    parts.quiet(
        "No files are loaded. Upload a contact log, and every candidate in it appears here with what was scored."
    )
    st.page_link("views/upload.py", label="Upload files")
else:
    table = session.caseload()
    scored = int(table["overall"].notna().sum())
    parts.facts(
        (f"{len(table):,}", "candidates"),
        (f"{int(table['interviews'].sum()):,}", "interviews held"),
        *([(f"{session.whole().contacts:,}", "contacts read")] if session.desks() is None else []),
        (f"{scored:,}", "candidates with an overall score"),
        (f"{len(table) - scored:,}", "without enough evidence: neither good nor bad"),
    )
    narrowed = filters(table)
    if narrowed.empty:
        parts.quiet(
            "No candidate fits these filters. Take one away to see more."
            if len(table)
            else "The files hold no candidate."
        )
    else:
        parts.quiet(
            f"{len(narrowed):,} of {len(table):,} candidates, by name. "
            "Select a row (mark its box, or Shift+Space) to open the candidate."
        )
        candidates(narrowed)
        parts.heading("How each family is spread", 2)
        parts.quiet(f"Number of candidates in each band, out of the {len(narrowed):,} in the table.")
        st.plotly_chart(
            figures.spread(spread(narrowed, session.policy().bands), session.theme()),
            key="spread",
            theme=None,
            config=figures.CONFIG,
            alt="Number of candidates in each band, for each family",
        )
        parts.chart_key((k.shape, k.colour, k.word) for k in figures.spread_key(session.theme()))
    parts.aid()
