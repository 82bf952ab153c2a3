"""The public page of the five bodies, and the desk where their names and the party line are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.bodies import queries, service
from hall.bodies.queries import PartyGroupRow
from hall.bodies.rules import SEATS, Body, PartyKind, Title
from hall.errors import Blocker, Refused
from hall.estates import queries as estates
from hall.people import queries as people
from hall.people.queries import PostRow
from hall.permissions import Action
from hall.web.access import admits, allowed, current_actor, current_estate, public
from hall.web.bodies import words
from hall.web.caching import whole_page
from hall.web.threads import words as talk_words

bp = Blueprint("bodies", __name__)
DESK = "/desk/<slug>/bodies"
_NAMES = ("body", "name", "phone")
_GROUP = ("level", "building_id", "group_name", "group_contact")
_PARTY = ("kind", "party_name", "party_contact")


@bp.record_once
def _tell_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["title_of"] = talk_words.title


@dataclass(frozen=True, slots=True)
class Shown:
    """A body as the public page shows it. seats: who speaks for it; helpers: who serves it."""

    body: str
    name: str
    phone: str
    seats: tuple[PostRow, ...]
    helpers: tuple[PostRow, ...]
    rule: str | None


@bp.get("/e/<slug>/bodies")
@public
@whole_page()
def index() -> str:
    """The five bodies: name, seats with term and evidence of it, what each may do, how it decides."""
    estate = current_estate()
    return render_template(
        "bodies/index.html",
        estate=estate,
        bodies=shown(estate.id),
        line=by_level(queries.line(estate.id)),
        parties=queries.parties(estate.id),
        buildings={b.id: b.name for b in estates.buildings(estate.id)},
        words=words,
    )


@bp.get(f"{DESK}/")
@allowed(Action.SET_PARTIES)
def desk() -> str:
    """Names of the bodies, the four-level line, invited parties."""
    return _desk()


@bp.post(f"{DESK}/name")
@allowed(Action.GRANT_POST)
def name() -> AnyResponse:
    """Record what a body is called here."""
    typed = {k: _posted(k) for k in _NAMES}
    try:
        service.name_body(
            current_actor(),
            current_estate().id,
            typed["body"],
            name=typed["name"],
            phone=typed["phone"],
            now=clock.now(),
        )
    except Refused as error:
        return Response(_desk("name", typed, error.blockers), 422)
    return redirect(url_for("bodies.desk"), 303)


@bp.post(f"{DESK}/line")
@allowed(Action.SET_PARTIES)
def set_group() -> AnyResponse:
    """Record a rung of the line."""
    typed = {k: _posted(k) for k in _GROUP}
    try:
        service.set_party_group(
            current_actor(),
            current_estate().id,
            level=_number(typed["level"]) or 0,
            building_id=_number(typed["building_id"]),
            name=typed["group_name"],
            contact=typed["group_contact"],
            now=clock.now(),
        )
    except Refused as error:
        return Response(_desk("line", typed, error.blockers), 422)
    return redirect(url_for("bodies.desk"), 303)


@bp.post(f"{DESK}/line/<int:group_id>/remove")
@allowed(Action.SET_PARTIES)
def remove_group(group_id: int) -> AnyResponse:
    """Take a rung off the line."""
    service.remove_party_group(current_actor(), current_estate().id, group_id, now=clock.now())
    return redirect(url_for("bodies.desk"), 303)


@bp.post(f"{DESK}/parties")
@allowed(Action.SET_PARTIES)
def add_party() -> AnyResponse:
    """Put an invited party on the list."""
    typed = {k: _posted(k) for k in _PARTY}
    try:
        service.add_party(
            current_actor(),
            current_estate().id,
            kind=typed["kind"],
            name=typed["party_name"],
            contact=typed["party_contact"],
            now=clock.now(),
        )
    except Refused as error:
        return Response(_desk("party", typed, error.blockers), 422)
    return redirect(url_for("bodies.desk"), 303)


@bp.post(f"{DESK}/parties/<int:party_id>/retire")
@allowed(Action.SET_PARTIES)
def retire_party(party_id: int) -> AnyResponse:
    """Take an invited party off the list."""
    try:
        service.retire_party(current_actor(), current_estate().id, party_id, now=clock.now())
    except Refused as error:
        return Response(_desk("party", {}, error.blockers), 409)
    return redirect(url_for("bodies.desk"), 303)


def shown(estate_id: int) -> tuple[Shown, ...]:
    """All five, named or not, in their fixed order, with who holds which post today."""
    names = {b.body: b for b in queries.of_estate(estate_id)}
    posts = people.posts(estate_id, clock.local_date(clock.now()))
    found = []
    for body in Body:
        own = [p for p in posts if p.body == body]
        seated = [p for p in own if _title(p) in SEATS[body]]
        order = {t: i for i, t in enumerate(Title)}
        seated.sort(key=lambda p: (order[Title(p.title)], p.from_on, p.id))
        row = names.get(body)
        found.append(
            Shown(
                body.value,
                row.name if row else "",
                row.phone if row else "",
                tuple(seated),
                tuple(p for p in own if _title(p) not in SEATS[body]),
                words.RULE_OF[body.value],
            )
        )
    return tuple(found)


def by_level(groups: Sequence[PartyGroupRow]) -> list[tuple[int, tuple[PartyGroupRow, ...]]]:
    """The line level by level, all four of them."""
    return [(n, tuple(g for g in groups if g.level == n)) for n in words.LEVELS]


def _title(post: PostRow) -> Title | None:
    return Title(post.title) if post.title in {t.value for t in Title} else None


def _posted(field: str) -> str:
    return request.form.get(field, "").strip()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _desk(
    which: str = "", typed: Mapping[str, str] | None = None, why: tuple[Blocker, ...] = ()
) -> str:
    estate = current_estate()
    empty = dict.fromkeys((*_NAMES, *_GROUP, *_PARTY), "")
    return render_template(
        "bodies/desk.html",
        bodies=shown(estate.id),
        line=by_level(queries.line(estate.id)),
        parties=queries.parties(estate.id),
        buildings=estates.buildings(estate.id),
        kinds=[k.value for k in PartyKind],
        names=admits(current_actor(), Action.GRANT_POST),
        words=words,
        which=which,
        typed=empty | dict(typed or {}),
        why=why,
    )
