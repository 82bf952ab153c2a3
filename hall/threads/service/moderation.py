"""Reports, decisions on them, appeals. Nothing is deleted; every reason is public."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, refuse_if
from hall.journal.service import record
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.people.rules.posts import role_of
from hall.permissions import TABLE, Action, Actor, require
from hall.threads.models import Appeal, Comment, Moderation, Report, Thread
from hall.threads.rules import (
    ModerationFacts,
    appeal_blockers,
    barred_bodies,
    clean,
    decide_appeal_blockers,
    moderate_blockers,
    report_blockers,
)
from hall.threads.service import load

_STATE = {"mask": "masked", "hide": "hidden", "restore": "shown"}


def report(
    actor: Actor,
    estate_id: int,
    comment_id: int,
    *,
    reason: str,
    text: str,
    about_body: str | None,
    now: datetime,
) -> int:
    """Tell the moderators about a comment; gives back the report's id. A second time changes nothing.

    reason: abuse | privacy | spam | false | other. about_body: the body the comment is about.
    Raises Forbidden, NotFound, Refused with all of: own_comment, comment_withdrawn, comment_hidden,
    report_reason_missing, report_text_missing, comment_too_long, body_unknown, too_many_reports.
    """
    with atomic() as session:
        thread, row = load.locked_comment(estate_id, comment_id)
        require(actor, Action.COMMENT, estate_id)
        account_id = _account(actor)
        before = session.scalar(
            select(Report.id).where(
                Report.comment_id == comment_id, Report.account_id == account_id
            )
        )
        if before is not None:
            return before
        said = clean(text)
        refuse_if(
            report_blockers(
                state=row.state,
                own=row.account_id == account_id,
                reason=reason,
                text=said,
                about_body=about_body,
                today=_reports_lately(account_id, now),
            )
        )
        made = Report(
            estate_id=estate_id,
            comment_id=comment_id,
            account_id=account_id,
            reason=reason,
            text=said,
            about_body=about_body,
            at=now,
        )
        session.add(made)
        session.flush()
        # Whom it was is for the table, not for the log that the criticised may read.
        _journal(
            replace(actor, name="hidden"),
            "threads.reported",
            thread,
            row,
            now,
            reason=reason,
            about_body=about_body,
        )
        return made.id


def moderate(
    actor: Actor,
    estate_id: int,
    comment_id: int,
    *,
    act: str,
    reason: str,
    masked_text: str = "",
    post_id: int,
    now: datetime,
) -> int:
    """Decide on a comment: keep, mask, hide or restore; settles its open reports. Gives the decision's id.

    The original stays stored and is not served. Raises Forbidden, NotFound, Refused with all of:
    about_own_body, party_to_it, act_missing, appeal_waits, comment_withdrawn, comment_hidden,
    nothing_to_restore, comment_missing, comment_too_long, nothing_masked, moderation_reason_missing.
    """
    with atomic() as session:
        thread, row = load.locked_comment(estate_id, comment_id)
        require(actor, Action.MODERATE, estate_id)
        post = _moderator(actor, estate_id, post_id, now)
        reports = _reports(comment_id)
        said, why = clean(masked_text), clean(reason)
        waiting = session.scalar(
            select(Appeal.id)
            .join(Moderation, Moderation.id == Appeal.moderation_id)
            .where(Moderation.comment_id == comment_id, Appeal.decided_at.is_(None))
        )
        refuse_if(
            moderate_blockers(
                _facts(thread, row, reports, waiting is not None),
                body=post.body,
                account_id=_account(actor),
                act=act,
                reason=why,
                masked_text=said,
            )
        )
        told = sorted(r.account_id for r in reports if r.decision_id is None)
        made = _decide(actor, row, post, act, why, said if act == "mask" else "", now)
        session.execute(
            update(Report)
            .where(Report.comment_id == comment_id, Report.decision_id.is_(None))
            .values(decision_id=made.id)
        )
        _journal(
            actor,
            "threads.moderated",
            thread,
            row,
            now,
            act=act,
            reason=why,
            body=post.body,
            reporters=told,
        )
        return made.id


def appeal(actor: Actor, estate_id: int, comment_id: int, *, text: str, now: datetime) -> int:
    """The author asks for a second look at a decision; gives back the appeal's id.

    Raises Forbidden, NotFound, Refused with all of: nothing_to_appeal, appealed_already,
    comment_missing, comment_too_long.
    """
    with atomic() as session:
        thread, row = load.locked_comment(estate_id, comment_id)
        if actor.account_id is None or actor.account_id != row.account_id:
            raise Forbidden("threads:own_comment")
        last = _last_decision(comment_id)
        said = clean(text)
        appealed = last is not None and (
            last.appeal_id is not None
            or session.scalar(select(Appeal.id).where(Appeal.moderation_id == last.id)) is not None
        )
        refuse_if(
            appeal_blockers(
                act=last.act if last else None, state=row.state, appealed=appealed, text=said
            )
        )
        assert last is not None  # noqa: S101  (without a decision there is nothing to appeal)
        made = Appeal(
            estate_id=estate_id,
            moderation_id=last.id,
            account_id=actor.account_id,
            text=said,
            at=now,
        )
        session.add(made)
        session.flush()
        _journal(actor, "threads.appealed", thread, row, now, appeal_id=made.id)
        return made.id


def decide_appeal(
    actor: Actor,
    estate_id: int,
    appeal_id: int,
    *,
    uphold: bool,
    reason: str,
    post_id: int,
    now: datetime,
) -> int:
    """Decide an appeal: uphold it (the comment is shown again) or leave it. Gives the decision's id.

    Never by the person who decided first. Raises Forbidden, NotFound, Refused with all of:
    about_own_body, party_to_it, appeal_same_person, appeal_decided, comment_withdrawn,
    moderation_reason_missing, comment_too_long.
    """
    with atomic() as session:
        found = session.execute(
            select(Appeal, Moderation)
            .join(Moderation, Moderation.id == Appeal.moderation_id)
            .where(Appeal.id == appeal_id, Appeal.estate_id == estate_id)
        ).one_or_none()
        if found is None:
            raise NotFound("appeal")
        asked, first = found
        thread, row = load.locked_comment(estate_id, first.comment_id)
        session.refresh(asked)
        require(actor, Action.MODERATE, estate_id)
        post = _moderator(actor, estate_id, post_id, now)
        why = clean(reason)
        refuse_if(
            decide_appeal_blockers(
                _facts(thread, row, _reports(row.id), False),
                body=post.body,
                account_id=_account(actor),
                first_account=first.account_id,
                decided=asked.decided_at is not None,
                reason=why,
            )
        )
        act = "restore" if uphold else first.act
        masked = "" if uphold else first.masked_text
        made = _decide(actor, row, post, act, why, masked, now, asked.id)
        asked.decided_at, asked.upheld = now, uphold
        _journal(
            actor,
            "threads.appeal_decided",
            thread,
            row,
            now,
            appeal_id=asked.id,
            upheld=uphold,
            reason=why,
            body=post.body,
        )
        return made.id


def _decide(
    actor: Actor,
    row: Comment,
    post: PostRow,
    act: str,
    reason: str,
    masked_text: str,
    now: datetime,
    appeal_id: int | None = None,
) -> Moderation:
    made = Moderation(
        estate_id=row.estate_id,
        comment_id=row.id,
        act=act,
        reason=reason,
        masked_text=masked_text,
        body=post.body,
        post_id=post.id,
        account_id=_account(actor),
        name=post.name,
        at=now,
        appeal_id=appeal_id,
    )
    db.session.add(made)
    db.session.flush()
    if act in _STATE:
        row.state = _STATE[act]
        row.state_reason = "" if act == "restore" else reason
    return made


def _moderator(actor: Actor, estate_id: int, post_id: int, now: datetime) -> PostRow:
    """The post, when it is one that moderates; a person's other post does not lend it the right."""
    post = people.acting_post(actor, estate_id, post_id, local_date(now))
    if role_of(post.body, post.title) not in TABLE[Action.MODERATE]:
        raise Forbidden(Action.MODERATE)
    return post


