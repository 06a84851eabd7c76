"""Polluted files, one family each: what was read, what was set aside, and that nothing went missing."""

from __future__ import annotations

import csv
import io

import pytest
from polluted import CELLS, HEADER, ROWS, log, with_row

from analysis.reading import read
from analysis.reading.raw import RawTable
from analysis.reading.structure import find_structure, grid_of


def table(text: str | bytes) -> RawTable:
    return read(text.encode() if isinstance(text, str) else text, "log.csv")


def cells(found: RawTable) -> list[list[str]]:
    return [list(row) for row in found.frame.itertuples(index=False, name=None)]


def codes(found: RawTable) -> list[str]:
    return [p.code for p in found.problems]


def test_a_clean_log_reads_as_it_stands() -> None:
    found = table(log())
    assert list(found.frame.columns) == HEADER.split(",")
    assert cells(found) == CELLS
    assert found.lines.tolist() == list(range(2, 12))
    assert found.problems == ()
    assert (found.account.lines, found.account.rows, found.account.header) == (11, 10, 1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f"])
def test_any_usual_delimiter_is_found(delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADER.split(","), *CELLS])
    found = table(out.getvalue())
    assert found.dialect is not None
    assert found.dialect.delimiter == delimiter
    assert cells(found) == CELLS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_a_line_end(end: str) -> None:
    found = table(log(end=end))
    assert cells(found) == CELLS
    assert found.account.lines == 11


def test_line_ends_may_be_mixed() -> None:
    text = "candidate,at\nMay Lind,2026-03-02\r\nSam Poe,2026-03-03\rKim Ray,2026-03-04"
    found = table(text)
    assert cells(found) == [["May Lind", "2026-03-02"], ["Sam Poe", "2026-03-03"], ["Kim Ray", "2026-03-04"]]
    assert found.lines.tolist() == [2, 3, 4]


def test_single_quotes_may_wrap_cells() -> None:
    out = io.StringIO()
    csv.writer(out, quotechar="'", quoting=csv.QUOTE_ALL).writerows([HEADER.split(","), *CELLS])
    assert cells(table(out.getvalue())) == CELLS


def test_a_backslash_may_escape_quotes() -> None:
    out = io.StringIO()
    writer = csv.writer(out, escapechar="\\", doublequote=False, quoting=csv.QUOTE_ALL)
    writer.writerows([HEADER.split(","), *CELLS])
    found = table(out.getvalue())
    assert found.dialect is not None
    assert found.dialect.escape == "\\"
    assert cells(found) == CELLS


def test_the_sep_line_of_a_spreadsheet_is_honoured() -> None:
    found = table("sep=;\nDate;Notes\n05.03.2024;a, b, c\n06.03.2024;d, e, f\n")
    assert list(found.frame.columns) == ["Date", "Notes"]
    assert cells(found) == [["05.03.2024", "a, b, c"], ["06.03.2024", "d, e, f"]]
    assert found.lines.tolist() == [3, 4]
    assert found.account.dropped == {"sep line": 1}


def test_a_single_column_stays_one_column() -> None:
    found = table("candidate\nMay Lind\nSam Poe\nKim Ray\n")
    assert cells(found) == [["May Lind"], ["Sam Poe"], ["Kim Ray"]]
    assert list(found.frame.columns) == ["candidate"]


def test_one_column_of_times_is_not_cut_at_its_colons() -> None:
    found = table("at\n2026-03-02 10:00:00\n2026-03-03 11:00:00\n2026-03-04 12:00:00\n")
    assert cells(found) == [["2026-03-02 10:00:00"], ["2026-03-03 11:00:00"], ["2026-03-04 12:00:00"]]


def test_a_note_over_several_lines_is_one_row_at_its_first_line() -> None:
    found = table('candidate,note,at\nMay Lind,"Hi Dana,\n\nthank you",2026-03-02\nSam Poe,x,2026-03-03\n')
    assert cells(found)[0] == ["May Lind", "Hi Dana,\n\nthank you", "2026-03-02"]
    assert found.lines.tolist() == [2, 5]
    assert found.account.rows == 4


def test_an_unclosed_quote_does_not_swallow_the_rest() -> None:
    found = table(log(rows=with_row(2, 'Kim Ray,2026-03-04 09:15,call,Acme,"asked for the date')))
    assert cells(found) == CELLS
    assert codes(found) == ["repaired_row"]
    assert found.problems[0].line == 4


