"""A ZIP of exports is read like the exports themselves; a bomb is refused before it is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from analysis import Answers, load, read, read_tables
from analysis.reading.archive import labels
from analysis.reading.raw import RawTable

MAY = "candidate,at,kind\nMay Lind,2026-03-02,interview\n"
SAM = "candidate,at,kind\nSam Poe,2026-03-03,interview\nSam Poe,2026-03-04,follow_up\n"


def packed(members: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def codes(tables: tuple[RawTable, ...]) -> list[str]:
    return [p.code for table in tables for p in table.problems]


def test_every_file_of_an_archive_is_a_table_named_after_both() -> None:
    tables = read_tables(packed({"may.csv": MAY, "2026/sam.csv": SAM}), "export.zip")
    assert [t.name for t in tables] == ["export.zip › may.csv", "export.zip › sam.csv"]
    assert [t.part for t in tables] == ["may.csv", "sam.csv"]
    assert [len(t.frame) for t in tables] == [1, 2]


def test_contacts_of_an_archive_refer_to_the_file_in_it_and_its_line() -> None:
    log = load([("export.zip", packed({"may.csv": MAY, "sam.csv": SAM}))], Answers())
    where = [f"{file}:{line}" for file, line in zip(log.contacts["file"], log.contacts["line"], strict=True)]
    assert where == ["export.zip › may.csv:2", "export.zip › sam.csv:2", "export.zip › sam.csv:3"]


def test_a_file_that_is_also_in_the_archive_adds_nothing_twice() -> None:
    log = load([("may.csv", MAY.encode()), ("export.zip", packed({"may.csv": MAY, "sam.csv": SAM}))], Answers())
    assert len(log.contacts) == 3
    assert [p.code for p in log.problems if p.file == "export.zip › may.csv"] == ["same_file_twice"]


def test_reading_an_archive_as_one_table_says_that_there_are_more() -> None:
    table = read(packed({"may.csv": MAY, "sam.csv": SAM}), "export.zip")
    assert table.name == "export.zip › may.csv"
    assert [p.code for p in table.problems] == ["more_tables"]
    assert "sam.csv" in table.problems[0].message


def test_what_is_no_table_is_named_and_left_out_and_the_rest_is_read() -> None:
    data = packed({"may.csv": MAY, "cv.pdf": b"%PDF-1.7\n", "README.md": "notes", "old.csv": ""})
    tables = read_tables(data, "export.zip")
    assert [(t.part, codes((t,))) for t in tables] == [
        ("may.csv", []),
        ("cv.pdf", ["member_left_out"]),
        ("README.md", ["member_left_out"]),
        ("old.csv", ["member_left_out"]),
    ]
    log = load([("export.zip", data)], Answers())
    assert len(log.contacts) == 1
    assert {p.kind.severity for p in log.problems} == {"note"}


def test_what_macos_and_windows_put_beside_the_files_is_no_file() -> None:
    data = packed({"may.csv": MAY, "__MACOSX/._may.csv": b"\0\5", ".DS_Store": b"x", "Thumbs.db": b"x", "sub/": b""})
    assert [t.part for t in read_tables(data, "export.zip")] == ["may.csv"]


def test_an_archive_in_an_archive_is_read_too_but_not_without_end() -> None:
    inner = packed({"may.csv": MAY})
    (table,) = read_tables(packed({"inner.zip": inner}), "outer.zip")
    assert (table.name, len(table.frame)) == ("outer.zip › inner.zip › may.csv", 1)
    for _ in range(5):
        inner = packed({"inner.zip": inner})
    (table,) = read_tables(inner, "outer.zip")
    assert codes((table,)) == ["archive_refused"]


def test_names_in_an_archive_never_lead_out_of_it_and_all_differ() -> None:
    assert labels(["../../etc/passwd.csv", "C:\\x\\log.csv", "a\x00b\u202e.csv"]) == [
        "passwd.csv",
        "log.csv",
        "a b .csv",
    ]
    assert labels(["../a/log.csv", "/b/log.csv", "/b/log.csv", ".."]) == [
        "a/log.csv",
        "b/log.csv",
        "b/log.csv (2)",
        "unnamed",
    ]
    (long,) = labels(["x" * 5_000 + ".csv"])
    assert len(long) <= 100
    assert long.endswith(".csv")


def bomb_of_zeros() -> bytes:
    return packed({"log.csv": b"0" * (200 << 20)})


def bomb_of_overlaps() -> bytes:
    """One packed body that 3,000 entries of the directory point to, each said to be 1 MB."""
    one = packed({"0000.csv": b"a,b\n" * (1 << 18)})
    start = one.index(b"PK\x01\x02")
    entry = one[start : start + 46 + 8]
    entries = b"".join(entry[:46] + f"{n:04}.csv".encode() for n in range(3_000))
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3_000, 3_000, len(entries), start, 0)
    return one[:start] + entries + end


def bomb_of_entries() -> bytes:
    """A directory that says it holds 60,000 files."""
    return packed({"a.csv": MAY})[:-22] + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 60_000, 60_000, 46 * 60_000, 0, 0)


def bomb_that_lies() -> bytes:
    """A member that unpacks to 20 MB where its directory entry says 100 bytes."""
    data = bytearray(packed({"log.csv": b"0" * (20 << 20)}))
    place = data.index(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<L", 100)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (bomb_of_zeros(), "archive_refused"),
        (bomb_of_overlaps(), "archive_refused"),
        (bomb_of_entries(), "archive_refused"),
        (bomb_that_lies(), "damaged_archive"),
        (packed({"may.csv": MAY})[:60], "damaged_archive"),
        (packed({"may.csv": MAY})[:-30], "damaged_archive"),
        (packed({}), "empty_archive"),
        (packed({"cv.pdf": b"%PDF-1.7\n"}), "no_table_in_archive"),
    ],
    ids=["zeros", "overlaps", "entries", "lies", "beginning", "without its end", "empty", "no table"],
)
def test_a_bomb_or_a_damaged_archive_is_refused_in_a_sentence(data: bytes, code: str) -> None:
    (table,) = read_tables(data, "export.zip")
    assert codes((table,)) == [code]
    assert not table.readable
    assert table.problems[0].kind.next_step in table.problems[0].message


def test_an_archive_with_a_password_says_so() -> None:
    data = bytearray(packed({"may.csv": MAY}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes(read_tables(bytes(data), "export.zip")) == ["encrypted_archive"]


def test_a_damaged_file_in_an_archive_is_named_and_the_others_are_read() -> None:
    data = packed({"may.csv": MAY, "sam.csv": SAM}, zipfile.ZIP_STORED).replace(
        b"Sam Poe,2026-03-03", b"Sam Poe,2026-03-09"
    )
    tables = read_tables(data, "export.zip")
    assert [codes((t,)) for t in tables] == [[], ["damaged_archive"]]
    assert tables[1].name == "export.zip › sam.csv"
