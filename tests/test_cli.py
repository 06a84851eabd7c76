"""The command as staff and scripts use it: results on standard output, one sentence for whatever cannot be done."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

import dashboard.exports
import dashboard.server
from analysis.results import FAMILIES, STATUSES
from dashboard.cli import main
from dashboard.listening import Serving
from dashboard.place import workspace_place

ANA = """\
candidate,client,client_zone,client_calendar,job,interviewer,interviewer_email,route,at,ended_at,sender,receiver,channel,kind,decision_on
Ana Ferreira,Acme,America/New_York,US,Estimator,Dana Osei,dana@acme.example,direct,2026-03-03 10:00,2026-03-03 11:00,,,in_person,interview,2026-03-13
Ana Ferreira,Acme,America/New_York,US,Estimator,Dana Osei,dana@acme.example,direct,2026-03-04 18:00,,candidate,client,email,thank_you,
Ana Ferreira,Acme,America/New_York,US,Estimator,Dana Osei,dana@acme.example,direct,2026-03-12 16:30,,candidate,client,call,follow_up,
"""  # noqa: E501 - the log as it is written
BEN = "candidate,at,kind\n=HYPERLINK(1),2026-03-03 10:00,interview\nŁukasz \x1b[2J,2026-03-04,interview\n"
WHEN = ("--as-of", "2026-03-20T12:00", "--zone", "America/New_York")
SAMPLE = Path(__file__).parents[1] / "data" / "sample"


class Run:
    """Runs the command in a folder and keeps what it said."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self.capture = capture

    def __call__(self, *words: str | Path) -> tuple[int, bytes, str]:
        code = main([str(word) for word in words])
        out, error = self.capture.readouterr()
        return code, out, error.decode()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    monkeypatch.chdir(tmp_path)
    Path("ana.csv").write_text(ANA, "utf-8")
    Path("ben.csv").write_text(BEN, "utf-8")
    return Run(capsysbinary)


def scored(run: Run, *words: str | Path) -> dict[str, Any]:
    code, out, error = run("score", *words, "--format", "json")
    assert (code, error) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def one_sentence(error: str) -> bool:
    return error.count("\n") == 1 and error.rstrip().endswith(".") and "Traceback" not in error


def test_the_json_has_the_documented_keys_in_the_documented_order(run: Run) -> None:
    found = scored(run, "ana.csv", *WHEN, "--complete", "yes")
    assert list(found) == ["as_of", "policy", "loading", "candidates"]
    assert found["as_of"] == "2026-03-20T12:00:00-04:00"
    (file,) = found["loading"]["files"]
    assert list(file) == ["file", "format", "lines", "contacts", "set_aside", "told", "problems"]
    assert (file["file"], file["format"], file["lines"], file["contacts"], file["set_aside"]) == (
        "ana.csv",
        "plain",
        4,
        3,
        0,
    )
    (ana,) = found["candidates"]
    assert list(ana) == [
        *("candidate", "overall", "overall_reason", "scored_weight", "interviews", "provisional", "flags", "families"),
    ]
    assert (ana["candidate"], ana["interviews"], ana["provisional"]) == ("Ana Ferreira", 1, True)
    assert list(ana["families"]) == list(FAMILIES)
    for family in ana["families"].values():
        assert list(family) == ["points", "status", "reason", "word", "findings", "rows"]
    early = ana["families"]["timing"]
    assert "too_early" in early["findings"]
    assert [list(row) for row in early["rows"]] == [["points", "rule", "measured", "limit", "contacts"]] * 2
    # a day before their date is 50; the call at 16:30 keeps 0.75 + 0.25 x 0.35 of it
    assert [row["points"] for row in early["rows"]] == [50.0, 8.1]
    assert {place for row in early["rows"] for place in row["contacts"]} == {"ana.csv:4"}


def test_what_is_not_scored_is_null_with_a_status_and_a_reason(run: Run) -> None:
    (ana,) = scored(run, "ana.csv", *WHEN)["candidates"]
    note = ana["families"]["note_quality"]
    assert (note["points"], note["status"], note["reason"], note["rows"]) == (None, "not scored", "no_text", [])


