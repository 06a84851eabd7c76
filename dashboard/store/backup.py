"""Backup and restore: one file that either database writes and reads, row by row."""

from __future__ import annotations

import base64
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, LargeBinary, Table, func, insert, select, text

from dashboard.store.engine import StoreError, current_revision, reading, writing
from dashboard.store.schema import CACHE, METADATA

_HEAD: Final = "workspace.json"
_BATCH: Final = 500


def back_up(engine: Engine, path: Path) -> int:
    """Write the whole workspace into one file, readable by its owner alone; returns the number of rows.

    What can be worked out again is left out. The file appears whole or not at all. Raises `StoreError` where it
    cannot be written.
    """
    made = path.with_name(f".{path.name}.part")
    rows = 0
    try:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            with reading(engine) as connection:
                head = {"followthrough": "workspace", "revision": current_revision(engine)}
                archive.writestr(_HEAD, json.dumps(head))
                for table in _tables():
                    with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as out:
                        for row in connection.execution_options(yield_per=_BATCH).execute(_in_order(table)).mappings():
                            out.write(json.dumps(_plain(dict(row)), ensure_ascii=False).encode() + b"\n")
                            rows += 1
            file.flush()
        made.replace(path)
    except OSError as error:
        made.unlink(missing_ok=True)
        raise StoreError(f"The backup {path} cannot be written: {(error.strerror or '').lower()}.") from error
    return rows


def restore(engine: Engine, path: Path) -> int:
    """Fill an empty workspace from a backup, all of it or nothing; returns the number of rows.

    Raises `StoreError` for a file that is no backup, one of another version, or a workspace that is not empty.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            head = json.loads(archive.read(_HEAD))
            if head.get("followthrough") != "workspace":
                raise KeyError(_HEAD)
            if head["revision"] != current_revision(engine):
                raise StoreError(f"{path.name} was written by another version of Followthrough ({head['revision']}).")
            with writing(engine) as connection:
                return sum(_fill(connection, table, archive) for table in _tables())
    except FileNotFoundError as error:
        raise StoreError(f"There is no file {path}; check the folder and the spelling.") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError) as error:
        raise StoreError(f"{path.name} is no backup of a workspace, or a damaged one; nothing was changed.") from error


def _tables() -> list[Table]:
    return [table for table in METADATA.sorted_tables if table is not CACHE]


def _in_order(table: Table) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _fill(connection: Connection, table: Table, archive: zipfile.ZipFile) -> int:
    if connection.execute(select(func.count()).select_from(table)).scalar():
        raise StoreError("This workspace is not empty; restore a backup into a new one.")
    binary = {column.name for column in table.columns if isinstance(column.type, LargeBinary)}
    rows = 0
    for batch in _batches(archive, table, binary):
        connection.execute(insert(table), batch)
        rows += len(batch)
    if connection.dialect.name == "postgresql" and "id" in table.columns and rows:
        # the next row is numbered after those that came with their numbers
        top = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))"
        connection.execute(text(top))
    return rows


def _batches(archive: zipfile.ZipFile, table: Table, binary: set[str]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            row = json.loads(line)
            batch.append({name: base64.b64decode(v) if name in binary else v for name, v in row.items()})
            if len(batch) == _BATCH or any(name in binary for name in row):
                yield batch
                batch = []
    if batch:
        yield batch


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: base64.b64encode(v).decode() if isinstance(v, bytes) else v for name, v in row.items()}
