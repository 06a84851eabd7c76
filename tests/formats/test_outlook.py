"""Outlook on the desktop: mail folders without a date, calendars in the language of the computer."""

from __future__ import annotations

import pytest
from expected import aside, asked, lines, loaded, read_text, said, seen

from analysis.checked import Answers
from analysis.formats.recognising import recognise
from analysis.reading.reader import read

AMSTERDAM = Answers(zone="Europe/Amsterdam")


def test_a_mail_folder_waits_without_a_date_and_says_so_once() -> None:
    log = loaded("outlook_mail_en_nodate_cp1252.csv")
    assert seen(log.undated, "interviewer_email", "recruiter") == lines("""
May Lind,,candidate,client,email,,,dana.osei@client.example,Ines Rivera
May Lind,,agency,candidate,email,,,,Ines Rivera
""")
    assert len(log.contacts) == 0
    assert asked(log) == ["holds_no_dates"]
    assert [(f.contacts, f.undated, f.set_aside) for f in log.files] == [(0, 2, 0)]
    told = next(p for p in log.problems if p.code == "holds_no_dates")
    assert "2 of them wait" in told.message


def test_the_time_of_the_message_answered_is_not_taken_for_the_time_of_the_answer() -> None:
    log = loaded("outlook_mail_en_nodate_cp1252.csv")
    assert log.undated["at"].isna().all()
    assert "Sent: Tuesday, March 5, 2024" in log.undated["note"][0]


def test_a_german_mail_folder_with_last_names_first_and_directory_names_is_read_as_well() -> None:
    log = loaded("outlook_mail_de_cp1252.csv", Answers(zone="Europe/Berlin"))
    assert seen(log.undated, "interviewer", "interviewer_email", "recruiter") == lines("""
May Lind,,candidate,client,email,,,Dana Osei;Sam Poe,dana.osei@client.example;sam.poe@client.example,Ines Rivera
May Lind,,agency,candidate,email,,,,,Ines Rivera
""")
    assert asked(log) == ["holds_no_dates"]


def test_a_folder_with_one_message_between_strangers_asks_whose_mailbox_it_is() -> None:
    log = loaded("outlook_mail_de_partial_header.csv")
    assert seen(log.undated) == ["May Lind,,,,email,,"]
    assert asked(log) == ["whose_side", "holds_no_dates"]


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("de", "Betreff,Text,Von: (Name),Von: (Adresse),Von: (Typ),An: (Name),An: (Adresse),An: (Typ),CC: (Name)"),
        ("fr", "Objet,Corps,De: (nom),De: (adresse),De: (type),À: (nom),À: (adresse),À: (type),CC: (nom)"),
        ("nl", "Onderwerp,Tekst,Van: (naam),Van: (adres),Van: (type),Aan: (naam),Aan: (adres),Aan: (type),CC: (naam)"),
        ("es", "Asunto,Cuerpo,De: (nombre),De: (dirección),De: (tipo),Para: (nombre),Para: (dirección),CC: (nombre)"),
        ("it", "Oggetto,Corpo,Da: (nome),Da: (indirizzo),Da: (tipo),A: (nome),A: (indirizzo),A: (tipo),CC: (nome)"),
        ("pt", "Assunto,Corpo,De: (nome),De: (endereço),Para: (nome),Para: (endereço)"),
        ("cs", "Předmět,Tělo,Od: (jméno),Od: (adresa),Komu: (jméno),Komu: (adresa)"),
        ("upper case", "SUBJECT,BODY,FROM: (NAME),FROM: (ADDRESS),TO: (NAME),TO: (ADDRESS)"),
        ("no accents", "Asunto,Cuerpo,De: (nombre),De: (direccion),Para: (nombre),Para: (direccion)"),
    ],
)
def test_a_mail_folder_is_known_in_every_language(language: str, header: str) -> None:
    found = recognise(read(f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode(), f"{language}.csv"))
    assert found.profile is not None
    assert found.profile.name == "outlook_mail"
    assert found.unused == ()
    assert found.questions == ()


