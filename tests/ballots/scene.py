"""A small estate ready to vote: owners, a confirmed rule set, a published roll, a draft.

Heads and areas are chosen by the test: scene(areas) makes one owner of one home for each area in m².
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hall.ballots import queries, service
from hall.ballots.drafting import BallotDraft, OptionDraft, QuestionDraft
from hall.clock import add_days, day_start, local_date
from hall.permissions import Actor, Role
from hall.roll import service as roll
from hall.rulesets import service as rulesets
from tests import make
from tests.kept import kept


@dataclass
class Scene:
    """The estate and who is who in it. owners: (unit, person, actor) in the order of the areas."""

    estate: object
    building: object
    chair: Actor
    member: Actor
    clerk: Actor
    scrutineer: Actor
    owners: list = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.estate.id

    def draft(self, **values) -> BallotDraft:
        """A renewal of the manager, matter 4, open 16 full days after today for ten days."""
        defaults = {
            "kind": "statutory",
            "title": "续聘样本物业公司",
            "questions": (QuestionDraft("您是否同意续聘样本物业公司，合同两年？"),),
            "matter": 4,
            "channels": ("online",),
            "contact": "样本楼长 000-0000",
        }
        return BallotDraft(**defaults | values)

    def window(self, now: datetime) -> dict:
        """The earliest lawful opening and ten days of voting."""
        opening = day_start(add_days(local_date(now), 16))
        return {"open_at": opening, "close_at": opening + timedelta(days=10)}

    def noticed(self, now: datetime, **values) -> int:
        """A ballot whose notice is out."""
        n = service.create(self.chair, self.id, self.draft(**self.window(now) | values), now=now)
        service.notice(self.chair, self.id, n, now=now)
        return n

    def cast(self, owner: int, n: int, mark: str, *, now: datetime, key: str | None = None):
        """One owner's answer to the first question, by option key."""
        return cast_as(self.owners[owner][2], self.id, n, mark, now=now, key=key)


def cast_as(actor, estate_id, n, *marks, now, key=None, entry_id=None, digest=None):
    """Mark these option keys on the first question for the actor's first entry."""
    ballot = queries.get(estate_id, n)
    page = queries.voter_page(ballot, actor, now)
    entry = entry_id or (page.groups[0].entry_id if page.groups else 0)
    question = ballot.questions[0]
    options = tuple(o.id for o in question.options if o.key in marks)
    return service.cast(
        actor,
        estate_id,
        n,
        entry_id=entry,
        answers={question.id: options},
        digest=ballot.digest if digest is None else digest,
        request_key=key or f"key-{actor.account_id}-{'-'.join(marks)}",
        now=now,
    )


def plan(*labels, method="single", seats=1):
    """A question with these options."""
    return QuestionDraft(
        "您选哪一个？", method, seats=seats, options=tuple(OptionDraft(x) for x in labels)
    )


def co_owners(s: Scene, area_cm2: int = 1_200_000) -> list[Actor]:
    """A home more that belongs to two; both as signed-in visitors."""
    _, holders = make.home(s.id, s.building.id, area_cm2, owners=2)
    found = []
    for person in holders:
        account = make.account(name=person.name)
        make.link(account.id, person)
        found.append(
            make.actor(s.id, "owner", "resident", account_id=account.id, person_id=person.id)
        )
    return found


def scene(travel, areas=(100,) * 6, *, publish=True, extra=None) -> Scene:
    """The estate with one home per area (m²); leaves the clock after the roll's correction window."""
    if extra:
        return _scene(travel, areas, publish, extra)
    made, until = kept(
        ("ballots", tuple(areas), publish, travel.now),
        lambda: (_scene(travel, areas, publish, None), travel.now),
    )
    travel(until)
    return made


def _scene(travel, areas, publish, extra) -> Scene:
    now = travel.now
    estate = make.estate()
    building = make.building(estate.id)
    made = Scene(
        estate=estate,
        building=building,
        chair=make.actor(estate.id, Role.CHAIR, name="样主任"),
        member=make.actor(estate.id, Role.MEMBER, name="样委员"),
        clerk=make.actor(estate.id, Role.CLERK, name="样录入"),
        scrutineer=make.actor(estate.id, Role.SCRUTINEER, name="样监票"),
    )
    for m2 in areas:
        made.owners.append(make.owner(estate.id, building.id, int(m2 * 10_000)))
    if extra:
        extra(made)
    version = rulesets.draft(
        made.member, estate.id, preset="SC", clauses={}, effective_on=date(2026, 1, 1), now=now
    )
    rulesets.confirm(made.chair, estate.id, version, now=now)
    if publish:
        roll.publish_roll(made.chair, estate.id, days=7, now=now)
        travel(day_start(add_days(local_date(now), 8)) + timedelta(hours=2))
    return made
