"""One card a table: what it was taken for, its questions, its columns and words, its rows to correct."""

from __future__ import annotations

from typing import Final, get_args

import pandas as pd
import streamlit as st

from analysis.checked import Complete, FileAccount
from analysis.formats.answers import CONFIRMED
from analysis.summary import problem_groups
from dashboard import layouts, parts, session
from dashboard.uploading import columns, found, times, words

_COMPLETE: Final[dict[Complete, str]] = {"yes": "Yes", "no": "No", "not-sure": "Not sure"}


def card(account: FileAccount) -> None:
    """Everything about one table."""
    name = account.file
    with st.container(border=True, key=f"file-{session.token(name)}"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            parts.heading(name, 3)
            if st.button("Remove", key=f"remove-{session.token(name)}", help="Take this file out"):
                session.remove(name)
                st.rerun()
        if found.unreadable(name):
            return
        _read(account)
        if session.raw(name).frame.columns.empty:
            return
        codes = {p.code for p in account.problems}
        _told(name)
        with st.container(key=f"ask-{session.token(name)}"):
            layout(name)
            times.ask(account)
        completeness(name)
        asks = "columns_needed" in codes or ("columns_guessed" in codes and columns.unsure(name))
        if session.raw(name).format in ("delimited", "sheet"):
            columns.mapping(name, asks)
            words.meanings(name, quiet=asks)
        times.said(account)
        found.to_correct(name)


def _read(account: FileAccount) -> None:
    dropped = [f"{n:,} left out ({why})" for why, n in account.dropped.items()]
    late = int((session.checked().undated["file"] == account.file).sum())
    parts.line(
        _recognised(account.file),
        parts.count(account.lines, "line", "lines"),
        parts.count(account.contacts, "contact", "contacts"),
        f"{account.set_aside:,} set aside",
        *([f"{late:,} without a date"] if late else []),
        *([f"{account.told:,} more told of in notes"] if account.told else []),
        *dropped,
    )
    to_check = sum(g.severity == "ask" for g in problem_groups(account.problems))
    if to_check:
        parts.quiet(f"{parts.count(to_check, 'thing', 'things')} to check, see below under “What was found”.")


def _recognised(name: str) -> str:
    seen = session.recognition(name)
    if seen.profile is None:
        return "Layout not known: its columns were guessed"
    return (
        "Read by the columns you confirmed" if seen.profile.name == CONFIRMED else f"Recognised as {seen.best().title}"
    )


def _told(name: str) -> None:
    """What was said about the layout earlier, and the way to forget it."""
    said = layouts.said(name)
    if said is None or not said.told_on:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        day = session.dates().day(pd.Timestamp(said.told_on))
        kept = "" if layouts.is_remembered(name) else " (for this session only)"
        parts.line(f"As you told us on {day}{kept}")
        if st.button("Forget it", key=f"forget-{session.token(name)}", type="tertiary"):
            layouts.forget(said.fingerprint)
            st.rerun()


def layout(name: str) -> None:
    """Ask which of several known layouts a table has."""
    rivals = {p.name: p.title for p in session.recognition(name).rivals}
    if not rivals:
        return
    answer = st.radio(
        "Which export is this?",
        list(rivals),
        index=None,
        format_func=lambda r: rivals[r],
        key=f"layout-{session.token(name)}",
    )
    if answer is not None:
        layouts.say_layout(name, answer)
        st.rerun()


def completeness(name: str) -> None:
    """The one question that decides whether absence is evidence."""
    answer = session.complete_of(name)
    said = st.segmented_control(
        "Does this file record everything the candidate did, and the employer answered, after the interview?",
        get_args(Complete),
        default=answer,
        required=True,
        format_func=lambda c: _COMPLETE[c],
        key=f"complete-{session.token(name)}",
        help="Yes: what is absent was not done. No or not sure: what is absent cannot be seen, "
        "and nobody loses points for it.",
    )
    if said is not None and said != answer:
        session.say_complete(name, said)
        st.rerun()
