"""Tables of the roll room. Areas in cm²."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model
from hall.people.queries import owner_source


class Unit(Model):
    """Unit 房屋: an exclusively owned part."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), index=True)
    entrance_id: Mapped[int | None] = mapped_column(ForeignKey("entrance.id"))
    room: Mapped[str] = mapped_column(String(20))
    floor: Mapped[int | None]
    label: Mapped[str] = mapped_column(String(40))  # 2栋1单元502, the official words
    sort: Mapped[int] = mapped_column(default=0)  # place in the natural order of the estate's units
    area_cm2: Mapped[int]
    area_source: Mapped[str] = mapped_column(String(10))  # register | survey | contract
    kind: Mapped[str] = mapped_column(String(10))  # home | shop | parking | other
    status: Mapped[str] = mapped_column(String(12))  # sold | unsold | undelivered
    counts_head: Mapped[bool] = mapped_column(default=True)
    counts_area: Mapped[bool] = mapped_column(default=True)
    retired_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("estate_id", "label"),
        Index("ix_unit_estate_id_sort", "estate_id", "sort", "id"),
    )


class Title(Model):
    """Title 产权 to a unit over a span of days; at most one open title a unit."""

    __tablename__ = "title"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    verified: Mapped[bool] = mapped_column(default=True)  # False: owner unknown or unproven
    evidence: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None]  # account id
    closed_at: Mapped[datetime | None]  # when the end was recorded
    __table_args__ = (
        Index(
            "uq_title_open",
            "unit_id",
            unique=True,
            sqlite_where=text("to_on IS NULL"),
            postgresql_where=text("to_on IS NULL"),
        ),
    )


class TitleHolder(Model):
    """Title holder 产权人 with share num/den (0/0: joint, no stated share)."""

    __tablename__ = "title_holder"
    id: Mapped[int] = mapped_column(primary_key=True)
    title_id: Mapped[int] = mapped_column(ForeignKey("title.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    share_num: Mapped[int] = mapped_column(default=0)
    share_den: Mapped[int] = mapped_column(default=0)
    __table_args__ = (UniqueConstraint("title_id", "person_id"),)


class Representative(Model):
    """Who acts for owners: nominee of a unit's co-owners (R-2.07), guardian of a ward (R-2.08),
    authorised person of a company (R-2.09).

    A nominee stands for the unit unit_id; guardian and company for the person for_person_id,
    whichever units he, she or it holds.
    """

    __tablename__ = "representative"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    for_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))  # nominee | guardian | company
    evidence: Mapped[str] = mapped_column(Text)
    from_at: Mapped[datetime]
    to_at: Mapped[datetime | None]
    recorded_by: Mapped[int | None]


class HouseholdCode(Model):
    """One sealed letter's code for a unit, kept as SHA-256 of 80 random bits."""

    __tablename__ = "household_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code_sha: Mapped[str] = mapped_column(String(64), unique=True)
    letter_no: Mapped[str] = mapped_column(String(20))
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("estate_id", "letter_no"),)


class CodeUse(Model):
    """A holder who proved himself with a letter; each may use a letter once."""

    __tablename__ = "code_use"
    id: Mapped[int] = mapped_column(primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("household_code.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("code_id", "person_id"),)


class RollImport(Model):
    """An uploaded file and what was read in it; nothing else is written until it is confirmed."""

    __tablename__ = "roll_import"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    preview: Mapped[str] = mapped_column(Text)  # JSON of the whole preview
    units: Mapped[int]
    heads: Mapped[int]
    area_cm2: Mapped[int]
    blocking: Mapped[int]  # problems that forbid confirming
    base: Mapped[str] = mapped_column(String(64))  # digest of the roll it was compared with
    version: Mapped[int | None]  # of the estate's roll, once confirmed
    uploaded_by: Mapped[int | None]
    uploaded_at: Mapped[datetime]
    confirmed_by: Mapped[int | None]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None]
    __table_args__ = (UniqueConstraint("estate_id", "version"),)


class RollPublication(Model):
    """The roll made public (公示) with a window for corrections [published_at, corrections_until)."""

    __tablename__ = "roll_publication"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    units: Mapped[int]
    heads: Mapped[int]
    area_cm2: Mapped[int]
    published_by: Mapped[int | None]
    published_at: Mapped[datetime]
    corrections_until: Mapped[datetime]
    __table_args__ = (UniqueConstraint("estate_id", "version"),)


class RollCorrection(Model):
    """A request to correct the published roll, and its answer."""

    __tablename__ = "roll_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("roll_publication.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    raised_at: Mapped[datetime]
    accepted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None]
    answered_at: Mapped[datetime | None]


