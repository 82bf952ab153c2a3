"""What both estates of the demo need: papers, posts, rolls, accounts and many sheets, by date."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from hall.ballots import queries as ballots
from hall.ballots import service as ballots_service
from hall.bodies.models import EstateBody
from hall.cli.demo.accounts import PASSWORD
from hall.cli.estate import add_estate
from hall.clock import local_instant
from hall.db import atomic, read_only
from hall.estates.models import Estate
from hall.journal.models import JournalEntry
from hall.people import queries as people
from hall.people import service as people_service
from hall.people.models import Account, Person
from hall.people.rules.logins import Login
from hall.permissions import Actor, Role
from hall.roll import queries as roll_queries
from hall.roll import service as roll
from hall.roll.models import RollEntry, RollEntryHolder, RollEntryUnit
from hall.rulesets import service as rulesets
from hall.rulesets.rules import Clause

STREET = "胜利街道"
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a frozen roll that somebody may cast for: its first holder does."""

    id: int
    area_cm2: int
    units: int
    holders: tuple[tuple[int, str], ...]  # person id, name


@dataclass(frozen=True, slots=True)
class Official:
    """A post with its holder; phone numbers are of no network."""

    login: str
    name: str
    body: str
    title: str
    building: str = ""


def is_used() -> bool:
    """Whether anything at all is in the database."""
    with read_only() as session:
        return any(session.scalar(select(func.count(t.id))) for t in (Estate, Account))


def acts() -> int:
    """How many acts the journal holds."""
    with read_only() as session:
        return session.scalar(select(func.count(JournalEntry.id))) or 0


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A Shanghai wall-clock time of a day."""
    return local_instant(day, time(hour, minute))


def estate(community: str, bodies: Mapping[str, str], **values: Any) -> int:
    """An estate of the street with the names of its five bodies."""
    with atomic() as session:
        estate_id = add_estate(STREET, community, demo=True, **values)
        for body, name in bodies.items():
            session.add(
                EstateBody(estate_id=estate_id, body=body, name=name, phone=values["phone"])
            )
    return estate_id


def rules(
    estate_id: int, drafting: Actor, confirming: Actor, clauses: Mapping[str, Any], on: date
) -> None:
    """The estate's rules: Sichuan's profile with the demo's clauses {path: (value, clause number)}."""
    paper = hashlib.sha256("演示用议事规则，没有这份文件".encode()).hexdigest()
    made = {path: Clause(value, no, paper) for path, (value, no) in clauses.items()}
    version = rulesets.draft(
        drafting, estate_id, preset="SC", clauses=made, effective_on=on, now=at(on, 9)
    )
    rulesets.confirm(confirming, estate_id, version, now=at(on, 15))


def first_official(
    estate_id: int, official: Official, n: int, from_on: date, now: datetime
) -> Actor:
    """The community's secretary, put in by whoever runs the server; grants everybody else."""
    granted = people_service.grant_first_post(
        estate_id,
        name=official.name,
        phone=_phone(n),
        body=official.body,
        title=official.title,
        from_on=from_on,
        to_on=None,
        evidence="任职文件（演示）",
        username=official.login,
        now=now,
    )
    return _known(granted.account_id, now)


def official(
    granting: Actor,
    estate_id: int,
    who: Official,
    n: int,
    *,
    from_on: date,
    now: datetime,
    building_id: int | None = None,
) -> Actor:
    """Anybody else with a post."""
    granted = people_service.grant_post(
        granting,
        estate_id,
        name=who.name,
        phone=_phone(n),
        body=who.body,
        title=who.title,
        building_id=building_id,
        from_on=from_on,
        to_on=None,
        evidence="任职文件（演示）",
        username=who.login,
        now=now,
    )
    return _known(granted.account_id, now)


def import_roll(
    estate_id: int, clerk: Actor, second: Actor, chair: Actor, file: str, on: date
) -> None:
    """The messy file comes in, a second person confirms it, the chair makes it public."""
    data = (DATA / file).read_bytes()
    import_id = roll.upload(clerk, estate_id, file, data, now=at(on, 10))
    roll.confirm_import(second, estate_id, import_id, now=at(on, 16, 30))
    roll.publish_roll(chair, estate_id, days=7, now=at(on + timedelta(days=1), 9))


