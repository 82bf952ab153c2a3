"""The form of a position, the page of interests, and the matrix on a proposal's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, Forbidden, NotFound, Refused
from hall.people.queries import PostRow
from hall.permissions import Action, may
from hall.positions import queries, rules, service
from hall.proposals import queries as proposals
from hall.proposals.queries import ProposalRow
from hall.proposals.rules.state import PUBLIC
from hall.web.access import allowed, current_actor, current_estate, current_posts, public
from hall.web.i18n import N_
from hall.web.proposals.blueprint import extra, strip_source

bp = Blueprint("positions", __name__)
BASE = "/e/<slug>/proposals/<int:n>"

# What is written beside each radio, in the order of the form.
STANCES = (
    ("support", N_("照这一稿办")),
    ("conditional", N_("改了某一点就赞成")),
    ("reserved", N_("不拦，但有担心")),
    ("object", N_("说明为什么")),
    ("abstain", N_("看过了，不表示赞成或不赞成")),
    ("recused", N_("有利害，只讲情况")),
)
KINDS = {
    "contract": N_("合同"),
    "family": N_("亲属"),
    "money": N_("钱"),
    "other": N_("其他"),
    "own_contract": N_("自己的合同"),
}


@extra
def on_proposal(row: ProposalRow, now: datetime) -> Mapping[str, object]:
    """What a proposal's page shows of the five bodies."""
    hats = speakers() if row.state in rules.OPEN_STATES else ()
    return {"matrix": queries.matrix_of(row, now), "position_hats": hats}


@strip_source
def on_lists(ids: Sequence[int], _now: datetime) -> Mapping[int, object]:
    """The five seals of each proposal in a list."""
    return queries.strips(ids)


def speakers() -> tuple[PostRow, ...]:
    """The visitor's posts that speak for a body here today."""
    estate, actor = current_estate(), current_actor()
    if not may(actor, Action.TAKE_POSITION, estate.id):
        return ()
    return tuple(p for p in current_posts() if rules.may_speak(p.body, p.title))


@bp.get(f"{BASE}/positions/new")
@allowed(Action.TAKE_POSITION)
def new(n: int) -> str:
    """The form of a position; with several posts, first under which."""
    row = _row(n)
    return _form(row, _hat(request.args.get("post", "")), {})


@bp.post(f"{BASE}/positions")
@allowed(Action.TAKE_POSITION)
def take(n: int) -> AnyResponse:
    """State it; an interest named in the same form is declared first."""
    row = _row(n)
    hat = _hat(request.form.get("post", ""))
    if hat is None:
        raise Forbidden(Action.TAKE_POSITION)
    typed = {k: _posted(k) for k in ("interest", "kind", "text", "stance", "reason")}
    try:
        _declare_first(row, hat, typed)
        service.take(
            current_actor(),
            row.estate_id,
            row.id,
            post_id=hat.id,
            stance=typed["stance"],
            reason=typed["reason"],
            now=clock.now(),
        )
    except Refused as error:
        return Response(_form(row, hat, typed, error.blockers), 422)
    return redirect(url_for("proposals.show", n=n, _anchor="g5"), 303)


@bp.get(f"{BASE}/interests")
@public
def interests(n: int) -> str:
    """Every interest declared in a proposal, those that ended too."""
    return _interests(_row(n))


@bp.post(f"{BASE}/interests")
@allowed(Action.DECLARE_INTEREST)
def declare(n: int) -> AnyResponse:
    """Declare an interest of one's body or of oneself."""
    row = _row(n)
    hat = _hat(request.form.get("post", ""))
    if hat is None:
        raise Forbidden(Action.DECLARE_INTEREST)
    typed = {k: _posted(k) for k in ("interest", "kind", "text")}
    try:
        if typed["interest"] not in ("whole", "me"):
            raise Refused(Blocker("interest_whose_missing"))
        _declare(row, hat, typed)
    except Refused as error:
        return Response(_interests(row, typed, declare_why=error.blockers), 422)
    return redirect(url_for("positions.interests", n=n), 303)


