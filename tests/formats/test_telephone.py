"""Telephone systems: who called whom, whether anybody picked up, and one contact for all legs of a call."""

from __future__ import annotations

from expected import aside, asked, lines, loaded, read_text, said, seen

from analysis.checked import Answers

BERLIN = Answers(zone="Europe/Berlin")


def test_a_voicemail_left_by_a_candidate_is_one() -> None:
    log = loaded("ringcentral_call_log.csv")
    assert seen(log.contacts, "candidate_phone", "recruiter") == [
        "May Lind,2024-03-05 11:04,candidate,agency,voicemail,,,(555) 555-0100,Ines Rivera"
    ]
    assert said(log) == set()


def test_a_forwarded_call_is_one_contact_and_its_answered_leg_stands_for_it() -> None:
    log = loaded("ringcentral_call_log_legs.csv")
    assert seen(log.contacts, "recruiter") == lines("""
May Lind,2024-03-05 11:04,candidate,agency,call,,happened,Tom Adeyemi
(555) 555-0101,2024-03-13 14:15,agency,candidate,call,,attempted,Ines Rivera
(555) 555-0101,2024-03-13 14:40,candidate,agency,voicemail,,,Ines Rivera
(555) 555-0101,2024-03-13 15:00,agency,candidate,other,other,,Ines Rivera
""")
    assert aside(log) == [(2, "same_contact")]
    assert asked(log) == []


def test_dialpad_names_the_zone_of_each_row() -> None:
    log = loaded("dialpad_stats_export.csv")
    assert seen(log.contacts, "recruiter", zone="America/Mexico_City") == [
        "+15550100,2026-07-15 00:05,candidate,agency,call,,happened,Ines Rivera"
    ]
    assert str(log.contacts["ended_at"][0]) == "2026-07-15 06:21:51+00:00"
    assert said(log) == set()


def test_a_call_that_was_never_connected_was_only_tried_and_an_apostrophe_is_no_part_of_a_number() -> None:
    log = loaded("dialpad_stats_missed.csv")
    assert seen(log.contacts, "candidate_phone", "note", zone="America/Mexico_City") == lines("""
+15550100,2026-07-15 00:05,candidate,agency,call,,happened,+15550100,asked about Acme
+15550101,2026-07-16 10:00,agency,candidate,call,,attempted,+15550101,
""")


def test_the_call_log_of_dialpad_repeats_calls_and_holds_those_between_colleagues() -> None:
    log = loaded("dialpad_call_logs.csv")
    assert seen(log.contacts, "candidate_email") == lines("""
May Lind,2026-06-01,candidate,agency,call,,happened,may.lind@example.com
Lee Orr,2026-06-14,agency,candidate,voicemail,,,
""")
    assert aside(log) == [(3, "same_contact"), (5, "not_a_contact")]
    assert asked(log) == []


def test_call_numbers_rounded_by_a_spreadsheet_join_nothing() -> None:
    log = read_text(
        "call_id,office_id,external_number,internal_number,date_started,direction,category,name\n"
        "6.53E+15,2,+15550100,15550199,2026-06-01,inbound,connected,May Lind\n"
        "6.53E+15,2,+15550101,15550199,2026-06-02,inbound,connected,Lee Orr\n"
    )
    assert list(log.contacts["candidate"]) == ["May Lind", "Lee Orr"]
    assert list(log.contacts["message_id"]) == ["", ""]
    rounded = next(p for p in log.problems if p.code == "rounded_ids")
    assert "2 numbers in column call_id" in rounded.message


def test_aircall_is_read_on_its_utc_column_with_voicemail_and_missed_calls() -> None:
    log = loaded("aircall_calls.csv")
    assert seen(log.contacts, "recruiter", "note", zone="UTC") == lines("""
+1 555-0100,2025-12-04 12:00,candidate,agency,call,,happened,Ines Rivera,asked when they decide
+1 555-0101,2025-12-05 14:30,candidate,agency,voicemail,,happened,,
+1 555-0101,2025-12-05 15:30,agency,candidate,call,,attempted,Ines Rivera,
""")
    assert said(log) == set()


def test_aircall_without_its_utc_column_is_read_on_the_zone_of_the_number() -> None:
    log = read_text(
        "Line,Datetime (tz offset incl.),Number timezone,Direction,From,To,Answered,Missed_call_reason,User\n"
        "Main,2025-12-04 07:00:00,America/New_York,inbound,15550100,15550199,Yes,,Ines Rivera\n",
        BERLIN,
    )
    assert seen(log.contacts, zone="UTC") == ["15550100,2025-12-04 12:00,candidate,agency,call,,happened"]


def test_a_3cx_report_joins_the_segments_of_a_call_and_leaves_out_colleagues_and_totals() -> None:
    log = loaded("3cx_v20_call_reports.csv", BERLIN)
    assert seen(log.contacts, "recruiter", zone="Europe/Berlin") == lines("""
5550100,2026-09-22 22:01,candidate,agency,call,,happened,Tom Adeyemi
5550101,2026-09-23 09:10,agency,candidate,call,,attempted,Ines Rivera
""")
    assert (2, "same_contact") in aside(log)
    assert (5, "not_a_contact") in aside(log)
    assert len(log.set_aside) + sum(log.files[0].dropped.values()) == 3
    assert asked(log) == []


def test_an_older_3cx_report_has_no_direction_but_short_numbers_are_the_agencys_own() -> None:
    log = loaded("3cx_older.csv", BERLIN)
    assert seen(log.contacts, "recruiter", zone="Europe/Berlin") == lines("""
5550100,2026-09-22 22:01,candidate,agency,call,,happened,Ines Rivera
5550101,2026-09-23 09:10,agency,candidate,call,,attempted,
""")
    assert aside(log) == [(4, "not_a_contact")]


def test_zoom_phone_names_both_ends() -> None:
    log = loaded("zoom_phone_call_log.csv")
    assert seen(log.contacts, "candidate_phone", "recruiter", zone="UTC") == lines("""
May Lind,2026-03-05 16:04,candidate,agency,call,,happened,+15550100,Ines Rivera
+15550101,2026-03-06 16:04,agency,candidate,call,,attempted,+15550101,Ines Rivera
""")
    assert said(log) == set()


def test_a_word_of_direction_that_is_not_known_is_asked_about() -> None:
    log = read_text(
        "Call Time,Call ID,From,To,Direction,Status,Ringing,Talking,Cost\n"
        '2026-09-22T22:01:05,1,5550100,"Rivera, Ines (101)",Sideways,Answered,00:00:05,00:02:10,\n'
    )
    unknown = next(p for p in log.problems if p.code == "unknown_word")
    assert (unknown.column, unknown.value) == ("Direction", "Sideways")
    assert list(log.contacts["sender"]) == ["candidate"]
