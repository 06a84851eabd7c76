"""The agency at a glance: counts, a table that opens a candidate, how the families are spread, and week by week."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analysis.caseload import Caseload, Wish, narrowed, rounds_among
from analysis.summary import spread
from dashboard import figures, parts, session
from dashboard.caseload import filtering, listing, taking, trend


def facts(table: pd.DataFrame) -> None:
    """The agency in a few numbers."""
    scored = int(table["overall"].notna().sum())
    parts.facts(
        (f"{len(table):,}", "candidates"),
        (f"{int(table['interviews'].sum()):,}", "interviews held"),
        *([(f"{session.whole().contacts:,}", "contacts read")] if session.desks() is None else []),
        (f"{scored:,}", "candidates with an overall score"),
        (f"{len(table) - scored:,}", "without enough evidence: neither good nor bad"),
    )


def shown(whole: Caseload, table: pd.DataFrame, wish: Wish) -> None:
    """The candidates who fit, and what they add up to."""
    how = "" if wish.order == "name" else ", in the order you chose"
    by = "by name" if wish.order == "name" else filtering.ORDERS[wish.order].lower()
    parts.quiet(
        f"{len(table):,} of {len(whole.table):,} candidates, {by}{how}. "
        "Select a row (mark its box, or Shift+Space) to open the candidate."
    )
    listing.listing(table, wish)
    taking.list_as_file(table, len(whole.table), wish)
    parts.heading("How each family is spread", 2)
    parts.quiet(f"Number of candidates in each band, out of the {len(table):,} in the table.")
    st.plotly_chart(
        figures.spread(spread(table, session.policy().bands), session.theme()),
        key="spread",
        theme=None,
        config=figures.CONFIG,
        alt="Number of candidates in each band, for each family",
    )
    parts.chart_key((k.shape, k.colour, k.word) for k in figures.spread_key(session.theme()))
    trend.by_week(rounds_among(whole, table.index, wish))


parts.heading("Caseload")
if session.workspace().is_empty:
    parts.quiet(
        "No files are loaded. Upload a contact log, and every candidate in it appears here with what was scored."
    )
    st.page_link("views/upload.py", label="Upload files")
else:
    whole = session.caseload()
    facts(whole.table)
    wish = filtering.wish(whole)
    table = narrowed(whole, wish)
    if len(table):
        shown(whole, table, wish)
    else:
        parts.quiet(
            "No candidate fits these filters. Take one away to see more."
            if len(whole.table)
            else "The files hold no candidate."
        )
    parts.aid()
