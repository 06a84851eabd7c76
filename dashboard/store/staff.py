"""Who works here, as rows of the workspace: who said so and when is kept, and the last row of a person holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, select

from dashboard.access import ROLES, Person, plain_address
from dashboard.store.engine import Conflict, StoreError
from dashboard.store.sayings import say
from dashboard.store.schema import SETTING

_SCOPE: Final = "person"
_NAME: Final = "role"


class NoAdmin(StoreError):
    """Nobody would be left who can say who works here."""


def staff(connection: Connection) -> tuple[Person, ...]:
    """Everybody who has a role, by address."""
    return tuple(person for _, person in staff_rows(connection))


def staff_rows(connection: Connection) -> tuple[tuple[int, Person], ...]:
    """As `staff`, each with the number of the row that holds."""
    last = select(func.max(SETTING.c.id)).where(SETTING.c.scope == _SCOPE, SETTING.c.name == _NAME)
    rows = select(SETTING.c.id, SETTING.c.about, SETTING.c.value).where(
        SETTING.c.id.in_(last.group_by(SETTING.c.about))
    )
    found = connection.execute(rows.order_by(SETTING.c.about)).all()
    return tuple((number, _person(about, value)) for number, about, value in found if value)


def person(connection: Connection, address: str) -> Person | None:
    """Somebody by address; None where they have no role here."""
    here = (SETTING.c.scope == _SCOPE, SETTING.c.name == _NAME, SETTING.c.about == address.strip().lower())
    value = connection.execute(select(SETTING.c.value).where(*here).order_by(SETTING.c.id.desc()).limit(1)).scalar()
    return _person(address.strip().lower(), value) if value else None


def appoint(connection: Connection, who: Person, author: str, now: datetime, *, seen: int | None = None) -> None:
    """Give somebody a role and desks, or change them.

    ``seen`` as in `dashboard.store.sayings.say`, 0 where the person should have no role yet. Raises `StoreError` for
    what is no address, `Conflict`, and `NoAdmin` where it would take the last admin away.
    """
    address = _address(who.address)
    if seen == 0:
        if person(connection, address) is not None:
            raise Conflict(f"{address} has a role here already; change it in the list.")
        seen = None
    if who.role not in ROLES:
        raise StoreError(f"{who.role} is no role here; there are {', '.join(ROLES)}.")
    if who.role != "admin":
        _another_admin(connection, address)
    desks = tuple(dict.fromkeys(" ".join(name.split()) for name in who.desks if name.strip()))
    value = {"name": " ".join(who.name.split()), "role": who.role, "desks": list(desks)}
    say(connection, (_SCOPE, address, _NAME), value, author, now, seen=seen)


def dismiss(connection: Connection, address: str, author: str, now: datetime, *, seen: int | None = None) -> None:
    """Take somebody's role; what they did stays theirs. Raises `StoreError` where they have none, `NoAdmin`."""
    address = _address(address)
    if person(connection, address) is None:
        raise StoreError(f"{address} has no role here; look at the list again.")
    _another_admin(connection, address)
    say(connection, (_SCOPE, address, _NAME), None, author, now, seen=seen)


def _another_admin(connection: Connection, address: str) -> None:
    admins = [one.address for one in staff(connection) if one.role == "admin"]
    if admins == [address]:
        raise NoAdmin(f"{address} is the only admin; name another one first.")


def _address(text: str) -> str:
    try:
        return plain_address(text)
    except ValueError as error:
        raise StoreError(str(error)) from error


def _person(address: str, value: dict[str, Any]) -> Person:
    return Person(address, value.get("name", ""), value["role"], tuple(value.get("desks", ())))
