"""Who speaks: a resident or owner in his own name, or a body through one of its posts."""

from __future__ import annotations

from dataclasses import dataclass

from hall.bodies.rules import SPEAKERS, Body, Title

STANDINGS = ("owner", "resident", "body", "offline")


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as he is on the day. standing: owner | resident | body | offline.

    place: the building as written, '' when none is known. body, title and post_id only for a body.
    """

    account_id: int
    person_id: int | None
    name: str
    place: str
    standing: str
    body: str | None = None
    title: str | None = None
    post_id: int | None = None


def speaks_for(body: str, title: str) -> bool:
    """Whether a post with this title may speak officially for its body."""
    try:
        return Title(title) in SPEAKERS[Body(body)]
    except (KeyError, ValueError):
        return False
