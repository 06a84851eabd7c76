"""Mailboxes beside other files: who is the agency, the candidate, the client, and which messages are no contact."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import pytest

from analysis import Answers, load
from analysis.checked import CheckedLog

EXPORTS = Path(__file__).parent / "exports"
NEW_YORK = Answers(zone="America/New_York", calendar="US")
TRACKER = (
    "candidate,candidate_email,client,interviewer,interviewer_email,at,kind\n"
    "May Lind,may.lind@gmail.com,Acme,Dana Osei,dana@acme.example,2024-03-04 10:00,interview\n"
    "Lee Orr,lee@orr.example,Acme,Dana Osei,dana@acme.example,2024-03-04 14:00,interview\n"
)
INES = "Ines Rivera <ines@agency.example>"
MAY, LEE, DANA = "May Lind <may.lind@gmail.com>", "Lee Orr <lee@orr.example>", "Dana Osei <dana@acme.example>"


def letter(
    sender: str, to: str, text: str = "Hello", *, copy: str = "", subject: str = "Your day", more: str = ""
) -> str:
    head = f"From: {sender}\nTo: {to}\n" + (f"Cc: {copy}\n" if copy else "") + f"Subject: {subject}\n{more}"
    number = crc32(f"{head}{text}".encode())
    return f"{head}Date: Tue, 5 Mar 2024 10:20:31 -0500\nMessage-ID: <{number}@x.example>\n\n{text}\n\n"


def loaded(*letters: str, owner: str = "ines@agency.example", tracker: str = TRACKER, **said: object) -> CheckedLog:
    mark = "From 1@xxx Tue Mar 05 15:20:31 +0000 2024\n"
    box = "".join(f"{mark}{f'Delivered-To: {owner}' + chr(10) if owner else ''}{each}" for each in letters)
    files = [("box.mbox", box.encode()), *([("tracker.csv", tracker.encode())] if tracker else [])]
    return load(files, Answers(zone="America/New_York", calendar="US", **said))  # type: ignore[arg-type]


def letters_of(log: CheckedLog) -> list[list[str]]:
    found = log.contacts[log.contacts["file"] == "box.mbox"]
    return found[["sender", "receiver", "candidate", "interviewer", "recruiter"]].to_numpy().tolist()


def told(log: CheckedLog) -> list[str]:
    return [p.code for p in log.files[0].problems]


def test_a_mailbox_export_alone_asks_one_question_whose_side_is_whose() -> None:
    log = load([("takeout.mbox", (EXPORTS / "takeout.mbox").read_bytes())], NEW_YORK)
    (row,) = log.contacts.to_dict("records")
    assert (row["candidate"], row["candidate_email"]) == ("May Lind", "may.lind@example.com")
    assert (row["interviewer"], row["interviewer_email"]) == ("Dana Osei", "dana.osei@client.example")
    assert (row["sender"], row["receiver"], row["channel"]) == ("candidate", "client", "email")
    assert str(row["at"]) == "2024-03-05 15:20:31+00:00"
    assert row["message_id"] == "<m1@example.com>"
    assert row["note"] == "Dear Dana,\nFrom the start I enjoyed it."
    (asked,) = log.problems
    assert (asked.code, asked.kind.severity) == ("whose_side", "ask")
    assert "agency.example" in asked.message


def test_beside_the_calendar_nothing_is_open_and_it_is_the_same_candidate() -> None:
    files = [(name, (EXPORTS / name).read_bytes()) for name in ("takeout.mbox", "google_calendar.ics")]
    log = load(files, NEW_YORK)
    assert log.contacts[["file", "candidate", "candidate_email", "sender"]].to_numpy().tolist() == [
        ["takeout.mbox", "May Lind", "may.lind@example.com", "candidate"],
        ["google_calendar.ics", "May Lind", "may.lind@example.com", "client"],
    ]
    assert log.files[0].problems == ()
    assert [p.code for p in log.problems] == ["no_candidate"]


def test_the_answer_which_addresses_are_the_agencys_settles_it() -> None:
    data = (EXPORTS / "takeout.mbox").read_bytes()
    log = load([("takeout.mbox", data)], Answers(zone="America/New_York", agency=("agency.example",)))
    assert log.problems == ()
    assert log.contacts["sender"].tolist() == ["candidate"]


@pytest.mark.parametrize(
    ("sender", "to", "copy", "read"),
    [
        (MAY, DANA, INES, ["candidate", "client", "May Lind", "Dana Osei", "Ines Rivera"]),
        (DANA, MAY, INES, ["client", "candidate", "May Lind", "Dana Osei", "Ines Rivera"]),
        (MAY, INES, "", ["candidate", "agency", "May Lind", "", "Ines Rivera"]),
        (INES, MAY, "", ["agency", "candidate", "May Lind", "", "Ines Rivera"]),
        (INES, f"{MAY}, {DANA}", "", ["agency", "candidate", "May Lind", "Dana Osei", "Ines Rivera"]),
        (LEE, "Kim Fox <kim@acme.example>", INES, ["candidate", "client", "Lee Orr", "Kim Fox", "Ines Rivera"]),
        ("may.lind@gmail.com", "dana@acme.example", INES, ["candidate", "client", "May Lind", "", "Ines Rivera"]),
    ],
)
def test_addresses_known_from_another_file_tell_the_sides(sender: str, to: str, copy: str, read: list[str]) -> None:
    log = loaded(letter(sender, to, copy=copy))
    assert letters_of(log) == [read]
    assert told(log) == []


def test_the_client_of_an_address_is_carried_over() -> None:
    log = loaded(letter(MAY, "Kim Fox <kim@acme.example>"))
    assert log.contacts["client"].tolist()[0] == "Acme"


def test_a_client_who_writes_to_the_agency_about_a_candidate_is_heard() -> None:
    log = loaded(letter(DANA, INES, "We would like to see Ms Lind, May again.\nMay Lind did well."))
    assert letters_of(log) == [["client", "agency", "May Lind", "Dana Osei", "Ines Rivera"]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (letter(DANA, INES, "The invoice is attached."), "a message in which no candidate is known"),
        (letter(DANA, INES, "Both May Lind and Lee Orr did well."), "a message in which no candidate is known"),
        (letter("Jo <jo@agency.example>", INES), "a message between the agency's own people"),
        (letter("News <news@shop.example>", INES, more="List-Id: <news.shop.example>\n"), "list mail"),
        (letter("no-reply@bank.example", INES), "a message sent by a machine"),
        (letter(MAY, INES, more="X-Gmail-Labels: Spam\n"), "a message that the mailbox took for spam"),
        (letter(INES, ", ".join(f"p{n}@gmail.com" for n in range(9))), "a message to many candidates at once"),
    ],
)
def test_what_is_no_contact_is_set_aside_with_its_reason(text: str, why: str) -> None:
    log = loaded(text, letter(MAY, DANA))
    assert len(letters_of(log)) == 1
    (message,) = log.set_aside["message"]
    assert message.startswith(f"Line 1 of box.mbox is {why}.")


def test_a_list_of_the_agencys_own_is_no_list_mail() -> None:
    log = loaded(letter(MAY, "jobs@agency.example", more="List-Id: <jobs.agency.example>\nPrecedence: list\n"))
    assert letters_of(log) == [["candidate", "agency", "May Lind", "", "jobs@agency.example"]]


def test_an_absence_note_of_the_client_is_a_machines() -> None:
    log = loaded(letter(DANA, MAY, "I am away until Monday.", more="Auto-Submitted: auto-replied\n"))
    assert letters_of(log) == [["system", "candidate", "May Lind", "Dana Osei", ""]]


def test_drafts_and_bounced_messages_did_not_happen() -> None:
    log = loaded(letter(MAY, DANA, more="X-Gmail-Labels: Drafts\n"))
    assert log.contacts["state"].tolist()[0] == "draft"


def test_a_private_address_that_nobody_knows_is_asked_about() -> None:
    log = loaded(letter("Jo Roe <jo.roe@gmail.com>", INES, "Dear Ines, I am looking for work."))
    assert letters_of(log) == [["candidate", "agency", "Jo Roe", "", "Ines Rivera"]]
    (asked,) = log.files[0].problems
    assert asked.code == "taken_for_candidates"
    assert "jo.roe@gmail.com" in asked.message


def test_a_candidates_own_mailbox_needs_no_agency() -> None:
    log = loaded(letter(DANA, MAY), owner="may.lind@gmail.com")
    assert letters_of(log) == [["client", "candidate", "May Lind", "Dana Osei", ""]]
    assert told(log) == []


def test_an_invitation_in_the_mailbox_is_an_interview_and_its_message_practical() -> None:
    event = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:7\nSUMMARY:Interview: Lee Orr / Acme\n"
        "DTSTART:20240311T150000Z\nORGANIZER;CN=Dana Osei:mailto:dana@acme.example\n"
        "ATTENDEE;CN=Lee Orr:mailto:lee@orr.example\nATTENDEE;CN=Ines Rivera:mailto:ines@agency.example\n"
        "END:VEVENT\nEND:VCALENDAR"
    )
    kind = "Content-Type: text/calendar; method=REQUEST\n"
    log = loaded(letter(DANA, LEE, event, copy=INES, subject="Invitation: Interview", more=kind))
    found = log.contacts[log.contacts["file"].str.startswith("box.mbox")]
    assert found[["file", "kind", "candidate", "interviewer_email"]].to_numpy().tolist() == [
        ["box.mbox › messages", "logistics", "Lee Orr", "dana@acme.example"],
        ["box.mbox › invitations", "interview", "Lee Orr", "dana@acme.example"],
    ]


def calendar(*lines: str, title: str = "Interview: May Lind / Acme") -> CheckedLog:
    event = "\n".join(
        ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", f"SUMMARY:{title}", "DTSTART:20240304T150000Z",
         "ORGANIZER;CN=Ines Rivera:mailto:ines@agency.example", *lines, "END:VEVENT", "END:VCALENDAR")
    )  # fmt: skip
    return load([("x.ics", event.encode())], NEW_YORK)


def test_a_guest_who_declined_is_no_interviewer() -> None:
    log = calendar(
        "ATTENDEE;CN=May Lind;PARTSTAT=ACCEPTED:mailto:may.lind@gmail.com",
        "ATTENDEE;CN=Dana Osei;PARTSTAT=ACCEPTED:mailto:dana@acme.example",
        "ATTENDEE;CN=Kim Fox;PARTSTAT=DECLINED:mailto:kim@acme.example",
        "ATTENDEE;CN=Room 3;CUTYPE=ROOM:mailto:room3@acme.example",
    )
    assert log.contacts[["interviewer", "state"]].to_numpy().tolist() == [["Dana Osei", ""]]
    assert [(p.code, p.value) for p in log.problems] == [("guest_declined", "Kim Fox")]


def test_an_interview_that_the_candidate_declined_is_cancelled() -> None:
    log = calendar("ATTENDEE;CN=May Lind;PARTSTAT=DECLINED:mailto:may.lind@gmail.com")
    assert log.contacts["state"].tolist() == ["cancelled"]


def test_where_the_title_names_no_candidate_the_only_private_guest_is_the_candidate() -> None:
    guests = ("ATTENDEE;CN=May Lind:mailto:may.lind@gmail.com", "ATTENDEE;CN=Dana Osei:mailto:dana@acme.example")
    log = calendar(*guests, title="Second interview")
    assert log.contacts[["candidate", "interviewer"]].to_numpy().tolist() == [["May Lind", "Dana Osei"]]
    two = calendar(*guests, "ATTENDEE;CN=Jo Roe:mailto:jo.roe@gmail.com", title="Second interview")
    assert [p.code for p in two.problems] == ["no_candidate"]
