"""The moderators' desk: published first, looked at after; never by who is criticised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from flask import Response, make_response, redirect, render_template, request, url_for

from hall import clock
from hall.errors import Blocker, Refused
from hall.people.queries import PostRow
from hall.people.rules.posts import role_of
from hall.permissions import TABLE, Action
from hall.threads import service
from hall.threads.queries import reports
from hall.threads.queries.reports import AppealRow, QueueRow
from hall.threads.rules import MODERATING, suggest_mask
from hall.web import messages
from hall.web.access import allowed, current_actor, current_estate
from hall.web.threads.blueprint import AS, bp, hats, whole
from hall.web.threads.owners import owners

DESK = "/desk/<slug>/moderation"
FIELDS = ("_act", "reason", "masked_text", AS)


@dataclass(frozen=True, slots=True)
class Case:
    """A comment to be looked at. posts: as whom this visitor may decide, none when he may not."""

    row: QueueRow
    appeal: AppealRow | None
    posts: tuple[PostRow, ...]
    party: bool
    first: bool
    handlers: tuple[str, ...]
    mask: str
    typed: Mapping[str, str]
    why: tuple[Blocker, ...]


@bp.get(DESK)
@allowed(Action.MODERATE)
def moderation() -> Response:
    """Reports and appeals that wait, with what was decided."""
    return _page()


@bp.get(DESK + "/<int:comment_id>")
@allowed(Action.MODERATE)
def case(comment_id: int) -> Response:
    """One comment, reported or decided on before: to look again or to restore it."""
    return _single(comment_id)


@bp.post(DESK + "/<int:comment_id>")
@allowed(Action.MODERATE)
def moderate(comment_id: int) -> Response:
    """Keep, mask, hide or restore."""
    try:
        service.moderate(
            current_actor(),
            current_estate().id,
            comment_id,
            act=request.form.get("_act", ""),
            reason=request.form.get("reason", ""),
            masked_text=request.form.get("masked_text", ""),
            post_id=whole(AS) or 0,
            now=clock.now(),
        )
    except Refused as refusal:
        if request.args.get("alone"):
            return _single(comment_id, refusal.blockers)
        return _page(("c", comment_id), refusal.blockers)
    return cast(Response, redirect(url_for("threads.moderation"), 303))


@bp.post(DESK + "/appeals/<int:appeal_id>")
@allowed(Action.MODERATE)
def decide_appeal(appeal_id: int) -> Response:
    """A second person decides an appeal."""
    answer = request.form.get("_act", "")
    try:
        if answer not in ("restore", "leave"):
            raise Refused(Blocker("act_missing"))
        service.decide_appeal(
            current_actor(),
            current_estate().id,
            appeal_id,
            uphold=answer == "restore",
            reason=request.form.get("reason", ""),
            post_id=whole(AS) or 0,
            now=clock.now(),
        )
    except Refused as refusal:
        return _page(("a", appeal_id), refusal.blockers)
    return cast(Response, redirect(url_for("threads.moderation"), 303))


def _posts() -> tuple[PostRow, ...]:
    return tuple(h for h in hats() if role_of(h.body, h.title) in TABLE[Action.MODERATE])


def _single(comment_id: int, why: tuple[Blocker, ...] = ()) -> Response:
    row = reports.one(current_estate().id, comment_id)
    return _render([_case(row, None, _posts(), why)], [], why, single=True)


def _page(refused: tuple[str, int] = ("", 0), why: tuple[Blocker, ...] = ()) -> Response:
    estate, posts = current_estate(), _posts()
    waiting = [_case(r, None, posts, why if refused == ("c", r.comment_id) else ())
               for r in reports.queue(estate.id)]  # fmt: skip
    asked = [_case(a.row, a, posts, why if refused == ("a", a.id) else ())
             for a in reports.appeals(estate.id)]  # fmt: skip
    return _render(waiting, asked, why)


def _render(
    waiting: list[Case], asked: list[Case], why: tuple[Blocker, ...], *, single: bool = False
) -> Response:
    estate, now = current_estate(), clock.now()
    year = clock.day_start(clock.local_date(now).replace(month=1, day=1))
    body = render_template(
        "threads/moderation.html",
        cases=waiting,
        appeals=asked,
        single=single,
        mine=sum(1 for c in (*waiting, *asked) if c.posts),
        # A refusal of what is not on the page any more is told on top.
        why=() if any(c.why for c in (*waiting, *asked)) else why,
        figures=reports.figures(estate.id, year),
        log=() if single else reports.log(estate.id),
        owners=owners({c.row.thread_id for c in (*waiting, *asked)}),
    )
    return make_response(body, 422 if why else 200)


def _case(
    row: QueueRow, appeal: AppealRow | None, posts: tuple[PostRow, ...], why: tuple[Blocker, ...]
) -> Case:
    account = current_actor().account_id
    party = account in row.parties
    first = appeal is not None and appeal.first_account == account
    may = () if party or first else tuple(p for p in posts if p.body not in row.barred)
    if not may and row.state != "shown":
        row = replace(row, text="")  # the sealed words are for who may decide on them
    typed = {k: request.form.get(k, "") if why else "" for k in FIELDS}
    return Case(
        row=row,
        appeal=appeal,
        posts=may,
        party=party,
        first=first,
        handlers=tuple(messages.who(b) for b in MODERATING if b not in row.barred),
        mask=typed.get("masked_text") or suggest_mask(row.text),
        typed=typed,
        why=why,
    )
