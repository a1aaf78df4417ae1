"""The tables of the embedded database, in SQL that PostgreSQL and MariaDB understand as well.

Times are UTC. JSON is kept as text, byte for byte as it was written. A change here needs a migration beside it
(`migrations/versions`); a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import sqlalchemy as sa

__all__ = ["METADATA", "REVISION", "FreeText", "UtcDateTime"]

REVISION: Final = "0003"
"""The migration that these tables are at; written into a new database without loading the migrations."""

METADATA: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """Aware in Python, UTC without zone in the database. A naive time is a bug and raises ValueError."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[dt.datetime]:
        if dialect.name in {"mysql", "mariadb"}:  # whole seconds unless asked
            from sqlalchemy.dialects.mysql import DATETIME

            return dialect.type_descriptor(DATETIME(fsp=6))
        return dialect.type_descriptor(sa.DateTime())

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a time without zone cannot be stored: {value}"
            raise ValueError(message)
        return value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=dt.UTC)


class FreeText(sa.types.TypeDecorator[str]):
    """Text that people said or wrote, of any length unless one is given, to which it is cut.

    What no database takes, a NUL or half of a surrogate pair, is dropped or replaced: a caller can send anything.
    """

    impl = sa.Text
    cache_ok = True

    def __init__(self, length: int | None = None) -> None:
        super().__init__()
        self.length = length

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[str]:
        if self.length is not None:
            return dialect.type_descriptor(sa.String(self.length))
        if dialect.name in {"mysql", "mariadb"}:  # TEXT ends at 64 KB there
            from sqlalchemy.dialects.mysql import LONGTEXT

            return dialect.type_descriptor(LONGTEXT())
        return dialect.type_descriptor(sa.Text())

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace("\0", "").encode("utf-8", "replace").decode()[: self.length]


def _id(length: int = 64) -> sa.String:
    return sa.String(length)


