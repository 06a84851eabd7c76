"""The part of the page with what the candidate takes home: one page on paper, and the next step for a calendar."""

from __future__ import annotations

from datetime import date

import streamlit as st

from analysis.coaching import Habit
from analysis.handout import handout
from analysis.report import CandidateReport
from dashboard import parts, session
from dashboard.coaching import takeaway
from dashboard.coaching.held import Held
from dashboard.handout.rendering import FILE_NAME, PAPERS, Paper, paper_of, pdf


def take_home(view: CandidateReport, found: Habit | None, kept: Held, today: date) -> None:
    """The page as a PDF, made when it is asked for; beside it the next check-in where nothing was agreed today."""
    scores, bands, dates = session.scores_of(view.key), session.policy().bands, session.dates()
    one = kept.standing(today)
    page = handout(scores, view, bands, found, today, one.agreed if one else None, one.note if one else "")
    mark = session.token(view.key)
    parts.heading("To take home", 2)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        usual = paper_of(dates.locale)
        paper: Paper = st.segmented_control("Paper", PAPERS, default=usual, required=True, key=f"paper-{mark}") or usual
        st.download_button(
            f"One page as PDF ({paper})",
            lambda: pdf(page, dates, paper),
            FILE_NAME,
            "application/pdf",
            key=f"handout-{mark}-{paper}",
            on_click="ignore",
        )
        if page.steps and kept.now(today) is None:
            step = takeaway.step_file(page.steps[0], today)
            name = takeaway.STEP_NAME
            st.download_button(
                "Next check-in (calendar)", step, name, "text/calendar", key=f"step-{mark}", on_click="ignore"
            )
