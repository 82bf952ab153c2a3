"""One estate with everything in it at every stage, built once; requests leave it as it was.

While it stands every transaction is flushed, counted and then rolled back instead of committed: each
request meets the same world, whatever was tried before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from sqlalchemy import func, select

from hall.db import db
from hall.errors import Refused
from hall.journal.models import JournalEntry
from hall.web import messages
from tests.meetings.scene import Scene

HOME = {"Origin": "http://localhost"}
HATS = {
    "chair": ("committee", "chair"),
    "member": ("committee", "member"),
    "clerk": ("committee", "clerk"),
    "scrutineer": ("committee", "scrutineer"),
    "branch": ("branch", "secretary"),
    "community": ("community", "secretary"),
    "grid": ("grid", "worker"),
    "steward": ("committee", "steward"),
    "property": ("property", "staff"),
}
ROLE_NAMES = ("resident", "owner", *HATS)


@dataclass
class World:
    """ids: what stands where, by name; hats: role -> post id; foreign: the other estate's; commits: what requests wrote."""

    app: object
    now: object
    place: Scene
    who: dict = field(default_factory=dict)
    hats: dict[str, int] = field(default_factory=dict)
    ids: dict[str, object] = field(default_factory=dict)
    foreign: dict[str, object] = field(default_factory=dict)
    foreign_post: int = 0
    clients: dict = field(default_factory=dict)
    commits: list[int] = field(default_factory=list)
    refusals: list = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.place.id

    @property
    def kind(self) -> str:
        """sqlite or postgresql."""
        return db.engine.dialect.name

    @property
    def slug(self) -> str:
        return self.place.estate.slug

    def client(self, role: str | None):
        """A browser signed in as somebody who is exactly this."""
        return self.clients[role]

    def url(self, path: str) -> str:
        """An address with the names in braces filled in; ~ is the estate's slug."""
        return path.replace("~", self.slug).format(**self.ids)

    def number(self, value):
        """A form's value; one that is nothing but a name in braces stands for that object."""
        if isinstance(value, str) and re.fullmatch(r"\{\w+\}", value):
            return str(self.ids[value[1:-1]])
        return value

    def post(self, role: str | None, path: str, data=None, files=None):
        """Post a form; (answer, whether anything was written, what was refused)."""
        before = len(self.commits)
        self.refusals.clear()
        body = {k: self.number(v) for k, v in (data or {}).items()}
        answer = self.client(role).post(self.url(path), data=body | (files or {}), headers=HOME)
        wrote = any(n for n in self.commits[before:])
        return answer, wrote, tuple(b for r in self.refusals for b in r.blockers)


def plain(html: str) -> str:
    """What is read of a page, without any white space."""
    return re.sub(r"\s+", "", unescape(re.sub(r"<[^>]*>", "", html)))


def says(app, html: str, blockers) -> bool:
    """Whether the page tells every one of these reasons in words."""
    read = plain(html)
    with app.test_request_context():
        return all(plain(str(messages.sentence(b))) in read for b in blockers)


def dry(patch, world: World) -> None:
    """From now on nothing is kept; each commit notes how many acts it would have put in the journal."""
    count = select(func.count()).select_from(JournalEntry)
    before = db.session.scalar(count)
    db.session.rollback()

    def commit(session) -> None:
        session.flush()
        world.commits.append(session.scalar(count) - before)
        session.rollback()

    patch.setattr(type(db.session()), "commit", commit)
    start = Refused.__init__

    def note(self, blockers) -> None:
        start(self, blockers)
        world.refusals.append(self)

    patch.setattr(Refused, "__init__", note)
    patch.setitem(world.app.config, "WTF_CSRF_ENABLED", False)


def filled_hats(world: World, role: str | None) -> dict[str, str]:
    """The fields in which forms say as whom one acts, for a role's own post."""
    own = str(world.hats.get(role or "", ""))
    return {"_as": own, "post": own, "post_id": own} if own else {}
