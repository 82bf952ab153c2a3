"""What needs this visitor besides ballots: read from the clocks of the rooms, never kept by hand.

For who is signed out only what is public and journalled, so that the home page can be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import url_for

from hall import clock
from hall.estates.queries import EstateRow
from hall.meetings import queries as meetings
from hall.meetings.queries import MeetingRow
from hall.meetings.rules import State as MeetingState
from hall.permissions import Actor
from hall.proposals import queries as proposals
from hall.proposals.queries import ProposalCard
from hall.proposals.rules.state import State
from hall.threads import queries as threads
from hall.web import filters
from hall.web.i18n import gettext, ngettext
from hall.web.messages import who
from hall.web.threads.words import ANSWERED

NEWS = timedelta(days=30)  # how long an answer stays in front
MOST = 3
LONGEST = 30  # characters of one's own words in a line


@dataclass(frozen=True, slots=True)
class Need:
    """One line: what, what is said of it, where; kind and word of its chip; until: its clock."""

    title: str
    say: str
    href: str
    chip: str
    word: str
    icon: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """mine: what only this person can do; the rest is open to everybody or news for him."""

    mine: tuple[Need, ...] = ()
    talk: tuple[Need, ...] = ()
    meetings: tuple[Need, ...] = ()
    backing: tuple[Need, ...] = ()
    answers: tuple[Need, ...] = field(default=())

    @property
    def first(self) -> Need | None:
        """The one most urgent thing: one's own first, then what ends first."""
        ahead = self.mine or (*self.talk, *self.meetings)
        timed = [(n.until, i) for i, n in enumerate(ahead) if n.until is not None]
        return ahead[min(timed)[1]] if timed else None


def needs_of(actor: Actor, estate: EstateRow, now: datetime) -> Needs:
    """Everything for this visitor; a constant number of queries."""
    cards = proposals.on_desk(estate.id)
    called = meetings.calls(estate.id, actor) if actor.signed_in else ()
    mine = [_call(m) for m in called if m.starts_at > now]
    mine += (_check(c) for c in meetings.to_check(estate.id, actor, now))
    return Needs(
        mine=tuple(sorted(mine, key=lambda n: n.until or now)),
        talk=_talk(cards, now),
        meetings=tuple(_coming(estate, {m.id for m in called}, now)),
        backing=_backing(cards),
        answers=_answers(actor, estate, now),
    )


def _call(m: MeetingRow) -> Need:
    return Need(
        m.title,
        gettext("%(when)s，%(place)s", when=filters.daytime(m.starts_at), place=m.place),
        url_for("meetings.show", n=m.n),
        "wait",
        gettext("等您回复来不来"),
        "mail",
        m.starts_at,
    )


def _check(c: meetings.ToCheck) -> Need:
    return Need(
        gettext("核对纪要：%(title)s", title=c.title),
        gettext("您在会上。有不对的地方，%(time)s 前可以提更正", time=filters.deadline(c.sign_by)),
        url_for("meetings.minutes", n=c.meeting_n),
        "wait",
        gettext("请您核对"),
        "pen",
        c.sign_by,
    )


def _talk(cards: tuple[ProposalCard, ...], now: datetime) -> tuple[Need, ...]:
    """Rounds open now, what closes first in front."""
    found = [
        (r, c)
        for c in cards
        if c.state is State.DISCUSSING
        and (r := c.round(now)) is not None
        and r.phase(now) == "open"
    ]
    found.sort(key=lambda pair: pair[0].closes_at)
    counts = threads.counts([c.thread_id for _, c in found[:MOST]], now)
    return tuple(
        Need(
            c.title,
            gettext(
                "说说您怎么看。%(what)s，%(time)s 截止",
                what=ngettext(
                    "已有 %(n)s 条意见", "已有 %(n)s 条意见", counts[c.thread_id].comments
                ),
                time=filters.deadline(r.closes_at),
            ),
            url_for("proposals.show", n=c.n),
            "wait",
            filters.time_left(r.closes_at),
            "talk",
            r.closes_at,
        )
        for r, c in found[:MOST]
    )


def _coming(estate: EstateRow, called: set[int], now: datetime) -> Iterator[Need]:
    """Meetings of these days that one is not waited for at: open to be read about by all."""
    shown = 0
    for m in meetings.upcoming(estate.id):
        over = clock.local_date(m.starts_at) < clock.local_date(now)
        running = m.state is MeetingState.RUNNING
        if m.id in called or (over and not running) or shown == MOST:
            continue
        shown += 1
        today = clock.local_date(m.starts_at) == clock.local_date(now)
        word = gettext("正在开") if running else gettext("今天开") if today else gettext("要开会")
        yield Need(
            m.title,
            gettext("%(when)s，%(place)s", when=filters.daytime(m.starts_at), place=m.place),
            url_for("meetings.show", n=m.n),
            "wait" if running or today else "line",
            word,
            "cal",
            m.starts_at,
        )


def _backing(cards: tuple[ProposalCard, ...]) -> tuple[Need, ...]:
    """What owners stand behind but nobody has let in yet; past the line it goes on the agenda."""
    waiting = [c for c in cards if c.state is State.SUBMITTED and c.endorsements]
    waiting.sort(key=lambda c: (-c.endorsements, -c.n))
    return tuple(
        Need(
            c.title,
            gettext("附议的业主到 20%，不用受理就列入议事"),
            url_for("proposals.show", n=c.n),
            "ask",
            ngettext("%(n)s 户附议", "%(n)s 户附议", c.endorsements),
            "users",
        )
        for c in waiting[:MOST]
    )


def _answers(actor: Actor, estate: EstateRow, now: datetime) -> tuple[Need, ...]:
    return tuple(
        Need(
            _short(a.text),
            gettext(
                "%(body)s %(day)s 答复：%(text)s",
                body=who(a.body),
                day=filters.day(a.answered_at),
                text=_short(a.answer),
            ),
            url_for("threads.comment", thread_id=a.thread_id, comment_id=a.comment_id),
            ANSWERED[a.outcome][0],
            gettext(ANSWERED[a.outcome][2]),
            ANSWERED[a.outcome][1],
        )
        for a in threads.answers_to(actor.account_id, estate.id, now - NEWS)
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
