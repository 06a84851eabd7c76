"""The part of the page on which something is agreed: how it can be checked, in which words, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from analysis.agreed import Action, working_day
from analysis.coaching import PRACTISE, Habit, Suggestion, suggestions
from analysis.report import FAMILY_TITLES, ApplicationReport
from analysis.results import FAMILIES
from dashboard import parts, session
from dashboard.coaching import held, words

_KEPT_FROM: Final = (90.0, 70.0)
_DAYS: Final = {"next_round": 10, "one_message": 5, "leave_it": 5}
"""Working days that are proposed for each rule."""


@dataclass(frozen=True, slots=True)
class Table:
    """What lies on the table: the candidate's key, today, the habit found, and the applications by key.

    ``calendars``: holiday calendar of each application; ``usual``: where none is chosen. ``turn``: how many sessions
    were kept before, so that the next one starts with empty fields.
    """

    candidate_key: str
    today: date
    habit: Habit | None
    applications: dict[str, ApplicationReport]
    calendars: dict[str, str]
    usual: str
    turn: int


def agree(table: Table) -> None:
    """Choose a rule, a sentence and a day; kept with a press."""
    mark = f"{session.token(table.candidate_key)}-{table.turn}"
    offers = suggestions(table.habit, _client(table, table.habit.application_key if table.habit else ""))
    rule = st.radio(
        "What do you agree on?",
        list(offers),
        format_func=lambda name: words.RULE_WORDS[name],
        key=f"rule-{mark}",
    )
    offer = offers[rule]
    about = _about(table, offer, f"{mark}-{rule}")
    family, least = _practise(offer, mark) if rule == "next_round" else ("", _KEPT_FROM[0])
    proposal = _sentence(offers[rule], family, _client(table, about), table.habit)
    sentence = st.text_area(
        "In your words",
        proposal,
        key=f"sentence-{mark}-{session.token(proposal)}",
        height=80,
        max_chars=300,
    )
    due = _due(table, rule, about, mark)
    note = st.text_area(
        "Note for both of you",
        key=f"note-{mark}",
        height=80,
        placeholder="Goes home with the candidate",
        max_chars=2000,
    )
    if st.button("Agree", type="primary", key=f"agree-{mark}", width=200):
        if not (sentence or "").strip():
            session.note("Write down in a sentence what you agree on.")
        else:
            action = Action(str(sentence).strip(), rule, due, family, least, about)
            session.write(held.agree(table.candidate_key, table.today, action, note or ""), "Agreed and kept.", "coach")
        st.rerun()


def _practise(offer: Suggestion, mark: str) -> tuple[str, float]:
    left, right = st.columns(2)
    with left:
        family = st.selectbox(
            "What to practise",
            FAMILIES,
            index=FAMILIES.index(offer.family),
            format_func=lambda name: FAMILY_TITLES[name],
            key=f"family-{mark}",
        )
    with right:
        least = st.selectbox(
            "Kept means",
            _KEPT_FROM,
            format_func=lambda points: f"{points:g} of 100 or more",
            key=f"least-{mark}",
        )
    return str(family), float(least)


def _about(table: Table, offer: Suggestion, mark: str) -> str:
    """Let the reader choose the application that is meant; gives its key, empty for any."""
    keys = ["", *table.applications]
    chosen = st.selectbox(
        "Where",
        keys,
        index=keys.index(offer.application_key) if offer.application_key in keys else 0,
        format_func=lambda key: table.applications[key].title if key else "Anywhere",
        key=f"where-{mark}",
    )
    return str(chosen or "")


def _sentence(offer: Suggestion, family: str, client: str, found: Habit | None) -> str:
    if offer.rule == "next_round":
        return offer.sentence if found and family == found.family else PRACTISE[family]
    return suggestions(found, client)[offer.rule].sentence


def _due(table: Table, rule: str, about: str, mark: str) -> date:
    """Let the reader choose the day by which it is looked at: a working day where the client is."""
    calendar = table.calendars.get(about, table.usual)
    usual = working_day(table.today, _DAYS[rule], calendar)
    chosen = st.date_input(
        "We look again on",
        usual,
        min_value=table.today + timedelta(days=1),
        max_value=table.today + timedelta(days=365),
        format="YYYY-MM-DD",
        key=f"due-{mark}-{rule}-{session.token(calendar)}",
        width=280,
    )
    if not isinstance(chosen, date):
        return usual
    due = working_day(chosen, 0, calendar)
    dates = session.dates()
    if due != chosen:
        off = dates.day(pd.Timestamp(chosen))
        parts.quiet(f"{off} is no working day there, so we look again on {dates.day(pd.Timestamp(due))}.")
    else:
        parts.quiet(dates.day(pd.Timestamp(due)))
    return due


def _client(table: Table, key: str) -> str:
    if key in table.applications:
        return table.applications[key].client
    names = {one.client for one in table.applications.values()}
    return names.pop() if len(names) == 1 else ""
