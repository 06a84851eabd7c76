"""Encodings: what a name with an accent looks like after reading."""

from __future__ import annotations

import pytest

from analysis.reading import read

# curly quotes and a long dash, as a mail program writes them
TEXT = "candidate,note\nJosé Núñez,“great” chat \u2013 it\u2019s on\nZoë Groß,déjà vu\n"


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32-le"),
        ("cp1252", "cp1252"),
    ],
)
def test_names_and_smart_quotes_come_out_right(encoding: str, named: str) -> None:
    found = read(TEXT.encode(encoding), "log.csv")
    assert found.frame["candidate"].tolist() == ["José Núñez", "Zoë Groß"]
    assert found.frame["note"].tolist() == ["“great” chat \u2013 it\u2019s on", "déjà vu"]
    assert found.dialect is not None
    assert found.dialect.encoding == named
    assert found.problems == ()


def test_latin_1_names_come_out_right() -> None:
    found = read("candidate,note\nJosé Núñez,señor\nJürgen Weiß,Gespräch\n".encode("latin-1"), "log.csv")
    assert found.frame["candidate"].tolist() == ["José Núñez", "Jürgen Weiß"]


def test_cyrillic_is_read_as_such_and_asked_about() -> None:
    rows = "".join(f"Анна Петрова,2026-03-{n:02d},позвонила и поблагодарила за собеседование\n" for n in range(1, 20))
    found = read(("кандидат,дата,заметка\n" + rows).encode("cp1251"), "log.csv")
    assert found.frame.iloc[0].tolist() == ["Анна Петрова", "2026-03-01", "позвонила и поблагодарила за собеседование"]
    assert [p.code for p in found.problems] == ["encoding_unsure"]


def test_one_cp1252_line_in_a_utf_8_file_is_damage_not_another_encoding() -> None:
    good = "candidate,note\n" + "José Núñez,señor\n" * 5
    found = read(good.encode() + "Zoë Groß,x\n".encode("cp1252"), "log.csv")
    assert found.frame["candidate"].tolist() == ["José Núñez"] * 5 + ["Zoë Groß"]
    assert [(p.code, p.line) for p in found.problems] == [("damaged_text", 7)]


def test_nul_bytes_are_left_out_and_counted() -> None:
    found = read(b"candidate,note\nMay Lind,a\0b\nSam Poe,c\n", "log.csv")
    assert found.frame["note"].tolist() == ["ab", "c"]
    assert [(p.code, p.line) for p in found.problems] == [("nul_bytes", 2)]


def test_an_accent_far_into_the_file_is_seen() -> None:
    # sqlite-utils once judged the encoding by the head of the file only
    found = read(b"candidate,note\n" + b"May Lind,x\n" * 30_000 + "José,ñ\n".encode("cp1252"), "log.csv")
    assert found.frame["candidate"].iloc[-1] == "José"
