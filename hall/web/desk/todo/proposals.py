"""Proposals to let in, rounds to settle, positions not taken, voices to take down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from flask import url_for

from hall.estates.queries import EstateRow
from hall.people.queries import PostRow
from hall.permissions import Action, Actor, Role, may
from hall.positions import queries as positions
from hall.proposals import queries as proposals
from hall.proposals.queries import ProposalCard
from hall.proposals.rules.state import RoundFacts, State
from hall.threads import queries as threads
from hall.threads.queries import ThreadCounts
from hall.web import filters
from hall.web.desk.todo.item import YOURS, Todo, by_clock, only, speaking
from hall.web.i18n import N_, gettext, ngettext
from hall.web.messages import who
from hall.web.proposals.words import spoke

COLLECTING = N_("征集中")
DOORS = frozenset({Role.GRID, Role.STEWARD})  # who knocks at doors


def gather(
    actor: Actor, estate: EstateRow, posts: tuple[PostRow, ...], now: datetime
) -> tuple[Todo, ...]:
    """What waits on proposals under way; a constant number of queries."""
    cards = proposals.on_desk(estate.id)
    counts = threads.counts([c.thread_id for c in cards], now)
    found: list[Todo] = []
    if may(actor, Action.SCREEN_PROPOSAL, estate.id):
        found += _screen(cards, now)
    if may(actor, Action.RUN_ROUNDS, estate.id):
        found += _rounds(cards, counts, now)
    found += _positions(cards, speaking(posts), now)
    if not DOORS.isdisjoint(actor.roles_in(estate.id)):
        found += _voices(cards, now)
    return tuple(found)


def _screen(cards: Sequence[ProposalCard], now: datetime) -> Iterator[Todo]:
    for card in cards:
        due = card.facts.screen_by
        if card.state is not State.SUBMITTED or due is None:
            continue
        chip, word = by_clock(due, now)
        yield Todo(
            gettext("受理议案：%(title)s", title=card.title),
            gettext(
                "%(who)s提出，%(time)s 前要回话", who=spoke(card.by), time=filters.deadline(due)
            ),
            chip,
            word,
            url_for("proposals.manage", n=card.n),
            due,
        )


def _rounds(
    cards: Sequence[ProposalCard], counts: Mapping[int, ThreadCounts], now: datetime
) -> Iterator[Todo]:
    for card in cards:
        r = card.round(now)
        if card.state is not State.DISCUSSING or r is None or r.phase(now) != "answering":
            continue
        left = counts[card.thread_id].waiting
        yield Todo(
            gettext("结清第 %(n)s 轮：%(title)s", n=r.n, title=card.title),
            ngettext(
                "还有 %(n)s 条意见没答复，答复完才能结清",
                "还有 %(n)s 条意见没答复，答复完才能结清",
                left,
            )
            if left
            else gettext("意见都答复了，写上听到了什么、改了什么"),
            "line" if left else "wait",
            gettext("等答复") if left else gettext(YOURS),
            url_for("proposals.round_settle", n=card.n, r=r.n),
            r.closes_at,
        )


def _positions(
    cards: Sequence[ProposalCard], mine: frozenset[str], now: datetime
) -> Iterator[Todo]:
    asked = [c for c in cards if c.state in (State.DISCUSSING, State.READY)]
    if not mine or not asked:
        return
    strips = positions.strips(c.id for c in asked)
    for card in asked:
        silent = [s.body for s in strips.get(card.id, ()) if s.body in mine and not s.stance]
        for body in only(silent):
            r = card.round(now)
            yield Todo(
                gettext("表态：%(title)s", title=card.title),
                _until(body, r, now),
                "wait" if card.state is State.READY else "line",
                gettext("还没表态"),
                url_for("positions.new", n=card.n),
                r.closes_at if r is not None else None,
            )


def _until(body: str, r: RoundFacts | None, now: datetime) -> str:
    said = gettext("%(body)s还没表态", body=who(body))
    if r is None or r.phase(now) != "open":
        return said
    return gettext("%(said)s，这一轮 %(time)s 截止", said=said, time=filters.deadline(r.closes_at))


def _voices(cards: Sequence[ProposalCard], now: datetime) -> Iterator[Todo]:
    for card in cards:
        r = card.round(now)
        if card.state is State.DISCUSSING and r is not None and r.phase(now) == "open":
            yield Todo(
                gettext("记下听到的意见：%(title)s", title=card.title),
                gettext(
                    "上门、电话里听到的都可以代录，%(time)s 截止",
                    time=filters.deadline(r.closes_at),
                ),
                "line",
                gettext(COLLECTING),
                url_for("threads.record", thread_id=card.thread_id),
                r.closes_at,
            )
