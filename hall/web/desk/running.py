"""Ballots from the desk: the list, participation and nothing else while one runs, and its two brakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.ballots import queries as ballots
from hall.ballots import service
from hall.ballots.queries import BallotRow, DayTurnout
from hall.ballots.rules import ExtendFacts, Phase, Times, latest_close
from hall.counting.decision import Gate
from hall.errors import Blocker, NotFound, Refused
from hall.estates import queries as estates
from hall.journal import service as journal
from hall.people import queries as people
from hall.permissions import TABLE, Action, Role
from hall.roll import queries as roll
from hall.rulesets.rules import Rule
from hall.web import filters
from hall.web.access import admits, allowed, current_actor, current_estate
from hall.web.ballots import windows
from hall.web.desk import typed, words
from hall.web.desk.blueprint import bp, posted, posted_number


@dataclass(frozen=True, slots=True)
class Meters:
    """Both participation lines of a ballot with a rule."""

    heads: Gate
    area: Gate


def meters(rule: Rule, part: tuple[int, int], whole: tuple[int, int]) -> Meters:
    """Participation (heads, cm²) against the rule's lines."""
    return Meters(
        Gate("participation", "heads", part[0], whole[0], rule.quorum_heads),
        Gate("participation", "area", part[1], whole[1], rule.quorum_area),
    )


def noticed(n: int) -> BallotRow:
    """Ballot n once its notice is out. Raises NotFound for a draft."""
    ballot = ballots.get(current_estate().id, n)
    if ballot.noticed_at is None:
        raise NotFound("ballot")
    return ballot


@bp.get("/desk/<slug>/ballots/", endpoint="ballots")
@allowed(Action.SEE_TURNOUT, Action.DRAFT_BALLOT)
def ballots_list() -> str:
    """Drafts for who drafts, and every ballot ever noticed."""
    now = clock.now()
    cards = ballots.every(current_estate().id, drafts=admits(current_actor(), Action.DRAFT_BALLOT))
    return render_template(
        "desk/ballots.html",
        drafts=[c for c in cards if c.phase(now) is Phase.DRAFT],
        others=[(c, c.phase(now)) for c in cards if c.phase(now) is not Phase.DRAFT],
        phases=words.PHASES,
    )


@bp.get("/desk/<slug>/ballots/<int:n>/")
@allowed(Action.SEE_TURNOUT)
def ballot(n: int) -> str:
    """Participation only: two meters, the houses, each building, each day. Never a choice."""
    now = clock.now()
    row = noticed(n)
    turnout = ballots.turnout(row.id)
    phase = row.phase(now)
    rule = row.rule
    part = (turnout.heads, turnout.area)
    whole = (turnout.heads_total, turnout.area_total)
    scoped = _own_buildings()
    return render_template(
        "desk/ballot.html",
        ballot=row,
        phase=phase,
        Phase=Phase,
        chip_look=words.PHASES[phase],
        turnout=turnout,
        rule=rule,
        meters=meters(rule, part, whole) if rule else None,
        blocks=windows.blocks(windows.windows(row.estate_id), turnout),
        buildings=sorted(turnout.buildings, key=lambda b: b.sheets - b.entries),
        entrances=ballots.entrance_turnout(row.id),
        nameable={
            b.building_id for b in turnout.buildings if scoped is None or b.building_id in scoped
        },
        daily=_daily(ballots.daily_turnout(row.id), row),
        days=_days(row),
        contests=ballots.contests(row.id),
        extend_why=service.extend_blockers(row.estate_id, n, now),
        void_why=service.void_blockers(row.estate_id, n, now),
        result=ballots.result(row.id),
        now=now,
    )


@bp.post("/desk/<slug>/ballots/<int:n>/missing")
@allowed(Action.SEE_TURNOUT)
def missing(n: int) -> str:
    """The entries of a building without a sheet; each look is in the journal with who looked."""
    row = noticed(n)
    building_id = posted_number("building_id")
    names = {b.id: b.name for b in estates.buildings(row.estate_id)}
    if building_id is None or building_id not in names:
        raise NotFound("building")
    scoped = _own_buildings()
    if scoped is not None and building_id not in scoped:
        raise NotFound("building")
    if row.phase(clock.now()) is not Phase.OPEN:
        raise Refused(_window_blocker(row.times))
    now = clock.now()
    journal.note(
        current_actor(),
        "ballots.look",
        "ballot",
        row.id,
        estate_id=row.estate_id,
        now=now,
        n=n,
        building=names[building_id],
    )
    return render_template(
        "desk/missing.html",
        ballot=row,
        building=names[building_id],
        entries=ballots.entry_list(row.id, building_id=building_id, missing_only=True),
        at=now,
    )


@bp.get("/desk/<slug>/ballots/<int:n>/extend")
@allowed(Action.EXTEND_BALLOT)
def extend_ask(n: int) -> str:
    """Close later: how late at most, and why."""
    return _extend_page(noticed(n))


