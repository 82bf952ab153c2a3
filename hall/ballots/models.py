"""Tables of the ballots room. Areas in cm², heads whole numbers, instants UTC."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Ballot(Model):
    """One voting with its questions, roll and window [open_at, close_at).

    Its state is never stored: ballots.rules.phase() derives it from these facts and the time.
    From the notice on nothing here changes but an extension, a void and the count's mark.
    """

    __tablename__ = "ballot"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    n: Mapped[int]  # running number in the estate, the one in the URL
    kind: Mapped[str] = mapped_column(String(10))  # statutory | advisory
    title: Mapped[str] = mapped_column(String(120))
    summary: Mapped[str] = mapped_column(
        Text, default=""
    )  # one paragraph for the card and the notice
    details: Mapped[str] = mapped_column(Text, default="")  # full text of what is decided
    matter: Mapped[int | None]  # 1..9 of Civil Code 278; statutory only
    scope: Mapped[str] = mapped_column(
        Text, default="{}"
    )  # JSON: {} | {"buildings": [ids]} | {"entrances": [ids]}
    electorate: Mapped[str] = mapped_column(String(12))  # owners | households | persons
    channels: Mapped[str] = mapped_column(Text, default="[]")  # JSON list of online | paper
    convener: Mapped[str] = mapped_column(String(60), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")  # name and telephone for help
    replaceable: Mapped[bool] = mapped_column(
        default=False
    )  # a sheet may be replaced until close (advisory only)
    round: Mapped[int | None]
    previous_id: Mapped[int | None] = mapped_column(
        ForeignKey("ballot.id")
    )  # earlier round, or the one repeated
    # where it came from: the wording it puts to the vote, and the item of a meeting that sent it
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)
    proposal_version: Mapped[int | None]
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    open_at: Mapped[datetime | None]
    close_at: Mapped[datetime | None]
    created_by: Mapped[int | None]  # account id
    created_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)  # of the draft: two people editing at once
    # set by the notice
    notice_year: Mapped[int | None]
    notice_seq: Mapped[int | None]
    notice_number: Mapped[str | None] = mapped_column(String(40))  # 象外业告〔2026〕7号
    noticed_at: Mapped[datetime | None]
    noticed_by: Mapped[int | None]
    frozen_roll_id: Mapped[int | None] = mapped_column(ForeignKey("frozen_roll.id"))
    rule_config: Mapped[str | None] = mapped_column(Text)  # canonical JSON of the frozen rule set
    rule_digest: Mapped[str | None] = mapped_column(String(64))
    digest: Mapped[str | None] = mapped_column(
        String(64)
    )  # of everything a voter is shown and counted by
    # what may still happen to it
    extended_from: Mapped[datetime | None]  # the close before the one extension
    extended_at: Mapped[datetime | None]
    extension_reason: Mapped[str | None] = mapped_column(Text)
    voided_at: Mapped[datetime | None]
    voided_by: Mapped[int | None]
    void_reason: Mapped[str | None] = mapped_column(Text)
    counted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]  # of the first version of its resolution
    objections_until: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("estate_id", "n"),
        UniqueConstraint("estate_id", "notice_year", "notice_seq"),
        Index("ix_ballot_close_at", "close_at"),
    )


class Question(Model):
    """One question of a ballot, with the method its answers are counted by."""

    __tablename__ = "question"
    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    seq: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    detail: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(String(10))  # motion | single | approval | election
    seats: Mapped[int] = mapped_column(default=1)  # election: seats to fill
    __table_args__ = (UniqueConstraint("ballot_id", "seq"),)


class Option(Model):
    """One thing that can be marked under a question."""

    __tablename__ = "option"
    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    seq: Mapped[int]
    label: Mapped[str] = mapped_column(String(80))
    detail: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(8))  # for | against | abstain | choice | none
    __table_args__ = (UniqueConstraint("question_id", "seq"),)


class Sheet(Model):
    """One entry's whole answer. Never deleted; at most one active a ballot and entry.

    heads is 0 where the same owner set has already been counted by another entry's sheet (E12).
    """

    __tablename__ = "sheet"
    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"))
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    heads: Mapped[int]
    area_cm2: Mapped[int]
    channel: Mapped[str] = mapped_column(String(8))  # online | paper
    account_id: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # in whose name
    as_who: Mapped[str] = mapped_column(
        String(12)
    )  # owner | co_owner | nominee | guardian | company | successor
    cast_at: Mapped[datetime]  # receipt time of the server
    request_key: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(String(20))
    active: Mapped[bool] = mapped_column(default=True)
    superseded_at: Mapped[datetime | None]
    superseded_why: Mapped[str | None] = mapped_column(String(20))  # replaced | nomination
    __table_args__ = (
        # The last wall against counting an entry twice, whatever the code above it does.
        Index(
            "uq_sheet_active_entry",
            "ballot_id",
            "entry_id",
            unique=True,
            sqlite_where=text("active IS 1"),
            postgresql_where=text("active IS true"),
        ),
        UniqueConstraint("receipt", "entry_id"),
        Index("ix_sheet_request_key", "ballot_id", "account_id", "request_key"),
        # Covering turnout by building and the count by channel.
        Index(
            "ix_sheet_turnout", "ballot_id", "active", "building_id", "channel", "heads", "area_cm2"
        ),
    )


class SheetMark(Model):
    """A marked option of an active sheet, with the sheet's weights beside it for counting in SQL.

    Marks of a superseded sheet are removed: a replaced answer leaves its trace without the choice.
    """

    __tablename__ = "sheet_mark"
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), primary_key=True)
    option_id: Mapped[int] = mapped_column(ForeignKey("option.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    heads: Mapped[int]
    area_cm2: Mapped[int]
    # Covering: the count of a question never touches the table itself (performance.md B6).
    __table_args__ = (
        Index("ix_sheet_mark_count", "question_id", "option_id", "heads", "area_cm2"),
    )


class EntryContest(Model):
    """A co-owner's objection to a sheet cast for their entry (E8): not counted until a joint nomination."""

    __tablename__ = "entry_contest"
    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"))
    raised_by: Mapped[int]  # person id
    reason: Mapped[str] = mapped_column(Text, default="")
    raised_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_for: Mapped[int | None]  # person id of the nominee
    settled_by: Mapped[int | None]  # account id
    __table_args__ = (
        Index(
            "uq_entry_contest_open",
            "ballot_id",
            "entry_id",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )


class Result(Model):
    """A count, immutable; a correction is a further version that names its reason.

    body: canonical JSON of the whole result (count file format); digest: its SHA-256.
    """

    __tablename__ = "result"
    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    version: Mapped[int]
    counted_at: Mapped[datetime]
    counted_by: Mapped[str] = mapped_column(String(60))
    scrutineers: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (UniqueConstraint("ballot_id", "version"),)


class Objection(Model):
    """An owner's objection 异议 to a published result, and its answer; part of the public docket."""

    __tablename__ = "objection"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), index=True)
    n: Mapped[int]  # running number on the ballot's docket
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    account_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None]  # account id
    answered_name: Mapped[str] = mapped_column(String(60), default="")
    answered_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("ballot_id", "n"),)
