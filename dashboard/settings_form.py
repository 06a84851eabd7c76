"""Forms for what is said once and for all: of a client, and of a candidate on their own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from analysis.log import ROUTES
from analysis.report import ROUTE_TITLES
from analysis.settings import CandidateSetting, ClientSetting
from dashboard import choices, parts, session, settings
from dashboard.settings import Told

_FILES: Final = "As the files say"


def client(name: str, told: Told) -> None:
    """Route, zone and holidays of one client; kept for every candidate there."""
    now, mark = told.client, f"{session.token(name)}-{told.number}"
    routes, zones = ("", *ROUTES), ("", *choices.zones())
    calendars = {"": _FILES, **choices.calendars()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _choice("How may candidates reach them?", routes, now.route, f"route-{mark}", _route, 330)
        _choice("Time zone of this client", zones, now.zone, f"client-zone-{mark}", lambda z: z or _FILES, 260)
        _choice("Public holidays there", list(calendars), now.calendar, f"holidays-{mark}", lambda c: calendars[c], 300)
    with st.container(horizontal=True):
        st.button(
            "Save for this client",
            type="primary",
            key=f"save-{mark}",
            on_click=_keep_client,
            args=(name, mark, told.number),
        )
        if now != ClientSetting():
            st.button(
                "Take it back", key=f"take-back-{mark}", on_click=_say_client, args=(name, ClientSetting(), told.number)
            )
    _by(told)


def candidate(key: str) -> None:
    """Time zone and days away of one candidate, to be opened; draws nothing for those who may not change it."""
    if not session.allowed("correct"):
        return
    box = st.expander("Time zone and days away", icon=":material/event_busy:", on_change="rerun", key=f"away-{key}")
    if not box.open:
        return
    with box:
        told = session.read(partial(settings.of_candidate, key=key))
        now, mark = told.candidate, f"{key}-{told.number}"
        parts.quiet(
            "On days away nothing is held against them: they count like public holidays. Only the days are kept, no "
            "reason."
        )
        for first, last in settings.stretches(now.days_off):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html(f'<p class="ft-meant">{_stretch(first, last)}</p>', width="content")
                rest = CandidateSetting(now.zone, settings.without(now.days_off, first, last))
                st.button(
                    "Take out",
                    key=f"out-{mark}-{first}",
                    help=f"Take {_stretch(first, last)} out",
                    on_click=_say_candidate,
                    args=(key, rest, told.number),
                )
        with st.container(horizontal=True, vertical_alignment="bottom"):
            days = st.date_input("Away from, to", value=[], key=f"days-{mark}", width=280)
            zones = ("", *choices.zones())
            _choice("Where they live", zones, now.zone, f"home-{mark}", lambda z: z or _FILES, 260)
            st.button(
                "Save",
                type="primary",
                key=f"save-{mark}",
                on_click=_keep_candidate,
                args=(key, mark, told),
            )
        if isinstance(days, tuple) and len(days) == 1:
            parts.quiet("Choose the last day too; for a single day choose it twice.")
        _by(told)


def _choice(
    label: str, options: tuple[str, ...] | list[str], now: str, key: str, named: Callable[[str], str], width: int
) -> None:
    # what was said holds, even where this machine's list does not have it
    known = [*options, *([now] if now not in options else [])]
    st.selectbox(label, known, index=known.index(now), format_func=named, key=key, width=width)


def _keep_client(name: str, mark: str, seen: int) -> None:
    route, zone, calendar = (session.held(f"{field}-{mark}") or "" for field in ("route", "client-zone", "holidays"))
    _say_client(name, ClientSetting(route, zone, calendar), seen)


def _say_client(name: str, setting: ClientSetting, seen: int) -> None:
    done = f"Kept for {name}; every score there counts it from now on."
    session.write(settings.say_client(name, setting, seen), done, needs="clients")


def _keep_candidate(key: str, mark: str, told: Told) -> None:
    days = session.held(f"days-{mark}") or ()
    new = settings.between(*days) if len(days) == 2 else ()
    setting = CandidateSetting(session.held(f"home-{mark}") or "", (*told.candidate.days_off, *new))
    _say_candidate(key, setting, told.number)


def _say_candidate(key: str, setting: CandidateSetting, seen: int) -> None:
    session.write(settings.say_candidate(key, setting, seen), "Kept; the scores count it from now on.")


def _by(told: Told) -> None:
    if told.number:
        at = pd.Timestamp(told.at).tz_convert(session.workspace().answers.zone)
        parts.quiet(f"Last said by {told.author}, {session.dates().moment(at)}.")


def _stretch(first: date, last: date) -> str:
    dates = session.dates()
    begins = dates.day(pd.Timestamp(first))
    return begins if first == last else f"{begins} to {dates.day(pd.Timestamp(last))}"


def _route(route: str) -> str:
    return ROUTE_TITLES[route].capitalize() if route else _FILES