class FrozenRoll(Model):
    """The roll as it was when a ballot was noticed; its denominators never move."""

    __tablename__ = "frozen_roll"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    electorate: Mapped[str] = mapped_column(String(12))  # owners | households | persons
    scope: Mapped[str] = mapped_column(Text)  # JSON: {} whole estate, or building/entrance ids
    frozen_at: Mapped[datetime]
    digest: Mapped[str] = mapped_column(String(64))
    entries: Mapped[int]
    heads: Mapped[int]
    area_cm2: Mapped[int]


class RollEntry(Model):
    """One right to vote on a frozen roll: one owner set, its heads (0/1) and summed area."""

    __tablename__ = "roll_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    frozen_roll_id: Mapped[int] = mapped_column(ForeignKey("frozen_roll.id"))
    n: Mapped[int]
    owner_key: Mapped[str] = mapped_column(String(64))  # digest of the exact owner set
    # The owner set that may cast after a sale during the voting (E12); null: owner_key still.
    current_key: Mapped[str | None] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(12))  # owner | developer | unverified
    heads: Mapped[int]
    area_cm2: Mapped[int]
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))  # where its head is shown
    label: Mapped[str] = mapped_column(String(200))  # 2栋1单元502（等 3 套）
    __table_args__ = (
        UniqueConstraint("frozen_roll_id", "n"),
        UniqueConstraint("frozen_roll_id", "owner_key"),
    )


class RollEntryUnit(Model):
    """A unit inside a frozen entry, with the label and area it had then."""

    __tablename__ = "roll_entry_unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"))
    label: Mapped[str] = mapped_column(String(40))
    area_cm2: Mapped[int]


class RollEntryHolder(Model):
    """A person of a frozen entry's owner set. from_at null: as frozen; to_at: gave way to a buyer."""

    __tablename__ = "roll_entry_holder"
    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_at: Mapped[datetime | None]
    to_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("entry_id", "person_id", "from_at"),
        Index("ix_roll_entry_holder_person_entry", "person_id", "entry_id"),
    )


@owner_source
def _holds_title(
    person: ColumnElement[int], day: ColumnElement[date], _now: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """A proven title open on the day makes an owner."""
    t, h = Title.__table__.c, TitleHolder.__table__.c
    return (
        select(h.id)
        .join(Title.__table__, t.id == h.title_id)
        .where(
            h.person_id == person,
            t.verified,
            or_(t.from_on.is_(None), t.from_on <= day),
            or_(t.to_on.is_(None), t.to_on > day),
        )
        .correlate_except(Title.__table__, TitleHolder.__table__)
        .exists()
    )


@owner_source
def _represents(
    person: ColumnElement[int], _day: ColumnElement[date], now: ColumnElement[datetime]
) -> ColumnElement[bool]:
    """Who stands for a unit's holders at the instant is treated as an owner (R-2.07 to R-2.09)."""
    r = Representative.__table__.c
    return (
        select(r.id)
        .where(r.person_id == person, r.from_at <= now, or_(r.to_at.is_(None), r.to_at > now))
        .correlate_except(Representative.__table__)
        .exists()
    )
