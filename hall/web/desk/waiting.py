"""What waits for this person today: derived from ballots, rules and the roll, never a list kept by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from hall import clock
from hall.ballots import queries as ballots
from hall.ballots.queries import BallotCard
from hall.ballots.rules import Phase
from hall.people import queries as people
from hall.permissions import Action, Actor, may
from hall.resolutions import service as publishing
from hall.roll import queries as roll
from hall.rulesets import queries as rulesets
from hall.web import filters
from hall.web.access import current_actor, current_estate
from hall.web.i18n import gettext, ngettext

ENDING_SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, why now, how urgent (chip: late wait line), where."""

    what: str
    why: str
    chip: str
    word: str
    href: str


def tasks(now: datetime) -> list[Task]:
    """Everything that waits for who is asking, the urgent first."""
    actor, estate = current_actor(), current_estate()
    found = [
        *_ballots(actor, estate.id, now),
        *_roll(actor, estate.id, now),
        *_rules(actor, estate.id),
        *_posts(actor, estate.id, now),
    ]
    order = {"late": 0, "wait": 1, "line": 2}
    return sorted(found, key=lambda t: order[t.chip])


def _ballots(actor: Actor, estate_id: int, now: datetime) -> Iterator[Task]:
    drafting = may(actor, Action.DRAFT_BALLOT, estate_id)
    for card in ballots.every(estate_id, drafts=drafting):
        phase = card.phase(now)
        if phase is Phase.DRAFT:
            yield from _draft(actor, estate_id, card, now)
        elif phase is Phase.OPEN:
            yield from _contests(actor, estate_id, card)
        elif phase is Phase.CLOSED and may(actor, Action.COUNT_BALLOT, estate_id):
            yield Task(
                gettext("计票：%(title)s", title=card.title),
                gettext("已截止。系统会自己计票，也可以现在点。"),
                "wait",
                gettext("等计票"),
                url_for("desk.result", n=card.n),
            )
        elif phase is Phase.COUNTED and may(actor, Action.PUBLISH_RESOLUTION, estate_id):
            due = publishing.publish_due(ballots.get(estate_id, card.n))
            yield Task(
                gettext("公布结果：%(title)s", title=card.title),
                gettext(
                    "写上定下的事。到 %(time)s 还没公布，系统会自己公布。",
                    time=filters.deadline(due),
                ),
                "late",
                gettext("等您"),
                url_for("desk.result", n=card.n),
            )
        elif card.times.open_objections and may(actor, Action.ANSWER_OBJECTION, estate_id):
            count = card.times.open_objections
            yield Task(
                ngettext("答复 %(n)s 份异议", "答复 %(n)s 份异议", count),
                card.title,
                "late",
                gettext("等答复"),
                url_for("desk.result", n=card.n),
            )


def _draft(actor: Actor, estate_id: int, card: BallotCard, now: datetime) -> Iterator[Task]:
    blockers = ballots.notice_blockers(estate_id, card.n, now, actor)
    if not blockers:
        if may(actor, Action.NOTICE_BALLOT, estate_id):
            yield Task(
                gettext("发公告：%(title)s", title=card.title),
                gettext("该有的都齐了"),
                "wait",
                gettext("可以发"),
                url_for("desk.notice_ask", n=card.n),
            )
        return
    yield Task(
        gettext("准备：%(title)s", title=card.title),
        ngettext("还差 %(n)s 件，才能发公告", "还差 %(n)s 件，才能发公告", len(blockers)),
        "line",
        gettext("草稿"),
        url_for("desk.draft_edit", n=card.n),
    )


def _contests(actor: Actor, estate_id: int, card: BallotCard) -> Iterator[Task]:
    if not may(actor, Action.RECORD_REPRESENTATIVE, estate_id):
        return
    for contest in ballots.contests(card.id):
        if contest.settled_at is None:
            yield Task(
                gettext("登记共有人推举：%(unit)s", unit=filters.unit_label(contest.label)),
                gettext("截止前没有推举，这一户不计入"),
                "late",
                filters.time_left(card.close_at) if card.close_at else "",
                url_for("desk.contest", n=card.n, entry_id=contest.entry_id),
            )


def _roll(actor: Actor, estate_id: int, now: datetime) -> Iterator[Task]:
    if may(actor, Action.CONFIRM_IMPORT, estate_id):
        for row in roll.imports(estate_id):
            if row.waits and not row.blocking and row.uploaded_by != actor.account_id:
                yield Task(
                    gettext("复核名册：%(file)s", file=row.filename),
                    gettext(
                        "%(name)s %(time)s 上传",
                        name=row.uploader,
                        time=filters.daytime(row.uploaded_at),
                    ),
                    "wait",
                    gettext("等您复核"),
                    url_for("roll.import_show", import_id=row.id),
                )
    if not may(actor, Action.ANSWER_CORRECTION, estate_id):
        return
    state = roll.publication_state(estate_id, now)
    if state.open_corrections:
        count = state.open_corrections
        yield Task(
            ngettext("答复 %(n)s 份名册更正", "答复 %(n)s 份名册更正", count),
            gettext("没有答复完，发不了公告"),
            "late",
            gettext("等答复"),
            url_for("roll.corrections"),
        )
    if state.changed_since_publication and may(actor, Action.PUBLISH_ROLL, estate_id):
        yield Task(
            gettext("重新公示名册"),
            gettext("公示后名册又改过"),
            "wait",
            gettext("等您"),
            url_for("roll.publish_ask"),
        )


def _rules(actor: Actor, estate_id: int) -> Iterator[Task]:
    rows = rulesets.every(estate_id)
    confirmed = max((r.version for r in rows if r.confirmed_at), default=0)
    if may(actor, Action.CONFIRM_RULES, estate_id):
        for row in rows:
            mine = row.drafted_by == actor.account_id
            if row.confirmed_at is None and row.version > confirmed and not mine:
                yield Task(
                    gettext("确认议事规则第 %(n)s 版", n=row.version),
                    gettext("逐条看过，由第二个人确认才起用"),
                    "wait",
                    gettext("等您"),
                    url_for("desk.rules_version", version=row.version),
                )
    if not rows and may(actor, Action.DRAFT_RULES, estate_id):
        yield Task(
            gettext("起草议事规则"),
            gettext("没有规则就发不了法定表决的公告"),
            "wait",
            gettext("未开始"),
            url_for("desk.rules_new"),
        )
    if may(actor, Action.SET_LEGAL_REACH, estate_id) and not current_estate().street_confirmation:
        yield Task(
            gettext("问街道：能不能网上投法定表决"),
            gettext("有了书面答复，登记在议事规则里"),
            "line",
            gettext("没有答复"),
            url_for("desk.rules"),
        )


def _posts(actor: Actor, estate_id: int, now: datetime) -> Iterator[Task]:
    if not may(actor, Action.GRANT_POST, estate_id):
        return
    today = clock.local_date(now)
    for post in people.posts(estate_id, today):
        if post.to_on is not None and post.to_on - today <= ENDING_SOON:
            yield Task(
                gettext("%(name)s 的任职快到期", name=post.name),
                gettext("%(day)s 起不再任职", day=filters.day(post.to_on)),
                "wait",
                gettext("到期"),
                url_for("desk.posts"),
            )