def test_an_american_calendar_with_an_early_date_asks_for_the_order_of_day_and_month() -> None:
    log = loaded("outlook_calendar_us.csv")
    assert seen(log.contacts, "client", "interviewer", "recruiter") == [
        "May Lind,2024-03-04 10:00,client,candidate,video,interview,,Acme,Dana Osei,Ines Rivera"
    ]
    assert str(log.contacts["ended_at"][0]) == "2024-03-04 16:00:00+00:00"
    assert asked(log) == ["date_order_open"]


def test_a_dutch_calendar_is_read_with_its_cancelled_and_all_day_entries() -> None:
    log = loaded("outlook_calendar_nl_cp1252.csv", AMSTERDAM)
    assert seen(log.contacts, "client", "interviewer", "recruiter", zone="Europe/Amsterdam") == lines("""
May Lind,2020-04-21 10:00,client,candidate,video,interview,,Acme,Dana Osei;Sam Poe,Ines Rivera
Lee Orr,2020-04-03 14:30,client,candidate,in_person,interview,cancelled,Beta,Kim Ray,Ines Rivera
Ana Ruiz,2020-04-05,client,candidate,,interview,,Acme,,Ines Rivera
""")
    assert aside(log) == [(6, "no_interview")]
    assert asked(log) == []


def test_english_headers_may_stand_over_dates_with_the_day_first() -> None:
    header = "Subject,Start Date,Start Time,End Date,End Time,Meeting Organizer,Required Attendees,Location"
    log = read_text(
        f"{header}\n"
        "Interview: May Lind / Acme,21-4-2020,10:00:00,21-4-2020,11:00:00,Ines Rivera,Dana Osei,\n"
        "Interview: Lee Orr / Acme,3-4-2020,10:00:00,3-4-2020,11:00:00,Ines Rivera,Dana Osei,\n"
    )
    assert [str(t)[:10] for t in log.contacts["at"]] == ["2020-04-21", "2020-04-03"]
    assert asked(log) == []


def test_a_french_calendar_has_two_columns_of_one_name() -> None:
    log = loaded("outlook_calendar_fr_cp1252.csv", Answers(zone="Europe/Paris"))
    assert seen(log.contacts, "client", "interviewer", zone="Europe/Paris") == [
        "May Lind,2024-03-15 10:00,client,candidate,video,interview,,Acme,Dana Osei"
    ]
    assert str(log.contacts["ended_at"][0].tz_convert("Europe/Paris"))[:16] == "2024-03-15 11:00"
    assert said(log) == set()


def test_a_german_calendar_is_read_as_well() -> None:
    log = read_text(
        "Betreff;Beginnt am;Beginnt um;Endet am;Endet um;Ganztägiges Ereignis;Besprechungsplanung;"
        "Erforderliche Teilnehmer;Optionale Teilnehmer;Beschreibung;Kategorien;Ort;Priorität;Privat\n"
        "Vorstellungsgespräch: May Lind / Acme;14.03.2024;10:00:00;14.03.2024;11:00:00;Falsch;Rivera, Ines;"
        "Rivera, Ines;;;;Teams;Normal;Falsch\n"
        "Abgesagt: Vorstellungsgespräch: Lee Orr / Acme;15.03.2024;10:00:00;15.03.2024;11:00:00;Falsch;Rivera, Ines;"
        "Rivera, Ines;;;;Teams;Normal;Falsch\n",
        Answers(zone="Europe/Berlin"),
    )
    assert seen(log.contacts, zone="Europe/Berlin") == lines("""
May Lind,2024-03-14 10:00,client,candidate,video,interview,
Lee Orr,2024-03-15 10:00,client,candidate,video,interview,cancelled
""")
    assert said(log) == set()


def test_a_short_calendar_without_guests_is_a_calendar_too() -> None:
    log = read_text(
        "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description,Location,Private\n"
        "Interview: May Lind / Acme,2024-03-14,10:00 AM,2024-03-14,11:00 AM,False,,Teams,False\n"
    )
    assert seen(log.contacts) == ["May Lind,2024-03-14 10:00,client,candidate,video,interview,"]
    assert said(log) == set()
