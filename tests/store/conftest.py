"""Every test of the workspace runs on an embedded file and on a real PostgreSQL server."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from dashboard.store.engine import open_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty place for a workspace, in each of the two databases."""
    if request.param == "sqlite":
        return str(tmp_path / "workspace.db")
    server = str(request.getfixturevalue("postgres"))
    name = f"w{uuid.uuid4().hex}"
    owner = create_engine(
        f"{server.replace('postgresql', 'postgresql+psycopg', 1)}/postgres", isolation_level="AUTOCOMMIT"
    )
    with owner.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    owner.dispose()
    return f"{server}/{name}"


@pytest.fixture
def engine(where: str) -> Iterator[Engine]:
    """An open workspace with nothing in it."""
    opened = open_engine(where)
    yield opened
    opened.dispose()
