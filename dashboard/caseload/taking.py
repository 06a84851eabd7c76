"""The part of a page that gives its results to take away: as a workbook or as CSV, made when it is asked for."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from analysis.caseload import Wish
from analysis.report import CandidateReport
from dashboard import exports, session, sheets
from dashboard.caseload.filtering import told
from dashboard.workbook import workbook

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# a file name stays on a machine for long, and names nobody
LIST_NAME: Final = "caseload"
ONE_NAME: Final = "candidate"


def list_as_file(table: pd.DataFrame, of: int, wish: Wish) -> None:
    """Buttons that give the rows of the table in its order; ``of``: how many there are without filters."""
    zone, policy, now = session.workspace().answers.zone, session.policy().version, session.as_of()
    later = session.scores_later(frozenset(table["candidate_key"]))
    mark = session.token(repr(wish))

    def book() -> bytes:
        asked = [("Candidates", f"{len(table):,} of {of:,}"), *told(wish)]
        return sheets.list_book(table, later, now.tz_convert(zone), policy, asked)

    def plain() -> bytes:
        return exports.csv(sheets.candidate_table(table, zone))

    with st.container(horizontal=True):
        st.download_button(
            "Download this list (Excel)", book, f"{LIST_NAME}.xlsx", _XLSX, key=f"xlsx-{mark}", on_click="ignore"
        )
        st.download_button(
            "Download this list (CSV)", plain, f"{LIST_NAME}.csv", "text/csv", key=f"csv-{mark}", on_click="ignore"
        )


def one_as_file(view: CandidateReport) -> None:
    """A button that gives one candidate: scores, deductions and contacts as the page shows them."""
    scores, policy = session.scores_of(view.key), session.policy().version
    zone, now = session.workspace().answers.zone, session.as_of()

    def book() -> bytes:
        about = sheets.about(now.tz_convert(zone), policy, [("Candidate", view.candidate)])
        return workbook([sheets.families(view), sheets.deductions(scores), sheets.contacts(view), about], now)

    mark = session.token(view.key)
    st.download_button(
        "Download as a workbook (Excel)", book, f"{ONE_NAME}.xlsx", _XLSX, key=f"book-{mark}", on_click="ignore"
    )
