"""What holds for all files that do not say it themselves."""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from analysis.log import ROUTES
from analysis.report import ROUTE_TITLES
from dashboard import choices, parts, session
from dashboard.uploading import times

_MAILBOX: Final = "mailbox"


def questions() -> None:
    """Zone, holidays, route and moment."""
    now = session.workspace()
    parts.heading("For all files", 2)
    open_zone = times.without_zone()
    if open_zone and not now.is_sample:
        listed = ", ".join(open_zone[:3]) + (" …" if len(open_zone) > 3 else "")
        parts.quiet(f"Times without a zone stand in {listed}: say below whose clock they are. The rest rarely matters.")
    else:
        parts.quiet("Used only where a file does not say it itself.")
    zones, calendars = choices.zones(), {"": "The country of the time zone", **choices.calendars()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        zone = st.selectbox(
            "Time zone of the times",
            zones,
            index=choices.at(zones, now.answers.zone),
            key=f"zone-{now.answers.zone}",
            width=260,
        )
        calendar = st.selectbox(
            "Public holidays",
            list(calendars),
            index=choices.at(list(calendars), now.answers.calendar),
            format_func=lambda c: calendars[c],
            key=f"calendar-{now.answers.calendar}",
            width=260,
        )
        route = st.selectbox(
            "Route to the employer",
            ROUTES,
            index=choices.at(ROUTES, now.answers.route),
            format_func=lambda r: ROUTE_TITLES[r],
            key=f"route-{now.answers.route}",
            width=340,
        )
        local = now.as_of.tz_convert(now.answers.zone).tz_localize(None)
        moment = st.datetime_input("Scores as of", local.to_pydatetime(), key=f"as-of-{local}", width=240)
    told = session.told(zone, calendar, route, moment, _agency())
    if told != (now.answers, now.as_of):
        session.answer(*told)
        st.rerun()


def _agency() -> tuple[str, ...]:
    """The agency's own addresses, asked for only where a mailbox leaves them open."""
    said = session.workspace().answers.agency
    mailboxes = [account for account in session.checked().files if account.format == _MAILBOX]
    if not said and not any(p.code == "whose_side" for account in mailboxes for p in account.problems):
        return ()
    written = st.text_input(
        "The agency's own domains and addresses",
        ", ".join(said),
        key=f"agency-{said}",
        placeholder="agency.example, jo@agency.example",
        width=420,
    )
    return tuple(each for each in re.split(r"[\s,;]+", written or "") if each)