def _facts(
    thread: Thread, row: Comment, reports: list[Report], appeal_open: bool
) -> ModerationFacts:
    owed = row.answer_body or thread.answer_body
    return ModerationFacts(
        row.state,
        row.text,
        barred_bodies(owed, [r.about_body for r in reports], row.text),
        {row.account_id, *(r.account_id for r in reports)},
        appeal_open,
    )


def _reports(comment_id: int) -> list[Report]:
    q = select(Report).where(Report.comment_id == comment_id).order_by(Report.id)
    return list(db.session.scalars(q.execution_options(populate_existing=True)))


def _reports_lately(account_id: int, now: datetime) -> int:
    q = select(func.count()).where(
        Report.account_id == account_id, Report.at > now - timedelta(days=1)
    )
    return db.session.scalar(q) or 0


def _last_decision(comment_id: int) -> Moderation | None:
    q = select(Moderation).where(
        Moderation.comment_id == comment_id, Moderation.act.in_(("mask", "hide", "restore"))
    )
    return db.session.scalar(q.order_by(Moderation.id.desc()).limit(1))


def _journal(
    actor: Actor, what: str, thread: Thread, row: Comment, now: datetime, **more: object
) -> None:
    record(
        actor,
        what,
        "comment",
        row.id,
        estate_id=row.estate_id,
        now=now,
        thread_id=thread.id,
        title=thread.title,
        author=row.account_id,
        **more,
    )


def _account(actor: Actor) -> int:
    if actor.account_id is None:
        raise Forbidden(Action.COMMENT)
    return actor.account_id
