"""Who works here: everybody with their role and desks, for an admin to change."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import parts, session
from dashboard.access import ROLES, Person, Role

_MAY: Final[dict[Role, str]] = {
    "staff": "Staff: the candidates of their own desks",
    "lead": "Lead: every desk, taking imports back, who is who, the policy",
    "admin": "Admin: all of it, and who works here",
}


def fields(key: str, now: Person | None) -> tuple[str, Role, list[str]]:
    """Name, role and desks to fill in."""
    name = st.text_input("Name", now.name if now else "", key=f"name-{key}", max_chars=100)
    role: Role = st.radio(
        "Role", ROLES, ROLES.index(now.role) if now else 0, format_func=lambda r: _MAY[r], key=f"role-{key}"
    )
    held = list(now.desks) if now else []
    desks = st.multiselect(
        "Desks",
        list(dict.fromkeys([*held, *session.caseload().recruiters])),
        held,
        accept_new_options=True,
        key=f"desks-{key}",
        placeholder="Recruiters as your files write them",
        help="Staff see the candidates of these recruiters. Leads and admins see every desk.",
    )
    return name, role, list(desks)


def change(seen: int, who: Person) -> None:
    """One person with what can be changed; what somebody else changed meanwhile is not written over."""
    key = session.token(f"{seen} {who.address}")
    with st.container(border=True, key=f"person-{key}"):
        parts.heading(who.called, 2)
        sees = "every desk" if who.role != "staff" else ", ".join(who.desks) or "no desk yet"
        parts.line(who.address, who.role, sees)
        with st.expander("Change", key=f"change-{key}"), st.form(f"form-{key}", border=False):
            name, role, desks = fields(key, who)
            with st.container(horizontal=True):
                save = st.form_submit_button("Save", type="primary", key=f"save-{key}")
                remove = st.form_submit_button("Take the role away", key=f"remove-{key}")
    if save and session.appoint(Person(who.address, name, role, tuple(desks)), seen):
        st.rerun()
    if remove and session.dismiss(who.address, seen):
        st.rerun()
    if save or remove:
        told()


def add() -> None:
    """Somebody new."""
    parts.heading("Add somebody", 2)
    with st.form("new-person", clear_on_submit=False):
        address = st.text_input("Address that they sign in with", key="new-address", placeholder="jo@agency.example")
        name, role, desks = fields("new", None)
        made = st.form_submit_button("Add", type="primary", key="add-person")
    if made:
        if session.appoint(Person(address, name, role, tuple(desks)), 0):
            st.rerun()
        told()


def told() -> None:
    """What could not be done, beside the form."""
    for sentence in session.problems():
        parts.flag(sentence)


parts.heading("Staff")
parts.quiet("Who works here, what they may, and whose candidates they see. A change counts at their next click.")
for number, person in session.staff():
    change(number, person)
add()
