"""A unit at the desk: its sale, and who stands for its holders."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.ballots import service as ballots
from hall.errors import Blocker, NotFound, Refused
from hall.people import queries as people
from hall.people.queries import PersonRow
from hall.permissions import Action
from hall.roll import service
from hall.roll.queries import listing
from hall.roll.queries.listing import UnitRow
from hall.web.access import allowed, current_actor, current_estate
from hall.web.desk.blueprint import posted, posted_day, today
from hall.web.roll import words
from hall.web.roll.blueprint import bp

ROWS = 4
NEW = "new"


@dataclass(frozen=True, slots=True)
class Buyer:
    """A new holder as typed. person: "" undecided, "new", or the id of a person of this estate.

    same: persons of that very name the estate knows, to be told apart by a human.
    """

    name: str = ""
    phone: str = ""
    share: str = ""
    person: str = ""
    same: tuple[PersonRow, ...] = ()


@bp.get("/desk/<slug>/roll/units/<int:unit_id>")
@allowed(Action.RECORD_TRANSFER, Action.RECORD_REPRESENTATIVE)
def unit(unit_id: int) -> str:
    """Who holds it, a form for a sale, a form for a representative."""
    return _page(_find(unit_id))


@bp.post("/desk/<slug>/roll/units/<int:unit_id>/transfer")
@allowed(Action.RECORD_TRANSFER)
def transfer(unit_id: int) -> AnyResponse:
    """Record a sale; running ballots pass the unused right on. Namesakes are asked about first."""
    row = _find(unit_id)
    buyers = _buyers()
    day = posted_day("effective_on")
    try:
        if any(b.same and not b.person for b in buyers):
            raise Refused(Blocker("same_name_undecided"))
        if day is None:
            raise Refused(Blocker("effective_day_missing"))
        now = clock.now()
        estate_id = current_estate().id
        service.record_transfer(
            current_actor(),
            estate_id,
            unit_id,
            [_holder(b) for b in buyers],
            effective_on=day,
            evidence=posted("evidence", 1000),
            now=now,
        )
        ballots.follow_transfer(current_actor(), estate_id, unit_id, now=now)
    except Refused as error:
        return Response(_page(row, error.blockers, buyers), 422)
    return redirect(url_for("roll.unit", unit_id=unit_id, done="transfer"), 303)


@bp.post("/desk/<slug>/roll/units/<int:unit_id>/representative")
@allowed(Action.RECORD_REPRESENTATIVE)
def representative(unit_id: int) -> AnyResponse:
    """Record who acts for the holders: a nominee of them, or the guardian or agent of one."""
    row = _find(unit_id)
    kind, for_text = posted("kind", 10), posted("for_person", 12)
    try:
        person_id = _person(row, kind)
        holders = {h.person_id for h in row.holders}
        ward = int(for_text) if for_text.isascii() and for_text.isdigit() else None
        if kind != "nominee" and ward not in holders:
            raise Refused(Blocker("ward_missing"))
        service.record_representative(
            current_actor(),
            current_estate().id,
            unit_id,
            kind=kind,
            person_id=person_id,
            for_person_id=None if kind == "nominee" else ward,
            evidence=posted("evidence", 1000),
            now=clock.now(),
        )
    except Refused as error:
        return Response(_page(row, error.blockers, at="representative"), 422)
    return redirect(url_for("roll.unit", unit_id=unit_id, done="representative"), 303)


@bp.post("/desk/<slug>/roll/units/<int:unit_id>/representatives/<int:representative_id>/end")
@allowed(Action.RECORD_REPRESENTATIVE)
def representative_end(unit_id: int, representative_id: int) -> AnyResponse:
    """End a representation at once; what was cast under it stands."""
    row = _find(unit_id)
    if representative_id not in row.representative_ids:
        raise NotFound("representative")
    service.end_representative(
        current_actor(), current_estate().id, representative_id, now=clock.now()
    )
    return redirect(url_for("roll.unit", unit_id=unit_id, done="ended"), 303)


def _find(unit_id: int) -> UnitRow:
    found = listing.units(current_estate().id, clock.now(), [unit_id])
    if not found:
        raise NotFound("unit")
    return found[0]


def _person(row: UnitRow, kind: str) -> int:
    """The person who shall act: a co-owner by choice, anybody else by the exact name on record."""
    text = posted("person", 60)
    if kind == "nominee":
        if text.isascii() and text.isdigit() and int(text) in {h.person_id for h in row.holders}:
            return int(text)
        raise Refused(Blocker("nominee_not_holder"))
    name = posted("name", 60)
    found = (
        [p for p in people.find_persons(current_estate().id, name) if p.name == name]
        if name
        else []
    )
    if not found:
        raise Refused(Blocker("person_unknown", {"name": name or "—"}))
    if len(found) > 1:
        phone = "".join(c for c in posted("phone", 30) if c.isdigit())
        found = [p for p in found if phone and p.phone == phone]
        if len(found) != 1:
            raise Refused(Blocker("person_ambiguous", {"name": name}))
    return found[0].id


def _buyers() -> list[Buyer]:
    out = []
    for i in range(1, ROWS + 1):
        name = posted(f"h{i}-name", 60)
        if not name:
            continue
        found = people.find_persons(current_estate().id, name)
        out.append(
            Buyer(
                name,
                posted(f"h{i}-phone", 30),
                posted(f"h{i}-share", 12),
                posted(f"h{i}-person", 12),
                tuple(p for p in found if p.name == name),
            )
        )
    return out


def _holder(buyer: Buyer) -> dict[str, object]:
    num, _, den = buyer.share.partition("/")
    share: dict[str, object] = {}
    if buyer.share:
        readable = num.strip().isdigit() and den.strip().isdigit()
        # What cannot be read is handed on as a share that no rule admits.
        share = {
            "share_num": int(num) if readable else 2,
            "share_den": int(den) if readable else 1,
        }
    known = {str(p.id) for p in buyer.same}
    if buyer.person in known:
        return {"person_id": int(buyer.person), **share}
    return {"name": buyer.name, "phone": buyer.phone, **share}


def _page(
    row: UnitRow,
    why: tuple[Blocker, ...] = (),
    buyers: list[Buyer] | None = None,
    at: str = "transfer",
) -> str:
    shown = [*(buyers or []), *[Buyer()] * ROWS][:ROWS]
    return render_template(
        "roll/unit.html",
        unit=row,
        why=[_here(b) for b in why],
        at=at,
        buyers=shown,
        day=posted("effective_on", 10) or today().isoformat(),
        evidence=posted("evidence", 1000),
        typed={f: posted(f, 60) for f in ("kind", "name", "phone", "person", "for_person")},
        done=request.args.get("done", ""),
        words=words,
    )


def _here(blocker: Blocker) -> Blocker:
    """The same reason with the words of this page: evidence of a title, not of a post."""
    own = blocker.code == "evidence_missing"
    return replace(blocker, code="title_evidence_missing") if own else blocker
