"""A profile: what one kind of export calls its columns and words. One data file each, in this folder."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final

from analysis.formats.flattened import without_place
from analysis.formats.rows import Event, Once, Skip
from analysis.log import PLAIN_COLUMNS
from analysis.vocabulary import fold

PARTS: Final = {
    "first_name": "the candidate's first name",
    "last_name": "the candidate's last name",
    "recruiter_first_name": "the recruiter's first name",
    "recruiter_last_name": "the recruiter's last name",
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
    "attendee_states": "what the people invited answered",
    "from_name": "who wrote",
    "from_email": "the address of who wrote",
    "to_name": "to whom it was written",
    "to_email": "the addresses to whom it was written",
    "cc_name": "who got a copy",
    "cc_email": "the addresses of who got a copy",
    "owner_email": "the address of whose mailbox it is",
    "folder": "the folder of the mailbox: sent, draft, chat, spam or trash",
    "machine": "what marks a message as sent by a machine or a list",
    "list_id": "the list that sent it",
    "invitation": "what a calendar part asks for: REQUEST, CANCEL, REPLY",
    "cancelled": "yes where it was cancelled",
    "deleted": "yes where the row was deleted",
    "done": "yes where a task is done",
    "draft": "yes where it was never sent",
    "failed": "yes, or the reason, where it never arrived",
    "answered": "yes where somebody picked up, no where nobody did",
    "picked_up_at": "when somebody picked up; empty where nobody did",
    "talked": "how long they spoke; zero where nobody picked up",
    "voicemail": "yes, or the recording, where a message was left",
    "duration": "how long it took: minutes, or hours and minutes as 0:30:00",
    "hours": "how long it took, in hours: 1.5",
    "filed_under": "what kind of record the row stands under: candidate, contact at a client, company, job",
    "client_side": "people at the client the row stands under, where no candidate is named",
    "automatic": "yes where the system made the row by itself",
    "copy": "yes where the row repeats another for one more guest",
    "internal": "yes where both sides are the agency's own",
    "all_day": "yes where it took the whole day, so that its clock means nothing",
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
GUESSED: Final = "guessed"
"""Name of the profile of a layout that is not known and whose columns nobody has confirmed."""


HOLDS: Final = ("contacts", "no_dates", "last_state", "people")
"""What an export can hold: contacts; contacts without any date; only the last state; people and no contact."""

_ZONE_IN_HEADER: Final = re.compile(
    r"[\s(\[_]+(?:utc|gmt)\s*(?:(?P<sign>[+\-\u2212])\s*(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?)?\s*[)\]]?\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def normal_header(header: str) -> str:
    """A header without case, accents, punctuation and run-together words: ``"ActivityDate"`` -> ``"activity date"``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", header.strip()).casefold()
    if not spaced.isascii():
        spaced = "".join(c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", spaced).strip()


def offset_in_header(header: str) -> str:
    """The offset that a header gives to its times: ``"Sent on (UTC-5)"`` -> ``"-05:00"``, ``""`` for none."""
    found = _ZONE_IN_HEADER.search(header)
    if found is None:
        return ""
    sign = "-" if found["sign"] in ("-", "\u2212") else "+"
    return f"{sign}{int(found['hours'] or 0):02d}:{found['minutes'] or '00'}"


def fingerprint(columns: Iterable[str]) -> str:
    """What identifies a layout: its headers, whatever their order, case and spacing (64 hexadecimal digits)."""
    return sha256("\n".join(sorted(normal_header(c) for c in columns)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Profile:
    """One layout: columns -> fields, words -> what they mean, and what the times are.

    ``columns``: normal header -> a column of the plain layout, one of `PARTS`, or `IGNORED`; where several
    name the same field the first that is not empty counts. ``same``: normal header in another language or version ->
    the normal header of ``columns`` it stands for; ``languages`` are their names. ``needs``: normal headers by which
    the layout is known. ``one_of``: groups of which one header must be there. ``words``: field -> folded word -> what
    it sets; for ``direction`` the word's ``way`` is in, out or internal.
    ``always``: columns of the log where the row says nothing else. ``blank``: cells that mean nothing.
    ``near_match``: of a wide sheet, the header of the date that a row's other dates belong to.
    ``once``: which rows are one contact. ``continued``: fields that are all empty where a row goes on with the one
    above. ``each``: fields in which several people make a contact each. ``skip``: rows that are no contact.
    ``holds``: one of `HOLDS`. ``mixed``: candidates and people at clients stand in one list.
    ``system``, ``how``, ``time``, ``cannot``: for readers, whose export it is, how staff get it, what its time means,
    what it cannot tell. ``confirmed``: whether the header was seen in a real file or in the system's own words.
    ``orders``: normal header -> order of its dates, where a person answered; ``told_on``: the day (ISO) on which a
    person last did.
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
    same: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    once: Once | None = None
    continued: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    skip: tuple[Skip, ...] = ()
    holds: str = "contacts"
    mixed: bool = False
    system: str = ""
    how: str = ""
    time: str = ""
    cannot: str = ""
    confirmed: bool = True
    orders: Mapping[str, str] = field(default_factory=dict)
    told_on: str = ""

    def __post_init__(self) -> None:
        allowed = {*PLAIN_COLUMNS, *PARTS, IGNORED}
        said = {*self.columns.values(), *self.continued, *self.each} | {s.field for s in self.skip if s.field}
        if self.once is not None:
            said |= {*self.once.by, *self.once.join, *self.once.prefer}
        wrong = sorted(said - allowed)
        if wrong:
            raise ValueError(f"profile {self.name!r} maps columns to fields that do not exist: {wrong}")
        if self.holds not in HOLDS:
            raise ValueError(f"profile {self.name!r} holds {self.holds!r}, which is none of {HOLDS}")

    def header(self, column: str) -> str:
        """The normal header under which a column of a file is known here; its plain normal header where it is not."""
        name = normal_header(column)
        if name in self.columns:
            return name
        outside = normal_header(without_place(column))
        if outside in self.columns:
            return outside
        if not offset_in_header(column):
            return name
        bare = normal_header(_ZONE_IN_HEADER.sub("", column))
        return bare if bare in self.columns else name

    def own(self, column: str) -> str:
        """The header that ``needs`` and ``one_of`` use for a column, whatever its language."""
        name = self.header(column)
        return self.same.get(name, name)

    def field_of(self, column: str) -> str:
        """The field that a column of a file is read as, ``""`` where nothing is read from it."""
        return self.columns.get(self.header(column), "")

    def knows(self, column: str) -> bool:
        """Whether something is read from a column, or it is left out on purpose."""
        return self.header(column) in self.columns or self.is_event(column)

    def is_event(self, column: str) -> bool:
        """Whether a column of a wide sheet holds a contact, its date or its remarks."""
        return any(_matches(e, normal_header(column)) for e in self.events)


def _matches(event: Event, header: str) -> bool:
    patterns = (event.match, event.date_match, event.note_match, event.who_match, event.result_match)
    return any(pattern and re.fullmatch(pattern, header) for pattern in patterns)


def profile_from(columns: Mapping[str, str], name: str = "mapped", title: str = "", **rest: Any) -> Profile:
    """A profile of what a person said: header as in the file -> field. ``rest`` as in `Profile`."""
    normal = {normal_header(header): kind for header, kind in columns.items() if kind}
    if "steps" not in rest:
        fields_ = set(normal.values())
        rest["steps"] = tuple(step for step, parts in _STEPS_OF_PARTS.items() if parts & fields_)
        if fields_ & _STEPS_OF_PARTS["parties"] == {"from_name"} and "candidate" in fields_:
            # beside a candidate a lone name says who acted; there are no two sides of a message
            rest["steps"] = tuple("actors" if step == "parties" else step for step in rest["steps"])
    return Profile(name=name, title=title or name, columns=normal, **rest)


def amended(profile: Profile, columns: Mapping[str, str]) -> Profile:
    """A known profile with a person's word on some columns (header as in the file -> field)."""
    said = {normal_header(header): kind for header, kind in columns.items() if kind}
    return replace(profile, columns={**profile.columns, **said})


def profile_of_toml(text: str) -> Profile:
    """A profile of the text of a data file. Raises ``ValueError`` for keys and fields that do not exist.

    ``[headers.de]`` and the like give the headers of another language or version: header -> that of ``[columns]``.
    """
    table = tomllib.loads(text)
    headers = table.pop("headers", {})
    wrong = sorted(set(table) - {f.name for f in fields(Profile)})
    if wrong:
        raise ValueError(f"a profile has no {wrong}")
    columns = {normal_header(k): v for k, v in table.get("columns", {}).items()}
    table["columns"], table["same"] = _with_other_headers(table.get("name", ""), columns, headers)
    table["languages"] = tuple(headers)
    table["needs"] = tuple(normal_header(n) for n in table.get("needs", ()))
    table["one_of"] = tuple(tuple(normal_header(n) for n in group) for group in table.get("one_of", ()))
    table["words"] = {
        part: {fold(word): sets for word, sets in words.items()} for part, words in table.get("words", {}).items()
    }
    table["events"] = tuple(Event(**event) for event in table.get("events", ()))
    table["skip"] = tuple(Skip(**rule) for rule in table.get("skip", ()))
    if "once" in table:
        once = table["once"]
        prefer = {name: tuple(words) for name, words in once.get("prefer", {}).items()}
        lists = {name: tuple(once.get(name, ())) for name in ("by", "join")}
        table["once"] = Once(**{**once, **lists, "prefer": prefer})
    for name in ("blank", "steps", "continued", "each"):
        table[name] = tuple(table.get(name, ()))
    return Profile(**table)


def _with_other_headers(
    name: str, columns: Mapping[str, str], headers: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """Columns with those of other languages behind their own, and header of another language -> own header."""
    same: dict[str, str] = {}
    for language, table in headers.items():
        for other, own in table.items():
            theirs, ours = normal_header(other), normal_header(own)
            if ours not in columns:
                raise ValueError(f"profile {name!r}, {language}: {other!r} stands for {own!r}, which is no column")
            if theirs == ours:
                continue
            if same.get(theirs, ours) != ours or columns.get(theirs, columns[ours]) != columns[ours]:
                raise ValueError(f"profile {name!r}, {language}: {other!r} stands for two columns")
            if theirs not in columns:
                same[theirs] = ours
    out: dict[str, str] = {}
    for own, field_name in columns.items():
        out[own] = field_name
        out.update({theirs: field_name for theirs, ours in same.items() if ours == own})
    return out, same


@cache
def profiles() -> tuple[Profile, ...]:
    """All layouts that are known, by name."""
    folder = resources.files("analysis.formats") / "exports"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(profile_of_toml(f.read_text("utf-8")) for f in files)


def profile_named(name: str) -> Profile | None:
    """The known layout of a name, None where there is none."""
    return next((p for p in profiles() if p.name == name), None)