calls = sa.Table(
    "calls",
    METADATA,
    sa.Column("id", _id(), primary_key=True),
    sa.Column("business", _id(), nullable=False),
    sa.Column("graph", _id(), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("caller", sa.String(32)),
    sa.Column("started_at", UtcDateTime, nullable=False, index=True),
    sa.Column("ended_at", UtcDateTime),
    sa.Column("outcome", sa.String(32)),
    sa.Column("snapshot", FreeText()),
)

turns = sa.Table(
    "turns",
    METADATA,
    sa.Column("call_id", _id(), sa.ForeignKey("calls.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("state", _id(), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("heard", FreeText()),
    sa.Column("said", FreeText(), nullable=False),
    sa.Column("asks", _id()),
    sa.Column("ms", sa.Float, nullable=False),
    sa.Column("fingerprint", sa.String(16)),  # of the call and its effects after this turn; none in turns of before
)

content_files = sa.Table(
    # Files that product owners edit, as they were, packed; a file that did not change from one version to the next is there once.
    "content_files",
    METADATA,
    sa.Column("digest", _id(), primary_key=True),
    sa.Column("content", sa.LargeBinary(16_777_215), nullable=False),  # a length, or MariaDB cuts at 64 KB
)

content_versions = sa.Table(
    # What a call was held with: `files` is a JSON object of names and digests of content_files.
    "content_versions",
    METADATA,
    sa.Column("digest", _id(), primary_key=True),
    sa.Column("folder", FreeText(), nullable=False),
    sa.Column("files", FreeText(), nullable=False),
    sa.Column("served_at", UtcDateTime, nullable=False, index=True),
)

facts = sa.Table(
    "facts",
    METADATA,
    sa.Column("call_id", _id(), sa.ForeignKey("calls.id"), primary_key=True),
    sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", _id(), nullable=False),
    sa.Column("value", FreeText(), nullable=False),
    sa.Column("source", sa.String(16), nullable=False),
    sa.Column("words", FreeText(), nullable=False),
)

actions = sa.Table(
    "actions",
    METADATA,
    sa.Column("call_id", _id(), sa.ForeignKey("calls.id"), primary_key=True),
    sa.Column("turn", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", _id(), nullable=False),
    sa.Column("outcome", _id(), nullable=False),
    sa.Column("detail", FreeText(), nullable=False),
)

journal = sa.Table(
    "journal",
    METADATA,
    sa.Column("call_id", _id(), sa.ForeignKey("calls.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("event", FreeText(), nullable=False),
    sa.Column("checksum", sa.BigInteger, nullable=False),
)

callers = sa.Table(
    "callers",
    METADATA,
    sa.Column("phone", sa.String(32), primary_key=True),
    sa.Column("name", FreeText(200)),
    sa.Column("email", FreeText(320)),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("first_call_at", UtcDateTime, nullable=False),
    sa.Column("last_call_at", UtcDateTime, nullable=False),
    sa.Column("calls", sa.Integer, nullable=False),
)

tasks = sa.Table(
    "tasks",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(128), nullable=False, unique=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("text", FreeText(), nullable=False),
    sa.Column("call_id", _id(), index=True),
    sa.Column("name", FreeText(200)),
    sa.Column("phone", sa.String(32)),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("done_at", UtcDateTime),
    sa.Column("number", sa.String(16), index=True, unique=True),  # that a caller was told; most have none
)

outbox = sa.Table(
    "outbox",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(128), nullable=False, unique=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("recipient", FreeText(320), nullable=False),
    sa.Column("subject", FreeText(200), nullable=False),
    sa.Column("body", FreeText(), nullable=False),
    sa.Column("purpose", sa.String(32), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("call_id", _id(), index=True),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("worker", sa.String(128)),
    sa.Column("leased_until", UtcDateTime),
    sa.Column("sent_at", UtcDateTime),
    sa.Column("reference", sa.String(128)),
    sa.Column("error", FreeText()),
    sa.Index("ix_outbox_status_due_at", "status", "due_at"),
)

appointments = sa.Table(
    "appointments",
    METADATA,
    sa.Column("id", _id(), primary_key=True),
    sa.Column("service", _id(), nullable=False),
    sa.Column("staff", _id(), nullable=False),
    sa.Column("starts_at", UtcDateTime, nullable=False, index=True),
    sa.Column("ends_at", UtcDateTime, nullable=False),
    sa.Column("name", FreeText(200), nullable=False),
    sa.Column("phone", sa.String(32), index=True),
    sa.Column("email", FreeText(320)),
    sa.Column("note", FreeText(), nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
)

holds = sa.Table(
    "holds",
    METADATA,
    sa.Column("call_id", _id(), primary_key=True),
    sa.Column("service", _id(), nullable=False),
    sa.Column("staff", _id(), nullable=False),
    sa.Column("starts_at", UtcDateTime, nullable=False),
    sa.Column("ends_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime, nullable=False, index=True),
)

occupancy = sa.Table(
    # Who is busy when, in cells of five minutes. The primary key is what makes a double booking impossible.
    "occupancy",
    METADATA,
    sa.Column("staff", _id(), primary_key=True),
    sa.Column("cell", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("appointment_id", _id(), sa.ForeignKey("appointments.id"), index=True),
    sa.Column("hold_call_id", _id(), index=True),
    sa.Column("expires_at", UtcDateTime, index=True),
)

calendar_writes = sa.Table(
    # What each idempotency key did, and the answer that was given for it.
    "calendar_writes",
    METADATA,
    sa.Column("key", sa.String(128), primary_key=True),
    sa.Column("operation", sa.String(16), nullable=False),
    sa.Column("request", sa.String(64), nullable=False),
    sa.Column("call_id", _id(), nullable=False, index=True),
    sa.Column("appointment_id", _id(), nullable=False),
    sa.Column("answer", FreeText(), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
