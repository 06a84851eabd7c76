"""What the workspace holds and who did what: imports, corrections, people's data, the log, settings."""

from __future__ import annotations

import streamlit as st

from dashboard import parts
from dashboard.recordkeeping import caring, importing, logbook, remembering, settling

PARTS = {
    "Imports": importing.every_import,
    "Typed by hand": remembering.everything_typed,
    "Corrections": remembering.every_correction,
    "A candidate’s data": caring.one_person,
    "Audit log": logbook.audit_log,
    "What is kept": settling.settings,
}

parts.heading("Records")
chosen = st.segmented_control(
    "Show", list(PARTS), default="Imports", required=True, key="records-part", label_visibility="collapsed"
)
PARTS[chosen or "Imports"]()
