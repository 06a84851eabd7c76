"""One row of the morning: who, why, and what can be done with it. Every button can be reached by keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from analysis.put_away import How, PutAway
from analysis.today import MOST
from dashboard import parts, session
from dashboard.morning import words

_SHOWN: Final = 24
"""Rows that are drawn of the less urgent ones."""


def row(one: Mapping[Any, Any], place: int) -> None:
    """A sentence with its reason and its buttons."""
    sign, word = words.TAGS[str(one["what"])]
    mark = str(one["about"])
    kind = "stop" if one["what"] == "stop" else "row"
    with (
        st.container(border=True, key=f"{kind}-{mark}"),
        st.container(horizontal=True, vertical_alignment="center", gap="medium"),
    ):
        with st.container(width="stretch"):
            parts.action(sign, word, str(one["sentence"]), words.reason(one))
        with st.container(horizontal=True, width="content", vertical_alignment="center", gap="small"):
            st.page_link(
                "views/candidate.py",
                label="Open",
                icon=":material/person:",
                query_params=session.address(str(one["candidate_key"])),
                help=f"Row {place}: open the candidate",
            )
            st.button("Done", key=f"done-{mark}", on_click=_put, args=(one, "done"), help="Done; it leaves the list")
            with st.popover("Later", key=f"later-{mark}"):
                for label, day in words.later(session.today()).items():
                    st.button(
                        label,
                        key=f"{label}-{mark}",
                        on_click=_put,
                        args=(one, "later", day),
                        help=session.dates().day(pd.Timestamp(day)),
                        width="stretch",
                    )
            with st.popover("Not needed", key=f"not-{mark}"):
                _not_needed(one, mark)


@st.fragment
def _not_needed(one: Mapping[Any, Any], mark: str) -> None:
    why = st.radio("Because", words.REASONS, index=None, key=f"why-{mark}")
    told = ""
    if why == words.REASONS[-1]:
        told = st.text_input("In a few words", key=f"told-{mark}", max_chars=300).strip()
    if st.button("Take it off the list", key=f"off-{mark}", type="primary"):
        reason = told if why == words.REASONS[-1] else str(why or "")
        if not reason:
            parts.flag("Say why first.")
        elif session.put_away(_away(one, "not_needed", reason=reason), "Taken off the list."):
            st.rerun()


def rest(others: pd.DataFrame) -> None:
    """The rows that can wait, out of the way until somebody asks for them."""
    if others.empty:
        return
    with st.expander(f"{len(others):,} more, less urgent", key="rest", on_change="rerun") as part:
        if not part.open:
            return
        for place, one in enumerate(others.head(_SHOWN).to_dict("records"), start=MOST + 1):
            row(one, place)
        if len(others) > _SHOWN:
            parts.quiet(f"The next {_SHOWN} are shown; the files below hold all {len(others) + MOST:,}.")


def put_aside(recruiter: str = "") -> None:
    """What was put away, each with a button that brings it back."""
    held = session.put_aside(recruiter)
    if not held:
        return
    with st.expander(f"Put away ({len(held)})", key="put-away", on_change="rerun") as part:
        if not part.open:
            return
        for one, sentence in held:
            with st.container(horizontal=True, vertical_alignment="center", key=f"away-{one.number}"):
                with st.container(width="stretch"):
                    parts.action("", "", sentence, words.away(one, session.dates()))
                st.button("Bring back", key=f"back-{one.number}", on_click=_back, args=(one.number,))


def _back(number: int) -> None:
    session.bring_back(number)


def _put(one: Mapping[Any, Any], how: How, until: date | None = None) -> None:
    said = "Done." if until is None else f"Put off until {session.dates().day(pd.Timestamp(until))}."
    session.put_away(_away(one, how, until=until), said)


def _away(one: Mapping[Any, Any], how: How, until: date | None = None, reason: str = "") -> PutAway:
    return PutAway(0, str(one["candidate_key"]), str(one["about"]), how, until, reason)
