"""Layouts described once hold on the command line too, and rows to correct leave and come back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from analysis.formats.answers import LayoutAnswers
from dashboard import mappings
from dashboard.cli import main

OWN = (
    "Wer;Wann;Was\n"
    "May Lind;03.11.2026 10:00;Interview with Dana\n"
    "May Lind;04.11.2026 18:00;Zorb\n"
    "May Lind;am Dienstag;Zorb\n"
)
SAID = LayoutAnswers(
    ("Wer", "Wann", "Was"),
    columns={"wer": "candidate", "wann": "at", "was": "type"},
    words={"type": {"zorb": {"kind": "thank_you"}, "interview_with_dana": {"kind": "interview"}}},
    orders={"wann": "dmy"},
    told_on="2026-11-03",
)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("own.csv").write_text(OWN, "utf-8")
    return tmp_path


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, list[tuple[str, int, list[str]]]]:
    """File -> what it was taken for, its contacts and the codes of its problems."""
    assert main(["check", *words, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["files"]
    return {f["file"]: (f["format"], f["contacts"], [p["code"] for p in f["problems"]]) for f in found}


def test_a_layout_that_was_described_needs_no_question_and_says_so(
    files: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = checked(capsys, "own.csv")["own.csv"]
    assert before[0] == "guessed"
    assert {"columns_guessed", "date_order_open"} <= set(before[2])
    mappings.keep([SAID])
    assert checked(capsys, "own.csv")["own.csv"] == ("confirmed", 2, ["mapping_saved", "unreadable_date"])
    assert main(["score", "own.csv", "--zone", "UTC", "--as-of", "2026-11-10"]) == 0
    assert "2 contacts" in capsys.readouterr().out


def test_the_data_folder_can_be_named_before_and_after_the_command(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mappings.keep([SAID], tmp_path / "kept")
    assert checked(capsys, "own.csv", "--data", str(tmp_path / "kept"))["own.csv"][0] == "confirmed"
    assert checked(capsys, "own.csv", "--data", str(tmp_path / "empty"))["own.csv"][0] == "guessed"
    assert main(["--data", str(tmp_path / "kept"), "mappings"]) == 0
    assert "Wer = candidate" in capsys.readouterr().out


def test_mappings_are_listed_exported_forgotten_and_taken_over(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mappings"]) == 0
    assert "No layout was described yet" in capsys.readouterr().out
    mappings.keep([SAID])
    assert main(["mappings"]) == 0
    told = capsys.readouterr().out
    assert told.startswith(SAID.fingerprint[:8] + "  2026-11-03  Wer = candidate, Wann = at, Was = type")
    assert main(["mappings", "--export", "kept.json"]) == 0
    assert main(["mappings", "--forget", SAID.fingerprint[:8]]) == 0
    assert mappings.load().mappings == {}
    assert main(["mappings", "--import", "kept.json"]) == 0
    assert mappings.load().mappings == {SAID.fingerprint: SAID}
    capsys.readouterr()
    assert main(["mappings", "--export", "-"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(Path("kept.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--import", "own.csv"], 1, "It is no file of mappings: it does not hold JSON."),
        (["--import", "nowhere.json"], 1, "There is no file nowhere.json; check the folder and the spelling."),
        (["--forget", "zzz"], 2, "--forget: no layout's mark begins with 'zzz'; see followthrough mappings."),
    ],
)
def test_what_cannot_be_done_with_mappings_is_one_sentence(
    files: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, sentence: str
) -> None:
    assert main(["mappings", *words]) == code
    assert capsys.readouterr().err == sentence + "\n"


def test_a_damaged_file_of_mappings_stops_nothing(
    files: Path, data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_folder / mappings.NAME).write_text("{", "utf-8")
    assert main(["check", "own.csv"]) == 0
    out, error = capsys.readouterr()
    assert "own.csv" in out
    assert error.startswith("Your saved mappings were damaged and none is used.")
    assert main(["check", "own.csv"]) == 0
    assert capsys.readouterr().err == ""


def test_the_rows_to_correct_are_written_corrected_and_loaded_beside_the_original(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mappings.keep([SAID])
    assert main(["check", "own.csv", "--rejects", "rows.csv"]) == 0
    assert capsys.readouterr().err == "1 row of own.csv to correct: rows.csv.\n"
    with Path("rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[0] == ["problem", "line", "Wer", "Wann", "Was"]
    assert rows[1][1:] == ["4", "May Lind", "am Dienstag", "Zorb"]
    Path("rows.csv").write_text(Path("rows.csv").read_text("utf-8").replace('"am Dienstag"', '"10.11.2026"'), "utf-8")
    found = checked(capsys, "own.csv", "rows.csv")
    assert found["own.csv"][1] == 2
    assert found["rows.csv"] == ("confirmed", 1, ["mapping_saved"])


def test_a_file_without_rows_to_correct_says_so_and_writes_nothing(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("good.csv").write_text("candidate,at,kind\nMay Lind,2026-03-03,reply\n", "utf-8")
    assert main(["check", "good.csv", "--rejects", "rows.csv"]) == 0
    assert capsys.readouterr().err == "Every row became a contact; there is nothing to correct.\n"
    assert not Path("rows.csv").exists()


def test_rejects_of_several_files_stand_in_a_file_each_and_never_over_one_that_is_read(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.csv").write_text("candidate,at,kind\nMay Lind,some day,reply\n", "utf-8")
    mappings.keep([SAID])
    assert main(["check", "own.csv", "bad.csv", "--rejects", "rows.csv"]) == 0
    capsys.readouterr()
    assert sorted(p.name for p in files.glob("rows*")) == ["rows-bad.csv", "rows-own.csv"]
    assert main(["check", "own.csv", "--rejects", "own.csv"]) == 2
    assert capsys.readouterr().err == "--rejects: own.csv is one of the files to read; give another name.\n"
    assert Path("own.csv").read_text("utf-8") == OWN
