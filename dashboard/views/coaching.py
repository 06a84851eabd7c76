"""A coaching session: one candidate and one member of staff at one screen, and nothing of anybody else on it."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from analysis import coaching
from analysis.agreed import Check, check
from analysis.before_after import before_after
from analysis.report import CandidateReport
from dashboard import parts, picker, session
from dashboard.coaching import held, takeaway, words
from dashboard.coaching.agreeing import Table, agree
from dashboard.coaching.asking import ask
from dashboard.coaching.paper import take_home

_PICK = "pick-session"


def pick() -> None:
    """Let the reader choose a candidate; the list is gone once one is chosen, because two look at the page."""
    parts.heading("Coaching session")
    if session.workspace().is_empty:
        parts.quiet("No files are loaded. Once a contact log is there, this page opens for one candidate at a time.")
        st.page_link("views/upload.py", label="Upload files")
        return
    if session.chosen():
        parts.quiet("The files that are loaded hold no such candidate.")
    parts.quiet("Choose the candidate before you sit down together: from here on the page shows nobody else.")
    names = picker.among(_PICK)
    st.selectbox(
        "Candidate",
        list(names),
        index=None,
        format_func=lambda key: names[key],
        placeholder="Type a name",
        key=_PICK,
        on_change=session.choose_held,
        args=(_PICK,),
        width=480,
    )


def opening(view: CandidateReport, found: coaching.Habit | None) -> None:
    """Something done well, then what cannot be seen, as a question, then one habit."""
    strong = session.policy().bands.strong
    parts.heading("Done well", 2)
    st.html(words.strength(coaching.strength(view, strong, found.family if found else "")))
    ask(view)
    parts.heading("One thing to practise", 2)
    st.html(words.habit(found))
    if found is not None and not found.unseen:
        other = session.what_if(view.key, found.family, found.application_key)
        if other is not None:
            st.html(words.supposed(other, session.dates()))


def last(one: held.Shared | None, kept: held.Held, checks: dict[int, Check], view: CandidateReport) -> None:
    """What was agreed last time, how it stands, and the family before and since."""
    if one is None or one.agreed is None:
        return
    dates = session.dates()
    parts.heading(f"What we agreed on {words.day(one.held_on, dates)}", 2)
    agreed(one, checks, view)
    family = one.agreed.practises
    began = kept.began(family) or one.held_on
    said = words.compared(before_after(session.scores_of(view.key), view.key, family, began), began, dates)
    if said:
        parts.quiet(said)


def agreed(one: held.Shared, checks: dict[int, Check], view: CandidateReport) -> None:
    """An agreed action with how it stands, and what can be taken home."""
    if one.agreed is None:
        return
    dates = session.dates()
    st.html(words.agreed(one.agreed, checks[one.number], one.held_on, dates))
    if one.note:
        parts.quiet(one.note)
    calendar, text = takeaway.calendar_file(one, dates), takeaway.text(one, view.candidate, dates)
    with st.container(horizontal=True):
        name = takeaway.CALENDAR_NAME
        st.download_button("Calendar file", calendar, name, "text/calendar", key=f"ics-{one.number}", on_click="ignore")
        name = takeaway.TEXT_NAME
        st.download_button("As text", text, name, "text/plain", key=f"text-{one.number}", on_click="ignore")
        undo(one.number)


def undo(number: int) -> None:
    """A button that takes a session back."""
    if st.button("Take back", key=f"undo-{number}", help="Undo this entry; the audit log keeps that it was there"):
        session.write(held.take_back(number), "Taken back.", "coach")
        st.rerun()


def next_time(one: held.Shared | None, checks: dict[int, Check], view: CandidateReport, now: Table) -> None:
    """Agree on something; out of the way once that was done today."""
    if one is None:
        parts.heading("Agree on one thing", 2)
        with st.container(border=True):
            agree(now)
        return
    parts.heading("What we agreed today", 2)
    agreed(one, checks, view)
    with st.expander("Agree on something else", key=f"more-{session.token(view.key)}", on_change="rerun") as more:
        if more.open:
            agree(now)


def earlier(older: list[held.Shared], checks: dict[int, Check]) -> None:
    """The sessions before, each with what became of it."""
    if not older:
        return
    dates = session.dates()
    parts.heading("Earlier sessions", 2)
    for one in older:
        text, button = st.columns([5, 1], vertical_alignment="center")
        with text:
            st.html(words.earlier(one.agreed, checks.get(one.number), one.note, one.held_on, one.author, dates))
        with button:
            undo(one.number)


def for_staff(view: CandidateReport, kept: held.Held, checks: dict[int, Check], today: date) -> None:
    """What the candidate does not see; while it is closed, nothing of it is sent to the page."""
    mark = session.token(view.key)
    with st.expander("For staff only", key=f"staff-{mark}", on_change="rerun") as part:
        if not part.open:
            return
        dates = session.dates()
        for flag in view.checks:
            parts.flag(flag)
        for one in kept.private:
            text, button = st.columns([5, 1], vertical_alignment="center")
            with text:
                st.html(words.earlier(None, None, one.note, one.held_on, one.author, dates))
            with button:
                undo(one.number)
        for done in kept.shared:
            seen = checks[done.number].references if done.number in checks else ()
            if seen:
                parts.quiet(f"What was agreed on {words.day(done.held_on, dates)} was checked by {', '.join(seen)}.")
        note = st.text_area("Private note", key=f"private-{mark}-{len(kept.private)}", height=100, max_chars=2000)
        if st.button("Keep for staff", key=f"keep-{mark}"):
            if (note or "").strip():
                session.write(held.keep_private(view.key, today, note or ""), "Kept for staff.", "coach")
            st.rerun()


def table(view: CandidateReport, found: coaching.Habit | None, turn: int, today: date) -> Table:
    """What the part on which something is agreed needs."""
    rows = session.scores_of(view.key).applications
    mine = rows[rows["candidate_key"] == view.key]
    calendars = dict(zip(mine["application_key"], mine["calendar"], strict=True))
    usual = calendars[view.applications[0].key] if view.applications else session.checked().calendar
    return Table(view.key, today, found, {a.key: a for a in view.applications}, calendars, usual, turn)


def page(view: CandidateReport) -> None:
    """The session, from what was done well to what is agreed."""
    now, scores = session.workspace(), session.scores_of(view.key)
    today = session.as_of().date()
    kept = session.read(held.held_with(view.key, scores, session.former))
    files = scores.contacts["file"].unique().tolist()
    loaded = held.loaded(now.imports, files, now.answers.zone)
    checks = {one.number: check(one.agreed, one.held_on, scores, view.key, loaded) for one in kept.shared if one.agreed}
    before, new = kept.last(today), kept.now(today)
    found = coaching.habit(scores, view.key, session.policy(), before.held_on if before else None)
    parts.heading(view.candidate)
    parts.quiet(f"Coaching session, {session.dates().day(pd.Timestamp(today))}")
    left, right = st.columns([6, 5], gap="large")
    with left:
        opening(view, found)
        last(before, kept, checks, view)
    with right:
        next_time(new, checks, view, table(view, found, len(kept.shared), today))
        take_home(view, found, kept, today)
    earlier([one for one in kept.shared if one not in (before, new)], checks)
    for_staff(view, kept, checks, today)
    st.page_link("views/candidate.py", label="Timeline and receipt", query_params=session.address(view.key))
    parts.aid()


st.html(words.STYLE)
chosen = session.chosen()
report = session.candidate(chosen) if chosen and not session.workspace().is_empty else None
with st.container(key="coaching"):
    if report is None:
        pick()
    else:
        page(report)
