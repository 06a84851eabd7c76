"""What a table has around its rows: titles, headers, blank lines, totals, footers, a second table."""

from __future__ import annotations

import pytest
from polluted import CELLS, HEADER, ROWS, cells, codes, log, table

from analysis.reading.structure import find_structure, grid_of


@pytest.mark.parametrize(
    "preamble",
    [
        "Follow-up report\n",
        "Follow-up report\nRun by: Ines Rivera\n\n",
        "Follow-up report,,,,\n,,,,\n",
        '"Report, all offices"\nFrom 2026-03-01 to 2026-03-31\n',
    ],
)
def test_titles_above_the_header_are_dropped_with_a_reason(preamble: str) -> None:
    found = table(preamble + log())
    assert list(found.frame.columns) == HEADER.split(",")
    assert cells(found) == CELLS
    assert found.lines[0] == preamble.count("\n") + 2
    assert sum(found.account.dropped.values()) == preamble.count("\n")
    assert "title" in found.account.dropped


def test_a_log_without_header_gets_numbered_columns_and_a_question() -> None:
    found = table("\n".join(ROWS) + "\n")
    assert list(found.frame.columns) == [f"column {n}" for n in range(1, 6)]
    assert cells(found) == CELLS
    assert "no_header" in codes(found)
    assert found.account.header == 0


def test_a_header_over_two_rows_becomes_one() -> None:
    text = (
        ",Interview,Interview,Follow-up,Follow-up\nName,Date,With,Date,Channel\n"
        "May Lind,2026-03-02,Dana,2026-03-04,email\nSam Poe,2026-03-03,Kim,2026-03-06,call\n"
        "Ana Petrov,2026-03-04,Kim,2026-03-09,call\n"
    )
    found = table(text)
    assert list(found.frame.columns) == [
        "Name", "Interview Date", "Interview With", "Follow-up Date", "Follow-up Channel",
    ]  # fmt: skip
    assert found.account.header == 2
    assert len(found.frame) == 3


def test_a_repeated_header_of_joined_exports_is_dropped() -> None:
    found = table(log(rows=ROWS[:5]) + log(rows=ROWS[5:]))
    assert cells(found) == CELLS
    assert found.account.dropped == {"repeated header": 1}
    assert codes(found) == ["repeated_header"]


def test_a_report_footer_is_dropped_with_a_reason() -> None:
    footer = '\n\n"Grand Totals (10 records)"\n\n"Confidential Information - Do Not Distribute"\n"Copyright (c) 2026"\n'
    found = table(log() + footer)
    assert cells(found) == CELLS
    assert found.account.dropped == {"footer": 3, "blank": 3}


def test_a_total_under_the_columns_is_no_contact() -> None:
    found = table("candidate,calls,cards\nMay Lind,3,1\nSam Poe,2,0\nTotal,5,\n")
    assert cells(found) == [["May Lind", "3", "1"], ["Sam Poe", "2", "0"]]
    assert found.account.dropped == {"footer": 1}


def test_a_second_table_of_another_width_is_set_aside() -> None:
    found = table(log() + "\nrecruiter,calls\nInes Rivera,4\nJo Field,3\n")
    assert cells(found) == CELLS
    assert found.account.set_aside == 3
    assert found.rejects["text"].tolist() == ["recruiter,calls", "Ines Rivera,4", "Jo Field,3"]
    assert codes(found) == ["second_table"]


def test_a_second_table_of_the_same_width_is_set_aside() -> None:
    text = (
        "candidate,at,calls\nMay Lind,2026-03-02,3\nSam Poe,2026-03-03,1\nKim Ray,2026-03-04,2\n\n"
        "client,opened,vacancies\nAcme,2026-01-01,4\nCobalt,2026-02-01,2\n"
    )
    found = table(text)
    assert len(found.frame) == 3
    assert found.rejects["line"].tolist() == [6, 7, 8]


def test_blank_lines_between_rows_are_counted_not_read() -> None:
    found = table("candidate,at\n\nMay Lind,2026-03-02\n\n\nSam Poe,2026-03-03\n\n")
    assert found.lines.tolist() == [3, 6]
    assert found.account.dropped == {"blank": 4}


def test_rows_of_nothing_but_delimiters_are_counted_not_read() -> None:
    found = table(log() + ",,,,\n,,,,\n")
    assert cells(found) == CELLS
    assert found.account.dropped == {"empty row": 2}


def test_header_names_are_made_unique() -> None:
    found = table("Name,Date,,Date,\nMay Lind,2026-03-02,a,2026-03-04,b\nSam Poe,2026-03-03,c,2026-03-05,d\n")
    assert list(found.frame.columns) == ["Name", "Date", "column 3", "Date (2)", "column 5"]


