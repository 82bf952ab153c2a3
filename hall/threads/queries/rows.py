"""What the pages of a thread are made of. Frozen; never the words that are not to be served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hall.threads.rules import Window


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread: what it is called, who owes its answers, when it takes comments."""

    id: int
    estate_id: int
    title: str
    answer_body: str
    answer_days: int
    opens_at: datetime | None
    closes_at: datetime | None

    @property
    def window(self) -> Window:
        """When it takes comments."""
        return Window(self.opens_at, self.closes_at)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One version of an official answer."""

    version: int
    outcome: str
    text: str
    landed: str
    body: str
    title: str
    name: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A moderators' decision; its reason is public. on_appeal: it decided an appeal."""

    id: int
    comment_id: int
    act: str
    reason: str
    body: str
    name: str
    at: datetime
    on_appeal: bool


@dataclass(frozen=True, slots=True)
class EditRow:
    """What a comment said until an edit."""

    text: str
    alignment: str
    until: datetime


@dataclass(frozen=True, slots=True)
class MyReport:
    """A viewer's own report of a comment and what became of it (None: still waits)."""

    reason: str
    at: datetime
    act: str | None
    decision: str


@dataclass(frozen=True, slots=True)
class MyAppeal:
    """An author's own appeal against a decision. upheld: None while it waits."""

    id: int
    decision_id: int
    text: str
    at: datetime
    upheld: bool | None


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as one viewer sees it.

    text: what is served: masked words for a masked comment, '' for one that is hidden or taken
    back. name and place are '' when only the standing is shown. may: of edit, withdraw, echo,
    reply, report, appeal what this viewer can do now.
    """

    id: int
    thread_id: int
    parent_id: int | None
    root_id: int | None
    depth: int
    alignment: str
    text: str
    written_at: datetime
    edits: int
    name: str
    place: str
    standing: str
    body: str | None
    title: str | None
    source: str
    spoken_on: date | None
    recorder: str
    read_back: bool
    state: str
    answer_body: str | None
    due_at: datetime | None
    referred: str
    echoes: int
    mine: bool
    echoed: bool
    answers: tuple[AnswerRow, ...]
    decision: DecisionRow | None
    appeal: MyAppeal | None
    report: MyReport | None
    may: frozenset[str]
    replies: tuple[CommentRow, ...] = ()
    more_replies: int = 0

    @property
    def answer(self) -> AnswerRow | None:
        """The answer in force."""
        return self.answers[0] if self.answers else None

    @property
    def waits(self) -> bool:
        """Whether an answer is owed and not given."""
        return self.due_at is not None and not self.answers and self.state in ("shown", "masked")

    def overdue(self, now: datetime) -> bool:
        """Whether the answer is late."""
        return self.waits and self.due_at is not None and now >= self.due_at


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """Twenty points with their replies. after: the token of the next page, None on the last."""

    thread: ThreadRow
    sort: str
    comments: tuple[CommentRow, ...]
    after: str | None
