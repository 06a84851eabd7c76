"""A workspace of the first version, with a row in every table, is brought up to date and read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from alembic import command
from sqlalchemy import Engine, create_engine, select, text

from dashboard.store.care import holds
from dashboard.store.engine import alembic_config, current_revision, open_engine, reading
from dashboard.store.imports import imports
from dashboard.store.remarks import corrections
from dashboard.store.schema import METADATA
from dashboard.store.sessions import sessions
from dashboard.store.state import result, state

FIRST = (Path(__file__).parent / "first_version.sql").read_text("utf-8")
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)


def _in_server(where: str) -> None:
    """The first version's tables and rows in a PostgreSQL database."""
    engine = create_engine(where.replace("postgresql://", "postgresql+psycopg://", 1))
    with engine.connect() as connection, connection.begin():
        command.upgrade(alembic_config(connection), "0001")
        rows = re.findall(r"^INSERT INTO .*?\);$", FIRST, re.DOTALL | re.MULTILINE)
        rows = [row for row in rows if '"alembic_version"' not in row]
        # a row of an import stands before its bytes
        for row in sorted(rows, key=lambda row: '"content"' in row):
            connection.exec_driver_sql(re.sub(r"X'([0-9A-F]*)'", r"'\\x\1'", row).replace("%", "%%"))
    engine.dispose()


@pytest.fixture
def upgraded(where: str) -> Iterator[Engine]:
    if "://" in where:
        _in_server(where)
    else:
        database = sqlite3.connect(where)
        database.executescript(FIRST)
        database.close()
    engine = open_engine(where)
    yield engine
    engine.dispose()


def test_every_row_of_the_first_version_is_still_there(upgraded: Engine) -> None:
    assert current_revision(upgraded) == "0003"
    before = {name: len(re.findall(rf'^INSERT INTO "{name}"', FIRST, re.MULTILINE)) for name in METADATA.tables}
    assert [name for name, count in before.items() if not count] == ["put_away", "erased"]
    with reading(upgraded) as connection:
        after = {name: len(connection.execute(select(table)).all()) for name, table in METADATA.tables.items()}
    assert after == before


def test_every_cell_and_every_result_is_as_it_was(upgraded: Engine, tmp_path: Path) -> None:
    place = tmp_path / "first.db"
    database = sqlite3.connect(place)
    database.executescript(FIRST)
    database.close()
    first = create_engine(f"sqlite:///{place}")
    made = []
    for engine in (first, upgraded):
        with engine.connect() as connection:
            tables = [table for name, table in METADATA.tables.items() if name not in ("erased", "put_away")]
            cells = {
                table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables
            }
            made.append((cells, result(state(connection), NOON)))
    first.dispose()
    (cells, before), (cells_now, after) = made
    assert cells_now == cells
    assert len(before.rows) > 0
    for name in ("candidates", "applications", "units", "rows", "findings", "contacts"):
        pd.testing.assert_frame_equal(getattr(after, name), getattr(before, name))


def test_what_it_says_is_read_as_it_was_said(upgraded: Engine) -> None:
    with reading(upgraded) as connection:
        known = state(connection)
        scores = result(known, NOON)
        (session,) = sessions(connection)
        assert [one.name for one in imports(connection, everything=True)] == ["ana.csv", "ben.csv"]
        assert [(c.what, c.reason) for c in corrections(connection)] == [("asked_for", "Zoë said so")]
        assert list(holds(connection)) == [session.candidate_key]
    assert (known.answers.zone, known.policy.version, known.settings.clients["acme"].route) == (
        "America/New_York",
        "2026-11-23+c77b0ca3",
        "via_agency",
    )
    assert sorted(scores.candidates["candidate"]) == ["Ana Lind", "Ben Cole"]
    assert scores.contacts["asked_for"].sum() == 1
    assert session.candidate_key in set(scores.candidates["candidate_key"])
    assert session.agreed is not None
    assert session.agreed.sentence == "Leave it until Friday."


def test_a_workspace_of_a_newer_version_is_left_alone(upgraded: Engine, where: str) -> None:
    with upgraded.connect() as connection, connection.begin():
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Exception, match="newer version of Followthrough"):
        open_engine(where)
