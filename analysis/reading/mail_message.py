"""One message of a mailbox: its bytes -> one row of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Final

from analysis.reading.mail_body import html_text, new_part, unflowed
from analysis.reading.mail_header import Person, decoded, field_text, people

COLUMNS: Final = (
    "date", "date_from", "message_id", "in_reply_to", "thread", "from_name", "from_email", "to_names", "to_emails",
    "cc_names", "cc_emails", "owner_email", "subject", "body", "labels", "folder", "draft", "deleted", "failed",
    "automated", "list_id", "invitation", "attachments",
)  # fmt: skip
"""Columns of a message, all text.

``date``: the sender's clock with its offset; ``date_from``: ``Date``, else the field it was taken from. People are
joined by ``;``, names and addresses by position. ``owner_email``: whose mailbox it is, as far as the message shows.
``folder``: sent, draft, chat, spam or trash, ``""`` for any other. ``automated``: what marks it as a machine's or a
list's. ``invitation``: the method of a calendar part. ``attachments``: how many.
"""

_RUN: Final = re.compile(rb"(?m)^(?:[A-Za-z0-9+/]{40,100}\r?\n)++")
_RUN_KEPT: Final = 1 << 17
_APART: Final = timedelta(days=2)
_CUT_ABOVE: Final = 1 << 17
_LARGEST: Final = 1 << 25
_IDS: Final = re.compile(r"<[^<>\s]{1,400}>")
_RETURNED: Final = re.compile(r"(?im)^message-id[ \t]*:\s*(<[^<>\s]{1,400}>)")
_ZONED: Final = re.compile(r"(?:[+-]\d{4}|\b(?:UT|UTC|GMT|Z|[ECMP][SD]T))\b(?:\s*\([^)]*\))?\s*$", re.IGNORECASE)
_POSTMARK_DATE: Final = re.compile(
    r"[A-Z][a-z]{2},? +([A-Z][a-z]{2}) +(\d{1,2}) +(\d\d:\d\d(?::\d\d)?) +(?:([+-]\d{4}|[A-Z]{3,4}) +)?(\d{4})"
)
_FOLDERS: Final = {
    "draft": ("drafts", "draft", "entwürfe", "brouillons", "borradores", "bozze", "concepten", "rascunhos", "utkast"),
    "chat": ("chat", "chats"),
    "spam": ("spam", "junk", "junk e-mail", "correo no deseado", "indésirables", "junk-e-mail"),
    "trash": ("trash", "papierkorb", "corbeille", "papelera", "cestino", "prullenbak", "lixeira", "bin"),
    "sent": ("sent", "sent mail", "gesendet", "messages envoyés", "enviados", "posta inviata", "verzonden", "skickat"),
}
"""Names of folders and labels in the languages of mail programs."""
_ROBOTS: Final = re.compile(
    r"(?:mailer-daemon|postmaster|no[-_.]?reply|do[-_.]?not[-_.]?reply|bounces?|notifications?)(?:[-_.+][^@]*)?@",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Told:
    """What was odd about one message: codes of problems with the value to show; and what else it holds.

    ``calendars``: calendar parts as bytes. ``failed``: ids of messages that this one says did not arrive.
    """

    problems: list[tuple[str, str]] = field(default_factory=list)
    calendars: list[bytes] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def read_message(data: bytes, postmark: str) -> tuple[dict[str, str] | None, str, Told]:
    """One message as a row, or None and why it cannot be read. ``postmark``: its ``From`` line, ``""`` for none."""
    told = Told()
    if len(data) > _CUT_ABOVE:
        # nobody reads the attachments, so most of them need not be taken apart
        data = _RUN.sub(_shortened, data)
        if len(data) > _LARGEST:
            data = data[:_LARGEST]
            told.problems.append(("mail_cut", ""))
    try:
        message = message_from_bytes(_unescaped(data))
        raw: dict[str, list[str]] = {}
        for name, value in message.raw_items():
            raw.setdefault(name.lower(), []).append(str(value))
        if not raw:
            return None, "it has no headers", told
        if not any(
            raw.get(name) for name in ("from", "to", "cc", "date", "subject", "message-id", "received", "x-gm-thrid")
        ):
            return None, "nothing says who wrote it, to whom or when", told
        return _row(message, raw, postmark, told), "", told
    except (
        RecursionError,
        ValueError,
        IndexError,
        KeyError,
        TypeError,
        AttributeError,
        LookupError,
        AssertionError,
    ) as error:
        return None, "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:120], told


def _shortened(run: re.Match[bytes]) -> bytes:
    """The whole lines at the beginning of a long run of base64."""
    lines = run[0]
    if len(lines) <= _RUN_KEPT:
        return lines
    width = lines.index(b"\n") + 1
    return lines[: _RUN_KEPT // width * width]


def _unescaped(data: bytes) -> bytes:
    """Without the sign that mailboxes put before lines that begin with ``From`` (once, as mboxrd has it)."""
    return re.sub(rb"(?m)^>(>*From )", rb"\1", data) if b">From " in data else data


def _row(message: Message, raw: dict[str, list[str]], postmark: str, told: Told) -> dict[str, str]:
    def one(name: str) -> str:
        return field_text(raw[name][0]) if name in raw else ""

    def ids(name: str) -> list[str]:
        return _IDS.findall(" ".join(raw.get(name, ()))[:20_000].replace("\n", "").replace("\r", ""))

    date, date_from = _date(raw, postmark, told)
    senders = people(", ".join(raw.get("from") or raw.get("sender") or ()))
    to, copies = (people(", ".join(raw.get(name, ()))) for name in ("to", "cc"))
    hidden = people(", ".join(raw.get("bcc", ())))
    labels = [label.strip().strip('"') for label in one("x-gmail-labels").split(",") if label.strip()]
    folder = _folder(raw, labels)
    parts = _Parts(told)
    parts.walk(message, 0)
    mine = ids("message-id") or [one("message-id")]
    answers, earlier = ids("in-reply-to"), ids("references")
    owner = (
        senders[:1]
        if folder in ("sent", "draft")
        else people(raw.get("delivered-to", raw.get("x-original-to", [""]))[0])[:1]
    )
    flags = int(one("x-mozilla-status")[:4], 16) if re.fullmatch(r"[0-9A-Fa-f]{4}", one("x-mozilla-status")) else 0
    if parts.bounced:
        told.failed += parts.returned
    return {
        "date": date,
        "date_from": date_from,
        "message_id": mine[0][:400],
        "in_reply_to": answers[0] if answers else (earlier[-1] if earlier else ""),
        "thread": one("x-gm-thrid") or one("thread-index")[:30] or (earlier or answers or mine)[0][:400],
        "from_name": senders[0][0] if senders else "",
        "from_email": senders[0][1] if senders else "",
        "to_names": ";".join(p[0] for p in to),
        "to_emails": ";".join(p[1] for p in to),
        "cc_names": ";".join(p[0] for p in (*copies, *hidden)),
        "cc_emails": ";".join(p[1] for p in (*copies, *hidden)),
        "owner_email": owner[0][1] if owner else "",
        "subject": one("subject")[:1000],
        "body": parts.text(),
        "labels": ";".join(label.replace(";", ",") for label in labels),
        "folder": folder,
        "draft": "yes" if folder == "draft" else "",
        "deleted": "yes" if flags & 0x0008 else "",
        "failed": "",
        "automated": _automated(message, raw, senders, one, parts),
        "list_id": one("list-id")[:200],
        "invitation": parts.invitation,
        "attachments": str(parts.attachments),
    }


def _folder(raw: dict[str, list[str]], labels: list[str]) -> str:
    said = {label.lower() for label in labels}
    for name, words in _FOLDERS.items():
        if said & set(words):
            return name
    if "x-unsent" in raw and raw["x-unsent"][0].strip() == "1":
        return "draft"
    return "draft" if "x-mozilla-draft-info" in raw and "received" not in raw and "date" not in raw else ""


def _automated(
    message: Message, raw: dict[str, list[str]], senders: tuple[Person, ...], one: Callable[[str], str], parts: _Parts
) -> str:
    """What marks a message as no person's: said by the fields that machines and lists set (RFC 3834, 2919, 2369)."""
    submitted, precedence = one("auto-submitted").lower(), one("precedence").lower()
    if submitted and not submitted.startswith("no"):
        return "auto-submitted"
    if (
        any(name in raw for name in ("x-autoreply", "x-autorespond", "x-auto-reply", "x-failed-recipients"))
        or "auto" in precedence
    ):
        return "auto-reply"
    if message.get_content_type() == "multipart/report":
        return "report"
    if parts.invitation in ("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"):
        return "calendar answer"
    if senders and _ROBOTS.match(senders[0][1]):
        return "no-reply sender"
    if raw.get("return-path") and raw["return-path"][0].strip() == "<>":
        return "no return path"
    if "list-id" in raw or "list-unsubscribe" in raw or precedence in ("list", "bulk", "junk"):
        return "list"
    return ""


