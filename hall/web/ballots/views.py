"""The voters' pages: the list, the notice, the sheet in three steps, the receipt, who has taken part."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from hall import clock
from hall.ballots import queries, service
from hall.ballots.queries import BallotRow, VoterGroup
from hall.ballots.rules import Phase
from hall.errors import Blocker, NotFound, Refused
from hall.permissions import Action
from hall.resolutions import queries as resolutions
from hall.web.access import allowed, current_actor, current_estate, public, signed_in
from hall.web.ballots import page, sheet, stops, words
from hall.web.caching import whole_page
from hall.web.i18n import ZH, in_language

bp = Blueprint("ballots", __name__, url_prefix="/e/<slug>/ballots")


@bp.get("")
@public
@whole_page()
def index() -> Response:
    """All ballots of the estate: open, coming, past; drafts are nobody's business yet."""
    estate, actor, now = current_estate(), current_actor(), clock.now()
    cards = queries.every(estate.id, drafts=False)
    phases = {c.n: c.phase(now) for c in cards}
    mine: dict[int, str] = {}
    if actor.signed_in:
        mine = {h.card.n: h.mine for h in queries.home_cards(estate.id, actor, now)}
    body = render_template(
        "ballots/index.html", cards=cards, phases=phases, mine=mine, words=words, Phase=Phase
    )
    return make_response(body)


@bp.get("/<int:n>")
@public
@whole_page(turnout=True)
def show(n: int) -> Response:
    """A ballot as it stands: its notice, its sheet, its turnout, or where its result is."""
    ballot, now = _noticed(n), clock.now()
    if ballot.phase(now) is Phase.OPEN:
        return _open(ballot)
    recused = queries.recused(ballot)
    over = ballot.phase(now) is not Phase.NOTICED
    body = render_template(
        "ballots/show.html",
        ballot=ballot,
        recused=recused,
        # after the close every owner finds his own recorded sheet.
        own=queries.voter_page(ballot, current_actor(), now).groups if over else (),
        phase=ballot.phase(now),
        docno=resolutions.of_ballot(ballot.id),
        words=words,
        page=page,
        Phase=Phase,
    )
    return make_response(body)


@bp.get("/<int:n>/notice")
@public
@whole_page()
def notice(n: int) -> Response:
    """The notice 公告 as an A4 sheet to print and post up."""
    ballot = _noticed(n)
    body = render_template(
        "ballots/notice.html",
        draft=False,
        ballot=ballot,
        estate=current_estate(),
        paper=in_language(ZH, lambda: words.on_paper(ballot)),
        words=words,
        page=page,
    )
    return make_response(body)


@bp.post("/<int:n>/review")
@allowed(Action.CAST)
def review(n: int) -> Response:
    """Step 2: what was chosen, to be checked. Writes nothing."""
    ballot, now, actor = _noticed(n), clock.now(), current_actor()
    posted = sheet.read()
    group = queries.voter_page(ballot, actor, now).group_of(posted.entry_id)
    blockers = service.check_answers(
        actor,
        ballot.estate_id,
        n,
        entry_id=posted.entry_id,
        answers=posted.answers,
        digest=posted.digest,
        now=now,
    )
    if group is not None and blockers and stops.fixable(blockers):
        return _vote(ballot, group, posted, blockers, 422)
    if blockers or group is None:
        return stops.screen(ballot, blockers, group, now, posted.seen)
    return _review(ballot, group, posted)


@bp.post("/<int:n>/cast")
@allowed(Action.CAST)
def cast_(n: int) -> Response:
    """Step 3: cast the sheet, then see the receipt. The same key again leads to the same receipt."""
    posted, now, actor = sheet.read(), clock.now(), current_actor()
    if not 16 <= len(posted.key) <= sheet.MAX_KEY:
        raise BadRequest
    try:
        receipt_ = service.cast(
            actor,
            current_estate().id,
            n,
            entry_id=posted.entry_id,
            answers=posted.answers,
            digest=posted.digest,
            request_key=posted.key,
            now=now,
        )
    except Refused as refusal:
        ballot = _noticed(n)
        group = queries.voter_page(ballot, actor, now).group_of(posted.entry_id)
        if group is not None and stops.fixable(refusal.blockers):
            return _vote(ballot, group, posted, refusal.blockers, 422)
        return stops.screen(ballot, refusal.blockers, group, now, posted.seen)
    return cast(Response, redirect(url_for(".receipt", n=n, code=receipt_.code), 303))


