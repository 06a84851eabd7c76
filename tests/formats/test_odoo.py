"""Odoo: messages by label, by inner name, over several rows, and in a grouped list."""

from __future__ import annotations

import pytest
from expected import aside, asked, lines, loaded, read_text, said, seen

from analysis.formats.recognising import recognise
from analysis.reading.reader import read


def test_one_message_between_names_asks_whose_side_is_whose() -> None:
    log = loaded("odoo_mail_message_labels.csv")
    assert seen(log.contacts, "interviewer", "note", zone="UTC") == [
        "May Lind,2024-03-05 15:02,candidate,client,email,,,Dana Osei,Thank you\nMay"
    ]
    assert asked(log) == ["whose_side"]


def test_a_second_recipient_on_a_row_of_its_own_belongs_to_the_message_above() -> None:
    log = loaded("odoo_mail_message_technical.csv")
    assert seen(log.contacts, "interviewer", "recruiter", "message_id", zone="UTC") == lines("""
May Lind,2024-03-05 15:02,candidate,client,email,,,Dana Osei,Ines Rivera,<o1@example.com>
May Lind,2024-03-06 09:00,agency,candidate,email,,,,Ines Rivera,<o2@agency.example>
""")
    assert aside(log) == [(3, "same_contact"), (5, "no_candidate")]
    assert asked(log) == []


def test_the_system_is_nobodys_candidate() -> None:
    log = loaded("odoo_mail_message_technical.csv")
    assert "OdooBot" in log.set_aside["text"][1]


def test_the_headings_of_a_grouped_list_are_set_aside_as_what_they_are() -> None:
    log = read_text(
        "Date,Author,From,Type,Subject,Contents,Related Document Model,Recipients (To)\n"
        "Incoming Email (1),,,,,,,\n"
        "2024-03-05 15:02:11,May Lind,may.lind@example.com,Incoming Email,Hi,Hi,hr.applicant,ines@agency.example\n"
        "Outgoing Email (1),,,,,,,\n"
        "2024-03-06 15:02:11,Ines Rivera,ines@agency.example,Outgoing Email,Hi,Hi,hr.applicant,may.lind@example.com\n"
    )
    assert seen(log.contacts, zone="UTC") == lines("""
May Lind,2024-03-05 15:02,candidate,agency,email,,
may.lind@example.com,2024-03-06 15:02,agency,candidate,email,,
""")
    assert aside(log) == [(2, "not_a_contact"), (4, "not_a_contact")]
    assert "is the heading of a group" in log.set_aside["message"][0]
    assert said(log) == {"not_a_contact"}


@pytest.mark.parametrize(
    "header",
    [
        "Datum,Autor,Von,Typ,Subtyp,Betreff,Inhalt,Empfänger (An),Zugehöriges Dokumentmodell,Nachrichten-ID",
        "Date,Auteur,De,Type,Sous-type,Sujet,Contenus,Destinataires (À),Modèle de document associé,ID du message",
        "Fecha,Autor,De,Tipo,Subtipo,Asunto,Contenidos,Destinatarios (Para),Modelo de documento relacionado",
        "date,author_id/name,email_from,message_type,subject,body,model,res_id,partner_ids/email",
    ],
)
def test_messages_are_known_in_the_languages_of_an_account(header: str) -> None:
    found = recognise(read(f"{header}\n{','.join('x' for _ in header.split(','))}\n".encode(), "messages.csv"))
    assert found.profile is not None
    assert found.profile.name == "odoo_messages"
    assert found.unused == ()
