"""Killed in the middle, or out of space: the workspace is as it was before, and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dashboard.store.backup import back_up, restore
from dashboard.store.care import erase
from dashboard.store.engine import open_engine, reading, writing
from dashboard.store.imports import imports, keep
from dashboard.store.schema import METADATA
from dashboard.store.state import result, state
from dashboard.store.upkeep import look_after

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
LOG = (
    b"candidate,candidate_email,at,kind\n"
    b"Zenobia Quist,zq@mail.example,2026-03-03 10:00,interview\nBen Cole,ben@mail.example,2026-03-03 14:00,interview\n"
)
START = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from dashboard.store import arriving, backup, care, imports
from dashboard.store.engine import open_engine, writing
engine, now = open_engine(sys.argv[1]), datetime(2026, 3, 20, 12, tzinfo=UTC)
def stop(*args, **more):
    print("half way", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def desk(engine: Engine) -> Engine:
    """A workspace with two people."""
    with writing(engine) as connection:
        keep(connection, "log.csv", LOG, "Kim", NOON)
    return engine


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row; waits for what a killed writer left to be rolled back."""
    with writing(engine) as connection:
        tables = METADATA.tables.items()
        return {name: [tuple(row) for row in connection.execute(select(t))] for name, t in tables if name != "cache"}


def key_of(engine: Engine, name: str) -> str:
    with reading(engine) as connection:
        people = result(state(connection), NOON).candidates.set_index("candidate")["candidate_key"]
    return str(people[name])


def names(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return sorted(result(state(connection), NOON).candidates["candidate"])


def killed(code: str, where: str, *more: str) -> None:
    """Run code until it says that it is half way, and kill it there."""
    child = subprocess.Popen([sys.executable, "-c", START + code, where, *more], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "half way\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()


def settled(engine: Engine, before: dict[str, list[tuple[object, ...]]]) -> None:
    """The workspace is as before, as soon as a server noticed that its client died."""
    for _ in range(100):
        if everything(engine) == before:
            break
        time.sleep(0.05)
    assert everything(engine) == before


def test_killed_during_an_import(desk: Engine, where: str) -> None:
    before = everything(desk)
    code = """
with writing(engine) as connection:
    arriving.arrive(connection, "late.csv", b"candidate,at,kind\\nCy,2026-03-03,reply\\n" * 50000, "Kim", now)
    stop()
"""
    killed(code, where)
    settled(desk, before)
    with writing(desk) as connection:
        keep(connection, "next.csv", LOG + b"\n", "Kim", NOON)
    assert [one.name for one in _imports(desk)] == ["log.csv", "next.csv"]


def _imports(engine: Engine) -> list[object]:
    with reading(engine) as connection:
        return list(imports(connection))


def test_killed_during_an_erasure(desk: Engine, where: str) -> None:
    before, key = everything(desk), key_of(desk, "Zenobia Quist")
    killed("care.remember = stop\ncare.erase(engine, sys.argv[2], 'Kim', now)\n", where, key)
    settled(desk, before)
    assert names(desk) == ["Ben Cole", "Zenobia Quist"]
    erase(desk, key, "Kim", NOON)
    assert names(desk) == ["Ben Cole"]


def test_killed_before_the_space_was_overwritten_it_is_done_at_the_next_opening(desk: Engine, where: str) -> None:
    key = key_of(desk, "Zenobia Quist")
    killed("care.overwrite = stop\ncare.erase(engine, sys.argv[2], 'Kim', now)\n", where, key)
    assert names(desk) == ["Ben Cole"]
    desk.dispose()
    again = open_engine(where)
    assert look_after(again, NOON) == ["What was removed earlier is overwritten now."]
    if "://" not in where:
        held = [file for file in Path(where).parent.iterdir() if b"Zenobia" in file.read_bytes()]
        assert held == []
    again.dispose()


def test_killed_during_a_restore(desk: Engine, where: str, tmp_path: Path) -> None:
    back_up(desk, tmp_path / "friday.backup")
    whole = everything(desk)
    other = str(tmp_path / "other.db") if "://" not in where else where
    if other == where:
        with writing(desk) as connection:
            for table in reversed(METADATA.sorted_tables):
                connection.execute(table.delete())
    engine = open_engine(other)
    empty = everything(engine)
    code = """
fill = backup._fill
def filled(connection, table, archive):
    rows = fill(connection, table, archive)
    if table.name == "upload":
        stop()
    return rows
backup._fill = filled
backup.restore(engine, Path(sys.argv[2]))
"""
    killed(code, other, str(tmp_path / "friday.backup"))
    settled(engine, empty)
    assert restore(engine, tmp_path / "friday.backup") > 2
    assert everything(engine) == whole
    engine.dispose()


FULL = """
import os, resource
from dashboard.store.engine import StoreError
size = max(Path(sys.argv[1] + end).stat().st_size for end in ("", "-wal") if Path(sys.argv[1] + end).exists())
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 200_000, size + 200_000))
try:
    if len(sys.argv) == 2:
        with writing(engine) as connection:
            imports.keep(connection, "late.csv", os.urandom(3_000_000), "Kim", now)
    else:
        backup.back_up(engine, Path(sys.argv[2]))
except StoreError as problem:
    print(problem)
"""


def said_when_full(where: Path, *more: Path) -> str:
    words = [sys.executable, "-c", START + FULL, str(where), *map(str, more)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def test_a_full_disk_during_an_import_changes_nothing_and_is_said(tmp_path: Path) -> None:
    place = tmp_path / "workspace.db"
    engine = open_engine(str(place))
    with writing(engine) as connection:
        keep(connection, "log.csv", LOG, "Kim", NOON)
    before = everything(engine)
    engine.dispose()
    said = said_when_full(place)
    assert said.startswith("Nothing was changed: ")
    again = open_engine(str(place))
    assert everything(again) == before
    again.dispose()


def test_a_full_disk_during_a_backup_leaves_no_half_file_and_the_older_backup(tmp_path: Path) -> None:
    place, backup = tmp_path / "workspace.db", tmp_path / "friday.backup"
    engine = open_engine(str(place))
    back_up(engine, backup)
    older = backup.read_bytes()
    with writing(engine) as connection:
        keep(connection, "noise.csv", os.urandom(2_000_000), "Kim", NOON)
    engine.dispose()
    code = FULL.replace("size + 200_000, size + 200_000", "200_000, 200_000")
    words = [sys.executable, "-c", START + code, str(place), str(backup)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "friday.backup cannot be written: file too large" in said
    assert backup.read_bytes() == older
    assert sorted(file.name for file in tmp_path.iterdir() if "backup" in file.name) == ["friday.backup"]