def test_an_unclosed_quote_in_the_middle_of_a_row_costs_only_that_row() -> None:
    found = table(log(rows=with_row(2, 'Kim Ray,"2026-03-04 09:15,call,Acme,asked for the date')))
    assert cells(found) == CELLS
    assert [(p.code, p.line) for p in found.problems] == [("repaired_row", 4)]


def test_two_unclosed_quotes_do_not_make_one_cell_of_the_rows_between() -> None:
    rows = with_row(2, 'Kim Ray,2026-03-04 09:15,"call,Acme,asked for the date')
    rows[6] = 'Ida Holm,2026-03-10 12:00,call",Brightside,no answer'
    found = table(log(rows=rows))
    assert len(found.frame) == 10
    assert cells(found)[3:6] == CELLS[3:6]


def test_a_stray_quote_inside_a_cell_is_text() -> None:
    found = table(log(rows=with_row(3, 'Ana Petrov,2026-03-05 16:45,card,Cobalt,a 5" x 7" card')))
    assert cells(found)[3][4] == 'a 5" x 7" card'
    assert len(found.frame) == 10


def test_undoubled_quotes_inside_a_quoted_cell_are_text() -> None:
    found = table(log(rows=with_row(3, 'Ana Petrov,2026-03-05 16:45,card,Cobalt,"the "best" card, posted"')))
    assert cells(found)[3][4] == 'the "best" card, posted'
    assert codes(found) == ["repaired_row"]


def test_an_empty_cell_too_many_is_taken_out_and_said() -> None:
    found = table(log(rows=with_row(4, 'Lee Oak,,2026-03-06 08:05,email,Delta,"said ""great chat"" twice"')))
    assert cells(found) == CELLS
    assert [(p.code, p.line) for p in found.problems] == [("repaired_row", 6)]


def test_an_unquoted_comma_in_a_note_is_put_back_into_the_note() -> None:
    found = table(log(rows=with_row(5, "Ola Berg,2026-03-09 10:20,email,Acme,chased, no reply")))
    assert cells(found)[5] == ["Ola Berg", "2026-03-09 10:20", "email", "Acme", "chased, no reply"]
    assert codes(found) == ["repaired_row"]


def test_a_delimiter_missing_between_two_values_is_put_back() -> None:
    found = table(log(rows=with_row(6, "Ida Holm,2026-03-10 12:00call,Brightside,no answer")))
    assert cells(found) == CELLS
    assert codes(found) == ["repaired_row"]


def test_a_row_with_another_delimiter_is_read_with_that() -> None:
    found = table(log(rows=with_row(7, "Max Roth;2026-03-11 13:40;text;Cobalt;short text")))
    assert cells(found) == CELLS
    assert codes(found) == ["repaired_row"]


def test_a_row_with_another_quote_is_read_with_that() -> None:
    found = table(log(rows=with_row(1, "Sam Poe,2026-03-03 11:30,call,Brightside,'left message, will try again'")))
    assert cells(found) == CELLS


def test_a_row_that_can_be_aligned_in_two_ways_is_set_aside() -> None:
    rows = ["a,b,c", *["x,y,z", "y,x,z", "z,y,x", "x,z,y"] * 3, "x,y", "y,z,x"]
    found = table("\n".join(rows) + "\n")
    assert found.rejects["line"].tolist() in ([14], [])
    assert found.account.rows + found.account.set_aside == 14
    assert any(p.line == 14 for p in found.problems)


def test_a_row_with_far_too_many_cells_is_set_aside_with_its_text() -> None:
    found = table(log(rows=with_row(7, "a,b,c,d,e,f,g,h,i,j,k,l,m")))
    assert found.rejects.to_dict("records") == [{"line": 9, "code": "wrong_width", "text": "a,b,c,d,e,f,g,h,i,j,k,l,m"}]
    assert len(found.frame) == 9
    assert found.account.set_aside == 1


def test_delimiters_at_the_end_of_every_row_add_no_column() -> None:
    found = table(log(header=HEADER + ",", rows=[row + "," for row in ROWS]))
    assert list(found.frame.columns) == HEADER.split(",")
    assert cells(found) == CELLS


def test_delimiters_at_the_end_of_data_rows_only_add_no_column() -> None:
    found = table(log(rows=[row + ",," for row in ROWS]))
    assert list(found.frame.columns) == HEADER.split(",")
    assert cells(found) == CELLS


