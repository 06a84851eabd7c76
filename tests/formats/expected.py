"""Exports read to the contacts they should give, as text that can stand in a test."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis.checked import Answers, CheckedLog
from analysis.loading import load

EXPORTS = Path(__file__).parents[1] / "exports"
NEW_YORK = Answers(zone="America/New_York", calendar="US")
COLUMNS = ("candidate", "at", "sender", "receiver", "channel", "kind", "state")


def loaded(name: str, answers: Answers = NEW_YORK) -> CheckedLog:
    """The log of one of the exports in ``tests/exports``."""
    return load([(name, (EXPORTS / name).read_bytes())], answers)


def read_text(text: str, answers: Answers = NEW_YORK) -> CheckedLog:
    """The log of an export that stands in a test."""
    return load([("export.csv", text.encode())], answers)


def seen(frame: pd.DataFrame, *more: str, zone: str = "America/New_York") -> list[str]:
    """Contacts as lines of cells joined by commas: those of `COLUMNS`, then ``more``.

    A time is written on the clock of ``zone``, to the minute, a day as a day, an evening by that word, and no date as
    nothing.
    """
    return [
        ",".join(_when(row, zone) if name == "at" else str(row[name]) for name in (*COLUMNS, *more))
        for row in frame.to_dict("records")
    ]


def _when(row: dict[str, object], zone: str) -> str:
    moment = row["at"]
    if not isinstance(moment, pd.Timestamp):
        return ""
    clock = {"day": "", "evening": " evening"}.get(str(row["precision"]), " %H:%M")
    return moment.tz_convert(zone).strftime(f"%Y-%m-%d{clock}")


def asked(log: CheckedLog) -> list[str]:
    """Codes of what a person should decide, each once, in order."""
    return list(dict.fromkeys(p.code for p in log.problems if p.kind.severity == "ask"))


def said(log: CheckedLog) -> set[str]:
    """Codes of everything that is said about the files."""
    return {p.code for p in log.problems}


def aside(log: CheckedLog) -> list[tuple[int, str]]:
    """Line and code of every row that was set aside."""
    return list(zip(log.set_aside["line"], log.set_aside["code"], strict=True))


def lines(text: str) -> list[str]:
    """The lines of a text, without the blank ones at its ends."""
    return text.strip().splitlines()
