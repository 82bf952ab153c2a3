"""Comments with all that belongs to them, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select

from hall.db.query import Query
from hall.permissions import Action, Actor, Role, may
from hall.threads.models import Answer, Appeal, Comment, Echo, Moderation, Report
from hall.threads.queries.points import masked_text
from hall.threads.queries.rows import (
    AnswerRow,
    CommentRow,
    DecisionRow,
    MyAppeal,
    MyReport,
    ThreadRow,
)
from hall.threads.rules import (
    DEEPEST,
    CommentFacts,
    echo_blockers,
    edit_blockers,
    window_blockers,
    withdraw_blockers,
)

_c = Comment
COLUMNS: tuple[Any, ...] = (
    _c.id, _c.thread_id, _c.parent_id, _c.root_id, _c.depth, _c.alignment, _c.text, _c.written_at,
    _c.edits, _c.account_id, _c.name, _c.place, _c.standing, _c.show_name, _c.body, _c.title,
    _c.source, _c.spoken_on, _c.recorder, _c.read_back, _c.state, _c.answer_body,
    _c.answer_due_at, _c.referred, masked_text(),
)  # fmt: skip
_GONE = ("hidden", "withdrawn")
_IDS: Any = bindparam("ids", expanding=True)
_a, _m = Answer, Moderation
_ANSWERS = Query(
    select(
        _a.comment_id, _a.version, _a.outcome, _a.text, _a.landed, _a.body, _a.title, _a.name,
        _a.answered_at,
    )
    .where(_a.comment_id.in_(_IDS))
    .order_by(_a.version.desc())
)  # fmt: skip
_ECHOES = Query(
    select(
        Echo.comment_id,
        func.count(),
        func.max(case((Echo.account_id == bindparam("account"), 1), else_=0)),
    )
    .where(Echo.comment_id.in_(_IDS))
    .group_by(Echo.comment_id)
)
_DECISIONS = Query(
    select(
        _m.id, _m.comment_id, _m.act, _m.reason, _m.body, _m.name, _m.at, _m.appeal_id,
        Appeal.id.label("asked"), Appeal.account_id, Appeal.text, Appeal.at.label("asked_at"),
        Appeal.upheld,
    )
    .outerjoin(Appeal, Appeal.moderation_id == _m.id)
    .where(_m.comment_id.in_(_IDS))
    .order_by(_m.id)
)  # fmt: skip
_REPORTS = Query(
    select(Report.comment_id, Report.reason, Report.at, _m.act, _m.reason)
    .outerjoin(_m, _m.id == Report.decision_id)
    .where(Report.comment_id.in_(_IDS), Report.account_id == bindparam("account"))
)


@dataclass
class _Around:
    """What hangs on the comments of a page, by comment id."""

    answers: dict[int, list[AnswerRow]] = field(default_factory=dict)
    echoes: dict[int, tuple[int, bool]] = field(default_factory=dict)
    decisions: dict[int, DecisionRow] = field(default_factory=dict)
    appeals: dict[int, MyAppeal] = field(default_factory=dict)
    reports: dict[int, MyReport] = field(default_factory=dict)


def assemble(
    thread: ThreadRow, roots: Sequence[Any], replies: Sequence[Any], actor: Actor, now: datetime
) -> tuple[CommentRow, ...]:
    """Points with replies, answers, echoes, decisions and what this viewer may do; four or five queries."""
    if not roots:
        return ()
    around = _gather([r.id for r in (*roots, *replies)], [r.id for r in roots], actor)
    # A reply stands after what it replies to; the third level right below the second.
    below: dict[int | None, list[Any]] = {}
    for r in replies:
        below.setdefault(r.parent_id, []).append(r)
    of: Mapping[int, int] = {r.root_id: int(r.of) for r in replies}
    made = []
    for root in roots:
        line: list[CommentRow] = []
        for second in below.get(root.id, ()):
            line.append(_row(thread, second, around, actor, now))
            line += [_row(thread, third, around, actor, now) for third in below.get(second.id, ())]
        hidden = of.get(root.id, 0) - len(line)
        made.append(_row(thread, root, around, actor, now, tuple(line), hidden))
    return tuple(made)


def _gather(ids: list[int], root_ids: list[int], actor: Actor) -> _Around:
    found = _Around()
    for comment_id, *version in _ANSWERS.rows(ids=root_ids):
        found.answers.setdefault(comment_id, []).append(AnswerRow(*version))
    for comment_id, n, mine in _ECHOES.rows(ids=ids, account=actor.account_id or 0):
        found.echoes[comment_id] = (n, bool(mine))
    _decisions(ids, actor, found)
    if actor.account_id is not None:
        _own_reports(ids, actor.account_id, found)
    return found


def _decisions(ids: list[int], actor: Actor, found: _Around) -> None:
    """The decision in force on each comment, and the viewer's own latest appeal."""
    for r in _DECISIONS.named(ids=ids):
        if r.act != "keep":
            found.decisions[r.comment_id] = DecisionRow(
                r.id, r.comment_id, r.act, r.reason, r.body, r.name, r.at, r.appeal_id is not None
            )
        if r.asked is not None and r.account_id == actor.account_id:
            found.appeals[r.comment_id] = MyAppeal(r.asked, r.id, r.text, r.asked_at, r.upheld)


