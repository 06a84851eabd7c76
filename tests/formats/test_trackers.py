"""Hand-kept sheets: a line a candidate, a contact a cell, in the shapes staff keep them."""

from __future__ import annotations

import pytest
from expected import aside, asked, lines, loaded, read_text, said, seen

from analysis.checked import Answers
from analysis.tracker_cells import dates_of, is_nothing, is_open, round_of


def test_a_sheet_with_names_of_a_program_knows_both_rounds_and_who_held_them() -> None:
    log = loaded("tracker_original_names.csv")
    assert seen(log.contacts, "interviewer", "note") == lines("""
May Lind,2024-03-04 10:00,client,candidate,,interview,,Dana Osei,went well; initialInterviewResult: Passed
May Lind,2024-03-18,client,candidate,,interview,,Sam Poe,met the team
May Lind,2024-03-06,candidate,client,voicemail,follow_up,,,LVM
May Lind,2024-03-11,candidate,client,email,follow_up,,,emailed
May Lind,2024-02-28,agency,candidate,,logistics,,,
Lee Orr,2024-03-05,client,candidate,,interview,,Dana Osei,short
Lee Orr,2024-02-28,agency,candidate,,logistics,,,
""")
    # a result without a date and a “Yes” without one wait; “n/a” and a dash are nothing
    assert seen(log.undated, "note") == lines("""
Lee Orr,,client,,,rejection,,Rejected
Lee Orr,,candidate,client,,follow_up,happened,Yes
""")
    assert asked(log) == ["no_date"]
    assert "year_supplied" in said(log)


def test_numbered_rounds_end_with_the_result_of_the_last() -> None:
    log = loaded("tracker_numbered_rounds.csv")
    assert seen(log.contacts, "candidate_id", "note") == lines("""
May Lind,2024-05-13,client,candidate,,interview,,101,FEEDBACK-1: Selected
May Lind,2024-05-20,client,candidate,,interview,,101,FEEDBACK-2: Selected
May Lind,2024-05-27,client,candidate,,interview,,101,
Lee Orr,2024-05-14,client,candidate,,interview,,102,FEEDBACK-1: Selected
Lee Orr,2024-05-21,client,candidate,,interview,,102,
Kim Ray,2024-05-15,client,candidate,,interview,,103,
Ana Bell,2024-05-16,client,candidate,,interview,,104,
""")
    assert seen(log.undated) == lines("""
May Lind,,client,,,hired,
Lee Orr,,client,,,rejection,
""")
    assert asked(log) == ["no_date"]


def test_a_list_of_last_states_says_that_it_is_of_no_use_for_timing() -> None:
    log = loaded("tracker_last_state.csv")
    assert log.contacts.empty
    assert seen(log.undated, "subject", "note") == lines("""
May Lind,,,,,other,,Interview,Last updated: 2024-03-06
Lee Orr,,,,,other,,Rejected,Last updated: 2024-03-11
""")
    assert asked(log) == ["only_last_state"]


def test_a_flag_of_thanks_without_candidates_asks_whose_they_are_and_in_which_order_the_dates_stand() -> None:
    log = loaded("tracker_thankyou_boolean.csv")
    assert asked(log) == ["columns_needed", "date_order_open"]
    assert len(log.set_aside) == 6


def test_the_sheet_of_the_trade_asks_only_for_the_order_of_its_dates() -> None:
    assert asked(loaded("tracker_wide_followups.csv")) == ["date_order_open"]
    settled = loaded(
        "tracker_wide_followups.csv", Answers(zone="America/New_York", date_order={"Interview Date": "mdy"})
    )
    assert asked(settled) == []


def test_a_candidates_own_log_sees_in_and_out_from_the_candidates_side() -> None:
    log = loaded("networking_log.csv")
    assert seen(log.contacts, "interviewer", "client") == lines("""
May Lind,2024-03-05,candidate,client,,thank_you,,Dana Osei,Acme
May Lind,2024-03-07,client,candidate,social,,,Dana Osei,Acme
May Lind,2024-03-08,,,in_person,,,Sam Poe,Beta Ltd
May Lind,2024-03-11,candidate,client,call,,,Dana Osei,Acme
""")


