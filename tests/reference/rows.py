"""The plain layout as the reference scorer takes it: one frozen contact a row, kinds as given."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reference.days import COUNTRY, ONE, off

CALLS = ("call", "voicemail")


@dataclass(frozen=True)
class Setting:
    zone: str
    calendar: str
    complete: bool
    as_of: datetime


@dataclass(frozen=True)
class Contact:
    cells: tuple[tuple[str, str], ...]
    candidate: str
    application: tuple[str, str]
    route: str
    people: tuple[tuple[str, str], ...]
    at: datetime
    day_only: bool
    end: datetime
    sender: str
    receiver: str
    channel: str
    kind: str
    state: str
    decision: date | None
    vague: bool
    asked: str
    subject: str
    note: str
    message_id: str
    home: ZoneInfo
    home_calendar: str

    @property
    def day(self) -> date:
        """The day on the employer's clock."""
        return self.at.date()

    @property
    def employers(self) -> bool:
        return self.sender == "client" and self.kind != "interview"

    @property
    def to_employer(self) -> bool:
        return self.sender == "candidate" and self.receiver == "client"

    @property
    def automatic(self) -> bool:
        return self.subject.startswith("Automatic reply")

    @property
    def answered(self) -> bool:
        return self.channel == "call" and "spoke" in self.note.lower()

    @property
    def way(self) -> str:
        return "call" if self.channel in CALLS else self.channel

    @property
    def order(self) -> tuple[float, int]:
        """The employer's first within a minute, or within the day where only the day is known."""
        moment = self.at.replace(second=0)
        if self.day_only:
            moment = datetime.combine(self.day, time.min if self.sender == "client" else time.max, self.at.tzinfo)
        return (moment.timestamp(), 0 if self.sender == "client" else 1)


def instant(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def named_day(words: str, said: date, calendar: str) -> tuple[date | None, bool]:
    if not words:
        return None, False
    if words == "end of next week":
        return said - said.weekday() * ONE + 11 * ONE, True
    if words == "a couple of weeks":
        day, left = said, 10
        while left:
            day += ONE
            left -= not off(day, calendar)
        return day, True
    if words == "early March":
        return date(said.year, 3, 10), True
    return date.fromisoformat(words), False


def read(text: str, setting: Setting) -> list[Contact]:
    zone = ZoneInfo(setting.zone)
    found = []
    for row in csv.DictReader(io.StringIO(text.strip("\n"))):
        cell = lambda name, row=row: (row.get(name) or "").strip()  # noqa: E731
        day_only = len(cell("at")) == 10
        at = instant(cell("at") + " 12:00" if day_only else cell("at"), zone)
        names, mails = cell("interviewer").split(";"), cell("interviewer_email").split(";")
        mails += [""] * (len(names) - len(mails))
        decision, vague = named_day(cell("decision_on"), at.date(), setting.calendar)
        home = cell("candidate_zone") or setting.zone
        found.append(
            Contact(
                cells=tuple(sorted((k, v or "") for k, v in row.items())),
                candidate=cell("candidate"),
                application=(cell("client"), cell("job")),
                route=cell("route") or "unknown",
                people=tuple((n, m) for n, m in zip(names, mails, strict=False) if n),
                at=at,
                day_only=day_only,
                end=instant(cell("ended_at"), zone) if cell("ended_at") else at + timedelta(minutes=60),
                sender=cell("sender"),
                receiver=cell("receiver"),
                channel=cell("channel"),
                kind=cell("kind") or "other",
                state=cell("state") or "happened",
                decision=decision,
                vague=vague,
                asked=cell("decision_asked"),
                subject=cell("subject"),
                note=cell("note"),
                message_id=cell("message_id"),
                home=ZoneInfo(home),
                home_calendar=setting.calendar if home == setting.zone else COUNTRY[home],
            )
        )
    return found


def same(a: Contact, b: Contact) -> bool:
    """b says again what a said."""
    if a.cells == b.cells or (a.message_id and a.message_id == b.message_id):
        return True
    parties = (a.candidate, a.application, a.sender, a.receiver, a.people)
    if parties != (b.candidate, b.application, b.sender, b.receiver, b.people) or "interview" in (a.kind, b.kind):
        return False
    if a.day_only or b.day_only:
        return False
    apart = abs((a.at - b.at).total_seconds())
    if a.channel in CALLS and b.channel in CALLS and apart <= 60:
        return True
    text = (a.subject and a.subject == b.subject) or (a.note and a.note == b.note)
    return bool(a.channel == b.channel and text and apart <= 600)


def counted(contacts: list[Contact], setting: Setting) -> list[Contact]:
    """What happened by ``as_of``, once each, people only, in order of time."""
    kept: list[Contact] = []
    for contact in sorted(contacts, key=lambda c: (c.order, c.at, c.cells)):
        late = contact.day > setting.as_of.date() if contact.day_only else contact.at > setting.as_of
        if (
            late
            or contact.state not in ("happened", "attempted")
            or contact.automatic
            or any(same(k, contact) for k in kept)
        ):
            continue
        kept.append(contact)
    return kept


def referred(contacts: list[Contact]) -> str:
    """The text of all automatic replies, which may name another person to turn to."""
    return " ".join(c.note for c in contacts if c.automatic)


def passes_on(note: str) -> bool:
    return bool(re.search(r"pass (on )?my thanks", note))
