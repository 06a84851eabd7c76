"""Random small logs in the plain layout: kinds named, minutes known or days only, several zones."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from reference.rows import Setting

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


def minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


MONDAY = datetime(2026, 3, 2)
PLACES = st.sampled_from([("America/New_York", "US"), ("Europe/London", "GB-ENG")])
FOLLOW_UPS = st.sampled_from(["email", "email", "call", "call", "voicemail", "text", "social", "portal"])
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
MOMENTS = st.builds(
    lambda day, quarter: timedelta(days=day, minutes=15 * quarter), st.integers(0, 40), st.integers(30, 78)
)


@st.composite
def settings(draw: st.DrawFn, complete: bool | None = None) -> Setting:
    zone, calendar = draw(PLACES)
    day = draw(st.integers(15, 95))
    as_of = (MONDAY + timedelta(days=day, hours=12)).replace(tzinfo=ZoneInfo(zone))
    return Setting(zone, calendar, draw(st.booleans()) if complete is None else complete, as_of)


@st.composite
def histories(draw: st.DrawFn, name: str, employer: bool = True) -> list[Row]:
    """One candidate's application: an interview or two, notes, follow-ups, what the employer wrote."""
    names = draw(st.lists(st.sampled_from(sorted(PEOPLE)), min_size=1, max_size=3, unique=True))
    reachable = draw(st.booleans()) or draw(st.booleans())
    common = {
        "candidate": name,
        "candidate_zone": draw(st.sampled_from(["", "", "America/Los_Angeles", "Europe/London"])),
        "client": "Acme",
        "route": draw(st.sampled_from(["direct", "direct", "direct", "direct_copy_agency", "unknown", "via_agency"])),
    }
    first = {"interviewer": names[0], "interviewer_email": PEOPLE[names[0]] if reachable else ""}
    start = MONDAY + timedelta(days=draw(st.integers(0, 25)), hours=draw(st.integers(9, 16)))
    end = start + timedelta(minutes=draw(st.sampled_from([30, 60, 90])))
    with_date = draw(st.booleans())
    by = (start + timedelta(days=draw(st.integers(1, 20)))).date().isoformat() if with_date else ""
    rows: list[Row] = []

    def add(sender: str, at: str, channel: str, kind: str, **more: str) -> None:
        other = "client" if sender == "candidate" else "candidate"
        subject = f"Vacancy {chr(65 + len(rows))}" if kind != "interview" else ""
        rows.append(
            {
                **common,
                **first,
                "at": at,
                "sender": sender,
                "receiver": other,
                "channel": channel,
                "kind": kind,
                "subject": subject,
                **more,
            }
        )

    panel = {
        "interviewer": ";".join(names),
        "interviewer_email": ";".join(PEOPLE[n] if reachable else "" for n in names),
    }
    asked = draw(st.sampled_from(["yes", "volunteered"] if with_date else ["", "no", "in_note"]))
    add(
        "client",
        minute(start),
        "in_person",
        "interview",
        ended_at=minute(end),
        decision_on=by,
        decision_asked=asked,
        **panel,
    )

    for _ in range(draw(st.integers(0, 2))):
        at = end + timedelta(minutes=15 * draw(st.integers(1, 700)))
        known_day = draw(st.integers(0, 4)) == 0
        to = draw(st.sampled_from([first, panel]))
        channel = draw(st.sampled_from(["email", "email", "card"]))
        receiver = "agency" if common["route"] == "via_agency" else "client"
        add(
            "candidate",
            at.date().isoformat() if known_day or channel == "card" else minute(at),
            channel,
            "thank_you",
            receiver=receiver,
            **to,
        )

    over = False
    for delta in sorted(draw(st.lists(MOMENTS, max_size=7, unique=True))):
        at = datetime.combine(start.date(), datetime.min.time()) + delta
        if at < end:
            continue
        if employer and not over and draw(st.integers(0, 3)) == 0:
            kind = draw(st.sampled_from(EMPLOYER))
            over = kind in ("rejection", "offer")
            named = ""
            if kind == "decision_date" or (kind == "will_contact" and draw(st.booleans())):
                named = (at + timedelta(days=draw(st.integers(1, 15)))).date().isoformat()
            add("client", minute(at), "email", kind, decision_on=named)
        else:
            known_day = draw(st.integers(0, 9)) == 0
            channel = draw(FOLLOW_UPS)
            note = (
                draw(st.sampled_from(["no answer", "no answer", "Spoke to Dana, no news"])) if channel == "call" else ""
            )
            add("candidate", at.date().isoformat() if known_day else minute(at), channel, "follow_up", note=note)

    if not over and draw(st.integers(0, 4)) == 0:
        again = datetime.combine(start.date(), datetime.min.time()) + timedelta(days=draw(st.integers(3, 30)), hours=10)
        add("client", minute(again), "video", "interview", ended_at=minute(again + timedelta(hours=1)), **panel)
    return rows


@st.composite
def logs(draw: st.DrawFn, candidates: int = 3, **more: Any) -> list[Row]:
    names = ["Abe Ash", "Bee Bay", "Cat Box"][: draw(st.integers(1, candidates))]
    return [row for name in names for row in draw(histories(name, **more))]


def day_of(text: str) -> date:
    return date.fromisoformat(text[:10])
