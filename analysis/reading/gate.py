"""What an upload is, by its size and first bytes; its name's ending is never believed."""

from __future__ import annotations

import re
from typing import Final

from analysis.reading.audit import names_in_zip
from analysis.reading.mail_split import is_mailbox, is_message
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
    (b"8BPS\0", 0, "image"),
    *((b"ftyp" + brand, 4, "image") for brand in (b"hei", b"hev", b"mif", b"msf", b"avi")),
    (b"ftyp", 4, "media"),
    (b"WAVE", 8, "media"),
    (b"AVI ", 8, "media"),
    (b"OggS\0", 0, "media"),
    (b"fLaC\0", 0, "media"),
    (b"ID3", 0, "sound"),
    (b"#!AMR", 0, "media"),
    (b"\x1aE\xdf\xa3", 0, "media"),
    (b"MZ", 0, "program"),
    (b"\x7fELF", 0, "program"),
    (b"\xcf\xfa\xed\xfe", 0, "program"),
    (b"\xca\xfe\xba\xbe", 0, "program"),
    (b"!BDN", 0, "outlook_store"),
)
_WORDS: Final = ("program", "sound", "outlook_store")
"""Kinds whose first letters may begin a text; zero bytes among the first tell them apart."""
_CONTROLS: Final = bytes([*range(1, 9), *range(14, 26)])  # 28 to 31 are separators in some exports
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<head|<body|<table)", re.IGNORECASE)
_XML = re.compile(rb"\s*(?:<\?xml|<svg)", re.IGNORECASE)
_CARDS = re.compile(rb"\s*BEGIN:VCARD", re.IGNORECASE)
_JSON = re.compile(rb"\s*(?:\{\s*\"[^\"]*\"\s*:|\[\s*(?:\{\s*\"|\[))")
_WORKBOOK = re.compile(r"[/\\]?xl[/\\]workbook\d*\.(xml|bin)", re.IGNORECASE)
_CALENDAR = re.compile(rb"\s*BEGIN:VCALENDAR", re.IGNORECASE)
MOST_BYTES: Final = 1 << 30
"""Uploads above one gibibyte are refused."""

KINDS: Final[dict[str, Format]] = {
    "delimited": "delimited",
    "calendar": "calendar",
    "xlsx": "sheet",
    "xls": "sheet",
    "xlsb": "sheet",
    "encrypted_workbook": "sheet",
    "ods": "sheet",
    "mail": "mail",
    "json": "json",
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
                if _utf16("EncryptedPackage") in data:
                    return "encrypted_workbook"
                return "xls" if _utf16("Workbook") in data or _utf16("Book") in data else "office"
            if kind == "bitmap":
                # "BM" alone may begin a text
                if len(data) > 14 and data[6:10] == b"\0\0\0\0":
                    return "image"
                continue
            if kind in _WORDS and b"\0" not in data[:64]:
                continue
            return "media" if kind == "sound" else kind
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    for pattern, kind in ((_CALENDAR, "calendar"), (_HTML, "html"), (_XML, "xml"), (_CARDS, "cards")):
        if pattern.match(head):
            return kind
    if is_mailbox(data) or is_message(data):
        return "mail"
    if _JSON.match(head) and data[-64:].rstrip().endswith((b"}", b"]")):
        return "json"
    return "binary" if _is_binary(data[: 1 << 16]) else "delimited"


def _is_binary(head: bytes) -> bool:
    """No text: one byte in twenty is a control character that no text holds (zero bytes alone may be UTF-16)."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    varied = sum(byte in head for byte in _CONTROLS) > len(_CONTROLS) // 2
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return varied and not marked and controls * 20 > len(head) > head.count(0) * 50


def _inside_zip(data: bytes) -> str:
    head = data[:4096]
    if head[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument."):
        return "ods" if head[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") else "office"
    names = names_in_zip(data)
    if names is None:
        # the directory is gone; the first part still tells a workbook from an archive
        return "xlsx" if head[30:].startswith((b"[Content_Types].xml", b"xl/", b"_rels/.rels")) else "zip"
    workbook = next((found[1] for name in names if (found := _WORKBOOK.fullmatch(name))), "")
    if workbook:
        return "xlsb" if workbook.lower() == "bin" else "xlsx"
    if "mimetype" in names and "content.xml" in names:
        return "ods"
    office = any(name in names for name in ("word/document.xml", "ppt/presentation.xml", "Index/Document.iwa"))
    return "office" if office else "zip"


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")
