"""Text messages and LinkedIn: short messages with two sides."""

from __future__ import annotations

import pytest
from expected import asked, lines, loaded, read_text, said, seen


def test_text_messages_have_their_offset_in_the_header() -> None:
    log = loaded("goto_sms_details.csv")
    assert seen(log.contacts, zone="UTC") == lines("""
+15550100,2026-03-05 16:04,agency,candidate,text,,
+15550100,2026-03-05 16:20,candidate,agency,text,,
+15550101,2026-03-06 16:20,agency,candidate,text,,failed
""")
    assert said(log) == set()


@pytest.mark.parametrize(("offset", "utc"), [("UTC-5", "21:04"), ("UTC+0", "16:04"), ("UTC+05:30", "10:34")])
def test_another_offset_in_the_header_is_another_moment(offset: str, utc: str) -> None:
    log = read_text(
        f"From,Destination,Direction,Sent on ({offset}),Status,# Of Credits\n"
        "+15550199,+15550100,Outbound,2026-03-05 16:04:00,Delivered,1\n"
    )
    assert seen(log.contacts, zone="UTC") == [f"+15550100,2026-03-05 {utc},agency,candidate,text,,"]


def test_a_history_of_texts_has_their_words_and_names() -> None:
    log = read_text(
        "direction,date,to,body,from,status,message_id,message_parts,first_name,last_name\n"
        "out,2026-03-05 16:04:00,+15550100,How did it go?,+15550199,Sent,m1,1,May,Lind\n"
        "in,2026-03-05 16:20:00,+15550199,Went well,+15550100,Received,m2,1,May,Lind\n"
    )
    assert seen(log.contacts, "candidate_phone", "note") == lines("""
May Lind,2026-03-05 16:04,agency,candidate,text,,,+15550100,How did it go?
May Lind,2026-03-05 16:20,candidate,agency,text,,,+15550100,Went well
""")


def test_a_mailbox_of_one_linkedin_message_asks_whose_it_is() -> None:
    log = loaded("linkedin_messages.csv")
    assert seen(log.contacts, zone="UTC") == ["May Lind,2026-08-01 02:00,,,social,,"]
    assert asked(log) == ["whose_side"]


def test_the_longest_linkedin_export_says_which_messages_are_drafts() -> None:
    log = loaded("linkedin_messages_longest.csv")
    assert seen(log.contacts, "recruiter", zone="UTC") == lines("""
May Lind,2026-08-01 02:00,candidate,agency,social,,,Ines Rivera
May Lind,2026-08-02 09:30,agency,candidate,social,,,Ines Rivera
Lee Orr,2026-08-03 10:00,agency,candidate,social,,draft,Ines Rivera
""")
    assert asked(log) == []


def test_linkedin_times_are_utc_also_where_they_do_not_say_so() -> None:
    log = read_text(
        "CONVERSATION ID,FROM,TO,DATE,SUBJECT,CONTENT\n"
        "c1,May Lind,Ines Rivera,2026-08-01 02:00:00,,Thanks\n"
        "c1,Ines Rivera,May Lind,2026-08-02 02:00:00,,Good\n"
        "c2,Ines Rivera,Lee Orr,2026-08-03 02:00:00,,Hello\n"
    )
    assert [str(t)[:16] for t in log.contacts["at"]] == ["2026-08-01 02:00", "2026-08-02 02:00", "2026-08-03 02:00"]
    assert list(log.contacts["sender"]) == ["candidate", "agency", "agency"]
