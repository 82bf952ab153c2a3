"""Tables of the positions room."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Position(Model):
    """What one body said on a proposal, immutable; the newest of a body and round is its position."""

    __tablename__ = "position"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    round_n: Mapped[int]  # of the comment round running or last run; 0 before any
    version_n: Mapped[int]
    body: Mapped[str] = mapped_column(String(12))
    stance: Mapped[str] = mapped_column(
        String(12)
    )  # support | conditional | reserved | object | abstain | recused
    reason: Mapped[str] = mapped_column(String(200), default="")
    title: Mapped[str] = mapped_column(String(12))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int]
    meeting_n: Mapped[int | None]  # number of the meeting it was stated in
    at: Mapped[datetime]
    __table_args__ = (Index("ix_position_proposal_id", "proposal_id", "id"),)


class Interest(Model):
    """A declared conflict of interest in a proposal: of a whole body or of one person.

    Who is barred leaves both numerator and denominator of the body's vote.
    """

    __tablename__ = "interest"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), index=True)
    body: Mapped[str] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the whole body
    name: Mapped[str] = mapped_column(String(60), default="")
    kind: Mapped[str] = mapped_column(String(10))  # contract | family | money | other
    text: Mapped[str] = mapped_column(String(200))
    declared_at: Mapped[datetime]
    declared_by: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")
