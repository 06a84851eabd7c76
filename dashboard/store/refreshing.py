"""Results of a large workspace are brought up to date in a process of their own, so that nobody's page waits for it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Final

import pandas as pd
from sqlalchemy import Engine

_WHERE: Final = "FOLLOWTHROUGH_REFRESH"
"""Tells the process its workspace; not an argument, because others can read those and a URL may hold a password."""


def refresh_apart(engine: Engine, as_of: pd.Timestamp) -> bool:
    """Work out and keep the results of a moment in another process, and wait for it; whether it could."""
    where = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "dashboard.store.refreshing", as_of.isoformat(), str(as_of.tz)]
    told = {**os.environ, _WHERE: where, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    # the other end of its input is held open by this process alone, and closes with it
    with subprocess.Popen(command, env=told, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        return process.wait() == 0


def end_with_starter() -> None:
    """Stop this process as soon as the one that started it is gone, however that happened."""

    def watch() -> None:
        sys.stdin.buffer.read()
        os._exit(1)

    threading.Thread(target=watch, name="watch", daemon=True).start()


def main(moment: str, zone: str) -> None:
    """Work out the results of a workspace at a moment, at leisure."""
    from dashboard.store.engine import StoreError, open_engine, reading
    from dashboard.store.results import Results
    from dashboard.store.state import state

    with suppress(AttributeError, OSError):  # not every system has it
        os.nice(10)
    engine = open_engine(os.environ[_WHERE])
    with reading(engine) as connection:
        known = state(connection, bodies=False)
    with suppress(StoreError):  # something was removed meanwhile; the next page asks again
        Results(engine).whole(known, pd.Timestamp(moment).tz_convert(zone))
    engine.dispose()


if __name__ == "__main__":
    end_with_starter()
    main(*sys.argv[1:])
