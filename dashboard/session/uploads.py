"""The files of the workspace: taken in, taken back, and their tables as they were read."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Final

import streamlit as st
from sqlalchemy import Connection

from analysis.preparing import prepared
from analysis.reading.progress import Progress
from analysis.reading.raw import RawTable
from analysis.reading.reader import read_tables
from dashboard import taking_in
from dashboard.session.answers import saved_mappings
from dashboard.session.desk import engine, leave_sample, look_at, on_sample, workspace, write
from dashboard.session.notes import note
from dashboard.store import imports
from dashboard.store.engine import reading
from dashboard.workspace import Upload

_DROPS: Final = "drops"
_SHELF: Final = 600_000_000
"""Bytes of files whose tables are held in memory."""
_LOCK: Final = threading.RLock()


def add(files: Iterable[tuple[str, bytes]]) -> int:
    """Keep uploaded files in the workspace; the sample steps aside. Returns how many were added.

    A file with the same content is not added twice, and that is said. What was said about layouts on earlier days
    holds from here on.
    """
    leave_sample()
    zone, layouts = st.context.timezone or "UTC", saved_mappings()
    added: list[str] = []
    notes: list[str] = []

    def take_in(connection: Connection, by: str, now: datetime) -> None:
        taking_in.begin(connection, zone, layouts, by, now)
        names, same = taking_in.take_in(connection, files, by, now)
        added.extend(names)
        notes.extend(same)

    if write(take_in, needs="import"):
        note(*notes)
        look_at(None)
    st.session_state[_DROPS] = drops() + 1
    return len(added)


def clear() -> None:
    """Take every file back; what was corrected and typed stays, should a file come again. The sample is only left."""
    if on_sample():
        leave_sample()
    else:
        _take_back([upload.number for upload in (*workspace().uploads, *workspace().bare)])


def remove(name: str) -> None:
    """Take one file back, named by itself or by one of the tables in it."""
    gone = [u for u in workspace().uploads if name == u.name or any(t.name == name for t in tables_of(u))]
    _take_back([u.number for u in gone])


def _take_back(numbers: Iterable[int]) -> None:
    def act(connection: Connection, by: str, now: datetime) -> None:
        for number in numbers:
            imports.take_back(connection, number, by, now)

    write(act, needs="take back")


def drops() -> int:
    """How often files were taken over from the drop area; names its widget, so that it empties itself."""
    return int(st.session_state.get(_DROPS, 0))


def read_new(progress: Callable[[int, int, float], object]) -> None:
    """Read the files that were not read yet; ``progress`` is told which file, of how many, and the share done."""
    waiting = [u for u in workspace().uploads if u.key not in _shelf()]
    sizes = {one.number: one.size for one in workspace().known.imports}
    total = sum(sizes[u.number] for u in waiting) or 1
    done = 0
    for number, upload in enumerate(waiting, start=1):
        step = partial(_step, progress, number, len(waiting), done / total, sizes[upload.number] / total)
        step(0.0)
        tables_of(upload, step)
        done += sizes[upload.number]


def _step(
    progress: Callable[[int, int, float], object], number: int, files: int, start: float, part: float, share: float
) -> None:
    progress(number, files, min(1.0, start + part * share))


def raw(name: str) -> RawTable:
    """One table of the uploads, by its name, as text."""
    return next(t for t in tables_of(upload_of(name)) if t.name == name)


def uploaded_as(name: str) -> str:
    """The name of the upload that a table came from."""
    return upload_of(name).name


def upload_of(name: str) -> Upload:
    """The upload that a table came from."""
    uploads = workspace().uploads
    named = next((u for u in uploads if u.name == name), None)
    if named is not None:
        return named
    return next(u for u in uploads if any(t.name == name for t in tables_of(u)))


def tables_of(upload: Upload, progress: Progress | None = None) -> tuple[RawTable, ...]:
    """The tables of a file; read where nobody has yet."""
    held = _held(upload.key)
    if held is not None:
        return held
    with reading(engine()) as connection:
        data = imports.contents(connection, [upload.number])[upload.number]
    return _put(upload.key, data, upload.name, progress)


def tables_read(data: bytes, name: str) -> tuple[RawTable, ...]:
    """As `tables_of`, for bytes that are there."""
    key = hashlib.sha256(data).hexdigest() + name
    held = _held(key)
    return held if held is not None else _put(key, data, name)


def _put(key: str, data: bytes, name: str, progress: Progress | None = None) -> tuple[RawTable, ...]:
    """Read a file and hold its tables; those that were asked for longest ago make room."""
    read = tuple(prepared(table) for table in read_tables(data, name, progress))
    with _LOCK:
        shelf = _shelf()
        shelf[key] = (len(data), read)
        while len(shelf) > 1 and sum(size for size, _ in shelf.values()) > _SHELF:
            shelf.popitem(last=False)
    return read


def _held(key: str) -> tuple[RawTable, ...] | None:
    with _LOCK:
        shelf = _shelf()
        if key not in shelf:
            return None
        shelf.move_to_end(key)
        return shelf[key][1]


@st.cache_resource(show_spinner=False)
def _shelf() -> OrderedDict[str, tuple[int, tuple[RawTable, ...]]]:
    """The tables that were read, by upload; kept by hand, because a bar cannot move within a cached function."""
    return OrderedDict()


def clear_shelf() -> None:
    """Drop every table that is held in memory."""
    with _LOCK:
        _shelf().clear()
