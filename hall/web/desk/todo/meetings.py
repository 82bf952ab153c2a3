"""Notices to send, meetings of today, invitations to answer, minutes at every stage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from hall import clock
from hall.estates.queries import EstateRow
from hall.meetings import queries as meetings
from hall.meetings.queries import MeetingRow, MinutesDue
from hall.meetings.rules import State, last_notice
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.web import filters
from hall.web.desk.todo.item import TODAY, YOURS, Todo, bodies_for, by_clock, only, speaking
from hall.web.i18n import gettext, ngettext
from hall.web.messages import who


def gather(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> tuple[Todo, ...]:
    """Before, on and after the day; a constant number of queries."""
    return (
        *_notices(estate, bodies_for(posts, Action.CONVENE_MEETING), now),
        *_days(actor, estate, posts, now),
        *_calls(actor, estate, now),
        *_minutes(estate, posts, now),
        *_signing(actor, estate, posts, now),
    )


def _notices(estate: EstateRow, mine: frozenset[str], now: datetime) -> Iterator[Todo]:
    if not mine:
        return
    for m in meetings.drafts(estate.id):
        if m.body not in mine or m.state is not State.DRAFT:
            continue
        due = last_notice(m.starts_at, m.kind)
        late = now >= due
        chip, word = ("late", gettext("来不及了")) if late else by_clock(due, now)
        when = filters.daytime(m.starts_at)
        yield Todo(
            gettext("改开会时间：%(title)s", title=m.title)
            if late
            else gettext("发会议通知：%(title)s", title=m.title),
            gettext("定在 %(when)s，通知已经过了该发的日子", when=when)
            if late
            else gettext("%(when)s 开，%(time)s 前要发出", when=when, time=filters.deadline(due)),
            chip,
            gettext("今天发") if chip == "late" and not late else word,
            url_for("meetings.edit", n=m.n) if late else url_for("meetings.preview", n=m.n),
            due,
        )


def _days(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> Iterator[Todo]:
    """Meetings of my bodies today, those that run, and those nobody began."""
    runs = may(actor, Action.RUN_MEETING, estate.id)
    mine = {p.body for p in posts}
    today = clock.local_date(now)
    for m in meetings.upcoming(estate.id):
        if not mine & {*m.bodies, m.body}:
            continue
        day = clock.local_date(m.starts_at)
        href = url_for("meetings.live" if runs else "meetings.show", n=m.n)
        if m.state is State.RUNNING:
            yield Todo(
                gettext("正在开会：%(title)s", title=m.title),
                m.place,
                "late",
                gettext("正在开"),
                href,
                m.starts_at,
            )
        elif day == today:
            yield Todo(
                gettext("开会：%(title)s", title=m.title),
                gettext(
                    "今天 %(time)s，%(place)s", time=filters.clock_time(m.starts_at), place=m.place
                ),
                "late",
                gettext(TODAY),
                href,
                m.starts_at,
            )
        elif day < today and m.body in bodies_for(posts, Action.CONVENE_MEETING):
            yield _not_held(m)


def _not_held(m: MeetingRow) -> Todo:
    return Todo(
        gettext("没开成的会：%(title)s", title=m.title),
        gettext("定在 %(when)s，没有开始。改到以后，或者取消。", when=filters.daytime(m.starts_at)),
        "late",
        gettext(YOURS),
        url_for("meetings.people", n=m.n),
        m.starts_at,
    )


def _calls(actor: Actor, estate: EstateRow, now: datetime) -> Iterator[Todo]:
    for m in meetings.calls(estate.id, actor):
        if m.starts_at > now:
            yield Todo(
                gettext("回复来不来：%(title)s", title=m.title),
                gettext("%(when)s，%(place)s", when=filters.daytime(m.starts_at), place=m.place),
                "wait",
                gettext("等您回"),
                url_for("meetings.show", n=m.n),
                m.starts_at,
            )


def _minutes(estate: EstateRow, posts: tuple[PostRow, ...], now: datetime) -> Iterator[Todo]:
    writing = bodies_for(posts, Action.WRITE_MINUTES)
    publishing = bodies_for(posts, Action.PUBLISH_MINUTES)
    if not writing:
        return
    for m in meetings.minutes_due(estate.id):
        if m.body in writing:
            line = _stage(m, m.body in publishing, now)
            if line is not None:
                yield line


def _stage(m: MinutesDue, publishes: bool, now: datetime) -> Todo | None:
    href = url_for("meetings.minutes_edit", n=m.meeting_n)
    held = gettext("%(day)s 开的会", day=filters.day(m.ended_at))
    wait, yours = "wait", gettext(YOURS)
    if m.stage == "write":
        what = gettext("写纪要：%(title)s", title=m.title)
        return Todo(what, held, wait, yours, href, m.ended_at)
    if m.stage == "draft":
        what = gettext("送各方会签：%(title)s", title=m.title)
        return Todo(
            what, gettext("%(held)s，草稿还没送出", held=held), wait, yours, href, m.ended_at
        )
    if m.corrections:
        what = ngettext("答复 %(n)s 条纪要更正", "答复 %(n)s 条纪要更正", m.corrections)
        return Todo(what, m.title, "late", gettext("等答复"), href, m.sign_by)
    if m.publishable(now) and publishes:
        why = (
            ngettext("会签期过了，%(n)s 方没签", "会签期过了，%(n)s 方没签", m.silent)
            if m.silent
            else gettext("各方都签过了")
        )
        return Todo(
            gettext("公布纪要：%(title)s", title=m.title), why, wait, yours, href, m.sign_by
        )
    return None


def _signing(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> Iterator[Todo]:
    mine = speaking(posts)
    if not mine or not may(actor, Action.SIGN_MINUTES, estate.id):
        return
    for paper in meetings.to_sign(estate.id, only(mine)):
        chip, word = by_clock(paper.sign_by, now)
        yield Todo(
            gettext("会签纪要：%(title)s", title=paper.title),
            gettext(
                "替%(body)s签，%(time)s 截止，不签会写“未签”",
                body=who(paper.body),
                time=filters.deadline(paper.sign_by),
            ),
            chip,
            word,
            url_for("meetings.minutes", n=paper.meeting_n),
            paper.sign_by,
        )
