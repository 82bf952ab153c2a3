"""The database: one base, one transaction module, both dialects."""

from hall.db.base import Model, UtcDateTime, db
from hall.db.fixed import Fixed, keeping
from hall.db.transaction import atomic, atomic_fixed, read_only

__all__ = ["Fixed", "Model", "UtcDateTime", "atomic", "atomic_fixed", "db", "keeping", "read_only"]
