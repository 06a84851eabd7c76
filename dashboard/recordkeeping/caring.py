"""One candidate's data: a copy of everything held, a legal hold, and erasing the person for good."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import streamlit as st
from sqlalchemy import Connection, Engine

from analysis.former import keys_of
from dashboard import parts, picker, session
from dashboard.recordkeeping.moments import when
from dashboard.store import care, copying, persons


def one_person() -> None:
    """Choose a candidate, and what to do about their data."""
    if not session.how_many():
        parts.quiet("No candidate is here yet. Once a file is loaded, each can get a copy of their data, or be erased.")
    else:
        names = picker.among("person")
        key = st.selectbox(
            "Candidate",
            list(names),
            index=None,
            format_func=lambda k: names[k],
            key=f"person-{len(names)}",
            placeholder="Choose or type a name",
        )
        if key is not None:
            _person(str(key), names[key])
    _erased()


def _person(key: str, shown: str) -> None:
    keys = keys_of(key, session.former())
    held = next((told for whom, told in session.read(care.holds).items() if whom in keys), None)
    with st.container(border=True, key=f"care-{key}"):
        parts.heading(shown, 2)
        parts.line(tags=("legal hold",) if held else ())
        parts.heading("A copy for the candidate", 3)
        parts.quiet("Everything held about this person, private notes too, as files that any spreadsheet opens.")
        now = session.as_of().to_pydatetime()
        st.download_button(
            "Download the copy",
            data=partial(session.read, partial(_copy, key, now)),
            file_name="what-we-hold.zip",
            mime="application/zip",
            on_click=_copied,
            args=(key,),
            key=f"copy-{key}",
        )
        parts.heading("Legal hold", 3)
        if held:
            parts.quiet(f"Put on by {held[0]}, {when(held[1])}. Nothing of this person is erased or purged.")
            if st.button("Lift the hold", key=f"lift-{key}", disabled=not session.allowed("hold")):
                session.write(partial(_lift, keys), "The hold is lifted.", needs="hold")
                st.rerun()
        else:
            parts.quiet("While it stands, nothing of this person is erased, or purged because it is old.")
            if st.button("Put a legal hold", key=f"hold-{key}", disabled=not session.allowed("hold")):
                session.write(partial(_hold, key), "The hold stands.", needs="hold")
                st.rerun()
        parts.heading("Erase for good", 3)
        if held:
            parts.quiet("Not while a legal hold stands; lift it first.")
        elif not session.allowed("erase"):
            parts.quiet("Only an admin can erase somebody.")
        else:
            _erase(key)


def _erase(key: str) -> None:
    scores = session.scores_of(key)
    mine, name = scores.contacts, str(scores.candidates["candidate"].iloc[0])
    said = sum(len(group) for group in session.corrections_of(key))
    parts.quiet(
        f"This removes {parts.count(len(mine), 'contact', 'contacts')} from "
        f"{parts.count(mine['file'].nunique(), 'file', 'files')}, {parts.count(said, 'correction', 'corrections')}, "
        "every session and setting, imports taken back too, and blanks the name in what was written about others. "
        "Files that hold or may name the person are kept as the contacts of the others; their originals go. Later "
        "files do not bring the person back. Nobody can undo this; backups made before still hold the person."
    )
    with st.form(f"erase-{key}", border=False):
        typed = st.text_input("Type the candidate’s name to erase", key=f"name-{key}", autocomplete="off")
        wanted = st.form_submit_button("Erase for good", type="primary", key=f"erase-go-{key}")
    if not wanted:
        return
    if " ".join(typed.split()).casefold() != " ".join(name.split()).casefold():
        parts.flag("That is not the name as it stands above; nothing was erased.")
        return
    session.carry_out(partial(_gone, key), needs="erase")
    session.forget_results()
    st.rerun()


def _erased() -> None:
    """People who were erased and may not come back, without a name."""
    found = session.read(persons.erased)
    if not found:
        return
    parts.heading("Erased", 2)
    parts.quiet("Without a name, which nobody keeps. Files that bring one of them again are taken in without them.")
    for one in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"erased-{one.person}"):
            parts.line(f"A person, erased by {one.author}", when(one.at))
            if session.allowed("erase") and st.button("Let them come back", key=f"let-{one.person}"):
                session.write(partial(_let, one.person), "The next file may bring this person again.", needs="erase")
                st.rerun()


def _copy(key: str, now: datetime, connection: Connection) -> bytes:
    return copying.copy_of(connection, key, now)


def _copied(key: str) -> None:
    session.write(lambda c, by, now: copying.note_copy(c, key, by, now), needs="copy")


def _hold(key: str, connection: Connection, author: str, now: datetime) -> None:
    care.put_on_hold(connection, key, author, now)


def _lift(keys: frozenset[str], connection: Connection, author: str, now: datetime) -> None:
    care.lift_hold(connection, keys, author, now)


def _let(person: str, connection: Connection, author: str, now: datetime) -> None:
    persons.let_back(connection, person, author, now)


def _gone(key: str, engine: Engine, author: str, now: datetime) -> str:
    done = care.erase(engine, key, author, now)
    contacts = parts.count(done.contacts, "contact", "contacts")
    files = parts.count(done.imports, "import", "imports")
    return f"The person is erased: {contacts} in {files}, and {done.remarks:,} other entries."
