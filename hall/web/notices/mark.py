"""The mark at 我的 in the menus: whether there is news one has not read."""

from __future__ import annotations

from flask import g, session

from hall import clock
from hall.notices import queries
from hall.web.access import SEEN_EVERY, known_actor, known_estate

_KEY = "news"  # [estate, when it was looked up, how many]


def unread_mark() -> bool:
    """Whether the viewer has unread news in the estate of the page, as of this minute.

    Remembered in the signed cookie, which is written once a minute anyway (access.SEEN_EVERY): a
    page more costs no query, and reading takes the mark away at once, whichever worker answers.
    """
    actor, estate = known_actor(), known_estate()
    if estate is None or not actor.signed_in:
        return False
    known = session.get(_KEY)
    if isinstance(known, list) and len(known) == 3 and known[0] == estate.id:
        fresh = 0 <= clock.now().timestamp() - known[1] < SEEN_EVERY.total_seconds()
        # A page shown because something failed asks the database nothing.
        if fresh or g.get("stopped"):
            return bool(known[2])
    return False if g.get("stopped") else unread_now() > 0


def unread_now() -> int:
    """How much the viewer has not read in the estate of the page; one query, remembered."""
    actor, estate = known_actor(), known_estate()
    if estate is None or actor.account_id is None:
        return 0
    found = queries.unread(actor.account_id, estate.id)
    session[_KEY] = [estate.id, int(clock.now().timestamp()), found]
    return found
