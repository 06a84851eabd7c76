"""Where the workspace lies: the one place that the dashboard and the commands agree on."""

from __future__ import annotations

import os
from typing import Final

from dashboard.mappings import folder

ENVIRONMENT: Final = "FOLLOWTHROUGH_WORKSPACE"
"""The variable that names the workspace: the path of a file, or the URL of a PostgreSQL database."""
NAME: Final = "workspace.db"


class NoPlace(Exception):
    """The folder of the workspace cannot be made; the message is one sentence."""


def workspace_place(named: str | None = None) -> str:
    """Where the workspace lies, for `dashboard.store.engine.open_engine`: a URL, or the path of a file.

    ``named`` (``--workspace``) wins, then `ENVIRONMENT`, then `NAME` in the data folder, which is made where it is
    missing, for its owner alone. Raises `NoPlace` where it cannot be made.
    """
    told = (named or "").strip() or os.environ.get(ENVIRONMENT, "").strip()
    if told:
        return told
    home = folder()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise NoPlace(f"The folder {home} for the workspace cannot be made ({why}); name another.") from error
    return str(home / NAME)
