"""The roll made public: for how long, what owners ask to correct, and the answers."""

from __future__ import annotations

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.ballots.queries import active_rules
from hall.errors import Blocker, Refused
from hall.permissions import Action
from hall.roll import queries as roll
from hall.roll import service
from hall.roll.queries import listing
from hall.roll.rules.naming import natural_key
from hall.web.access import allowed, current_actor, current_estate
from hall.web.desk.blueprint import posted, posted_number
from hall.web.roll import words
from hall.web.roll.blueprint import bp

DAYS = 7


@bp.get("/desk/<slug>/roll/publish")
@allowed(Action.PUBLISH_ROLL)
def publish_ask() -> str:
    """How long the roll is public, what stands in the way, what it will say."""
    return _publish_page()


@bp.post("/desk/<slug>/roll/publish")
@allowed(Action.PUBLISH_ROLL)
def publish() -> AnyResponse:
    """Make today's roll public."""
    days = posted_number("days") or 0
    try:
        service.publish_roll(current_actor(), current_estate().id, days=days, now=clock.now())
    except Refused as error:
        return Response(_publish_page(error.blockers, posted("days", 4)), 422)
    return redirect(url_for("roll.index"), 303)


def _publish_page(why: tuple[Blocker, ...] = (), days: str = "") -> str:
    now = clock.now()
    estate = current_estate()
    rules, _ = active_rules(estate.id, now)
    least = rules.roll_publicity_days if rules and rules.roll_publicity_days else DAYS
    totals = roll.entry_totals(estate.id)
    state = roll.publication_state(estate.id, now)
    closed = () if why else service.why_not_publish_roll(state, totals.entries, least)
    return render_template(
        "roll/publish.html",
        why=why,
        days=days or str(least),
        least=least,
        totals=totals,
        state=state,
        closed=closed,
    )


@bp.get("/desk/<slug>/roll/corrections")
@allowed(Action.ANSWER_CORRECTION)
def corrections() -> str:
    """Requests of owners, unanswered first."""
    return _corrections_page()


@bp.post("/desk/<slug>/roll/corrections/<int:correction_id>")
@allowed(Action.ANSWER_CORRECTION)
def correction_answer(correction_id: int) -> AnyResponse:
    """Answer one; the change itself is made by import or transfer."""
    accepted, answer = posted("accepted", 3), posted("answer", 2000)
    try:
        if accepted not in ("yes", "no"):
            raise Refused(Blocker("answer_choice_missing"))
        service.answer_correction(
            current_actor(),
            current_estate().id,
            correction_id,
            accepted=accepted == "yes",
            answer=answer,
            now=clock.now(),
        )
    except Refused as error:
        return Response(_corrections_page(error.blockers, correction_id, answer), 422)
    return redirect(url_for("roll.corrections"), 303)


def _corrections_page(why: tuple[Blocker, ...] = (), at: int = 0, answer: str = "") -> str:
    now = clock.now()
    return render_template(
        "roll/corrections.html",
        rows=roll.corrections(current_estate().id),
        state=roll.publication_state(current_estate().id, now),
        why=why,
        at=at,
        answer=answer,
    )


@bp.get("/e/<slug>/roll")
@allowed(Action.REQUEST_CORRECTION, Action.SEE_ROLL)
def public() -> str:
    """The published roll for the owners: rooms, areas, masked names, totals."""
    return _public_page()


@bp.post("/e/<slug>/roll")
@allowed(Action.REQUEST_CORRECTION)
def correction_ask() -> AnyResponse:
    """Ask for a correction."""
    unit_id, text = posted_number("unit_id"), posted("text", 2000)
    try:
        service.request_correction(
            current_actor(), current_estate().id, unit_id, text, now=clock.now()
        )
    except Refused as error:
        return Response(_public_page(error.blockers, unit_id, text), 422)
    return redirect(url_for("roll.public") + "#mine", 303)


def _public_page(why: tuple[Blocker, ...] = (), unit_id: int | None = None, text: str = "") -> str:
    now = clock.now()
    estate, actor = current_estate(), current_actor()
    persons = actor.persons_in(estate.id)
    published = roll.latest_publication(estate.id)
    units = listing.units(estate.id, now) if published else ()
    groups: dict[str, list[listing.UnitRow]] = {}
    for unit in sorted(units, key=lambda u: natural_key(u.label)):
        groups.setdefault(unit.building, []).append(unit)
    mine = [u for u in units if any(h.person_id in persons for h in u.holders)]
    return render_template(
        "roll/public.html",
        published=published,
        state=roll.publication_state(estate.id, now),
        groups=groups,
        mine=mine,
        asked=roll.corrections(estate.id, persons) if persons else (),
        why=why,
        unit_id=unit_id,
        text_typed=text,
        words=words,
    )
