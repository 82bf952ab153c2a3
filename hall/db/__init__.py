"""The database: one base, one transaction module, both dialects."""

from hall.db.base import Model, UtcDateTime, db
from hall.db.transaction import atomic, read_only

__all__ = ["Model", "UtcDateTime", "atomic", "db", "read_only"]