def entries(ballot: ballots.BallotRow) -> list[Entry]:
    """The entries of a noticed ballot that have a holder, in roll order."""
    holders: dict[int, list[tuple[int, str]]] = {}
    with read_only() as session:
        for entry_id, person_id, name in session.execute(
            select(RollEntryHolder.entry_id, Person.id, Person.name)
            .join(RollEntry, RollEntry.id == RollEntryHolder.entry_id)
            .join(Person, Person.id == RollEntryHolder.person_id)
            .where(RollEntry.frozen_roll_id == ballot.frozen_roll_id, Person.kind == "natural")
            .order_by(RollEntryHolder.id)
        ):
            holders.setdefault(entry_id, []).append((person_id, name))
        units = dict(
            session.execute(
                select(RollEntryUnit.entry_id, func.count())
                .join(RollEntry, RollEntry.id == RollEntryUnit.entry_id)
                .where(RollEntry.frozen_roll_id == ballot.frozen_roll_id)
                .group_by(RollEntryUnit.entry_id)
            ).all()
        )
        rows = session.execute(
            select(RollEntry.id, RollEntry.area_cm2)
            .where(RollEntry.frozen_roll_id == ballot.frozen_roll_id)
            .order_by(RollEntry.n)
        ).all()
    return [Entry(i, a, units[i], tuple(holders[i])) for i, a in rows if i in holders]


def households(estate_id: int) -> list[Entry]:
    """The entries of today's roll that natural persons hold, in roll order."""
    with read_only() as session:
        found = session.execute(
            select(Person.id, Person.name).where(
                Person.estate_id == estate_id, Person.kind == "natural"
            )
        )
        names: dict[int, str] = dict(found.all())
        drafts = roll_queries.current_entries(estate_id)
    return [
        Entry(d.n, d.area_cm2, len(d.units), tuple((p, names[p]) for p in d.holders))
        for d in drafts
        if d.holders and all(p in names for p in d.holders)
    ]


class Voters:
    """Accounts of an estate's owners, made when first needed. Nobody knows their passwords."""

    def __init__(self, estate_id: int, prefix: str, now: datetime) -> None:
        self.estate_id = estate_id
        self.prefix = prefix
        self.now = now
        self._known: dict[int, Actor] = {}
        self._logins: dict[str, int] = {}

    def actor(self, person_id: int, name: str, login: str = "") -> Actor:
        """The owner as he or she acts; login: one of the demo's accounts, with its password."""
        if person_id not in self._known:
            account_id = people_service.add_account(
                name=name,
                login=Login("username", login or f"{self.prefix}-{person_id}"),
                password_hash=_demo_hash() if login else _closed_hash(),
                now=self.now,
            )
            people_service.link_person(
                account_id, self.estate_id, person_id, "letter", now=self.now
            )
            roles = frozenset({(self.estate_id, Role.OWNER), (self.estate_id, Role.RESIDENT)})
            mine = frozenset({(self.estate_id, person_id)})
            self._known[person_id] = Actor(account_id, name, roles, mine)
            self._logins[login] = person_id
        return self._known[person_id]

    def everyone(self, found: Sequence[Entry]) -> None:
        """An account for the first holder of every entry, in one transaction."""
        with atomic():
            for entry in found:
                self.actor(*entry.holders[0])

    def of_login(self, login: str) -> Actor:
        """An owner of the demo's accounts."""
        return self._known[self._logins[login]]


Choose = Callable[[int, ballots.BallotRow], Mapping[int, Sequence[int]]]


def cast_all(
    voters: Voters,
    ballot: ballots.BallotRow,
    taking_part: Sequence[Entry],
    choose: Choose,
    until: datetime,
    seed: int,
) -> None:
    """One sheet for each entry, spread over the window up to `until`, all through the real cast."""
    if ballot.open_at is None:
        raise ValueError("not noticed")
    dice = random.Random(seed)  # noqa: S311 (the same demo every time)
    span = int((until - ballot.open_at).total_seconds()) - 60
    # Most people answer in the first days, and by day.
    seconds = sorted(int(span * dice.random() ** 1.4) for _ in taking_part)
    for i, (entry, after) in enumerate(zip(taking_part, seconds, strict=True)):
        person_id, name = entry.holders[0]
        ballots_service.cast(
            voters.actor(person_id, name),
            voters.estate_id,
            ballot.n,
            entry_id=entry.id,
            answers=choose(i, ballot),
            digest=ballot.digest,
            request_key=f"demo-{entry.id}",
            now=ballot.open_at + timedelta(seconds=after),
        )


