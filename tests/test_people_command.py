"""The command that proposes who may be one candidate, and the file of decisions that the scores take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from dashboard.cli import main

LOG: Final = """\
candidate,candidate_email,candidate_phone,client,route,at,sender,receiver,channel,kind
Ana Diaz,ana.diaz@example.com,,Acme,direct,2026-03-03 10:00,client,candidate,in_person,interview
Ana Dias,anadiaz@mail.example,,Acme,direct,2026-03-12 09:30,candidate,client,email,follow_up
Ben Ito,ben@example.com,313 555 0142,Acme,direct,2026-03-04 10:00,client,candidate,in_person,interview
"""
HOW: Final = ("--zone", "America/New_York")


class Run:
    """Runs the command on ``log.csv`` and keeps what it said."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self.capture = capture

    def __call__(self, *words: str) -> tuple[int, str, str]:
        code = main([words[0], "log.csv", *HOW, *words[1:]])
        out, error = self.capture.readouterr()
        return code, out.decode(), error.decode()

    def candidates(self, *words: str) -> list[str]:
        """The candidates that are scored, by name."""
        code, out, _ = self("score", "--as-of", "2026-03-20T12:00", "--format", "json", *words)
        assert code == 0
        return [c["candidate"] for c in json.loads(out)["candidates"]]

    def people(self, *words: str) -> dict[str, Any]:
        code, out, _ = self("people", "--format", "json", *words)
        assert code == 0
        found: dict[str, Any] = json.loads(out)
        return found


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("log.csv").write_text(LOG, "utf-8")
    return Run(capsysbinary)


def test_the_table_names_both_people_and_why(run: Run) -> None:
    code, out, error = run("people")
    assert (code, error) == (0, "")
    assert "3 candidates; 1 pair may be one person." in out
    assert "1. likely: same name before the @: anadiaz@mail.example, ana.diaz@example.com;" in out
    assert "    - Ana Dias, anadiaz@mail.example, Acme" in out


def test_a_pair_of_the_json_handed_back_as_same_makes_one_candidate(run: Run) -> None:
    found = run.people()
    assert list(found) == ["candidates", "proposals", "links", "decisions"]
    (proposal,) = found["proposals"]
    assert proposal["pair"] == [{"email": "anadiaz@mail.example"}, {"email": "ana.diaz@example.com"}]
    assert run.candidates() == ["Ana Dias", "Ana Diaz", "Ben Ito"]
    Path("links.json").write_text(json.dumps({"same": [proposal["pair"]]}), "utf-8")
    assert run.candidates("--links", "links.json") == ["Ana Dias", "Ben Ito"]
    after = run.people("--links", "links.json")
    assert (after["candidates"], after["proposals"]) == (2, [])
    assert after["decisions"]["same"] == [sorted(proposal["pair"], key=lambda who: who["email"])]
    assert after["links"][0]["decided"] is True


def test_what_the_readme_shows_of_decisions_is_taken(run: Run) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    (line,) = [x.strip() for x in readme.splitlines() if x.strip().startswith('{"same"')]
    Path("links.json").write_text(line, "utf-8")
    log = LOG.replace("313 555 0142", "").replace("Ana Dias,anadiaz@mail.example,,", "Ana Dias,,313 555 0142,")
    Path("log.csv").write_text(log, "utf-8")
    assert len(run.candidates()) == 3
    assert len(run.candidates("--links", "links.json")) == 2


@pytest.mark.parametrize("command", ["score", "today", "people"])
def test_decisions_that_cannot_be_used_are_one_sentence_and_code_2(run: Run, command: str) -> None:
    Path("links.json").write_text('{"same": [[{"name": "a"}]]}', "utf-8")
    code, out, error = run(command, "--links", "links.json")
    assert (code, out) == (2, "")
    assert error == "--links links.json: each pair is a list of two people.\n"


def test_decisions_in_a_file_that_is_not_there_are_one_sentence_and_code_1(run: Run) -> None:
    code, _, error = run("score", "--links", "gone.json")
    assert code == 1
    assert "gone.json" in error
    assert error.count("\n") == 1


def test_flags_that_a_person_should_check_stand_in_the_scores(run: Run) -> None:
    shared = LOG.replace("ana.diaz@example.com", "ben@example.com")
    Path("log.csv").write_text(shared, "utf-8")
    _, out, _ = run("score", "--as-of", "2026-03-20T12:00", "--format", "json")
    flags = {c["candidate"]: c["flags"] for c in json.loads(out)["candidates"]}
    assert flags["Ana Diaz"] == flags["Ben Ito"] == ["shared_identifier"]
