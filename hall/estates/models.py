"""Tables of the estates room. Areas in cm²."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Street(Model):
    """Street office 街道."""

    __tablename__ = "street"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)


class Community(Model):
    """Community 社区 of a street."""

    __tablename__ = "community"
    id: Mapped[int] = mapped_column(primary_key=True)
    street_id: Mapped[int] = mapped_column(ForeignKey("street.id"))
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(30), default="")
    __table_args__ = (UniqueConstraint("street_id", "name"),)


class Estate(Model):
    """Housing estate 小区: one management area, one owners' assembly."""

    __tablename__ = "estate"
    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    short_name: Mapped[str] = mapped_column(String(12))  # 象外: prefix of document numbers
    theme: Mapped[str] = mapped_column(String(20), default="")  # 一区一策一主题
    policy: Mapped[str] = mapped_column(Text, default="")
    households: Mapped[int]
    site_area_cm2: Mapped[int | None]  # land; never a voting area
    built_year: Mapped[int | None]
    phone: Mapped[str] = mapped_column(String(30), default="")
    has_committee: Mapped[bool] = mapped_column(default=True)
    organizer: Mapped[str] = mapped_column(String(60))  # who convenes: 业主委员会, 居民委员会, …
    organizer_basis: Mapped[str] = mapped_column(Text, default="")
    profile: Mapped[str] = mapped_column(String(12), default="CN-2021")  # rule-set preset
    demo: Mapped[bool] = mapped_column(default=False)
    # Legal reach of online sheets: None = "ask the street", nothing online until answered.
    online_must_use_official: Mapped[bool | None]
    online_clause: Mapped[str] = mapped_column(Text, default="")
    street_confirmation: Mapped[str] = mapped_column(Text, default="")
    street_confirmed_on: Mapped[date | None]
    created_at: Mapped[datetime]


class Building(Model):
    """Building 楼栋."""

    __tablename__ = "building"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    name: Mapped[str] = mapped_column(String(20))
    sort: Mapped[int]
    __table_args__ = (UniqueConstraint("estate_id", "name"),)


class Entrance(Model):
    """Entrance 单元: one stairwell of a building."""

    __tablename__ = "entrance"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    building_id: Mapped[int] = mapped_column(ForeignKey("building.id"), index=True)
    name: Mapped[str] = mapped_column(String(20))
    sort: Mapped[int]
    __table_args__ = (UniqueConstraint("building_id", "name"),)