@bp.post("/desk/<slug>/ballots/<int:n>/extend")
@allowed(Action.EXTEND_BALLOT)
def extend(n: int) -> AnyResponse:
    """Close later, once."""
    row = noticed(n)
    close_at = typed.instant_or_none(posted("close_at", 20))
    reason = posted("reason", 2000)
    if close_at is None:
        why = (Blocker("new_close_missing"),)
        return Response(_extend_page(row, why, posted("close_at", 20), reason), 422)
    try:
        service.extend(current_actor(), row.estate_id, n, close_at, reason, now=clock.now())
    except Refused as error:
        return Response(_extend_page(row, error.blockers, posted("close_at", 20), reason), 422)
    return redirect(url_for("desk.ballot", n=n), 303)


def _extend_page(
    row: BallotRow, why: tuple[Blocker, ...] = (), close_at: str = "", reason: str = ""
) -> str:
    last = latest_close(ExtendFacts(row.times, row.ruleset, row.extended_from))
    return render_template(
        "desk/extend.html",
        ballot=row,
        why=why,
        close_at=close_at,
        reason=reason,
        latest=last,
        closed_doors=() if why else service.extend_blockers(row.estate_id, row.n, clock.now()),
    )


@bp.get("/desk/<slug>/ballots/<int:n>/void")
@allowed(Action.VOID_BALLOT)
def void_ask(n: int) -> str:
    """Declare void: what it means, and why."""
    row = noticed(n)
    closed = service.void_blockers(row.estate_id, n, clock.now())
    return render_template("desk/void.html", ballot=row, why=(), reason="", closed_doors=closed)


@bp.post("/desk/<slug>/ballots/<int:n>/void")
@allowed(Action.VOID_BALLOT)
def void(n: int) -> AnyResponse:
    """Declare void; nothing is deleted."""
    row = noticed(n)
    reason = posted("reason", 2000)
    try:
        service.void(current_actor(), row.estate_id, n, reason, now=clock.now())
    except Refused as error:
        page = render_template(
            "desk/void.html", ballot=row, why=error.blockers, reason=reason, closed_doors=()
        )
        return Response(page, 422)
    return redirect(url_for("desk.ballot", n=n), 303)


@bp.get("/desk/<slug>/ballots/<int:n>/contests/<int:entry_id>")
@allowed(Action.RECORD_REPRESENTATIVE)
def contest(n: int, entry_id: int) -> str:
    """Co-owners disagree: record whom they nominated together."""
    return _contest_page(noticed(n), entry_id)


@bp.post("/desk/<slug>/ballots/<int:n>/contests/<int:entry_id>")
@allowed(Action.RECORD_REPRESENTATIVE)
def contest_settle(n: int, entry_id: int) -> AnyResponse:
    """Store the nomination; the nominee's sheet stands."""
    row = noticed(n)
    person_id = posted_number("person_id") or 0
    evidence = posted("evidence", 1000)
    try:
        service.settle_contest(
            current_actor(), row.estate_id, n, entry_id, person_id, evidence, now=clock.now()
        )
    except Refused as error:
        return Response(_contest_page(row, entry_id, error.blockers, person_id, evidence), 422)
    if admits(current_actor(), Action.SEE_TURNOUT):
        return redirect(url_for("desk.ballot", n=n), 303)
    return redirect(url_for("desk.today"), 303)


def _contest_page(
    row: BallotRow,
    entry_id: int,
    why: tuple[Blocker, ...] = (),
    person_id: int = 0,
    evidence: str = "",
) -> str:
    found = [c for c in ballots.contests(row.id) if c.entry_id == entry_id]
    if not found:
        raise NotFound("contest")
    return render_template(
        "desk/contest.html",
        ballot=row,
        contest=found[0],
        holders=roll.who_may_cast(entry_id, clock.now()),
        why=why,
        person_id=person_id,
        evidence=evidence,
    )


def _own_buildings() -> frozenset[int] | None:
    """The buildings a steward is for; None for who may see them all."""
    actor, estate = current_actor(), current_estate()
    wider = TABLE[Action.SEE_TURNOUT] - {Role.STEWARD}
    if not wider.isdisjoint(actor.roles_in(estate.id)):
        return None
    mine = actor.persons_in(estate.id)
    posts = people.posts(estate.id, clock.local_date(clock.now()))
    return frozenset(
        p.building_id for p in posts if p.person_id in mine and p.building_id is not None
    )


def _window_blocker(times: Times) -> Blocker:
    if times.open_at is not None and clock.now() < times.open_at:
        return Blocker("voting_not_open", {"open_at": times.open_at}, None, times.open_at)
    return Blocker("voting_closed", {"closed_at": times.close_at})


def _days(row: BallotRow) -> int:
    if row.open_at is None or row.close_at is None:
        return 1
    last = clock.local_date(row.close_at - timedelta(microseconds=1))
    return (last - clock.local_date(row.open_at)).days + 1


def _daily(found: tuple[DayTurnout, ...], row: BallotRow) -> list[tuple[str, int]]:
    """Every day of the window up to today, the last known sum carried on over quiet days."""
    if row.open_at is None or row.close_at is None:
        return []
    by_day = {d.day: d.heads for d in found}
    first = clock.local_date(row.open_at)
    last = min(clock.local_date(clock.now()), clock.local_date(row.close_at))
    out: list[tuple[str, int]] = []
    heads = 0
    day: date = first
    while day <= last:
        heads = by_day.get(day, heads)
        out.append((filters.day(day), heads))
        day = clock.add_days(day, 1)
    return out
