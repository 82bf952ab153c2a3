"""Table of the journal: append-only (a trigger refuses updates and deletes)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class JournalEntry(Model):
    """One act. facts: canonical JSON without choices, codes or phone numbers."""

    __tablename__ = "journal_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int | None] = mapped_column(ForeignKey("estate.id"))
    at: Mapped[datetime]
    account_id: Mapped[int | None]  # no foreign key: the journal outlives accounts
    actor: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(60))
    entity: Mapped[str] = mapped_column(String(40))
    entity_id: Mapped[int | None]
    facts: Mapped[str] = mapped_column(Text, default="{}")
    __table_args__ = (Index("ix_journal_entry_estate_id_id", "estate_id", "id"),)
