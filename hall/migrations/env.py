"""How alembic reaches the database: on the connection that hall.migrations hands over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from hall.db.base import UtcDateTime


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Our own types by their own names; everything else as alembic writes it."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from hall.db.base import UtcDateTime")
        return "UtcDateTime()"
    return False


attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("metadata"),
    render_as_batch=True,  # SQLite cannot alter a table in place
    render_item=render_item,
    compare_type=True,
    transactional_ddl=True,  # SQLite too: we say BEGIN ourselves
)
with context.begin_transaction():
    context.run_migrations()