@bp.get("/<int:n>/receipts/<code>")
@signed_in
def receipt(n: int, code: str) -> str:
    """What the server keeps of one's own sheet: the code, the time, what it counts for."""
    ballot, actor, now = _noticed(n), current_actor(), clock.now()
    row = queries.receipt(ballot, code, actor, now)
    groups = queries.voter_page(ballot, actor, now).groups
    group = next((g for g in groups if any(s.receipt == row.code for s in g.sheets)), None)
    return render_template(
        "ballots/receipt.html",
        ballot=ballot,
        receipt=row,
        picture=page.own_building(ballot, queries.turnout(ballot.id), group),
        open=ballot.phase(now) is Phase.OPEN,
        words=words,
        page=page,
    )


@bp.post("/<int:n>/contest")
@allowed(Action.CONTEST_ENTRY)
def contest(n: int) -> Response:
    """A co-owner disputes the sheet another co-owner cast for their flat, before close."""
    ballot, now = _noticed(n), clock.now()
    entry = sheet.number(request.form.get("sheet", ""))
    reason = request.form.get("reason", "").strip()[:500]
    service.contest(current_actor(), ballot.estate_id, n, entry, reason, now=now)
    return cast(Response, redirect(url_for(".show", n=n, sheet=entry), 303))


def _noticed(n: int) -> BallotRow:
    """A ballot the public may see. Raises NotFound, for a draft as for none."""
    ballot = queries.get(current_estate().id, n)
    if ballot.noticed_at is None:
        raise NotFound("ballot")
    return ballot


def _open(ballot: BallotRow) -> Response:
    """While voting runs: the sheet for who may cast it now, participation for everyone else."""
    actor, now = current_actor(), clock.now()
    groups = queries.voter_page(ballot, actor, now).groups
    asked = request.args.get("sheet", "")
    group = _asked_group(groups, asked)
    if (
        group is not None
        and not group.blockers
        and (group.sheet is None or "again" in request.args)
    ):
        return _vote(ballot, group)
    if group is not None and group.sheets and not group.blockers and not ballot.replaceable:
        return _vote(ballot, group)  # a bought flat that joins a sheet already cast
    turnout = queries.turnout(ballot.id)
    recused = queries.recused(ballot)
    body = render_template(
        "ballots/open.html",
        ballot=ballot,
        recused=recused,
        groups=groups,
        group=group,
        stop=stops.kind(group.blockers) if group else "",
        part=page.participation(ballot, turnout, groups),
        words=words,
        page=page,
    )
    return make_response(body)


def _asked_group(groups: tuple[VoterGroup, ...], asked: str) -> VoterGroup | None:
    """The group in ?sheet=, or the only one; several groups are for the visitor to choose from."""
    if asked:
        entry = sheet.number(asked)
        found = next((g for g in groups if entry in g.entry_ids), None)
        if found is None:
            raise NotFound("roll_entry")
        return found
    return groups[0] if len(groups) == 1 else None


def _vote(
    ballot: BallotRow,
    group: VoterGroup,
    posted: sheet.Posted | None = None,
    blockers: tuple[Blocker, ...] = (),
    status: int = 200,
) -> Response:
    """Step 1: the sheet, with what is wrong on top when it came back."""
    joins = bool(group.sheets) and len(group.sheets) < len(group.entries)
    if joins:
        return _review(ballot, group, None)
    body = render_template(
        "ballots/vote.html",
        ballot=ballot,
        group=group,
        posted=posted,
        blockers=blockers,
        at={b.facts.get("question"): b for b in blockers},
        sheet=sheet,
        words=words,
        page=page,
    )
    return make_response(body, status)


def _review(ballot: BallotRow, group: VoterGroup, posted: sheet.Posted | None) -> Response:
    """Step 2, or the only step of a flat that joins a sheet already cast."""
    return make_response(
        render_template(
            "ballots/review.html",
            ballot=ballot,
            group=group,
            posted=posted,
            key=sheet.new_key(),
            sheet=sheet,
            words=words,
            page=page,
        )
    )
