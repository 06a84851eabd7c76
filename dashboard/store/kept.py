"""Tables that can be worked out again, kept in the workspace so that it opens at once; losing them costs time only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, delete, insert, select

from dashboard.store.engine import StoreError
from dashboard.store.records import last_removal, moment
from dashboard.store.schema import CACHE


@cache
def software() -> str:
    """A digest of the code and data that results follow from: what another version kept is not used."""
    return hashlib.sha256(b"".join(_sources(resources.files("analysis")))).hexdigest()


def _sources(folder: Traversable) -> list[bytes]:
    parts: list[bytes] = []
    for each in sorted(folder.iterdir(), key=lambda e: e.name):
        if each.is_dir() and not each.name.startswith("__"):
            parts.extend(_sources(each))
        elif each.name.endswith((".py", ".toml", ".tsv")):
            parts.append(each.read_bytes())
    return parts


def digest(*told: object) -> str:
    """A key under which something is kept, for everything that it follows from."""
    return hashlib.sha256(repr((software(), *told)).encode()).hexdigest()[:40]


def unless_removed(connection: Connection, seen: int) -> None:
    """Raise `StoreError` where something was removed for good since ``seen`` (`dashboard.store.state.State.removed`).

    What was worked out from before may hold what was removed, and is not kept.
    """
    if last_removal(connection) != seen:
        raise StoreError("Something was removed for good meanwhile; load the page again.")


def put(connection: Connection, key: str, kind: str, parts: Mapping[str, bytes], now: datetime) -> None:
    """Keep parts under ``key:name``; those that are kept there already give way."""
    connection.execute(delete(CACHE).where(CACHE.c.key.in_([f"{key}:{name}" for name in parts])))
    rows = [{"key": f"{key}:{n}", "kind": kind, "packed": p, "at": moment(now)} for n, p in parts.items()]
    connection.execute(insert(CACHE), rows)


def get(connection: Connection, key: str, name: str) -> bytes | None:
    """One part, None where it is not kept."""
    packed = connection.execute(select(CACHE.c.packed).where(CACHE.c.key == f"{key}:{name}")).scalar()
    return None if packed is None else bytes(packed)


def only(connection: Connection, kind: str, keys: set[str]) -> None:
    """Drop everything of a kind but these keys."""
    held = connection.execute(select(CACHE.c.key).where(CACHE.c.kind == kind)).scalars().all()
    gone = [key for key in held if key.partition(":")[0] not in keys]
    for start in range(0, len(gone), 500):
        connection.execute(delete(CACHE).where(CACHE.c.key.in_(gone[start : start + 500])))


def latest(connection: Connection, kind: str, name: str) -> list[tuple[str, bytes]]:
    """Key and bytes of a part of every entry of a kind, the newest first."""
    rows = select(CACHE.c.key, CACHE.c.packed).where(CACHE.c.kind == kind, CACHE.c.key.endswith(f":{name}"))
    found = connection.execute(rows.order_by(CACHE.c.at.desc()))
    return [(key.partition(":")[0], bytes(packed)) for key, packed in found]


def packed(table: pd.DataFrame) -> bytes:
    """A table as bytes; its index is not kept."""
    sink = pa.BufferOutputStream()
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    with pa.ipc.new_stream(sink, arrow.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(arrow)
    return bytes(sink.getvalue())


def unpacked(data: bytes) -> pd.DataFrame:
    """The table that `packed` made."""
    with pa.ipc.open_stream(data) as reader:
        table: pd.DataFrame = reader.read_pandas()
    return table


def as_json(told: Any) -> bytes:
    """Plain values as bytes."""
    return json.dumps(told, ensure_ascii=True).encode()


def of_json(data: bytes) -> Any:
    """The values that `as_json` was given."""
    return json.loads(data)
