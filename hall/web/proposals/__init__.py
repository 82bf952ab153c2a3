"""Proposals 议案: the public pages, writing one, standing behind one, and the desk that runs them."""

from collections.abc import Collection

from flask import url_for

from hall.proposals import queries
from hall.web.proposals import acts, desk, public, rounds, writing
from hall.web.proposals.blueprint import bp
from hall.web.threads.owners import register


@register
def _of_threads(thread_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """What threads of proposals hang on."""
    return {
        thread: (ref.title, url_for("proposals.show", n=ref.n))
        for thread, ref in queries.by_threads(thread_ids).items()
    }


__all__ = ["acts", "bp", "desk", "public", "rounds", "writing"]
