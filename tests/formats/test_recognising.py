"""Which export is it: known layouts by their header, unknown ones by a guess that a person confirms."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.formats.profile import Profile, fingerprint, normal_header, profile_from, profile_of_toml, profiles
from analysis.formats.recognising import Recognition, choices, recognise
from analysis.reading.reader import read

HEADERS = {
    "plain": "candidate,client,at,kind,channel,note",
    "hubspot_notes": "Record ID,Body preview,Associated Contact,Associated Company,Activity date",
    "opencats_activity": "Date,First Name,Last Name,Regarding,Activity,Notes,Entered By",
    "salesforce_report": "Assigned,Call Result,Activity Type,Subject,Date,Status,Company / Account,Contact",
    "salesforce_task": "Id,WhoId,WhatId,Subject,ActivityDate,Status,OwnerId,Description,IsDeleted,IsClosed,CreatedDate",
    "outlook_calendar": "Subject,Start Date,Start Time,End Date,End Time,Meeting Organizer,Required Attendees,Location",
    "outlook_mail": "Subject,Body,From: (Name),From: (Address),From: (Type),To: (Name),To: (Address),To: (Type)",
    "linkedin_messages": "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER",
    "odoo_messages": "Date,Author,From,Type,Subject,Contents,Related Document Model,Recipients (To)",
    "ringcentral_calls": "Type,Direction,From,To,Extension,Forwarded To,Name,Date,Time,Action,Action Result,Duration",
    "dialpad_calls": "date_started,call_id,operator_name,direction,external_number,internal_number,note,timezone",
    "message_trace": "origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id,directionality",
    "wide_tracker": "Name,Email,Client,Date Invited,Interview Date,Interviewer,1st Follow Up,2nd Follow Up,Result",
    "recruiter_notes": "Date Added,Author,About,Note Action,Comments",
}


def seen(header: str, *rows: str, saved: dict[str, Profile] | None = None) -> Recognition:
    text = "\n".join([header, *(rows or (",".join("x" for _ in header.split(",")),))])
    return recognise(read(text.encode(), "export.csv"), saved)


@pytest.mark.parametrize("name", HEADERS)
def test_an_export_is_known_by_its_header(name: str) -> None:
    found = seen(HEADERS[name])
    assert found.profile is not None
    assert found.profile.name == name


@pytest.mark.parametrize("name", HEADERS)
def test_reordered_shouted_and_extra_columns_change_nothing(name: str) -> None:
    columns = HEADERS[name].split(",")
    found = seen(",".join(["Colour", *reversed([c.upper() if "_" in c else c for c in columns])]))
    assert found.profile is not None
    assert found.profile.name == name
    assert found.unused == ("Colour",) or "Colour" in found.unused


def test_a_header_is_compared_without_case_and_punctuation() -> None:
    assert normal_header("ActivityDate") == normal_header("activity_date") == normal_header(" Activity  date ")
    assert normal_header("Thank you note sent?") == "thank you note sent"
    assert fingerprint(["A b", "CallType"]) == fingerprint(["call type", "a_B"])


def test_an_unknown_layout_is_guessed_from_its_headers() -> None:
    found = seen("Datum,Kandidat,Kunde,Kanal,Notizen", "05.03.2024 14:30,May Lind,Acme,Telefon,angerufen")
    assert found.profile is None
    fields = {g.column: g.field for g in found.guesses}
    assert fields == {"Datum": "at", "Kandidat": "candidate", "Kunde": "client", "Kanal": "type", "Notizen": "note"}
    assert all(0 < g.confidence <= 1 and g.why for g in found.guesses)


def test_columns_with_odd_names_are_guessed_from_their_values() -> None:
    found = seen(
        "Alpha,Beta,Gamma,Delta",
        "may@example.com,2026-03-03 10:00,phone,(555) 555-0100",
        "lee@example.com,2026-03-04 10:00,e-mail,(555) 555-0101",
    )
    fields = {g.column: g.field for g in found.guesses}
    assert fields == {"Alpha": "candidate_email", "Beta": "at", "Gamma": "channel", "Delta": "candidate_phone"}


def test_a_date_column_whose_values_are_no_dates_is_trusted_less() -> None:
    found = seen("Candidate,Date,Notes", "May Lind,blue,called", "Lee Orr,green,called")
    guess = next(g for g in found.guesses if g.column == "Date")
    assert guess.confidence < 0.5
    assert "no dates" in guess.why


def test_a_date_that_can_be_read_in_two_ways_is_asked_about_in_words() -> None:
    found = seen("candidate,at,kind", "May Lind,11/2/2026,interview", "May Lind,11/3/2026,reply")
    question = next(q for q in found.questions if q.about == "date_order")
    assert question.column == "at"
    assert "11 February 2026, 11 March 2026 (day first)" in question.sentence
    assert "2 November 2026, 3 November 2026 (month first)" in question.sentence
    assert question.options == ("dmy", "mdy")


def test_what_is_missing_is_asked_for() -> None:
    found = seen("Colour,Size", "red,7")
    assert [q.sentence for q in found.questions if q.about == "needed"] == [
        "Which column holds the candidate?",
        "Which column holds the date?",
        "Which column holds the kind, channel or note?",
    ]


def test_a_mapping_confirmed_once_needs_no_question_again() -> None:
    header = "Wer,Wann,Was"
    profile = profile_from({"Wer": "candidate", "Wann": "at", "Was": "note"})
    found = seen(header, "May Lind,2026-03-03,angerufen", saved={fingerprint(header.split(",")): profile})
    assert found.profile == profile
    assert found.questions == ()
    assert found.known == 1.0


def test_every_field_of_every_profile_can_be_chosen_by_a_person() -> None:
    assert {p.name for p in profiles()} >= set(HEADERS)
    for profile in profiles():
        assert set(profile.columns.values()) <= set(choices())


def test_a_data_file_with_a_wrong_key_or_field_is_refused_loudly() -> None:
    with pytest.raises(ValueError, match="colour"):
        profile_of_toml('name = "x"\ntitle = "X"\ncolour = "red"\n[columns]\na = "at"')
    with pytest.raises(ValueError, match="no_such_field"):
        profile_of_toml('name = "x"\ntitle = "X"\n[columns]\na = "no_such_field"')


def test_a_table_without_columns_or_rows_is_no_error() -> None:
    raw = read(b"a\n", "a.csv")
    empty = type(raw)("a.csv", "sheet", "0", pd.DataFrame(), raw.lines[:0], raw.account, raw.rejects)
    found = recognise(empty)
    assert found.profile is None
    assert found.guesses == ()
