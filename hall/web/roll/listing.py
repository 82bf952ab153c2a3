"""The list of the roll for who keeps it: units, holders, counts, search."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for

from hall import clock
from hall.estates import queries as estates
from hall.permissions import Action
from hall.roll import queries as roll
from hall.roll.queries import listing
from hall.roll.queries.listing import UnitRow
from hall.roll.rules.naming import natural_key
from hall.web.access import allowed, current_estate
from hall.web.paging import page_of
from hall.web.roll import words
from hall.web.roll.blueprint import bp

SIZE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    text: str
    building: int | None
    state: str  # "" | unverified | unclaimed

    def admits(self, unit: UnitRow) -> bool:
        """Whether a unit is in the list asked for."""
        if self.building is not None and unit.building_id != self.building:
            return False
        if self.state == "unverified" and unit.verified:
            return False
        if self.state == "unclaimed" and any(h.claimed for h in unit.holders):
            return False
        names = (unit.label, *(h.name for h in unit.holders))
        return not self.text or any(self.text in name for name in names)


@bp.get("/desk/<slug>/roll/", endpoint="index")
@allowed(Action.SEE_ROLL)
def index() -> str:
    """Every unit with its holders; names in full, because these people keep the roll."""
    now = clock.now()
    estate = current_estate()
    units = listing.units(estate.id, now)
    asked = _asked()
    found = sorted(
        (u for u in units if asked.admits(u)),
        key=lambda u: natural_key(u.label),
    )
    page = page_of(len(found), SIZE)
    totals = roll.entry_totals(estate.id)
    return render_template(
        "roll/index.html",
        units=found[page.offset : page.offset + SIZE],
        page=page,
        address=lambda n: url_for(
            "roll.index",
            q=asked.text or None,
            building=asked.building,
            state=asked.state or None,
            page=n,
        ),
        asked=asked,
        buildings=estates.buildings(estate.id),
        totals=totals,
        count=len(units),
        unverified=sum(not u.verified for u in units),
        claimed=sum(any(h.claimed for h in u.holders) for u in units),
        state=roll.publication_state(estate.id, now),
        imports=roll.imports(estate.id, 6),
        words=words,
    )


def _asked() -> Asked:
    text = request.args.get("building", "")
    building = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
    state = request.args.get("state", "")
    return Asked(
        request.args.get("q", "").strip()[:40],
        building,
        state if state in ("unverified", "unclaimed") else "",
    )
