"""The workspace lies where it was named, else in the data folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.mappings import ENVIRONMENT as DATA
from dashboard.place import ENVIRONMENT, NoPlace, workspace_place


def test_what_was_named_wins_over_the_variable_and_the_variable_over_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATA, str(tmp_path / "mine"))
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    assert workspace_place() == str(tmp_path / "mine" / "workspace.db")
    assert (tmp_path / "mine").is_dir()
    monkeypatch.setenv(ENVIRONMENT, "postgresql://team@127.0.0.1/desk")
    assert workspace_place(" ") == "postgresql://team@127.0.0.1/desk"
    assert workspace_place("desk.db") == "desk.db"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(DATA, str(tmp_path / "file" / "below"))
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    with pytest.raises(NoPlace, match=r"for the workspace cannot be made .*; name another"):
        workspace_place()
