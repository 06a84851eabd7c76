"""The tables of the workspace. Rows are added and marked as undone, never overwritten, so that the past can be read.

Moments are text in UTC (ISO 8601 with microseconds), which sorts and compares alike on SQLite and PostgreSQL.
A change of these tables is a new file in ``migrations/versions``; a test holds the two against each other.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_ID = BigInteger().with_variant(Integer, "sqlite")
_MOMENT = String(32)


def _key() -> Column[int]:
    return Column("id", _ID, primary_key=True, autoincrement=True)


def _made() -> list[Column[str]]:
    """Who added the row, and when."""
    return [Column("author", String(200), nullable=False), Column("at", _MOMENT, nullable=False)]


def _undone() -> list[Column[str]]:
    """Who took it back, and when; empty while it holds."""
    return [Column("undone_by", String(200)), Column("undone_at", _MOMENT)]


UPLOAD = Table(
    "upload",
    METADATA,
    _key(),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", _ID, nullable=False),
    Column("complete", JSON, nullable=False),
    Column("form", String(10), nullable=False),
    Column("profile", String(100), nullable=False),
    Column("account", JSON, nullable=False),
    *_made(),
    *_undone(),
)
"""One import: a file as it came, what was said about it and where its lines went. Its bytes stand in ``content``: the
``original``, or the ``contacts`` that are left where the original may not be kept."""

CONTENT = Table(
    "content",
    METADATA,
    Column("upload_id", _ID, ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("packed", LargeBinary, nullable=False),
)
"""The original bytes, zstd."""

TYPED = Table(
    "typed",
    METADATA,
    _key(),
    Column("source", String(20), nullable=False),
    Column("fields", JSON, nullable=False),
    *_made(),
    *_undone(),
)
"""A contact or a debrief typed by hand: fields of the plain layout."""

CORRECTION = Table(
    "correction",
    METADATA,
    _key(),
    Column("what", String(20), nullable=False),
    Column("about", String(64), nullable=False, index=True),
    Column("value", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    *_made(),
    *_undone(),
)

LINK = Table(
    "link",
    METADATA,
    _key(),
    Column("one", Text, nullable=False),
    Column("other", Text, nullable=False),
    Column("decision", String(10), nullable=False),
    *_made(),
    *_undone(),
)
"""What a person decided about two identities of candidates: ``same`` or ``different``."""

SETTING = Table(
    "setting",
    METADATA,
    _key(),
    Column("scope", String(20), nullable=False),
    Column("about", Text, nullable=False),
    Column("name", String(50), nullable=False),
    Column("value", JSON, nullable=False),
    *_made(),
    Index("ix_setting_place", "scope", "about", "name"),
)
"""The last row of a scope, thing and name holds. ``scope``: workspace, client, candidate, layout."""

POLICY = Table(
    "policy",
    METADATA,
    _key(),
    Column("name", Text, nullable=False),
    Column("version", String(64), nullable=False),
    Column("changes", Text, nullable=False),
    *_made(),
)
"""A policy by its changes to the article's defaults, as TOML; the last one holds."""

SESSION = Table(
    "session",
    METADATA,
    _key(),
    Column("candidate_key", String(32), nullable=False, index=True),
    Column("held_on", String(10), nullable=False),
    Column("agreed", JSON, nullable=False),
    Column("private_note", Text, nullable=False),
    Column("shared_note", Text, nullable=False),
    *_made(),
    *_undone(),
)
"""One coaching session: the agreed action with its due date and the rule by which it can be checked."""

PUT_AWAY = Table(
    "put_away",
    METADATA,
    _key(),
    Column("candidate_key", String(32), nullable=False, index=True),
    Column("about", String(16), nullable=False),
    Column("how", String(10), nullable=False),
    Column("until", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    *_made(),
    *_undone(),
)
"""A row of the action list that somebody put away: done, later (until a day) or not needed."""

HOLD = Table(
    "hold",
    METADATA,
    _key(),
    Column("candidate_key", String(32), nullable=False, index=True),
    *_made(),
    *_undone(),
)
"""A legal hold: nothing of this candidate is purged or erased while it stands."""

ERASED = Table(
    "erased",
    METADATA,
    _key(),
    Column("person", String(16), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("mark", String(32), nullable=False),
    *_made(),
    *_undone(),
)
"""Salted fingerprints of what told a person who was erased, so that no later file brings them back. No name."""

AUDIT = Table(
    "audit",
    METADATA,
    _key(),
    Column("at", _MOMENT, nullable=False, index=True),
    Column("who", String(200), nullable=False),
    Column("did", String(40), nullable=False),
    Column("about", Text, nullable=False),
)
"""Who did what, and to what: numbers and opaque keys, no name of a candidate."""

CACHE = Table(
    "cache",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("at", _MOMENT, nullable=False),
)
"""What can be worked out again from the rest; losing it costs time only."""
