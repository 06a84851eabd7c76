"""Imports: a file is kept as it came, with what was said about it; undone without losing what others brought."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import zstandard
from sqlalchemy import Connection, RowMapping, delete, insert, select

from dashboard.store.engine import Conflict
from dashboard.store.records import add, standing, undo
from dashboard.store.schema import CACHE, CONTENT, UPLOAD

_LEVEL: Final = 6
ORIGINAL: Final = "original"
CONTACTS: Final = "contacts"


@dataclass(frozen=True, slots=True)
class Import:
    """One import as it stands in the workspace; ``complete`` answers that question for each of its tables."""

    number: int
    name: str
    sha256: str
    size: int
    complete: Mapping[str, str]
    form: str
    profile: str
    account: Mapping[str, Any]
    author: str
    at: str


def keep(
    connection: Connection,
    name: str,
    data: bytes,
    author: str,
    now: datetime,
    *,
    complete: Mapping[str, str] | None = None,
    profile: str = "",
    account: Mapping[str, Any] | None = None,
    instead: bytes | None = None,
    form: str = ORIGINAL,
) -> int:
    """Keep one file, compressed, with its hash and its line account; returns the import's number.

    ``instead``: what is kept where the file may not be kept as it came, in this ``form``; hash and size are the file's.
    Raises `Conflict` where the same bytes are in the workspace already: they would add nothing.
    """
    digest = hashlib.sha256(data).hexdigest()
    refuse_twice(connection, name, digest)
    number = add(
        connection,
        UPLOAD,
        author,
        now,
        name=name,
        sha256=digest,
        size=len(data),
        complete=dict(complete or {}),
        form=form,
        profile=profile,
        account=dict(account or {}),
    )
    connection.execute(insert(CONTENT).values(upload_id=number, packed=pack(data if instead is None else instead)))
    return number


def refuse_twice(connection: Connection, name: str, digest: str) -> None:
    """Raise `Conflict` where a file of this hash is in the workspace already, whole as it came."""
    same = select(UPLOAD).where(UPLOAD.c.sha256 == digest, UPLOAD.c.undone_at.is_(None))
    for other in connection.execute(same).mappings():
        # one that somebody was erased from may come again, should they be let back
        if not other["account"].get("erased_from"):
            raise Conflict(f"{name} is in the workspace already, as {other['name']}; it adds nothing.")


def pack(data: bytes) -> bytes:
    """Bytes as they are kept."""
    return zstandard.ZstdCompressor(level=_LEVEL, threads=0).compress(data)


def imports(connection: Connection, at: datetime | None = None, *, everything: bool = False) -> list[Import]:
    """The imports that hold now, or held at a moment, in the order they came; ``everything``: those undone too."""
    if everything:
        return [_import(row) for row in connection.execute(select(UPLOAD).order_by(UPLOAD.c.id)).mappings()]
    return [_import(row) for row in standing(connection, UPLOAD, at)]


def contents(connection: Connection, numbers: Sequence[int]) -> dict[int, bytes]:
    """The original bytes of imports, by number."""
    rows = connection.execute(select(CONTENT).where(CONTENT.c.upload_id.in_(list(numbers))))
    return {row.upload_id: zstandard.ZstdDecompressor().decompress(row.packed) for row in rows}


def take_back(connection: Connection, number: int, author: str, now: datetime) -> None:
    """Undo one import: what only it brought leaves the scores; corrections and other imports stay.

    Results that are kept go. Its bytes stay, so that the past can still be read; `dashboard.store.care` removes them
    for good.
    """
    undo(connection, UPLOAD, number, author, now)
    connection.execute(delete(CACHE))


def _import(row: RowMapping) -> Import:
    names = ("name", "sha256", "size", "complete", "form", "profile", "account", "author", "at")
    return Import(row["id"], **{name: row[name] for name in names})
