"""What is kept and for how long, and the backup."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Engine

from analysis.former import keys_of
from dashboard import parts, records, session
from dashboard.store import arriving, care, upkeep

_TEXTS: Final = {
    True: "Whole: files are kept as they came",
    False: "Headers and hashes only: texts are read, scored, and not kept",
}


def settings() -> None:
    """How long contacts are kept, whether texts are, and the backup."""
    if not session.allowed("settings"):
        parts.quiet("Only an admin can change what is kept. Ask one of them.")
        return
    _kept_for()
    _texts()
    _backup()


def _kept_for() -> None:
    parts.heading("How long contacts are kept", 2)
    now = session.read(upkeep.months_kept)
    parts.quiet(
        f"Contacts are kept for {now} months; what is older goes once a day." if now else "Contacts are kept for ever."
    )
    months = st.number_input("Months to keep (0: for ever)", 0, 600, now, key=f"months-{now}", width=240)
    if months == now:
        return
    today = datetime.now(UTC)
    former = session.former()
    held = {key for old in session.read(care.holds) for key in keys_of(former.get(old, old), former)}
    goes = records.too_old(session.contacts(), int(months), held, today) if months else 0
    if goes:
        parts.flag(
            f"{parts.count(goes, 'contact is', 'contacts are')} older than that and will be removed for good now. "
            "Candidates under a legal hold keep theirs."
        )
    label = f"Keep {int(months)} months" if months else "Keep for ever"
    if st.button(f"{label}, and remove what is older" if goes else label, type="primary", key="keep-for"):
        session.carry_out(partial(_keep_for, int(months)), needs="purge")
        session.forget_results()
        st.rerun()


def _texts() -> None:
    parts.heading("Texts of messages and notes", 2)
    now = session.read(arriving.keep_texts)
    whole = st.radio("What is kept", list(_TEXTS), int(not now), format_func=lambda w: _TEXTS[w], key=f"texts-{now}")
    if whole == now:
        return
    if not whole:
        parts.flag(
            "The files that are here go for good; their contacts stay without texts, and all scores stay. Rows without "
            "a date and rows set aside go with the files. Layouts have to be described before a file of theirs comes."
        )
    if st.button("Keep them whole from now on" if whole else "Remove the texts", type="primary", key="texts-go"):
        session.carry_out(partial(_keep_texts, whole), needs="settings")
        session.forget_results()
        st.rerun()


def _backup() -> None:
    parts.heading("Backup", 2)
    parts.quiet(
        "The whole workspace as one file, which “followthrough restore” fills a new workspace from. It holds personal "
        "data: keep it where nobody else reads, and delete those from before an erasure."
    )
    st.download_button(
        "Download a backup",
        data=lambda: records.backup_of(session.engine()),
        file_name=f"followthrough-{datetime.now(UTC).date().isoformat()}.backup",
        mime="application/octet-stream",
        on_click="ignore",
        key="backup",
    )


def _keep_for(months: int, engine: Engine, author: str, now: datetime) -> str:
    return records.keep_for(engine, months, author, now)


def _keep_texts(whole: bool, engine: Engine, author: str, now: datetime) -> str:
    return records.keep_texts(engine, whole, author, now)
