"""Opening workspaces: the one that is worked in, and throwaway ones that hold the sample agency."""

from __future__ import annotations

import atexit
import shutil
import tempfile
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, text

from dashboard.sample import Sample
from dashboard.store import imports, sayings
from dashboard.store.engine import open_engine, writing
from dashboard.store.state import ANSWERS

_SAMPLE_AUTHOR: Final = "sample"


def sample_workspace(agency: Sample) -> Engine:
    """A throwaway workspace of its own that holds the sample agency."""
    engine = open_engine(str(_throwaway()))
    now = datetime.now(UTC)
    with writing(engine) as connection:
        told = {"zone": agency.zone, "calendar": agency.calendar}
        sayings.say(connection, ANSWERS, told, _SAMPLE_AUTHOR, now)
        for name, data in agency.files:
            complete = {name: agency.complete[name]} if name in agency.complete else {}
            imports.keep(connection, name, data, _SAMPLE_AUTHOR, now, complete=complete)
    return engine


def copied(engine: Engine) -> Engine:
    """A throwaway copy of a workspace in a file, to be changed by one session alone."""
    place = _throwaway()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM INTO :place"), {"place": str(place)})
    return open_engine(str(place))


def throw_away(engine: Engine) -> None:
    """Close a throwaway workspace and remove its files."""
    place = engine.url.database
    engine.dispose()
    for end in ("", "-wal", "-shm"):
        Path(f"{place}{end}").unlink(missing_ok=True)


def _throwaway() -> Path:
    return _folder() / f"{uuid.uuid4().hex}.db"


def _folder() -> Path:
    if not _FOLDERS:
        folder = Path(tempfile.mkdtemp(prefix="followthrough-sample-"))
        _FOLDERS.append(folder)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return _FOLDERS[0]


_FOLDERS: Final[list[Path]] = []
