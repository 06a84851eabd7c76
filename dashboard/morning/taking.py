"""The list as files: a table for the agency's own system, and days for a calendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pandas as pd
from icalendar import Calendar, Event

from dashboard.exports import csv

CSV_NAME: Final = "today.csv"
CALENDAR_NAME: Final = "today.ics"


def table(rows: pd.DataFrame, as_of: pd.Timestamp) -> bytes:
    """One line a row: what, candidate, client, sentence, reason, do, since, as_of; formulas defused."""
    since = rows["since"].dt.tz_convert(as_of.tz).map(lambda at: at.isoformat() if not pd.isna(at) else "")
    told = rows[["what", "candidate", "client", "sentence", "reason", "do"]]
    return csv(told.assign(since=since.astype("str"), as_of=as_of.isoformat()))


def calendar(rows: pd.DataFrame, as_of: pd.Timestamp) -> bytes:
    """One event a row, on the day of ``as_of``; each keeps its identity, so that a second import doubles nothing."""
    found = Calendar()
    found.add("prodid", "-//Followthrough//Today//EN")
    found.add("version", "2.0")
    day = as_of.date()
    for row in rows.to_dict("records"):
        event = Event()
        event.add("uid", f"{row['about']}-{day.isoformat()}@followthrough.invalid")
        event.add("dtstamp", datetime.combine(day, datetime.min.time(), UTC))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", str(row["sentence"]))
        event.add("description", f"{row['reason']}.")
        found.add_component(event)
    return bytes(found.to_ical())
