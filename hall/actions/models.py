"""Tables of the actions room. An action knows nothing of what it came from; that holds its id."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class FollowUp(Model):
    """One thing somebody undertook. State and lateness are derived from these facts and the day.

    external: a step outside the estate (住建部门勘测) has no invented deadline; it has the last
    news and a day to ask again.
    """

    __tablename__ = "follow_up"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    n: Mapped[int]  # running number in the estate, the one in the URL
    text: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(String(12))  # the responsible body
    person: Mapped[str] = mapped_column(String(60), default="")  # who in it, by name and title
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    due_on: Mapped[date | None]
    external: Mapped[bool] = mapped_column(default=False)
    agency: Mapped[str] = mapped_column(String(60), default="")  # external: who is waited for
    check_on: Mapped[date | None]  # external: when to ask again
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(60))
    done_at: Mapped[datetime | None]  # the responsible body says done
    done_body: Mapped[str | None] = mapped_column(String(12))
    verified_at: Mapped[datetime | None]  # another body has seen it done
    verified_body: Mapped[str | None] = mapped_column(String(12))
    dropped_at: Mapped[datetime | None]
    drop_reason: Mapped[str] = mapped_column(Text, default="")
    __table_args__ = (
        UniqueConstraint("estate_id", "n"),
        Index("ix_follow_up_due_on", "estate_id", "due_on"),
    )


class FollowUpNews(Model):
    """One dated line of an action's history: progress, milestone, news, done, verified, sent back."""

    __tablename__ = "follow_up_news"
    id: Mapped[int] = mapped_column(primary_key=True)
    follow_up_id: Mapped[int] = mapped_column(ForeignKey("follow_up.id"), index=True)
    kind: Mapped[str] = mapped_column(
        String(10)
    )  # progress | milestone | news | explained | done | verified | sent_back | dropped
    percent: Mapped[int | None]  # 0..100 after this line
    text: Mapped[str] = mapped_column(Text, default="")
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    body: Mapped[str | None] = mapped_column(String(12))
    title: Mapped[str | None] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None]
    at: Mapped[datetime]
