"""Table of the resolutions room: published decisions and their versions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Resolution(Model):
    """One version of a published decision, immutable; a correction is the next version."""

    __tablename__ = "resolution"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    body: Mapped[str] = mapped_column(String(12))  # series it is numbered in: rules.SERIES
    year: Mapped[int]
    seq: Mapped[int]
    number: Mapped[str] = mapped_column(String(40))  # 象外业决〔2026〕3号
    version: Mapped[int]
    source: Mapped[str] = mapped_column(
        String(12), default="ballot"
    )  # ballot | meeting | organisation
    ballot_id: Mapped[int | None] = mapped_column(ForeignKey("ballot.id"), index=True)
    result_id: Mapped[int | None] = mapped_column(ForeignKey("result.id"))
    # a decision of a meeting, or of an organisation on what was consulted
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # statutory | advisory | body
    verdict: Mapped[str] = mapped_column(String(14))  # of all questions, or "several"
    title: Mapped[str] = mapped_column(String(160))
    decided: Mapped[str] = mapped_column(Text)  # what was decided, item by item, one a line
    record: Mapped[str] = mapped_column(Text)  # canonical JSON: the public record (count file)
    digest: Mapped[str] = mapped_column(String(64))
    search: Mapped[str] = mapped_column(Text)  # folded text that the archive searches
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(60))
    objections_until: Mapped[datetime | None]  # ballots only
    display_until: Mapped[datetime | None]  # bodies: stays on the board so long (公开1, rules §4.2)
    contest_until: Mapped[date | None]  # presumed, Civil Code 280 and SPC 12: one year
    correction_reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        UniqueConstraint("estate_id", "body", "year", "seq", "version"),
        Index("ix_resolution_estate_id_published_at", "estate_id", "published_at"),
    )


class ResolutionAction(Model):
    """An action that follows from a document; bound to the number, so it stays with every version."""

    __tablename__ = "resolution_action"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    body: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    seq: Mapped[int]
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"), unique=True)
    item: Mapped[int | None]  # which of the decided items it carries out, from 1
    __table_args__ = (Index("ix_resolution_action_doc", "estate_id", "body", "year", "seq"),)


class ResolutionNone(Model):
    """The statement that nothing is to be done after a document, with the reason (I17)."""

    __tablename__ = "resolution_none"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    body: Mapped[str] = mapped_column(String(12))
    year: Mapped[int]
    seq: Mapped[int]
    reason: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None]
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("estate_id", "body", "year", "seq"),)
