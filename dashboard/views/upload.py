"""Files in: what each was recognised as, what was read and set aside, and the questions that remain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, get_args

import streamlit as st

from analysis.checked import Complete, FileAccount
from analysis.log import ROUTES
from analysis.report import ROUTE_TITLES
from analysis.summary import ProblemGroup, problem_groups
from dashboard import choices, exports, parts, session

_COMPLETE: Final[dict[Complete, str]] = {"yes": "Yes", "no": "No", "not-sure": "Not sure"}
_ORDERS: Final = {"dmy": "Day first (13/3/2026)", "mdy": "Month first (3/13/2026)", "ymd": "Year first (2026-03-13)"}
_SEVERITY: Final = {
    "unreadable": "could not be read",
    "ask": "please check",
    "set_aside": "set aside",
    "note": "for your information",
}


def drop() -> None:
    """The place to drop files, and what can be done with all of them."""
    files = st.file_uploader(
        "Drop files here: exports of your systems, trackers, calendar files",
        accept_multiple_files=True,
        key=f"drop-{session.drops()}",
    )
    if files:
        session.add([(f.name, f.getvalue()) for f in files])
        st.rerun()
    now = session.workspace()
    with st.container(horizontal=True):
        if now.uploads and st.button("Open the caseload", type="primary", key="open"):
            st.switch_page("views/caseload.py")
        if not now.is_sample and st.button(
            "Use the sample", key="sample", help="An invented agency; replaces what is loaded"
        ):
            session.use_sample()
            st.rerun()
        if now.uploads and st.button("Remove all files", key="clear"):
            session.clear()
            st.rerun()


def questions() -> None:
    """What holds for all files that do not say it themselves."""
    now = session.workspace()
    parts.heading("For all files", 2)
    parts.quiet("Used only where a file does not say it itself.")
    zones, calendars = choices.zones(), {"": "The country of the time zone", **choices.calendars()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        zone = st.selectbox(
            "Time zone of the times",
            zones,
            index=_at(zones, now.answers.zone),
            key=f"zone-{now.answers.zone}",
            width=260,
        )
        calendar = st.selectbox(
            "Public holidays",
            list(calendars),
            index=_at(list(calendars), now.answers.calendar),
            format_func=lambda c: calendars[c],
            key=f"calendar-{now.answers.calendar}",
            width=260,
        )
        route = st.selectbox(
            "Route to the employer",
            ROUTES,
            index=_at(ROUTES, now.answers.route),
            format_func=lambda r: ROUTE_TITLES[r],
            key=f"route-{now.answers.route}",
            width=340,
        )
        local = now.as_of.tz_convert(now.answers.zone).tz_localize(None)
        moment = st.datetime_input("Scores as of", local.to_pydatetime(), key=f"as-of-{local}", width=240)
    told = session.told(zone, calendar, route, moment)
    if told != (now.answers, now.as_of):
        session.answer(*told)
        st.rerun()


def file(account: FileAccount) -> None:
    """One file: what it was taken for, its questions, its problems, its rejects."""
    name = account.file
    groups = problem_groups(account.problems)
    unreadable = any(g.severity == "unreadable" for g in groups)
    with st.container(border=True, key=f"file-{session.token(name)}"):
        top, away = st.columns([6, 1], vertical_alignment="center")
        with top:
            parts.heading(name, 3)
            if not unreadable:
                dropped = [f"{n:,} left out ({why})" for why, n in account.dropped.items()]
                parts.line(
                    recognised(name),
                    parts.count(account.lines, "line", "lines"),
                    parts.count(account.contacts, "contact", "contacts"),
                    f"{account.set_aside:,} set aside",
                    *dropped,
                )
        with away, st.container(horizontal_alignment="right"):
            if st.button("Remove", key=f"remove-{session.token(name)}", help="Take this file out"):
                session.remove(name)
                st.rerun()
        if not unreadable:
            completeness(name)
            if session.raw(name).format in ("delimited", "sheet"):
                mapping(name, any(g.code in ("columns_guessed", "columns_needed") for g in groups))
            orders(account)
        problems(groups)
        rejects(name)


def recognised(name: str) -> str:
    """What one file was taken for, in words."""
    seen = session.recognition(name)
    if seen.profile is None:
        return "Layout not known: its columns were guessed"
    return f"Recognised as {seen.best().title}"


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


def mapping(name: str, guessed: bool) -> None:
    """Columns beside their first values, each with the field it was taken for."""
    key = session.token(name)
    box = st.expander("Columns, and what each was taken for", expanded=guessed, on_change="rerun", key=f"columns-{key}")
    if not box.open:
        return
    taken, preview, words = session.columns(name), session.raw(name).frame.head(5), choices.fields()
    fields = list(words)
    chosen: dict[str, str] = {}
    with box:
        parts.quiet("Each column with its first values. Correct what is wrong, then press the button below.")
        with st.form(f"mapping-{key}", border=False):
            with st.grid(min_column_width=260):
                for number, column in enumerate(preview.columns):
                    with st.container(border=True, gap="xsmall"):
                        st.text(str(column))
                        parts.quiet(choices.glimpse(preview[column]))
                        chosen[str(column)] = st.selectbox(
                            f"Column {number + 1} is",
                            fields,
                            index=_at(fields, taken.get(str(column), choices.UNUSED)),
                            format_func=lambda f: words[f],
                            key=f"field-{key}-{number}",
                        )
            if st.form_submit_button("Use these columns"):
                session.say_mapping(name, chosen)
                st.rerun()


def orders(account: FileAccount) -> None:
    """Ask for the order of day and month where the file leaves it open; an answer can be changed later."""
    answered = session.date_order_of(account.file)
    asked = [p.column for p in account.problems if p.code.startswith("date_order_")]
    for column in dict.fromkeys([*asked, *answered]):
        before = answered.get(column)
        said = st.selectbox(
            "Which comes first in this column's dates?",
            list(_ORDERS),
            index=list(_ORDERS).index(before) if before else None,
            placeholder="Choose",
            format_func=lambda o: _ORDERS[o],
            key=f"order-{session.token(account.file)}-{session.token(column)}",
            width=320,
        )
        parts.quiet(f"Column: {column}")
        if said is not None and said != before:
            session.say_date_order(account.file, column, said)
            st.rerun()


def problems(groups: tuple[ProblemGroup, ...]) -> None:
    """Problems by kind with their count, what to do, and the first few in full."""
    for group in groups:
        parts.problem(group.title, _SEVERITY[group.severity], group.count, group.examples, group.severity)


def rejects(name: str) -> None:
    """The lines that were set aside, to look at and to take away."""
    aside = session.set_aside(name)
    if aside.empty:
        return
    with st.expander(f"The {parts.count(len(aside), 'line', 'lines')} set aside"):
        st.dataframe(
            aside.head(200), hide_index=True, key=f"aside-{session.token(name)}", alt="Lines set aside, with the reason"
        )
    st.download_button(
        "Download the lines set aside",
        data=lambda: exports.csv(aside),
        file_name="set-aside.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"rejects-{session.token(name)}",
    )


def _at(options: Sequence[str], value: str) -> int:
    return options.index(value) if value in options else 0


parts.heading("Upload")
now = session.workspace()
if now.is_sample:
    parts.quiet(
        "The sample agency is loaded: invented people, so that you can look around. Your first file takes its place."
    )
else:
    parts.quiet(
        "Several files at once are welcome. Nothing leaves this machine; files stay in this browser session only."
    )
drop()
if session.workspace().uploads:
    questions()
    parts.heading("File by file", 2)
    for account in session.checked().files:
        file(account)
else:
    parts.quiet("No file is loaded. What was read, what was set aside and why will be listed here.")
