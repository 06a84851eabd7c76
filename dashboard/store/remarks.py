"""Corrections and contacts typed by hand, as rows of the workspace."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from analysis.corrections import Correction, valid
from analysis.log import PLAIN_COLUMNS
from dashboard.store.records import add, standing, undo
from dashboard.store.schema import CORRECTION, TYPED

TYPED_FILE = "Typed by your team"


def correct(
    connection: Connection,
    what: str,
    about: str,
    value: Mapping[str, str],
    author: str,
    now: datetime,
    reason: str = "",
) -> int:
    """Keep a correction; no reason is kept for an accommodation. Raises `CorrectionError` for a senseless one."""
    valid(Correction("", what, about, value))
    kept = "" if what == "accommodation" else reason
    return add(connection, CORRECTION, author, now, what=what, about=about, value=dict(value), reason=kept)


def corrections(connection: Connection, at: datetime | None = None) -> tuple[Correction, ...]:
    """The corrections that hold now, or held at a moment, in the order they were made."""
    return tuple(
        Correction(str(row["id"]), row["what"], row["about"], row["value"], row["reason"], row["author"], row["at"])
        for row in standing(connection, CORRECTION, at)
    )


def take_back_correction(connection: Connection, number: int, author: str, now: datetime) -> None:
    """Undo a correction."""
    undo(connection, CORRECTION, number, author, now)


def type_in(connection: Connection, fields: Mapping[str, str], source: str, author: str, now: datetime) -> int:
    """Keep a contact (``source``: ``typed``) or a line of a debrief; ``fields`` are columns of the plain layout.

    Raises ``ValueError`` for a field that the plain layout does not have.
    """
    unknown = sorted(set(fields) - set(PLAIN_COLUMNS))
    if unknown:
        raise ValueError(f"not in the plain layout: {', '.join(unknown)}")
    return add(connection, TYPED, author, now, source=source, fields=dict(fields))


def typed_file(connection: Connection, at: datetime | None = None) -> bytes:
    """Everything typed by hand as one file of the plain layout; empty where nothing was."""
    rows = standing(connection, TYPED, at)
    if not rows:
        return b""
    out = io.StringIO()
    writer = csv.DictWriter(out, PLAIN_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows([row["fields"] for row in rows])
    return out.getvalue().encode()


@dataclass(frozen=True, slots=True)
class Typed:
    """A contact typed by hand, or a line of a debrief: ``fields`` are columns of the plain layout."""

    number: int
    source: str
    fields: Mapping[str, str]
    author: str
    at: str


def typed(connection: Connection, at: datetime | None = None) -> list[Typed]:
    """What was typed by hand and holds, in the order it was typed."""
    rows = standing(connection, TYPED, at)
    return [Typed(row["id"], row["source"], row["fields"], row["author"], row["at"]) for row in rows]


def take_back_typed(connection: Connection, number: int, author: str, now: datetime) -> None:
    """Undo a contact typed by hand."""
    undo(connection, TYPED, number, author, now)
