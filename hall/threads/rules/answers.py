"""Official answers: every point gets one of five outcomes within its days (R-4.01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from hall.bodies.rules import Body
from hall.clock import add_days, day_start, local_date
from hall.errors import Blocker
from hall.threads.rules.text import text_blockers

# 采纳 / 部分采纳 / 不采纳（理由） / 不属于本议题（转诉求） of, and 已说明 for a question.
OUTCOMES = ("adopted", "partly", "not_adopted", "out_of_scope", "explained")
CORRECTION = timedelta(hours=24)
LONGEST_LANDED = 120
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """The comment to be answered, and what was answered before.

    first_at, last_body: when the first version was given and by which body; None when there is none.
    """

    depth: int
    state: str
    owed_by: str
    first_at: datetime | None = None
    last_body: str | None = None


def answer_due(written_at: datetime, days: int) -> datetime:
    """End of the last day for an answer: Shanghai days, the day of the comment not counted."""
    return day_start(add_days(local_date(written_at), days + 1))


def is_overdue(due_at: datetime | None, answered: bool, now: datetime) -> bool:
    """Whether an answer is owed and late; derived, never stored."""
    return due_at is not None and not answered and now >= due_at


def answer_blockers(
    facts: AnswerFacts, *, body: str, outcome: str, text: str, landed: str, now: datetime
) -> tuple[Blocker, ...]:
    """Every reason why a body cannot give this answer now (R-4.01).

    Only the body that owes the answer gives it. Within 24 hours a new version may correct it.
    """
    found = []
    if facts.depth != 0:
        found.append(Blocker("answer_first_level"))
    if facts.state in ("withdrawn", "hidden"):
        found.append(
            Blocker("comment_withdrawn" if facts.state == "withdrawn" else "comment_hidden")
        )
    if facts.first_at is None:
        if body != facts.owed_by:
            found.append(Blocker("not_your_answer", {"body": facts.owed_by}))
    elif body != facts.last_body:
        found.append(Blocker("answered_by_other", {"body": facts.last_body or ""}))
    elif now >= facts.first_at + CORRECTION:
        found.append(Blocker("answer_settled", {"hours": 24}))
    if outcome not in OUTCOMES:
        found.append(Blocker("outcome_missing"))
    if len(landed) > LONGEST_LANDED:
        found.append(Blocker("landed_too_long", {"most": LONGEST_LANDED}))
    found.extend(text_blockers(text))
    return tuple(found)


def refer_blockers(
    facts: AnswerFacts, *, by_body: str, to_body: str, reason: str
) -> tuple[Blocker, ...]:
    """Why an answer cannot be passed to another body; the clock keeps running (R-4.08).

    By the body that owes it, or by the community as arbiter.
    """
    found = []
    if facts.first_at is not None:
        found.append(Blocker("point_answered"))
    if facts.depth != 0:
        found.append(Blocker("answer_first_level"))
    if facts.state in ("withdrawn", "hidden"):
        found.append(
            Blocker("comment_withdrawn" if facts.state == "withdrawn" else "comment_hidden")
        )
    if by_body not in (facts.owed_by, Body.COMMUNITY.value):
        found.append(Blocker("not_your_answer", {"body": facts.owed_by}))
    if to_body not in {b.value for b in Body}:
        found.append(Blocker("body_unknown", {"body": to_body}))
    elif to_body == facts.owed_by:
        found.append(Blocker("refer_to_same", {"body": to_body}))
    if not reason:
        found.append(Blocker("refer_reason_missing"))
    if len(reason) > LONGEST_REASON:
        found.append(Blocker("comment_too_long", {"most": LONGEST_REASON, "now": len(reason)}))
    return tuple(found)
