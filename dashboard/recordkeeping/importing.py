"""Imports: who brought which file when, what became of its lines, the file itself, and taking it back."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

import pandas as pd
import streamlit as st

from analysis.checked import Complete, FileAccount
from analysis.reading.raw import PART
from dashboard import parts, records, session
from dashboard.recordkeeping.moments import when

_COMPLETE: Final[dict[str, str]] = {
    "yes": "records everything",
    "no": "does not record everything",
    "not-sure": "not sure whether it records everything",
}
_PAGE: Final = 20


def every_import() -> None:
    """Every import, the latest first, with what can be done about it."""
    found = session.read(records.listed)
    if not found:
        parts.quiet("Nothing was imported yet. Every file that is uploaded is listed here, with a way to take it back.")
        st.page_link("views/upload.py", label="Upload files")
        return
    accounts = {account.file: account for account in session.accounts()}
    pages = -(-len(found) // _PAGE)
    number = st.pagination(pages, key=f"imports-{pages}") if pages > 1 else 1
    for one in found[(number - 1) * _PAGE : number * _PAGE]:
        mine = [a for name, a in accounts.items() if name == one.name or name.startswith(one.name + PART)]
        _one(one, mine if not one.undone_at else [])


def _one(one: records.Listed, accounts: list[FileAccount]) -> None:
    with st.container(border=True, key=f"import-{one.number}"):
        parts.heading(one.name, 2)
        parts.line(
            f"by {one.author}",
            when(one.at),
            f"{max(1, one.size // 1000):,} kB",
            tags=(("taken back",) if one.undone_at else ()) + (() if one.whole else ("only its contacts are kept",)),
        )
        for account in accounts:
            _account(account)
        if not one.whole and not one.undone_at:
            parts.quiet(f"{parts.count(one.contacts, 'contact', 'contacts')} kept.")
        for sentence in one.told:
            parts.quiet(sentence)
        if one.undone_at:
            parts.quiet(f"Taken back by {one.undone_by}, {when(one.undone_at)}.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if one.whole:
                st.download_button(
                    "The file as it is kept",
                    data=partial(session.read, partial(records.original, number=one.number)),
                    file_name=f"import-{one.number}{_ending(one.name)}",
                    on_click="ignore",
                    key=f"file-{one.number}",
                )
            elif not one.undone_at:
                _ask_complete(one)
            if not one.undone_at and st.button("Take it back …", key=f"undo-{one.number}"):
                _asked(one)


def _ending(name: str) -> str:
    ending = pd.Series([name]).str.extract(r"(\.[A-Za-z0-9]{1,5})$")[0].iloc[0]
    return str(ending).lower() if isinstance(ending, str) else ""


def _account(account: FileAccount) -> None:
    told = [parts.count(account.contacts, "contact", "contacts"), f"{account.set_aside:,} set aside"]
    if account.undated:
        told.append(f"{account.undated:,} without a date")
    complete = session.complete_of(account.file)
    parts.line(
        account.file if PART in account.file else account.format.replace("_", " "),
        parts.count(account.lines, "line", "lines"),
        *told,
        _COMPLETE[complete],
    )


def _ask_complete(one: records.Listed) -> None:
    now = one.complete.get(one.name, "not-sure")
    said = st.selectbox(
        "Does it record everything candidate and employer did after the interview?",
        list(_COMPLETE),
        list(_COMPLETE).index(now),
        format_func=lambda answer: _COMPLETE[answer],
        key=f"complete-{one.number}",
        width=420,
    )
    if said != now:
        session.write(
            lambda c, by, when: records.answer_complete(c, one, cast(Complete, said), by, when), needs="describe"
        )
        st.rerun()


@st.dialog("Take this import back?")
def _asked(one: records.Listed) -> None:
    parts.heading(one.name, 3)
    does = records.undoing(session.contacts(), one.name, session.corrected())
    people = f"; {parts.count(does.candidates, 'candidate goes', 'candidates go')} with them" if does.candidates else ""
    parts.quiet(f"{parts.count(does.contacts, 'contact goes', 'contacts go')} that only this file brought{people}.")
    if does.elsewhere:
        parts.quiet(f"{parts.count(does.elsewhere, 'contact stays', 'contacts stay')}: another file has them too.")
    waits = f"{parts.count(does.corrections, 'correction waits', 'corrections wait')} until the file comes again."
    parts.quiet(waits if does.corrections else "Corrections, sessions and what was typed by hand stay.")
    with st.container(horizontal=True):
        if st.button("Take it back", type="primary", key="undo-yes"):
            session.write(
                lambda c, by, when: records.take_back(c, one.number, by, when),
                "The import is taken back. The same file can be uploaded again.",
                needs="take back",
            )
            st.rerun()
        if st.button("Leave it", key="undo-no"):
            st.rerun()
