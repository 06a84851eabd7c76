"""The audit log: who did what and when, by day and person."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pandas as pd
import streamlit as st
from sqlalchemy import Connection

from dashboard import parts, records, session


def audit_log() -> None:
    """The log of some days, and the same as CSV."""
    today = session.read(records.last_day)
    if today is None:
        parts.quiet("Nothing was done yet. Every import, correction, decision, erasure and setting will stand here.")
        return
    everybody = session.read(records.people_in_audit)
    with st.container(horizontal=True):
        days = st.date_input("Days", (today - timedelta(days=30), today), key="audit-days", width=280)
        who = st.selectbox("Who", ["", *everybody], format_func=lambda w: w or "Everybody", key="audit-who", width=280)
    chosen = days if isinstance(days, tuple) else (days,)
    if len(chosen) < 2 or not isinstance(chosen[0], date):
        parts.quiet("Choose the last day too.")
        return
    table = session.read(partial(_rows, chosen[0], chosen[-1], str(who)))
    if table.empty:
        parts.quiet("Nothing was done on these days.")
        return
    parts.quiet(
        f"{parts.count(len(table), 'entry', 'entries')}. Times are UTC; candidates are told by keys, never by name."
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={"at": "When (UTC)", "who": "Who", "did": "Did what", "about": "About"},
        key="audit",
    )
    st.download_button(
        "Download as CSV",
        data=lambda: records.as_csv(table),
        file_name=f"audit-{chosen[0].isoformat()}-{chosen[-1].isoformat()}.csv",
        mime="text/csv",
        on_click="ignore",
        key="audit-csv",
    )


def _rows(first: date, last: date, who: str, connection: Connection) -> pd.DataFrame:
    return records.audit(connection, first, last, who)
