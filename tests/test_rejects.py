"""Rows that became no contact leave as a file, are corrected, and come back once."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.checked import Answers, CheckedLog
from analysis.loading import load, load_tables
from analysis.policy import default_policy
from analysis.reading.reader import read
from analysis.rejects import as_corrected, defused, not_contacts, rejects_csv, restored
from analysis.scoring import score
from analysis.summary import problem_rows

UTC = Answers(zone="UTC")
LOG = """\
candidate;client;at;kind;note
May Lind;Acme;2026-03-03 10:00;interview;"round one; went well"
May Lind;Acme;the day after;thank_you;=HYPERLINK("https://x.example")
May Lind;Acme;2026-03-12 10:00;follow_up;'+1 555 555 0100
May Lind;Acme;North;2026-03-20 10:00;follow_up;asked again
May Lind;Acme;;follow_up;no date on this one
"""


def taken(log: CheckedLog, name: str = "log.csv", text: str = LOG) -> list[list[str]]:
    """The rows to correct as a spreadsheet would show them."""
    data = rejects_csv(as_corrected(read(text.encode(), name)), not_contacts(log, name))
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def put(rows: list[list[str]]) -> bytes:
    """The corrected rows, as a spreadsheet saves them."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue().encode()


def contacts(log: CheckedLog) -> list[tuple[str, str]]:
    return sorted((str(r.at)[:16], str(r.kind)) for r in log.contacts.itertuples())


def test_the_rows_stand_as_they_were_below_the_files_own_header_with_reason_and_line() -> None:
    log = load([("log.csv", LOG.encode())], UTC)
    rows = taken(log)
    assert rows[0] == ["problem", "line", *LOG.splitlines()[0].split(";")]
    assert [row[1] for row in rows[1:]] == ["3", "5", "6"]
    assert rows[1][2:] == ["May Lind", "Acme", "the day after", "thank_you", '\'=HYPERLINK("https://x.example")']
    assert rows[2][2:] == ["May Lind", "Acme", "North", "2026-03-20 10:00", "follow_up", "asked again"]
    assert "no date that can be read" in rows[1][0]
    assert "has no date" in rows[3][0]


def test_corrected_rows_beside_the_original_make_every_contact_once() -> None:
    log = load([("log.csv", LOG.encode())], UTC)
    assert contacts(log) == [("2026-03-03 10:00", "interview"), ("2026-03-12 10:00", "follow_up")]
    rows = taken(log)
    rows[1][4] = "2026-03-04 10:00"
    rows[2] = [*rows[2][:3], "Acme; North", *rows[2][5:]]
    rows[3][4] = "2026-03-27 10:00"
    both = load([("log.csv", LOG.encode()), ("rows-to-correct.csv", put(rows))], UTC)
    assert contacts(both) == [
        ("2026-03-03 10:00", "interview"),
        ("2026-03-04 10:00", "thank_you"),
        ("2026-03-12 10:00", "follow_up"),
        ("2026-03-20 10:00", "follow_up"),
        ("2026-03-27 10:00", "follow_up"),
    ]
    notes = set(both.contacts["note"])
    assert '=HYPERLINK("https://x.example")' in notes
    assert "Acme; North" in set(both.contacts["client"])
    assert both.files[1].set_aside == 0


def test_rows_that_nobody_corrected_are_set_aside_again_and_nothing_grows() -> None:
    first = load([("log.csv", LOG.encode())], UTC)
    rows = taken(first)
    again = put(rows)
    second = load([("again.csv", again)], UTC)
    assert contacts(second) == []
    twice = taken(second, "again.csv", again.decode())
    assert [row[2:] for row in twice] == [row[2:] for row in rows]


