"""Sessions with one candidate, with what the candidate may see apart from what staff alone may."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from analysis.agreed import Action
from analysis.former import former_applications
from analysis.reading.raw import PART
from analysis.results import Scores
from dashboard.store.imports import Import
from dashboard.store.sessions import Session, hold, sessions, take_back_session

Act = Callable[[Connection, str, datetime], object]


@dataclass(frozen=True, slots=True)
class Shared:
    """One session as the candidate may see it; it has no place for a private note."""

    number: int
    held_on: date
    agreed: Action | None
    note: str
    author: str


@dataclass(frozen=True, slots=True)
class Private:
    """A note for staff alone."""

    number: int
    held_on: date
    note: str
    author: str


@dataclass(frozen=True, slots=True)
class Held:
    """All sessions with one candidate, the latest first; one that holds a private note alone is not in ``shared``."""

    shared: tuple[Shared, ...]
    private: tuple[Private, ...]

    def last(self, today: date) -> Shared | None:
        """The latest session before a day in which something was agreed."""
        return next((one for one in self.shared if one.agreed and one.held_on < today), None)

    def now(self, today: date) -> Shared | None:
        """What was agreed latest on a day itself."""
        return next((one for one in self.shared if one.agreed and one.held_on == today), None)

    def standing(self, today: date) -> Shared | None:
        """What was agreed on a day itself, else what was agreed last while its day is not over."""
        last = self.last(today)
        return self.now(today) or (last if last and last.agreed and last.agreed.due >= today else None)

    def began(self, family: str) -> date | None:
        """The day of the first session in which a family was to be practised."""
        days = [one.held_on for one in self.shared if one.agreed and one.agreed.practises == family]
        return min(days, default=None)


def held_with(
    candidate_key: str, scores: Scores, former: Callable[[], Mapping[str, str]]
) -> Callable[[Connection], Held]:
    """A look at the workspace that gives the sessions with a candidate.

    ``former``: `analysis.former.former_keys`, asked for only where a session stands under a key that nobody has now.
    """

    def look(connection: Connection) -> Held:
        kept = sessions(connection)
        known = set(scores.candidates["candidate_key"])
        lost = {one.candidate_key for one in kept} - known
        again = former() if lost else {}
        mine = [one for one in kept if again.get(one.candidate_key, one.candidate_key) == candidate_key]
        mine.sort(key=lambda one: (one.held_on, one.number), reverse=True)
        return Held(
            tuple(_shared(one, scores, candidate_key) for one in mine if one.agreed or one.shared_note),
            tuple(Private(one.number, one.held_on, one.private_note, one.author) for one in mine if one.private_note),
        )

    return look


def _shared(one: Session, scores: Scores, candidate_key: str) -> Shared:
    agreed = one.agreed
    if (
        agreed
        and agreed.application_key
        and not (scores.applications["application_key"] == agreed.application_key).any()
    ):
        now = former_applications(scores, candidate_key, one.candidate_key).get(agreed.application_key)
        agreed = replace(agreed, application_key=now or agreed.application_key)
    return Shared(one.number, one.held_on, agreed, one.shared_note, one.author)


def agree(candidate_key: str, held_on: date, action: Action, note: str) -> Act:
    """Keep a session with an agreed action and the note for both."""
    return lambda connection, by, now: hold(
        connection, candidate_key, held_on, by, now, agreed=action, shared_note=note.strip()
    )


def keep_private(candidate_key: str, held_on: date, note: str) -> Act:
    """Keep a note for staff alone."""
    return lambda connection, by, now: hold(connection, candidate_key, held_on, by, now, private_note=note.strip())


def take_back(number: int) -> Act:
    """Undo one session."""
    return lambda connection, by, now: take_back_session(connection, number, by, now)


def loaded(imports: Iterable[Import], files: Iterable[str], zone: str) -> dict[str, date]:
    """File of the contacts -> the day on which its import came, in a zone; the latest where several bear its name.

    ``files``: as contacts name them; what was typed by hand is no file, and is left out.
    """
    days: dict[str, date] = {}
    for one in imports:
        at = datetime.fromisoformat(one.at).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()
        days[one.name] = max(days.get(one.name, at), at)
    found = {file: days.get(file) or days.get(file.partition(PART)[0]) for file in files}
    return {file: day for file, day in found.items() if day}
