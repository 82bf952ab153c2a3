"""Tables of the people room."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Person(Model):
    """A person as one estate's papers know him or her: from the roll or as holder of a post."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(30), default="")  # digits only
    kind: Mapped[str] = mapped_column(
        String(12), default="natural"
    )  # natural | company | developer
    created_at: Mapped[datetime]


class Account(Model):
    """A way to sign in. One account may be a person in several estates."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str | None] = mapped_column(String(40), unique=True)
    phone: Mapped[str | None] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    # A password somebody else handed over works until then, and must be changed (ASVS 6.4.1).
    handed_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class AccountPerson(Model):
    """Proof that an account is a person of an estate. level 2: matched to the roll (R-3.04)."""

    __tablename__ = "account_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    level: Mapped[int]
    how: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime]


class Post(Model):
    """A post 任职: body, title, term, evidence. Active on from_on <= day < to_on."""

    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    body: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(12))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"))  # stewards
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(Text, default="")
    granted_by: Mapped[int | None]  # account id
    granted_at: Mapped[datetime]
    __table_args__ = (Index("ix_post_estate_id_body", "estate_id", "body"),)


class UserSession(Model):
    """A server-side session, found by the SHA-256 of a random token; revocable."""

    __tablename__ = "user_session"
    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(200), default="")


class Throttle(Model):
    """Tries counted per key since started_at; survives restarts and is shared by all workers.

    key: SHA-256 of what is limited, so that no telephone number or address is kept here.
    """

    __tablename__ = "throttle"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int]
