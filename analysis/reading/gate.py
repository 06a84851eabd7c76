"""What an upload is, by its size and first bytes; its name's ending is never believed."""

from __future__ import annotations

import re
from typing import Final

from analysis.reading.raw import Format

_SIGNATURES: Final[tuple[tuple[bytes, int, str], ...]] = (
    (b"PK\x03\x04", 0, "zip"),
    (b"PK\x05\x06", 0, "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "ole"),
    (b"%PDF-", 0, "pdf"),
    (b"\x89PNG\r\n\x1a\n", 0, "image"),
    (b"\xff\xd8\xff", 0, "image"),
    (b"GIF8", 0, "image"),
    (b"BM", 0, "bitmap"),
    (b"WEBP", 8, "image"),
    (b"II*\0", 0, "image"),
    (b"MM\0*", 0, "image"),
    (b"\x1f\x8b", 0, "packed"),
    (b"BZh", 0, "packed"),
    (b"\xfd7zXZ\0", 0, "packed"),
    (b"7z\xbc\xaf\x27\x1c", 0, "packed"),
    (b"Rar!\x1a\x07", 0, "packed"),
    (b"(\xb5/\xfd", 0, "packed"),
    (b"SQLite format 3\0", 0, "database"),
    (b"PAR1", 0, "parquet"),
    (b"{\\rtf", 0, "rtf"),
)
_CONTROLS: Final = bytes([*range(1, 9), *range(14, 26)])  # 28 to 31 are separators in some exports
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<table)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml", re.IGNORECASE)
_MAIL = re.compile(rb"From \S+ .*(?:19|20)\d\d[^\r\n]*\r?\n(?:[A-Za-z-]+:|>)")
_CALENDAR = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)
MOST_BYTES: Final = 1 << 30
"""Uploads above one gibibyte are refused."""

KINDS: Final[dict[str, Format]] = {
    "delimited": "delimited",
    "calendar": "calendar",
    "xlsx": "sheet",
    "xls": "sheet",
    "ods": "sheet",
    "mail": "mail",
    "zip": "archive",
    "packed": "archive",
}
"""Format of `RawTable` for each kind of upload; any other kind is ``unknown``."""


def kind_of_upload(data: bytes) -> str:
    """One word for what ``data`` is: a key of `KINDS`, or pdf, image, html, xml, database, parquet, rtf, …"""
    for signature, place, kind in _SIGNATURES:
        if data.startswith(signature, place):
            if kind == "zip":
                return _inside_zip(data)
            if kind == "ole":
                return "xls" if _utf16("Workbook") in data or _utf16("Book") in data else "office"
            if kind == "bitmap":
                # "BM" alone may begin a text
                if len(data) > 14 and data[6:10] == b"\0\0\0\0":
                    return "image"
                continue
            return kind
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    for pattern, kind in ((_CALENDAR, "calendar"), (_HTML, "html"), (_XML, "xml"), (_MAIL, "mail")):
        if pattern.match(head):
            return kind
    return "binary" if _is_binary(data[: 1 << 16]) else "delimited"


def _is_binary(head: bytes) -> bool:
    """No text: one byte in twenty is a control character that no text holds (zero bytes alone may be UTF-16)."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    varied = sum(byte in head for byte in _CONTROLS) > len(_CONTROLS) // 2
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return varied and not marked and controls * 20 > len(head) > head.count(0) * 50


def _inside_zip(data: bytes) -> str:
    head = data[:4096]
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head:
        return "ods"
    if b"xl/" in head or b"xl/workbook" in data[-65536:]:
        return "xlsx"
    if b"word/" in head or b"ppt/" in head or b"word/document" in data[-65536:]:
        return "office"
    return "zip"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
