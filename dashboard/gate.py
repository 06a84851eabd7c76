"""Before every page: signing in, whom to ask for a role, who is signed in, and the warning where nobody is."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import parts, session
from dashboard.access import Person, may

WARNING: Final = (
    "Nobody has to sign in here, and other machines reach this one: everybody who opens this address sees and changes "
    "everything. Whoever started it can set up a sign-in."
)


def closed() -> bool:
    """Draw what somebody sees who may not go on; whether that is so."""
    if session.unguarded():
        parts.flag(WARNING)
    if session.person() is not None:
        return False
    address, why = session.signed_in_as()
    if address:
        _unknown(address)
    else:
        parts.heading("Followthrough")
        parts.quiet("Candidate follow-up for your agency. Sign in to see your desk.")
        if why:
            parts.flag(why)
        st.button("Sign in", type="primary", key="sign-in", on_click=session.sign_in)
    return True


def corner() -> None:
    """Who is signed in, and the way out; nothing where nobody signs in."""
    who = session.person()
    if who is None or not session.by_sign_in():
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="corner"):
        parts.line(f"Signed in: {who.called} ({who.role}{_desks(who)})")
        st.button("Sign out", key="sign-out", type="tertiary", on_click=session.sign_out)


def _desks(who: Person) -> str:
    if may(who, "see all desks"):
        return ", every desk"
    return f", {', '.join(who.desks)}" if who.desks else ", no desk yet: ask an admin for one"


def _unknown(address: str) -> None:
    parts.heading("You have no role here yet")
    parts.quiet(f"You are signed in as {address}.")
    admins = session.admins()
    if admins:
        parts.quiet(f"Ask for one: {', '.join(admins)}. Once you have it, load this page again.")
    else:
        parts.quiet(
            "Nobody has one so far. Whoever set this up names the first admin on the server: "
            "followthrough staff add ADDRESS --role admin"
        )
    st.button("Sign out", key="sign-out", on_click=session.sign_out)
