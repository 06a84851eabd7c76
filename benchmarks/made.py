"""A contact log of any size, drawn with a seed: agencies' processes with panels, rounds, replies and quoted notes.

    python benchmarks/made.py 500000 log.csv [--seed 3]

Kinds are given, the route is direct, times are local to Chicago. The same size and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

HEADER = (
    *("candidate", "candidate_email", "client", "job", "route", "interviewer", "interviewer_email", "recruiter"),
    *("at", "ended_at", "sender", "receiver", "channel", "kind", "subject", "note", "message_id"),
)
ZONE, CALENDAR = "America/Chicago", "US-IL"
AS_OF = datetime(2026, 10, 26, 8)
FIRST = ("Ana", "Ben", "Cleo", "Dana", "Eve", "Finn", "Gia", "Hal", "Ida", "Jon", "Kim", "Lea", "Max", "Nia", "Zoë")
LAST = ("Lind", "Poe", "Ray", "Petrov", "Oak", "Berg", "Holm", "Roth", "Novak", "Vale", "Peña", "Ito", "Cole", "Osei")
JOBS = ("Estimator", "Welder", "Night nurse", "Dispatcher", "Controller", "Fitter")
DESKS = ("Ines Rivera", "Tom Ashe", "Noor Haddad", "Gus Farr", "Lena Brandt")
NOTES = ("", "", "thanks for the talk about the night shifts", "left word at the desk", 'said "great chat" twice')
LONG = "Good morning,\nthank you for the time today.\nThe depot, the night shifts and the new line made sense to me."
_STORIES: tuple[tuple[int, tuple[tuple[float, str, str, str, str], ...]], ...] = (
    # hours after the end of the interview, sender, receiver, channel, kind
    (5, ((5, "candidate", "client", "email", "thank_you"), (122, "candidate", "client", "email", "follow_up"))),
    (
        3,
        (
            (20, "candidate", "client", "email", "thank_you"),
            (30, "client", "candidate", "email", "reply"),
            (200, "candidate", "client", "call", "follow_up"),
            (210, "client", "candidate", "call", "reply"),
        ),
    ),
    (
        2,
        (
            (60, "candidate", "client", "email", "thank_you"),
            (62, "candidate", "client", "email", "follow_up"),
            (72, "candidate", "client", "call", "follow_up"),
            (96, "candidate", "client", "email", "follow_up"),
            (110, "client", "candidate", "email", "rejection"),
        ),
    ),
    (2, ((2, "agency", "candidate", "call", "debrief"), (28, "client", "agency", "email", "logistics"))),
    (1, ()),
)


def rows(contacts: int, seed: int = 3) -> Iterator[tuple[str, ...]]:
    """That many rows below the header, candidate by candidate."""
    dice = random.Random(seed)
    stories = [story for times, story in _STORIES for _ in range(times)]
    made = number = 0
    while made < contacts:
        number += 1
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)} {number}"
        mail = f"c{number}@mail.example"
        for _ in range(dice.choice((1, 1, 2, 3))):
            firm = dice.randrange(900)
            day, hour = AS_OF - timedelta(days=dice.randrange(4, 400)), dice.randrange(0, 9)
            start = day + timedelta(hours=hour, minutes=dice.randrange(60))
            desk, job = dice.choice(DESKS), dice.choice(JOBS)
            for turn in range(dice.choice((1, 1, 2, 3))):
                begins = start + timedelta(days=9 * turn)
                ended = begins + timedelta(hours=1)
                who = [(dice.choice(FIRST), dice.choice(LAST)) for _ in range(dice.choice((1, 1, 2, 3)))]
                met = [(f"{one} {two}", f"{one}.{two}@firm{firm}.example".lower()) for one, two in who]
                told = [
                    (begins, ended, met[n], "client", "candidate", "in_person", "interview") for n in range(len(met))
                ]
                for after, sender, receiver, channel, kind in dice.choice(stories):
                    at = ended + timedelta(hours=after + dice.random() * 4)
                    told.append((at, None, dice.choice(met), sender, receiver, channel, kind))
                for at, ends, (interviewer, address), sender, receiver, channel, kind in told:
                    if at > AS_OF or made == contacts:
                        continue
                    made += 1
                    note = LONG if kind == "thank_you" and dice.random() < 0.3 else dice.choice(NOTES)
                    yield (
                        name,
                        mail,
                        f"Firm {firm}",
                        job,
                        "direct",
                        interviewer,
                        address,
                        desk,
                        f"{at:%Y-%m-%d %H:%M}",
                        f"{ends:%Y-%m-%d %H:%M}" if ends else "",
                        sender,
                        receiver,
                        channel,
                        kind,
                        "Thank you" if kind == "thank_you" else "",
                        note,
                        f"<{made}@firm{firm}.example>" if channel == "email" else "",
                    )


def log(contacts: int, seed: int = 3) -> bytes:
    """The log as a CSV file."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADER)
    table.writerows(rows(contacts, seed))
    return out.getvalue().encode()


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("contacts", type=int)
    asked.add_argument("file", type=Path)
    asked.add_argument("--seed", type=int, default=3)
    told = asked.parse_args()
    told.file.write_bytes(log(told.contacts, told.seed))
