"""Why a score is not what it was: new contacts, corrections, the clock and the policy, adding up to the difference."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from analysis.changes import Change
from analysis.report import FAMILY_TITLES, CandidateReport
from dashboard import parts, session

_CAUSES: Final = {
    "contacts": "New or withdrawn contacts",
    "corrections": "Corrections",
    "clock": "Time gone by",
    "policy": "Policy",
}
_EVENTS: Final = {
    "add upload": "a file was uploaded",
    "undo upload": "a file was taken back",
    "add typed": "a contact was typed in",
    "undo typed": "a typed contact was taken back",
    "add correction": "something was corrected",
    "undo correction": "a correction was taken back",
    "add link": "two people were decided on",
    "undo link": "a decision on people was taken back",
    "add setting": "an answer or a setting was given",
    "add policy": "the policy was changed",
}
_TITLES: Final = {"overall": "Overall", **FAMILY_TITLES}


def why(view: CandidateReport) -> None:
    """Compare this candidate's scores with those of an earlier moment."""
    box = st.expander("Why did it change?", icon=":material/difference:", on_change="rerun", key=f"why-{view.key}")
    if not box.open:
        return
    with box:
        events = session.events(list(_EVENTS))[:-1]
        if not events:
            parts.quiet(
                "Nothing has changed since the first file came. After the next upload or correction, compare here."
            )
            return
        dates, zone = session.dates(), session.workspace().answers.zone
        named = {number: f"{_EVENTS[did]}, {dates.moment(_local(at, zone))}" for number, did, at in events}
        since = st.selectbox(
            "Compare with the moment before",
            list(named),
            format_func=lambda n: named[n],
            key=f"since-{view.key}-{events[0][0]}",
        )
        at = next(at for number, _, at in events if number == since)
        with st.spinner("Comparing …"):
            changes = session.why(view.key, at - timedelta(microseconds=1), datetime.now(UTC))
        st.html(table(changes))


def table(changes: Mapping[str, Change]) -> str:
    """The changes as a table, every text escaped: before, what each cause added or took, now."""
    head = "".join(f'<th scope="col">{escape(t)}</th>' for t in ("Score", "Before", *_CAUSES.values(), "Now"))
    rows = "".join(_row(_TITLES[name], change) for name, change in changes.items())
    return f'<table class="ft-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row(title: str, change: Change) -> str:
    points = dict(zip(change.parts["cause"], change.parts["points"], strict=True))
    cells = "".join(f"<td>{_step(float(points[cause]))}</td>" for cause in _CAUSES)
    before, now = _score(change.before), _score(change.after)
    return f'<tr><th scope="row">{escape(title)}</th><td>{before}</td>{cells}<td>{now}</td></tr>'


def _score(points: float) -> str:
    return "not scored" if pd.isna(points) else parts.number(points)


def _step(points: float) -> str:
    if pd.isna(points):
        return "made the difference"
    return "" if not points else f"{'+' if points > 0 else '−'}{parts.number(abs(points))}"


def _local(at: datetime, zone: str) -> pd.Timestamp:
    return pd.Timestamp(at).tz_convert(zone)