def _date(raw: dict[str, list[str]], postmark: str, told: Told) -> tuple[str, str]:
    """When it was sent, on the sender's clock with the offset, and the field that said so."""
    said = field_text(raw["date"][0]) if "date" in raw else ""
    written = _moment(said)
    # the last of the fields is the first that a server added
    passed = next(
        (m for r in reversed(raw.get("received", ())) if (m := _moment(field_text(r).rpartition(";")[2]))), None
    )
    if written is not None:
        if written.tzinfo is None and passed is not None and passed.tzinfo is not None:
            written = written.replace(tzinfo=passed.tzinfo)
            told.problems.append(("mail_date_elsewhere", said))
        elif passed is not None and passed.tzinfo is not None and abs(written - passed) > _APART:
            told.problems.append(("mail_date_doubtful", said))
        return _written(written), "Date"
    if passed is not None:
        told.problems.append(("mail_date_elsewhere", said))
        return _written(passed), "Received"
    marked = _POSTMARK_DATE.search(postmark)
    stamp = _moment(f"{marked[2]} {marked[1]} {marked[5]} {marked[3]} {marked[4] or ''}") if marked else None
    if stamp is not None:
        told.problems.append(("mail_date_elsewhere", said))
        return _written(stamp), "From line"
    return "", ""


