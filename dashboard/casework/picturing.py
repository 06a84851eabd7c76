"""An application's timeline, in periods where it is long; a mark says what it cost, and a deduction rings its marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from analysis.periods import Period, part_of, periods
from analysis.report import ApplicationReport, Timeline
from dashboard import figures, parts, session


def caused(view: ApplicationReport) -> dict[int, tuple[str, ...]]:
    """Contact -> the deductions that it caused, in words; only those that stand."""
    found: dict[int, tuple[str, ...]] = {}
    for family in view.families:
        for one in family.deductions:
            if one.correction:
                continue
            said = f"−{parts.number(one.points)} {one.title} ({family.title})"
            for contact in one.contacts:
                found[contact] = (*found.get(contact, ()), said)
    return found


def clicked(view: ApplicationReport) -> int | None:
    """The contact whose mark was clicked last."""
    held = session.held(f"timeline-{view.key}")
    points = [p.get("customdata") for p in (held["selection"]["points"] if held else ())]
    found = [int(c[0] if isinstance(c, list) else c) for c in points if c is not None]
    return found[0] if found and found[0] in set(view.timeline.marks["contact"]) else None


def timeline(view: ApplicationReport, lit: Sequence[int], costs: Mapping[int, tuple[str, ...]]) -> None:
    """Draw the timeline; ``lit``: contacts to ring. A click on a mark is told by `clicked`."""
    dates = session.dates()
    shown = _part(view, lit)
    st.plotly_chart(
        figures.timeline(shown, session.theme(), dates.short, dates.known, lit, costs),
        key=f"timeline-{view.key}",
        theme=None,
        config=figures.CONFIG,
        alt=shown.words,
        on_select="rerun",
        selection_mode="points",
    )
    parts.chart_key((k.shape, k.colour, k.word) for k in figures.timeline_key(shown, session.theme()))
    parts.quiet(
        f"Times on the employer's clock ({shown.zone}). Choose a mark to see what it cost; the same facts stand in the "
        "table below."
    )


def told(view: ApplicationReport, contact: int | None, costs: Mapping[int, tuple[str, ...]]) -> None:
    """What one contact cost, as a line."""
    rows = view.contacts[view.contacts["contact"] == contact]
    if contact is None or rows.empty:
        return
    row, dates = rows.iloc[0], session.dates()
    when = "" if pd.isna(row["at"]) else f"{dates.brief(row['at'], row['precision'])}: "
    parts.quiet(f"{when}{'; '.join(costs.get(contact, ())) or 'nothing was taken off for it'}.")


def _part(view: ApplicationReport, lit: Collection[int]) -> Timeline:
    """The timeline, or of a long one the period that was chosen; at first the one with the ringed contacts."""
    whole = view.timeline
    several = periods(whole)
    if not several:
        return whole
    names = {number: _name(one) for number, one in enumerate(several)}
    mark = session.token(f"{view.key}-{sorted(lit)}-{len(several)}")
    chosen = st.selectbox(
        "Period",
        list(names),
        index=_with(whole, several, lit),
        format_func=lambda n: names[n],
        key=f"period-{mark}",
        width=420,
    )
    return part_of(whole, several[chosen])


def _with(whole: Timeline, several: Sequence[Period], lit: Collection[int]) -> int:
    """The latest period that holds a ringed contact, else the latest with a mark."""
    at = pd.to_datetime(whole.marks["at"])
    sought = at[whole.marks["contact"].isin(list(lit))]
    for number, one in reversed(list(enumerate(several))):
        if one.holds(sought).any() if len(sought) else one.marks:
            return number
    return len(several) - 1


def _name(one: Period) -> str:
    dates = session.dates()
    last = one.ends - pd.Timedelta(days=1)
    return f"{dates.day(one.starts)} to {dates.day(last)} ({parts.count(one.marks, 'contact', 'contacts')})"