def test_clients_as_headings_of_sections_are_the_clients_of_the_lines_below() -> None:
    log = loaded("tracker_a_sections_by_client.csv")
    assert seen(log.contacts, "client", "interviewer") == lines("""
May Lind,2024-03-14 10:00,client,candidate,,interview,,ACME,Dana Osei
May Lind,2024-03-14,candidate,client,,thank_you,happened,ACME,Dana Osei
May Lind,2024-03-20,candidate,client,voicemail,follow_up,,ACME,Dana Osei
May Lind,2024-03-27,candidate,client,email,follow_up,,ACME,Dana Osei
Lee Orr,2024-03-15,client,candidate,,interview,,ACME,Dana Osei
Lee Orr,2024-03-15,candidate,agency,,debrief,,ACME,Dana Osei
Lee Orr,2024-03-22,client,,,rejection,,ACME,Dana Osei
Kim Ray,2024-03-18 14:00,client,candidate,,interview,,Beta Ltd,Sam Poe
Kim Ray,2024-03-25,candidate,client,,follow_up,,Beta Ltd,Sam Poe
Kim Ray,2024-03-29,candidate,client,call,follow_up,,Beta Ltd,Sam Poe
""")
    assert aside(log) == [(2, "not_a_contact"), (6, "not_a_contact")]
    assert asked(log) == ["sent_without_date"]
    assert "sections_read" in said(log)


def test_months_as_headings_give_the_year_and_a_total_is_no_candidate() -> None:
    log = loaded("tracker_b_months.csv")
    assert seen(log.contacts, "client") == lines("""
May Lind,2024-03-14,client,candidate,,interview,,Acme
May Lind,2024-03-14,candidate,client,,thank_you,happened,Acme
May Lind,2024-03-20,candidate,client,,follow_up,,Acme
May Lind,2024-03-28,client,,,offer,,Acme
Lee Orr,2024-03-15,client,candidate,,interview,,Acme
Lee Orr,2024-03-15,candidate,agency,,debrief,,Acme
Kim Ray,2024-04-02,client,candidate,,interview,,Beta
Kim Ray,2024-04-09,candidate,client,,follow_up,attempted,Beta
""")
    assert aside(log) == [(4, "not_a_contact"), (7, "not_a_contact")]
    assert asked(log) == ["no_date"]


def test_a_german_sheet_with_two_rounds_and_ja_and_nein_is_read() -> None:
    log = loaded("tracker_c_german_excel_cp1252.csv")
    assert seen(log.contacts, "client", "interviewer", "decision_on") == lines("""
May Lind,2024-03-14 10:00,client,candidate,,interview,,Acme,Dana Osei,
May Lind,2024-03-21,client,candidate,,interview,,Acme,Sam Poe,28.03.2024
May Lind,2024-03-14,candidate,client,,thank_you,happened,Acme,,
Zoë Orr,2024-03-15,client,candidate,,interview,,Acme,Dana Osei,
Zoë Orr,2024-03-15,candidate,agency,,debrief,,Acme,,
""")
    assert seen(log.undated) == ["Zoë Orr,,client,candidate,,interview,planned"]


def test_a_header_of_two_rows_tells_how_each_follow_up_was_made() -> None:
    log = loaded("tracker_d_two_row_header.csv")
    assert seen(log.contacts, "client", "interviewer") == lines("""
May Lind,2024-03-14,client,candidate,,interview,,Acme,Dana Osei
May Lind,2024-03-20,candidate,client,voicemail,follow_up,,Acme,Dana Osei
May Lind,2024-03-27,candidate,client,email,follow_up,,Acme,Dana Osei
Lee Orr,2024-03-15,client,candidate,,interview,,Beta,Sam Poe
Lee Orr,2024-03-21,candidate,client,call,follow_up,,Beta,Sam Poe
""")
    assert said(log) == set()


def test_moved_cancelled_and_missed_interviews_are_told_apart() -> None:
    log = loaded("tracker_e_moved_and_missed.csv")
    assert seen(log.contacts) == lines("""
May Lind,2024-03-13,client,candidate,,interview,cancelled
May Lind,2024-03-18 14:00,client,candidate,,interview,
May Lind,2024-03-20,candidate,client,email,follow_up,
Lee Orr,2024-03-14,client,candidate,,interview,cancelled
Kim Ray,2024-03-15,client,candidate,,interview,no_show
Joe Fox,2024-03-19,client,candidate,,interview,
Joe Fox,2024-03-26,client,candidate,,interview,
Joe Fox,2024-03-21,candidate,client,voicemail,follow_up,
Joe Fox,2024-03-22,candidate,client,voicemail,follow_up,
Joe Fox,2024-03-28,candidate,client,email,follow_up,
""")
    assert seen(log.undated) == ["Ana Bell,,client,candidate,,interview,planned"]


def test_a_long_sheet_in_words_of_its_own_is_guessed_and_asked_about() -> None:
    log = loaded("tracker_f_long_other_words.csv")
    assert seen(log.contacts) == lines("""
May Lind,2024-03-14 10:00,,,in_person,interview,
May Lind,2024-03-14 17:30,,,email,thank_you,
May Lind,2024-03-20,,,voicemail,follow_up,
""")
    assert asked(log) == ["columns_guessed"]


