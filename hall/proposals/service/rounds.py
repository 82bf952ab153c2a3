"""Rounds of comment 征求意见: opened for a time, closed only when every point has its answer."""

from __future__ import annotations

from datetime import datetime

from hall.clock import local_date
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.journal.service import record
from hall.people.queries import acting_post
from hall.permissions import Action, Actor, require
from hall.proposals.models import CommentRound, Proposal
from hall.proposals.queries.one import by_id, changes_from_window, rounds
from hall.proposals.queries.rows import ProposalRow, RoundRow, facts_of
from hall.proposals.rules import steps
from hall.proposals.rules import wording as words
from hall.proposals.service import load
from hall.threads.queries import open_points
from hall.threads.service.opening import set_window


def open_round(
    actor: Actor,
    estate_id: int,
    n: int,
    *,
    question: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
    post_id: int,
    now: datetime,
) -> int:
    """Open (or announce) a round on the newest version, for [opens_at, closes_at); gives back its number.

    Raises Forbidden, NotFound, Refused with all of: proposal_wrong_state, round_unsettled,
    round_window_missing, round_opens_in_past, round_too_short, round_too_long,
    proposal_field_too_long.
    """
    question = words.clean(question, one_line=True)
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.RUN_ROUNDS, estate_id)
        acting_post(actor, estate_id, post_id, local_date(now))
        before = load.round_facts(load.round_rows(row.id))
        found = steps.round_blockers(
            facts_of(row), before, now, opens_at=opens_at, closes_at=closes_at
        )
        refuse_if([*found, *words.too_much(question, "question", words.MOST_QUESTION)])
        if opens_at is None or closes_at is None:
            raise AssertionError("a missing window was refused")
        newest, _ = load.newest_wording(row.id)
        number = len(before) + 1
        db.session.add(
            CommentRound(
                proposal_id=row.id,
                n=number,
                version_n=newest,
                opens_at=opens_at,
                closes_at=closes_at,
                question=question,
            )
        )
        set_window(row.thread_id, opens_at=opens_at, closes_at=closes_at)
        _note(actor, row, "proposals.round_opened", now, round=number, version=newest)
        return number


def settle_blockers(
    proposal: ProposalRow, of: RoundRow, *, heard: str, nothing_changed: bool, now: datetime
) -> list[Blocker]:
    """Every reason why a round cannot be closed now; the page shows what this refuses."""
    points = open_points(proposal.thread_id, of.opens_at, of.closes_at)
    return steps.settle_round_blockers(
        of.facts,
        now,
        open_points=len(points),
        heard=heard,
        linked=changes_from_window(proposal, of),
        nothing_changed=nothing_changed,
    )


def settle_round(
    actor: Actor,
    estate_id: int,
    n: int,
    round_n: int,
    *,
    heard: str,
    nothing_changed: bool,
    post_id: int,
    now: datetime,
) -> None:
    """Close a round with what was heard and what changed; the next planned one may begin.

    Raises Forbidden, NotFound, Refused with all of: round_settled, round_not_ended, points_open,
    heard_missing, something_changed, change_unlinked, proposal_wrong_state, proposal_field_too_long.
    """
    heard = words.clean(heard)
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.RUN_ROUNDS, estate_id)
        post = acting_post(actor, estate_id, post_id, local_date(now))
        rows = load.round_rows(row.id)
        mine = next((r for r in rows if r.n == round_n), None)
        if mine is None:
            raise NotFound("round")
        shown = next(r for r in rounds(row.id) if r.n == round_n)
        refuse_if(
            [
                *steps.ended_blockers(facts_of(row)),
                *settle_blockers(
                    by_id(row.id), shown, heard=heard, nothing_changed=nothing_changed, now=now
                ),
                *words.too_much(heard, "heard", words.MOST_HEARD),
            ]
        )
        mine.heard, mine.nothing_changed = heard, nothing_changed
        mine.settled_at, mine.settled_name, mine.settled_body = now, post.name, post.body
        _begin_next(row, rows, now)
        _note(actor, row, "proposals.round_settled", now, round=round_n, nothing=nothing_changed)


def move_round(
    actor: Actor,
    estate_id: int,
    n: int,
    round_n: int,
    *,
    question: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
    now: datetime,
) -> None:
    """Give a round that has not begun another window or question; a running one only ends later.

    Raises Forbidden, NotFound, Refused with all of: round_settled, round_window_missing,
    round_opens_in_past, round_too_short, round_too_long, round_shortened, round_began,
    proposal_wrong_state, proposal_field_too_long.
    """
    question = words.clean(question, one_line=True)
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.RUN_ROUNDS, estate_id)
        rows = load.round_rows(row.id)
        mine = next((r for r in rows if r.n == round_n), None)
        if mine is None:
            raise NotFound("round")
        facts = load.round_facts([mine])[0]
        refuse_if(
            [
                *steps.move_blockers(
                    facts_of(row), facts, now, opens_at=opens_at, closes_at=closes_at
                ),
                *words.too_much(question, "question", words.MOST_QUESTION),
            ]
        )
        if opens_at is None or closes_at is None:
            raise AssertionError("a missing window was refused")
        mine.opens_at, mine.closes_at, mine.question = opens_at, closes_at, question
        first = next(r for r in rows if r.settled_at is None)
        if first is mine:
            set_window(row.thread_id, opens_at=opens_at, closes_at=closes_at)
        _note(actor, row, "proposals.round_moved", now, round=round_n)


def drop_round(actor: Actor, estate_id: int, n: int, round_n: int, *, now: datetime) -> None:
    """Strike a planned round that has not begun and is the last one; the journal keeps it.

    Raises Forbidden, NotFound, Refused: round_began, round_not_last.
    """
    with atomic() as session:
        row = load.handed_in(estate_id, n)
        require(actor, Action.RUN_ROUNDS, estate_id)
        rows = load.round_rows(row.id)
        mine = next((r for r in rows if r.n == round_n), None)
        if mine is None:
            raise NotFound("round")
        found = []
        if mine.settled_at is not None or mine.opens_at <= now:
            found.append(Blocker("round_began"))
        if mine is not rows[-1]:
            found.append(Blocker("round_not_last"))
        refuse_if(found)
        if all(r.settled_at is not None for r in rows if r is not mine):
            set_window(row.thread_id, opens_at=now, closes_at=now)
        _note(actor, row, "proposals.round_dropped", now, round=round_n, question=mine.question)
        session.delete(mine)


def _begin_next(row: Proposal, rows: list[CommentRound], now: datetime) -> None:
    """The next planned round opens as planned, or now at full length when its day has passed."""
    following = next((r for r in rows if r.settled_at is None), None)
    if following is None:
        return
    if following.opens_at < now:
        length = following.closes_at - following.opens_at
        following.opens_at, following.closes_at = now, now + length
    following.version_n, _ = load.newest_wording(row.id)
    set_window(row.thread_id, opens_at=following.opens_at, closes_at=following.closes_at)


def _note(actor: Actor, row: Proposal, action: str, now: datetime, **facts: object) -> None:
    record(actor, action, "proposal", row.id, estate_id=row.estate_id, now=now, n=row.n, **facts)
