"""The page list and what all pages share: the line that says what is loaded, and as of when."""

from __future__ import annotations

import streamlit as st

from dashboard import parts, session

st.set_page_config(page_title="Followthrough", page_icon="🤝", layout="wide")
parts.style(session.theme())

page = st.navigation(
    [
        st.Page("views/caseload.py", title="Caseload", url_path="caseload", default=True),
        st.Page("views/candidate.py", title="Candidate", url_path="candidate"),
        st.Page("views/people.py", title="People", url_path="people"),
        st.Page("views/upload.py", title="Upload", url_path="upload"),
    ],
    position="top",
)

now = session.workspace()
if now.uploads:
    parts.line(
        f"As of {session.dates().moment(now.as_of)}",
        parts.count(len(now.uploads), "file", "files"),
        sample="Sample: an invented agency" if now.is_sample else "",
    )

page.run()
