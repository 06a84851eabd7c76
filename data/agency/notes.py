"""The notes export: what recruiters typed after a call, free text, the time being that of the typing."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, time

from agency.people import Candidate, Client, Interviewer
from agency.process import AS_OF, FIRST_MONDAY, Process, plus

HEADER = ("Date Added", "Author", "About", "Note Action", "Comments")
NAMES = (
    *("Ioana Popescu", "Patrick Sweeney", "Leila Farahani", "Monique St. Clair"),
    *("Kenji Murata", "Stella Papadakis", "Andre Baptiste", "Brittany Lund"),
)

# week of the interview, then notes: working day after it, clock, action, text ({d1}: weekday of the first day after)
STORIES: tuple[tuple[int, tuple[tuple[int, str, str, str], ...]], ...] = (
    (2, (
        (0, "17:40", "Debrief", "debrief: {c} met {i} + {j}, they&#39;ll decide by the {due}.<br>Has cards.\n{t}"),
        (1, "09:05", "Candidate Call", "{c} says she emailed {i} {d0} night"),
        (9, "10:20", "Candidate Call", "{c} left {i} a vm this morning, no reply so far"),
    )),
    (3, (
        (1, "08:50", "Debrief", "debrief - met {i} only, no date given &amp; didn't ask"),
        (3, "16:10", "Candidate Call", "cand chased again - told him to wait"),
        (4, "17:35", "Candidate Call", "says he rang {i} twice on {d3}.<br/>Asked him to leave it until next week"),
        (8, "11:00", "Client Call", "client passed - \"a bit persistent\""),
    )),
    (5, (
        (0, "18:05", "Debrief", "Met {i}. Decision end of next week. Route: may write to {i} directly, cc us"),
        (2, "09:30", "Email", "TY to {i} sent {d0} evening, cc&#39;d us"),
        (9, "09:10", "Left Message", "LVM for {i}"),
        (10, "15:15", "Client Call", "{i} rang back: 2nd round week after next"),
    )),
    (7, (
        (1, "10:00", "Debrief", "debrief: panel: {i}, {j} + one more (no name)\n\n- good on {t}\n- asked abt pay"),
        (5, "14:20", "Candidate Call", "asked if {c} had written: \"not yet\""),
        (6, "09:00", "Other", "{c} forwarded her thank you note to me, sent on to {i}"),
    )),
    (9, (
        (0, "16:45", "Debrief", "went fine. {i} said no phone calls pls, e-mail ok"),
        (1, "08:30", "Candidate Call", "emailed thanks last night"),
        (8, "13:00", "Candidate Call", "{c} emailed {i} {d7}, no answer yet"),
    )),
    (10, (
        (1, "09:20", "Candidate Call", "{c} wrote {i} the same evening &amp; posted a card"),
        (6, "09:45", "Client Email", "{i}: need until the {due}"),
        (12, "10:10", "Left Message", "LVM for {j}, cand will e-mail {d12}"),
    )),
    (13, (
        (0, "17:00", "Debrief", "debrief: met {i}, they&#39;ll decide by the {due}"),
        (3, "11:30", "Candidate Call", "no note sent, asked {c} to do it today"),
    )),
    (15, ((0, "16:30", "Interview", "interview w/ {i} at {client} went ahead, debrief to follow"),)),
)  # fmt: skip


@dataclass(frozen=True)
class Noted:
    """An interview the notes speak of (and the calendar holds)."""

    candidate: Candidate
    client: Client
    job: str
    met: tuple[Interviewer, ...]
    start: datetime


def interviews(people: list[Candidate], clients: list[Client], rng: random.Random) -> list[Noted]:
    """The interviews behind the notes, one a candidate."""
    direct = [c for c in clients if c.route in ("direct", "direct_copy_agency")]
    found = []
    for n, (person, (week, _)) in enumerate(zip(people, STORIES, strict=True)):
        client = direct[(3 * n + 1) % len(direct)]
        day = plus(FIRST_MONDAY, 5 * week + (n % 3), client.calendar)
        start = datetime.combine(day, time(rng.choice((9, 10, 11, 13)), rng.choice((0, 30))))
        found.append(Noted(person, client, rng.choice(list(client.jobs)), tuple(rng.sample(client.staff, 2)), start))
    return found


def table(met: list[Noted], known: list[Process], rng: random.Random) -> list[tuple[str, ...]]:
    """Header and notes in the order typed; ``known`` are processes of the log that got a note as well."""
    rows: list[tuple[datetime, tuple[str, ...]]] = []

    def note(at: datetime, author: str, about: str, action: str, text: str) -> None:
        if at <= AS_OF:
            rows.append((at, (f"{at:%m/%d/%Y %I:%M %p}", author, about, action, text)))

    for it, (_, told) in zip(met, STORIES, strict=True):
        day = it.start.date()
        days = {f"d{n}": f"{plus(day, n, it.client.calendar):%A}" for n in range(14)}
        due = plus(day, 8, it.client.calendar).day
        ordinal = f"{due}{'th' if 11 <= due <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(due % 10, 'th')}"
        words = {"c": it.candidate.first, "i": it.met[0].first, "j": it.met[1].first, "due": ordinal}
        words |= {"t": it.client.jobs[it.job][0], "client": it.client.name, **days}
        for n, clock, action, text in told:
            at = datetime.combine(plus(day, n, it.client.calendar), time.fromisoformat(clock))
            note(at, it.candidate.recruiter, it.candidate.name, action, text.format(**words))
    for p in known:
        about = f"{p.candidate.last}, {p.candidate.first}" if rng.random() < 0.3 else p.candidate.name
        text = f"debrief: met {' + '.join(i.first for i in p.met)} at {p.client.name}<br>talked abt {p.discussed[0]}"
        note(p.on(1, "9:00-12:00"), p.candidate.recruiter, about, "Debrief", text)
    rows.sort(key=lambda row: row[0])
    return [HEADER, *(row for _, row in rows)]
