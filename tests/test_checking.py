"""Fields to the checked log: what is kept, what is set aside, and what is said about it."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.checked import Answers, CheckedLog, Fields
from analysis.checking import check
from analysis.loading import load
from analysis.log import CONTACT_DTYPES, PLAIN_COLUMNS

NEW_YORK = Answers(zone="America/New_York", calendar="US")


def fields(text: str, name: str = "log.csv", **more: object) -> Fields:
    """A plain-layout text as fields, its first row on line 2."""
    rows = list(csv.reader(io.StringIO(text.strip())))
    frame = pd.DataFrame(rows[1:], columns=rows[0], dtype="str")
    return Fields(name, "plain", frame, np.arange(2, len(rows) + 1), **more)  # type: ignore[arg-type]


def checked(text: str, answers: Answers = NEW_YORK, **more: object) -> CheckedLog:
    return check([fields(text, **more)], answers)


def codes(log: CheckedLog) -> list[tuple[str, int]]:
    return [(p.code, p.line) for p in log.problems]


def test_a_contact_log_has_exactly_the_columns_and_types_of_the_log() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-03-03 10:00,interview")
    assert {n: str(t) for n, t in log.contacts.dtypes.items()} == CONTACT_DTYPES
    assert {n: str(t) for n, t in log.undated.dtypes.items()} == CONTACT_DTYPES
    assert codes(log) == []


def test_a_time_without_a_zone_is_on_the_clients_clock() -> None:
    log = checked("candidate,client_zone,at,kind\nMay Lind,Europe/London,2026-03-03 10:00,interview")
    assert log.contacts["at"][0] == pd.Timestamp("2026-03-03 10:00", tz="UTC")


def test_a_time_without_any_zone_is_on_the_clock_chosen_at_load() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-03-03 10:00,interview")
    assert log.contacts["at"][0] == pd.Timestamp("2026-03-03 15:00", tz="UTC")


def test_an_offset_in_the_time_goes_before_every_zone() -> None:
    log = checked(
        "candidate,client_zone,at,kind\n"
        "May Lind,Europe/London,2026-03-03T10:00:05+02:00,interview\n"
        "May Lind,Europe/London,2026-03-03T10:00Z,interview"
    )
    assert [str(t) for t in log.contacts["at"]] == ["2026-03-03 08:00:05+00:00", "2026-03-03 10:00:00+00:00"]
    assert list(log.contacts["precision"]) == ["second", "minute"]


def test_a_day_without_a_clock_time_is_held_at_local_noon() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-03-03,thank_you")
    assert log.contacts["at"][0] == pd.Timestamp("2026-03-03 12:00", tz="America/New_York")
    assert list(log.contacts["precision"]) == ["day"]


def test_an_evening_in_a_hand_kept_date_is_held_at_six() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-03-03 evening,thank_you")
    assert log.contacts["precision"][0] == "evening"
    assert log.contacts["at"].dt.tz_convert("America/New_York").dt.hour[0] == 18


def test_a_column_of_nothing_but_midnights_holds_days() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-03-03 00:00:00,thank_you\nMay Lind,2026-03-04 00:00:00,reply")
    assert list(log.contacts["precision"]) == ["day", "day"]
    assert list(log.contacts["at"].dt.tz_convert("America/New_York").dt.hour) == [12, 12]


def test_a_call_in_the_hour_that_summer_time_skips_is_moved_forward_and_said() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-03-08 02:30,follow_up")
    assert log.contacts["at"][0] == pd.Timestamp("2026-03-08 03:00", tz="America/New_York")
    assert codes(log) == [("clock_gap", 2)]


def test_of_a_time_that_happened_twice_the_first_is_taken_and_said() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-11-01 01:30,follow_up")
    assert log.contacts["at"][0] == pd.Timestamp("2026-11-01 05:30", tz="UTC")
    assert codes(log) == [("clock_overlap", 2)]


def test_one_day_above_twelve_settles_the_whole_column() -> None:
    log = checked("candidate,at,kind\nMay Lind,3/4/2026,interview\nMay Lind,21/4/2026,reply")
    assert [t.month for t in log.contacts["at"]] == [4, 4]
    assert codes(log) == []


def test_an_open_order_is_asked_about_in_words_and_takes_the_zones_habit() -> None:
    text = "candidate,at,kind\nMay Lind,11/2/2026,interview\nMay Lind,11/3/2026,reply"
    american, british = checked(text), checked(text, Answers(zone="Europe/London"))
    assert [t.month for t in american.contacts["at"]] == [11, 11]
    assert [t.month for t in british.contacts["at"]] == [2, 3]
    assert codes(american) == [("date_order_open", 2)]
    assert "2 November 2026, 3 November 2026" in american.problems[0].message
    assert "11 February 2026, 11 March 2026" in american.problems[0].message
    assert american.problems[0].column == "at"


def test_a_persons_word_on_the_order_goes_before_everything() -> None:
    text = "candidate,at,kind\nMay Lind,11/2/2026,interview"
    log = checked(text, Answers(zone="America/New_York", date_order={"at": "dmy"}))
    assert log.contacts["at"][0].month == 2
    assert codes(log) == []


def test_a_named_weekday_settles_the_order() -> None:
    log = checked("candidate,at,kind\nMay Lind,Tue 03/05/2024 11:04 AM,interview", Answers(zone="Europe/London"))
    assert str(log.contacts["at"][0]) == "2024-03-05 11:04:00+00:00"
    assert codes(log) == []


def test_dates_far_after_the_newest_certain_one_settle_the_order() -> None:
    log = checked(
        "candidate,at,logged_at,kind\nMay Lind,1/12/2026,2026-01-13,interview\nMay Lind,1/11/2026,2026-01-12,reply",
        Answers(zone="Europe/London"),
    )
    assert [t.month for t in log.contacts["at"]] == [1, 1]
    assert codes(log) == []


def test_an_end_before_its_start_under_one_order_settles_it() -> None:
    log = checked(
        "candidate,at,ended_at,kind\nMay Lind,2/3/2026 22:00,3/3/2026 01:00,interview", Answers(zone="America/New_York")
    )
    assert log.contacts["at"][0] == pd.Timestamp("2026-03-02 22:00", tz="America/New_York")
    assert codes(log) == []


def test_iso_dates_are_never_read_with_the_day_first() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-11-02,interview", Answers(zone="Europe/London"))
    assert (log.contacts["at"][0].month, log.contacts["at"][0].day) == (11, 2)


def test_dates_in_two_orders_are_said_and_what_does_not_fit_is_set_aside() -> None:
    log = checked("candidate,at,kind\nMay Lind,21/4/2026,interview\nMay Lind,22/4/2026,reply\nMay Lind,4/23/2026,reply")
    assert len(log.contacts) == 2
    assert list(log.set_aside["line"]) == [4]
    assert {c for c, _ in codes(log)} == {"date_order_mixed", "unreadable_date"}


def test_words_of_the_trade_are_understood_however_they_are_written() -> None:
    log = checked(
        "candidate,at,kind,channel,state,sender\n"
        "May Lind,2026-03-03,Thank-you,E-mail,Done,Applicant\n"
        "May Lind,2026-03-04,Follow up,Phone,,candidate\n"
        "May Lind,2026-03-05,FOLLOW_UP,LinkedIn,,CANDIDATE\n"
        "May Lind,2026-03-06,reply,SMS,Canceled,employer"
    )
    assert list(log.contacts["kind"]) == ["thank_you", "follow_up", "follow_up", "reply"]
    assert list(log.contacts["channel"]) == ["email", "call", "social", "text"]
    assert list(log.contacts["state"]) == ["happened", "", "", "cancelled"]
    assert list(log.contacts["sender"]) == ["candidate", "candidate", "candidate", "client"]
    assert codes(log) == []


def test_an_unknown_word_is_left_out_and_named_once_with_its_count() -> None:
    log = checked("candidate,at,channel,note\nMay Lind,2026-03-03,pager,x\nMay Lind,2026-03-04,pager,y")
    assert list(log.contacts["channel"]) == ["", ""]
    assert codes(log) == [("unknown_word", 2)]
    assert "“pager” in column channel of log.csv (2 lines, the first is line 2)" in log.problems[0].message


def test_rows_that_cannot_be_scored_are_set_aside_with_line_and_reason() -> None:
    log = checked(
        "candidate,at,ended_at,kind,note\n"
        "May Lind,2026-03-03 10:00,2026-03-03 11:00,interview,\n"
        ",2026-03-03,,thank_you,\n"
        "May Lind,next Tuesday or so,,thank_you,\n"
        "May Lind,2026-03-03 10:00,2026-03-03 09:00,interview,\n"
        "May Lind,2026-03-03,,,\n"
    )
    assert list(zip(log.set_aside["line"], log.set_aside["code"], strict=True)) == [
        (3, "no_candidate"),
        (4, "unreadable_date"),
        (5, "end_before_start"),
        (6, "says_nothing"),
    ]
    assert "“next Tuesday or so”" in log.set_aside["message"][1]
    assert log.set_aside["text"][1] == "May Lind | next Tuesday or so | thank_you"
    assert (log.files[0].contacts, log.files[0].set_aside) == (1, 4)


def test_rows_without_a_date_wait_in_the_undated_tray() -> None:
    log = checked("candidate,at,kind\nMay Lind,,thank_you")
    assert log.contacts.empty
    assert log.undated["at"].isna().all()
    assert list(log.undated["kind"]) == ["thank_you"]
    assert codes(log) == [("no_date", 2)]


def test_the_same_problem_on_thousands_of_rows_is_said_once() -> None:
    rows = "\n".join("May Lind,soon,thank_you" for _ in range(3000))
    log = checked(f"candidate,at,kind\n{rows}")
    assert len(log.set_aside) == 3000
    assert codes(log) == [("unreadable_date", 2)]
    assert "2,999 further lines" in log.problems[0].message


def test_a_candidate_without_a_name_is_known_by_address_or_phone() -> None:
    log = checked(
        "candidate,candidate_email,candidate_phone,at,kind\n"
        ",May.Lind@Example.com,,2026-03-03,reply\n,,+1 555 0100,2026-03-03,reply"
    )
    assert list(log.contacts["candidate"]) == ["May.Lind@Example.com", "+1 555 0100"]
    assert log.contacts["candidate_email"][0] == "may.lind@example.com"


def test_addresses_are_lower_case_directory_names_dropped_and_places_kept() -> None:
    log = checked(
        "candidate,at,kind,interviewer,interviewer_email\n"
        "May Lind,2026-03-03,interview,Dana Osei;Sam Poe,;Sam.Poe@Beta.example\n"
        "May Lind,2026-03-04,interview,Ines Rivera,/O=EXCHANGE/CN=RECIPIENTS/CN=RIVERA\n"
        "May Lind,2026-03-05,interview,Kim Ray,Kim Ray <kim@beta.example>\n"
        "May Lind,2026-03-06,interview,Kim Ray,ask reception"
    )
    assert list(log.contacts["interviewer_email"]) == [";sam.poe@beta.example", "", "kim@beta.example", ""]
    assert codes(log) == [("not_an_email", 5)]


def test_html_in_notes_becomes_text_and_phones_stay_as_written() -> None:
    log = checked(
        "candidate,candidate_phone,at,channel,note\n"
        "Lee Orr,'+15550100,2026-03-03,call,called\n"
        "May Lind,(555) 555-0100,2026-03-03,call,Status: <span class='a'>Interviewing</span> &amp; left msg<br>bye"
    )
    assert log.contacts["note"][1] == "Status: Interviewing & left msg\nbye"
    assert list(log.contacts["candidate_phone"]) == ["+15550100", "(555) 555-0100"]


def test_only_the_time_of_typing_is_marked_as_such() -> None:
    log = checked("candidate,logged_at,kind\nMay Lind,2026-03-06 09:00,thank_you")
    assert list(log.contacts["time_is"]) == ["logged"]
    assert codes(log) == [("only_logged", 0)]


def test_a_decision_date_is_read_as_a_date_or_from_words() -> None:
    log = checked(
        "candidate,at,kind,decision_on\n"
        "May Lind,2026-03-03 10:00,interview,2026-03-10\n"
        "May Lind,2026-03-03 10:00,interview,end of next week\n"
        "May Lind,2026-03-03 10:00,interview,3/11\n"
        "May Lind,2026-03-03 10:00,interview,purple"
    )
    days = [None if pd.isna(d) else str(d.date()) for d in log.contacts["decision_day"]]
    assert days == ["2026-03-10", "2026-03-13", "2026-03-11", None]
    assert list(log.contacts["decision_vague"]) == [False, True, False, False]
    assert codes(log) == [("decision_not_understood", 5)]


def test_unknown_zones_and_calendars_are_said_and_the_usual_ones_used() -> None:
    log = checked(
        "candidate,client_zone,client_calendar,candidate_zone,at,kind\n"
        "May Lind,Mars/Olympus,us-mi,Nowhere,2026-03-03 10:00,interview\n"
        "May Lind,,XX,,2026-03-03 10:00,interview"
    )
    assert list(log.contacts["at"].dt.hour) == [15, 15]
    assert list(log.contacts["client_calendar"]) == ["US-MI", ""]
    assert sorted(codes(log)) == [("unknown_calendar", 3), ("unknown_zone", 2), ("unknown_zone", 2)]


def test_unknown_settings_are_said_and_the_country_of_the_zone_gives_the_calendar() -> None:
    log = checked("candidate,at,kind\nMay Lind,2026-03-03,reply", Answers(zone="America/Detroit"))
    assert (log.zone, log.calendar) == ("America/Detroit", "US")
    odd = checked("candidate,at,kind\nMay Lind,2026-03-03,reply", Answers(zone="Middle Earth", calendar="XX"))
    assert (odd.zone, odd.calendar) == ("UTC", "")
    assert [c for c, _ in codes(odd)] == ["unknown_default", "unknown_default"]


def test_the_completeness_answer_and_the_route_hold_for_the_file() -> None:
    text = "candidate,at,kind\nMay Lind,2026-03-03,reply"
    log = checked(text, Answers(complete="yes", route="via_agency"))
    assert log.contacts["complete"].all()
    assert list(log.contacts["route"]) == ["via_agency"]
    assert not checked(text, Answers(complete="not-sure")).contacts["complete"].any()


def test_answers_for_one_file_do_not_touch_another() -> None:
    text = "candidate,at,kind\nMay Lind,2026-03-03 10:00,reply"
    tables = [fields(text, "a.csv"), fields(text, "b.csv")]
    log = check(tables, Answers(zone="UTC"), {"b.csv": Answers(zone="America/New_York", complete="yes")})
    assert list(log.contacts["file"]) == ["a.csv", "b.csv"]
    assert list(log.contacts["at"].dt.hour) == [10, 15]
    assert list(log.contacts["complete"]) == [False, True]


def test_no_file_at_all_is_an_empty_log() -> None:
    log = check([], NEW_YORK)
    assert len(log.contacts) == len(log.set_aside) == len(log.undated) == 0
    assert log.problems == ()


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "May Lind", "2026-03-03 10:00", "3/6", "13/13/2026", "24:00", "Yes", "1/2/26 99pm", "29 February",
         "2026-03-08T02:30", "0001-01-01", "9999-12-31 23:59", "Thank-you", "a@b.example;", "America/New_York",
         "end of next week", "45355", "99999999999999", "&#99999999;", "<b", "١٢/٣/٢٠٢٦", "3/4/0000"]
    ),
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.sampled_from(PLAIN_COLUMNS), min_size=1, max_size=8, unique=True).flatmap(
        lambda columns: st.tuples(
            st.just(columns), st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), max_size=6)
        )
    )
)
def test_any_table_of_text_is_checked_and_no_row_is_lost(table: tuple[list[str], list[list[str]]]) -> None:
    columns, rows = table
    frame = pd.DataFrame(rows, columns=columns, dtype="str")
    log = check([Fields("any.csv", "plain", frame, np.arange(2, len(rows) + 2))], NEW_YORK)
    assert len(log.contacts) + len(log.set_aside) + len(log.undated) == len(rows)
    assert {n: str(t) for n, t in log.contacts.dtypes.items()} == CONTACT_DTYPES
    assert log.contacts["at"].notna().all()


def test_a_message_id_in_angle_brackets_is_no_tag() -> None:
    data = b"candidate,at,kind,message_id\nMay Lind,2026-03-03 10:00,thank_you,<m1>\n"
    assert load([("log.csv", data)], Answers(zone="UTC")).contacts["message_id"].tolist() == ["<m1>"]
