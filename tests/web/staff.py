"""An estate with posts, a small roll, rules and a ballot in any phase, for the tests of the desk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from hall import clock
from hall.ballots.models import Ballot, Option, Question
from hall.rulesets.models import RuleSetVersion
from hall.rulesets.rules import digest, preset, to_json
from tests import make
from tests.kept import kept
from tests.pages import Pages, sign_in

POSTS = {
    "chair": ("committee", "chair"),
    "member": ("committee", "member"),
    "clerk": ("committee", "clerk"),
    "scrutineer": ("branch", "scrutineer"),
    "community": ("community", "secretary"),
    "steward": ("committee", "steward"),
    "property": ("property", "staff"),
}


@dataclass
class Staff:
    """An estate and its people; pages(role) is a browser signed in as one of them."""

    app: object
    now: object
    estate: object
    building: object
    other: object
    units: list
    accounts: dict
    owner_person: object

    def pages(self, role: str | None) -> Pages:
        client = self.app.test_client()
        if role is not None:
            sign_in(client, self.accounts[role].id, clock.now())
        return Pages(client)

    def status(self, role: str | None, url: str) -> int:
        return self.pages(role).client.get(url).status_code

    def url(self, rest: str = "") -> str:
        return f"/desk/{self.estate.slug}/{rest}"


def stage(app, now) -> Staff:
    """The estate, its officials, six homes; another estate with a chair of its own."""
    return kept(("staff", now), lambda: _stage(app, now))


def _stage(app, now) -> Staff:
    estate = make.estate()
    building = make.building(estate.id, name="1栋")
    other = make.building(estate.id, name="2栋")
    units = [make.home(estate.id, building.id)[0] for _ in range(3)]
    units += [make.home(estate.id, other.id)[0] for _ in range(2)]
    accounts = {}
    for role, (body, title) in POSTS.items():
        person = make.person(estate.id)
        make.post(person, body, title, building_id=building.id if title == "steward" else None)
        accounts[role] = make.account(name=person.name)
        make.link(accounts[role].id, person)
    unit, _owner, _actor = make.owner(estate.id, building.id)
    accounts["owner"] = make.account(name="样本业主")
    person = make.person(estate.id, name="样本业主")
    make.title(make.unit(estate.id, building.id), person.id)
    make.link(accounts["owner"].id, person)
    elsewhere = make.estate()
    stranger = make.person(elsewhere.id)
    make.post(stranger, "committee", "chair")
    accounts["stranger"] = make.account(name=stranger.name)
    make.link(accounts["stranger"].id, stranger)
    return Staff(app, now, estate, building, other, [*units, unit], accounts, person)


def confirmed_rules(estate_id: int, now, by=None) -> None:
    """The national rule set, drafted and confirmed."""
    rules = preset("CN-2021")
    make.save(
        RuleSetVersion(
            estate_id=estate_id,
            version=1,
            preset="CN-2021",
            clauses="{}",
            config=to_json(rules),
            digest=digest(rules),
            effective_on=rules.effective_from,
            drafted_by=None,
            drafted_at=now,
            confirmed_by=by,
            confirmed_at=now,
        )
    )


def ballot(staff: Staff, now, *, kind="statutory", **values) -> Ballot:
    """A draft motion that opens in 20 days and closes ten days later, straight into the tables."""
    rows = make.save(
        Ballot(
            **{
                "estate_id": staff.estate.id,
                "n": 1,
                "kind": kind,
                "title": "续聘物业公司",
                "matter": 4 if kind == "statutory" else None,
                "scope": "{}",
                "electorate": "owners",
                "channels": json.dumps(["online"]),
                "convener": "业主委员会",
                "contact": "样本 13800000000",
                "open_at": now + timedelta(days=20),
                "close_at": now + timedelta(days=30),
                "created_at": now,
            }
            | values
        )
    )
    question = make.save(
        Question(ballot_id=rows.id, seq=1, text="您是否同意续聘？", method="motion", seats=1)
    )
    for seq, (label, code) in enumerate(
        (("同意", "for"), ("反对", "against"), ("弃权", "abstain")), 1
    ):
        make.save(Option(question_id=question.id, seq=seq, label=label, detail="", kind=code))
    return rows
