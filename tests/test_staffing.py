"""The command that says who works here, and the refusals of the one that listens elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.cli import main


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOLLOWTHROUGH_WORKSPACE", str(tmp_path / "agency.db"))
    return tmp_path


@pytest.mark.usefixtures("place")
def test_the_first_admin_is_named_and_staff_get_their_desks(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["staff", "list"]) == 0
    assert b"Nobody has a role here yet" in capsysbinary.readouterr().out
    assert main(["staff", "add", "Bo@agency.example", "--role", "admin", "--name", "Bo"]) == 0
    assert main(["staff", "add", "jo@agency.example", "--desk", "Jo Park", "--desk", "Sam Lee"]) == 0
    assert capsysbinary.readouterr().err.decode().splitlines() == [
        "bo@agency.example is an admin here, sees every desk.",
        "jo@agency.example is staff here, sees the candidates of Jo Park, Sam Lee.",
    ]
    assert main(["staff", "list"]) == 0
    assert capsysbinary.readouterr().out.decode().splitlines() == [
        "bo@agency.example  admin  Bo, sees every desk",
        "jo@agency.example  staff  sees the candidates of Jo Park, Sam Lee",
    ]
    assert main(["staff", "remove", "jo@agency.example"]) == 0
    assert main(["staff", "list"]) == 0
    assert "jo@" not in capsysbinary.readouterr().out.decode()


@pytest.mark.usefixtures("place")
def test_what_cannot_be_is_a_sentence_and_a_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["staff", "add", "jo"]) == 2
    assert main(["staff", "remove", "jo@agency.example"]) == 2
    assert main(["staff", "add", "jo@agency.example", "--role", "king"]) == 2
    assert main(["staff"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "'jo' is no address; write it like jo@agency.example."
    assert told[1] == "jo@agency.example has no role here; look at the list again."
    assert len(told) == 4


def started(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The real command, which must end by itself."""
    own = {**os.environ, "FOLLOWTHROUGH_DATA": str(place), "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "dashboard.cli", "--no-browser", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=place, env=own)


def test_listening_elsewhere_is_refused_until_somebody_says_who_may_come_in(place: Path) -> None:
    ended = started(place, "--listen", "0.0.0.0")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("0.0.0.0 can be reached from other machines, and nobody would have to sign in:")
    assert "--sign-in FILE" in ended.stderr
    assert "--without-sign-in" in ended.stderr


def test_a_file_for_sign_in_that_others_can_read_starts_nothing(place: Path) -> None:
    file = place / "sign-in.toml"
    file.write_text('client_secret = "hush-hush"\n', "utf-8")
    file.chmod(0o644)
    ended = started(place, "--listen", "0.0.0.0", "--sign-in", str(file))
    assert ended.returncode == 2
    assert "run chmod 600" in ended.stderr
    file.chmod(0o600)
    ended = started(place, "--listen", "0.0.0.0", "--sign-in", str(file))
    assert ended.returncode == 2
    assert "is not complete: server_metadata_url, client_id, cookie_secret" in ended.stderr
    assert "hush" not in ended.stdout + ended.stderr


def test_an_address_that_the_machine_does_not_have_is_a_sentence(place: Path) -> None:
    ended = started(place, "--listen", "192.0.2.1", "--without-sign-in")
    assert ended.returncode == 1
    assert ended.stdout == (
        "This machine has no address 192.0.2.1; give one of its own with --listen, or 0.0.0.0 for all.\n"
    )
