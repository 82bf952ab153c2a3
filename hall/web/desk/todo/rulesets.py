"""Rules to draft and to confirm; the street's answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, may
from hall.rulesets import queries as rulesets
from hall.web.desk.todo.item import Todo
from hall.web.i18n import gettext


def gather(
    actor: Actor, estate: EstateRow, _posts: tuple[PostRow, ...], _now: datetime
) -> tuple[Todo, ...]:
    """What waits on the rules of the estate."""
    return tuple(_rules(actor, estate))


def _rules(actor: Actor, estate: EstateRow) -> Iterator[Todo]:
    estate_id = estate.id
    rows = rulesets.every(estate_id)
    confirmed = max((r.version for r in rows if r.confirmed_at), default=0)
    if may(actor, Action.CONFIRM_RULES, estate_id):
        for row in rows:
            mine = row.drafted_by == actor.account_id
            if row.confirmed_at is None and row.version > confirmed and not mine:
                yield Todo(
                    gettext("确认议事规则第 %(n)s 版", n=row.version),
                    gettext("逐条看过，由第二个人确认才起用"),
                    "wait",
                    gettext("等您"),
                    url_for("desk.rules_version", version=row.version),
                )
    if not rows and may(actor, Action.DRAFT_RULES, estate_id):
        yield Todo(
            gettext("起草议事规则"),
            gettext("没有规则就发不了法定表决的公告"),
            "wait",
            gettext("未开始"),
            url_for("desk.rules_new"),
        )
    if may(actor, Action.SET_LEGAL_REACH, estate_id) and not estate.street_confirmation:
        yield Todo(
            gettext("问街道：能不能网上投法定表决"),
            gettext("有了书面答复，登记在议事规则里"),
            "line",
            gettext("没有答复"),
            url_for("desk.rules"),
        )
