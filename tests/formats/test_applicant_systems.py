"""Greenhouse, Lever, SmartRecruiters, Recruit CRM, Coupa and PeopleForce, as tables and as records."""

from __future__ import annotations

import pytest
from expected import aside, asked, lines, loaded, read_text, said, seen


def test_a_feed_turned_into_a_table_gives_a_contact_for_each_note_message_and_event() -> None:
    log = loaded("greenhouse_activity_feed_flattened.csv")
    assert seen(log.contacts, "interviewer_email", "subject", zone="UTC") == lines("""
May Lind,2014-03-26 20:11,,,,,,,
May Lind,2014-03-25 22:02,agency,candidate,,,,,Tomorrow
May Lind,2014-03-26 21:40,candidate,client,,,,dana.osei@client.example,Thank you
May Lind,2014-04-02 15:00,client,candidate,,rejection,,,
Lee Orr,2014-03-27 14:00,,,,,,,
""")
    assert asked(log) == []


def test_scheduled_interviews_keep_each_interviewer_with_their_address() -> None:
    log = loaded("greenhouse_scheduled_interviews.csv")
    assert seen(log.contacts, "interviewer", "interviewer_email", zone="UTC") == lines("""
4684156,2014-03-26 22:15,client,candidate,in_person,interview,happened,Dana Osei;Sam Poe,dana.osei@client.example;sam.poe@client.example
4684156,2014-04-02,client,candidate,video,interview,happened,,dana.osei@client.example
4684157,2014-04-09 15:00,client,candidate,,interview,planned,;Sam Poe,;sam.poe@client.example
""")  # noqa: E501
    assert said(log) == set()


def test_an_interview_of_lever_ends_by_its_minutes_and_may_be_cancelled() -> None:
    log = loaded("lever_interviews.csv")
    assert seen(log.contacts, "client_zone", "subject", zone="America/Los_Angeles") == lines("""
May Lind,2014-12-09 04:30,client,candidate,in_person,interview,,America/Los_Angeles,On-site interview
May Lind,2014-12-04 06:30,client,candidate,call,interview,cancelled,America/Los_Angeles,Phone interview
""")
    assert [str(t)[:16] for t in log.contacts["ended_at"]] == ["2014-12-09 13:30", "2014-12-04 15:00"]
    assert list(log.contacts["interviewer"]) == ["Dana Osei;Sam Poe", "Dana Osei"]
    assert said(log) == set()


def test_slots_and_interviewers_of_one_interview_are_one_contact() -> None:
    log = loaded("smartrecruiters_interviews.csv")
    assert seen(log.contacts, "recruiter", zone="America/Los_Angeles") == lines("""
cp-17,2017-03-10 11:30,client,candidate,in_person,interview,,Ines Rivera
cp-18,2017-03-13 09:30,client,candidate,call,interview,cancelled,Ines Rivera
""")
    # an hour and a half, though the first of its slots takes half an hour
    assert str(log.contacts["ended_at"][0].tz_convert("America/Los_Angeles"))[11:16] == "13:00"
    assert aside(log) == [(3, "same_contact")]
    assert asked(log) == []


def test_calls_with_people_at_clients_are_nobodys_candidate() -> None:
    log = loaded("recruit_crm_calls.csv")
    assert seen(log.contacts, "candidate_phone", "note", zone="UTC") == [
        "16470000170001,2022-03-10 17:16,agency,candidate,call,,,+15555550100,Walked May through the panel"
    ]
    assert aside(log) == [(3, "not_a_contact")]


def test_steps_of_a_candidate_are_outcomes_and_arrangements() -> None:
    log = loaded("coupa_candidate_activity.csv")
    assert seen(log.contacts, "recruiter") == lines("""
May Lind,2024-02-20 10:00,agency,,,other,,Ines Rivera
May Lind,2024-03-01 09:00,client,,,logistics,,Dana Osei
May Lind,2024-03-12 16:20,client,candidate,,rejection,,Dana Osei
""")
    assert aside(log) == [(5, "deleted_row")]
    assert asked(log) == []


def test_a_template_of_notes_knows_the_day_they_were_typed() -> None:
    log = loaded("peopleforce_notes.csv")
    assert seen(log.contacts, "note") == lines("""
may.lind@example.com,2024-03-06,,,,,,May says she emailed Dana last night
lee.orr@example.com,2024-03-07,,,,,,Left VM
may.lind@example.com,2024-03-05 evening,candidate,client,email,,happened,May says she emailed Dana last night
""")
    assert set(log.contacts.loc[log.contacts["told_at"].isna(), "time_is"]) == {"logged"}


