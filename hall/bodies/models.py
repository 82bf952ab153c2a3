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
