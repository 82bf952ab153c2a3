"""Table of an estate's own rule sets: preset plus clauses, versioned, confirmed by a second person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class RuleSetVersion(Model):
    """One version of an estate's voting rules. config: canonical JSON; digest: its SHA-256."""

    __tablename__ = "rule_set_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    version: Mapped[int]
    preset: Mapped[str] = mapped_column(String(12))
    clauses: Mapped[str] = mapped_column(Text, default="{}")
    config: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    effective_on: Mapped[date]
    drafted_by: Mapped[int | None]  # account id
    drafted_at: Mapped[datetime]
    confirmed_by: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("estate_id", "version"),)
