"""Who may do what: roles, the acts each of them covers, and the desks whose candidates a person sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

Role = Literal["staff", "lead", "admin"]
ROLES: Final[tuple[Role, ...]] = ("staff", "lead", "admin")
"""From the least to the most; each may do what those before it may."""

Act = Literal[
    "see",
    "import",
    "describe",
    "correct",
    "debrief",
    "coach",
    "put away",
    "see all desks",
    "take back",
    "decide links",
    "policy",
    "clients",
    "copy",
    "staff",
    "settings",
    "erase",
    "hold",
    "purge",
    "restore",
]

_ACTS: Final[Mapping[Act, tuple[Role, str]]] = {
    "see": ("staff", "look at scores"),
    "import": ("staff", "load files"),
    "describe": ("staff", "say what a file holds"),
    "correct": ("staff", "correct a finding"),
    "debrief": ("staff", "log a debrief"),
    "coach": ("staff", "note a coaching session"),
    "put away": ("staff", "put a row of Today away"),
    "see all desks": ("lead", "look at every desk"),
    "take back": ("lead", "take an import back"),
    "decide links": ("lead", "decide who is who"),
    "policy": ("lead", "change the policy"),
    "clients": ("lead", "change what is said of a client"),
    "copy": ("lead", "make a copy of what is held about somebody"),
    "staff": ("admin", "say who works here"),
    "settings": ("admin", "change the settings of the workspace"),
    "erase": ("admin", "erase somebody"),
    "hold": ("admin", "put somebody on hold"),
    "purge": ("admin", "purge old contacts"),
    "restore": ("admin", "restore a backup"),
}
"""Each act: the least role that may, and what it is in words."""
ACTS: Final[tuple[Act, ...]] = tuple(_ACTS)

SIGN_IN_LASTS: Final = timedelta(hours=12)
"""How long a sign-in holds: a working day, whatever the browser remembers."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here. ``desks``: recruiters as they stand in the files, whose candidates are theirs."""

    address: str
    name: str
    role: Role
    desks: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """The name, the address where none is known."""
        return self.name or self.address


def may(person: Person, act: Act) -> bool:
    """Whether somebody's role covers an act."""
    return ROLES.index(person.role) >= ROLES.index(_ACTS[act][0])


def refusal(person: Person, act: Act) -> str:
    """Why somebody may not do this, and whom to ask; one sentence."""
    least = _ACTS[act][0]
    who = " or ".join(f"an {role}" if role == "admin" else f"a {role}" for role in ROLES[ROLES.index(least) :])
    return f"Only {who} can {_ACTS[act][1]}; you are here as {person.role}. Ask one of them; nothing was changed."


def desks_of(person: Person) -> frozenset[str] | None:
    """The desks that somebody sees, as `desk` writes them; None for all of them."""
    return None if may(person, "see all desks") else frozenset(desk(name) for name in person.desks if desk(name))


def own_recruiters(recruiters: Iterable[str], desks: Collection[str]) -> frozenset[str]:
    """Those of some recruiters, as the files write them, who belong to these desks."""
    return frozenset(name for name in recruiters if desk(name) in desks)


def desk(recruiter: str) -> str:
    """A recruiter's name for comparing: blanks and upper case do not count."""
    return " ".join(recruiter.split()).casefold()


def plain_address(text: str) -> str:
    """An e-mail address for comparing. Raises ``ValueError`` with a sentence for anything else."""
    address = text.strip().lower()
    name, at, domain = address.rpartition("@")
    if not (name and at and domain) or "@" in name or any(c.isspace() or not c.isprintable() for c in address):
        raise ValueError(f"{text!r} is no address; write it like jo@agency.example.")
    return address


def signed_in(claims: Mapping[str, Any], claim: str, now: datetime) -> tuple[str, str]:
    """The address that a sign-in stands for, and why it counts for nothing (one of the two is empty).

    ``claims`` are those of the identity token, ``claim`` names the one with the address. An address that the provider
    itself calls unverified is nobody's: anybody could have typed it.
    """
    try:
        address = plain_address(str(claims.get(claim) or ""))
    except ValueError:
        return "", f"Your sign-in tells no address ({claim}); ask whoever runs it to pass it on."
    if claim == "email" and str(claims.get("email_verified", True)).lower() == "false":
        return "", "Your sign-in has not verified your address yet; verify it there, then sign in again."
    since = claims.get("iat")
    if not isinstance(since, int | float) or isinstance(since, bool):
        return "", "Your sign-in does not say when it was made; sign in again."
    if now.timestamp() - since > SIGN_IN_LASTS.total_seconds():
        return "", "You signed in more than 12 hours ago; sign in again."
    return address, ""
