"""Corrections in place: choose what is wrong, say what is right and why; each can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

import pandas as pd
import streamlit as st

from analysis.corrections import Correction
from analysis.report import CLASS_TITLES, FAMILY_TITLES, ApplicationReport, CandidateReport, Deduction
from dashboard import correcting, parts, picker, session
from dashboard.casework import words

_EXACT: Final = {"minute": "At this time", "evening": "That evening", "day": "Some time that day"}
_LEAST: Final = "Say which first."


def remarks(key: str) -> dict[str, str]:
    """What was said with each correction of a candidate, by its key."""
    dates = session.dates()
    return {key: words.told(one, dates) for key, one in session.corrections(key).items()}


@st.fragment
def panel(view: CandidateReport, application: ApplicationReport, picked: int | None) -> None:
    """Contest a contact; ``picked`` is the one whose row was selected in the table, None for none."""
    mark = session.token(f"{application.key}-{picked}")
    with st.expander(
        "Correct a contact",
        expanded=picked is not None,
        icon=":material/edit:",
        key=f"correct-{mark}",
        on_change="rerun",
    ) as part:
        if not part.open:
            return
        table = pd.concat([application.contacts, view.unlinked], ignore_index=True).set_index("contact")
        identity = session.identity_of(view.key).loc[table.index]
        chosen = str(identity.loc[picked]) if picked is not None and picked in identity.index else None
        about = _pick(table, identity, application.key, chosen)
        if about is None:
            parts.quiet(
                "Choose a contact here, or select its row in the table. What you say is laid over the file, holds for "
                "later uploads too, and can be undone."
            )
            return
        key = f"{application.key}-{about[:12]}"
        what = st.radio(
            "What is wrong?", list(words.WRONG), index=None, format_func=lambda w: words.WRONG[w], key=f"wrong-{key}"
        )
        if what is None:
            return
        number = int(identity.index[identity == about][0])
        value = _value(what, view, number, pd.Timestamp(table["at"].loc[[number]].iloc[0]), key)
        reason = st.text_input("Reason", key=f"reason-{key}", placeholder="Kept with your name", max_chars=500).strip()
        lacks = _LEAST if value is None else "Say why first." if what == "left_out" and not reason else ""
        if not st.button("Save the correction", type="primary", key=f"save-{key}"):
            return
        if lacks:
            parts.flag(lacks)
        else:
            about_all = session.with_copies(view.key, number)
            act = correcting.corrects(what, about_all, value or {}, reason)
            session.write(act, "Corrected. The scores follow from it.")
            st.rerun()


@st.fragment
def contest(view: CandidateReport, application: ApplicationReport, deduction: Deduction) -> None:
    """Say that a deduction does not stand."""
    key = f"{application.key}-{deduction.finding}-{deduction.contacts[0]}"
    with st.popover("This deduction does not stand …"):
        parts.quiet("It stays on the receipt at no cost, with your name and reason.")
        why = st.text_input("Because", key=f"because-{key}", max_chars=500).strip()
        if not st.button("Set it aside", type="primary", key=f"waive-{key}"):
            return
        about = [each for contact in deduction.contacts for each in session.with_copies(view.key, contact)]
        act = correcting.corrects("finding", about, {"finding": deduction.finding}, why)
        if not why:
            parts.flag("Say why first.")
        else:
            session.write(act, "The deduction is set aside.")
            st.rerun()


def made(view: CandidateReport) -> None:
    """What was corrected on this candidate, each with a button that takes it back."""
    parts.heading("Corrections", 2)
    mine = session.corrections_of(view.key)
    if not mine:
        parts.quiet("None yet. What you correct on this page is listed here and can be taken back.")
    for group in mine:
        with st.container(horizontal=True, vertical_alignment="center", key=f"made-{group[0].key}"):
            parts.line(words.told(group[0], session.dates()))
            st.button("Undo", key=f"undo-{group[0].key}", on_click=_undo, args=(group,))
    with st.popover("Do not score a family for this candidate …"):
        parts.quiet("For an agreed accommodation. No reason is asked for and none is stored.")
        family = st.selectbox(
            "Family", list(FAMILY_TITLES), index=None, format_func=lambda f: FAMILY_TITLES[f], key=f"family-{view.key}"
        )
        if st.button("Switch it off", key=f"off-{view.key}") and family is not None:
            act = correcting.corrects("accommodation", [view.key], {"family": family}, "")
            if session.write(act, f"{FAMILY_TITLES[family]} is no longer scored for this candidate."):
                st.rerun()


def _undo(group: Sequence[Correction]) -> None:
    session.write(correcting.takes_back([one.key for one in group]), "The correction is taken back.")


def _pick(table: pd.DataFrame, identity: pd.Series, key: str, chosen: str | None) -> str | None:
    dates = session.dates()
    when = [
        dates.brief(at, how) if not pd.isna(at) else "No date"
        for at, how in zip(table["at"], table["precision"], strict=True)
    ]
    counted = table["class"].map(CLASS_TITLES).fillna(table["class"])
    shown = [" · ".join(each) for each in zip(when, counted, table["reference"], strict=True)]
    named = dict(zip(identity.astype(str), shown, strict=True))
    return st.selectbox(
        "Contact",
        list(named),
        index=list(named).index(chosen) if chosen in named else None,
        format_func=lambda c: named[c],
        placeholder="Choose one",
        key=f"contact-{key}-{chosen}",
    )


def _choose(label: str, options: Mapping[str, str], key: str, index: int | None = None) -> str | None:
    return st.selectbox(label, list(options), index=index, format_func=lambda o: options[o], key=key)


def _value(what: str, view: CandidateReport, number: int, at: pd.Timestamp, key: str) -> dict[str, str] | None:
    """What is right instead; None while something is missing."""
    if what in ("left_out", "asked_for"):
        return {}
    if what == "kind":
        kind = _choose("It was …", words.KINDS, f"kind-{key}")
        channel = _choose("by", {"": "as logged", **words.CHANNELS}, f"channel-{key}", 0)
        return None if kind is None else {"kind": kind, **({"channel": channel} if channel else {})}
    if what == "parties":
        sender, receiver = _choose("From", words.PARTIES, f"from-{key}"), _choose("To", words.PARTIES, f"to-{key}")
        return {"sender": sender, "receiver": receiver} if sender and receiver and sender != receiver else None
    if what == "state":
        state = _choose("What happened?", words.STATES, f"state-{key}")
        return {"state": state} if state else None
    if what == "moment":
        return _moment(view.key, number, at, key)
    if what == "application":
        return _application(view, key)
    return _candidate(view, key)


def _moment(key_of: str, number: int, at: pd.Timestamp, key: str) -> dict[str, str]:
    before = session.as_of().tz_localize(None) if pd.isna(at) else at
    with st.container(horizontal=True):
        day = st.date_input("Day", before.date(), key=f"day-{key}")
        exact = st.segmented_control(
            "How exactly?",
            list(_EXACT),
            default="evening",
            required=True,
            format_func=lambda e: _EXACT[e],
            key=f"exact-{key}",
        )
        clock = time(12) if exact == "day" else time(18)
        if exact == "minute":
            clock = st.time_input("Time", before.time(), step=300, key=f"time-{key}")
    assert isinstance(day, date)
    moment = session.local(datetime.combine(day, clock), session.zone_of(key_of, number))
    return {"at": moment.isoformat(), "precision": str(exact)}


def _application(view: CandidateReport, key: str) -> dict[str, str] | None:
    known = {str(n): a.title for n, a in enumerate(view.applications)}
    place = _choose("It belongs to", {**known, "": "another employer"}, f"application-{key}")
    if place is None:
        return None
    if place:
        return {"client": view.applications[int(place)].client, "job": view.applications[int(place)].job}
    client = st.text_input("Employer", key=f"client-{key}").strip()
    job = st.text_input("Job", key=f"job-{key}").strip()
    return {"client": client, "job": job} if client else None


def _candidate(view: CandidateReport, key: str) -> dict[str, str] | None:
    others = {k: n for k, n in picker.among(f"other-{key}").items() if k != view.key}
    other = _choose("It is about", {**others, "": "somebody who is not in the list"}, f"other-{key}")
    if other is None:
        return None
    if other:
        return session.known_as(other)
    name = st.text_input("Name", key=f"name-{key}").strip()
    return {"candidate": name} if name else None
