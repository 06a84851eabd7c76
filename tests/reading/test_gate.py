"""Whatever is uploaded, the answer is a table or one clear sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from analysis.reading import read


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_zip("[Content_Types].xml", "xl/workbook.xml"), "damaged_workbook"),
        (_zip("[Content_Types].xml", "word/document.xml"), "unreadable_office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "damaged_workbook"),
        (b"%PDF-1.7\n1 0 obj\n", "unreadable_pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unreadable_image"),
        (b"\x1f\x8b\x08\0", "unreadable_packed"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "unreadable_html"),
        (b"<?xml version='1.0'?><a/>", "unreadable_xml"),
        (b"SQLite format 3\0abc", "unreadable_database"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0", "unreadable_program"),
        (b"\x7fELF\x02\x01" + bytes(20), "unreadable_program"),
        (b"\0\0\0\x18ftypheic" + bytes(20), "unreadable_image"),
        (b"\0\0\0\x18ftypmp42" + bytes(20), "unreadable_media"),
        (b"RIFF\0\0\0\0WAVEfmt ", "unreadable_media"),
        (b"ID3\x03\0" + bytes(20), "unreadable_media"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:May Lind\r\nEND:VCARD\r\n", "unreadable_cards"),
        (b"!BDN" + bytes(40), "unreadable_outlook_store"),
        (b'[["May Lind", "2026-03-02"]]\n', "unreadable_json"),
        (bytes(range(256)) * 4, "unreadable_binary"),
        (
            b"From 145@xxx Tue Mar 05 15:20:31 +0000 2024\nX-Mood: good\n\nDear Dana\n",
            "unreadable_mail",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_a_next_step(data: bytes, code: str) -> None:
    found = read(data, "contacts.csv")
    assert [p.code for p in found.problems] == [code]
    assert found.problems[0].kind.severity == "unreadable"
    assert found.problems[0].kind.next_step in found.problems[0].message
    assert not found.readable


def test_the_ending_of_the_name_is_not_believed() -> None:
    assert read(b"candidate,at\nMay Lind,2026-03-02\n", "photo.png").frame.shape == (1, 2)
    assert read(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "x.csv").format == "calendar"


def test_a_csv_that_begins_like_a_bitmap_or_a_mailbox_is_a_csv() -> None:
    assert read(b"BM,at\nMay Lind,2026-03-02\n", "x.csv").frame.shape == (1, 2)
    assert read(b"From,To\nMay,Dana\n", "x.csv").frame.shape == (1, 2)
    for first in (b"MZ", b"ID3", b"[ref]", b"{ref}", b"RIFF"):
        assert read(first + b",at\nMay,2026-03-02\n", "x.csv").frame.shape == (1, 2)