def test_a_header_without_rows_is_no_error() -> None:
    found = table("candidate,at,note\n")
    assert list(found.frame.columns) == ["candidate", "at", "note"]
    assert len(found.frame) == 0
    assert codes(found) == ["no_rows"]
    assert found.readable


def test_a_name_too_many_in_the_header_shifts_no_other_name() -> None:
    found = table(log(header="candidate,at,,channel,client,note"))
    assert list(found.frame.columns) == HEADER.split(",")
    assert cells(found) == CELLS
    assert "header_mismatch" in codes(found)


def test_two_names_grown_together_are_cut_apart_where_the_columns_say_so() -> None:
    found = table(
        "Client,VisitDate,TimePhone\nAcme,2026-03-02,10:00,555 010 1220\nCobalt,2026-03-03,11:00,555 010 2330\n"
    )
    assert list(found.frame.columns) == ["Client", "VisitDate", "Time", "Phone"]
    assert [p.line for p in found.problems if p.code == "header_mismatch"] == [1]


def test_a_name_missing_from_the_header_is_said_not_guessed() -> None:
    found = table(log(header="candidate,at,channel,client"))
    assert list(found.frame.columns) == ["candidate", "at", "channel", "client", "column 5"]
    assert "header_mismatch" in codes(found)


def test_a_header_with_another_delimiter_is_read_with_that() -> None:
    found = table(log(header=HEADER.replace(",", ";")))
    assert list(found.frame.columns) == HEADER.split(",")
    assert cells(found) == CELLS
    assert codes(found) == ["repaired_row"]


@pytest.mark.parametrize("extra", ["", ",extra"])
def test_a_second_table_without_a_blank_line_before_it_is_set_aside_as_a_whole(extra: str) -> None:
    header = "person,phone,town" + extra
    second = [f"May Lind,555-01{n:02},Toledo" + (",x" if extra else "") for n in range(9)]
    second[4] = second[4].replace(",Toledo", ",,Toledo")
    found = table(log() + "\n".join([header, *second]) + "\n")
    assert list(found.frame.columns) == HEADER.split(",")
    assert cells(found) == CELLS
    assert found.rejects["code"].tolist() == ["second_table"] * 10
    assert found.rejects["line"].tolist() == list(range(12, 22))


def test_the_first_of_two_tables_is_read_though_the_second_is_wider() -> None:
    wide = ["a,b,c,d,e,f", *["1,2,3,4,5,6"] * 11]
    found = table(log() + "\n".join(wide) + "\n")
    assert cells(found) == CELLS
    assert set(found.rejects["code"]) == {"second_table"}
    assert len(found.rejects) == 12


def test_a_group_above_several_names_stands_for_each_of_them() -> None:
    text = (
        "Name,Interview,,Follow-up,,Result\n,Date,With,Date,Channel,\n"
        "May Lind,2026-03-02,Dana,2026-03-04,email,open\nSam Poe,2026-03-03,Kim,2026-03-06,call,open\n"
    )
    found = table(text)
    assert list(found.frame.columns) == [
        "Name", "Interview Date", "Interview With", "Follow-up Date", "Follow-up Channel", "Result",
    ]  # fmt: skip
    assert found.account.header == 2


def test_a_sentence_over_the_columns_is_no_name_of_theirs() -> None:
    text = (
        "Contact log of desk 4,exported by Ida Holm on Monday\ncandidate,at\nMay Lind,2026-03-02\nSam Poe,2026-03-03\n"
    )
    found = table(text)
    assert list(found.frame.columns) == ["candidate", "at"]
    assert found.account.dropped == {"title": 1}


def test_a_first_row_of_words_under_a_complete_header_stays_a_row() -> None:
    found = table("candidate,at\nMay Lind,not known\nSam Poe,2026-03-03\nKim Ray,2026-03-04\n")
    assert cells(found)[0] == ["May Lind", "not known"]


def test_rows_at_hand_have_the_same_structure_as_lines_of_a_file() -> None:
    rows = [["Log", "", ""], ["", "", ""], ["candidate", "at", "note"], ["May Lind", "2026-03-02", "sent"]]
    found = find_structure(grid_of(rows), 3)
    assert found.names == ["candidate", "at", "note"]
    assert (found.header.tolist(), found.rows.tolist()) == ([2], [3])
    assert {reason: where.tolist() for reason, where in found.dropped.items() if len(where)} == {
        "title": [0],
        "blank": [1],
    }