def test_receipts_of_the_sample_agency_add_up_to_the_last_digit(run: Run) -> None:
    code, out, error = run(
        "score", SAMPLE / "*", "--as-of", "2026-10-26T08:30", "--zone", "America/Detroit", "--format", "json"
    )
    assert code == 0
    assert sorted(error.splitlines()) == [
        f"Left out {SAMPLE / name}: it is no export." for name in ("README.md", "make_sample.py", "sample.toml")
    ]
    people = json.loads(out)["candidates"]
    assert len(people) > 70
    assert [p["candidate"].casefold() for p in people] == sorted(p["candidate"].casefold() for p in people)
    for person in people:
        for family in person["families"].values():
            assert family["status"] in STATUSES
            assert (family["points"] is None) == (family["status"] != "scored")
            if family["points"] is not None:
                assert round(100 - sum(row["points"] for row in family["rows"]), 1) == family["points"]


def test_the_same_files_give_the_same_bytes_and_their_order_moves_no_score(run: Run) -> None:
    words = (*WHEN, "--format", "json")
    first = run("score", "ana.csv", "ben.csv", *words)
    assert first == run("score", "ana.csv", "ben.csv", *words)
    turned = run("score", "ben.csv", "ana.csv", *words)
    assert json.loads(first[1])["candidates"] == json.loads(turned[1])["candidates"]


def test_a_moment_without_an_offset_is_in_the_zone_and_a_day_alone_means_its_end(run: Run) -> None:
    def as_of(*words: str) -> str:
        return str(scored(run, "ana.csv", "--zone", "Europe/London", "--as-of", *words)["as_of"])

    assert as_of("2026-04-15T12:00") == "2026-04-15T12:00:00+01:00"
    assert as_of("2026-04-15T12:00-04:00") == "2026-04-15T17:00:00+01:00"
    assert as_of("2026-04-15") == "2026-04-15T23:59:00+01:00"
    # the hour that the clocks skip
    assert as_of("2026-03-29T01:30") == "2026-03-29T02:00:00+01:00"


def test_without_a_moment_it_is_now(run: Run) -> None:
    before = pd.Timestamp.now(tz="UTC").floor("s")
    told = pd.Timestamp(scored(run, "ana.csv")["as_of"])
    assert before <= told <= pd.Timestamp.now(tz="UTC")


@pytest.mark.parametrize(
    "words",
    [
        ("score",),
        ("score", "ana.csv", "--zone", "Mars/Olympus"),
        ("score", "ana.csv", "--zone", ""),
        ("score", "ana.csv", "--calendar", "XX"),
        ("score", "ana.csv", "--calendar", "US-XX"),
        ("score", "ana.csv", "--as-of", "tomorrow"),
        ("score", "ana.csv", "--as-of", "2026-02-30"),
        ("score", "ana.csv", "--as-of", "0001-01-01"),
        ("score", "ana.csv", "--complete", "perhaps"),
        ("score", "ana.csv", "--format", "xml"),
        ("score", "ana.csv", "--policy", "odd.toml"),
        ("score", "ana.csv", "--policy", "broken.toml"),
        ("score", "ana.csv", "--nonsense"),
        ("score", "ana.csv", "--out", "ana.csv"),
        ("check", "ana.csv", "--format", "csv"),
        ("read", "ana.csv"),
        ("read", "ana.csv", "--out", "ana.csv"),
        ("today",),
        ("rank", "ana.csv"),
        ("--port", "none"),
        ("--port", "70000"),
    ],
    ids=" ".join,
)
def test_an_option_that_cannot_be_used_is_one_sentence_and_code_2(run: Run, words: tuple[str, ...]) -> None:
    Path("odd.toml").write_text("[thank_you.charm]\nvalue = 3\n", "utf-8")
    Path("broken.toml").write_text("= =", "utf-8")
    code, out, error = run(*words)
    assert (code, out) == (2, b"")
    assert one_sentence(error), error
    assert Path("ana.csv").read_text("utf-8") == ANA


@pytest.mark.parametrize("command", ["score", "today", "check", "read"])
@pytest.mark.parametrize("name", ["gone.csv", "folder", "no*.csv", "offer.pdf", "empty.csv"])
def test_a_file_that_cannot_be_read_is_named_in_a_sentence_with_code_1(run: Run, command: str, name: str) -> None:
    Path("folder").mkdir()
    Path("offer.pdf").write_bytes(b"%PDF-1.7 ...")
    Path("empty.csv").write_bytes(b"")
    more = ("--out", "-") if command == "read" else ("ana.csv",)
    code, out, error = run(command, name, *more)
    assert code == 1
    assert name in error
    assert error.count("\n") == 1
    assert "Traceback" not in error
    assert command == "check" or out == b""