def test_names_apart_a_result_with_its_own_date_and_a_line_of_counts() -> None:
    log = loaded("tracker_g_names_apart.csv")
    assert seen(log.contacts, "job") == lines("""
May Lind,2024-03-14,client,candidate,,interview,,Analyst
May Lind,2024-03-15,candidate,client,card,thank_you,happened,Analyst
May Lind,2024-03-21,candidate,client,,follow_up,,Analyst
May Lind,2024-03-28,candidate,client,,follow_up,,Analyst
May Lind,2024-04-02,client,,,offer,,Analyst
Lee Orr,2024-03-15,client,candidate,,interview,,Analyst
Lee Orr,2024-03-22,client,,,rejection,,Analyst
""")
    assert asked(log) == []


def test_each_thank_you_goes_to_the_interviewer_of_its_round() -> None:
    log = loaded("tracker_h_colours_lost.csv")
    assert seen(log.contacts, "interviewer", "note") == lines("""
May Lind,2024-03-14,client,candidate,,interview,,Dana Osei,
May Lind,2024-03-21,client,candidate,,interview,,Sam Poe,green = done
May Lind,2024-03-14,candidate,client,,thank_you,happened,Dana Osei,
May Lind,2024-03-22,candidate,client,email,thank_you,happened,Sam Poe,email
Lee Orr,2024-03-15,client,candidate,,interview,,Dana Osei,was red
""")
    assert seen(log.undated, "interviewer") == ["Lee Orr,,candidate,client,,thank_you,happened,Dana Osei"]
    assert asked(log) == ["sent_without_date"]


def test_a_header_that_comes_again_and_totals_are_no_candidates() -> None:
    log = loaded("tracker_i_repeated_header.csv")
    assert seen(log.contacts, "client") == lines("""
May Lind,2024-03-14,client,candidate,,interview,,Acme
May Lind,2024-03-20,candidate,client,voicemail,follow_up,,Acme
Lee Orr,2024-04-15,client,candidate,,interview,,Beta
Lee Orr,2024-04-22,candidate,client,email,follow_up,,Beta
Lee Orr,2024-04-26,client,,,rejection,,Beta
""")
    assert asked(log) == []


def test_a_sheet_without_any_year_waits_for_one() -> None:
    log = loaded("tracker_j_no_years.csv")
    assert log.contacts.empty
    assert len(log.undated) == 5
    assert asked(log) == ["no_year", "sent_without_date"]


def test_a_candidate_with_nothing_yet_is_no_heading() -> None:
    log = read_text(
        "Candidate,Interview Date,1st Follow Up,Result\n"
        "May Lind,2024-03-14,2024-03-20,\n"
        "Kim Ray,,,\n"
        "Lee Orr,2024-03-15,,\n"
    )
    assert set(log.contacts["candidate"]) == {"May Lind", "Lee Orr"}
    assert set(log.contacts["client"]) == {""}
    assert "sections_read" not in said(log)
    assert [line for line, _ in aside(log)] + list(log.undated["line"]) == [3]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("3/6 - LVM", [("3/6", "LVM")]),
        ("LVM x2", [("", "LVM x2")]),
        ("LVM 3/6, emailed 3/9", [("3/6", "LVM"), ("3/9", "emailed")]),
        ("3/6 3/9 emailed", [("3/6", ""), ("3/9", "emailed")]),
        ("3/6, 3/9 emailed", [("3/6", ""), ("3/9", "emailed")]),
        ("Mar 6 (LVM), Mar 9 (email)", [("Mar 6", "LVM"), ("Mar 9", "email")]),
        ("10 March and 12 March", [("10 March", ""), ("12 March", "")]),
        ("Yes (3/5)", [("3/5", "")]),
        ("✓ 3/5", [("3/5", "")]),
        ("Rejected 3/20", [("3/20", "Rejected")]),
        ("1/4 called 5:30pm", [("1/4 5:30pm", "called")]),
        ("3/6 - LVM, will try again", [("3/6", "LVM, will try again")]),
        # a date that is promised within a remark is no contact
        ("3/6 LVM; will call back by 3/12", [("3/6", "LVM; will call back by 3/12")]),
    ],
)
def test_a_cell_holds_its_dates_with_their_words(cell: str, found: list[tuple[str, str]]) -> None:
    assert [(d.when, d.words) for d in dates_of(cell)] == found


@pytest.mark.parametrize("cell", ["", "n/a", "N.A.", "-", "–", "none", "not yet", "✘", "❌", "?", "  "])
def test_such_cells_are_nothing(cell: str) -> None:
    assert is_nothing(cell)


@pytest.mark.parametrize("cell", ["TBC", "tbd", "pending", "to be confirmed", "awaiting reply"])
def test_such_cells_are_still_open(cell: str) -> None:
    assert is_open(cell)
    assert not is_nothing(cell)


def test_a_round_is_a_number_or_a_word() -> None:
    headers = ["interview 2 date", "second interview", "fu1", "sch date 3", "final interviewer", "interview date"]
    assert [round_of(h) for h in headers] == [2, 2, 1, 3, 99, 0]
