"""Files in: what each was recognised as, what was read and set aside, and the questions that remain."""

from __future__ import annotations

import streamlit as st

from dashboard import parts, session
from dashboard.uploading import cards, dropping, found, general, kept

parts.heading("Upload")
now = session.workspace()
if now.is_sample:
    parts.quiet(
        "You look at the sample agency: invented people, so that you can look around. Your first file takes its place."
    )
else:
    parts.quiet(
        "Several files at once are welcome. Nothing leaves this machine: files are kept in your workspace until you "
        "take them back."
    )
# each part in a place of its own, so that one which grows moves no other and nothing stands twice while it is drawn
with st.container():
    dropping.drop()
dropping.buttons()
if session.workspace().uploads:
    with st.container():
        general.questions()
    parts.heading("File by file", 2)
    with st.container():
        for account in session.accounts():
            cards.card(account)
    with st.container():
        found.problems()
elif not now.bare:
    parts.quiet("No file is loaded. What was read, what was set aside and why will be listed here.")
if now.bare and not now.is_sample:
    parts.heading("Files of which only contacts are kept", 2)
    parts.line(*(one.name for one in now.bare))
    parts.quiet("Their texts, or a person, were removed for good. What they brought counts as before.")
kept.remembered()