def _moment(text: str) -> datetime | None:
    """A moment as mail writes it; without zone where the text has none."""
    if not text.strip() or len(text) > 200:
        return None
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None and _ZONED.search(text):
        moment = moment.replace(tzinfo=UTC)
    return moment if 1980 <= moment.year < 2100 else None


def _written(moment: datetime) -> str:
    return moment.isoformat(" ", "seconds")


class _Parts:
    """What the parts of a message hold: its text, calendars, the failures it reports, and how much is attached."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.plain: list[str] = []
        self.page: list[str] = []
        self.attachments = 0
        self.invitation = ""
        self.bounced = False
        self.returned: list[str] = []
        self.closed = False

    def text(self) -> str:
        """The new part of the message."""
        plain = "\n".join(t for t in self.plain if t.strip())
        new = new_part(plain)
        if not new and any(self.page):
            new = new_part(html_text("\n".join(self.page)))
        if not new and self.closed:
            self.told.problems.append(("mail_encrypted", ""))
        return new

    def walk(self, part: Message, depth: int) -> None:
        """Look at a part and those inside it; forwarded messages and attachments are counted, not read."""
        kind = part.get_content_type()
        disposition = (part.get_content_disposition() or "") if depth else ""
        held = part.get_payload()
        if kind == "message/delivery-status":
            blocks = held if isinstance(held, list) else []
            said = [str(block.get("action", "")).lower() for block in blocks if isinstance(block, Message)]
            self.bounced |= any("failed" in action for action in said)
            return
        if kind.startswith("message/") or kind == "text/rfc822-headers":
            self.attachments += 1
            first = held[0] if isinstance(held, list) and held else None
            if isinstance(first, Message):
                self.returned += _IDS.findall(str(first.get("message-id", "")))[:1]
            else:
                self.returned += _RETURNED.findall(str(held)[: 1 << 14])[:1]
            return
        if isinstance(held, list):
            if kind == "multipart/encrypted":
                self.closed = True
            for inner in held:
                if isinstance(inner, Message):
                    self.walk(inner, depth + 1)
            return
        if kind in ("text/calendar", "application/ics"):
            self.calendar(part)
            return
        named = part.get_filename() is not None
        if disposition == "attachment" or (named and depth) or not kind.startswith("text/"):
            self.attachments += 1
            self.closed |= "pkcs7-mime" in kind
            return
        if kind == "text/html":
            self.page.append(self.content(part))
        elif kind == "text/plain" or not depth or not (self.plain or self.page):
            text = self.content(part)
            if str(part.get_param("format") or "").lower() == "flowed":
                text = unflowed(text)
            (self.page if re.match(r"\s*<(?:!doctype html|html|body)\b", text, re.IGNORECASE) else self.plain).append(
                text
            )

    def content(self, part: Message) -> str:
        """The text of a part in the charset it claims, else in the one that fits."""
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            return ""
        charset = part.get_param("charset") or ""
        said = charset if isinstance(charset, str) else str(charset[2])
        text, held = decoded(data[: 1 << 20], said)
        if not held:
            self.told.problems.append(("mail_charset", said or "none"))
        return text.replace("\x00", "")

    def calendar(self, part: Message) -> None:
        """Keep a calendar part; the same invitation often stands in two."""
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or b"BEGIN:VCALENDAR" not in data[: 1 << 20]:
            self.attachments += 1
            return
        method = part.get_param("method") or ""
        found = re.search(rb"(?m)^METHOD[^:\r\n]*:[ \t]*([A-Za-z]{1,20})", data[: 1 << 16])
        self.invitation = self.invitation or (found[1].decode() if found else str(method)).upper()[:20] or "PUBLISH"
        data = self.content(part).encode("utf-8", "replace")
        if data.strip() not in [calendar.strip() for calendar in self.told.calendars]:
            self.told.calendars.append(data)
