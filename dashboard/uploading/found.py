"""What was wrong with the files: grouped by kind, narrowed to one, and the rows to correct."""

from __future__ import annotations

from typing import Final

import streamlit as st

from analysis.problems import CATALOGUE
from analysis.rejects import UNDATED, rejects_csv
from analysis.summary import ProblemGroup, problem_groups, problem_rows
from dashboard import parts, session

SEVERITY: Final = {
    "unreadable": "could not be read",
    "ask": "please check",
    "set_aside": "set aside",
    "note": "for your information",
}
_SHOWN: Final = 500
_ALL: Final = ""


def problems() -> None:
    """All problems of all files by kind, with counts and examples; or every place of one kind."""
    log = session.checked()
    # what cannot be read at all stands in its own card
    groups = [g for g in problem_groups(log.problems) if g.severity != "unreadable"]
    if not groups:
        return
    parts.heading("What was found", 2)
    titles = {g.code: f"{g.title} ({g.count:,})" for g in groups}
    code = _ALL
    if len(groups) > 1 or groups[0].count > len(groups[0].examples):
        code = st.selectbox(
            "Show",
            [_ALL, *titles],
            format_func=lambda c: titles.get(c, "Everything, by kind"),
            key="problems-shown",
            width=420,
        )
    if code == _ALL:
        for group in groups:
            _group(group)
        return
    group = next(g for g in groups if g.code == code)
    parts.problem(group.title, SEVERITY[group.severity], group.count, (), group.severity)
    rows = problem_rows(log, code)
    if len(group.files) == 1:
        parts.quiet(f"File: {group.files[0]}")
    st.dataframe(
        rows.head(_SHOWN),
        hide_index=True,
        column_order=["line", "column", "text", "message"] if len(group.files) == 1 else None,
        key=f"places-{code}",
        alt="Every place of this problem, with its line and text",
    )
    if len(rows) > _SHOWN:
        parts.quiet(f"The first {_SHOWN} of {len(rows):,}; the others are in the file to correct.")


def _group(group: ProblemGroup) -> None:
    shown = group.examples if group.severity != "note" else group.examples[:1]
    parts.problem(group.title, SEVERITY[group.severity], group.count, shown, group.severity)


def unreadable(name: str) -> bool:
    """Say that a file cannot be read at all, and what to do; returns whether that is so."""
    account = next(a for a in session.checked().files if a.file == name)
    groups = [g for g in problem_groups(account.problems) if g.severity == "unreadable"]
    for group in groups:
        parts.problem(group.title, SEVERITY[group.severity], group.count, group.examples, group.severity)
    return bool(groups)


def to_correct(name: str) -> None:
    """The rows that did not become contacts: those set aside, those that wait for a date, and both as a file."""
    rows = session.not_contacts(name)
    if rows.empty:
        return
    table, late = session.raw(name), rows["code"].isin(UNDATED)
    key = session.token(name)
    if (~late).any():
        with st.expander(f"The {parts.count(int((~late).sum()), 'row', 'rows')} set aside"):
            st.dataframe(
                rows.loc[~late, ["line", "message", "text"]].head(_SHOWN),
                hide_index=True,
                key=f"aside-{key}",
                alt="Rows set aside, with the reason",
            )
    if late.any():
        with st.expander(f"The {parts.count(int(late.sum()), 'row', 'rows')} without a date"):
            parts.quiet(
                "They are no evidence yet. Ask when it was, write the date into the file to correct, and upload that; "
                "or say under Columns which column holds the date."
            )
            st.dataframe(
                rows.loc[late, ["line", "message", "text"]].head(_SHOWN),
                hide_index=True,
                key=f"undated-{key}",
                alt="Rows without a date",
            )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download these rows to correct",
            # made when pressed, where no session is known
            data=lambda: rejects_csv(table, rows),
            file_name="rows-to-correct.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"rejects-{key}",
            help="A CSV file with the reason beside each row. Correct the rows and upload it beside the original: "
            "nothing is counted twice.",
        )


def next_step(code: str) -> str:
    """What to do about a kind of problem."""
    return CATALOGUE[code].next_step
