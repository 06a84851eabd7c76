"""What only a person can say about the times of a file: asked where it is open, changeable afterwards."""

from __future__ import annotations

from typing import Final

import streamlit as st

from analysis.asking import doubtful_time, lacks_zone, order_readings
from analysis.checked import FileAccount
from analysis.formats.answers import LayoutAnswers
from dashboard import choices, layouts, parts, session

_FIRST: Final = {"dmy": "day first", "mdy": "month first"}
_MEANT: Final = {"contact": "When it happened", "logged": "When it was typed in"}


def ask(account: FileAccount) -> None:
    """The questions about times that are open."""
    name, told = account.file, layouts.said(account.file)
    answered = _answered_orders(name, told)
    for column in _open_orders(account):
        if column not in answered:
            order(name, column, None)
    lone = doubtful_time(session.raw(name).frame, session.recognition(name).best())
    if lone and not (told and told.time_is):
        meaning(name, lone, "")


def said(account: FileAccount) -> None:
    """What was answered about times, and the zone of those written without one, to change."""
    name, told = account.file, layouts.said(account.file)
    answered = _answered_orders(name, told)
    meant, own_zone = (told.time_is, told.zone) if told else ("", "")
    without = lacks_zone(session.raw(name).frame, session.recognition(name).best())
    if not answered and not meant and not own_zone and not without:
        return
    with st.expander("Dates and times"):
        for column, before in answered.items():
            order(name, column, before)
        if meant:
            meaning(name, "", meant)
        if without or own_zone:
            zone(name, own_zone)


def without_zone() -> list[str]:
    """The tables whose times are written without a zone, and for which none was given."""
    names = [a.file for a in session.accounts() if not session.raw(a.file).frame.columns.empty]
    return [n for n in names if lacks_zone(session.raw(n).frame, session.recognition(n).best())]


def order(name: str, column: str, before: str | None) -> None:
    """Which of two readings of a column's first dates is meant."""
    readings = order_readings(session.raw(name).frame[column].astype("str").head(5000))
    if not readings:
        return
    with st.container(gap="xsmall"):
        parts.quiet(f"Column: {column}")
        answer = st.radio(
            "Which dates are meant?",
            list(readings),
            index=list(readings).index(before) if before in readings else None,
            format_func=lambda o: readings[o],
            captions=[_FIRST[o] for o in readings],
            key=f"order-{session.token(name)}-{session.token(column)}-{before}",
        )
    if answer is not None and answer != before:
        layouts.say_order(name, column, answer)
        st.rerun()


def meaning(name: str, column: str, before: str) -> None:
    """Whether the time of a file tells when something happened or when it was typed in."""
    with st.container(gap="xsmall"):
        if column:
            parts.quiet(f"Column: {column}")
        answer = st.radio(
            "What does this time tell?",
            list(_MEANT),
            index=list(_MEANT).index(before) if before else None,
            format_func=lambda m: _MEANT[m],
            key=f"meant-{session.token(name)}-{before}",
            horizontal=True,
            help="A note typed in the next morning says nothing about how promptly it was sent.",
        )
    if answer is not None and answer != before:
        layouts.say_time(name, answer)
        st.rerun()


def zone(name: str, before: str) -> None:
    """The zone of times that are written without one."""
    usual = session.workspace().answers.zone
    options = ("", *choices.zones())
    answer = st.selectbox(
        "Time zone of this file's times",
        options,
        index=choices.at(options, before),
        format_func=lambda z: z or f"As for all files: {usual}",
        key=f"file-zone-{session.token(name)}-{before}",
        width=360,
        help="Its times are written without a zone.",
    )
    if answer is not None and answer != before:
        layouts.say_zone(name, answer)
        st.rerun()


def _open_orders(account: FileAccount) -> list[str]:
    asked = [p.column for p in account.problems if p.code in ("date_order_open", "date_order_mixed")]
    asked += [p.column for p in account.problems if p.code == "saved_order_wrong"]
    there = set(session.recognition(account.file).columns)
    return [c for c in dict.fromkeys(asked) if c in there]


def _answered_orders(name: str, said: LayoutAnswers | None) -> dict[str, str]:
    seen = session.recognition(name)
    best = seen.best()
    return {c: said.orders[h] for c in seen.columns if (h := best.header(c)) in said.orders} if said else {}
