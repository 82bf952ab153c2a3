"""An estate with owners, a chair and a secretary, for the tests of proposals."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hall.permissions import Actor, Role
from hall.proposals import service
from hall.proposals.service import Plan, Wording
from hall.threads import service as threads
from tests import make
from tests.kept import kept

DAY = timedelta(days=1)
WORDING = Wording(
    title="在活动室东侧设集中充电棚",
    what="在活动室东侧空地设一座 24 位充电棚，由业主共有。",
    cost="约 31,800 元，不向每户收。",
    how_long="充电服务合同三年。",
    unhappy="连续两个月故障超过 5 天，可以换一家。",
    if_not="维持现状。",
    text="第一条 选址：活动室东侧空地，长 14 米、宽 4 米。\n第二条 24 个车位，自动断电。\n第三条 服务费每度不超过 0.30 元。",
)


@dataclass
class Scene:
    """owners: ten of 100 m² each. chair and secretary each with the id of his post."""

    estate: Any
    building: Any
    owners: list[Actor]
    resident: Actor
    chair: Actor
    chair_post: int
    secretary: Actor
    secretary_post: int
    staff: Actor
    staff_post: int

    @property
    def id(self) -> int:
        return self.estate.id

    def draft(self, now: datetime, actor: Actor | None = None, **values: Any) -> int:
        plan = values.pop("plan", Plan(track="statutory", matter=8))
        wording = values.pop("wording", WORDING)
        return service.draft(actor or self.owners[0], self.id, wording, plan, now=now, **values)

    def submitted(self, now: datetime, actor: Actor | None = None, **values: Any) -> int:
        n = self.draft(now, actor, **values)
        service.submit(actor or self.owners[0], self.id, n, now=now)
        return n

    def accepted(self, now: datetime, **values: Any) -> int:
        n = self.submitted(now, **values)
        self.accept(n, now)
        return n

    def accept(self, n: int, now: datetime) -> int:
        return service.screen(
            self.chair, self.id, n, accept=True, reason="", post_id=self.chair_post, now=now
        )

    def round(self, n: int, opens_at: datetime, days: int = 7) -> int:
        return service.open_round(
            self.chair,
            self.id,
            n,
            question="哪一条要改？",
            opens_at=opens_at,
            closes_at=opens_at + days * DAY,
            post_id=self.chair_post,
            now=opens_at,
        )

    def settle(self, n: int, round_n: int, now: datetime, *, nothing_changed: bool = True) -> None:
        service.settle_round(
            self.chair,
            self.id,
            n,
            round_n,
            heard="大家担心离住宅太近。",
            nothing_changed=nothing_changed,
            post_id=self.chair_post,
            now=now,
        )

    def revise(self, n: int, base: int, now: datetime, **values: Any) -> int:
        wording = values.pop("wording", replace(WORDING, cost=f"约 {base} 万元。"))
        defaults = {"material": False, "note": "改了钱数", "base": base}
        return service.revise(self.owners[0], self.id, n, wording, **defaults | values, now=now)

    def say(self, thread_id: int, who: int, text: str, now: datetime) -> int:
        return threads.comment(self.owners[who], self.id, thread_id, text=text, now=now)

    def answer(self, comment_id: int, now: datetime, outcome: str = "adopted", by=None) -> None:
        who, post = by or (self.chair, self.chair_post)
        threads.answer(
            who,
            self.id,
            comment_id,
            outcome=outcome,
            text="改了，见下一稿。",
            landed="第2稿第一条",
            post_id=post,
            now=now,
        )


def holder(estate_id: int, body: str, title: str, role: Role) -> tuple[Actor, int]:
    """Somebody with a post: the actor and the post's id."""
    person, account = make.person(estate_id), make.account()
    make.link(account.id, person)
    post = make.post(person, body, title)
    actor = make.actor(
        estate_id,
        Role.RESIDENT,
        role,
        account_id=account.id,
        person_id=person.id,
        name=person.name,
    )
    return actor, post.id


def stage(owners: int = 10) -> Scene:
    """The estate, its people, nothing proposed yet."""
    return kept(("proposals", owners), lambda: _stage(owners))


def _stage(owners: int) -> Scene:
    estate = make.estate()
    building = make.building(estate.id, name="3栋")
    people = [make.owner(estate.id, building.id)[2] for _ in range(owners)]
    tenant = make.person(estate.id)
    account = make.account(name=tenant.name)
    make.link(account.id, tenant)
    resident = make.actor(
        estate.id, Role.RESIDENT, account_id=account.id, person_id=tenant.id, name=tenant.name
    )
    chair, chair_post = holder(estate.id, "committee", "chair", Role.CHAIR)
    secretary, secretary_post = holder(estate.id, "branch", "secretary", Role.BRANCH)
    staff, staff_post = holder(estate.id, "property", "staff", Role.PROPERTY)
    return Scene(
        estate,
        building,
        people,
        resident,
        chair,
        chair_post,
        secretary,
        secretary_post,
        staff,
        staff_post,
    )
