"""The layouts that staff described: listed, forgotten, handed on to another machine."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import layouts, parts, session
from dashboard.mappings import to_bytes


def remembered() -> None:
    """Every layout that is kept, with the day it was last described."""
    known = layouts.kept()
    label = f"Layouts you described ({len(known)})" if known else "Layouts you described"
    box = st.expander(label, on_change="rerun", key="layouts")
    if not box.open:
        return
    with box:
        if not known:
            parts.quiet("None yet. What you say about a file's columns, dates and words is kept here for the next one.")
        for mark, title in zip(known, layouts.titles(known.values()), strict=True):
            with st.container(horizontal=True, vertical_alignment="center", key=f"layout-{mark[:12]}"):
                day = session.dates().day(pd.Timestamp(known[mark].told_on)) if known[mark].told_on else "earlier"
                parts.line(title, f"told on {day}")
                if st.button("Forget", key=f"drop-{mark[:12]}", help="Ask again with the next file of this layout"):
                    layouts.forget(mark)
                    st.rerun()
        if known:
            st.download_button(
                "Download them as a file",
                data=lambda: to_bytes(known),
                file_name="mappings.json",
                mime="application/json",
                on_click="ignore",
                key="mappings-out",
            )
        given = st.file_uploader("Take over a file of layouts", type="json", key=f"mappings-in-{len(known)}")
        if given is not None:
            session.note(layouts.take_over(given.getvalue()))
            st.rerun()