def test_a_file_that_may_not_be_read_is_said_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "ana.csv":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert run("score", "ana.csv") == (1, b"", "ana.csv may not be read; ask for permission, or close it elsewhere.\n")


def test_a_result_that_cannot_be_written_is_said_so(run: Run) -> None:
    code, _, error = run("score", "ana.csv", *WHEN, "--out", "nowhere/scores.json")
    assert (code, error) == (1, f"{Path('nowhere/scores.json')} cannot be written: there is no folder nowhere.\n")


def test_check_reports_the_files_that_were_read_beside_the_one_that_was_not(run: Run) -> None:
    Path("offer.pdf").write_bytes(b"%PDF-1.7 ...")
    code, out, error = run("check", "ana.csv", "offer.pdf", "--format", "json")
    good, bad = json.loads(out)["files"]
    assert (code, good["contacts"], bad["contacts"]) == (1, 3, 0)
    assert [p["code"] for p in bad["problems"]] == ["unreadable_pdf"]
    assert bad["problems"][0]["message"] == error.strip()


def test_whose_side_is_whose_in_a_mailbox_is_said_with_an_option(run: Run) -> None:
    box = Path(__file__).parent / "exports" / "takeout.mbox"
    _, open_, _ = run("check", box, "--format", "json")
    assert [p["code"] for p in json.loads(open_)["files"][0]["problems"]] == ["whose_side"]
    _, settled, _ = run("check", box, "--format", "json", "--agency", "agency.example")
    assert json.loads(settled)["files"][0]["problems"] == []


def test_check_names_the_line_that_was_set_aside(run: Run) -> None:
    Path("odd.csv").write_text("candidate,at,kind\nAna,2026-03-03,interview\n,2026-03-04,interview\n", "utf-8")
    code, out, _ = run("check", "odd.csv", "--format", "json")
    (file,) = json.loads(out)["files"]
    assert (code, file["contacts"], file["set_aside"]) == (0, 1, 1)
    assert [(p["code"], p["line"]) for p in file["problems"]] == [("no_candidate", 3)]
    assert "line 3" in run("check", "odd.csv")[1].decode()


def test_reading_gives_every_cell_back_as_it_was(run: Run) -> None:
    Path("odd.csv").write_bytes('\ufeffname;said\r\nAna;"one; ""two""\nthree"\r\n=1+1;\r\n'.encode())
    code, out, _ = run("read", "odd.csv", "--out", "-")
    assert code == 0
    assert out == b'name,said\r\nAna,"one; ""two""\nthree"\r\n=1+1,\r\n'
    assert run("read", "odd.csv", "--out", "clean.csv")[:2] == (0, b"")
    assert Path("clean.csv").read_bytes() == out


def test_reading_an_upload_of_several_tables_writes_a_file_for_each(run: Run) -> None:
    with zipfile.ZipFile("all.zip", "w") as archive:
        archive.writestr("may.csv", "candidate,at\nMay Lind,2026-03-02\n")
        archive.writestr("old/may.csv", "candidate,at\nSam Poe,2026-03-03\n")
        archive.writestr("cv.pdf", "%PDF-1.7")
    code, out, said = run("read", "all.zip", "--out", "clean.csv")
    assert (code, out) == (0, b"")
    assert Path("clean-may-csv.csv").read_bytes() == b"candidate,at\r\nMay Lind,2026-03-02\r\n"
    assert Path("clean-old-may-csv.csv").read_bytes() == b"candidate,at\r\nSam Poe,2026-03-03\r\n"
    assert "all.zip › old/may.csv is in clean-old-may-csv.csv." in said
    assert "cv.pdf was left out" in said
    code, out, said = run("read", "all.zip", "--out", "-")
    assert (code, out) == (0, b"candidate,at\r\nMay Lind,2026-03-02\r\n")
    assert "the same upload holds 1 more: old/may.csv" in said


