"""ZIP archives: every member that is a table is read, whatever else lies in there is named and left out."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Final

from analysis.problems import problem
from analysis.reading.audit import DEEPEST, Limits, Refused, open_zip, unpack
from analysis.reading.empty import nothing_read
from analysis.reading.raw import PART, RawTable

Opener = Callable[[bytes, str, Limits], tuple[RawTable, ...]]

_OF_THE_SYSTEM: Final = {".ds_store", "thumbs.db", "desktop.ini"}
_NO_EXPORTS: Final = {".md", ".toml", ".py", ".json", ".yml", ".yaml", ".js", ".css", ".rst"}
_LONGEST: Final = 100


def read_archive(data: bytes, name: str, sha256: str, limits: Limits, opened: Opener) -> tuple[RawTable, ...]:
    """Every table in a ZIP, by ``opened`` for each member, called ``name › member``.

    A member that holds no table stays in the list without rows and with a note. An archive that is damaged,
    encrypted, empty, or looks like a bomb is one table that cannot be read. Never raises.
    """
    try:
        return _read_archive(data, name, sha256, limits, opened)
    except Refused as refused:
        return (_refusal(name, sha256, refused),)


def _read_archive(data: bytes, name: str, sha256: str, limits: Limits, opened: Opener) -> tuple[RawTable, ...]:
    if len(limits.above) >= DEEPEST:
        raise Refused("archive_refused", why=f"it lies in an archive in an archive, more than {DEEPEST} deep")
    archive = open_zip(data)
    members = [member for member in archive.infolist() if not _of_the_system(member)]
    if not members:
        raise Refused("empty_archive")
    if all(member.flag_bits & 1 for member in members):
        raise Refused("encrypted_archive")
    limits.members -= len(members)
    limits.size -= sum(member.file_size for member in members)
    if limits.members < 0 or limits.size < 0:
        raise Refused("archive_refused", why="together with the archives in it, it holds more than can be loaded")
    limits.above.append(name)
    tables: list[RawTable] = []
    for member, label in zip(members, labels([member.filename for member in members]), strict=True):
        tables += _member(archive, member, name + PART + label, limits, opened)
    limits.above.pop()
    if not any(table.format != "unknown" for table in tables):
        raise Refused("no_table_in_archive", shown=_listed(table.name for table in tables))
    return tuple(replace(table, part=table.name.removeprefix(name + PART)) for table in tables)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limits: Limits, opened: Opener
) -> tuple[RawTable, ...]:
    if PurePosixPath(name).suffix.lower() in _NO_EXPORTS:
        return (_left_out(nothing_read(b"", name, "", "unknown", ()), "Not an export"),)
    try:
        held = unpack(archive, member)
    except Refused as refused:
        digest = hashlib.sha256(f"{name} {member.CRC}".encode()).hexdigest()
        return (_refusal(name, digest, refused),)
    tables = opened(held, name, limits)
    first = tables[0]
    if len(tables) == 1 and not first.readable:
        code = next(p for p in first.problems if p.kind.severity == "unreadable")
        if first.format == "unknown" or code.code == "empty_file":
            return (_left_out(first, code.kind.title),)
    return tables


def _left_out(table: RawTable, why: str) -> RawTable:
    note = problem("member_left_out", table.name, value=why)
    digest = table.sha256 or hashlib.sha256(table.name.encode()).hexdigest()
    return replace(table, problems=(note,), format="unknown", sha256=digest)


def _refusal(name: str, sha256: str, refused: Refused) -> RawTable:
    found = problem(refused.code, name, 0, **refused.facts)
    return nothing_read(b"", name, sha256, "archive", (found,))


def _of_the_system(member: zipfile.ZipInfo) -> bool:
    """Folders, and what macOS and Windows put beside the files."""
    path = PurePosixPath(member.filename)
    return (
        member.is_dir() or "__MACOSX" in path.parts or path.name.startswith("._") or path.name.lower() in _OF_THE_SYSTEM
    )


def labels(paths: list[str]) -> list[str]:
    """What to call each member: the last part of its path, the whole path where that is not enough; all differ."""
    whole = ["/".join(p for p in _plain(path).split("/") if p not in ("", ".", "..")) or "unnamed" for path in paths]
    last = [path.rpartition("/")[2] for path in whole]
    often = Counter(last)
    taken: set[str] = set()
    out: list[str] = []
    for path, short in zip(whole, last, strict=True):
        name = base = _cut(short if often[short] == 1 else path)
        number = 2
        while name in taken:
            name, number = f"{base} ({number})", number + 1
        taken.add(name)
        out.append(name)
    return out


def _plain(path: str) -> str:
    return "".join(c if c.isprintable() else " " for c in path.replace("\\", "/").replace("›", ">"))


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST // 2] + "…" + name[-_LONGEST // 2 + 1 :]


def _listed(names: Iterable[str]) -> str:
    found = [name.rpartition(PART)[2] for name in names]
    return ", ".join(found[:5]) + (", …" if len(found) > 5 else "")
