"""Who stands in the owners' committee's place: an estate without one says its organiser's own name."""

from __future__ import annotations

from flask import g

from hall.bodies import queries as bodies
from hall.bodies.rules import Body
from hall.web.access import known_estate
from hall.web.messages import who


def called(code: str | None) -> str:
    """What a page calls a body or role: '业委会', and where there is none the organiser's name."""
    if code == Body.COMMITTEE:
        return organiser() or who(code)
    return who(code)


def organiser() -> str:
    """The estate's name for the body in the committee's place; '' where there is a committee."""
    estate = known_estate()
    if estate is None or estate.has_committee:
        return ""
    if "organiser" not in g:
        named = {b.body: b.name for b in bodies.of_estate(estate.id)}
        g.organiser = named.get(Body.COMMITTEE, "")
    return str(g.organiser)
