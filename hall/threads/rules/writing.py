"""When something may be written, changed, taken back or echoed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hall.clock import local_date
from hall.errors import Blocker
from hall.threads.rules.text import text_blockers

DEEPEST = 2  # three levels: 0, 1, 2
ALIGNMENTS = ("", "for", "against", "neutral")
SOURCES = ("phone", "talk", "visit", "note")
EDIT_WINDOW = timedelta(minutes=30)
# How many comments one account may write within a span; what a recorder takes down is not his own.
FLOOD: tuple[tuple[int, timedelta], ...] = ((10, timedelta(hours=1)), (40, timedelta(days=1)))
FLOOD_OFFLINE: tuple[tuple[int, timedelta], ...] = ((300, timedelta(days=1)),)
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Window:
    """When a thread takes comments: [opens_at, closes_at), a None end being open."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """A comment as its rules need it. state: shown | masked | hidden | withdrawn."""

    depth: int
    state: str
    written_at: datetime
    account_id: int
    answered: bool = False


def window_blockers(window: Window, now: datetime) -> tuple[Blocker, ...]:
    """Why a thread takes nothing now: not open yet, or closed."""
    if window.opens_at is not None and now < window.opens_at:
        return (Blocker("thread_not_open", not_before=window.opens_at),)
    if window.closes_at is not None and now >= window.closes_at:
        return (Blocker("thread_closed", {"closes_at": window.closes_at}),)
    return ()


def flood_blockers(
    written: Sequence[datetime],
    now: datetime,
    limits: Sequence[tuple[int, timedelta]] = FLOOD,
) -> tuple[Blocker, ...]:
    """Why an account has to wait: too many comments within a span; not_before says until when.

    written: instants of its comments, in any order.
    """
    newest_first = sorted(written, reverse=True)
    found = []
    for most, span in limits:
        if len(newest_first) >= most and newest_first[most - 1] + span > now:
            hours = int(span.total_seconds()) // 3600
            found.append(
                Blocker(
                    "too_many_comments",
                    {"most": most, "hours": hours},
                    not_before=newest_first[most - 1] + span,
                )
            )
    return tuple(found)


def comment_blockers(
    window: Window,
    parent: CommentFacts | None,
    text: str,
    alignment: str,
    written: Sequence[datetime],
    now: datetime,
) -> tuple[Blocker, ...]:
    """Every reason why a comment cannot be written now (text already cleaned)."""
    found = list(window_blockers(window, now))
    if parent is not None:
        if parent.depth >= DEEPEST:
            found.append(Blocker("too_deep"))
        if parent.state in ("hidden", "withdrawn"):
            found.append(Blocker("parent_gone"))
    if alignment not in ALIGNMENTS:
        found.append(Blocker("alignment_unknown"))
    found.extend(text_blockers(text))
    found.extend(flood_blockers(written, now))
    return tuple(found)


def offline_blockers(
    window: Window,
    *,
    text: str,
    name: str,
    source: str,
    spoken_on: date | None,
    alignment: str,
    written: Sequence[datetime],
    now: datetime,
) -> tuple[Blocker, ...]:
    """Every reason why a voice from a talk or a call cannot be taken down now.

    A voice counts in the window in which it is recorded; it cannot have been spoken tomorrow.
    """
    found = list(window_blockers(window, now))
    if not name:
        found.append(Blocker("speaker_missing"))
    if len(name) > LONGEST_LABEL:
        found.append(Blocker("speaker_too_long", {"most": LONGEST_LABEL}))
    if source not in SOURCES:
        found.append(Blocker("source_missing"))
    if spoken_on is None:
        found.append(Blocker("spoken_day_missing"))
    elif spoken_on > local_date(now):
        found.append(Blocker("spoken_in_future"))
    if alignment not in ALIGNMENTS:
        found.append(Blocker("alignment_unknown"))
    found.extend(text_blockers(text))
    found.extend(flood_blockers(written, now, FLOOD_OFFLINE))
    return tuple(found)


def edit_blockers(comment: CommentFacts, window: Window, now: datetime) -> tuple[Blocker, ...]:
    """Why an author cannot change his words any more; what was answered stays as it was asked."""
    found = list(_state_blockers(comment))
    found.extend(window_blockers(window, now))
    if now >= comment.written_at + EDIT_WINDOW:
        found.append(Blocker("edit_late", {"minutes": int(EDIT_WINDOW.total_seconds()) // 60}))
    if comment.answered:
        found.append(Blocker("point_answered"))
    return tuple(found)


def withdraw_blockers(comment: CommentFacts) -> tuple[Blocker, ...]:
    """Why an author cannot take a comment back: it is gone already, or a decision hides it."""
    return _gone(comment)


def echo_blockers(
    comment: CommentFacts, account_id: int, window: Window, now: datetime
) -> tuple[Blocker, ...]:
    """Why somebody cannot say 我也这么想 (or take it back)."""
    found = list(_gone(comment))
    if comment.account_id == account_id:
        found.append(Blocker("own_comment"))
    found.extend(window_blockers(window, now))
    return tuple(found)


def _gone(comment: CommentFacts) -> tuple[Blocker, ...]:
    if comment.state == "withdrawn":
        return (Blocker("comment_withdrawn"),)
    return (Blocker("comment_hidden"),) if comment.state == "hidden" else ()


def _state_blockers(comment: CommentFacts) -> tuple[Blocker, ...]:
    return (Blocker("comment_masked"),) if comment.state == "masked" else _gone(comment)
