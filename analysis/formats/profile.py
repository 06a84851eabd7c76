"""A profile: what one kind of export calls its columns and words. One data file each, in this folder."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final

from analysis.log import PLAIN_COLUMNS
from analysis.vocabulary import fold

PARTS: Final = {
    "first_name": "the candidate's first name",
    "last_name": "the candidate's last name",
    "date": "the day of the contact, where the time stands in another column",
    "time": "the time of day of the contact",
    "end_date": "the day on which it ended",
    "end_time": "the time of day at which it ended",
    "zone": "the time zone of the row's times",
    "end_zone": "the time zone of the end",
    "type": "the activity: a word for kind or channel",
    "direction": "in or out, seen from the agency",
    "status": "done, open, cancelled",
    "result": "how it went: voicemail, missed, held, rejected",
    "people": "several people as “Name (e-mail)”, joined by semicolons",
    "regarding": "a job with its client as “Analyst (Acme)”",
    "title": "the title of a calendar entry",
    "place": "where it took place",
    "organizer": "who invited",
    "organizer_email": "the address of who invited",
    "attendees": "the people invited, joined by semicolons",
    "attendee_emails": "the addresses of the people invited",
    "from_name": "who wrote",
    "from_email": "the address of who wrote",
    "to_name": "to whom it was written",
    "to_email": "the addresses to whom it was written",
    "cc_name": "who got a copy",
    "cc_email": "the addresses of who got a copy",
    "cancelled": "yes where it was cancelled",
    "deleted": "yes where the row was deleted",
    "done": "yes where a task is done",
    "draft": "yes where it was never sent",
    "call_from": "the number that called",
    "call_to": "the number called",
}
"""What a column can hold beside the columns of the plain layout, in words for a person who maps columns."""

_STEPS_OF_PARTS: Final = {
    "calendar": {"title"},
    "people": {"people"},
    "regarding": {"regarding"},
    "calls": {"call_from", "call_to"},
    "parties": {"from_name", "from_email", "to_name", "to_email"},
}

IGNORED: Final = "ignore"
"""The field of a column that a person wants left out."""


def normal_header(header: str) -> str:
    """A header without case, punctuation and run-together words: ``"ActivityDate"`` -> ``"activity date"``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header.strip())
    return re.sub(r"[\W_]+", " ", spaced.lower()).strip()


def fingerprint(columns: Iterable[str]) -> str:
    """What identifies a layout: its headers, whatever their order, case and spacing (64 hexadecimal digits)."""
    return sha256("\n".join(sorted(normal_header(c) for c in columns)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Event:
    """Columns of a wide sheet that each hold one contact.

    ``match``: a regular expression for the whole normal header. ``is_flag``: the cells are yes or no, and
    ``date_match`` is the header of the column with the date. ``sets``: columns of the log that every such contact has.
    """

    match: str
    sets: Mapping[str, str] = field(default_factory=dict)
    is_flag: bool = False
    date_match: str = ""
    note_match: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One layout: columns -> fields, words -> what they mean, and what the times are.

    ``columns``: normal header -> a column of the plain layout, one of `PARTS`, or `IGNORED`; where several
    name the same field the first that is not empty counts. ``needs``: normal headers by which the layout
    is known. ``one_of``: groups of which one header must be there. ``words``: field -> folded word -> what it sets.
    ``always``: columns of the log where the row says nothing else. ``blank``: cells that mean nothing.
    ``near_match``: of a wide sheet, the header of the date that a row's other dates belong to. ``orders``: normal
    header -> order of its dates, where a person answered; ``told_on``: the day (ISO) on which a person last did.
    """

    name: str
    title: str
    columns: Mapping[str, str]
    needs: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    time_is: str = "contact"
    zone: str = ""
    date_order: str = ""
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    blank: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    near_match: str = ""
    orders: Mapping[str, str] = field(default_factory=dict)
    told_on: str = ""

    def __post_init__(self) -> None:
        allowed = {*PLAIN_COLUMNS, *PARTS, IGNORED}
        wrong = sorted(set(self.columns.values()) - allowed)
        if wrong:
            raise ValueError(f"profile {self.name!r} maps columns to fields that do not exist: {wrong}")

    def knows(self, header: str) -> bool:
        """Whether something is read from a column."""
        name = normal_header(header)
        return name in self.columns or any(_matches(e, name) for e in self.events)

    def coverage(self, columns: Iterable[str]) -> float:
        """How well the profile fits: 0 where a needed column is missing, else the share of columns it knows."""
        headers = {normal_header(c) for c in columns}
        fits = set(self.needs) <= headers and all(set(group) & headers for group in self.one_of)
        fits = fits and bool(self.needs or self.one_of or self.events)
        if self.events:
            fits = fits and any(re.fullmatch(e.match, h) for e in self.events for h in headers)
        if not fits or not headers:
            return 0.0
        return sum(self.knows(h) for h in headers) / len(headers)


def _matches(event: Event, header: str) -> bool:
    patterns = (event.match, event.date_match, event.note_match)
    return any(pattern and re.fullmatch(pattern, header) for pattern in patterns)


def profile_from(columns: Mapping[str, str], name: str = "mapped", title: str = "", **rest: Any) -> Profile:
    """A profile of what a person said: header as in the file -> field. ``rest`` as in `Profile`."""
    normal = {normal_header(header): kind for header, kind in columns.items() if kind}
    if "steps" not in rest:
        rest["steps"] = tuple(step for step, parts in _STEPS_OF_PARTS.items() if parts & set(normal.values()))
    return Profile(name=name, title=title or name, columns=normal, **rest)


def amended(profile: Profile, columns: Mapping[str, str]) -> Profile:
    """A known profile with a person's word on some columns (header as in the file -> field)."""
    said = {normal_header(header): kind for header, kind in columns.items() if kind}
    return replace(profile, columns={**profile.columns, **said})


def profile_of_toml(text: str) -> Profile:
    """A profile of the text of a data file. Raises ``ValueError`` for keys and fields that do not exist."""
    table = tomllib.loads(text)
    wrong = sorted(set(table) - {f.name for f in fields(Profile)})
    if wrong:
        raise ValueError(f"a profile has no {wrong}")
    table["columns"] = {normal_header(k): v for k, v in table.get("columns", {}).items()}
    table["needs"] = tuple(normal_header(n) for n in table.get("needs", ()))
    table["one_of"] = tuple(tuple(normal_header(n) for n in group) for group in table.get("one_of", ()))
    table["words"] = {
        part: {fold(word): sets for word, sets in words.items()} for part, words in table.get("words", {}).items()
    }
    table["events"] = tuple(Event(**event) for event in table.get("events", ()))
    for name in ("blank", "steps"):
        table[name] = tuple(table.get(name, ()))
    return Profile(**table)


@cache
def profiles() -> tuple[Profile, ...]:
    """All layouts that are known, by name."""
    folder = resources.files("analysis.formats") / "exports"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(profile_of_toml(f.read_text("utf-8")) for f in files)
