"""Who works here, from the command line: where the first admin is named, and the way back in if all else fails."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime

from dashboard.access import Person, Role
from dashboard.files import Unreadable
from dashboard.options import Misused
from dashboard.place import NoPlace, workspace_place
from dashboard.store import staff
from dashboard.store.engine import StoreError, open_engine, reading, writing


def add_person(named: str | None, address: str, role: Role, name: str, desks: Sequence[str]) -> str:
    """Give somebody a role, or change it; says what holds. Raises `Misused`, `Unreadable`."""
    try:
        engine = open_engine(workspace_place(named))
        with writing(engine) as connection:
            who = Person(address, name, role, tuple(desks))
            staff.appoint(connection, who, getpass.getuser(), datetime.now(UTC))
            kept = staff.person(connection, address)
    except StoreError as error:
        raise Misused(str(error)) from error
    except NoPlace as error:
        raise Unreadable(str(error)) from error
    assert kept is not None
    return f"{kept.address} is {_role(kept)} here, {_sees(kept)}."


def remove_person(named: str | None, address: str) -> str:
    """Take somebody's role; says so. Raises `Misused`, `Unreadable`."""
    try:
        engine = open_engine(workspace_place(named))
        with writing(engine) as connection:
            staff.dismiss(connection, address, getpass.getuser(), datetime.now(UTC))
    except StoreError as error:
        raise Misused(str(error)) from error
    except NoPlace as error:
        raise Unreadable(str(error)) from error
    return f"{address.strip().lower()} has no role here any more; what they did is kept."


def people_text(named: str | None) -> str:
    """Everybody who works here, a line each. Raises `Unreadable`."""
    try:
        with reading(open_engine(workspace_place(named))) as connection:
            found = staff.staff(connection)
    except (StoreError, NoPlace) as error:
        raise Unreadable(str(error)) from error
    if not found:
        return "Nobody has a role here yet. Name the first: followthrough staff add ADDRESS --role admin\n"
    width = max(len(one.address) for one in found)
    rows = (f"{one.address:<{width}}  {one.role:<5}  {_named(one)}{_sees(one)}" for one in found)
    return "\n".join(rows) + "\n"


def _role(who: Person) -> str:
    return {"staff": "staff", "lead": "a lead", "admin": "an admin"}[who.role]


def _named(who: Person) -> str:
    return f"{who.name}, " if who.name else ""


def _sees(who: Person) -> str:
    """Whose candidates somebody sees."""
    if who.role != "staff":
        return "sees every desk"
    if not who.desks:
        return "sees nobody until a desk is given (--desk)"
    return f"sees the candidates of {', '.join(who.desks)}"
