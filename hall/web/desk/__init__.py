"""The desk of posts: today, ballots, rules, posts, journal."""

from hall.web.desk import (
    facts,
    from_proposal,
    journal,
    posts,
    results,
    rules,
    running,
    setup,
    today,
)
from hall.web.desk.blueprint import bp

__all__ = [
    "bp",
    "facts",
    "from_proposal",
    "journal",
    "posts",
    "results",
    "rules",
    "running",
    "setup",
    "today",
]
