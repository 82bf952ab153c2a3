"""Facts of the estate: what every page says of it, kept right by the community."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.areas import format_m2, parse_m2
from hall.errors import Blocker, Refused, refuse_if
from hall.estates import service
from hall.estates.queries import EstateRow
from hall.estates.service import EstateFacts
from hall.permissions import Action
from hall.web.access import allowed, current_actor, current_estate
from hall.web.desk.blueprint import bp, posted, posted_number, today

_TEXTS = {"theme": 20, "policy": 300, "phone": 40, "organizer": 100, "organizer_basis": 300}
_OLDEST = 1900


@bp.get("/desk/<slug>/facts")
@allowed(Action.SET_LEGAL_REACH)
def facts() -> str:
    """The facts as they stand, in a form."""
    return _page(_stored(current_estate()))


@bp.post("/desk/<slug>/facts")
@allowed(Action.SET_LEGAL_REACH)
def facts_save() -> AnyResponse:
    """Correct them; the journal keeps what changed."""
    typed = {name: posted(name, limit) for name, limit in _TEXTS.items()}
    typed |= {name: posted(name, 20) for name in ("households", "site_area", "built_year")}
    typed["has_committee"] = "1" if request.form.get("has_committee") else ""
    try:
        service.update_facts(current_actor(), current_estate().id, _read(typed), now=clock.now())
    except Refused as error:
        return Response(_page(typed, error.blockers), 422)
    return redirect(url_for("desk.facts", done=1), 303)


def _read(typed: Mapping[str, str]) -> EstateFacts:
    """What was typed, as facts. Refused: households_wrong, site_area_wrong, built_year_wrong."""
    found = []
    households = posted_number("households")
    if households is None:
        found.append(Blocker("households_wrong"))
    area = None
    if typed["site_area"]:
        try:
            area = parse_m2(typed["site_area"].replace(",", ""))
        except ValueError:
            found.append(Blocker("site_area_wrong"))
    year = posted_number("built_year")
    if typed["built_year"] and (year is None or not _OLDEST <= year <= today().year):
        found.append(Blocker("built_year_wrong", {"from": str(_OLDEST), "to": str(today().year)}))
    refuse_if(found)
    return EstateFacts(
        households=households,
        site_area_cm2=area,
        built_year=year,
        has_committee=bool(typed["has_committee"]),
        **{name: typed[name] for name in _TEXTS},
    )


def _stored(estate: EstateRow) -> dict[str, str]:
    area, year = estate.site_area_cm2, estate.built_year
    return {name: getattr(estate, name) for name in _TEXTS} | {
        "households": str(estate.households),
        "site_area": "" if area is None else format_m2(area),
        "built_year": "" if year is None else str(year),
        "has_committee": "1" if estate.has_committee else "",
    }


def _page(typed: Mapping[str, str], why: tuple[Blocker, ...] = ()) -> str:
    return render_template(
        "desk/facts.html", typed=typed, why=why, done=bool(request.args.get("done"))
    )
