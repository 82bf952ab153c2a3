"""Rounds on the desk: opening one, moving or striking a planned one, closing one with its summary."""

from __future__ import annotations

from datetime import datetime

from flask import Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, NotFound, Refused
from hall.permissions import Action
from hall.proposals import queries, service
from hall.proposals.queries import ProposalRow, RoundRow
from hall.threads.queries import open_points
from hall.web.access import allowed, current_actor
from hall.web.proposals.blueprint import DESK, bp, hats, posted, public_row, to_desk, whole
from hall.web.proposals.desk import page

WHEN = "%Y-%m-%dT%H:%M"
ONE_ROUND = DESK + "/<int:n>/rounds/<int:r>"


@bp.post(DESK + "/<int:n>/rounds")
@allowed(Action.RUN_ROUNDS)
def round_open(n: int) -> AnyResponse | str:
    """Open a round now, or announce one."""
    row, now = public_row(n), clock.now()
    opens = now if request.form.get("_now") else instant(posted("opens_at"))
    try:
        service.open_round(
            current_actor(),
            row.estate_id,
            n,
            question=posted("question"),
            opens_at=opens,
            closes_at=instant(posted("closes_at")),
            post_id=whole("_as") or 0,
            now=now,
        )
    except Refused as refusal:
        return Response(page(row, why=refusal.blockers, typed=_typed()), 422)
    return to_desk(n, _anchor="rounds")


@bp.post(ONE_ROUND + "/move")
@allowed(Action.RUN_ROUNDS)
def round_move(n: int, r: int) -> AnyResponse | str:
    """Another window or question; (drop=1) strike it."""
    row = public_row(n)
    the_round = _round(row, r)
    try:
        if request.form.get("_drop"):
            service.drop_round(current_actor(), row.estate_id, n, r, now=clock.now())
        else:
            opens = posted("opens_at")
            service.move_round(
                current_actor(),
                row.estate_id,
                n,
                r,
                question=posted("question"),
                opens_at=the_round.opens_at
                if opens == local_text(the_round.opens_at)
                else instant(opens),
                closes_at=instant(posted("closes_at")),
                now=clock.now(),
            )
    except Refused as refusal:
        return Response(page(row, why=refusal.blockers), 422)
    return to_desk(n, _anchor="rounds")


@bp.route(ONE_ROUND, methods=["GET", "POST"])
@allowed(Action.RUN_ROUNDS)
def round_settle(n: int, r: int) -> AnyResponse | str:
    """What is still open in a round, what was heard, what changed; closing it."""
    row = public_row(n)
    the_round = _round(row, r)
    if request.method == "GET":
        return _settle_page(row, the_round, the_round.heard, the_round.nothing_changed)
    heard, nothing = posted("heard"), bool(request.form.get("_nothing"))
    try:
        service.settle_round(
            current_actor(),
            row.estate_id,
            n,
            r,
            heard=heard,
            nothing_changed=nothing,
            post_id=whole("_as") or 0,
            now=clock.now(),
        )
    except Refused as refusal:
        return Response(_settle_page(row, the_round, heard, nothing, refusal.blockers), 422)
    return to_desk(n, _anchor="rounds")


def instant(text: str) -> datetime | None:
    """A Shanghai wall-clock time, or a day (its first moment), as an instant; None when unreadable."""
    text = text.strip()[:16].replace(" ", "T")
    try:
        local = datetime.strptime(text if "T" in text else f"{text}T00:00", WHEN)  # noqa: DTZ007
    except ValueError:
        return None
    if not 2000 <= local.year <= 2100:
        return None
    return clock.local_instant(local.date(), local.time())


def local_text(at: datetime) -> str:
    """An instant as the value of a datetime-local field."""
    return at.astimezone(clock.SHANGHAI).strftime(WHEN)


def _typed() -> dict[str, str]:
    return {name: posted(name) for name in ("question", "opens_at", "closes_at")}


def _round(row: ProposalRow, r: int) -> RoundRow:
    for one in queries.rounds(row.id):
        if one.n == r:
            return one
    raise NotFound("round")


def _settle_page(
    row: ProposalRow,
    the_round: RoundRow,
    heard: str,
    nothing: bool,
    why: tuple[Blocker, ...] = (),
) -> str:
    now = clock.now()
    versions = [v for v in queries.versions(row.id) if v.changes]
    named = {i for v in versions for c in v.changes for i in c.comment_ids}
    return render_template(
        "proposals/settle.html",
        p=row,
        r=the_round,
        now=now,
        points=open_points(row.thread_id, the_round.opens_at, the_round.closes_at),
        waiting=service.settle_blockers(
            row, the_round, heard=heard or "-", nothing_changed=nothing, now=now
        ),
        linked=queries.changes_from_window(row, the_round),
        versions=versions,
        caused=queries.caused_by(named),
        heard=heard,
        nothing=nothing,
        why=why,
        runners=hats(Action.RUN_ROUNDS),
    )


@bp.app_template_filter("local_field")
def _local_field(at: datetime) -> str:
    return local_text(at)
