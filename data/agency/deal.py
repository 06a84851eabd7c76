"""Who lives through which story, at which client and when; and the noise around every interview."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from agency import coach, steady, still_open
from agency.people import Candidate, Client
from agency.process import FIRST_MONDAY, STORIES, Process, Story, working

TOLD_IN = (steady, coach, still_open)  # importing them registers their stories

HABITS = {"slow": 11, "eager": 8, "pressing": 10, "careless": 9, "recent": 13, "steady": 19}
"""How many candidates of the log have which habit."""


def hands(people: Sequence[Candidate], rng: random.Random) -> list[tuple[Candidate, Story]]:
    """Deal every story its number of times: a habit's stories to its people, the good ones to everybody."""
    of_habit: dict[str, list[Candidate]] = {}
    left = list(people)
    for habit, n in HABITS.items():
        of_habit[habit], left = left[:n], left[n:]
    dealt: list[tuple[Candidate, Story]] = []
    for habit, own in of_habit.items():
        deck = [s for s in STORIES if s.habit == habit for _ in range(s.times)]
        rng.shuffle(deck)
        anybody = people if habit == "steady" else own
        busy = [rng.choice((1, 1, 2, 2, 3, 4)) for _ in anybody]
        more = rng.choices(anybody, busy, k=len(deck) - len(own))
        dealt += zip([*own, *more], deck, strict=True)
    return dealt


def place(person: Candidate, told: Story, clients: list[Client], taken: set[str], rng: random.Random) -> Client:
    """A client the story can happen at and where the candidate has not interviewed yet; near ones more often."""
    fit = [c for c in clients if c.route in told.routes and told.at in ("", c.name)]
    fit = [c for c in fit if c.name not in taken] or fit
    near = {person.zone: 3.0, "America/Detroit": 2.0, "America/Chicago": 2.0}
    return rng.choices(fit, [near.get(c.zone, 0.7) for c in fit])[0]


def processes(people: Sequence[Candidate], clients: list[Client], rng: random.Random) -> list[tuple[Story, Process]]:
    """Tell all stories of the log."""
    taken: dict[str, set[str]] = {}
    told_of: list[tuple[Story, Process]] = []
    for person, told in hands(people, rng):
        client = place(person, told, clients, taken.setdefault(person.number, set()), rng)
        taken[person.number].add(client.name)
        while True:
            day = FIRST_MONDAY + timedelta(weeks=rng.randint(*told.weeks), days=rng.randrange(5))
            if working(day, client.calendar):
                break
        told_of.append((told, Process(person, client, rng.choice(list(client.jobs)), day, rng)))
    latest = {p.candidate.number: p.day for _, p in sorted(told_of, key=lambda pair: pair[1].day)}
    for told, p in told_of:
        p.last = p.day == latest[p.candidate.number]
        told.tell(p)
        around(p)
    return told_of


def around(p: Process) -> None:
    """What surrounds an interview: the submission, the confirmation, the portal's automatic mail."""
    day = p.rows[0]["at"].date()
    before = [p.past(day, -n, "8:40-17:30") for n in (9, 8, 3)]
    if before[0].date() < FIRST_MONDAY or p.rows[0].get("state") == "planned":
        return
    who = p.client.staff[:1]
    if p.chance(0.35):
        p.row(
            before[0],
            "agency",
            "client",
            "email",
            p.pick("other", ""),
            who=who,
            note=f"CV {p.candidate.name} submitted",
        )
    if p.chance(0.15):
        text = "Application received. Do not reply to this message."
        p.row(before[1], "system", "candidate", "portal", "other", who=(), note=text)
    if p.chance(0.3):
        text = "Looking forward to meeting you. Please bring photo ID."
        p.row(before[2], "client", "candidate", "email", "logistics", subject="Interview confirmation", note=text)