def motion(shares: Sequence[tuple[str, int]], of: int, seed: int) -> Choose:
    """Answers for a ballot of one motion: so many of each key, mixed."""
    keys = _mixed(shares, of, seed)
    return lambda i, ballot: {q.id: (_option(q, keys[i]),) for q in ballot.questions}


def by_label(shares: Sequence[tuple[str, int]], of: int, seed: int) -> Choose:
    """Answers for a ballot with one question and one mark."""
    labels = _mixed(shares, of, seed)

    def choose(i: int, ballot: ballots.BallotRow) -> Mapping[int, Sequence[int]]:
        q = ballot.questions[0]
        return {q.id: tuple(o.id for o in q.options if o.label == labels[i])}

    return choose


def approvals(weights: Sequence[int], seed: int) -> Choose:
    """Answers for an approval question: each choice marked by about so many of a hundred."""
    dice = random.Random(seed)  # noqa: S311

    def choose(_i: int, ballot: ballots.BallotRow) -> Mapping[int, Sequence[int]]:
        q = ballot.questions[0]
        real = [o for o in q.options if o.kind == "choice"]
        liked = [o.id for o, w in zip(real, weights, strict=True) if dice.randrange(100) < w]
        return {q.id: tuple(liked or [o.id for o in q.options if o.kind == "none"])}

    return choose


def noticed(
    chair: Actor,
    estate_id: int,
    draft: ballots_service.BallotDraft,
    drafted: datetime,
    on: datetime,
    *,
    proposal_n: int | None = None,
) -> ballots.BallotRow:
    """A ballot drafted and given notice of; with a proposal it is drafted from that one's words."""
    if proposal_n is None:
        n = ballots_service.create(chair, estate_id, draft, now=drafted)
    else:
        n = ballots_service.draft_from_proposal(chair, estate_id, proposal_n, now=drafted)
        with read_only():
            made = ballots.get(estate_id, n)
        draft = replace(draft, details=made.details)
        ballots_service.update(
            chair, estate_id, n, draft, revision=1, now=drafted + timedelta(hours=1)
        )
    ballots_service.notice(chair, estate_id, n, now=on)
    with read_only():
        return ballots.get(estate_id, n)


def pick(found: Sequence[Entry], heads_of_100: int, seed: int, never: set[int]) -> list[Entry]:
    """About so many of a hundred of all entries, mixed, without those that are left for visitors."""
    dice = random.Random(seed)  # noqa: S311
    left = [e for e in found if e.id not in never]
    dice.shuffle(left)
    return left[: len(found) * heads_of_100 // 100]


def give_password(account_id: int, now: datetime) -> None:
    """The demo's password for an account that was handed a random one."""
    with atomic():
        people_service.set_password(account_id, _demo_hash(), now=now)


def _known(account_id: int, now: datetime) -> Actor:
    """Who the account is after a real sign-in of that day, roles and all."""
    give_password(account_id, now)
    return signed_in(account_id, now)


def signed_in(account_id: int, now: datetime) -> Actor:
    """The actor of a session of that day; the session ends at once."""
    with atomic():
        started = people_service.start_session(account_id, user_agent="demo", now=now)
    with read_only():
        actor = people.visitor(started.token, now)
    people_service.sign_out(started.token, now=now)
    if actor is None:
        raise RuntimeError("the session did not start")
    return actor


def _option(question: Any, key: str) -> int:
    found: int = next(o.id for o in question.options if o.key == key)
    return found


def _mixed(shares: Sequence[tuple[str, int]], of: int, seed: int) -> list[str]:
    """The keys, each as often as said, the last filling up to `of`, in a mixed order."""
    out = [key for key, many in shares for _ in range(many)][:of]
    out += [shares[0][0]] * (of - len(out))
    random.Random(seed).shuffle(out)  # noqa: S311
    return out


def _phone(n: int) -> str:
    return f"19900009{n:03}"


@cache
def _demo_hash() -> str:
    return people_service.hashed(PASSWORD)


@cache
def _closed_hash() -> str:
    """Of a password that nobody has."""
    import secrets

    return people_service.hashed(secrets.token_urlsafe(32))
