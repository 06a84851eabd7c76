"""Opening the database: an embedded SQLite file by default, PostgreSQL by URL; brought up to date before first use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

PATIENCE = 30
"""Seconds for which somebody who wants to write waits for others."""
MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(Exception):
    """The workspace cannot be opened or written; the message is one sentence that says what to do next."""


class Conflict(StoreError):
    """Somebody else changed the same thing in the meantime; the message says who and when."""


def open_engine(where: str) -> Engine:
    """The database at ``where`` (a URL, or the path of a SQLite file), with every migration applied.

    Raises `StoreError` where it cannot be reached, belongs to a newer version, or is no workspace.
    """
    engine = create_engine(_url(where), **_options(where))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    try:
        _migrate(engine)
    except (OperationalError, DatabaseError) as error:
        engine.dispose()
        raise StoreError(f"The workspace {_shown(where)} cannot be opened: {_said(error)}.") from error
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the workspace; writers do not disturb it. Raises `StoreError` where it cannot be read."""
    try:
        with engine.connect() as connection, connection.begin():
            yield connection
    except OperationalError as error:
        raise StoreError(f"The workspace cannot be read: {_said(error)}. Try again in a moment.") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One change, all of it or nothing. Writers wait for each other. Raises `StoreError` for a full or broken disk."""
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                # before the first look, or the writer who waited would not see what the other one wrote
                connection.exec_driver_sql("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE")
            yield connection
    except OperationalError as error:
        raise StoreError(f"Nothing was changed: {_said(error)}.") from error


def current_revision(engine: Engine) -> str | None:
    """The last migration that was applied; None for an empty database."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for one connection; nothing is read from a file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _url(where: str) -> str:
    if "://" not in where:
        return f"sqlite:///{Path(where).expanduser().resolve()}"
    # the driver that is installed with the extra
    return where.replace("postgresql://", "postgresql+psycopg://", 1).replace("postgres://", "postgresql+psycopg://", 1)


def _options(where: str) -> dict[str, Any]:
    if "://" not in where or where.startswith("sqlite"):
        return {"connect_args": {"timeout": PATIENCE}}
    return {"pool_pre_ping": True, "isolation_level": "REPEATABLE READ"}


def _shown(where: str) -> str:
    """The place without a password."""
    head, _, tail = where.rpartition("@")
    return f"{head.split('://')[0]}://…@{tail}" if head else where


def _said(error: DatabaseError) -> str:
    return str(error.orig).splitlines()[0].rstrip(".") if error.orig else type(error).__name__


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin_sqlite`
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(engine: Engine) -> None:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(725013)")  # one opener migrates, others wait
        config = alembic_config(connection)
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        now = MigrationContext.configure(connection).get_current_revision()
        if now is not None and now not in known:
            raise StoreError(f"The workspace was written by a newer version of Followthrough ({now}); update first.")
        command.upgrade(config, "head")
