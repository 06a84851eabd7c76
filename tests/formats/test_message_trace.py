"""Microsoft 365 message traces: who wrote to whom at which second, in one row or in sixteen."""

from __future__ import annotations

from expected import aside, asked, lines, loaded, read_text, said, seen


def test_a_trace_gives_one_contact_a_message_whoever_got_it() -> None:
    log = loaded("m365_message_trace_utf16le_nobom.csv")
    assert seen(log.contacts, "interviewer_email", "message_id", zone="UTC") == lines("""
may.lind@example.com,2024-03-05 17:20,candidate,client,email,,,dana.osei@client.example,<a1@example.com>
may.lind@example.com,2024-03-06 09:02,agency,candidate,email,,,,<a2@agency.example>
""")
    assert said(log) == {"no_candidate"}


def test_an_employers_mail_to_the_agency_is_no_candidates() -> None:
    log = loaded("m365_message_trace_utf16le_nobom.csv")
    assert aside(log) == [(4, "no_candidate")]
    assert "dana.osei@client.example | " in log.set_aside["text"][0]


def test_a_trace_of_one_message_to_two_companies_asks_which_is_the_agencys() -> None:
    log = loaded("m365_message_trace_utf16le_bom.csv")
    assert seen(log.contacts, zone="UTC") == ["may.lind@example.com,2024-03-05 17:20,candidate,client,email,,"]
    assert asked(log) == ["whose_side"]


def test_the_sixteen_rows_of_a_message_are_one_contact_at_its_earliest_time() -> None:
    log = loaded("m365_trace_extended_utf16le_nobom.csv")
    assert seen(log.contacts, "interviewer_email", "recruiter", "line", zone="UTC") == lines("""
may.lind@example.com,2024-03-05 17:20,candidate,client,email,,,dana.osei@client.example,,2
may.lind@example.com,2024-03-06 09:02,agency,candidate,email,,,,,8
""")
    assert [str(t)[17:19] for t in log.contacts["at"]] == ["31", "11"]
    assert {code for _, code in aside(log)} == {"same_contact"}
    assert [line for line, _ in aside(log)] == [3, 4, 5, 6, 7, 9]
    assert "one more row of the contact on line 2" in log.set_aside["message"][0]
    assert asked(log) == []


def test_every_row_of_a_trace_ends_somewhere() -> None:
    log = loaded("m365_trace_extended_utf16le_nobom.csv")
    assert [(f.lines, f.contacts, f.set_aside) for f in log.files] == [(9, 2, 6)]


def test_the_older_header_of_a_trace_is_known_too() -> None:
    log = read_text(
        "origin_timestamp,sender_address,recipient_status,message_subject,message_id,directionality\n"
        "2024-03-06T09:02:11.0000001Z,ines@agency.example,may.lind@example.com##Deliver,Hello,<a2@x.example>,Originating\n"
    )
    assert seen(log.contacts, zone="UTC") == ["may.lind@example.com,2024-03-06 09:02,agency,candidate,email,,"]
    assert said(log) == set()


def test_a_message_that_reached_nobody_failed_and_one_that_reached_somebody_did_not() -> None:
    header = "origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id,directionality"
    rows = [
        "2024-03-06T09:02:11Z,ines@agency.example,may@example.com##Receive Fail,Hello,<f1@x.example>,Originating",
        "2024-03-06T09:03:11Z,ines@agency.example,may@example.com##Send;lee@example.com##Fail,Hello,<f2@x.example>,"
        "Originating",
    ]
    log = read_text("\n".join([header, *rows, ""]))
    assert list(log.contacts["state"]) == ["failed", ""]
