"""Salesforce: tasks, events and messages of a data export, and the activity report in its languages."""

from __future__ import annotations

import pytest
from expected import aside, asked, lines, loaded, read_text, said, seen

from analysis.checked import Answers
from analysis.formats.recognising import recognise
from analysis.reading.reader import read


def test_a_task_is_known_by_the_person_it_is_about() -> None:
    log = loaded("salesforce_dataexport_Task.csv")
    assert seen(log.contacts, "subject", "note", zone="UTC") == lines("""
003000000000001AAA,2023-01-17 17:00,agency,candidate,email,,,Email: Thank you,Dear Dana,  thank you
003000000000001AAA,2023-01-27 17:10,system,,email,other,,Email de lista: Presentación,
""")
    assert aside(log) == [(3, "no_candidate")]
    assert asked(log) == []


def test_completed_tasks_have_their_moment_open_ones_a_plan_and_list_mail_no_person_behind_it() -> None:
    log = loaded("salesforce_dataexport_Task_es_latin1.csv")
    assert seen(log.contacts, "note", zone="UTC") == lines("""
003000000000011AAA,2023-01-17 17:00,agency,candidate,email,,,Hola May, ¿qué tal la entrevista?
003000000000011AAA,2023-01-27 17:10,system,,email,other,,
00Q000000000012AAA,2023-02-24,,,call,,planned,
003000000000013AAA,2023-01-20,,,call,,,
""")
    assert aside(log) == [(6, "deleted_row")]
    assert asked(log) == []


def test_the_midnight_behind_a_due_day_is_no_time_of_day() -> None:
    log = loaded("salesforce_dataexport_Task_es_latin1.csv")
    assert list(log.contacts["precision"]) == ["second", "second", "day", "day"]
    assert str(log.contacts["logged_at"][3]) == "2023-01-21 12:56:24+00:00"


def test_that_one_list_holds_candidates_and_client_people_is_said() -> None:
    assert "one_list" in said(loaded("salesforce_dataexport_Task.csv"))


def test_an_event_is_an_interview_once_however_many_were_invited() -> None:
    log = loaded("salesforce_dataexport_Event.csv")
    assert seen(log.contacts, "client", "message_id", zone="UTC") == [
        "May Lind,2023-01-16 15:00,client,candidate,video,interview,,Acme,00U000000000001AAA"
    ]
    assert str(log.contacts["ended_at"][0]) == "2023-01-16 15:45:00+00:00"
    assert aside(log) == [(3, "same_contact"), (4, "no_interview")]


def test_messages_have_both_sides_and_a_draft_was_never_sent() -> None:
    log = loaded("salesforce_dataexport_EmailMessage.csv")
    assert seen(log.contacts, "recruiter", "message_id", zone="UTC") == lines("""
may.lind@example.com,2023-01-17 17:00,agency,candidate,email,,,Ines Rivera,<s1@agency.example>
May Lind,2023-01-18 07:30,candidate,agency,email,,,,02s000000000002AAA
lee.orr@example.com,2023-01-18 08:00,agency,candidate,email,,draft,Ines Rivera,02s000000000003AAA
""")
    assert said(log) == set()


def test_a_report_without_clock_times_loses_its_footer_and_asks_for_the_order_of_an_early_date() -> None:
    log = loaded("salesforce_report_tasks_footer_latin1.csv")
    assert seen(log.contacts, "recruiter", "client", "note") == [
        "May Lind,2024-03-05,,,call,,,Ines Rivera,Acme,Left message"
    ]
    assert sum(log.files[0].dropped.values()) == 6
    assert asked(log) == ["date_order_open"]


def test_a_german_report_is_read_with_its_words() -> None:
    log = loaded("salesforce_report_de_latin1.csv", Answers(zone="Europe/Berlin"))
    assert seen(log.contacts, "client", "job", "note", zone="Europe/Berlin") == lines("""
May Lind,2024-03-15,agency,candidate,call,,,Acme,Analyst,Auf die Mailbox gesprochen
May Lind,2024-03-20,,,call,,planned,Acme,Analyst,
Lee Orr,2024-03-18,system,,email,other,,,,
""")
    assert len(log.set_aside) == 0
    assert asked(log) == []


@pytest.mark.parametrize(
    "header",
    [
        "Attribué,Objet,Date,Statut,Priorité,Société / Compte,Contact,Type d'activité",
        "Asignado,Asunto,Fecha,Estado,Prioridad,Compañía / Cuenta,Contacto,Tipo de actividad",
        "Toegewezen,Onderwerp,Datum,Status,Prioriteit,Bedrijf / Account,Contactpersoon,Soort activiteit",
        "Assigned To,Subject,Due Date,Status,Priority,Company/Account,Contact Name,Type",
    ],
)
def test_a_report_is_known_in_the_language_of_the_account(header: str) -> None:
    found = recognise(read(f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode(), "report.csv"))
    assert found.profile is not None
    assert found.profile.name == "salesforce_report"
    assert found.unused == ()


def test_a_french_report_is_read_with_its_words() -> None:
    log = read_text(
        "Attribué,Objet,Date,Statut,Société / Compte,Contact,Type d'activité,Type d'appel\n"
        'Ines Rivera,Relance,15/03/2024,Terminé,Acme,"Lind, May",Appel,Sortant\n'
        'Ines Rivera,Relance,20/03/2024,Non démarré,Acme,"Lind, May",Appel,\n'
        "Ines Rivera,E-mail de liste : lettre,21/03/2024,Terminé,,Lee Orr,E-mail de liste,\n"
    )
    assert seen(log.contacts) == lines("""
May Lind,2024-03-15,agency,candidate,call,,
May Lind,2024-03-20,,,call,,planned
Lee Orr,2024-03-21,system,,email,other,
""")
    assert asked(log) == []