@pytest.mark.parametrize(
    "header",
    [
        "id,application_id,start.date_time,end.date_time,status,interview.name,interviewers[0].name,interviewers[0].email",
        "id,application_id,start.date_time,end.date_time,status,interview.name,interviewers/0/name,interviewers/0/email",
        "id,application_id,start.date_time,end.date_time,status,interview.name,interviewers.name,interviewers.email",
    ],
)
def test_however_a_program_writes_the_place_in_a_list_the_interviewer_is_found(header: str) -> None:
    log = read_text(
        f"{header}\n1,77,2014-03-26T22:15:00Z,2014-03-26T22:45:00Z,complete,Face,Dana Osei,dana.osei@client.example\n"
    )
    assert seen(log.contacts, "interviewer", "interviewer_email", zone="UTC") == [
        "77,2014-03-26 22:15,client,candidate,,interview,happened,Dana Osei,dana.osei@client.example"
    ]


def test_a_list_left_as_text_in_its_cell_is_opened() -> None:
    log = read_text(
        "id,application_id,start.date_time,end.date_time,status,interview.name,interviewers\n"
        "1,77,2014-03-26T22:15:00Z,2014-03-26T22:45:00Z,complete,Face,"
        "\"[{'name': 'Dana Osei', 'email': 'dana.osei@client.example'}, {'name': 'Sam Poe', 'email': None}]\"\n"
    )
    assert seen(log.contacts, "interviewer", "interviewer_email", zone="UTC") == [
        "77,2014-03-26 22:15,client,candidate,,interview,happened,Dana Osei;Sam Poe,dana.osei@client.example"
    ]


def test_an_export_that_a_spreadsheet_wrote_again_is_asked_about_and_not_turned_round_in_silence() -> None:
    text = (
        "candidate_id,joborder_id,date,status_from,status_to\n"
        "17,33,05/03/2024 15:02,500,600\n"
        "18,33,{last}/03/2024 15:03,500,700\n"
    )
    open_ = read_text(text.format(last="06"))
    assert "date_order_open" in asked(open_)
    settled = read_text(text.format(last="16"))
    assert [line[:19] for line in seen(settled.contacts)] == ["17,2024-03-05 15:02", "18,2024-03-16 15:03"]
    assert asked(settled) == []


def test_the_records_of_a_feed_belong_to_its_only_candidate() -> None:
    log = loaded("greenhouse_activity_feed.json")
    assert seen(log.contacts, "interviewer_email", "recruiter", zone="UTC") == lines("""
may.lind@example.com,2014-03-26 20:11,,,,,,,Ines Rivera
may.lind@example.com,2014-03-25 22:02,agency,candidate,,,,,
may.lind@example.com,2014-03-26 21:40,candidate,client,,,,dana.osei@client.example,
may.lind@example.com,2014-03-26 20:26,system,,,other,,,Ines Rivera
may.lind@example.com,2014-04-02 15:00,client,candidate,,rejection,,,Ines Rivera
may.lind@example.com,2014-03-25 evening,candidate,client,email,,happened,,Ines Rivera
""")
    assert asked(log) == []


def test_interviews_as_records_are_those_of_the_table() -> None:
    table, records = loaded("greenhouse_scheduled_interviews.csv"), loaded("greenhouse_scheduled_interviews.json")
    assert (
        seen(records.contacts, "interviewer", "interviewer_email")[0]
        == seen(table.contacts, "interviewer", "interviewer_email")[0]
    )
    assert list(records.contacts["line"]) == [2, 10]


def test_interviews_that_name_no_candidate_ask_for_one() -> None:
    log = loaded("lever_interviews.json")
    assert asked(log) == ["columns_needed"]
    assert aside(log) == [(1, "no_candidate")]


def test_opportunities_keep_only_the_last_state() -> None:
    log = loaded("lever_opportunities.json")
    assert seen(log.undated, "candidate_email", "candidate_phone") == lines("""
May Lind,,,,,other,,may.lind@example.com,+1 555 555 0100
Lee Orr,,,,,other,,lee.orr@example.com,
""")
    assert asked(log) == ["only_last_state"]


def test_calls_as_records_know_who_called() -> None:
    log = loaded("recruit_crm_calls.json")
    assert seen(log.contacts, "subject", zone="UTC") == lines("""
16470000170001,2022-03-10 17:16,agency,candidate,call,,,Interview prep
16470000170001,2022-03-11 22:05,candidate,agency,call,,,
""")
    assert aside(log) == [(4, "not_a_contact")]
