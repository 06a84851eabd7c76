"""A backup holds everything, is restored into either database, and a wrong file changes nothing."""

from __future__ import annotations

import stat
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from analysis.agreed import Action
from dashboard.store.backup import back_up, restore
from dashboard.store.engine import StoreError, open_engine, reading, writing
from dashboard.store.imports import contents, imports, keep, take_back
from dashboard.store.remarks import correct, corrections, type_in
from dashboard.store.sayings import save_policy, say
from dashboard.store.schema import CACHE, METADATA
from dashboard.store.sessions import hold, sessions

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
ANA = b"candidate,at,kind\nAna Lind,2026-03-03 10:00,interview\n"


def filled(engine: Engine) -> None:
    with writing(engine) as connection:
        keep(connection, "ana.csv", ANA, "Kim", NOON, complete={"ana.csv": "yes"})
        take_back(connection, keep(connection, "ben.csv", b"Ben", "Kim", NOON), "Lee", NOON)
        correct(connection, "kind", "a" * 32, {"kind": "logistics"}, "Kim", NOON, "Zoë’s parking question")
        type_in(connection, {"candidate": "Ana Lind", "at": "2026-03-03 18:30"}, "typed", "Kim", NOON)
        say(connection, ("client", "acme", "setting"), {"route": "via_agency"}, "Kim", NOON)
        save_policy(connection, "Ours", "[weights.timing]\nvalue = 0.3\n", "Kim", NOON)
        rest = Action("Leave it until Friday.", "leave_it", date(2026, 3, 6))
        hold(connection, "c" * 16, date(2026, 3, 4), "Kim", NOON, agreed=rest, private_note="for us")


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with reading(engine) as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for name, table in METADATA.tables.items()
            if table is not CACHE
        }


def test_a_restored_workspace_is_the_one_that_was_backed_up(engine: Engine, tmp_path: Path) -> None:
    filled(engine)
    rows = back_up(engine, tmp_path / "friday.backup")
    other = open_engine(str(tmp_path / "other.db"))
    assert restore(other, tmp_path / "friday.backup") == rows > 10
    assert everything(other) == everything(engine)
    other.dispose()


def test_a_workspace_moves_from_a_file_to_a_server_and_goes_on_there(engine: Engine, tmp_path: Path) -> None:
    first = open_engine(str(tmp_path / "first.db"))
    filled(first)
    back_up(first, tmp_path / "move.backup")
    first.dispose()
    restore(engine, tmp_path / "move.backup")
    with writing(engine) as connection:
        number = keep(connection, "next.csv", b"next", "Kim", NOON)
    with reading(engine) as connection:
        assert [i.name for i in imports(connection)] == ["ana.csv", "next.csv"]
        assert contents(connection, [number]) == {number: b"next"}
        assert len(corrections(connection)) == len(sessions(connection)) == 1


def test_a_backup_is_readable_by_its_owner_alone(engine: Engine, tmp_path: Path) -> None:
    back_up(engine, tmp_path / "empty.backup")
    assert stat.S_IMODE((tmp_path / "empty.backup").stat().st_mode) == 0o600


def test_a_workspace_with_something_in_it_is_not_overwritten(engine: Engine, tmp_path: Path) -> None:
    filled(engine)
    back_up(engine, tmp_path / "friday.backup")
    before = everything(engine)
    with pytest.raises(StoreError, match="not empty; restore a backup into a new one"):
        restore(engine, tmp_path / "friday.backup")
    assert everything(engine) == before


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_backup_changes_nothing(engine: Engine, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "other.zip").write_bytes(data)
    with pytest.raises(StoreError, match="no backup of a workspace"):
        restore(engine, tmp_path / "other.zip")


def test_a_damaged_backup_restores_nothing_at_all(engine: Engine, tmp_path: Path) -> None:
    filled(engine)
    path = tmp_path / "friday.backup"
    back_up(engine, path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 400] = bytes(400)
    path.write_bytes(bytes(data))
    other = open_engine(str(tmp_path / "other.db"))
    with pytest.raises(StoreError, match="damaged"):
        restore(other, path)
    assert not any(rows for name, rows in everything(other).items() if name != "alembic_version")
    other.dispose()


def test_a_folder_that_is_not_there_is_said(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written: no such file or directory"):
        back_up(engine, tmp_path / "nowhere" / "friday.backup")
    with pytest.raises(StoreError, match="There is no file"):
        restore(engine, tmp_path / "nowhere.backup")