def _own_reports(ids: list[int], account_id: int, found: _Around) -> None:
    for comment_id, reason, at, act, decision in _REPORTS.rows(ids=ids, account=account_id):
        found.reports[comment_id] = MyReport(reason, at, act, decision or "")


def _row(
    thread: ThreadRow,
    r: Any,
    around: _Around,
    actor: Actor,
    now: datetime,
    replies: tuple[CommentRow, ...] = (),
    more: int = 0,
) -> CommentRow:
    mine = actor.account_id is not None and r.account_id == actor.account_id
    echoes, echoed = around.echoes.get(r.id, (0, False))
    answers = tuple(around.answers.get(r.id, ()))
    text = "" if r.state in _GONE else r.text if r.masked is None else r.masked
    named = r.show_name
    facts = CommentFacts(r.depth, r.state, r.written_at, r.account_id, bool(answers))
    appeal, decision = around.appeals.get(r.id), around.decisions.get(r.id)
    report = around.reports.get(r.id)
    can = _may(thread, facts, actor, now, reported=report is not None)
    if mine and _appealable(r.state, decision, appeal):
        can.add("appeal")
    return CommentRow(
        r.id, r.thread_id, r.parent_id, r.root_id, r.depth, r.alignment, text, r.written_at,
        r.edits if r.state == "shown" else 0, r.name if named else "", r.place if named else "",
        r.standing, r.body, r.title, r.source, r.spoken_on, r.recorder, r.read_back, r.state,
        r.answer_body, r.answer_due_at, r.referred, echoes, mine, echoed, answers, decision, appeal,
        report, frozenset(can), replies, more,
    )  # fmt: skip


def _appealable(state: str, decision: DecisionRow | None, appeal: MyAppeal | None) -> bool:
    """Whether the decision in force has not been appealed yet."""
    return (
        decision is not None
        and state in ("masked", "hidden")
        and not decision.on_appeal
        and (appeal is None or appeal.decision_id != decision.id)
    )


def _may(
    thread: ThreadRow, facts: CommentFacts, actor: Actor, now: datetime, *, reported: bool
) -> set[str]:
    """What the service would let this viewer do; the same rules say so."""
    if actor.account_id is None or not may(actor, Action.COMMENT, thread.estate_id):
        return set()
    can = set()
    mine = facts.account_id == actor.account_id
    roles = actor.roles_in(thread.estate_id)
    neighbour = Role.PROPERTY not in roles or Role.OWNER in roles
    window = thread.window
    if mine and not edit_blockers(facts, window, now):
        can.add("edit")
    if mine and not withdraw_blockers(facts):
        can.add("withdraw")
    if neighbour and not echo_blockers(facts, actor.account_id, window, now):
        can.add("echo")
    if facts.state not in _GONE:
        if facts.depth < DEEPEST and not window_blockers(window, now):
            can.add("reply")
        if not mine and not reported:
            can.add("report")
    return can