def test_rows_that_leave_out_their_last_cells_are_padded() -> None:
    text = "candidate,1st,2nd,3rd\nMay Lind,3/6\nSam Poe,3/7,3/9\nKim Ray\nAna Petrov,3/1,3/5,3/9\nLee Oak,3/2\n"
    found = table(text)
    assert cells(found)[0] == ["May Lind", "3/6", "", ""]
    assert cells(found)[3] == ["Ana Petrov", "3/1", "3/5", "3/9"]
    assert len(found.frame) == 5


def test_blanks_around_delimiters_are_padding() -> None:
    text = log(header=HEADER.replace(",", ", "), rows=[", ".join(row[:4]) for row in CELLS])
    found = table(text.replace("channel, client, note", "channel, client"))
    assert cells(found) == [row[:4] for row in CELLS]


def test_blanks_before_quotes_are_padding() -> None:
    found = table('candidate, note, at\n"May Lind", "a, b", "3/4"\n"Sam Poe", "c, d", "3/5"\n"Kim Ray", "e", "3/6"\n')
    assert cells(found)[0] == ["May Lind", "a, b", "3/4"]


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


@pytest.mark.parametrize("data", [b"", b"\n", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\0\0\0"])
def test_a_file_without_data_says_so(data: bytes) -> None:
    found = table(data)
    assert "empty_file" in codes(found)
    assert not found.readable
    assert len(found.frame) == 0


def test_a_file_cut_in_its_last_row_keeps_the_row_and_says_so() -> None:
    found = table(log()[: -len("briefly\n")].replace("spoke ", '"spoke '))
    assert cells(found)[9] == ["Tom Vale", "2026-03-13 15:55", "call", "Acme", "spoke "]
    assert codes(found) == ["repaired_row"]
    assert "file ends" in found.problems[0].message


def test_a_very_long_cell_is_read_whole() -> None:
    note = "a note, " * 40_000
    found = table(f'candidate,note\nMay Lind,"{note}"\nSam Poe,x\n')
    assert cells(found) == [["May Lind", note], ["Sam Poe", "x"]]


def test_the_sniffers_differing_is_a_question() -> None:
    found = table("a,b;c\n1,2;3\n4,5;6\n")
    assert found.dialect is not None
    assert found.dialect.votes_agree == ("delimiter_unsure" not in codes(found))


@pytest.mark.parametrize("position", range(5))
def test_an_empty_cell_too_many_anywhere_shifts_no_column(position: int) -> None:
    plain = ["Ola Berg", "2026-03-09 10:20", "email", "Acme", ""]
    rows = with_row(5, ",".join([*plain[:position], "", *plain[position:]]))
    found = table(log(rows=rows))
    assert cells(found)[5] == plain
    assert found.problems[0].line == 7


@pytest.mark.parametrize("text", ["Sam Poe", "Brightside"])
def test_a_delimiter_missing_before_a_quoted_note_is_put_back(text: str) -> None:
    found = table(log(rows=with_row(1, ROWS[1].replace('Brightside,"', 'Brightside"'))))
    assert text in cells(found)[1]
    assert cells(found) == CELLS


def test_quoted_cells_after_comma_and_blank_are_read() -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([HEADER.split(","), *CELLS])
    assert cells(table(out.getvalue().replace('","', '", "'))) == CELLS


def test_delimiters_escaped_by_a_backslash_without_any_quotes() -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_NONE, escapechar="\\").writerows([HEADER.split(","), *CELLS])
    assert cells(table(out.getvalue())) == CELLS


@pytest.mark.parametrize("delimiter", ["#", ":", " ", "&"])
def test_an_unusual_delimiter_that_fits_every_row_is_found(delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADER.split(","), *[[*row[:4], "5"] for row in CELLS]])
    assert [row[:4] for row in cells(table(out.getvalue()))] == [row[:4] for row in CELLS]


def test_a_file_of_ten_thousand_columns_is_refused_with_a_sentence() -> None:
    found = table(",".join("abc" for _ in range(10_000)) + "\n" + ",".join("1" for _ in range(10_000)) + "\n")
    assert codes(found) == ["too_many_columns"]
    assert found.account.lines == 2


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


def test_a_stray_quote_before_a_date_is_taken_off_and_said() -> None:
    found = table(log(rows=with_row(2, 'Kim Ray,"2026-03-04 09:15,call,Acme,asked for the date')))
    assert cells(found) == CELLS
    assert [(p.code, p.line) for p in found.problems] == [("repaired_row", 4)]


