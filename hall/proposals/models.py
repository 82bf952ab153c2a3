"""Tables of the proposals room. States are derived (proposals.rules.state), never stored."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Proposal(Model):
    """A matter that somebody wants decided. Its words live in its versions.

    Proposer as of the day: name and place for the byline, body and title when a body proposes.
    """

    __tablename__ = "proposal"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    n: Mapped[int]  # running number in the estate, the one in the URL
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), unique=True)
    track: Mapped[str] = mapped_column(String(10))  # statutory | advisory
    matter: Mapped[int | None]  # 1..9 of Civil Code 278; statutory only
    procedure: Mapped[str] = mapped_column(String(20), default="")  # template it was begun from
    scope: Mapped[str] = mapped_column(Text, default="{}")  # JSON, as in ballot.scope
    lead_body: Mapped[str] = mapped_column(String(12))  # who screens, answers and runs the rounds
    account_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(40), default="")
    standing: Mapped[str] = mapped_column(String(8))  # owner | resident | body
    body: Mapped[str | None] = mapped_column(String(12))
    title: Mapped[str | None] = mapped_column(String(12))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    # where it came from: the first station of the trace
    origin: Mapped[str] = mapped_column(String(8), default="own")  # own | voice | comment
    origin_text: Mapped[str] = mapped_column(Text, default="")
    origin_on: Mapped[date | None]
    origin_comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    # JSON of a wording that has not been handed in; versions are immutable from the first on
    draft: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=1)  # of the draft: a stale save is refused
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    screen_by: Mapped[datetime | None]  # shown deadline for screening
    screened_at: Mapped[datetime | None]
    screened_name: Mapped[str] = mapped_column(String(60), default="")
    screened_body: Mapped[str | None] = mapped_column(String(12))
    screened_title: Mapped[str | None] = mapped_column(String(12))
    accepted: Mapped[bool | None]
    screen_reason: Mapped[str] = mapped_column(Text, default="")
    on_agenda_at: Mapped[datetime | None]  # endorsement crossed its line
    ready_at: Mapped[datetime | None]  # final version fixed
    ready_version: Mapped[int | None]
    withdrawn_at: Mapped[datetime | None]
    withdraw_reason: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settled_how: Mapped[str] = mapped_column(
        String(12), default=""
    )  # ballot | meeting | organisation
    search: Mapped[str] = mapped_column(Text, default="")  # folded text the archive searches
    __table_args__ = (UniqueConstraint("estate_id", "n"),)


class ProposalVersion(Model):
    """One wording 稿, immutable. The one-minute fields are what residents read first."""

    __tablename__ = "proposal_version"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    n: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(Text)  # 要定什么
    cost: Mapped[str] = mapped_column(Text, default="")  # 花多少钱, per household
    how_long: Mapped[str] = mapped_column(Text, default="")  # 管多久
    unhappy: Mapped[str] = mapped_column(Text, default="")  # 不满意怎么办
    if_not: Mapped[str] = mapped_column(Text, default="")  # 没通过会怎样
    text: Mapped[str] = mapped_column(Text)  # full text, clause by clause
    material: Mapped[bool] = mapped_column(default=False)  # a material change: asks again
    note: Mapped[str] = mapped_column(Text, default="")  # what changed, in one sentence
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int]
    body: Mapped[str | None] = mapped_column(String(12))
    post_title: Mapped[str | None] = mapped_column(String(12))  # post of whoever wrote it
    created_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    __table_args__ = (UniqueConstraint("proposal_id", "n"),)


class VersionFile(Model):
    """A file attached to a version."""

    __tablename__ = "version_file"
    version_id: Mapped[int] = mapped_column(ForeignKey("proposal_version.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), primary_key=True)
    label: Mapped[str] = mapped_column(String(80), default="")


class Change(Model):
    """One thing a version changed because of what was heard."""

    __tablename__ = "change"
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("proposal_version.id"), index=True)
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))


class ChangeComment(Model):
    """A comment that caused a change."""

    __tablename__ = "change_comment"
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)


class CommentRound(Model):
    """A round of comment 征求意见 on one version, open in [opens_at, closes_at).

    It is closed (settled) only when every comment of it has a disposition and its summary says
    what was heard and what changed, or that nothing did (R-4.01, 1.08).
    """

    __tablename__ = "comment_round"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    n: Mapped[int]
    version_n: Mapped[int]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    question: Mapped[str] = mapped_column(String(200), default="")  # what this round asks
    heard: Mapped[str] = mapped_column(Text, default="")  # what we heard
    nothing_changed: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None]
    settled_name: Mapped[str] = mapped_column(String(60), default="")
    settled_body: Mapped[str | None] = mapped_column(String(12))
    __table_args__ = (UniqueConstraint("proposal_id", "n"),)


class CoSponsor(Model):
    """Somebody who proposes it together with the proposer, once he has said so himself."""

    __tablename__ = "co_sponsor"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    account_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("proposal_id", "account_id"),)


class Endorsement(Model):
    """An owner set's support 附议: one head and its area, as on the day (R-2.19: 20 % lines).

    version_n is the wording endorsed; after a material change it no longer counts until the
    person has looked at the new one and confirmed (feature 1.07).
    """

    __tablename__ = "endorsement"
    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    owner_key: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    account_id: Mapped[int]
    area_cm2: Mapped[int]
    version_n: Mapped[int]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("proposal_id", "owner_key"),
        Index("ix_endorsement_account_id", "account_id"),
    )