def test_the_csv_has_a_row_for_each_family_and_the_overall_and_runs_no_formula(run: Run) -> None:
    code, out, _ = run("score", "ana.csv", "ben.csv", *WHEN, "--complete", "yes", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out.decode("utf-8-sig"), newline="")))
    assert code == 0
    assert tuple(rows[0]) == dashboard.exports.SCORE_COLUMNS
    ana = [row for row in rows if row["candidate"] == "Ana Ferreira"]
    assert [row["family"] for row in ana] == ["overall", *FAMILIES]
    assert {row["candidate"] for row in rows if "HYPERLINK" in row["candidate"]} == {"'=HYPERLINK(1)"}
    timing = next(row for row in ana if row["family"] == "timing")
    assert timing["points"] == "41.9"
    assert "too_early" in timing["findings"].split("; ")
    assert "ana.csv:4" in timing["deductions"]


def test_the_table_is_plain_text_of_80_to_120_columns_with_what_the_coach_says(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked, least in (("20", 80), ("300", 120)):
        monkeypatch.setenv("COLUMNS", asked)
        code, out, _ = run("score", "ana.csv", "ben.csv", *WHEN, "--complete", "yes")
        text = out.decode()
        assert code == 0
        assert max(map(len, text.splitlines())) <= least
        assert "Let their date pass (or about a week), then check in." in text
        assert "\x1b" not in text
        assert "Łukasz" in text


def test_today_says_what_to_do_and_warns_of_old_files(run: Run) -> None:
    late = ("--as-of", "2026-03-17T08:30", "--zone", "America/New_York")
    code, out, error = run("today", "ana.csv", *late, "--format", "json")
    assert (code, error) == (0, "")
    assert list(json.loads(out)) == ["as_of", "policy", "actions"]
    code, out, _ = run("today", "ana.csv", "--as-of", "2026-04-20", "--zone", "America/New_York")
    assert code == 0
    assert "The newest contact is 39 days old" in out.decode()


def test_a_policy_of_ones_own_is_named_in_the_result(run: Run) -> None:
    Path("own.toml").write_text('version = "ours-1"\n[thank_you.hours_later]\nvalue = 5\n', "utf-8")
    assert scored(run, "ana.csv", *WHEN, "--policy", "own.toml")["policy"] == "ours-1"


def test_files_of_one_name_in_two_folders_keep_apart(run: Run) -> None:
    for name in ("north", "south"):
        Path(name).mkdir()
        Path(name, "log.csv").write_text(ANA.replace("Ana", name), "utf-8")
    found = scored(run, Path("north/log.csv"), Path("south/log.csv"), *WHEN)
    assert [file["file"] for file in found["loading"]["files"]] == ["north/log.csv", "south/log.csv"]


def test_the_same_file_twice_adds_nothing_twice(run: Run) -> None:
    once = scored(run, "ana.csv", *WHEN)
    twice = scored(run, "ana.csv", "ana.csv", *WHEN)
    assert once["candidates"] == twice["candidates"]
    assert [p["code"] for p in twice["loading"]["files"][1]["problems"]] == ["same_file_twice"]


def test_a_part_that_cannot_be_loaded_is_a_sentence_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ana.csv"
    path.write_text(ANA, encoding="utf-8")
    # what an interrupted installation leaves behind: a module that fails to import
    monkeypatch.setitem(sys.modules, "dashboard.tables", None)
    monkeypatch.delattr(dashboard, "tables", raising=False)
    assert main(["check", str(path)]) == 1
    told = capsys.readouterr().err
    assert told.startswith("Followthrough met a fault of its own (")
    assert "Traceback" not in told
    assert told.count("\n") == 1


def test_a_fault_of_ours_is_one_sentence_that_tells_nothing_of_the_files(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise ValueError("Ana Ferreira")

    monkeypatch.setattr(dashboard.exports, "score_json", fail)
    code, out, error = run("score", "ana.csv", *WHEN, "--format", "json")
    assert (code, out) == (1, b"")
    assert one_sentence(error)
    assert "ValueError in dashboard.cli" in error
    assert "Ana" not in error


def test_without_a_command_the_dashboard_opens(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int | None, bool]] = []

    def serve(*, port: int | None = None, open_browser: bool = True, where: Serving | None = None) -> int:
        assert where == Serving(), "this machine only"
        asked.append((port, open_browser))
        return 0

    monkeypatch.setattr(dashboard.server, "run", serve)
    assert run()[0] == run("--port", "9000", "--no-browser")[0] == 0
    assert asked == [(None, True), (9000, False)]


def test_the_dashboard_opens_on_the_workspace_that_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def serve(**_: object) -> int:
        opened.append(workspace_place())
        return 0

    monkeypatch.setenv("FOLLOWTHROUGH_WORKSPACE", "from the environment.db")
    monkeypatch.setattr(dashboard.server, "run", serve)
    assert run()[0] == run("--workspace", "named.db")[0] == 0
    assert opened == ["from the environment.db", "named.db"]


@pytest.fixture
def process(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    (tmp_path / "ana.csv").write_text(ANA.replace("Ana", "Łukasz"), "utf-8")

    def call(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        told = {**os.environ, **environment}
        return subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=told, capture_output=True, check=False)

    return call


def test_a_console_that_knows_only_western_letters_does_not_stop_it(
    process: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    done = process("import dashboard.cli as c; c.main(['score', 'ana.csv', 'Ł.csv'])", PYTHONIOENCODING="cp1252")
    assert done.stderr.decode() == "There is no file Ł.csv; check the folder and the spelling.\n"
    done = process("import dashboard.cli as c; c.main(['score', 'ana.csv'])", PYTHONIOENCODING="cp1252")
    assert "Łukasz Ferreira" in done.stdout.decode()


def test_scoring_checking_and_reading_load_no_server_and_no_charts(
    process: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    done = process(
        "import sys, dashboard.cli as c\n"
        "for words in (['score'], ['check'], ['today'], ['read', '--out', '-']):\n"
        "    assert c.main([*words, 'ana.csv']) == 0\n"
        "sys.exit(str({'streamlit', 'plotly', 'starlette', 'sqlalchemy'} & set(sys.modules)))"
    )
    assert done.stderr.decode().strip() == "set()"


def test_a_reader_that_stops_early_gets_no_traceback(
    process: Callable[..., subprocess.CompletedProcess[bytes]],
) -> None:
    done = process(
        "import os, sys, dashboard.cli as c\n"
        "read, write = os.pipe(); os.close(read); os.dup2(write, 1)\n"
        "sys.exit(c.main(['score', 'ana.csv', '--format', 'json']))"
    )
    assert (done.returncode, done.stderr) == (0, b"")


def sheets_of(path: str) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: [list(row) for row in book.get_sheet_by_name(name).to_python()] for name in book.sheet_names}


def test_scores_are_written_as_a_workbook_where_the_file_is_called_one(run: Run) -> None:
    assert run("score", "ana.csv", *WHEN, "--complete", "yes", "--out", "scores.xlsx") == (0, b"", "")
    found = sheets_of("scores.xlsx")
    assert list(found) == ["Candidates", "Deductions", "About"]
    assert found["Candidates"][1][0] == "Ana Ferreira"
    assert "ana.csv:4" in [row[-1] for row in found["Deductions"]]
    about = dict(found["About"])
    assert about["What this is"] == "An aid for coaching, not for selecting people."
    assert about["As of"] == "2026-03-20 12:00 (America/New_York)"
    asked = run("score", "ana.csv", *WHEN, "--complete", "yes", "--format", "xlsx", "--out", "again.xlsx")
    assert asked[0] == 0
    assert Path("again.xlsx").read_bytes() == Path("scores.xlsx").read_bytes()


def test_a_name_that_is_a_formula_is_text_in_the_workbook(run: Run) -> None:
    assert run("score", "ben.csv", *WHEN, "--out", "scores.xlsx")[0] == 0
    names = [row[0] for row in sheets_of("scores.xlsx")["Candidates"][1:]]
    assert "'=HYPERLINK(1)" in names


def test_the_action_list_is_a_workbook_too(run: Run) -> None:
    assert run("today", "ana.csv", *WHEN, "--out", "today.xlsx") == (0, b"", "")
    assert list(sheets_of("today.xlsx")) == ["Today", "About"]


@pytest.mark.parametrize("words", [("--format", "xlsx"), ("--format", "csv", "--out", "scores.xlsx")])
def test_a_workbook_without_a_file_or_that_would_be_none_is_refused_in_one_sentence(
    run: Run, words: tuple[str, ...]
) -> None:
    code, out, error = run("score", "ana.csv", *WHEN, *words)
    assert (code, out, error.count("\n")) == (2, b"", 1)
    assert "workbook" in error
    assert not Path("scores.xlsx").exists()
