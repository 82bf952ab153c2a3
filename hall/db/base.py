"""SQLAlchemy set-up: naming convention, UTC times, SQLite made durable."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Date, DateTime, Engine, Integer, MetaData, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive times on the way in, gives aware UTC on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware only; SQLite stores no zone, so UTC is stripped there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# BIGINT for every int: 1 km² is 10^10 cm². SQLite needs plain INTEGER for its rowid keys,
# which BigInteger does not give; so the variant.
BigInt = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Declarative base with our types; never MappedAsDataclass (fails under SQLAlchemy 2.1)."""

    # Set through registry, not type_annotation_map: Flask-SQLAlchemy copies the class.
    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={datetime: UtcDateTime(), date: Date(), int: BigInt},
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        """What every table derives from."""

        __abstract__ = True
else:
    Model = db.Model


@event.listens_for(Engine, "connect")
def _durable_sqlite(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        # We say BEGIN ourselves (below): the driver's own habit opens no transaction for reads.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # NORMAL acknowledges before the disk has it
            "foreign_keys=ON",
            "busy_timeout=10000",
            "trusted_schema=OFF",
        ):
            connection.execute("PRAGMA " + pragma)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        write = connection.get_execution_options().get("hall_write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


# A connection unused for so long is asked whether it still lives before it is used (seconds).
IDLE_BEFORE_PING = 5.0


@event.listens_for(Engine, "checkin")
def _unused_since(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["hall_unused_since"] = monotonic()


@event.listens_for(Engine, "checkout")
def _still_there(
    connection: Any, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Like pool_pre_ping, without its round trip for connections in constant use."""
    if isinstance(connection, sqlite3.Connection):
        return
    if monotonic() - record.info.get("hall_unused_since", monotonic()) > IDLE_BEFORE_PING:
        try:
            connection.execute("SELECT 1")
        except connection.Error as e:
            raise DisconnectionError from e


def engine_options(url: str) -> dict[str, object]:
    """How to connect. The connection used last is used next: its statements are prepared, its cache warm.

    PostgreSQL is read in autocommit: a page's statements need no transaction (READ COMMITTED would
    not give them one snapshot either), and a rollback makes the driver forget every prepared one.
    """
    if url.startswith("postgresql"):
        return {
            "isolation_level": "AUTOCOMMIT",
            "pool_use_lifo": True,
            "pool_size": 8,
            "max_overflow": 16,
        }
    return {
        "connect_args": {"check_same_thread": False, "timeout": 10},
        "pool_use_lifo": True,
        "pool_size": 8,
        "max_overflow": 24,
    }


def init_app(app: Flask) -> None:
    """Bind the database to an application; models must be imported by then."""
    db.init_app(app)
