"""Who works in this session, and what they may."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import streamlit as st
from sqlalchemy import Connection

from dashboard.access import Act, Person, may, refusal, signed_in
from dashboard.listening import served
from dashboard.session.notes import note, say
from dashboard.session.opened import own_engine
from dashboard.store import staff as store
from dashboard.store.engine import StoreError, reading, writing

_NOBODY: Final = "Sign in first; nothing was changed."


def by_sign_in() -> bool:
    """Whether people sign in here; else everybody at this machine may do everything."""
    return served().sign_in is not None


def unguarded() -> bool:
    """Whether other machines reach this one and nobody has to sign in."""
    return served().unguarded


def signed_in_as() -> tuple[str, str]:
    """The address of whoever signed in, and why their sign-in counts for nothing; both empty before a sign-in."""
    sign_in = served().sign_in
    if sign_in is None or not st.user.is_logged_in:
        return "", ""
    return signed_in(st.user.to_dict(), sign_in.claim, datetime.now(UTC))


def person() -> Person | None:
    """Who works here; None where somebody has to sign in first or has no role. Read anew, so that a change counts."""
    if not by_sign_in():
        return Person(getpass.getuser(), "", "admin")
    address, _ = signed_in_as()
    if not address:
        return None
    with reading(own_engine()) as connection:
        return store.person(connection, address)


def author() -> str:
    """Under which name changes are kept: the address that was signed in with, else the login of this machine."""
    who = person()
    return who.address if who else ""


def allowed(act: Act) -> bool:
    """Whether whoever works here may do this."""
    who = person()
    return who is not None and may(who, act)


def refused(act: Act) -> str:
    """Why whoever works here may not do this; empty where they may."""
    who = person()
    if who is None:
        return _NOBODY
    return "" if may(who, act) else refusal(who, act)


def admins() -> tuple[str, ...]:
    """Whom to ask for a role."""
    return tuple(one.address for _, one in _staff() if one.role == "admin")


def staff() -> tuple[tuple[int, Person], ...]:
    """Everybody who has a role, with the number of what was said last of them; nobody for who may not say."""
    return _staff() if allowed("staff") else ()


def appoint(who: Person, seen: int | None = None) -> bool:
    """Give somebody a role and desks, or change them; whether it was done."""
    done = f"{who.called} is {who.role} now."
    return _change(lambda c, by, now: store.appoint(c, who, by, now, seen=seen), done)


def dismiss(address: str, seen: int | None = None) -> bool:
    """Take somebody's role; whether it was done."""
    return _change(lambda c, by, now: store.dismiss(c, address, by, now, seen=seen), f"{address} has no role any more.")


def sign_in() -> None:
    """Send the browser to the provider."""
    st.login()


def sign_out() -> None:
    """End the sign-in, here and at the provider."""
    st.logout()


def _staff() -> tuple[tuple[int, Person], ...]:
    with reading(own_engine()) as connection:
        return store.staff_rows(connection)


def _change(act: Callable[[Connection, str, datetime], object], done: str) -> bool:
    why = refused("staff")
    if why:
        note(why)
        return False
    by = author()
    try:
        with writing(own_engine()) as connection:
            act(connection, by, datetime.now(UTC))
    except StoreError as problem:
        note(str(problem))
        return False
    say(done)
    return True