def test_rows_of_an_unknown_layout_are_read_like_the_file_they_come_from() -> None:
    text = (
        "Person,Firm,Happened,Thing,Remarks\n"
        "May Lind,Acme,2026-03-03 10:00,Interview,went well\n"
        "Lee Orr,Acme,2026-03-03 11:00,Interview,went well\n"
        "May Lind,Acme,tomorrow or so,Zorb,hello there\n"
    )
    log = load([("own.csv", text.encode())], UTC)
    data = rejects_csv(read(text.encode(), "own.csv"), not_contacts(log, "own.csv"))
    fixed = data.replace(b"tomorrow or so", b"2026-03-05 10:00")
    for files in ([("own.csv", text.encode()), ("a.csv", fixed)], [("a.csv", fixed), ("own.csv", text.encode())]):
        both = load(files, UTC)
        assert [str(t)[:10] for t in sorted(both.contacts["at"])] == ["2026-03-03", "2026-03-03", "2026-03-05"]
        assert set(both.contacts["client"]) == {"Acme"}


def test_a_wide_row_corrected_in_one_cell_counts_its_other_contacts_once() -> None:
    text = (
        "Name,Client,Interview Date,1st Follow Up,2nd Follow Up\nMay Lind,Acme,2026-03-13 10:00,2026-03-24 - LVM,yes\n"
    )
    log = load([("wide.csv", text.encode())], UTC)
    assert len(log.undated) == 1
    fixed = rejects_csv(read(text.encode(), "wide.csv"), not_contacts(log, "wide.csv")).replace(b"yes", b"2026-03-31")
    both = load([("wide.csv", text.encode()), ("rows.csv", fixed)], UTC)
    scores = score(both, default_policy(), pd.Timestamp("2026-04-20 12:00", tz="UTC"))
    assert list(scores.candidates["interviews"]) == [1]
    follow_ups = both.contacts[both.contacts["kind"] == "follow_up"]
    assert sorted(set(follow_ups["at"].dt.strftime("%m-%d"))) == ["03-24", "03-31"]


def test_the_marks_are_left_out_only_where_they_are_ours() -> None:
    own = read(b"line,problem,candidate\n1,x,May\n", "own.csv")
    assert as_corrected(own) is own
    words = read(b"problem,line,candidate\nx,of business,May\n", "own.csv")
    assert as_corrected(words) is words


def test_every_place_of_a_problem_is_listed_also_where_it_is_said_once_for_many() -> None:
    text = "candidate,at,kind\n" + "".join(f"May Lind,some day {n},reply\n" for n in range(40))
    log = load([("log.csv", text.encode())], UTC)
    assert [(p.code, p.count) for p in log.problems] == [("unreadable_date", 40)]
    rows = problem_rows(log, "unreadable_date")
    assert list(rows["line"]) == list(range(2, 42))
    assert list(rows.columns) == ["file", "line", "column", "text", "message"]
    assert "some day 7" in rows["text"][7]


def test_tables_that_were_read_already_give_the_same_log() -> None:
    tables = [read(LOG.encode(), "log.csv")]
    assert contacts(load_tables(tables, UTC)) == contacts(load([("log.csv", LOG.encode())], UTC))


@pytest.mark.parametrize("cell", ["=1+1", "+1 555", "-", "@x", " =1", "'=1", "' =1", "''=1", "\t=1", "\uff1d1"])
def test_a_formula_is_defused_and_restored(cell: str) -> None:
    assert defused(cell).startswith("'")
    assert restored(defused(cell)) == cell


@given(st.text(alphabet="'=+-@ \t\r\na1\uff1d", max_size=6))
def test_defusing_a_cell_can_always_be_undone(cell: str) -> None:
    assert restored(defused(cell)) == cell
    assert not defused(cell).lstrip(" ").startswith(("=", "+", "-", "@", "\uff1d"))


CELLS = st.text(alphabet=st.sampled_from("ab;,\"' =+\n12/"), max_size=8)


@settings(max_examples=30)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_rows_to_correct_hold_the_cells_of_the_file_to_the_letter(rows: list[tuple[str, str, str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("candidate", "at", "note"), *rows])
    raw = read(out.getvalue().encode(), "log.csv")
    log = load_tables([raw], UTC)
    waiting = not_contacts(log, "log.csv")
    again = as_corrected(read(rejects_csv(raw, waiting), "again.csv"))
    lines = set(waiting["line"])
    kept = [list(cells) for cells, line in zip(raw.frame.to_numpy(), raw.lines, strict=True) if line in lines]
    if kept and list(raw.frame.columns) == ["candidate", "at", "note"]:
        assert again.frame.to_numpy().tolist() == kept
