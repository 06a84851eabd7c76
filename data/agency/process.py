"""One candidate at one client for one job: the rows a desk would log, told step by step by a story."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from agency import words
from agency.people import Candidate, Client, Interviewer

FIRST_MONDAY = date(2026, 7, 6)
AS_OF = datetime(2026, 10, 26, 8, 30)
DAYS_OFF = {
    "US-MI": (date(2026, 9, 7),),
    "US-IL": (date(2026, 9, 7), date(2026, 10, 12)),
    "US-CA": (date(2026, 9, 7),),
    "CA-ON": (date(2026, 9, 7), date(2026, 10, 12)),
    "GB-ENG": (date(2026, 8, 31),),
}
Moment = datetime | date
MID_MORNING = "9:40-11:20"


def working(day: date, calendar: str) -> bool:
    """Whether people at a client work on that day."""
    return day.weekday() < 5 and day not in DAYS_OFF[calendar]


def plus(day: date, n: int, calendar: str) -> date:
    """``n`` working days after (or before) ``day``."""
    step = timedelta(days=1 if n >= 0 else -1)
    while n or not working(day, calendar):
        day += step
        if working(day, calendar):
            n -= step.days
            if n == 0:
                break
    return day


@dataclass
class Process:
    """The state of the story while it is told; ``last``: the candidate interviews nowhere later.

    Clock times are the client's own.
    """

    candidate: Candidate
    client: Client
    job: str
    day: date
    rng: random.Random
    rows: list[dict[str, Any]] = field(default_factory=list)
    met: tuple[Interviewer, ...] = ()
    start: datetime = AS_OF
    end: datetime = AS_OF
    last: bool = True
    discussed: tuple[str, ...] = ()

    # When

    def clock(self, between: str) -> time:
        """A time on a five-minute mark inside ``"9:40-11:20"``, or exactly ``"10:15"``."""
        ends = [int(t.split(":")[0]) * 60 + int(t.split(":")[1]) for t in between.split("-")]
        minute = self.rng.randrange(ends[0], ends[-1] + 1, 5)
        return time(minute // 60, minute % 60)

    def on(self, n: int, between: str = MID_MORNING) -> datetime:
        """The n-th working day after the latest interview."""
        return self.past(self.start.date(), n, between)

    def past(self, day: date, n: int, between: str = MID_MORNING) -> datetime:
        """The n-th working day after ``day``."""
        return datetime.combine(plus(day, n, self.client.calendar), self.clock(between))

    def later(self, hours: float) -> datetime:
        """So many hours after the end of the latest interview."""
        return self.end + timedelta(minutes=round(hours * 60))

    def evening(self) -> datetime:
        """A few hours after the interview, the same day."""
        return self.end + timedelta(minutes=self.rng.randrange(50, 240))

    # Who said what

    def row(self, at: Moment, sender: str, receiver: str, channel: str, kind: str = "", **more: Any) -> dict[str, Any]:
        """Log one contact; ``who`` names the interviewers it went to or came from (default: the host)."""
        who: Sequence[Interviewer] = more.pop("who", self.met[:1])
        known: Callable[[Interviewer], bool] = more.pop("known", lambda person: True)
        row = {
            "process": self,
            "at": at,
            "sender": sender,
            "receiver": receiver,
            "channel": channel,
            "kind": kind,
            "job": self.job,
            "interviewer": ";".join(i.name for i in who),
            "interviewer_email": ";".join(i.email if known(i) else "" for i in who),
            **more,
        }
        moment = at if isinstance(at, datetime) else datetime.combine(at, time(12))
        if moment > AS_OF and more.get("state") != "planned":
            raise ValueError(
                f"{self.candidate.name} at {self.client.name}: {kind} at {at} lies after the sample's moment"
            )
        self.rows.append(row)
        return row

    def interview(
        self, panel: int = 1, decides: int | str = 0, asked: str = "", day: date | None = None, **more: Any
    ) -> date:
        """An interview on ``day``; ``decides`` is the employer's date in working days, or words. Returns that date."""
        between = more.pop("between", "9:00-15:00")
        day = day or self.day
        while not working(day, self.client.calendar):
            day += timedelta(days=1)
        self.start = datetime.combine(day, self.clock(between))
        self.end = self.start + timedelta(minutes=more.pop("minutes", self.rng.choice((30, 45, 60, 60, 75, 90))))
        if not more.get("same_people") or not self.met:
            self.met = tuple(self.rng.sample(self.client.staff, panel))
        more.pop("same_people", None)
        due = plus(day, decides, self.client.calendar) if isinstance(decides, int) else day
        self.discussed = tuple(self.rng.sample(self.topics, self.rng.choice((2, 2, 3))))
        facts = {
            "who": self.met,
            "who_met": self.met,
            "ended_at": self.end,
            "topics": ";".join(self.discussed),
            "decision_on": due.isoformat() if decides and isinstance(decides, int) else decides or "",
            "decision_asked": asked or ("yes" if decides else ""),
            **more,
        }
        if "known" not in more and self.chance(0.2):
            facts["interviewer_phone"] = self.met[0].phone + ";" * (panel - 1)
        channel = facts.pop("channel", None) or self.rng.choice(("in_person", "in_person", "video"))
        self.row(self.start, "client", "candidate", channel, "interview", **facts)
        return due

    @property
    def topics(self) -> tuple[str, ...]:
        return self.client.jobs[self.job]

    def text(self, texts: tuple[str, ...], who: Interviewer | None = None) -> str:
        return words.fill(texts, self.rng, self.candidate, who or self.met[0], self.job, self.topics, self.discussed)

    def thanks(self, at: Moment, texts: tuple[str, ...] = words.GOOD_NOTES, by: str = "email", **more: Any) -> None:
        """The candidate's thank-you; now and then the desk logs it in shorthand or, unless ``exact``, the day only."""
        exact = more.pop("exact", False)
        who = more.get("who", self.met[:1])
        kind, note, subject = "thank_you", self.text(texts, who[0]), self.text(words.THANKS_SUBJECTS)
        if texts in (words.GOOD_NOTES, words.FAIR_NOTES) and self.chance(0.12):
            kind, note, subject = "", self.text(words.THANKS_SHORTHAND, who[0]), ""
        elif texts == words.GOOD_NOTES and by == "email" and isinstance(at, datetime) and self.chance(0.07):
            at = at if exact else at.date()
        subject = more.pop("subject", subject if by == "email" else "")
        self.row(
            at, "candidate", "client", by, more.pop("kind", kind), subject=subject, note=more.pop("note", note), **more
        )

    def checks_in(self, at: Moment, by: str = "email", **more: Any) -> None:
        """The candidate asks where things stand."""
        texts = {"voicemail": words.VOICEMAILS, "call": words.NO_ANSWERS}.get(by, words.CHECK_TEXTS)
        kind, note = "follow_up", self.text(texts)
        if by == "email" and self.chance(0.12):
            kind, note = "", self.text(words.CHECK_SHORTHAND)
        subject = more.pop("subject", self.text(words.CHECK_SUBJECTS)) if by == "email" else ""
        self.row(
            at, "candidate", "client", by, more.pop("kind", kind), subject=subject, note=more.pop("note", note), **more
        )

    def hears(
        self, at: Moment, kind: str = "", subject: str = "", note: str = "", by: str = "email", **more: Any
    ) -> None:
        """The employer writes or calls."""
        self.row(at, "client", "candidate", by, kind, subject=subject, note=note, **more)

    def hands_over(self, at: Moment, texts: tuple[str, ...]) -> None:
        """The candidate gives the thank-you note to the recruiter."""
        subject = self.pick("Please pass on my thanks", "Thank you note for the client")
        self.row(at, "candidate", "agency", "email", "thank_you", who=(), subject=subject, note=self.text(texts))

    def desk(self, at: Moment, receiver: str, by: str, note: str, kind: str = "other", **more: Any) -> None:
        """The agency's own contact with the client or the candidate."""
        who = self.met[:1] if receiver == "client" else ()
        self.row(at, "agency", receiver, by, kind, who=who, note=note, **more)

    # Chance and how it ends

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def pick(self, *values: Any) -> Any:
        return self.rng.choice(values)

    def ends(self, at: datetime) -> None:
        """The employer decides at ``at``: no, yes, or nothing more is heard; a yes is mostly the last step."""
        if at > AS_OF:
            return
        if self.last:
            how = self.pick("no", "yes", "yes", "yes", "silence")
        else:
            how = self.pick("no", "no", "no", "silence", "yes")
        if how == "no":
            self.hears(at, "rejection", "Your application", self.text(words.REJECTIONS))
        if how == "yes":
            self.hears(at, "offer", "Offer", self.text(words.OFFERS))
            signed = self.past(at.date(), 2, "12:00-16:00")
            took = ("hired", "Signed. Starts in three weeks") if self.last else ("withdrawn", "Turned the offer down")
            if signed < AS_OF:
                self.row(signed, "candidate", "agency", "call", took[0], who=(), note=took[1])


@dataclass(frozen=True)
class Story:
    """A situation in a recruiter's words, the findings it is meant to show, and how often it is told."""

    name: str
    title: str
    tell: Callable[[Process], None]
    shows: tuple[str, ...]
    times: int
    weeks: tuple[int, int]
    habit: str
    routes: tuple[str, ...]
    at: str


STORIES: list[Story] = []


def story(
    title: str,
    *shows: str,
    times: int = 2,
    weeks: tuple[int, int] = (0, 12),
    habit: str = "steady",
    routes: tuple[str, ...] = ("direct", "direct_copy_agency"),
    at: str = "",
) -> Callable[[Callable[[Process], None]], Callable[[Process], None]]:
    """Register a story. ``weeks``: first and last week it may begin; ``at``: the one client it is told of."""

    def register(tell: Callable[[Process], None]) -> Callable[[Process], None]:
        STORIES.append(Story(tell.__name__, title, tell, shows, times, weeks, habit, routes, at))
        return tell

    return register
