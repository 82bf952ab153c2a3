"""Table of what each body is called in an estate."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class EstateBody(Model):
    """A body's own name in one estate (清音路: 居民自治小组 sits where a committee would)."""

    __tablename__ = "estate_body"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    body: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(30), default="")
    __table_args__ = (UniqueConstraint("estate_id", "body"),)


class PartyGroup(Model):
    """A rung of the four-level line 街道党工委—社区党委—小区党组织—楼栋党小组 (levels 1 to 4)."""

    __tablename__ = "party_group"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    level: Mapped[int]
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"))  # level 4
    name: Mapped[str] = mapped_column(String(60))
    contact: Mapped[str] = mapped_column(String(120), default="")


class InvitedParty(Model):
    """Somebody outside the five who can attend and speak, never vote (五社联动, police, adviser)."""

    __tablename__ = "invited_party"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    kind: Mapped[str] = mapped_column(
        String(12)
    )  # police | legal | partner | volunteers | social_work | social_org | charity | other
    name: Mapped[str] = mapped_column(String(60))
    contact: Mapped[str] = mapped_column(String(120), default="")
    active: Mapped[bool] = mapped_column(default=True)
