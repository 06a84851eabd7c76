"""The place to drop files, what can be done with all of them, and what is said once."""

from __future__ import annotations

import streamlit as st

from dashboard import parts, session


def drop() -> None:
    """The place to drop files; reads them with a bar that moves."""
    files = st.file_uploader(
        "Drop files here: exports of your systems, trackers, mailboxes, calendar files",
        accept_multiple_files=True,
        key=f"drop-{session.drops()}",
    )
    if files:
        session.add([(f.name, f.getvalue()) for f in files])
        bar = st.progress(0.0, text="Reading …")
        session.read_new(lambda number, total, share: bar.progress(share, text=_reading(number, total)))
        st.rerun()
    session.saved_mappings()


def buttons() -> None:
    """What can be done with all files."""
    now = session.workspace()
    with st.container(horizontal=True):
        if now.uploads and st.button("Open the caseload", type="primary", key="open"):
            st.switch_page("views/caseload.py")
        if not now.is_sample and st.button(
            "Look at the sample", key="sample", help="An invented agency; your own files stay as they are"
        ):
            session.use_sample()
            st.rerun()
        if now.is_sample and session.has_own() and st.button("Back to your workspace", key="own"):
            session.use_sample(False)
            st.rerun()
        if now.is_sample and now.uploads and st.button("Remove all files", key="clear"):
            session.clear()
            st.rerun()
        files = len(now.uploads) + len(now.bare)
        if not now.is_sample and files and st.button("Remove all files …", key="clear-own"):
            _asked(files)


@st.dialog("Remove all files?")
def _asked(files: int) -> None:
    parts.quiet(
        f"{parts.count(files, 'file goes', 'files go')}, with every contact from there, for everybody who works here. "
        "Corrections, sessions and what was typed by hand stay, and hold again should a file come again."
    )
    with st.container(horizontal=True):
        if st.button("Remove all files", type="primary", key="clear-yes"):
            session.clear()
            st.rerun()
        if st.button("Leave them", key="clear-no"):
            st.rerun()


def _reading(number: int, total: int) -> str:
    return f"Reading file {number} of {total} …" if total > 1 else "Reading the file …"
