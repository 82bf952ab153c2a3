"""Letters with a household's code: shown and printed once, in the answer that made them, never again."""

from __future__ import annotations

from flask import Response, current_app, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from hall import clock
from hall.errors import Blocker, Refused
from hall.estates import queries as estates
from hall.permissions import Action
from hall.roll import service
from hall.roll.queries import listing
from hall.roll.queries.listing import UnitRow
from hall.roll.rules.naming import natural_key
from hall.web.access import allowed, current_actor, current_estate
from hall.web.desk.blueprint import posted
from hall.web.roll.blueprint import bp


@bp.get("/desk/<slug>/roll/letters")
@allowed(Action.ISSUE_CODES)
def letters_ask() -> str:
    """For whom: everybody, those without a letter, or some units."""
    return _page()


@bp.post("/desk/<slug>/roll/letters")
@allowed(Action.ISSUE_CODES)
def letters() -> AnyResponse:
    """Make codes and show the letters; older codes of the same units end here."""
    estate = current_estate()
    units = sorted(listing.units(estate.id, clock.now()), key=lambda u: natural_key(u.label))
    which = posted("which", 12)
    chosen = {int(i) for i in request.form.getlist("units") if i.isascii() and i.isdigit()}
    if which == "missing":
        chosen = {u.unit_id for u in units if waits(u)}
    elif which == "all":
        chosen = {u.unit_id for u in units if u.verified and u.status == "sold"}
    try:
        if not chosen:
            raise Refused(Blocker("no_units_chosen"))
        made = service.issue_codes(current_actor(), estate.id, sorted(chosen), now=clock.now())
    except Refused as error:
        return Response(_page(error.blockers, which, chosen), 422)
    names = {u.unit_id: [h.name for h in u.holders] for u in units}
    response = Response(
        render_template(
            "roll/letters_print.html",
            letters=sorted(made, key=lambda x: natural_key(x.label)),
            names=names,
            address=absolute("accounts.login_code"),
        )
    )
    # Codes are nowhere but in this one answer.
    response.headers["Cache-Control"] = "no-store"
    return response


def absolute(endpoint: str) -> str:
    """The address a phone outside can open."""
    base = current_app.config.get("HALL_PUBLIC_URL") or request.url_root.rstrip("/")
    return f"{base}{url_for(endpoint)}"


def groups_of_four(code: str) -> str:
    """Q4TN-8X2M-JW6E-3RPK, whatever hyphens it came with."""
    plain = code.replace("-", "")
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def _page(
    why: tuple[Blocker, ...] = (), which: str = "missing", chosen: set[int] | None = None
) -> str:
    estate = current_estate()
    units = sorted(listing.units(estate.id, clock.now()), key=lambda u: natural_key(u.label))
    return render_template(
        "roll/letters.html",
        why=why,
        which=which,
        chosen=chosen or set(),
        buildings=estates.buildings(estate.id),
        units=units,
        missing=sum(waits(u) for u in units),
    )


@bp.app_template_filter("code_groups")
def _code_groups(code: str) -> str:
    return groups_of_four(code)


def waits(unit: UnitRow) -> bool:
    """Whether a home has a proven owner, nobody of it ever signed in, and no code is out."""
    claimed = any(h.claimed for h in unit.holders)
    return unit.verified and unit.status == "sold" and not unit.letter and not claimed
