"""Tables of the inbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Notice(Model):
    """One piece of news for one account, made from one act in the journal."""

    __tablename__ = "notice"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int]
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    journal_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"))
    code: Mapped[str] = mapped_column(String(60))  # the journal's action; its sentence is in web
    subject: Mapped[str] = mapped_column(String(40))  # proposal | meeting | ballot | …
    subject_n: Mapped[str] = mapped_column(String(40))  # its number in the URL, or its docno
    facts: Mapped[str] = mapped_column(Text, default="{}")
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("account_id", "journal_id"),
        Index("ix_notice_account_id_id", "account_id", "id"),
    )


class NoticeCursor(Model):
    """How far the journal has been read."""

    __tablename__ = "notice_cursor"
    id: Mapped[int] = mapped_column(primary_key=True)  # always 1
    journal_id: Mapped[int]
