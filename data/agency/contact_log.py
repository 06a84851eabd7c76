"""The main log: every row of every story in the plain layout, with the slips a real log has."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from agency.process import Process

COLUMNS = (
    *("candidate", "candidate_id", "candidate_email", "candidate_phone", "candidate_zone"),
    *("client", "client_zone", "client_calendar", "job"),
    *("interviewer", "interviewer_email", "interviewer_phone", "recruiter", "route"),
    *("at", "ended_at", "logged_at", "sender", "receiver", "channel", "kind", "state"),
    *("decision_on", "decision_asked", "topics", "subject", "note", "message_id"),
)

DEFECTS: tuple[dict[str, str], ...] = (
    {"candidate": "", "candidate_id": "", "candidate_email": "", "candidate_phone": "", "note": "LVM - who was this?"},
    {"at": "2026-02-30 10:00", "note": "f/u call"},
    {"kind": "interview", "channel": "in_person", "at": "2026-08-13 15:00", "ended_at": "2026-08-13 14:00"},
    {"channel": "pager", "note": "paged, no reply"},
    {"kind": "intervew", "channel": "video", "note": "second round?"},
    {"at": "", "note": "emailed Dana, date?"},
    {"at": "13/26/2026", "note": "check in"},
)
"""Rows somebody got wrong; the loader has to set them aside or ask, each with a reason."""


def moment(at: date, zone: str, offset: bool) -> str:
    """The moment as the log writes it: day only, to the minute, to the second, or with an offset."""
    if not isinstance(at, datetime):
        return at.isoformat()
    text = at.strftime("%Y-%m-%d %H:%M:%S" if at.second else "%Y-%m-%d %H:%M")
    if offset:
        shift = at.replace(tzinfo=ZoneInfo(zone)).strftime("%z")
        text += f"{shift[:3]}:{shift[3:]}"
    return text


def cells(row: dict[str, Any], rng: random.Random) -> dict[str, str]:
    """One row of the log as text."""
    p: Process = row["process"]
    who, client = p.candidate, p.client
    offset = client.zone != "America/Detroit" and rng.random() < 0.12
    bare = client.zone == "America/Detroit" and rng.random() < 0.4
    out = dict.fromkeys(COLUMNS, "")
    out |= {name: row[name] for name in COLUMNS if isinstance(row.get(name), str)}
    out |= {name: moment(row[name], client.zone, offset) for name in ("at", "ended_at", "logged_at") if row.get(name)}
    out |= {
        "candidate": f"{who.last}, {who.first}" if rng.random() < 0.04 else who.name,
        "candidate_id": who.number,
        "candidate_email": who.email if rng.random() < 0.95 else "",
        "candidate_phone": who.phone if rng.random() < 0.5 else "",
        "candidate_zone": who.zone if who.zone != "America/Detroit" else "",
        "client": client.name,
        "client_zone": "" if bare else client.zone,
        "client_calendar": "" if bare else client.calendar,
        "recruiter": who.recruiter,
        "route": client.route,
    }
    return out


def typed(row: dict[str, Any]) -> datetime:
    """About when the row was entered."""
    at = row.get("logged_at") or row["at"]
    return at if isinstance(at, datetime) else datetime.combine(at, time(17))


def table(told: Iterable[Process], rng: random.Random) -> list[dict[str, str]]:
    """All rows in the order they were typed: by time, duplicates somewhat later, defects in between."""
    rows = [row for p in told for row in p.rows]
    rows.sort(key=lambda row: typed(row) + timedelta(minutes=rng.randrange(150)))
    log = [cells(row, rng) for row in rows]
    pattern = [r for r in log if r["kind"] == "follow_up" and r["sender"] == "candidate" and len(r["at"]) == 16]
    exact = next(r for r in log if r["kind"] == "thank_you" and r["note"].startswith("Dear"))
    log.insert(len(log) // 2, dict(exact))
    for n, wrong in enumerate(DEFECTS):
        log.insert((n + 1) * len(log) // (len(DEFECTS) + 1), pattern[n * len(pattern) // len(DEFECTS)] | wrong)
    return log
