"""Random small logs in the plain layout: kinds named, minutes known or days only, several zones.

Drawn by dice with a number, so that they are the same on every machine and a check never fails by luck.
"""

from __future__ import annotations

import csv
import io
import random
from datetime import datetime, timedelta

COLUMNS = (
    *("candidate", "candidate_zone", "client", "route", "interviewer", "interviewer_email", "at", "ended_at", "sender"),
    *("receiver", "channel", "kind", "decision_on", "decision_asked", "subject", "note", "message_id"),
)
PEOPLE = {"Dana Osei": "dana.osei@acme.example", "Sam Poe": "sam.poe@acme.example", "Kim Ray": "kim.ray@acme.example"}
Row = dict[str, str]


def as_csv(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def minute(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


MONDAY = datetime(2026, 3, 2)
FOLLOW_UPS = ("email", "email", "call", "call", "voicemail", "text", "social", "portal")
EMPLOYER = (
    "other",
    "other",
    "decision_date",
    "decision_date",
    "will_contact",
    "no_calls",
    "no_contact",
    "rejection",
    "offer",
)


def moment(dice: random.Random) -> timedelta:
    """How long after the midnight before the first interview: the next 40 days, 7:30 to 19:30."""
    return timedelta(days=dice.randint(0, 40), minutes=15 * dice.randint(30, 78))


def history(dice: random.Random, name: str) -> list[Row]:
    """One candidate's application: an interview or two, notes, follow-ups, what the employer wrote."""

    def chance(one_in: int) -> bool:
        return dice.randrange(one_in) == 0

    names = dice.sample(sorted(PEOPLE), dice.randint(1, 3))
    reachable = not chance(4)
    common = {
        "candidate": name,
        "candidate_zone": dice.choice(["", "", "America/Los_Angeles", "Europe/London"]),
        "client": "Acme",
        "route": dice.choice(["direct", "direct", "direct", "direct_copy_agency", "unknown", "via_agency"]),
    }
    first = {"interviewer": names[0], "interviewer_email": PEOPLE[names[0]] if reachable else ""}
    start = MONDAY + timedelta(days=dice.randint(0, 25), hours=dice.randint(9, 16))
    end = start + timedelta(minutes=dice.choice([30, 60, 90]))
    with_date = chance(2)
    by = (start + timedelta(days=dice.randint(1, 20))).date().isoformat() if with_date else ""
    rows: list[Row] = []

    def add(sender: str, at: str, channel: str, kind: str, **more: str) -> None:
        other = "client" if sender == "candidate" else "candidate"
        subject = f"Vacancy {chr(65 + len(rows))}" if kind != "interview" else ""
        said = {"at": at, "sender": sender, "receiver": other, "channel": channel, "kind": kind, "subject": subject}
        rows.append({**common, **first, **said, **more})

    panel = {
        "interviewer": ";".join(names),
        "interviewer_email": ";".join(PEOPLE[n] if reachable else "" for n in names),
    }
    asked = dice.choice(["yes", "volunteered"] if with_date else ["", "no", "in_note"])
    told = {"ended_at": minute(end), "decision_on": by, "decision_asked": asked}
    add("client", minute(start), "in_person", "interview", **told, **panel)

    for _ in range(dice.randint(0, 2)):
        # most notes within two days, where the points change
        at = end + timedelta(minutes=15 * dice.randint(1, dice.choice([192, 700])))
        to = dice.choice([first, panel])
        channel = dice.choice(["email", "email", "card"])
        receiver = "agency" if common["route"] == "via_agency" else "client"
        written = at.date().isoformat() if chance(5) or channel == "card" else minute(at)
        add("candidate", written, channel, "thank_you", receiver=receiver, **to)

    midnight = datetime.combine(start.date(), datetime.min.time())
    over = False
    for delta in sorted({moment(dice) for _ in range(dice.randint(0, 7))}):
        at = midnight + delta
        if at < end:
            continue
        if not over and chance(4):
            kind = dice.choice(EMPLOYER)
            over = kind in ("rejection", "offer")
            names_day = kind == "decision_date" or (kind == "will_contact" and chance(2))
            named = (at + timedelta(days=dice.randint(1, 15))).date().isoformat() if names_day else ""
            add("client", minute(at), "email", kind, decision_on=named)
        else:
            channel = dice.choice(FOLLOW_UPS)
            note = dice.choice(["no answer", "no answer", "Spoke to Dana, no news"]) if channel == "call" else ""
            add("candidate", at.date().isoformat() if chance(10) else minute(at), channel, "follow_up", note=note)

    if not over and chance(5):
        again = midnight + timedelta(days=dice.randint(3, 30), hours=10)
        add("client", minute(again), "video", "interview", ended_at=minute(again + timedelta(hours=1)), **panel)
    return rows
