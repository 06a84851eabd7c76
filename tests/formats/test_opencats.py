"""OpenCATS: the list of activities, and the tables behind it, which know more."""

from __future__ import annotations

from expected import aside, asked, lines, loaded, read_text, said, seen


def test_an_activity_is_typed_in_at_its_time_and_keeps_job_and_client() -> None:
    log = loaded("opencats_activity_export_full.csv")
    assert seen(log.contacts, "job", "client", "recruiter", "note") == lines("""
May Lind,2024-03-05 15:02,,,voicemail,,,Analyst,Acme,Ines Rivera,Status change: Interviewing & left msg
Dana Osei,2024-03-06 09:00,,,email,,,,,Ines Rivera,Thank-you forwarded
""")
    assert set(log.contacts["time_is"]) == {"logged"}
    assert asked(log) == ["whose_side"]


def test_a_download_that_lost_its_last_bytes_loses_no_activity() -> None:
    whole, cut = loaded("opencats_activity_export_full.csv"), loaded("opencats_activity_export_cut3.csv")
    assert seen(cut.contacts, "note") == seen(whole.contacts, "note")


def test_a_status_that_says_nothing_of_a_contact_is_set_aside_and_a_spanish_list_is_read() -> None:
    log = read_text(
        "Date,First Name,Last Name,Regarding,Activity,Notes,Entered By\n"
        '2024-03-05 15:02:11,May,Lind,Analyst (Acme),Other,"Status change: <span>Contacted</span>",Ines\n'
        "2024-03-06 15:02:11,May,Lind,Analyst (Acme),Llamada (Perdida),,Ines\n"
    )
    assert seen(log.contacts) == ["May Lind,2024-03-06 15:02,,,call,,attempted"]
    assert aside(log) == [(2, "not_a_contact")]
    assert "the system noted by itself" in log.set_aside["message"][0]


def test_the_list_of_candidates_holds_people_and_no_contact() -> None:
    log = loaded("opencats_candidates.csv")
    assert aside(log) == [(2, "person_only"), (3, "person_only")]
    assert said(log) == {"only_people"}


def test_the_table_of_activities_tells_candidates_from_people_at_clients() -> None:
    log = loaded("opencats_table_activity.csv")
    assert seen(log.contacts, "job", "message_id") == lines("""
17,2024-03-05 15:02,,,voicemail,,,33,901
17,2024-03-06 09:15,,,call,,happened,33,902
17,2024-03-05 evening,candidate,client,email,,happened,33,
""")
    assert aside(log) == [(4, "not_a_contact"), (5, "not_a_contact"), (6, "not_a_contact")]
    assert asked(log) == []


def test_the_table_of_events_holds_the_interviews() -> None:
    log = loaded("opencats_table_calendar_event.csv")
    assert seen(log.contacts, "subject") == lines("""
17,2024-03-05 10:00,client,candidate,,interview,,Interview with Dana Osei
18,2024-03-08,client,candidate,,interview,,Interview day at Acme
17,2024-03-06 16:00,agency,,call,,,Call May about the offer
""")
    assert str(log.contacts["ended_at"][0].tz_convert("America/New_York"))[:16] == "2024-03-05 11:00"
    assert aside(log) == [(5, "not_a_contact")]


def test_the_history_of_the_pipeline_gives_offers_rejections_and_hires() -> None:
    log = loaded("opencats_table_status_history.csv")
    assert seen(log.contacts) == lines("""
17,2024-02-20 10:00,,,,other,
17,2024-03-05 15:02,,,,other,
17,2024-03-12 11:30,client,,,offer,
18,2024-03-12 11:31,client,,,rejection,
17,2024-03-20 09:00,client,,,hired,
""")
    assert asked(log) == []


def test_a_sent_mail_is_the_agencys() -> None:
    log = loaded("opencats_table_email_history.csv")
    assert seen(log.contacts, "recruiter") == [
        "may.lind@example.com,2024-03-04 17:30,agency,candidate,email,,,ines@agency.example"
    ]
