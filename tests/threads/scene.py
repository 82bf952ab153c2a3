"""An estate that talks: owners, a tenant, and one speaker of each body."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from hall.db import atomic, db
from hall.people import queries as people
from hall.people.models import UserSession
from hall.permissions import Actor
from hall.threads import service
from tests import make
from tests.kept import kept

POSTS = {
    "chair": ("committee", "chair"),
    "vice": ("committee", "vice_chair"),
    "clerk": ("committee", "clerk"),
    "branch": ("branch", "secretary"),
    "community": ("community", "secretary"),
    "second": ("community", "staff"),
    "grid": ("grid", "worker"),
    "property": ("property", "staff"),
}


@dataclass
class Scene:
    """who[role] is an Actor, post[role] the id of his post."""

    estate: object
    thread: int
    who: dict[str, Actor]
    post: dict[str, int]

    def say(self, role, text="三年太长", *, now, **values):
        return service.comment(
            self.who[role], self.estate.id, self.thread, text=text, now=now, **values
        )

    def answer(self, comment_id, role="chair", *, now, **values):
        asked = {"outcome": "adopted", "text": "改为两年", "landed": "第3稿第二条"} | values
        return service.answer(
            self.who[role], self.estate.id, comment_id, post_id=self.post[role], now=now, **asked
        )

    def report(self, comment_id, role="owner2", *, now, **values):
        asked = {"reason": "abuse", "text": "", "about_body": None} | values
        return service.report(self.who[role], self.estate.id, comment_id, now=now, **asked)

    def moderate(self, comment_id, role="branch", *, now, **values):
        asked = {"act": "hide", "reason": "写了邻居的门牌"} | values
        return service.moderate(
            self.who[role], self.estate.id, comment_id, post_id=self.post[role], now=now, **asked
        )


def member(estate, body, title):
    """(Actor as a page would see him, id of his post)."""
    person = make.person(estate.id)
    post = make.post(person, body, title)
    account = make.account(name=person.name)
    make.link(account.id, person)
    return account.id, person, post.id


def actor_of(account_id, estate_id, now):
    """The Actor of an account, by the very query that makes a visitor one."""
    token = f"token-{account_id}-{estate_id}"
    make.save(
        UserSession(
            token_sha=hashlib.sha256(token.encode()).hexdigest(),
            account_id=account_id,
            created_at=now,
            expires_at=now + timedelta(days=30),
            user_agent="test",
        )
    )
    found = people.visitor(token, now)
    db.session.rollback()
    return found


def stage(now) -> Scene:
    """The estate with its people and one open thread of the committee, two days to answer."""
    return kept(("threads", now), lambda: _stage(now))


def _stage(now) -> Scene:
    estate = make.estate()
    building = make.building(estate.id, name="3栋")
    who, post = {}, {}
    for role, (body, title) in POSTS.items():
        account_id, _, post[role] = member(estate, body, title)
        who[role] = actor_of(account_id, estate.id, now)
    for role in ("owner", "owner2"):
        _, _, who[role] = make.owner(estate.id, building.id)
    tenant, account = make.person(estate.id), make.account()
    make.link(account.id, tenant)
    who["tenant"] = actor_of(account.id, estate.id, now)
    with atomic():
        thread = service.open_thread(estate.id, "续聘物业公司", answer_body="committee", now=now)
    return Scene(estate, thread, who, post)
