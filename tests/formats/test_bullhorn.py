"""Bullhorn: notes, appointments, tasks, submissions and sendouts, from files of its loader or from its interface."""

from __future__ import annotations

from expected import aside, asked, lines, loaded, read_text, said, seen


def test_notes_of_the_loader_have_no_date_and_say_so_once() -> None:
    log = loaded("bullhorn_note_loader.csv")
    assert log.contacts.empty
    assert seen(log.undated, "job", "recruiter") == lines("""
May Lind,,agency,,voicemail,,,JOB-33,Ines Rivera
CAN-17,,,,,,,JOB-33,Ines Rivera
CAN-18,,,,,,,JOB-33,Ines Rivera
""")
    assert asked(log) == ["holds_no_dates"]


def test_a_note_filed_at_the_client_is_nobodys_candidate() -> None:
    log = loaded("bullhorn_note_loader.csv")
    assert aside(log) == [(3, "not_a_contact"), (5, "deleted_row")]
    assert "filed under somebody at a client" in log.set_aside["message"][0]


def test_a_note_of_the_interface_counts_milliseconds_and_holds_for_each_candidate_it_names() -> None:
    log = loaded("bullhorn_notes_api.csv")
    assert seen(log.contacts, "candidate_id", "job", "note") == lines("""
May Lind,2024-03-05 15:02,agency,,voicemail,,,17,Analyst,Left VM re Thursday
May Lind,2024-03-06 09:15,,,,debrief,,17,Analyst,May says she emailed Dana last night
17,2024-03-06 11:00,,,,,,17,Analyst,Prepared both for the panel
18,2024-03-06 11:00,,,,,,18,Analyst,Prepared both for the panel
May Lind,2024-03-05 evening,candidate,client,email,,happened,17,Analyst,May says she emailed Dana last night
""")
    assert set(log.contacts.loc[log.contacts["told_at"].isna(), "time_is"]) == {"logged"}
    assert aside(log) == [(4, "not_a_contact"), (6, "deleted_row")]
    assert asked(log) == []


def test_an_interview_stands_in_its_own_zone_and_once_for_all_invited() -> None:
    log = loaded("bullhorn_appointments.csv")
    assert seen(log.contacts, "interviewer", "client_zone", "subject", zone="America/Chicago") == lines("""
CAN-17,2024-03-05 10:00,client,candidate,in_person,interview,,CC-52;CC-53,America/Chicago,First interview
CAN-17,2024-03-04 16:00,agency,,,logistics,,,America/Chicago,Prep with May
""")
    assert aside(log) == [(3, "same_contact"), (5, "deleted_row"), (6, "no_candidate")]
    assert asked(log) == []


def test_appointments_written_with_the_day_first_are_not_turned_round() -> None:
    log = read_text(
        "subject,dateBegin,dateEnd,timeZoneID,type,candidateReference.externalID,owner.name,appointmentUUID\n"
        "Interview,28/3/24 10:00,28/3/24 11:00,Europe/London,Interview,CAN-17,Ines Rivera,AP-1\n"
        "Interview,2/4/24 10:00,2/4/24 11:00,Europe/London,Interview,CAN-18,Ines Rivera,AP-2\n"
    )
    assert [line[:23] for line in seen(log.contacts, zone="Europe/London")] == [
        "CAN-17,2024-03-28 10:00",
        "CAN-18,2024-04-02 10:00",
    ]
    assert "usual_order_wrong" in said(log)


def test_a_task_counts_when_it_was_done_and_an_open_one_is_a_plan() -> None:
    log = loaded("bullhorn_tasks.csv")
    assert seen(log.contacts, "subject") == lines("""
CAN-17,2024-09-08 15:30,agency,,call,,,Call May
CAN-17,2024-09-13 12:00,agency,,,,planned,Check in after the decision date
""")
    assert aside(log) == [(4, "not_a_contact"), (5, "not_a_contact")]


def test_submissions_keep_only_the_last_state() -> None:
    log = loaded("bullhorn_submissions.csv")
    assert log.contacts.empty
    assert seen(log.undated, "subject") == lines("""
CAN-17,,,,,other,,Interviewing with Client
CAN-18,,,,,other,,Offer Accepted
""")
    assert asked(log) == ["only_last_state"]


def test_a_sendout_is_the_agency_writing_to_the_client() -> None:
    log = loaded("bullhorn_sendouts.csv")
    assert seen(log.contacts, "interviewer_email") == lines("""
CAN-17,2016-02-09 11:22,agency,client,email,other,,dana.osei@client.example
CAN-18,2016-02-09 11:24,agency,client,email,other,,dana.osei@client.example
""")
    assert said(log) == set()
