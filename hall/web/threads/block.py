"""The block of comments that any page can carry.

The page calls thread_block(thread_id, now), hands the result to its template, links
css/threads.css in its block css, and puts {{ thread(block) }} of threads/_thread.html where the
comments are to stand. Orders and pages of comments are in the page's own query (sort, after).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import request

from hall.errors import Blocker
from hall.people.queries import PostRow
from hall.permissions import Action, Role, may
from hall.threads import queries
from hall.threads.queries import SORTS, CommentRow, ThreadCounts, ThreadRow
from hall.threads.rules import window_blockers
from hall.web.access import current_actor, here, is_staff
from hall.web.threads.blueprint import hats, new_key

ANCHOR = "talk"


@dataclass(frozen=True, slots=True)
class Tab:
    """An order of the comments, as a link."""

    sort: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class ThreadBlock:
    """Everything the macro shows. shut: why nothing can be written now, empty when it can."""

    thread: ThreadRow
    comments: tuple[CommentRow, ...]
    counts: ThreadCounts
    shut: tuple[Blocker, ...]
    may_write: bool
    may_record: bool
    hats: tuple[PostRow, ...]
    resident: bool
    tabs: tuple[Tab, ...]
    first: str
    more: str
    next: str
    key: str
    now: datetime


def thread_block(thread_id: int, now: datetime) -> ThreadBlock:
    """A page of the thread as this visitor sees it; a fixed number of queries. Raises NotFound."""
    actor = current_actor()
    after = request.args.get("after")
    shown = queries.page(thread_id, actor, sort=request.args.get("sort", ""), after=after, now=now)
    thread = shown.thread
    write = may(actor, Action.COMMENT, thread.estate_id)
    mine = hats() if write and is_staff(actor, thread.estate_id) else ()
    return ThreadBlock(
        thread=thread,
        comments=shown.comments,
        counts=queries.counts([thread_id], now)[thread_id],
        shut=window_blockers(thread.window, now),
        may_write=write,
        may_record=may(actor, Action.RECORD_VOICE, thread.estate_id),
        hats=mine,
        resident=as_resident(thread.estate_id),
        tabs=tuple(Tab(s, _address(sort=s), s == shown.sort) for s in _orders(actor.signed_in)),
        first=_address(sort=shown.sort) if after else "",
        more=_address(sort=shown.sort, after=shown.after) if shown.after else "",
        next=here(),
        key=new_key(),
        now=now,
    )


def as_resident(estate_id: int) -> bool:
    """Whether this visitor may speak in his own name here, or only as the company."""
    roles = current_actor().roles_in(estate_id)
    return Role.PROPERTY not in roles or Role.OWNER in roles


def _orders(signed_in: bool) -> tuple[str, ...]:
    return SORTS if signed_in else tuple(s for s in SORTS if s != "mine")


def _address(**query: str) -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in ("sort", "after")]
    return f"{request.path}?{urlencode([*kept, *query.items()])}#{ANCHOR}"
