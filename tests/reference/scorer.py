"""The rules read a second time: numbers are literals here on purpose, so that a slip in the policy shows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import combinations, pairwise
from zoneinfo import ZoneInfo

from reference.days import (
    CARD_DAYS,
    NOTE_DAYS,
    NOTE_HOURS,
    WITH_DATE,
    WITHOUT_DATE,
    along,
    bd,
    counted_hours,
    hour_factor,
)
from reference.rows import CALLS, Contact, Setting, counted, passes_on, read, referred

WEIGHTS = {"thank_you": 0.30, "timing": 0.30, "over_contact": 0.25, "contact_details": 0.05, "decision_date": 0.05}
UNSCORED = ("pending", "cannot see", "not scored")
DIRECT = ("direct", "direct_copy_agency")
OVER = ("offer", "hired", "rejection", "withdrawn", "closed")
Mark = float | str
"""Points, or one of `UNSCORED`."""


@dataclass
class Round:
    first: datetime
    last: datetime
    route: str
    people: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    home: Contact | None = None


@dataclass
class Application:
    all: list[Contact]
    setting: Setting
    referral: str
    rounds: list[Round] = field(default_factory=list)

    def __post_init__(self) -> None:
        held = [c for c in self.all if c.kind == "interview" and c.sender != "agency"]
        for c in held:
            if not self.rounds or self.rounds[-1].first.date() != c.day:
                self.rounds.append(Round(c.at, c.end, c.route, home=c))
            now = self.rounds[-1]
            now.last = max(now.last, c.end)
            for name, mail in c.people:
                now.people[name] = now.people.get(name) or mail
            now.asked.append(c.asked)

    @property
    def route(self) -> str:
        return self.all[0].route

    def decided(self, after: datetime) -> Contact | None:
        return next(
            (
                c
                for c in self.all
                if c.sender == "client" and c.kind in ("offer", "hired", "rejection") and c.at >= after
            ),
            None,
        )


def family(marks: list[Mark]) -> Mark:
    points = [m for m in marks if not isinstance(m, str)]
    if points:
        return sum(points) / len(points)
    return min(marks, key=UNSCORED.index) if marks else "not scored"


def tied(a: Contact, b: Contact, home: ZoneInfo | None = None) -> bool:
    """The same minute, or the same day (the employer's, a note's at ``home``) where only the day of one is known."""
    one_day = a.at.astimezone(home).date() == b.at.astimezone(home).date() if home else a.day == b.day
    return one_day and (a.day_only or b.day_only or a.order == b.order)


# --- thank_you -----------------------------------------------------------------------------------


def note_points(note: Contact, end: datetime, decided: Contact | None) -> float:
    if decided and decided.order < note.order:
        return 20.0
    days = bd(end.astimezone(note.home).date(), note.at.astimezone(note.home).date(), note.home_calendar)
    if note.channel == "card":
        return CARD_DAYS.get(days, 20.0)
    if note.day_only:
        return NOTE_DAYS.get(days, 20.0)
    if note.at <= end or note.at.astimezone(note.home).date() == end.astimezone(note.home).date():
        return 100.0
    hours = counted_hours(end, note.at, note.home, note.home_calendar)
    return along(NOTE_HOURS, hours) if hours <= 120 else 20.0


def round_of(app: Application, note: Contact) -> int:
    """The latest round begun before the note; a note before the first is held against its day."""
    begun = [n for n, r in enumerate(app.rounds) if r.first < note.at or (note.day_only and r.first.date() <= note.day)]
    return begun[-1] if begun else 0


def thank_you(app: Application, number: int) -> Mark:
    this = app.rounds[number]
    home = this.home
    assert home is not None
    to, kinds = ("agency", ("thank_you", "debrief")) if app.route == "via_agency" else ("client", ("thank_you",))
    notes = [c for c in app.all if c.sender == "candidate" and c.receiver == to and c.kind in kinds]
    notes = [c for c in notes if round_of(app, c) == number]
    decided = app.decided(this.last)
    if any(not c.day_only and c.channel != "card" and (this.last - c.at).total_seconds() > 15 * 60 for c in notes):
        return "not scored"
    if not notes and any(c.kind == "no_notes" for c in app.all):
        return "not scored"

    by_person: dict[str, list[Contact]] = defaultdict(list)
    for note in notes:
        everyone = not note.people or passes_on(note.note) or to == "agency"
        for name in list(this.people) if everyone else [n for n, _ in note.people]:
            # the first is the promptest, unless one is known by the day only: then the better counts
            by_person[name].append(note)
    reachable = {n for n, mail in this.people.items() if mail} | set(by_person)
    if not reachable and app.route != "via_agency":
        return "not scored"
    reachable = reachable or set(this.people)

    until = decided.at if decided else app.setting.as_of
    waited = bd(this.last.astimezone(home.home).date(), until.astimezone(home.home).date(), home.home_calendar)
    hours = counted_hours(this.last, decided.at, home.home, home.home_calendar) if decided else 0.0
    absent_is_zero = app.setting.complete and (waited >= 5 or hours >= 48)

    if decided and hours <= 24 and not any(note.order < decided.order for note in notes):
        return "not scored"
    if not notes:
        if absent_is_zero:
            return "not scored" if app.route == "unknown" else 0.0
        if decided and hours < 48 and waited < 5:
            return "not scored"
        if waited < 5 and not decided:
            return "pending"
        return "cannot see"

    best = 0.0
    for seen in (part for size in range(1, len(notes) + 1) for part in combinations(notes, size)):
        # no note lowers what the round was without it; without a note nobody is reachable by it either
        written = {n for n, given in by_person.items() if any(c in seen for c in given)}
        t = {}
        for name in {n for n, mail in this.people.items() if mail} | written or reachable:
            given = [note_points(c, this.last, decided) for c in by_person.get(name, []) if c in seen]
            if given:
                t[name] = max(given)
            elif absent_is_zero:
                t[name] = 0.0
        best = max(best, 0.7 * max(t.values()) + 0.3 * sum(t.values()) / len(t))
    return "not scored" if app.route == "unknown" and best < 90 else best


# --- timing --------------------------------------------------------------------------------------


def known_date(app: Application, at: Contact | None, stale: bool = False) -> tuple[date, bool] | None:
    """The decision date the candidate knew; ``stale``: also one that the employer has written after."""
    known, spoken = None, date.min
    for c in app.all:
        if at is not None and c.order > at.order:
            break
        if c.employers or c.kind == "interview":
            spoken = c.day
        if c.kind == "interview" and known and known[0] < c.day:
            known = None
        if c.decision and (c.sender in ("client", "agency") or c.kind == "decision_date"):
            known = (c.decision, c.vague)
    return known if known and (stale or known[0] >= spoken) else None


def follow_up_points(app: Application, contact: Contact, start: date, told_to_wait: bool) -> float:
    calendar = app.setting.calendar
    dated, known = 0.0, known_date(app, contact, stale=True)
    if known:
        x = bd(known[0], contact.day, calendar)
        dated = 100.0 if known[1] and x == 0 else along(WITH_DATE, x)
    x = waiting(start, contact.day, calendar)
    points = along(WITHOUT_DATE, x)
    if told_to_wait and x < 10:
        points = min(points, 60.0)
    elif told_to_wait and x <= 15:
        points = 100.0
    if known:  # a date that passed before they last wrote: the reading that favours the candidate
        points = dated if known_date(app, contact) else max(dated, points)
    if contact.channel in CALLS and not contact.day_only:
        points *= 0.75 + 0.25 * hour_factor(contact.at, calendar)
    return points


def waiting(start: date, day: date, calendar: str) -> int:
    x = bd(start, day, calendar)
    return max(x, 5) if (day - start).days >= 7 else x


def timing(app: Application, number: int) -> list[Mark]:
    this = app.rounds[number]
    to = "agency" if app.route == "via_agency" else "client"
    if app.route == "via_agency" and not any(
        c.kind == "decision_date" and "client" not in (c.sender, c.receiver) for c in app.all
    ):
        return ["not scored"]
    if any(c.kind == "no_contact" and c.at < this.last for c in app.all):
        return ["not scored"]
    marks: list[Mark] = []
    start, told_to_wait, first, over, chased = this.last.date(), False, [], False, False
    for c in app.all:
        if c.order < (this.last.timestamp(), 0) or over:
            continue
        following = c.kind == "interview" and c.at > this.last
        ends = c.kind in OVER or c.kind == "no_contact"
        if following or ends or (c.employers and to == "client"):
            marks.append(cycle_points(app, first, start, told_to_wait) if first else "not scored")
            chased = chased or bool(first)
            start, told_to_wait, first, over = c.day, c.kind == "will_contact", [], bool(following or ends)
        elif c.sender == "candidate" and c.receiver == to and c.kind == "follow_up":
            first.append(c)
    if over:
        return marks
    if first:
        marks.append(cycle_points(app, first, start, told_to_wait))
    else:
        marks.append("not scored" if chased else waiting_mark(app, start, told_to_wait))
    return marks


def cycle_points(app: Application, sent: list[Contact], start: date, told_to_wait: bool) -> Mark:
    points = max(follow_up_points(app, c, start, told_to_wait) for c in sent if tied(c, sent[0]))
    return "not scored" if app.route == "unknown" and points < 90 else points


def waiting_mark(app: Application, start: date, told_to_wait: bool) -> Mark:
    """Nothing sent and nothing heard: missed, still pending, or not to be seen."""
    known, today, calendar = known_date(app, None), app.setting.as_of.date(), app.setting.calendar
    x = bd(known[0], today, calendar) if known else waiting(start, today, calendar)
    due, missed = (0, 10) if known else (10 if told_to_wait else 5, 15)
    if not app.setting.complete:
        return "pending" if x < due else "cannot see"
    if x <= missed:
        return "pending"
    return 0.0 if app.route in DIRECT else "not scored"


# --- over_contact --------------------------------------------------------------------------------


@dataclass
class Episode:
    day: date
    contacts: list[Contact]
    free: bool = False

    @property
    def answered(self) -> bool:
        return self.contacts[-1].answered


def over_contact(app: Application) -> Mark:
    if not app.rounds or not any(c.to_employer for c in app.all):
        return "not scored"
    runs: list[list[Episode]] = [[]]
    after_rejection, early = 0, False
    calls, contacts = set[date](), set[date]()
    rejected = offered = no_calls = no_contact = False
    told: Contact | None = None
    forgiven: dict[date, date] = {}
    for c in app.all:
        if c.kind == "interview" or c.employers:
            runs.append([])
        if c.sender == "client":
            rejected, offered = rejected or c.kind == "rejection", offered or c.kind in ("offer", "hired")
            no_calls, no_contact = no_calls or c.kind == "no_calls", no_contact or c.kind == "no_contact"
            told = c if c.kind == "will_contact" else told
        if not c.to_employer or offered:
            continue
        if rejected:
            after_rejection += 1
            continue
        if c.kind != "follow_up":
            continue
        known = known_date(app, c, stale=True)
        if not runs[-1] or runs[-1][-1].day != c.day:
            missed = known is not None and bd(known[0], c.day, app.setting.calendar) >= 1
            free = missed and known is not None and forgiven.setdefault(known[0], c.day) == c.day
            runs[-1].append(Episode(c.day, [], free))
        runs[-1][-1].contacts.append(c)
        if no_calls and c.channel in CALLS:
            calls.add(c.day)
        if no_contact:
            contacts.add(c.day)
        if told:
            by = known[0] if known and known[0] >= told.day else None
            early = early or (
                bd(by, c.day, app.setting.calendar) < 1 if by else waiting(told.day, c.day, app.setting.calendar) < 10
            )
        if c.answered:
            runs.append([])
    caps = [100.0, [100.0, 100.0, 60.0, 30.0, 10.0][min(after_rejection, 4)]]
    caps += [
        [100.0, 30.0, 10.0][min(len(calls), 2)],
        [100.0, 30.0, 10.0][min(len(contacts), 2)],
        40.0 if early else 100.0,
    ]
    worst = min(run_points(app, run) for run in runs)
    return min(worst, *caps)


def run_points(app: Application, run: list[Episode]) -> float:
    calendar = app.setting.calendar
    counting = [e for e in run if not e.free]
    base = [100, 100, 90, 65, 30, 10, 0][min(len(counting), 6)]
    spacing = 0
    for a, b in pairwise(counting):
        gap = bd(a.day, b.day, calendar)
        if not b.answered:
            spacing += 0 if gap >= 5 else 10 if gap >= 3 else 20 if gap == 2 else 30
    return float(max(0, base - min(spacing, 50) - min(extras(app, run), 50)))


def extras(app: Application, run: list[Episode]) -> int:
    sent = [c for e in run for c in e.contacts]
    total = 0
    if any(a.way != b.way and abs(bd(a.day, b.day, app.setting.calendar)) <= 2 for a in sent for b in sent):
        total += 15
    for c in sent:
        used = {e.channel for e in app.all if e.employers and e.order < c.order}
        if c.channel in ("text", "social", "in_person") and c.channel not in used:
            total += 15
            break
    met = {name for r in app.rounds for name in r.people} | {n for c in app.all if c.employers for n, _ in c.people}
    if any(n not in met and n not in app.referral for c in sent for n, _ in c.people):
        total += 20
    for e in run:
        dials = [c for c in e.contacts if c.channel == "call" and not c.answered]
        if len(dials) >= 3:
            total += 20
            break
    return total + (30 if sent and app.route == "via_agency" else 0)


# --- preparation, overall ------------------------------------------------------------------------


def contact_details(this: Round) -> Mark:
    if not this.people:
        return "not scored"
    mails = list(this.people.values())
    if len(mails) > 3 and mails[0]:
        return 100.0
    return sum(100.0 if m else 50.0 for m in mails) / len(mails)


def decision_date(this: Round) -> Mark:
    known = [{"yes": 100.0, "volunteered": 100.0, "in_note": 70.0, "no": 0.0}[a] for a in this.asked if a]
    return max(known) if known else "not scored"


def overall(marks: dict[str, Mark]) -> tuple[Mark, float]:
    scored = {f: m for f, m in marks.items() if not isinstance(m, str)}
    weight = sum(WEIGHTS[f] for f in scored)
    main = [f for f in ("thank_you", "timing", "over_contact") if f in scored]
    if weight < 0.55 - 1e-9 or len(main) < 2:
        return "not enough evidence", 0.0
    mean = sum(WEIGHTS[f] * p for f, p in scored.items()) / weight
    over = scored.get("over_contact", 100.0)
    return min(mean, 45.0 if over < 20 else 60.0 if over < 50 else 100.0), weight


def reference(text: str, setting: Setting) -> dict[str, dict[str, Mark]]:
    """Each candidate's marks by family, and ``overall``."""
    everything = read(text, setting)
    alive = counted(everything, setting)
    out: dict[str, dict[str, Mark]] = {}
    for candidate in dict.fromkeys(c.candidate for c in everything):
        own = [c for c in alive if c.candidate == candidate]
        referral = referred([c for c in everything if c.candidate == candidate])
        per: list[dict[str, Mark]] = []
        for key in dict.fromkeys(c.application for c in own):
            app = Application([c for c in own if c.application == key], setting, referral)
            numbers = range(len(app.rounds))
            per.append(
                {
                    "thank_you": family([thank_you(app, n) for n in numbers]),
                    "timing": family([m for n in numbers for m in timing(app, n)]),
                    "over_contact": over_contact(app),
                    "contact_details": family([contact_details(r) for r in app.rounds]),
                    "decision_date": family([decision_date(r) for r in app.rounds]),
                }
            )
        out[candidate] = {f: family([p[f] for p in per]) for f in WEIGHTS}
        shown = [(m, w) for m, w in (overall(p) for p in per) if not isinstance(m, str)]
        out[candidate]["overall"] = (
            sum(m * w for m, w in shown) / sum(w for _, w in shown) if shown else "not enough evidence"
        )
    return out
