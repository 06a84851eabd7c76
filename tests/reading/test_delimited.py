"""Polluted files, one family each: what was read, what was set aside, and that nothing went missing."""

from __future__ import annotations

import csv
import io

import pytest
from polluted import CELLS, HEADER, ROWS, cells, codes, log, table, with_row

from analysis.reading import read


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


def test_a_sep_line_may_name_the_backslash_and_nothing_that_cannot_part_cells() -> None:
    named = table("sep=\\\r\nName\\Date\r\nMay Lind\\2026-03-02\r\n")
    assert (list(named.frame.columns), cells(named)) == (["Name", "Date"], [["May Lind", "2026-03-02"]])
    for sign in ('"', "é", "a"):
        found = table(f'sep={sign}\nName,Date\n"May Lind",2026-03-02\n"Sam Poe",2026-03-03\n')
        assert list(found.frame.columns) == ["Name", "Date"]
        assert len(found.frame) == 2
