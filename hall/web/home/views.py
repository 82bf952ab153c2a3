"""/ chooses an estate; /e/<slug>/ is its home."""

from __future__ import annotations

from flask import Blueprint, render_template

from hall import clock
from hall.ballots.queries.lists import home_cards
from hall.bodies import queries as bodies
from hall.bodies.rules import Title
from hall.estates import queries as estates
from hall.estates.queries import EstateRow
from hall.people import queries as people
from hall.permissions import ANONYMOUS
from hall.resolutions import queries as resolutions
from hall.roll.queries.homes import HomeRow, homes_of
from hall.web.access import current_actor, current_estate, public
from hall.web.caching import whole_page
from hall.web.home.cards import cards_of, street_of
from hall.web.home.needs import needs_of
from hall.web.prefs import elder

bp = Blueprint("home", __name__)
DOCUMENTS = 4


@bp.get("/")
@public
@whole_page(turnout=True)
def index() -> str:
    """All estates of this hall, those one belongs to in front."""
    actor, now = current_actor(), clock.now()
    mine = {e for e, _ in actor.roles}
    shown = []
    for e in sorted(estates.every(), key=lambda e: e.id not in mine):
        found = home_cards(e.id, ANONYMOUS, now)  # nobody's own windows: the door is for everyone
        shown.append(
            {
                "estate": e,
                "mine": e.id in mine,
                "running": len(found),
                "street": street_of(e.id, found, (), now),
            }
        )
    return render_template("home/index.html", estates=shown)


@bp.get("/e/<slug>/")
@public
@whole_page(turnout=True)
def estate() -> str:
    """An estate's home: what waits for this visitor, the street, documents, whom to call."""
    here, actor, now = current_estate(), current_actor(), clock.now()
    homes = homes_of(here.id, actor.persons_in(here.id), now)
    found = home_cards(here.id, actor, now)
    cards = cards_of(found, now)
    documents = resolutions.latest(here.id, DOCUMENTS)
    posts = _posts(here, actor.roles_in(here.id) != frozenset())
    return render_template(
        "home/elder.html" if elder() else "home/estate.html",
        estate=here,
        cards=cards,
        waiting=[c for c in cards if c.mine == "waiting"],
        street=street_of(here.id, found, homes, now),
        needs=needs_of(actor, here, now),
        documents=documents,
        progress=resolutions.progress(here.id, [d.docno for d in documents]),
        bodies=bodies.of_estate(here.id),
        homes=homes,
        stewards=_stewards(posts, homes),
    )


def _posts(here: EstateRow, belongs: bool) -> tuple[people.PostRow, ...]:
    """Names and telephones of posts are for people of the estate, never for the open web."""
    return people.posts(here.id, clock.local_date(clock.now())) if belongs else ()


def _stewards(
    posts: tuple[people.PostRow, ...], homes: tuple[HomeRow, ...]
) -> list[people.PostRow]:
    buildings = {h.building_id for h in homes}
    return [p for p in posts if p.title == Title.STEWARD and p.building_id in buildings]
