"""The blueprint of the desk, and what all its pages share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flask import Blueprint, request

from hall import clock
from hall.errors import Blocker
from hall.web import messages
from hall.web.desk import words

bp = Blueprint("desk", __name__)


def say(blocker: Blocker) -> str:
    """The blocker as a sentence, with the field of the rules by its name instead of its path."""
    path = blocker.facts.get("field")
    if isinstance(path, str):
        facts = {**blocker.facts, "field": words.field_name(path)}
        return messages.sentence(replace(blocker, facts=facts))
    return messages.sentence(blocker)


def by_itself(blockers: tuple[Blocker, ...]) -> datetime | None:
    """When the last of those clears that time clears; None when none of them does."""
    times = [b.not_before for b in blockers if b.not_before is not None]
    return max(times) if times else None


def posted(name: str, limit: int = 4000) -> str:
    """A posted text, stripped and cut."""
    return request.form.get(name, "").replace("\r\n", "\n").strip()[:limit]


def posted_day(name: str) -> date | None:
    """A posted day, None when empty or unreadable."""
    try:
        return date.fromisoformat(posted(name, 10))
    except ValueError:
        return None


def posted_number(name: str) -> int | None:
    """A posted whole number, None when empty or unreadable."""
    text = posted(name, 12)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def today() -> date:
    """This day in Shanghai."""
    return clock.local_date(clock.now())


@bp.app_context_processor
def _tools() -> dict[str, object]:
    return {"desk_say": say}
