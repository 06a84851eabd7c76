"""What staff add by hand: a debrief after an interview, or a contact that no file holds; contacts like any other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

import pandas as pd
import streamlit as st

from analysis.log import ROUTES
from analysis.report import ROUTE_TITLES, ApplicationReport, CandidateReport
from dashboard import correcting, parts, session
from dashboard.casework import words
from dashboard.store.remarks import Typed

_MOST_MET: Final = 8
_EXACT: Final = {"evening": "that evening", "day": "some time that day", "time": "at this time"}
_ASKED: Final = {"": "Not known", "yes": "Asked", "volunteered": "They said it themselves", "no": "Did not ask"}
_SENT: Final = {"": "Nothing yet", "email": "Thank-you by e-mail", "card": "Card or letter", "text": "Text message"}
_TOLD: Final = {
    "no_calls": "Asked for no calls",
    "will_contact": "“We will contact you”",
    "no_notes": "No thank-you notes",
}


@st.fragment
def debrief(view: CandidateReport, application: ApplicationReport) -> None:
    """The thirty-second form after an interview."""
    mark = session.token(application.key)
    # a form that nobody opened is not drawn: its grid is the heaviest part of the page
    with st.expander("Log a debrief", icon=":material/forum:", key=f"debrief-{mark}", on_change="rerun") as part:
        if not part.open:
            return
        held = application.contacts[application.contacts["class"] == "interview"]
        if held.empty:
            parts.quiet("No interview of this application is known yet. Type it in as a contact first.")
            return
        dates = session.dates()
        named = {
            int(c): dates.known(at, how)
            for c, at, how in zip(held["contact"], held["at"], held["precision"], strict=True)
        }
        number = st.selectbox(
            "Interview",
            list(named),
            index=len(named) - 1,
            format_func=lambda c: named[c],
            key=f"debrief-of-{application.key}-{len(named)}",
        )
        with st.form(f"debrief-{application.key}-{number}-{_typed_so_far(view)}", border=False):
            _ask(view, application, int(number))


def _ask(view: CandidateReport, application: ApplicationReport, number: int) -> None:
    interview = session.contact(view.key, number)
    known = _known_faces(interview)
    parts.quiet("Whom did they meet?")
    met = st.data_editor(
        known,
        num_rows="dynamic",
        hide_index=True,
        key=f"met-{application.key}-{number}",
        column_config={
            "name": st.column_config.TextColumn("Name", width="medium"),
            "email": st.column_config.TextColumn("E-mail or number", width="medium"),
        },
    )
    with st.container(horizontal=True):
        decision = st.text_input("When do they decide?", placeholder="A date, or “end of next week”", width=260)
        asked = st.selectbox("How do we know?", list(_ASKED), format_func=lambda a: _ASKED[a], width=220)
        route = st.selectbox(
            "Contact runs", ["", *ROUTES[:-1]], format_func=lambda r: ROUTE_TITLES.get(r, "as known"), width=300
        )
    topics = st.text_input("What was talked about?", placeholder="night shifts; the new line")
    told = st.pills("They said", list(_TOLD), selection_mode="multi", format_func=lambda t: _TOLD[t]) or []
    with st.container(horizontal=True):
        sent = st.selectbox("What did the candidate send?", list(_SENT), format_func=lambda s: _SENT[s], width=220)
        day = st.date_input("On", interview["local_at"].date(), width=150)
        exact = st.selectbox("When", list(_EXACT), format_func=lambda e: _EXACT[e], width=200)
        clock = st.time_input("Time, if known", time(18), step=300, width=130)
    note = st.text_area("Anything else", height=80)
    if not st.form_submit_button("Save the debrief", type="primary"):
        return
    base = _base(view, application)
    people = _people(met)
    when = _moment(session.as_of())
    rows = [
        {
            **base,
            **people,
            "kind": "debrief",
            "sender": "candidate",
            "receiver": "agency",
            "at": when,
            "decision_on": decision.strip(),
            "decision_asked": str(asked),
            "topics": ";".join(t.strip() for t in re.split(r"[;,]", topics) if t.strip()),
            "route": str(route),
            "note": note.strip(),
        }
    ]
    ended = interview["at"] if pd.isna(interview["ended_at"]) else interview["ended_at"]
    said = {"sender": "client", "receiver": "candidate", "channel": "in_person", "at": _moment(ended)}
    rows += [{**base, **said, "kind": kind} for kind in told]
    if sent:
        assert isinstance(day, date)
        thanks = {"kind": "thank_you", "sender": "candidate", "receiver": "client", "channel": str(sent)}
        rows.append({**base, **people, **thanks, "at": _at(day, str(exact), clock, session.zone_of(view.key, number))})
    session.write(correcting.types_in(rows, "debrief"), "The debrief is saved and counts from now on.")
    st.rerun()


@st.fragment
def contact(view: CandidateReport, application: ApplicationReport) -> None:
    """A contact that no file holds."""
    mark = session.token(application.key)
    box = st.expander("Type in a contact", icon=":material/add_call:", key=f"type-{mark}", on_change="rerun")
    if not box.open:
        return
    with box, st.form(f"typed-{application.key}-{_typed_so_far(view)}", border=False):
        now = session.as_of()
        with st.container(horizontal=True):
            kind = st.selectbox("It was", list(words.KINDS), 2, format_func=lambda k: words.KINDS[k], width=280)
            channel = st.selectbox("by", list(words.CHANNELS), format_func=lambda c: words.CHANNELS[c], width=180)
            sender = st.selectbox("from", list(words.PARTIES), format_func=lambda p: words.PARTIES[p], width=160)
            receiver = st.selectbox("to", list(words.PARTIES), 1, format_func=lambda p: words.PARTIES[p], width=160)
        with st.container(horizontal=True):
            day = st.date_input("On", now.date(), width=150)
            exact = st.selectbox("When", list(_EXACT), 2, format_func=lambda e: _EXACT[e], width=200)
            clock = st.time_input("Time", now.time(), step=300, width=130)
            who = st.text_input("Person at the employer", width=260)
        note = st.text_area("What was said or written", height=80)
        if not st.form_submit_button("Save the contact", type="primary"):
            return
        if sender == receiver:
            parts.flag("Say from whom to whom: these are two different sides.")
            return
        assert isinstance(day, date)
        zone = (
            session.zone_of(view.key, int(application.contacts["contact"].iloc[0]))
            if len(application.contacts)
            else "UTC"
        )
        row = {
            **_base(view, application),
            "kind": str(kind),
            "channel": str(channel),
            "sender": str(sender),
            "receiver": str(receiver),
            "at": _at(day, str(exact), clock, zone),
            "interviewer": who.strip(),
            "note": note.strip(),
        }
        session.write(correcting.types_in([row], "typed"), "The contact is saved and counts from now on.")
        st.rerun()


def typed(view: CandidateReport) -> None:
    """What was typed by hand of this candidate, each with a button that takes it back."""
    mine = correcting.typed_about(session.typed(), session.known_as(view.key))
    if not mine:
        return
    parts.heading("Typed by your team", 2)
    for group in mine:
        with st.container(horizontal=True, vertical_alignment="center", key=f"typed-{group[0].number}"):
            parts.line(_sentence(group))
            st.button("Undo", key=f"untype-{group[0].number}", on_click=_undo, args=(group,))


def _undo(group: Sequence[Typed]) -> None:
    session.write(correcting.takes_back_typed([one.number for one in group]), "What was typed is taken back.")


def _sentence(group: Sequence[Typed]) -> str:
    said = ", ".join(words.KINDS.get(one.fields.get("kind", ""), "a contact") for one in group)
    client = group[0].fields.get("client", "")
    by = f"{group[0].author}, {session.dates().day(pd.Timestamp(group[0].at))}"
    return f"{said[0].upper()}{said[1:]}{f' · {client}' if client else ''} ({by})"


def _typed_so_far(view: CandidateReport) -> int:
    """A number that grows with what is typed, so that a saved form is empty again."""
    return max((one.number for one in session.typed()), default=0)


def _base(view: CandidateReport, application: ApplicationReport) -> dict[str, str]:
    return {
        **session.known_as(view.key),
        "client": application.client,
        "job": application.job,
        "recruiter": view.recruiter,
    }


def _known_faces(interview: pd.Series) -> pd.DataFrame:
    names, mails = (str(interview[c]).split(";") for c in ("interviewer", "interviewer_email"))
    size = max(len(names), len(mails))
    padded = [(*part, *[""] * (size - len(part))) for part in (names, mails)]
    return pd.DataFrame({"name": padded[0], "email": padded[1]}, dtype="str")


def _people(met: pd.DataFrame) -> Mapping[str, str]:
    rows = met.fillna("").astype("str").apply(lambda column: column.str.strip().str.replace(";", ","))
    rows = rows[(rows["name"] != "") | (rows["email"] != "")].head(_MOST_MET)
    mail = rows["email"].str.contains("@")
    return {
        "interviewer": ";".join(rows["name"]),
        "interviewer_email": ";".join(rows["email"].where(mail, "")).strip(";"),
        "interviewer_phone": ";".join(rows["email"].where(~mail, "")).strip(";"),
    }


def _moment(at: pd.Timestamp) -> str:
    return at.tz_convert("UTC").isoformat(timespec="seconds")


def _at(day: date, exact: str, clock: time, zone: str) -> str:
    """A moment as the plain layout has it."""
    if exact == "day":
        return day.isoformat()
    return (
        f"{day.isoformat()} evening"
        if exact == "evening"
        else _moment(session.local(datetime.combine(day, clock), zone))
    )
