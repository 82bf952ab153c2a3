"""What waits for somebody, from clocks and blockers of the rooms, never from a list kept by hand.

For who holds a post the gatherers of the desk are asked room by room; the rest is everybody's own.
The number of queries does not grow with what there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from flask import url_for

from hall import clock
from hall.ballots import queries as ballots
from hall.estates.queries import EstateRow
from hall.meetings import queries as meetings
from hall.notices import queries
from hall.people import queries as people
from hall.permissions import Action, Actor, may
from hall.proposals import queries as proposals
from hall.proposals.rules.state import State
from hall.roll import queries as roll
from hall.web import filters
from hall.web.access import is_staff
from hall.web.desk.todo import actions, answers, moderation
from hall.web.desk.todo import meetings as meeting_todo
from hall.web.desk.todo import proposals as proposal_todo
from hall.web.desk.todo import roll as roll_todo
from hall.web.desk.todo.item import PRESS, Todo
from hall.web.i18n import gettext
from hall.web.notices.lines import Line, by_urgency, short, timed

# Rooms of the desk whose things somebody waits for, and the icon of each.
ROOMS = (
    (answers.gather, "talk"),
    (proposal_todo.gather, "pen"),
    (actions.gather, "flag"),
    (moderation.gather, "shield"),
    (roll_todo.gather, "users"),
)
# Pressing others and writing down what was heard are work of the desk: nobody waits for them.
DESK_ONLY = frozenset({PRESS, proposal_todo.COLLECTING})


def waiting(actor: Actor, estate: EstateRow, now: datetime) -> list[Line]:
    """Everything that waits for this person here, the urgent first."""
    posts = people.posts_of(actor, estate.id, clock.local_date(now))
    desk_only = {gettext(word) for word in DESK_ONLY}
    found = [_line(t, "cal") for t in meeting_todo.gather(actor, estate, posts, now)]
    if is_staff(actor, estate.id):
        found += (
            _line(t, icon)
            for gather, icon in ROOMS
            for t in gather(actor, estate, posts, now)
            if t.word not in desk_only
        )
    found += _ballots(actor, estate, now)
    found += _rounds(actor, estate, now)
    there = {line.href for line in found}
    # Who signs minutes for a body is not asked a second time to check them.
    found += (line for line in _minutes(actor, estate, now) if line.href not in there)
    found += _roll(actor, estate, now)
    found += _appeals(actor, estate)
    return by_urgency(found)


def _line(t: Todo, icon: str) -> Line:
    """A thing of the desk; its chip says how long there is time, when it is not late."""
    # The gatherers date what has no end by when it began; only what lies ahead is a deadline.
    ahead = t.due is not None and t.due > clock.now()
    word = filters.time_left(t.due) if ahead and t.due and t.chip != "late" else t.word
    return Line(t.what, t.why, t.href, icon, t.chip, word, t.due if ahead else None)


def _ballots(actor: Actor, estate: EstateRow, now: datetime) -> Iterator[Line]:
    for home in ballots.home_cards(estate.id, actor, now):
        close_at = home.card.close_at
        if home.mine == "waiting" and close_at is not None:
            yield timed(
                gettext("投票：%(title)s", title=home.card.title),
                gettext("%(time)s 截止", time=filters.deadline(close_at)),
                url_for("ballots.show", n=home.card.n),
                "check",
                close_at,
                now,
            )


def _rounds(actor: Actor, estate: EstateRow, now: datetime) -> Iterator[Line]:
    """Rounds of comment open now in which this person has not spoken."""
    if actor.account_id is None or not may(actor, Action.COMMENT, estate.id):
        return
    opened = [
        (card, r)
        for card in proposals.on_desk(estate.id)
        if card.state is State.DISCUSSING
        and (r := card.round(now)) is not None
        and r.phase(now) == "open"
    ]
    last = queries.spoke_last(actor.account_id, [card.thread_id for card, _ in opened])
    for card, r in opened:
        spoke = last.get(card.thread_id)
        if spoke is None or spoke < r.opens_at:
            yield timed(
                gettext("说说意见：%(title)s", title=card.title),
                gettext(
                    "第 %(n)s 轮意见 %(time)s 截止，您还没说过",
                    n=r.n,
                    time=filters.deadline(r.closes_at),
                ),
                url_for("proposals.show", n=card.n),
                "talk",
                r.closes_at,
                now,
            )


def _minutes(actor: Actor, estate: EstateRow, now: datetime) -> Iterator[Line]:
    """Minutes of meetings one was at, and what was answered to one's corrections in them."""
    for paper in meetings.to_check(estate.id, actor, now):
        yield timed(
            gettext("核对纪要：%(title)s", title=paper.title),
            gettext(
                "您在会上。有不对的地方，%(time)s 前可以提更正",
                time=filters.deadline(paper.sign_by),
            ),
            url_for("meetings.minutes", n=paper.meeting_n),
            "doc",
            paper.sign_by,
            now,
        )
    for row in queries.minutes_corrections(actor, estate.id):
        if row.taken is None or row.sign_by is None or now >= row.sign_by:
            continue
        yield timed(
            gettext("看更正的答复：%(title)s", title=row.title),
            gettext("采纳了，写进下一稿")
            if row.taken
            else gettext(
                "没有采纳，理由写在旁边。%(time)s 前可以再提", time=filters.deadline(row.sign_by)
            ),
            url_for("meetings.minutes", n=row.meeting_n),
            "doc",
            row.sign_by,
            now,
        )


def _roll(actor: Actor, estate: EstateRow, now: datetime) -> Iterator[Line]:
    """Answers to one's corrections of the roll, while one can still ask again."""
    persons = actor.persons_in(estate.id)
    shown = roll.latest_publication(estate.id) if persons else None
    if shown is None or now >= shown.corrections_until:
        return
    for row in roll.corrections(estate.id, persons):
        if row.answered_at is None or row.answered_at < shown.published_at:
            continue
        said = gettext("已更正") if row.accepted else gettext("没有更正")
        yield timed(
            gettext("看名册更正的答复：%(text)s", text=short(row.text)),
            gettext(
                "%(said)s：%(answer)s。%(time)s 前可以再提",
                said=said,
                answer=short(row.answer),
                time=filters.deadline(shown.corrections_until),
            ),
            url_for("roll.public"),
            "users",
            shown.corrections_until,
            now,
        )


def _appeals(actor: Actor, estate: EstateRow) -> Iterator[Line]:
    """Comments of one's own that were masked or hidden: one may ask for a second look."""
    if actor.account_id is None:
        return
    for row in queries.appealable(actor.account_id, estate.id):
        hidden = row.act == "hide"
        yield Line(
            gettext("您的意见被隐去了：%(text)s", text=short(row.text))
            if hidden
            else gettext("您的意见有几个字被遮住了：%(text)s", text=short(row.text)),
            gettext("%(day)s 处理的，理由写在那里。不同意可以要求复核", day=filters.day(row.at)),
            url_for("threads.comment", thread_id=row.thread_id, comment_id=row.comment_id),
            "shield",
            "line",
            gettext("可以要求复核"),
        )
