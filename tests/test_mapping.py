"""Raw tables to fields: trackers unpivoted, people and jobs taken apart, words and directions understood."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.checked import Answers, CheckedLog
from analysis.checking import check
from analysis.formats.profile import amended, profile_from
from analysis.formats.recognising import recognise
from analysis.loading import load
from analysis.mapping import map_fields
from analysis.parties import entry_title
from analysis.reading.reader import read
from analysis.unpivoting import cell_events

NEW_YORK = Answers(zone="America/New_York", calendar="US")


def loaded(text: str, answers: Answers = NEW_YORK, name: str = "export.csv") -> CheckedLog:
    return load([(name, text.encode())], answers)


def told(log: CheckedLog) -> set[str]:
    return {p.code for p in log.problems}


TRACKER = """\
Name,Email,Mobile,Client,Date Invited,Interview Date,Interviewer,1st Follow Up,2nd Follow Up,3rd Follow Up,\
Interview Remarks,Result
May Lind,may.lind@example.com,555-0100,Acme,3/1,3/14/24 10am,Dana,3/20 - LVM,3/27 emailed,,ok - will rev.,pending
Lee Orr,lee.orr@example.com,555-0101,Acme,,12/27/23,Dana,1/4 called 5:30pm,,,,Rejected
"""


def test_a_wide_tracker_becomes_one_contact_a_cell() -> None:
    log = loaded(TRACKER)
    may = log.contacts[log.contacts["candidate"] == "May Lind"]
    seen = {(r.kind, r.channel, str(r.at.tz_convert("America/New_York"))[:16], r.precision) for r in may.itertuples()}
    assert seen == {
        ("logistics", "", "2024-03-01 12:00", "day"),
        ("interview", "", "2024-03-14 10:00", "minute"),
        ("follow_up", "voicemail", "2024-03-20 12:00", "day"),
        ("follow_up", "email", "2024-03-27 12:00", "day"),
    }
    assert set(may["line"]) == {2}
    assert set(may["candidate_email"]) == {"may.lind@example.com"}
    assert set(may["client"]) == {"Acme"}


def test_a_follow_up_in_january_belongs_to_the_interview_in_december() -> None:
    log = loaded(TRACKER)
    lee = log.contacts[(log.contacts["candidate"] == "Lee Orr") & (log.contacts["kind"] == "follow_up")]
    assert [str(t.tz_convert("America/New_York"))[:16] for t in lee["at"]] == ["2024-01-04 17:30"]
    assert list(lee["channel"]) == ["call"]


def test_the_remarks_of_a_tracker_stay_with_its_interview_alone() -> None:
    log = loaded(TRACKER)
    notes = log.contacts.set_index("kind")["note"]
    assert notes["interview"].iloc[0] == "ok - will rev."
    assert set(notes["follow_up"]) == {"LVM", "emailed", "called"}


def test_a_rejection_without_a_date_waits_in_the_undated_tray() -> None:
    log = loaded(TRACKER)
    assert list(zip(log.undated["candidate"], log.undated["kind"], strict=True)) == [("Lee Orr", "rejection")]
    assert "no_date" in told(log)


def test_an_open_order_of_a_whole_tracker_is_asked_about_once() -> None:
    log = loaded("Name,Interview Date,1st Follow Up,2nd Follow Up\nMay Lind,3/4/24 10am,3/6 - LVM,3/11 emailed\n")
    asked = [p for p in log.problems if p.kind.severity == "ask"]
    assert [p.code for p in asked] == ["date_order_open"]
    assert "Interview Date (and in 1st Follow Up, 2nd Follow Up)" in asked[0].message
    assert "4 March 2024" in asked[0].message


def test_dates_close_to_their_interview_are_likelier_than_the_zones_habit() -> None:
    text = "Name,Interview Date,1st Follow Up,2nd Follow Up\nMay Lind,3/4/24 10am,3/6 - LVM,3/11 emailed\n"
    log = loaded(text, Answers(zone="Europe/London"))
    assert {t.month for t in log.contacts["at"]} == {3}
    assert "date_order_open" in told(log)


def test_an_answer_for_one_column_of_a_tracker_settles_the_others() -> None:
    text = "Name,Interview Date,1st Follow Up\nMay Lind,3/4/24 10am,5/4 - LVM\n"
    log = loaded(text, Answers(zone="Europe/London", date_order={"Interview Date": "dmy"}))
    assert [t.month for t in log.contacts["at"]] == [4, 4]
    assert "date_order_open" not in told(log)


THANKS = """\
Candidate,Date Of Interview,Interviewer,Thank you note sent?,Date Sent
May Lind,3/14/2024,Dana Osei,Yes,3/15
Lee Orr,3/17/2024,Sam Poe,Yes,
Ana Ruiz,3/18/2024,Kim Ray,No,
"""


def test_a_thank_you_flag_is_a_note_a_question_or_a_statement_that_none_was_sent() -> None:
    log = loaded(THANKS)
    by = log.contacts.set_index(["candidate", "kind"])
    assert str(by.loc[("May Lind", "thank_you"), "at"])[:10] == "2024-03-15"
    assert by.loc[("Ana Ruiz", "debrief"), "note"] == "no thank-you sent"
    assert str(by.loc[("Ana Ruiz", "debrief"), "at"])[:10] == "2024-03-18"
    assert list(zip(log.undated["candidate"], log.undated["kind"], log.undated["state"], strict=True)) == [
        ("Lee Orr", "thank_you", "happened")
    ]
    unsent = next(p for p in log.problems if p.code == "sent_without_date")
    assert (unsent.line, unsent.column, unsent.value) == (3, "Thank you note sent?", "Yes")


def test_a_tracker_without_candidates_says_which_column_to_map_and_loses_nothing() -> None:
    text = "Date Of Interview,Interviewer,Thank you note sent?,Date Sent\n3/14/2024,Dana Osei,Yes,3/15\n"
    log = loaded(text)
    assert len(log.set_aside) == 2
    assert {"columns_needed", "no_candidate"} <= told(log)
    needed = next(p for p in log.problems if p.code == "columns_needed")
    assert "the candidate" in needed.message
    assert "Date Of Interview" in needed.message


def test_a_persons_word_on_one_column_of_a_tracker_keeps_the_rest() -> None:
    raw = read(b"Talent person,Interview Date,1st Follow Up\nMay Lind,3/14/24 10am,3/20 LVM\n", "t.csv")
    profile = recognise(raw).best()
    log = check([map_fields(raw, amended(profile, {"Talent person": "candidate"}))], NEW_YORK)
    assert list(log.contacts["kind"]) == ["interview", "follow_up"]
    assert set(log.contacts["candidate"]) == {"May Lind"}


@pytest.mark.parametrize(
    ("cell", "events"),
    [
        ("3/6 - LVM", [("3/6", "LVM")]),
        ("3/4/24 10am", [("3/4/24 10am", "")]),
        ("3/6, 3/9 emailed", [("3/6", ""), ("3/9", "emailed")]),
        ("10/1 LVM 5:30pm", [("10/1 5:30pm", "LVM")]),
        ("Yes", [("", "Yes")]),
        ("", []),
        ("2024-03-05 called", [("2024-03-05", "called")]),
    ],
)
def test_a_hand_kept_cell_is_cut_into_dates_and_words(cell: str, events: list[tuple[str, str]]) -> None:
    assert cell_events(cell) == events


@pytest.mark.parametrize(
    ("title", "candidate", "client", "job", "state"),
    [
        ("Interview: May Lind / Acme", "May Lind", "Acme", "", ""),
        ("Canceled: Interview: May Lind / Acme", "May Lind", "Acme", "", "cancelled"),
        ("2nd round interview: Ana-Lucia Ruiz / Acme / Analyst", "Ana-Lucia Ruiz", "Acme", "Analyst", ""),
        ("Interview - May Lind - Acme", "May Lind", "Acme", "", ""),
        ("May Lind - phone interview with Acme", "May Lind", "Acme", "", ""),
        ("Interview May Lind @ Acme (Analyst)", "May Lind", "Acme", "Analyst", ""),
        ("Interview: Monique St. Clair / Maplecourt Systems", "Monique St. Clair", "Maplecourt Systems", "", ""),
        ("Interview: May Lind", "May Lind", "", "", ""),
        ("Canceled: Interview", "", "", "", "cancelled"),
    ],
)
def test_titles_of_calendar_entries(title: str, candidate: str, client: str, job: str, state: str) -> None:
    assert entry_title(title) == {"candidate": candidate, "client": client, "job": job, "state": state}


def test_a_desk_meeting_is_no_interview() -> None:
    assert entry_title("Desk meeting") is None


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Calendar//EN
BEGIN:VEVENT
UID:1@example.com
DTSTART:20240304T150000Z
DTEND:20240304T160000Z
ORGANIZER;CN=Ines Rivera:mailto:ines@agency.example
ATTENDEE;CN=may.lind@example.com:mailto:may.lind@example.com
ATTENDEE;CN=Dana Osei:mailto:dana.osei@acme.example
ATTENDEE;CN=Sam Poe:mailto:sam.poe@acme.example
ATTENDEE;CN=Tom Reyes:mailto:tom@agency.example
SUMMARY:Interview: May Lind / Acme
LOCATION:https://meet.example.com/x
STATUS:CONFIRMED
END:VEVENT
BEGIN:VEVENT
UID:2@example.com
DTSTART;TZID=America/Chicago:20240305T100000
DTEND;TZID=America/Chicago:20240305T103000
ORGANIZER;CN=Ines Rivera:mailto:ines@agency.example
SUMMARY:Interview: Lee Orr / Beta
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:3@example.com
DTSTART:20240306T150000Z
SUMMARY:Desk meeting
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_names_candidate_client_interviewers_and_recruiter() -> None:
    log = loaded(CALENDAR.replace("\n", "\r\n"), name="interviews.ics")
    may = log.contacts.iloc[0]
    assert (may["candidate"], may["candidate_email"], may["client"]) == ("May Lind", "may.lind@example.com", "Acme")
    assert may["interviewer"] == "Dana Osei;Sam Poe"
    assert may["interviewer_email"] == "dana.osei@acme.example;sam.poe@acme.example"
    assert (may["recruiter"], may["kind"], may["channel"]) == ("Ines Rivera", "interview", "video")
    assert str(may["at"]) == "2024-03-04 15:00:00+00:00"
    assert str(may["ended_at"]) == "2024-03-04 16:00:00+00:00"


def test_a_cancelled_entry_is_cancelled_and_read_on_its_own_clock() -> None:
    log = loaded(CALENDAR.replace("\n", "\r\n"), name="interviews.ics")
    lee = log.contacts.iloc[1]
    assert (lee["candidate"], lee["state"]) == ("Lee Orr", "cancelled")
    assert str(lee["at"]) == "2024-03-05 16:00:00+00:00"


def test_a_meeting_that_is_no_interview_is_set_aside_and_said() -> None:
    log = loaded(CALENDAR.replace("\n", "\r\n"), name="interviews.ics")
    assert list(log.set_aside["code"]) == ["no_interview"]


def test_a_note_with_several_people_takes_who_is_not_at_the_client() -> None:
    log = loaded(
        "Record ID,Body preview,Associated Contact,Associated Company,Activity date\n"
        "77,Called re second round,Dana Osei (dana@acme.example);May Lind (may@example.com),Acme,2026-01-10 21:52\n"
    )
    row = log.contacts.iloc[0]
    assert (row["candidate"], row["candidate_email"]) == ("May Lind", "may@example.com")
    assert (row["interviewer"], row["interviewer_email"]) == ("Dana Osei", "dana@acme.example")
    assert (row["kind"], row["sender"], row["note"]) == ("", "", "Called re second round")
    assert "whose_side" in told(log)


def test_recruiters_notes_keep_their_text_and_say_when_they_were_typed() -> None:
    log = loaded(
        "Date Added;Author;About;Note Action;Comments\n"
        "07/28/2026 11:15 AM;Tom Adeyemi;Lind, May;Left Message;LVM for Dana<br>will try Monday\n"
        "07/29/2026 11:15 AM;Tom Adeyemi;Lind, May;Cand Check-In;she wrote last night\n"
    )
    first, second = log.contacts.iloc[0], log.contacts.iloc[1]
    assert (first["candidate"], first["recruiter"], first["time_is"]) == ("May Lind", "Tom Adeyemi", "logged")
    assert first["note"] == "LVM for Dana\nwill try Monday"
    assert (first["kind"], first["sender"], first["channel"]) == ("", "agency", "voicemail")
    assert second["subject"] == "Cand Check-In"
    assert told(log) == {"only_logged", "unknown_word"}
    unknown = next(p for p in log.problems if p.code == "unknown_word")
    assert (unknown.column, unknown.value) == ("Note Action", "Cand Check-In")


def test_a_job_with_its_client_is_split_and_html_taken_out() -> None:
    log = loaded(
        "Date,First Name,Last Name,Regarding,Activity,Notes,Entered By\n"
        '"2024-03-05 15:02:11","May","Lind","Analyst (Acme)","Call (LVM)","Now <b>Interviewing</b> &amp; msg","Ines"\n'
        '"2024-03-06 09:00:00","Dana","Osei","General","Email","Forwarded","Ines"\n'
    )
    row = log.contacts.iloc[0]
    assert (row["candidate"], row["job"], row["client"]) == ("May Lind", "Analyst", "Acme")
    assert (row["channel"], row["note"], row["time_is"]) == ("voicemail", "Now Interviewing & msg", "logged")
    assert (log.contacts["job"][1], log.contacts["client"][1]) == ("", "")


def test_in_and_out_are_the_agencys_view() -> None:
    log = loaded(
        "date_started,call_id,operator_name,direction,external_number,note,timezone\n"
        "2026-07-15 00:05:54.388365,1,Ines Rivera,inbound,+15550100,,America/Mexico_City\n"
        "2026-07-15 00:06:02,2,Ines Rivera,outbound,+15550100,,America/Mexico_City\n"
    )
    assert list(zip(log.contacts["sender"], log.contacts["receiver"], strict=True)) == [
        ("candidate", "agency"),
        ("agency", "candidate"),
    ]
    assert str(log.contacts["at"][0]) == "2026-07-15 06:05:54+00:00"


def test_the_mailbox_owner_is_the_agency() -> None:
    log = loaded(
        "CONVERSATION ID,FROM,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
        "c1,May Lind,Ines Rivera,2026-08-01 02:00:00 UTC,,Thanks again,INBOX\n"
        "c2,Ines Rivera,Lee Orr,2026-08-02 02:00:00 UTC,,How did it go?,INBOX\n"
    )
    seen = list(zip(log.contacts["candidate"], log.contacts["sender"], log.contacts["receiver"], strict=True))
    assert seen == [("May Lind", "candidate", "agency"), ("Lee Orr", "agency", "candidate")]
    assert set(log.contacts["channel"]) == {"social"}


def test_a_mail_copied_to_the_agency_goes_from_the_candidate_to_the_client() -> None:
    log = loaded(
        "origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id,directionality\n"
        "2024-03-05T17:20:31.1234567Z,may@example.com,dana@acme.example##Receive;ines@agency.example##Receive,"
        "Thank you,<a1@x.example>,Incoming\n"
        "2024-03-06T17:20:31.1234567Z,ines@agency.example,may@example.com##Receive,Hello,<a2@x.example>,Originating\n"
    )
    first, second = log.contacts.iloc[0], log.contacts.iloc[1]
    assert (first["sender"], first["receiver"]) == ("candidate", "client")
    assert first["interviewer_email"] == "dana@acme.example"
    assert (second["sender"], second["receiver"]) == ("agency", "candidate")
    assert second["candidate_email"] == "may@example.com"


def test_an_open_task_is_a_plan_and_a_deleted_one_is_set_aside() -> None:
    log = loaded(
        "Id,WhoId,Subject,ActivityDate,Status,Description,IsDeleted,IsClosed,CreatedDate,CompletedDateTime\n"
        "1,003A,Email: Thank you,2023-01-17 00:00:00,Completed,,0,1,2023-01-17 17:00:04,2023-01-17 17:00:04\n"
        "2,003A,Call,2023-01-24 00:00:00,Open,,0,0,2023-01-21 12:56:24,\n"
        "3,003A,Call,2023-01-25 00:00:00,Completed,,1,1,2023-01-21 12:56:24,\n"
    )
    assert list(log.contacts["state"]) == ["", "planned"]
    assert list(log.contacts["channel"]) == ["email", "call"]
    assert list(log.set_aside["code"]) == ["deleted_row"]


def test_a_mapping_by_hand_reads_any_columns() -> None:
    raw = read(b"Wer;Wann;Was\nMay Lind;05.03.2024 14:30;angerufen\n", "x.csv")
    profile = profile_from({"Wer": "candidate", "Wann": "at", "Was": "note"})
    log = check([map_fields(raw, profile)], Answers(zone="Europe/Berlin", date_order={"Wann": "dmy"}))
    assert str(log.contacts["at"][0]) == "2024-03-05 13:30:00+00:00"
    assert log.contacts["note"][0] == "angerufen"


def test_the_same_bytes_under_two_names_add_nothing_twice() -> None:
    text = b"candidate,at,kind\nMay Lind,2026-03-03,reply\n"
    log = load([("a.csv", text), ("copy of a.csv", text)], NEW_YORK)
    assert len(log.contacts) == 1
    assert [(f.file, f.contacts) for f in log.files] == [("a.csv", 1), ("copy of a.csv", 0)]
    assert [p.code for p in log.files[1].problems] == ["same_file_twice"]


def test_a_file_that_cannot_be_read_stands_in_the_report_with_its_reason() -> None:
    log = load([("empty.csv", b""), ("log.csv", b"candidate,at,kind\nMay Lind,2026-03-03,reply\n")], NEW_YORK)
    assert len(log.contacts) == 1
    assert log.files[0].contacts == 0
    assert log.files[0].problems[0].kind.severity == "unreadable"


HEADERS = st.sampled_from(
    ["Name", "Interview Date", "1st Follow Up", "Thank you note sent?", "Date Sent", "Result", "Date", "Time", "x", "",
     "Subject", "From", "To", "Notes", "Activity", "Start Date", "Start Time", "Meeting Organizer", "Regarding"]
)  # fmt: skip
CELLS = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=10),
    st.sampled_from(["3/6 - LVM", "3/4/24 10am", "Yes", "No", "Interview: May / Acme", "a@b.example;c@d.example"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(HEADERS, min_size=1, max_size=7, unique=True), st.data())
def test_any_sheet_is_mapped_and_every_line_ends_somewhere(headers: list[str], data: st.DataObject) -> None:
    row = st.lists(CELLS, min_size=len(headers), max_size=len(headers))
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    frame = pd.DataFrame(rows, columns=headers, dtype="str")
    raw = read(b"x\n1\n", "any.csv")
    raw = type(raw)("any.csv", "sheet", "0", frame, np.arange(2, len(rows) + 2), raw.account, raw.rejects)
    fields = map_fields(raw, recognise(raw).best())
    log = check([fields], NEW_YORK)
    assert len(log.contacts) + len(log.set_aside) + len(log.undated) == len(fields.lines)
    assert set(fields.lines) == set(range(2, len(rows) + 2))