@bp.post(f"{BASE}/interests/<int:interest_id>/end")
@allowed(Action.DECLARE_INTEREST)
def end(n: int, interest_id: int) -> AnyResponse:
    """Say for another body that an interest no longer stands."""
    row = _row(n)
    hat = _hat(request.form.get("post", ""))
    if hat is None:
        raise Forbidden(Action.DECLARE_INTEREST)
    if interest_id not in {i.id for i in queries.interests(row.id, ended=True)}:
        raise NotFound("interest")
    reason = _posted("reason")
    try:
        service.end_interest(
            current_actor(),
            row.estate_id,
            interest_id,
            post_id=hat.id,
            reason=reason,
            now=clock.now(),
        )
    except Refused as error:
        page = _interests(row, {"reason": reason}, end_why={interest_id: error.blockers})
        return Response(page, 422)
    return redirect(url_for("positions.interests", n=n), 303)


def _row(n: int) -> ProposalRow:
    row = proposals.get(current_estate().id, n)
    if row.state not in PUBLIC:
        raise NotFound("proposal")
    return row


def _posted(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def _hat(post: str) -> PostRow | None:
    """The speaking post asked for; the only one when none is named."""
    hats = speakers()
    if not post and len(hats) == 1:
        return hats[0]
    return next((h for h in hats if str(h.id) == post), None)


def _declare_first(row: ProposalRow, hat: PostRow, typed: Mapping[str, str]) -> None:
    """Declare the interest named in the form; nothing is kept when the stance does not fit it."""
    if typed["interest"] not in ("whole", "me"):
        return
    if typed["interest"] == "whole" and typed["stance"] != rules.Stance.RECUSED:
        raise Refused(Blocker("body_can_only_recuse", {"body": hat.body}))
    held = {(i.body, i.person_id) for i in queries.interests(row.id)}
    whose = None if typed["interest"] == "whole" else hat.person_id
    if (hat.body, whose) not in held:
        _declare(row, hat, typed)


def _declare(row: ProposalRow, hat: PostRow, typed: Mapping[str, str]) -> None:
    service.declare(
        current_actor(),
        row.estate_id,
        row.id,
        post_id=hat.id,
        whole_body=typed["interest"] == "whole",
        kind=typed["kind"],
        text=typed["text"],
        now=clock.now(),
    )


def _form(
    row: ProposalRow,
    hat: PostRow | None,
    typed: Mapping[str, str],
    why: tuple[Blocker, ...] = (),
) -> str:
    now = clock.now()
    matrix = queries.matrix(row.id, now)
    who = queries.barred(row.id)
    rounds = [r for r in proposals.rounds(row.id) if r.opens_at <= now]
    before = queries.elsewhere(row.estate_id, hat.body, row.id) if hat else ()
    return render_template(
        "positions/form.html",
        p=row,
        hat=hat,
        hats=speakers(),
        round=rounds[-1] if rounds else None,
        others=[r for r in matrix.rows if hat is None or r.body != hat.body],
        own=next((r for r in matrix.rows if hat is not None and r.body == hat.body), None),
        barred=who.body(hat.body) if hat else None,
        silent=who.person(current_actor().persons_in(row.estate_id)),
        shut=rules.state_blockers(row.state),
        before=before,
        refs=proposals.refs(b.proposal_id for b in before),
        stances=STANCES,
        kinds=KINDS,
        guide=rules.GUIDE,
        now=now,
        typed=dict.fromkeys(("interest", "kind", "text", "stance", "reason"), "") | dict(typed),
        why=why,
    )


def _interests(
    row: ProposalRow,
    typed: Mapping[str, str] | None = None,
    *,
    declare_why: tuple[Blocker, ...] = (),
    end_why: Mapping[int, tuple[Blocker, ...]] | None = None,
) -> str:
    return render_template(
        "positions/interests.html",
        p=row,
        interests=queries.interests(row.id, ended=True),
        own_contract=row.matter == rules.OWN_CONTRACT_MATTER,
        hats=speakers() if row.state in rules.OPEN_STATES else (),
        kinds=KINDS,
        typed=dict.fromkeys(("interest", "kind", "text", "reason"), "") | dict(typed or {}),
        declare_why=declare_why,
        end_why=end_why or {},
    )
