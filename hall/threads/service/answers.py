"""Official answers: given by who owes them, corrected within a day, or passed on while the clock runs."""

from __future__ import annotations

from datetime import datetime

from hall.clock import local_date
from hall.db import atomic
from hall.errors import Forbidden, refuse_if
from hall.journal.service import record
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, require
from hall.threads.models import Answer, Comment, Thread
from hall.threads.rules import (
    AnswerFacts,
    answer_blockers,
    clean,
    refer_blockers,
    speaks_for,
)
from hall.threads.service import load


def answer(
    actor: Actor,
    estate_id: int,
    comment_id: int,
    *,
    outcome: str,
    text: str,
    landed: str,
    post_id: int,
    now: datetime,
) -> int:
    """Answer a point in the name of the body that owes it (R-4.01); gives back the version.

    outcome: adopted | partly | not_adopted | out_of_scope | explained. landed: where it shows,
    such as 第3稿第二条. A new version within 24 hours keeps the former; the same again is no new one.
    Raises Forbidden, NotFound, Refused with all of: answer_first_level, comment_withdrawn,
    comment_hidden, not_your_answer, answered_by_other, answer_settled, outcome_missing,
    landed_too_long, comment_missing, comment_too_long.
    """
    with atomic() as session:
        thread, row = load.locked_comment(estate_id, comment_id)
        require(actor, Action.ANSWER_COMMENT, estate_id)
        post = _speaker(actor, estate_id, post_id, now)
        before = load.answers_of(comment_id)
        said, where = clean(text), clean(landed).replace("\n", " ")
        last = before[-1] if before else None
        if last is not None and _same(last, post, outcome, said, where):
            return last.version
        refuse_if(
            answer_blockers(
                _facts(thread, row, before),
                body=post.body,
                outcome=outcome,
                text=said,
                landed=where,
                now=now,
            )
        )
        version = len(before) + 1
        session.add(
            Answer(
                comment_id=comment_id,
                version=version,
                outcome=outcome,
                text=said,
                landed=where,
                body=post.body,
                title=post.title,
                post_id=post.id,
                name=post.name,
                account_id=actor.account_id,
                answered_at=now,
            )
        )
        record(
            actor,
            "threads.answered",
            "comment",
            comment_id,
            estate_id=estate_id,
            now=now,
            thread_id=row.thread_id,
            title=thread.title,
            outcome=outcome,
            version=version,
            body=post.body,
            author=row.account_id,
        )
        return version


def refer(
    actor: Actor,
    estate_id: int,
    comment_id: int,
    *,
    body: str,
    reason: str,
    post_id: int,
    now: datetime,
) -> None:
    """Pass the duty to answer to another body; the clock keeps running (R-4.08).

    By a speaker of the body that owes it, or of the community. Raises Forbidden, NotFound, Refused
    with all of: point_answered, answer_first_level, comment_withdrawn, comment_hidden,
    not_your_answer, body_unknown, refer_to_same, refer_reason_missing, comment_too_long.
    """
    with atomic():
        thread, row = load.locked_comment(estate_id, comment_id)
        require(actor, Action.ANSWER_COMMENT, estate_id)
        post = _speaker(actor, estate_id, post_id, now)
        why = clean(reason)
        facts = _facts(thread, row, load.answers_of(comment_id))
        refuse_if(refer_blockers(facts, by_body=post.body, to_body=body, reason=why))
        former, row.answer_body = row.answer_body, body
        row.referred = why
        record(
            actor,
            "threads.referred",
            "comment",
            comment_id,
            estate_id=estate_id,
            now=now,
            thread_id=row.thread_id,
            title=thread.title,
            from_body=former,
            body=body,
            reason=why,
        )


def _speaker(actor: Actor, estate_id: int, post_id: int, now: datetime) -> PostRow:
    """The post, when it may speak for its body; a clerk's or a scrutineer's may not."""
    post = people.acting_post(actor, estate_id, post_id, local_date(now))
    if not speaks_for(post.body, post.title):
        raise Forbidden(Action.ANSWER_COMMENT)
    return post


def _facts(thread: Thread, row: Comment, before: list[Answer]) -> AnswerFacts:
    return AnswerFacts(
        row.depth,
        row.state,
        row.answer_body or thread.answer_body,
        before[0].answered_at if before else None,
        before[-1].body if before else None,
    )


def _same(last: Answer, post: PostRow, outcome: str, text: str, landed: str) -> bool:
    return (last.post_id, last.outcome, last.text, last.landed) == (post.id, outcome, text, landed)
