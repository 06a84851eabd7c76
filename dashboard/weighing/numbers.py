"""Every number of the policy, by group, with what it means and where it comes from; edited in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, cast

import pandas as pd
import streamlit as st

from analysis.policy import Curve, Policy, PolicyError, Record, Value, default_policy
from dashboard import parts, policies, session
from dashboard.policies import Draft, Part
from dashboard.weighing.saved import Saved


@dataclass(frozen=True, slots=True)
class _Page:
    """What the page edits: the policy it starts from, the draft, and why the draft cannot be used (None: it can)."""

    base: Saved
    draft: Draft | None
    problem: PolicyError | None
    may: bool

    def value(self, record: str) -> Value:
        """The value of a record in the draft."""
        told = self.draft.changed if self.draft else {}
        return told[record] if record in told else self.base.policy.record(record).value

    def is_changed(self, record: str) -> bool:
        """Whether the draft changes a record."""
        return self.draft is not None and record in self.draft.changed


def numbers(base: Saved, draft: Draft | None, may: bool) -> None:
    """The groups, each to be opened. Their titles stay while a draft is made: another title would close them."""
    page = _Page(base, draft, policies.whats_wrong(base.policy, draft) if draft else None, may)
    for section, records in policies.groups(base.policy).items():
        own = sum(record.value != default_policy().record(record.name).value for record in records)
        told = [parts.count(len(records), "number", "numbers")]
        told += [f"{own} not the article's"] if own else []
        box = st.expander(f"{policies.GROUPS[section]} · {' · '.join(told)}", on_change="rerun", key=f"group-{section}")
        with box:
            if page.problem is not None and page.problem.record == section:
                parts.flag(policies.sentence(page.problem))
            if box.open:
                for record in records:
                    _record(record, page)


def bar(base: Policy, draft: Draft) -> None:
    """How much was changed, and the way on; in sight while the numbers are scrolled."""
    problem = policies.whats_wrong(base, draft)
    with st.container(
        key="draft-bar", border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        with st.container(width="content", gap="xsmall"):
            changed = parts.count(len(draft.changed), "number", "numbers")
            where = ", ".join(t for name, t in policies.GROUPS.items() if name in map(policies.section, draft.changed))
            st.html(f'<p class="ft-meant"><b>{changed} changed</b>, not saved yet: {escape(where)}</p>')
            if problem is not None:
                parts.flag(policies.sentence(problem))
        with st.container(horizontal=True, width="content"):
            st.button(
                "Who would move?",
                type="primary",
                key="review",
                on_click=session.review,
                args=(True,),
                disabled=problem is not None,
            )
            st.button("Drop the changes", key="drop", on_click=session.take_draft, args=(None,))


def _record(record: Record, page: _Page) -> None:
    usual = default_policy().record(record.name)
    with st.container(key=f"number-{record.name.replace('.', '-')}", gap="xsmall"):
        left, right = st.columns([5, 4], gap="medium")
        with left:
            source = f"{usual.source}. Since {session.dates().day(pd.Timestamp(usual.since))}."
            st.html(f'<p class="ft-meant">{escape(usual.meaning)}</p><p class="ft-quiet">{escape(source)}</p>')
        with right:
            _editor(record, page)
            if record.value != usual.value:
                parts.quiet(f"The article's: {policies.shown(usual, usual.value)}")
    if page.is_changed(record.name):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right"):
            st.html(f'<p class="ft-was">Until now: {escape(policies.shown(record, record.value))}</p>')
            st.button(
                "Put it back",
                key=f"back-{record.name}",
                on_click=session.change,
                args=(record.name, record.value, page.base.policy, page.base.number),
            )
    if page.problem is not None and page.problem.record == record.name:
        parts.flag(policies.sentence(page.problem))


def _editor(record: Record, page: _Page) -> None:
    value = page.value(record.name)
    if not page.may:
        st.html(f'<p class="ft-meant">{escape(policies.shown(record, value))}</p>')
    elif policies.is_curve(value):
        _steps(record, cast(Curve, value), page)
    elif isinstance(value, tuple):
        for place, each in enumerate(policies.parts_of(record)):
            _one(
                record,
                page,
                each,
                str(place),
                cast(float, value[place]),
                partial(_at, cast(tuple[float, ...], value), place),
            )
    else:
        (only,) = policies.parts_of(record)
        _one(record, page, only, "value", value, lambda number: number)


def _one(record: Record, page: _Page, part: Part, name: str, value: float, whole: Callable[[float], Value]) -> None:
    """One number and its unit."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _field(record, page, part, name, value, whole, f"{_label(record)}: {part.unit}")
        st.html(f'<p class="ft-unit">{escape(part.unit)}</p>', width="content")


def _steps(record: Record, curve: Curve, page: _Page) -> None:
    """A curve: its steps in a line, and each to be edited."""
    unit = default_policy().record(record.name).unit.replace("->", "→")
    told = escape(policies.shown(record, curve))
    st.html(f'<p class="ft-meant">{told}</p><p class="ft-quiet">{escape(unit)}</p>')
    if not st.toggle("Change the steps", key=f"steps-{record.name}"):
        return
    across, up = policies.parts_of(record)
    for place, (x, y) in enumerate(curve):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for which, part, number in ((0, across, x), (1, up, y)):
                label = f"Step {place + 1}, {part.unit}"
                _field(record, page, part, f"{place}-{which}", number, partial(_step, curve, place, which), label)
                if which == 0:
                    st.html('<p class="ft-unit" aria-hidden="true">→</p>', width="content")
            st.button(
                "Take out",
                key=f"out-{record.name}-{place}",
                help=f"Take step {place + 1} out",
                type="tertiary",
                disabled=len(curve) == 1,
                on_click=session.change,
                args=(record.name, (*curve[:place], *curve[place + 1 :]), page.base.policy, page.base.number),
            )
    last, points = curve[-1]
    further = min(last + 0.5, 24) if across.kind == "time" else last + 1
    st.button(
        "Add a step",
        key=f"add-{record.name}",
        on_click=session.change,
        args=(record.name, (*curve, (further, points)), page.base.policy, page.base.number),
    )


def _field(
    record: Record, page: _Page, part: Part, name: str, value: float, whole: Callable[[float], Value], label: str
) -> None:
    """The widget of one number; what is typed goes into the draft at once."""
    key = f"value-{record.name}-{name}"
    session.hold(key, part.shown(value))
    told: dict[str, Any] = {
        "label": label,
        "label_visibility": "collapsed",
        "key": key,
        "on_change": session.change_held,
        "args": (key, record.name, partial(_meant, part, whole), page.base.policy, page.base.number),
        "width": 130,
    }
    if part.kind == "time":
        st.time_input(**told, step=900)
    else:
        st.number_input(**told, step=5.0 if part.kind == "percent" else 1.0, format="%g")


def _meant(part: Part, whole: Callable[[float], Value], told: Any) -> Value:
    return whole(part.meant(told))


def _at(values: tuple[float, ...], place: int, number: float) -> Value:
    return (*values[:place], number, *values[place + 1 :])


def _step(curve: Curve, place: int, which: int, number: float) -> Value:
    x, y = curve[place]
    return (*curve[:place], (number, y) if which == 0 else (x, number), *curve[place + 1 :])


def _label(record: Record) -> str:
    return default_policy().record(record.name).meaning
