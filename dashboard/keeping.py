"""Backup and restore of the workspace, as the command line asks for them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from sqlalchemy import Engine

from dashboard.files import Unreadable
from dashboard.options import spare
from dashboard.place import NoPlace, workspace_place
from dashboard.store.backup import back_up, restore
from dashboard.store.engine import StoreError, open_engine


def back_up_to(named: str | None, file: str) -> str:
    """Write the workspace into a file; returns what to say.

    An older backup of that name is replaced, any other file is not. Raises `Unreadable` with a sentence.
    """
    place = _place(named)
    path = Path(file)
    if "://" not in place:
        if not Path(place).expanduser().is_file():
            raise Unreadable(f"There is no workspace at {place}; name it with --workspace.")
        spare(file, [Path(place).expanduser()], "backup")
    if path.exists() and not _is_backup(path):
        raise Unreadable(f"{file} is there already and no backup; give another name.")
    engine = _opened(place)
    try:
        rows = back_up(engine, path)
    except StoreError as error:
        raise Unreadable(str(error)) from error
    finally:
        engine.dispose()
    return f"{file} holds the whole workspace ({rows:,} rows). It holds personal data: keep it where nobody else reads."


def restore_from(named: str | None, file: str) -> str:
    """Fill a workspace that holds nothing from a backup; returns what to say. Raises `Unreadable` with a sentence."""
    if not Path(file).is_file():
        raise Unreadable(f"There is no file {file}; check the folder and the spelling.")
    place = _place(named)
    engine = _opened(place)
    try:
        rows = restore(engine, Path(file))
    except StoreError as error:
        raise Unreadable(str(error)) from error
    finally:
        engine.dispose()
    return f"{rows:,} rows of {file} are in the workspace again."


def _place(named: str | None) -> str:
    try:
        return workspace_place(named)
    except NoPlace as error:
        raise Unreadable(str(error)) from error


def _opened(place: str) -> Engine:
    try:
        return open_engine(place)
    except StoreError as error:
        raise Unreadable(str(error)) from error


def _is_backup(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "workspace.json" in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False
