"""What people typed and corrected, the latest first, each with a way back."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from analysis.corrections import Correction
from dashboard import correcting, parts, records, session
from dashboard.casework import words as casework
from dashboard.correcting import Act
from dashboard.recordkeeping.moments import when

_PAGE: Final = 20


def everything_typed() -> None:
    """Contacts and debriefs typed by hand."""
    rows = session.read(records.typed)
    if not rows:
        parts.quiet(
            "Nothing was typed by hand yet. Debriefs and contacts that are added on a candidate's page stand here."
        )
        return
    for row in _paged(rows, "typed"):
        said = row["fields"]
        title = " · ".join(said[n] for n in ("candidate", "client") if said.get(n)) or "A contact"
        words = [said[n].replace("_", " ") for n in ("kind", "channel", "at") if said.get(n)]
        _row(
            "typed",
            row,
            title,
            words,
            correcting.takes_back_typed([row["id"]]),
            "It is taken back.",
            said.get("note", ""),
        )


def every_correction() -> None:
    """Corrections of contacts, findings and families."""
    rows = session.read(records.corrections)
    if not rows:
        parts.quiet("Nothing was corrected yet. What is corrected on a candidate's page stands here, with a way back.")
        return
    contacts, about = session.contacts(), {row["about"] for row in rows}
    here = contacts[contacts["identity"].isin(about)]
    names = {**session.names(), **dict(zip(here["identity"], here["candidate"], strict=True))}
    for row in _paged(rows, "corrections"):
        title = names.get(row["about"], "A contact that is not here now")
        fields = ("what", "about", "value", "reason", "author", "at")
        words = [casework.told(Correction(str(row["id"]), *(row[name] for name in fields)), session.dates())]
        act = correcting.takes_back([str(row["id"])])
        _row("correction", row, title, words, act, "The correction is taken back.", "")


def _row(kind: str, row: dict[str, Any], title: str, words: list[str], act: Act, said: str, more: str) -> None:
    with st.container(border=True, key=f"{kind}-{row['id']}"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            parts.heading(title, 2)
            gone = ("taken back",) if row["undone_at"] else ()
            parts.line(*words, f"by {row['author']}", when(row["at"]), tags=gone)
            if more:
                parts.quiet(more)
        with right:
            if not row["undone_at"] and st.button("Take back", key=f"back-{kind}-{row['id']}"):
                session.write(act, said)
                st.rerun()


def _paged(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    pages = -(-len(rows) // _PAGE)
    number = st.pagination(pages, key=f"page-{key}-{pages}") if pages > 1 else 1
    return rows[(number - 1) * _PAGE : number * _PAGE]
