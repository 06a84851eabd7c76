"""The page list and what all pages share: the line that says what is loaded, and as of when."""

from __future__ import annotations

import streamlit as st

from dashboard import gate, parts, session
from dashboard.access import may
from dashboard.store.engine import StoreError

st.set_page_config(page_title="Followthrough", page_icon="🤝", layout="wide")
parts.style(session.theme())

problem = session.unopened()
who = None if problem else session.person()
page = st.navigation(
    [
        st.Page("views/today.py", title="Today", url_path="today", default=True),
        st.Page("views/caseload.py", title="Caseload", url_path="caseload"),
        st.Page("views/candidate.py", title="Candidate", url_path="candidate"),
        st.Page("views/coaching.py", title="Coaching session", url_path="coaching"),
        *([st.Page("views/people.py", title="People", url_path="people")] if who and may(who, "decide links") else ()),
        st.Page("views/clients.py", title="Clients", url_path="clients"),
        st.Page("views/policy.py", title="Policy", url_path="policy"),
        st.Page("views/upload.py", title="Upload", url_path="upload"),
        *([st.Page("views/records.py", title="Records", url_path="records")] if who and may(who, "take back") else ()),
        *(
            [st.Page("views/staff.py", title="Staff", url_path="staff")]
            if who and may(who, "staff") and session.by_sign_in()
            else ()
        ),
        st.Page("views/help.py", title="Help", url_path="help"),
    ],
    position="top" if who else "hidden",
)

if problem:
    parts.heading("The workspace cannot be opened")
    parts.flag(problem)
    st.stop()
if gate.closed():
    st.stop()
gate.corner()
now = session.workspace()
if not now.is_empty:
    parts.line(
        f"As of {session.dates().moment(now.as_of)}",
        parts.count(len(now.uploads) + len(now.bare), "file", "files"),
        sample="Sample: an invented agency" if now.is_sample else "",
    )
for sentence in session.problems():
    parts.flag(sentence)
for sentence in (*session.looked_after(), *session.said()):
    parts.done(sentence)

try:
    page.run()
except StoreError as lost:
    parts.flag(str(lost))