def test_a_stray_quote_before_a_known_client_is_taken_off_and_before_new_words_kept() -> None:
    known = table(log(rows=with_row(2, 'Kim Ray,2026-03-04 09:15,call,"Acme,asked for the date')))
    assert cells(known)[2][3] == "Acme"
    new = table(log(rows=with_row(2, 'Kim Ray,2026-03-04 09:15,call,"Evergreen,asked for the date')))
    assert cells(new)[2][3] == '"Evergreen'
    assert [(p.code, p.line) for p in new.problems] == [("repaired_row", 4)]


def test_a_stray_quote_does_not_close_at_the_quote_of_the_next_cell() -> None:
    row = '"Sam Poe,2026-03-03 11:30,call,Brightside,"left message, will try again"'
    found = table(log(rows=with_row(1, row)))
    assert cells(found)[1][1:] == CELLS[1][1:]
    assert found.rejects.empty


def test_single_quotes_hold_words_with_an_apostrophe() -> None:
    rows = [f"May Lind,2026-03-{n:02},'didn't say, won't call','It's Ana's note'" for n in range(1, 9)]
    found = table("candidate,at,note,who\n" + "\n".join(rows) + "\n")
    assert cells(found)[0] == ["May Lind", "2026-03-01", "didn't say, won't call", "It's Ana's note"]
    assert len(found.frame) == 8


def test_blanks_behind_commas_are_no_part_of_quoted_or_bare_cells() -> None:
    rows = [
        f'May Lind, 2026-03-{n:02}, {"Acme" if n % 2 else chr(34) + "Acme, Ohio" + chr(34)}, "called"'
        for n in range(1, 9)
    ]
    found = table("candidate, at, client, note\n" + "\n".join(rows) + "\n")
    assert cells(found)[:2] == [
        ["May Lind", "2026-03-01", "Acme", "called"],
        ["May Lind", "2026-03-02", "Acme, Ohio", "called"],
    ]


def test_a_delimiter_missing_between_two_quoted_cells_is_put_back() -> None:
    rows = [f'May Lind,2026-03-{n:02},"sent note {n}, short","https://crm.example/contacts/{n}"' for n in range(1, 9)]
    rows[3] = rows[3].replace('","', '""')
    found = table("candidate,at,note,link\n" + "\n".join(rows) + "\n")
    assert cells(found)[3] == ["May Lind", "2026-03-04", "sent note 4, short", "https://crm.example/contacts/4"]
    assert [(p.code, p.line) for p in found.problems] == [("repaired_row", 5)]


def test_quotes_and_dashes_converted_in_the_wrong_way_are_put_right_and_said() -> None:
    found = table(log().replace("chased", "O\x92Neill \x96 chased"))
    assert cells(found)[5][4] == "O’Neill – chased"
    assert codes(found) == ["mended_text"]


def test_the_share_done_rises_from_nothing_to_one() -> None:
    shown: list[float] = []
    read((log() * 3).encode(), "log.csv", progress=shown.append)
    assert shown == sorted(shown)
    assert 0 <= shown[0] <= shown[-1] == 1.0


def test_a_file_in_many_slices_reads_as_in_one() -> None:
    rows = [f'May Lind {n},2026-03-02 10:00,email,Acme,"note {n},\nover two lines"' for n in range(220_000)]
    found = table(log(rows=rows))
    assert found.problems == ()
    assert len(found.frame) == 220_000
    assert found.frame["note"].tolist() == [f"note {n},\nover two lines" for n in range(220_000)]
    assert found.lines.tolist() == list(range(2, 440_002, 2))


def test_rows_at_hand_have_the_same_structure_as_lines_of_a_file() -> None:
    rows = [["Log", "", ""], ["", "", ""], ["candidate", "at", "note"], ["May Lind", "2026-03-02", "sent"]]
    found = find_structure(grid_of(rows), 3)
    assert found.names == ["candidate", "at", "note"]
    assert (found.header.tolist(), found.rows.tolist()) == ([2], [3])
    assert {reason: where.tolist() for reason, where in found.dropped.items() if len(where)} == {
        "title": [0],
        "blank": [1],
    }


def test_a_sep_line_may_name_the_backslash_and_nothing_that_cannot_part_cells() -> None:
    named = table("sep=\\\r\nName\\Date\r\nMay Lind\\2026-03-02\r\n")
    assert (list(named.frame.columns), cells(named)) == (["Name", "Date"], [["May Lind", "2026-03-02"]])
    for sign in ('"', "é", "a"):
        found = table(f'sep={sign}\nName,Date\n"May Lind",2026-03-02\n"Sam Poe",2026-03-03\n')
        assert list(found.frame.columns) == ["Name", "Date"]
        assert len(found.frame) == 2
