"""Mailboxes and single messages: one row a message, only what the writer wrote, every line accounted for."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.problems import CATALOGUE
from analysis.reading.mail_body import html_text, new_part
from analysis.reading.mail_header import field_text, people
from analysis.reading.mail_message import COLUMNS
from analysis.reading.raw import RawTable
from analysis.reading.reader import read, read_tables

EXPORTS = Path(__file__).parent.parent / "exports"
POSTMARK = "From ines@agency.example Tue Mar 05 15:20:31 +0000 2024\n"
HEAD = (
    "Date: Tue, 5 Mar 2024 10:20:31 -0500\nMessage-ID: <m{n}@example.com>\n"
    "From: May Lind <may.lind@example.com>\nTo: Dana Osei <dana@client.example>\n"
)


def mailbox(*messages: str) -> RawTable:
    return read("".join(f"{POSTMARK}{message}\n" for message in messages).encode(), "box.mbox")


def message(body: str, head: str = "", n: int = 1, kind: str = "Content-Type: text/plain; charset=utf-8\n") -> str:
    return f"{HEAD.format(n=n)}{head}{kind}\n{body}\n"


def one(body: str, head: str = "", kind: str = "Content-Type: text/plain; charset=utf-8\n") -> dict[str, str]:
    found = mailbox(message(body, head, kind=kind))
    (row,) = found.frame.to_dict("records")
    return {str(k): str(v) for k, v in row.items()}


def test_a_mailbox_export_reads_its_message_with_people_time_and_text() -> None:
    found = read((EXPORTS / "takeout.mbox").read_bytes(), "takeout.mbox")
    (row,) = found.frame.to_dict("records")
    assert found.format == "mail"
    assert list(found.frame.columns) == list(COLUMNS)
    assert row["date"] == "2024-03-05 10:20:31-05:00"
    assert (row["from_name"], row["from_email"]) == ("May Lind", "may.lind@example.com")
    assert (row["to_names"], row["to_emails"]) == ("Dana Osei", "dana.osei@client.example")
    assert row["cc_emails"] == "ines@agency.example"
    assert row["subject"] == "Thank you"
    assert row["body"] == "Dear Dana,\nFrom the start I enjoyed it."
    assert row["message_id"] == "<m1@example.com>"
    assert row["thread"] == "1457861861978585811"
    assert (row["labels"], row["folder"], row["owner_email"]) == ("Sent;Opened", "sent", "may.lind@example.com")
    assert found.problems == ()
    assert (found.account.lines, found.account.rows) == (14, 14)


def test_a_single_saved_message_is_read_as_well() -> None:
    found = read(message("Dear Dana, thank you.").encode(), "thanks.eml")
    assert (found.format, found.frame["body"].tolist()) == ("mail", ["Dear Dana, thank you."])
    assert found.lines.tolist() == [1]


@pytest.mark.parametrize(
    "text",
    ["From,To\nMay,Dana\n", "From: 2026-01-01\nTo: 2026-02-01\nDate: all\n\nName,Day\nMay,1\n", "Subject\nFrom me\n"],
)
def test_a_table_that_begins_like_a_message_is_a_table(text: str) -> None:
    assert read(text.encode(), "log.csv").format == "delimited"


def test_only_the_new_part_of_an_answer_is_kept() -> None:
    assert (
        one("Dear Dana,\nthank you.\n\nOn Tue, Mar 5, 2024 at 9:00 AM Dana Osei <dana@client.example>\nwrote:\n> Hi\n")[
            "body"
        ]
        == "Dear Dana,\nthank you."
    )
    assert one("Thanks!\n\n-----Original Message-----\nFrom: Dana\nSent: Monday\n\nold")["body"] == "Thanks!"
    outlook = "Hello\n\n________________________________\nFrom: Dana <d@client.example>\nSent: Monday\nTo: May\n\nold"
    assert one(outlook)["body"] == "Hello"
    assert (
        one("Danke\n\nVon: Dana <d@client.example>\nGesendet: Montag, 4. März 2024\nAn: May\n\nalt")["body"] == "Danke"
    )
    assert one("Merci\n\nLe mar. 5 mars 2024 à 10:20, Dana <d@client.example> a écrit :\n\nvieux")["body"] == "Merci"


def test_an_answer_below_or_between_what_it_quotes_is_found() -> None:
    text = "On Tue, 5 Mar 2024, Dana Osei wrote:\n> are you free?\n\nYes, Thursday works.\n\n> where?\n\nIn Toledo.\n"
    assert one(text)["body"] == "Yes, Thursday works.\n\nIn Toledo."


def test_a_message_that_only_forwards_has_no_text_of_its_own() -> None:
    text = "---------- Forwarded message ---------\nFrom: May <may@example.com>\nDate: Tue\n\nThank you, Dana"
    assert one(text)["body"] == ""


def test_signatures_go_but_a_thank_you_line_is_no_signature() -> None:
    assert one("Thank you, Dana, for the talk.\n-- \nMay Lind\n555-0100")["body"] == "Thank you, Dana, for the talk."
    assert one("Hi Dana\n\nSent from my iPhone")["body"] == "Hi Dana"
    assert one("On Tuesday we spoke about 3 depots. I wrote: hello\nMore")["body"].endswith("More")


def test_html_is_read_where_there_is_no_plain_text() -> None:
    page = (
        "<html><head><style>p {color: red}</style></head><body><p>Dear Dana,</p><div>thank&nbsp;you for the <b>talk</b>"
        '.<br>May</div><div class="gmail_quote"><div>On Tue Dana wrote:</div><blockquote>old</blockquote></div></html>'
    )
    row = one(page, kind="Content-Type: text/html; charset=utf-8\n")
    assert row["body"] == "Dear Dana,\n\nthank you for the talk.\nMay"


def test_plain_text_goes_before_html_and_attachments_are_counted_only() -> None:
    parts = (
        "--b\nContent-Type: multipart/alternative; boundary=a\n\n--a\nContent-Type: text/plain\n\nplain words\n"
        "--a\nContent-Type: text/html\n\n<p>page</p>\n--a--\n"
        "--b\nContent-Type: application/pdf; name=cv.pdf\nContent-Transfer-Encoding: base64\n\nAAAA\n"
        "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=note.txt\n\nnot this\n--b--\n"
    )
    row = one(parts, kind="Content-Type: multipart/mixed; boundary=b\n")
    assert (row["body"], row["attachments"]) == ("plain words", "2")


def test_texts_in_any_transfer_encoding_and_charset_are_read() -> None:
    plain = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
    assert one("Gr=FC=DFe aus K=F6ln, =\nDana", kind=plain)["body"] == "Grüße aus Köln, Dana"
    coded = base64.b64encode("Žluťoučký kůň".encode("windows-1250")).decode()
    kind = "Content-Type: text/plain; charset=windows-1250\nContent-Transfer-Encoding: base64\n"
    assert one(coded, kind=kind)["body"] == "Žluťoučký kůň"
    flowed = "Content-Type: text/plain; charset=utf-8; format=flowed\n"
    assert one("thank you \nfor the talk.", kind=flowed)["body"] == "thank you for the talk."


def test_a_charset_that_does_not_hold_is_replaced_and_said() -> None:
    data = (POSTMARK + message("", kind="Content-Type: text/plain; charset=utf-8\n")).encode() + "Köln".encode("cp1252")
    found = read(data, "box.mbox")
    assert found.frame["body"].tolist() == ["Köln"]
    assert [(p.code, p.value) for p in found.problems] == [("mail_charset", "utf-8")]


def test_names_are_decoded_and_groups_opened() -> None:
    assert people("=?utf-8?q?Andr=C3=A9_L=C3=B3pez?= <a@x.example>, Team: b@x.example, c@x.example;") == (
        ("André López", "a@x.example"),
        ("", "b@x.example"),
        ("", "c@x.example"),
    )
    assert people('"Osei, Dana" <Dana@X.example>') == (("Osei, Dana", "dana@x.example"),)
    assert people("Lind, May <may@x.example>") == (("Lind, May", "may@x.example"),)
    assert people("may@x.example (May Lind)") == (("May Lind", "may@x.example"),)
    assert people("undisclosed-recipients:;") == ()
    assert people("/O=AGENCY/CN=RECIPIENTS/CN=INES") == (("/O=AGENCY/CN=RECIPIENTS/CN=INES", ""),)
    assert field_text("=?iso-8859-1?Q?Gr=FC=DFe?=\n =?utf-8?b?IGFucyBXZXJr?=") == "Grüße ans Werk"


def test_the_offset_of_the_sender_is_kept_and_a_server_helps_out() -> None:
    received = "Received: by mx.example; Tue, 5 Mar 2024 07:21:00 -0800 (PST)\n"
    own = mailbox(f"From: a@x.example\nDate: Tue, 5 Mar 2024 10:20:31 +0530 (IST)\n{received}\nx\n")
    assert own.frame[["date", "date_from"]].to_numpy().tolist() == [["2024-03-05 10:20:31+05:30", "Date"]]
    none = mailbox(f"From: a@x.example\nDate: yesterday\n{received}\nx\n")
    assert none.frame[["date", "date_from"]].to_numpy().tolist() == [["2024-03-05 07:21:00-08:00", "Received"]]
    assert [p.code for p in none.problems] == ["mail_date_elsewhere"]
    mark = mailbox("From: a@x.example\nTo: b@x.example\n\nx\n")
    assert mark.frame[["date", "date_from"]].to_numpy().tolist() == [["2024-03-05 15:20:31+00:00", "From line"]]


def test_a_date_far_from_the_servers_is_kept_and_doubted() -> None:
    found = mailbox(message("x", head="Received: by mx.example; Fri, 15 Mar 2024 07:21:00 -0800\n"))
    assert found.frame["date"].tolist() == ["2024-03-05 10:20:31-05:00"]
    assert [p.code for p in found.problems] == ["mail_date_doubtful"]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Auto-Submitted: auto-replied\n", "auto-submitted"),
        ("Auto-Submitted: no\n", ""),
        ("X-Autoreply: yes\n", "auto-reply"),
        ("Precedence: bulk\n", "list"),
        ("List-Id: <jobs.lists.example>\n", "list"),
        ("Return-Path: <>\n", "no return path"),
    ],
)
def test_machines_and_lists_are_marked(head: str, why: str) -> None:
    assert one("x", head=head)["automated"] == why


def test_what_a_report_says_did_not_arrive_has_failed() -> None:
    report = (
        "From: MAILER-DAEMON@mx.example\nTo: may.lind@example.com\nDate: Tue, 5 Mar 2024 10:21:00 -0500\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=r\n\n--r\n\nNot delivered.\n--r\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nAction: failed\n\n--r\n"
        "Content-Type: text/rfc822-headers\n\nMessage-ID: <m1@example.com>\nSubject: Thank you\n\n--r--\n"
    )
    found = mailbox(message("Thank you."), message("Hello", n=2), report)
    assert found.frame["failed"].tolist() == ["yes", "", ""]
    assert found.frame["automated"].tolist() == ["", "", "report"]


@pytest.mark.parametrize(
    ("label", "folder"),
    [
        ("Drafts", "draft"),
        ("=?utf-8?q?Entw=C3=BCrfe?=", "draft"),
        ("Chat", "chat"),
        ("Spam,Unread", "spam"),
        ("Inbox", ""),
    ],
)
def test_labels_name_the_folder_in_any_language(label: str, folder: str) -> None:
    assert one("x", head=f"X-Gmail-Labels: {label}\n")["folder"] == folder


def test_lines_that_begin_with_from_do_not_cut_a_message() -> None:
    found = mailbox(message("From the start\nFrom me to you at 10:00 in 2024\nbye"), message("second", n=2))
    assert found.frame["body"].tolist() == ["From the start\nFrom me to you at 10:00 in 2024\nbye", "second"]
    assert mailbox(message(">From here\n")).frame["body"].tolist() == ["From here"]


def test_a_message_that_gives_its_length_may_quote_a_whole_mailbox() -> None:
    inner = f"See below\n\n{POSTMARK}{message('inner', n=9)}"
    outer = f"From: a@x.example\nDate: Tue, 5 Mar 2024 10:00:00 +0000\nContent-Length: {len(inner)}\n\n{inner}"
    found = mailbox(outer, message("next", n=2))
    assert len(found.frame) == 2
    assert found.frame["body"].tolist()[1] == "next"


def test_a_broken_message_is_set_aside_with_its_lines_and_the_others_are_read() -> None:
    data = f"{POSTMARK}{message('first')}\n{POSTMARK}\nno header at all\n\n{POSTMARK}{message('third', n=3)}"
    found = read(data.encode(), "box.mbox")
    assert found.frame["body"].tolist() == ["first", "third"]
    assert found.rejects["code"].tolist() == ["damaged_mail"]
    assert "no header at all" in found.rejects["text"].iloc[0]
    assert found.account.set_aside == 4
    assert found.account.lines == len(data.splitlines())


def test_an_invitation_in_a_message_becomes_an_event_on_the_line_of_the_message() -> None:
    event = (
        "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:7\nSUMMARY:Interview: May Lind / Acme\n"
        "DTSTART:20240311T150000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    parts = f"--b\nContent-Type: text/plain\n\nJoin us\n--b\nContent-Type: text/calendar\n\n{event}--b--\n"
    data = POSTMARK + message("first") + "\n" + POSTMARK
    data += message(parts, n=2, kind="Content-Type: multipart/mixed; boundary=b\n")
    letters, events = read_tables(data.encode(), "box.mbox")
    assert (letters.name, events.name) == ("box.mbox › messages", "box.mbox › invitations")
    assert letters.frame["invitation"].tolist() == ["", "REQUEST"]
    assert events.frame[["uid", "start"]].to_numpy().tolist() == [["7", "2024-03-11 15:00:00+00:00"]]
    assert events.lines.tolist() == [letters.lines.tolist()[1]] == [10]
    assert letters.account.lines == events.account.lines == len(data.splitlines())


def test_an_answer_to_an_invitation_is_a_machines_message_and_no_event() -> None:
    event = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:7\nDTSTART:20240311T150000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    data = POSTMARK + message(event, kind="Content-Type: text/calendar; method=REPLY\n")
    (letters,) = read_tables(data.encode(), "box.mbox")
    assert letters.frame["automated"].tolist() == ["calendar answer"]


def test_windows_and_old_mac_line_ends_and_a_mark_change_nothing() -> None:
    text = POSTMARK + message("first\nsecond line") + "\n" + POSTMARK + message("third", n=2)
    for data in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text, "\n\n" + text):
        found = read(data.encode(), "box.mbox")
        assert found.frame["body"].tolist() == ["first\nsecond line", "third"]
        assert found.account.lines == len(data.encode().splitlines())


def test_a_large_attachment_is_not_taken_apart_and_its_lines_count() -> None:
    attached = base64.encodebytes(bytes(range(256)) * 4000).decode()
    parts = (
        f"--b\nContent-Type: text/plain\n\nsee attached\n--b\nContent-Type: image/png; name=a.png\n"
        f"Content-Transfer-Encoding: base64\n\n{attached}\n--b\nContent-Type: text/plain\n\nand below\n--b--\n"
    )
    found = mailbox(message(parts, kind="Content-Type: multipart/mixed; boundary=b\n"))
    assert found.frame[["body", "attachments"]].to_numpy().tolist() == [["see attached\nand below", "1"]]
    assert found.account.rows == found.account.lines > 13_000


HARD = (
    "On 1" + " a" * 50_000, "<a " * 30_000, "<!--" * 30_000, " \n" * 50_000, "From: a\n" * 10_000, "On 1\n" * 20_000,
    "<![CDATA[" * 20_000, "</" * 40_000, "<div class='gmail_quote'>" * 5_000, "&#" + "9" * 50_000, "> " * 50_000,
)  # fmt: skip


@pytest.mark.parametrize("text", HARD, ids=range(len(HARD)))
def test_a_body_made_to_be_slow_is_not(text: str) -> None:
    start = time.process_time()
    new_part(text)
    html_text(text)
    people(text)
    assert time.process_time() - start < 4


def polluted(seed: int) -> Iterator[bytes]:
    """Mailboxes with bytes changed, cut out, doubled and put in, the same ones every time."""
    draw = random.Random(seed)
    calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20240311T150000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    parts = (
        "--b\nContent-Type: text/plain; charset=utf-8; format=flowed\n\nDear Dana \nthank you\n> old\n--b\n"
        "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>Gr=C3=BC=C3=9Fe</p>\n--b\n"
        f"Content-Type: text/calendar; method=REQUEST\n\n{calendar}--b--\n"
    )
    rich = message(
        parts, "Cc: Team: =?utf-8?q?L=C3=B3pez?= <l@x.example>;\n", 2, "Content-Type: multipart/mixed; boundary=b\n"
    )
    whole = (POSTMARK + message("Dear Dana") + "\n" + POSTMARK + rich + "\n" + POSTMARK + message("bye", n=3)).encode()
    words = (
        b"From ",
        b"\n\n",
        b"\r",
        b"\x00",
        b"=?utf-8?q?",
        b"--b\n",
        b"--b--",
        b"\xff\xfe",
        b":",
        b"<",
        b"multipart/",
        b"(" * 90,
    )
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(draw.randrange(1, 9)):
            at = draw.randrange(len(data))
            match draw.randrange(4):
                case 0:
                    data[at] = draw.randrange(256)
                case 1:
                    del data[at : at + draw.randrange(1, 60)]
                case 2:
                    data[at:at] = data[at : at + draw.randrange(1, 200)]
                case _:
                    data[at:at] = draw.choice(words)
        yield bytes(data)


def test_no_change_of_bytes_raises_or_loses_a_line() -> None:
    for data in polluted(20260305):
        for table in read_tables(data, "box.mbox"):
            assert len(table.frame) == len(table.lines)
            assert {p.code for p in table.problems} <= set(CATALOGUE)
            if table.format == "mail" and b"\r" not in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
                assert table.account.lines == data.count(b"\n") + (not data.endswith(b"\n"))
