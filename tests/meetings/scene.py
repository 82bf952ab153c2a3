"""A small estate whose five bodies meet: who holds which post, and a meeting at each stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hall.clock import add_days, local_date, local_instant
from hall.meetings import queries, service
from hall.meetings.rules import ItemDraft, MeetingDraft
from hall.meetings.rules.notice import USUAL_HOUR
from hall.permissions import Actor, Role
from hall.proposals.models import Proposal, ProposalVersion
from hall.threads.models import Thread
from tests import make
from tests.kept import kept

ROLES = {
    "community": ("secretary", Role.COMMUNITY),
    "branch": ("secretary", Role.BRANCH),
    "committee": ("chair", Role.CHAIR),
    "grid": ("worker", Role.GRID),
    "property": ("staff", Role.PROPERTY),
}


@dataclass
class Scene:
    """The estate; who: body -> actor, posts: body -> post; members: two more of the committee."""

    estate: object
    who: dict[str, Actor] = field(default_factory=dict)
    posts: dict[str, object] = field(default_factory=dict)
    members: list[tuple[Actor, object]] = field(default_factory=list)
    resident: Actor | None = None

    @property
    def id(self) -> int:
        return self.estate.id

    @property
    def chair(self) -> Actor:
        return self.who["committee"]

    def draft(self, now: datetime, days: int = 4, **values) -> MeetingDraft:
        """A council of all five, four days from now at the usual hour, with something to decide."""
        defaults = {
            "kind": "council",
            "title": "法律顾问坐班时间会商会",
            "bodies": tuple(ROLES),
            "starts_at": local_instant(add_days(local_date(now), days), USUAL_HOUR),
            "place": "1栋活动室",
            "items": (
                ItemDraft("签到，宣布到会情况", 5, "召集人", "report"),
                ItemDraft("坐班改到周六上午", 25, "五方", "decide"),
            ),
        }
        return MeetingDraft(**defaults | values)

    def convened(self, now: datetime, body: str = "committee", **values) -> int:
        """A draft in the name of a body."""
        return service.convene(
            self.who[body],
            self.id,
            self.draft(now, **values),
            post_id=self.posts[body].id,
            now=now,
        )

    def noticed(self, now: datetime, body: str = "committee", **values) -> int:
        """A meeting whose notice is out."""
        n = self.convened(now, body, **values)
        service.notice(self.who[body], self.id, n, revision=1, now=now)
        return n

    def running(self, travel, absent: tuple[str, ...] = (), **values) -> int:
        """A meeting being held, at its first minute, with everybody in the room but the absent names."""
        n = self.noticed(travel.now, **values)
        at = travel(queries.get(self.id, n).starts_at)
        self.come(n, at, absent)
        service.start(self.chair, self.id, n, now=at)
        return n

    def come(self, n: int, now: datetime, absent: tuple[str, ...] = ()) -> None:
        """Everybody called comes in, by hand."""
        here = tuple(i.id for i in self.page(n).invitees if i.name not in absent)
        service.admit(self.chair, self.id, n, here, now=now)

    def page(self, n: int):
        """Everything about a meeting."""
        return queries.page(self.id, n)

    def deciding(self, travel, absent: tuple[str, ...] = (), **values) -> tuple[int, int]:
        """A meeting whose second item is being voted on: (meeting, decision)."""
        n = self.running(travel, absent, **values)
        item = next(i for i in self.page(n).items if i.kind == "decide")
        service.start_item(self.chair, self.id, n, item.id, now=travel.now)
        decision = service.open_decision(
            self.chair, self.id, n, item.id, text="坐班改到周六，试三个月", now=travel.now
        )
        return n, decision

    def seat(self, n: int, name: str) -> int:
        """Id of the invitee of this name."""
        return next(i.id for i in self.page(n).invitees if i.name == name)


def scene() -> Scene:
    """Seven seats: one of each body, and two more members of the committee; one resident without."""
    return kept("meetings", _scene)


def _scene() -> Scene:
    place = Scene(make.estate())
    for body, (title, role) in ROLES.items():
        place.who[body], place.posts[body] = holder(place, body, title, role, f"样{body}")
    for n in (1, 2):
        place.members.append(holder(place, "committee", "member", Role.MEMBER, f"样委员{n}"))
    person = make.person(place.id, name="丁小样")
    account = make.account(name="丁小样")
    make.link(account.id, person)
    place.resident = make.actor(
        place.id, Role.RESIDENT, account_id=account.id, person_id=person.id, name="丁小样"
    )
    return place


def holder(place: Scene, body: str, title: str, role: Role, name: str):
    person = make.person(place.id, name=name)
    account = make.account(name=name)
    make.link(account.id, person)
    post = make.post(person, body, title)
    actor = make.actor(
        place.id, role, Role.RESIDENT, account_id=account.id, person_id=person.id, name=name
    )
    return actor, post


SOON = timedelta(minutes=1)


def lost_quorum(place: Scene, travel) -> tuple[int, int]:
    """A vote closed without result, as the fourth of four left: (meeting, decision)."""
    n, decision = place.deciding(travel, absent=("样property", "样委员1", "样委员2"))
    service.leave(place.who["grid"], place.id, n, place.seat(n, "样grid"), now=travel(SOON))
    service.close_decision(place.chair, place.id, n, decision, now=travel.now)
    return n, decision


def make_proposal(place) -> int:
    """A proposal in two versions, straight in the tables."""
    at = datetime.fromisoformat("2026-05-01T00:00:00+00:00")
    thread = make.save(
        Thread(estate_id=place.id, title="续聘物业", answer_body="committee", created_at=at)
    )
    row = make.save(
        Proposal(
            estate_id=place.id,
            n=1,
            thread_id=thread.id,
            track="advisory",
            lead_body="committee",
            account_id=1,
            name="甲一明",
            standing="owner",
            created_at=at,
            submitted_at=at,
            screened_at=at,
            accepted=True,
        )
    )
    for n in (1, 2):
        make.save(
            ProposalVersion(
                proposal_id=row.id,
                n=n,
                title="续聘物业",
                what="续聘",
                text="续聘两年",
                name="甲一明",
                account_id=1,
                created_at=at,
                digest="0" * 64,
            )
        )
    return row.id
