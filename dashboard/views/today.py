"""Half past eight: who needs a word today, why, and what to do; ready before the phones."""

from __future__ import annotations

import streamlit as st

from analysis.today import MOST
from dashboard import parts, session
from dashboard.morning import rows, taking, words


def stale() -> None:
    """A warning where the newest contact is old."""
    if not session.is_old():
        return
    age = session.age()
    parts.flag(
        "The files hold no contact before this moment."
        if age is None
        else f"The newest contact is {parts.count(age, 'day', 'days')} old: load a fresh export before you act on this."
    )
    st.page_link("views/upload.py", label="Load a fresh export", icon=":material/upload_file:")


def whose() -> str:
    """Let the reader narrow the list to one recruiter; empty for everybody."""
    recruiters = session.recruiters()
    if len(recruiters) < 2:
        return ""
    return st.selectbox(
        "Recruiter",
        ["", *recruiters],
        format_func=lambda name: name or "Everybody",
        key="whose",
        persist_state="session",
    )


title, choice = st.columns([3, 1], vertical_alignment="bottom")
with title:
    parts.heading("Today")
if session.workspace().is_empty:
    parts.quiet(
        "No files are loaded. Once a contact log is there, this page says each morning who needs a word, and why."
    )
    st.page_link("views/upload.py", label="Upload files")
else:
    with choice:
        recruiter = whose()
    stale()
    found = session.to_do(recruiter)
    parts.quiet(words.summary(found))
    for place, one in enumerate(found.head(MOST).to_dict("records"), start=1):
        rows.row(one, place)
    rows.rest(found.iloc[MOST:])
    if len(found):
        with st.container(horizontal=True):
            st.download_button(
                "Calendar file",
                lambda: taking.calendar(found, session.as_of()),
                taking.CALENDAR_NAME,
                "text/calendar",
                on_click="ignore",
                icon=":material/calendar_month:",
            )
            st.download_button(
                "Table (CSV)",
                lambda: taking.table(found, session.as_of()),
                taking.CSV_NAME,
                "text/csv",
                on_click="ignore",
                icon=":material/table:",
            )
    rows.put_aside(recruiter)
    parts.aid()
