"""Backup and restore are one command each, and never write over anything else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.cli import main
from dashboard.store.engine import open_engine, reading, writing
from dashboard.store.imports import imports, keep

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
LOG = b"candidate,at,kind\nAna Lind,2026-03-03 10:00,interview\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workspace that holds one import."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FOLLOWTHROUGH_WORKSPACE", raising=False)
    engine = open_engine("desk.db")
    with writing(engine) as connection:
        keep(connection, "ana.csv", LOG, "Kim", NOON)
    engine.dispose()
    return tmp_path


def names(place: str) -> list[str]:
    engine = open_engine(place)
    with reading(engine) as connection:
        found = [one.name for one in imports(connection)]
    engine.dispose()
    return found


def test_a_workspace_is_backed_up_and_restored_by_one_command_each(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "friday.backup", "--workspace", "desk.db"]) == 0
    assert "friday.backup holds the whole workspace (3 rows)" in capsys.readouterr().err
    assert main(["restore", "friday.backup", "--workspace", "other.db"]) == 0
    assert names("other.db") == ["ana.csv"]


def test_the_variable_or_the_data_folder_says_where_the_workspace_lies(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOLLOWTHROUGH_WORKSPACE", "desk.db")
    assert main(["backup", "friday.backup"]) == 0
    monkeypatch.delenv("FOLLOWTHROUGH_WORKSPACE")
    monkeypatch.setenv("FOLLOWTHROUGH_DATA", str(desk / "mine"))
    assert main(["restore", "friday.backup"]) == 0
    assert names(str(desk / "mine" / "workspace.db")) == ["ana.csv"]


def test_a_backup_replaces_an_older_one_but_no_other_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "notes.txt").write_bytes(b"mine")
    assert main(["backup", "notes.txt", "--workspace", "desk.db"]) == 1
    assert (desk / "notes.txt").read_bytes() == b"mine"
    assert main(["backup", "desk.db", "--workspace", "desk.db"]) == 2
    assert names("desk.db") == ["ana.csv"]
    for _ in range(2):
        assert main(["backup", "friday.backup", "--workspace", "desk.db"]) == 0
    assert "notes.txt is there already and no backup; give another name." in capsys.readouterr().err


def test_what_cannot_be_backed_up_or_restored_is_said_and_changes_nothing(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "friday.backup", "--workspace", "nowhere.db"]) == 1
    assert not (desk / "nowhere.db").exists()
    assert main(["restore", "nothing.backup", "--workspace", "new.db"]) == 1
    assert not (desk / "new.db").exists()
    assert main(["backup", "friday.backup", "--workspace", "desk.db"]) == 0
    assert main(["restore", "friday.backup", "--workspace", "desk.db"]) == 1
    said = capsys.readouterr().err
    assert "There is no workspace at nowhere.db; name it with --workspace." in said
    assert "There is no file nothing.backup" in said
    assert "This workspace is not empty; restore a backup into a new one." in said
