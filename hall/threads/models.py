"""Tables of the threads room. A thread never names its owner; the owner holds thread_id."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hall.db import Model


class Thread(Model):
    """A place where comments gather; open in [opens_at, closes_at), a None end being open."""

    __tablename__ = "thread"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))  # what lists of answers and reports call it
    answer_body: Mapped[str] = mapped_column(String(12))  # which body owes the answers by default
    answer_days: Mapped[int] = mapped_column(default=2)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Comment(Model):
    """One voice, typed by its author or taken down from a talk or a call. Never deleted.

    Who speaks is kept as it was on the day: name and place for the byline, body and title when
    he spoke for a body. An offline voice: account_id is the recorder's, name the speaker's.
    """

    __tablename__ = "comment"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    root_id: Mapped[int | None] = mapped_column(
        ForeignKey("comment.id")
    )  # None on the first level; else the first-level comment above
    depth: Mapped[int] = mapped_column(default=0)  # 0, 1, 2
    alignment: Mapped[str] = mapped_column(String(8), default="")  # '' | for | against | neutral
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    edits: Mapped[int] = mapped_column(default=0)
    account_id: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(60))  # shown masked: 胡**
    place: Mapped[str] = mapped_column(String(40), default="")  # building as written: 3栋
    standing: Mapped[str] = mapped_column(String(8))  # owner | resident | body | offline
    show_name: Mapped[bool] = mapped_column(default=True)  # False: only the standing is shown
    body: Mapped[str | None] = mapped_column(String(12))
    title: Mapped[str | None] = mapped_column(String(12))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    # offline voices
    source: Mapped[str] = mapped_column(String(8), default="")  # '' | phone | talk | visit | note
    spoken_on: Mapped[date | None]
    recorder: Mapped[str] = mapped_column(String(60), default="")
    read_back: Mapped[bool] = mapped_column(default=False)
    # moderation: shown | masked | hidden; withdrawn by the author leaves a tombstone too
    state: Mapped[str] = mapped_column(String(10), default="shown")
    state_reason: Mapped[str] = mapped_column(Text, default="")
    # Who owes the answer and until when; None when none is owed (replies, the owing body's own words).
    answer_body: Mapped[str | None] = mapped_column(String(12))
    answer_due_at: Mapped[datetime | None]
    referred: Mapped[str] = mapped_column(Text, default="")  # why another body owes it now
    request_key: Mapped[str] = mapped_column(String(64), default="")
    __table_args__ = (
        Index("ix_comment_thread", "thread_id", "root_id", "id"),
        Index("ix_comment_answer_due", "estate_id", "answer_due_at", "id"),
        Index("ix_comment_account_id", "account_id", "written_at"),
    )


class CommentEdit(Model):
    """What a comment said before an edit."""

    __tablename__ = "comment_edit"
    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    alignment: Mapped[str] = mapped_column(String(8), default="")
    until: Mapped[datetime]  # when it was replaced


class Echo(Model):
    """我也这么想: one a person and comment."""

    __tablename__ = "echo"
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Answer(Model):
    """An official answer; the newest version is pinned under its comment, older ones stay."""

    __tablename__ = "answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    version: Mapped[int]
    outcome: Mapped[str] = mapped_column(
        String(12)
    )  # adopted | partly | not_adopted | out_of_scope (R-4.01) | explained
    text: Mapped[str] = mapped_column(Text)
    landed: Mapped[str] = mapped_column(String(120), default="")  # 第3稿第二条
    body: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(12))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int]
    answered_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("comment_id", "version"),)


class Report(Model):
    """A reader's complaint about a comment; waits in the moderation queue until decided."""

    __tablename__ = "report"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    account_id: Mapped[int]
    reason: Mapped[str] = mapped_column(String(12))  # abuse | privacy | spam | false | other
    text: Mapped[str] = mapped_column(Text, default="")
    about_body: Mapped[str | None] = mapped_column(String(12))  # which body the comment criticises
    at: Mapped[datetime]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("moderation.id"))
    __table_args__ = (UniqueConstraint("comment_id", "account_id"),)


class Moderation(Model):
    """A decision on a comment: keep, mask personal data, hide, restore; reason public. Immutable."""

    __tablename__ = "moderation"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), index=True)
    act: Mapped[str] = mapped_column(String(8))  # keep | mask | hide | restore
    reason: Mapped[str] = mapped_column(Text)
    masked_text: Mapped[str] = mapped_column(Text, default="")  # what is shown instead, for mask
    body: Mapped[str] = mapped_column(String(12))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    account_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    # The appeal this decides; no foreign key, for the appeal has one to here.
    appeal_id: Mapped[int | None]


class Appeal(Model):
    """The author's appeal against a decision; decided by another person than the first."""

    __tablename__ = "appeal"
    id: Mapped[int] = mapped_column(primary_key=True)
    estate_id: Mapped[int] = mapped_column(ForeignKey("estate.id"), index=True)
    moderation_id: Mapped[int] = mapped_column(ForeignKey("moderation.id"), unique=True)
    account_id: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    upheld: Mapped[bool | None]
