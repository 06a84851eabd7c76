"""Everything held about one person as files that any spreadsheet or editor opens."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from analysis.corrected import as_said
from analysis.facts import measure
from analysis.former import former_keys, keys_of
from analysis.identity import identities
from analysis.log import PLAIN_COLUMNS
from analysis.reading.reader import read_tables
from analysis.rejects import defused
from analysis.scoring import score_facts
from dashboard.store.imports import ORIGINAL
from dashboard.store.persons import marks_of, theirs
from dashboard.store.records import note, standing
from dashboard.store.removing import Held, held_imports
from dashboard.store.sayings import said
from dashboard.store.schema import CORRECTION, HOLD, PUT_AWAY, SESSION
from dashboard.store.state import checked, state


def copy_of(connection: Connection, candidate_key: str, as_of: datetime) -> bytes:
    """Everything held about one person, as a ZIP: a ``README.txt`` that lists the others, each a CSV.

    Contacts of imports that were taken back but are still stored stand apart. Where a file is kept as it came, their
    rows stand there with every column of it. Notes about other people that name this one are not in it: they are other
    people's data.
    """
    known = state(connection)
    log = checked(known)
    corrected, people = as_said(log, known.corrections, known.links)
    facts = measure(corrected, pd.Timestamp(as_of), known.policy.classes, people=people)
    scores = score_facts(facts, known.policy)
    keys = keys_of(candidate_key, former_keys(people))
    here = (scores.contacts["candidate_key"] == candidate_key).to_numpy()
    mine = scores.contacts[here]
    about = set(identities(log.contacts[here])) | keys
    marks = marks_of(mine)
    waiting = log.undated[theirs(log.undated, marks)]
    undone: list[pd.DataFrame] = []
    came: list[list[dict[str, Any]]] = []
    for held in held_imports(connection, known, log):
        own = theirs(held.contacts, marks) if held.rows is None else here[held.rows]
        if held.rows is None:
            undone.append(held.contacts[own])
        came.extend(
            _as_they_came(held, pd.concat([held.contacts[own], waiting]) if held.rows is not None else undone[-1])
        )
    rows = scores.rows[scores.rows["candidate_key"] == candidate_key]
    settings = [
        {"name": name, "value": value}
        for (scope, whom, name), (_, value) in said(connection).items()
        if scope == "candidate" and whom in keys
    ]
    parts: dict[str, Sequence[Mapping[Any, Any]]] = {
        "contacts.csv": mine[[*PLAIN_COLUMNS, "class", "why", "reference"]].to_dict("records"),
        "contacts_taken_back.csv": [row for part in undone for row in part[list(PLAIN_COLUMNS)].to_dict("records")],
        "scores.csv": scores.candidates[scores.candidates["candidate_key"] == candidate_key].to_dict("records"),
        "deductions.csv": rows[["family", "rule", "measured", "limit", "candidate_points"]].to_dict("records"),
        "corrections.csv": [dict(row) for row in standing(connection, CORRECTION) if row["about"] in about],
        "sessions.csv": [dict(row) for row in standing(connection, SESSION) if row["candidate_key"] in keys],
        "put_away.csv": [dict(row) for row in standing(connection, PUT_AWAY) if row["candidate_key"] in keys],
        "settings.csv": settings,
        "holds.csv": [dict(row) for row in standing(connection, HOLD) if row["candidate_key"] in keys],
        **{f"as_it_came_{number}.csv": rows for number, rows in enumerate(came, start=1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        told = [f"{name}: {len(part)} {'row' if len(part) == 1 else 'rows'}" for name, part in parts.items()]
        archive.writestr("README.txt", "What this agency's workspace holds about you.\n\n" + "\n".join(told) + "\n")
        for name, part in parts.items():
            archive.writestr(name, _csv(part))
    return out.getvalue()


def _as_they_came(held: Held, mine: pd.DataFrame) -> Iterator[list[dict[str, Any]]]:
    """The rows of a file from which contacts were read, for each of its tables that has some: all their columns."""
    if held.one.form != ORIGINAL or mine.empty:
        return
    for table in read_tables(held.data, held.one.name):
        wanted = np.isin(table.lines, mine.loc[mine["file"] == table.name, "line"].to_numpy())
        if wanted.any():
            places = pd.DataFrame(
                {"(file)": table.name, "(line)": table.lines[wanted]}, index=table.frame.index[wanted]
            )
            rows = pd.concat([places, table.frame[wanted]], axis=1)
            yield [dict(zip(rows.columns, row, strict=True)) for row in rows.itertuples(index=False, name=None)]


def _csv(rows: Sequence[Mapping[Any, Any]]) -> str:
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_shown(str(name)) for name in rows[0]])
    writer.writerows([_shown(value) for value in row.values()] for row in rows)
    return out.getvalue()


def _shown(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
    return defused(shown) if isinstance(shown, str) else shown


def note_copy(connection: Connection, candidate_key: str, author: str, now: datetime) -> None:
    """Write into the audit log that a copy was handed out."""
    note(connection, author, now, "copy", candidate_key)
