"""HubSpot: notes, calls, e-mails and meetings by label or inner name, and mailings, which are no contact."""

from __future__ import annotations

import pytest
from expected import asked, lines, loaded, read_text, said, seen

from analysis.checked import Answers
from analysis.formats.recognising import recognise
from analysis.reading.reader import read

AUCKLAND = Answers(zone="Pacific/Auckland")


def test_a_note_keeps_its_text_and_takes_who_is_not_at_the_company() -> None:
    log = loaded("hubspot_notes_body.csv", AUCKLAND)
    assert seen(log.contacts, "interviewer", "recruiter", "note", zone="Pacific/Auckland") == lines("""
May Lind,2026-10-21 21:52,,,,,,Dana Osei,Ines Rivera,Called re second round & left details
May Lind,2026-10-23 09:15,,,,,,,Ines Rivera,May says she wrote to Dana last night
May Lind,2026-10-22 evening,candidate,client,,,happened,Dana Osei,Ines Rivera,May says she wrote to Dana last night
""")
    assert asked(log) == ["whose_side"]


def test_a_note_is_filed_under_a_day_and_typed_in_on_another() -> None:
    log = loaded("hubspot_notes_body.csv", AUCKLAND)
    notes = log.contacts[log.contacts["told_at"].isna()]
    assert [str(t.tz_convert("Pacific/Auckland"))[:16] for t in notes["logged_at"]] == [
        "2026-10-22 08:01",
        "2026-10-23 09:16",
    ]
    assert set(log.contacts["time_is"]) == {"contact"}


def test_a_date_that_may_be_january_or_october_is_asked_about() -> None:
    log = loaded("hubspot_notes_export_dmy.csv")
    assert asked(log) == ["whose_side", "date_order_open"]


def test_a_mailing_is_the_systems_own_and_a_bounce_never_arrived() -> None:
    log = loaded("hubspot_marketing_events.csv")
    assert seen(log.contacts, "subject") == lines("""
may.lind@example.com,2026-02-01 09:00,system,candidate,email,other,,Thank you for being with us
lee.orr@example.com,2026-02-13 09:00,system,candidate,email,other,failed,Thank you for being with us
""")
    assert said(log) == set()


CALLS = """\
Record ID,Activity date,Activity assigned to,Call Title,Call notes,Call direction,Call outcome,Call duration,\
Associated Contact
1,2026-03-05 10:00,Ines Rivera,Check-in,<p>went well</p>,Inbound,Connected,60000,May Lind (may.lind@example.com)
2,2026-03-06 10:00,Ines Rivera,,,Outbound,Left voicemail,1000,May Lind (may.lind@example.com)
3,2026-03-07 10:00,Ines Rivera,,,OUTBOUND,73a0d17f-1163-4015-bdd5-ec830791da20,0,May Lind (may.lind@example.com)
"""


def test_calls_say_how_they_went_in_words_or_in_codes() -> None:
    log = read_text(CALLS)
    assert seen(log.contacts, "note") == lines("""
May Lind,2026-03-05 10:00,candidate,agency,call,,happened,went well
May Lind,2026-03-06 10:00,agency,candidate,voicemail,,,
May Lind,2026-03-07 10:00,agency,candidate,call,,attempted,
""")
    assert said(log) == set()


def test_the_inner_names_of_an_account_are_the_same_export() -> None:
    labels = CALLS.splitlines()[0]
    inner = (
        "hs_object_id,hs_timestamp,hubspot_owner_id,hs_call_title,hs_call_body,hs_call_direction,hs_call_disposition,"
        "hs_call_duration,Associated Contact"
    )
    assert seen(read_text(CALLS.replace(labels, inner)).contacts) == seen(read_text(CALLS).contacts)


def test_an_e_mail_tells_its_direction_and_whether_it_left() -> None:
    log = read_text(
        "Record ID,Activity date,Activity assigned to,Email subject,Email body,Email direction,Email send status,"
        "Associated Contact\n"
        "1,2026-03-05 10:00,Ines Rivera,Hello,How did it go?,EMAIL,SENT,May Lind (may.lind@example.com)\n"
        "2,2026-03-05 11:00,Ines Rivera,RE: Hello,Well,INCOMING_EMAIL,,May Lind (may.lind@example.com)\n"
        "3,2026-03-06 11:00,Ines Rivera,Next,Bounced,EMAIL,BOUNCED,May Lind (may.lind@example.com)\n"
    )
    assert seen(log.contacts) == lines("""
May Lind,2026-03-05 10:00,agency,candidate,email,,
May Lind,2026-03-05 11:00,candidate,agency,email,,
May Lind,2026-03-06 11:00,agency,candidate,email,,failed
""")
    assert said(log) == set()


def test_a_meeting_that_nobody_came_to_did_not_take_place() -> None:
    log = read_text(
        "Record ID,Activity date,Meeting name,Internal notes,Start Time,End Time,Meeting outcome,Associated Contact\n"
        "1,2026-03-05 10:00,Interview May Lind / Acme,,2026-03-05 10:00,2026-03-05 11:00,Completed,"
        "May Lind (may.lind@example.com)\n"
        "2,2026-03-06 10:00,Interview Lee Orr / Acme,,2026-03-06 10:00,2026-03-06 11:00,No Show,"
        "Lee Orr (lee.orr@example.com)\n"
    )
    assert seen(log.contacts, "subject") == lines("""
May Lind,2026-03-05 10:00,,,,,happened,Interview May Lind / Acme
Lee Orr,2026-03-06 10:00,,,,,no_show,Interview Lee Orr / Acme
""")
    assert str(log.contacts["ended_at"][0]) == "2026-03-05 16:00:00+00:00"


@pytest.mark.parametrize(
    "header",
    [
        "Datensatz-ID,Notiztext,Zugeordneter Kontakt,Zugeordnetes Unternehmen,Aktivitätsdatum",
        "ID de registro,Cuerpo de la nota,Contacto asociado,Empresa asociada,Fecha de actividad",
        "ID de fiche d'informations,Corps de la note,Contact associé,Entreprise associée,Date de l'activité",
        "hs_object_id,hs_note_body,Associated Contact,hs_timestamp,hubspot_owner_id",
    ],
)
def test_notes_are_known_in_the_languages_of_an_account(header: str) -> None:
    found = recognise(read(f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode(), "notes.csv"))
    assert found.profile is not None
    assert found.profile.name == "hubspot_notes"
    assert found.unused == ()
