"""Asked before anything is asserted: did you send a note? The answer counts at once and can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

import streamlit as st

from analysis.report import CandidateReport
from analysis.unseen import Unseen, unseen
from dashboard import correcting, parts, session
from dashboard.coaching import words

_EXACT: Final = {"evening": "that evening", "day": "some time that day"}


def ask(view: CandidateReport) -> None:
    """The questions to this candidate, one at a time; nothing where the files show every note."""
    open_ = [one for one in unseen(session.scores_of(view.key), view.key) if not session.held(_mark(one))]
    if not open_:
        return
    parts.heading("What we cannot see", 2)
    one = open_[0]
    st.html(words.question(one, session.dates(), len(open_)))
    mark = session.token(one.key)
    with st.container(horizontal=True, key=f"ask-{mark}"):
        st.button("Yes, that evening", key=f"evening-{mark}", type="primary", on_click=_yes, args=(view, one))
        with st.popover("Yes, another day", key=f"another-{mark}"):
            _another_day(view, one, mark)
        st.button("No", key=f"no-{mark}", on_click=_no, args=(view, one))
        st.button("Don’t know", key=f"unknown-{mark}", on_click=_leave, args=(one,))


@st.fragment
def _another_day(view: CandidateReport, one: Unseen, mark: str) -> None:
    last = max(session.as_of().date(), one.ended.date())
    day = st.date_input("On", one.ended.date(), min_value=one.ended.date(), max_value=last, key=f"on-{mark}")
    exact = st.radio("When", list(_EXACT), format_func=lambda e: _EXACT[e], key=f"exact-{mark}")
    if st.button("That is when", key=f"then-{mark}", type="primary") and isinstance(day, date):
        _yes(view, one, day, str(exact))
        st.rerun()


def _yes(view: CandidateReport, one: Unseen, day: date | None = None, exact: str = "evening") -> None:
    on = (day or one.ended.date()).isoformat()
    thanks = {
        **_about(view, one),
        "kind": "thank_you",
        "sender": "candidate",
        "receiver": "client",
        "channel": "email",
        "at": f"{on} evening" if exact == "evening" else on,
        "interviewer": ";".join(one.names),
        "interviewer_email": str(session.contact(view.key, one.contact)["interviewer_email"]),
    }  # no text: what the note said is not known
    session.write(correcting.types_in([thanks], "typed"), "Noted, and it counts from now on.", "coach")


def _no(view: CandidateReport, one: Unseen) -> None:
    zone = session.zone_of(view.key, one.contact)
    told = {
        **_about(view, one),
        "kind": "debrief",
        "sender": "candidate",
        "receiver": "agency",
        "at": session.local(one.ended.to_pydatetime(), zone).tz_convert("UTC").isoformat(timespec="seconds"),
        "note": "No note was sent.",
    }
    if session.write(correcting.types_in([told], "typed"), "Noted: no note was sent.", "coach"):
        _leave(one)


def _leave(one: Unseen) -> None:
    session.hold(_mark(one), True)


def _mark(one: Unseen) -> str:
    """Where it is remembered that this was asked; until the browser's session ends."""
    return f"asked {one.key}"


def _about(view: CandidateReport, one: Unseen) -> Mapping[str, str]:
    return {**session.known_as(view.key), "client": one.client, "job": one.job, "recruiter": view.recruiter}
