"""What is put into the workspace is there, holds at its time, and is taken back once; on SQLite and PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

from analysis.corrections import Correction, CorrectionError
from dashboard.store.engine import Conflict, StoreError, current_revision, open_engine, reading, writing
from dashboard.store.imports import contents, imports, keep, take_back
from dashboard.store.records import standing
from dashboard.store.remarks import correct, corrections, take_back_correction, type_in, typed_file
from dashboard.store.schema import AUDIT, METADATA

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANA = b"candidate,at,kind\nAna Lind,2026-03-03 10:00,interview\n"


def test_the_migrations_make_the_tables_that_the_code_expects(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_a_workspace_is_opened_again_with_what_was_in_it(where: str) -> None:
    first = open_engine(where)
    with writing(first) as connection:
        keep(
            connection, "ana.csv", ANA, "Kim", NOON, complete={"ana.csv": "yes"}, profile="plain", account={"lines": 2}
        )
    first.dispose()
    again = open_engine(where)
    with reading(again) as connection:
        (found,) = imports(connection)
        assert (found.name, found.complete, found.author, found.account) == (
            "ana.csv",
            {"ana.csv": "yes"},
            "Kim",
            {"lines": 2},
        )
        assert contents(connection, [found.number]) == {found.number: ANA}
    again.dispose()


def test_a_workspace_of_a_newer_version_is_refused_in_words(where: str) -> None:
    engine = open_engine(where)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match="newer version of Followthrough"):
        open_engine(where)


def test_a_file_that_is_no_workspace_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"Call Ana on Tuesday. " * 100)
    with pytest.raises(StoreError, match="cannot be opened: file is not a database"):
        open_engine(str(tmp_path / "notes.db"))


def test_the_same_bytes_add_nothing_and_say_so(engine: Engine) -> None:
    with writing(engine) as connection:
        keep(connection, "ana.csv", ANA, "Kim", NOON)
    with (
        pytest.raises(Conflict, match=r"copy.csv is in the workspace already, as ana.csv"),
        writing(engine) as connection,
    ):
        keep(connection, "copy.csv", ANA, "Kim", NOON)
    with reading(engine) as connection:
        assert [i.name for i in imports(connection)] == ["ana.csv"]


def test_an_import_taken_back_is_gone_now_and_was_there_then(engine: Engine) -> None:
    with writing(engine) as connection:
        number = keep(connection, "ana.csv", ANA, "Kim", NOON)
    with writing(engine) as connection:
        take_back(connection, number, "Lee", NOON + 2 * HOUR)
    with reading(engine) as connection:
        assert imports(connection) == []
        assert imports(connection, NOON - HOUR) == []
        assert [i.name for i in imports(connection, NOON + HOUR)] == ["ana.csv"]
        assert imports(connection, NOON + 3 * HOUR) == []
    with writing(engine) as connection:
        assert keep(connection, "ana.csv", ANA, "Lee", NOON + 3 * HOUR) > number


def test_two_people_who_undo_the_same_thing_are_told_of_each_other(engine: Engine) -> None:
    with writing(engine) as connection:
        number = correct(connection, "left_out", "a" * 32, {}, "Kim", NOON, "not hers")
    with writing(engine) as connection:
        take_back_correction(connection, number, "Lee", NOON + HOUR)
    with (
        pytest.raises(Conflict, match=r"Lee took this back already \(2026-03-03 13:00 UTC\)"),
        writing(engine) as connection,
    ):
        take_back_correction(connection, number, "Kim", NOON + 2 * HOUR)


def test_corrections_come_back_as_they_were_said(engine: Engine) -> None:
    with writing(engine) as connection:
        correct(connection, "kind", "a" * 32, {"kind": "logistics"}, "Kim", NOON, "a parking question")
        correct(connection, "accommodation", "b" * 16, {"family": "timing"}, "Kim", NOON, "private")
    with reading(engine) as connection:
        first, second = corrections(connection)
    at = "2026-03-03T12:00:00.000000+00:00"
    assert first == Correction("1", "kind", "a" * 32, {"kind": "logistics"}, "a parking question", "Kim", at)
    assert second.reason == "", "no reason is kept for an accommodation"


def test_a_correction_that_means_nothing_is_not_kept(engine: Engine) -> None:
    with pytest.raises(CorrectionError), writing(engine) as connection:
        correct(connection, "kind", "a" * 32, {"kind": "chat"}, "Kim", NOON)
    with reading(engine) as connection:
        assert corrections(connection) == ()


def test_contacts_typed_by_hand_are_a_file_of_the_plain_layout(engine: Engine) -> None:
    with writing(engine) as connection:
        type_in(
            connection, {"candidate": "Ana Lind", "at": "2026-03-03 18:30", "kind": "thank_you"}, "typed", "Kim", NOON
        )
    with reading(engine) as connection:
        head, row = typed_file(connection).decode().splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True))["kind"] == "thank_you"


def test_who_did_what_stands_in_the_audit_log_without_a_candidates_name(engine: Engine) -> None:
    with writing(engine) as connection:
        number = keep(connection, "ana.csv", ANA, "Kim", NOON)
        take_back(connection, number, "Lee", NOON)
    with reading(engine) as connection:
        done = [(row.who, row.did, row.about) for row in connection.execute(AUDIT.select().order_by(AUDIT.c.id))]
    assert done == [("Kim", "add upload", str(number)), ("Lee", "undo upload", str(number))]


def _write_corrections(where: str, writer: int) -> None:
    engine = open_engine(where)
    for number in range(5):
        with writing(engine) as connection:
            correct(connection, "left_out", f"{writer:016x}{number:016x}", {}, f"Writer {writer}", NOON)
    engine.dispose()


def test_twenty_writers_at_once_lose_nothing(where: str) -> None:
    open_engine(where).dispose()
    with ThreadPoolExecutor(20) as writers:
        list(writers.map(partial(_write_corrections, where), range(20)))
    engine = open_engine(where)
    with reading(engine) as connection:
        assert len({c.about for c in corrections(connection)}) == 100
    engine.dispose()


KILLED = """
import sys, time
from datetime import UTC, datetime
from dashboard.store.engine import open_engine, writing
from dashboard.store.imports import keep
engine = open_engine(sys.argv[1])
with writing(engine) as connection:
    keep(connection, "late.csv", b"x" * 5_000_000, "Kim", datetime(2026, 3, 4, tzinfo=UTC))
    print("half way", flush=True)
    time.sleep(60)
"""


def test_a_kill_in_the_middle_of_an_import_leaves_the_workspace_as_before(where: str) -> None:
    engine = open_engine(where)
    with writing(engine) as connection:
        keep(connection, "ana.csv", ANA, "Kim", NOON)
    child = subprocess.Popen([sys.executable, "-c", KILLED, where], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "half way\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    for _ in range(100):
        with writing(engine) as connection:  # the next writer is not kept waiting either
            names = [i.name for i in imports(connection)]
        if names == ["ana.csv"]:
            break
        time.sleep(0.05)
    assert names == ["ana.csv"]
    with reading(engine) as connection:
        assert len(standing(connection, METADATA.tables["upload"])) == 1
    engine.dispose()


def test_an_empty_database_has_no_revision_until_it_is_opened(where: str) -> None:
    engine = open_engine(where)
    assert current_revision(engine) == "0003"
    engine.dispose()
