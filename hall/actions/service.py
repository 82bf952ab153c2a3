"""What can be done with follow-up actions. Every verb names the post it is done under."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select

from hall.actions import queries, rules
from hall.actions.models import FollowUp, FollowUpNews
from hall.actions.queries import ActionRow
from hall.actions.rules import Draft
from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Forbidden, NotFound, refuse_if
from hall.estates.models import Estate
from hall.files import queries as files
from hall.journal.service import record
from hall.people.queries import PostRow, acting_post
from hall.people.rules.posts import role_of
from hall.permissions import TABLE, Action, Actor, require


def open_action(
    actor: Actor,
    estate_id: int,
    *,
    post_id: int,
    text: str,
    body: str,
    person: str = "",
    due_on: date | None = None,
    external: bool = False,
    agency: str = "",
    check_on: date | None = None,
    now: datetime,
) -> ActionRow:
    """Open an action: what, which body, and the last day — or, for a step outside, whom we wait for.

    Raises Forbidden, Refused with every blocker of rules.open_blockers.
    """
    draft = _draft(text, body, person, due_on, external, agency, check_on)
    with atomic():
        _acting(actor, Action.OPEN_ACTION, estate_id, post_id, now)
        refuse_if(rules.open_blockers(draft, local_date(now)))
        row = _insert(estate_id, draft, actor.name, now)
        _record(actor, row, "opened", now, body=row.body, text=row.text)
        return queries.by_ids([row.id])[row.id]


def add(
    estate_id: int,
    *,
    text: str,
    body: str,
    person: str = "",
    due_on: date | None,
    external: bool = False,
    agency: str = "",
    check_on: date | None = None,
    opened_by: str,
    now: datetime,
) -> int:
    """Part of a higher room's act (minutes published, resolution carried out): the action's id.

    Inside the caller's atomic(); the caller has asked for permission and journals its own act.
    A due day already past is taken as it is: the action begins late.
    Raises Refused with every blocker of rules.add_blockers.
    """
    draft = _draft(text, body, person, due_on, external, agency, check_on)
    refuse_if(rules.add_blockers(draft))
    return _insert(estate_id, draft, opened_by, now).id


def report_progress(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    post_id: int,
    text: str,
    percent: int | None = None,
    now: datetime,
) -> ActionRow:
    """Say how far it is, by the responsible body; percent 0 to 100, may go down.

    Raises Forbidden, NotFound, Refused: action_closed, action_already_done, action_of_another_body,
    action_words_missing, action_percent_wrong, text_too_long.
    """
    text = text.strip()
    with atomic():
        row, post = _locked(actor, Action.UPDATE_ACTION, estate_id, n, post_id, now)
        refuse_if(rules.report_blockers(_facts(row), post.body, text, percent))
        return _line(actor, row, post, "progress", text, now, percent=percent)


def milestone(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    post_id: int,
    text: str,
    percent: int | None = None,
    file_id: int | None = None,
    now: datetime,
) -> ActionRow:
    """A step reached, with a photo or paper to show it. Refusals as report_progress.

    Raises NotFound for a file of another estate.
    """
    text = text.strip()
    with atomic():
        row, post = _locked(actor, Action.UPDATE_ACTION, estate_id, n, post_id, now)
        refuse_if(rules.report_blockers(_facts(row), post.body, text, percent))
        _own_file(estate_id, file_id)
        return _line(actor, row, post, "milestone", text, now, percent=percent, file_id=file_id)


def external_news(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    post_id: int,
    text: str,
    check_on: date | None,
    file_id: int | None = None,
    now: datetime,
) -> ActionRow:
    """What those outside answered, and the day on which we ask again.

    Raises Forbidden, NotFound, Refused: action_not_external, action_check_missing,
    action_check_past, and those of report_progress.
    """
    text = text.strip()
    with atomic():
        row, post = _locked(actor, Action.UPDATE_ACTION, estate_id, n, post_id, now)
        today = local_date(now)
        refuse_if(rules.news_blockers(_facts(row), post.body, text, check_on, today))
        _own_file(estate_id, file_id)
        row.check_on = check_on
        return _line(actor, row, post, "news", text, now, file_id=file_id)


def explain_delay(
    actor: Actor, estate_id: int, n: int, *, post_id: int, text: str, now: datetime
) -> ActionRow:
    """Say why it is late. The due day stays, and so does the mark.

    Raises Forbidden, NotFound, Refused: action_not_late, and those of report_progress.
    """
    text = text.strip()
    with atomic():
        row, post = _locked(actor, Action.UPDATE_ACTION, estate_id, n, post_id, now)
        refuse_if(rules.explain_blockers(_facts(row), post.body, text, local_date(now)))
        return _line(actor, row, post, "explained", text, now)


def mark_done(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    post_id: int,
    text: str,
    file_id: int | None = None,
    now: datetime,
) -> ActionRow:
    """The responsible body says that it is done and how; another body has yet to see it.

    Raises Forbidden, NotFound, Refused: action_closed, action_already_done, action_of_another_body,
    action_words_missing, text_too_long.
    """
    text = text.strip()
    with atomic():
        row, post = _locked(actor, Action.UPDATE_ACTION, estate_id, n, post_id, now)
        refuse_if(rules.done_blockers(_facts(row), post.body, text))
        _own_file(estate_id, file_id)
        row.done_at, row.done_body = now, post.body
        return _line(actor, row, post, "done", text, now, percent=rules.FULL, file_id=file_id)


def verify(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    post_id: int,
    text: str = "",
    file_id: int | None = None,
    now: datetime,
) -> ActionRow:
    """Another body has looked and found it done.

    Raises Forbidden, NotFound, Refused: action_not_done, action_closed,
    action_own_body_cannot_verify, action_doer_cannot_verify, text_too_long.
    """
    text = text.strip()[: rules.LONGEST_NEWS]
    with atomic():
        row, post = _locked(actor, Action.VERIFY_ACTION, estate_id, n, post_id, now)
        refuse_if(rules.verify_blockers(_facts(row), post.body, actor.account_id))
        _own_file(estate_id, file_id)
        row.verified_at, row.verified_body = now, post.body
        return _line(actor, row, post, "verified", text, now, file_id=file_id)


def send_back(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    post_id: int,
    text: str,
    file_id: int | None = None,
    now: datetime,
) -> ActionRow:
    """Another body has looked and found it not done: it runs on, against the same due day.

    Raises what verify raises, and action_words_missing.
    """
    text = text.strip()
    with atomic():
        row, post = _locked(actor, Action.VERIFY_ACTION, estate_id, n, post_id, now)
        refuse_if(
            rules.verify_blockers(_facts(row), post.body, actor.account_id)
            + rules.text_blockers(text)
        )
        _own_file(estate_id, file_id)
        row.done_at = row.done_body = None
        return _line(actor, row, post, "sent_back", text, now, file_id=file_id)


def drop(
    actor: Actor, estate_id: int, n: int, *, post_id: int, reason: str, now: datetime
) -> ActionRow:
    """Give an action up, with the reason in public; never by the body that owes it.

    Raises Forbidden, NotFound, Refused: action_closed, action_own_body_cannot_drop,
    action_words_missing, text_too_long.
    """
    reason = reason.strip()
    with atomic():
        row, post = _locked(actor, Action.OPEN_ACTION, estate_id, n, post_id, now)
        refuse_if(rules.drop_blockers(_facts(row), post.body, reason))
        row.dropped_at, row.drop_reason = now, reason
        return _line(actor, row, post, "dropped", reason, now)


def _draft(
    text: str,
    body: str,
    person: str,
    due_on: date | None,
    external: bool,
    agency: str,
    check_on: date | None,
) -> Draft:
    return Draft(
        text.strip(),
        body,
        person.strip(),
        due_on,
        external,
        agency.strip() if external else "",
        check_on if external else None,
    )


def _insert(estate_id: int, draft: Draft, opened_by: str, now: datetime) -> FollowUp:
    """Number and store; the estate's row keeps two numbers from meeting."""
    db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
    last = db.session.scalar(select(func.max(FollowUp.n)).where(FollowUp.estate_id == estate_id))
    row = FollowUp(
        estate_id=estate_id,
        n=(last or 0) + 1,
        text=draft.text,
        body=draft.body,
        person=draft.person,
        due_on=draft.due_on,
        external=draft.external,
        agency=draft.agency,
        check_on=draft.check_on,
        opened_at=now,
        opened_by=opened_by,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _locked(
    actor: Actor, action: Action, estate_id: int, n: int, post_id: int, now: datetime
) -> tuple[FollowUp, PostRow]:
    row = db.session.scalar(
        select(FollowUp)
        .where(FollowUp.estate_id == estate_id, FollowUp.n == n)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("follow_up")
    return row, _acting(actor, action, estate_id, post_id, now)


def _acting(actor: Actor, action: Action, estate_id: int, post_id: int, now: datetime) -> PostRow:
    """The post acted under; the right has to come from this very post, not from another hat."""
    require(actor, action, estate_id)
    post = acting_post(actor, estate_id, post_id, local_date(now))
    if role_of(post.body, post.title) not in TABLE[action]:
        raise Forbidden(action)
    return post


def _facts(row: FollowUp) -> rules.Facts:
    return queries.by_ids([row.id])[row.id].facts


def _own_file(estate_id: int, file_id: int | None) -> None:
    if file_id is not None:
        files.get(file_id, estate_id)


def _line(
    actor: Actor,
    row: FollowUp,
    post: PostRow,
    kind: str,
    text: str,
    now: datetime,
    *,
    percent: int | None = None,
    file_id: int | None = None,
) -> ActionRow:
    db.session.add(
        FollowUpNews(
            follow_up_id=row.id,
            kind=kind,
            percent=percent,
            text=text,
            file_id=file_id,
            body=post.body,
            title=post.title,
            name=post.name,
            account_id=actor.account_id,
            at=now,
        )
    )
    db.session.flush()
    facts: dict[str, object] = {"body": row.body, "by_body": post.body}
    if percent is not None:
        facts["percent"] = percent
    _record(actor, row, _PAST[kind], now, text=row.text, **facts)
    return queries.by_ids([row.id])[row.id]


_PAST = {
    "progress": "progressed",
    "milestone": "reached_milestone",
    "news": "heard_from_outside",
    "explained": "delay_explained",
    "done": "done",
    "verified": "verified",
    "sent_back": "sent_back",
    "dropped": "dropped",
}


def _record(actor: Actor, row: FollowUp, what: str, now: datetime, **facts: object) -> None:
    record(
        actor,
        f"actions.{what}",
        "follow_up",
        row.id,
        estate_id=row.estate_id,
        now=now,
        n=row.n,
        **facts,
    )
