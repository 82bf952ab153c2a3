"""As whom somebody speaks today."""

from __future__ import annotations

from datetime import datetime

from hall.clock import local_date
from hall.errors import Blocker, Forbidden, Refused
from hall.estates import queries as estates
from hall.people import queries as people
from hall.permissions import Action, Actor, Role
from hall.roll.queries.homes import homes_of
from hall.threads.rules import Voice

LONGEST_PLACE = 40


def voice_of(actor: Actor, estate_id: int, post_id: int | None, now: datetime) -> Voice:
    """The actor as resident or owner of the estate, or as a body through one of his active posts.

    Raises Forbidden (nobody of this estate, a post that is not his today) and Refused
    speak_as_company: who works for the property company and owns nothing speaks only in its name.
    """
    if actor.account_id is None or not actor.roles_in(estate_id):
        raise Forbidden(Action.COMMENT)
    if post_id is not None:
        post = people.acting_post(actor, estate_id, post_id, local_date(now))
        place = _building(estate_id, post.building_id)
        return Voice(
            actor.account_id,
            post.person_id,
            post.name,
            place,
            "body",
            post.body,
            post.title,
            post.id,
        )
    refuse_company(actor, estate_id)
    persons = actor.persons_in(estate_id)
    homes = homes_of(estate_id, persons, now)
    return Voice(
        actor.account_id,
        min(persons, default=None),
        actor.name,
        _building(estate_id, homes[0].building_id if homes else None),
        "owner" if homes else "resident",
    )


def refuse_company(actor: Actor, estate_id: int) -> None:
    """Refuse the company's people who own nothing here a voice that looks like a neighbour's."""
    roles = actor.roles_in(estate_id)
    if Role.PROPERTY in roles and Role.OWNER not in roles:
        raise Refused(Blocker("speak_as_company"))


def _building(estate_id: int, building_id: int | None) -> str:
    if building_id is None:
        return ""
    names = {b.id: b.name for b in estates.buildings(estate_id)}
    return names.get(building_id, "")[:LONGEST_PLACE]
