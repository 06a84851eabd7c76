"""How each score comes about, with a worked example from the sample agency."""

from __future__ import annotations

import streamlit as st

from analysis.report import FAMILY_TITLES
from dashboard import parts, session
from dashboard.helping import texts
from dashboard.receipt import receipt

parts.heading("Help")
parts.quiet("How a score comes about. The examples are from the sample agency: invented people, real rules.")
parts.heading("From your files to a number", 2)
parts.steps(texts.STEPS)
parts.heading("What may stand in place of points", 2)
parts.table(("Word", "What it means"), texts.ANSWERS, "Three answers, never two: met, not met, and cannot see.")
parts.heading("The six families", 2)
found, now = session.examples(), session.policy()
for family, title in FAMILY_TITLES.items():
    parts.heading(title, 3)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        parts.quiet(texts.about(family, now))
        parts.quiet(texts.weight(family, now))
    with right:
        example = found.get(family)
        if example is None:
            parts.quiet("In the sample nothing was taken off here.")
        else:
            parts.quiet(f"{example.candidate.candidate} at {example.application.title}")
            st.html(receipt(example.family))
parts.heading("Questions", 2)
for question, answer in texts.QUESTIONS:
    parts.heading(question, 3)
    parts.quiet(answer)
with st.container(horizontal=True):
    st.page_link("views/policy.py", label="Every number, with its source", icon=":material/tune:")
    st.page_link("views/upload.py", label="Upload files", icon=":material/upload_file:")
parts.aid()
