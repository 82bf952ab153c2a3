"""An open ballot with many voters, each already signed in: what a load test casts with."""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import insert

from hall.ballots.models import Ballot, Option, Question
from hall.db import atomic
from hall.people.models import Account, AccountPerson, Person, UserSession
from hall.roll.models import (
    FrozenRoll,
    RollEntry,
    RollEntryHolder,
    RollEntryUnit,
    Title,
    TitleHolder,
    Unit,
)
from tests import make

DIGEST = "d" * 64
BUILDINGS = 4


@dataclass(frozen=True)
class Voter:
    """An owner of one flat, with a browser's cookie and form token of a session that runs."""

    n: int
    entry_id: int
    cookie: str
    token: str


@dataclass(frozen=True)
class Stage:
    """Where to cast, and what can be marked: option ids by question id."""

    path: str
    ballot_id: int
    questions: dict[int, tuple[int, ...]]
    voters: tuple[Voter, ...]


def build(app: Flask, voters: int) -> Stage:
    """Put an estate, a frozen roll, an open ballot of two motions and signed-in voters into the database."""
    now = datetime.now(UTC)
    estate = make.estate(slug="load")
    houses = [make.building(estate.id).id for _ in range(BUILDINGS)]
    owners = _owners(estate.id, houses, voters, now)
    ballot, questions = _ballot(estate.id, owners, now)
    tokens = _sessions(owners, now)
    browsers = _cookies(app, tokens, now)
    return Stage(
        path=f"/e/load/ballots/{ballot.n}/cast",
        ballot_id=ballot.id,
        questions=questions,
        voters=tuple(
            Voter(i, o["entry_id"], *browser)
            for i, (o, browser) in enumerate(zip(owners, browsers, strict=True))
        ),
    )


def _bulk(model, rows: list[dict]) -> list[int]:
    """Insert many rows; their ids in the same order."""
    with atomic() as s:
        return list(
            s.scalars(insert(model).returning(model.id, sort_by_parameter_order=True), rows)
        )


def _owners(estate_id: int, houses: list[int], count: int, now: datetime) -> list[dict]:
    many = range(count)
    common = {"estate_id": estate_id}
    units = _bulk(
        Unit,
        [
            common
            | {
                "building_id": houses[i % len(houses)],
                "room": str(i),
                "label": f"样栋{i}",
                "area_cm2": 900_000 + i,
                "area_source": "register",
                "kind": "home",
                "status": "sold",
            }
            for i in many
        ],
    )
    persons = _bulk(Person, [common | {"name": f"样本{i}", "created_at": now} for i in many])
    titles = _bulk(Title, [common | {"unit_id": u, "recorded_at": now} for u in units])
    _bulk(
        TitleHolder,
        [{"title_id": t, "person_id": p} for t, p in zip(titles, persons, strict=True)],
    )
    accounts = _bulk(
        Account, [{"name": f"样本{i}", "username": f"load{i}", "created_at": now} for i in many]
    )
    _bulk(
        AccountPerson,
        [
            common | {"account_id": a, "person_id": p, "level": 2, "how": "letter", "at": now}
            for a, p in zip(accounts, persons, strict=True)
        ],
    )
    return [
        {"unit_id": u, "person_id": p, "account_id": a, "building_id": houses[i % len(houses)]}
        for i, (u, p, a) in enumerate(zip(units, persons, accounts, strict=True))
    ]


def _ballot(estate_id: int, owners: list[dict], now: datetime):
    (roll_id,) = _bulk(
        FrozenRoll,
        [
            {
                "estate_id": estate_id,
                "electorate": "owners",
                "scope": "{}",
                "frozen_at": now,
                "digest": DIGEST,
                "entries": len(owners),
                "heads": len(owners),
                "area_cm2": sum(900_000 + i for i in range(len(owners))),
            }
        ],
    )
    entries = _bulk(
        RollEntry,
        [
            {
                "frozen_roll_id": roll_id,
                "n": i,
                "owner_key": hashlib.sha256(str(o["person_id"]).encode()).hexdigest(),
                "kind": "owner",
                "heads": 1,
                "area_cm2": 900_000 + i,
                "building_id": o["building_id"],
                "label": f"样栋{i}",
            }
            for i, o in enumerate(owners)
        ],
    )
    for o, entry_id in zip(owners, entries, strict=True):
        o["entry_id"] = entry_id
    _bulk(
        RollEntryUnit,
        [
            {
                "entry_id": o["entry_id"],
                "unit_id": o["unit_id"],
                "building_id": o["building_id"],
                "label": f"样栋{i}",
                "area_cm2": 900_000 + i,
            }
            for i, o in enumerate(owners)
        ],
    )
    _bulk(
        RollEntryHolder,
        [{"entry_id": o["entry_id"], "person_id": o["person_id"]} for o in owners],
    )
    ballot = make.save(
        Ballot(
            estate_id=estate_id,
            n=1,
            kind="advisory",
            title="负载测试",
            electorate="owners",
            channels=json.dumps(["online"]),
            open_at=now - timedelta(days=1),
            close_at=now + timedelta(days=1),
            created_at=now - timedelta(days=20),
            notice_year=now.year,
            notice_seq=1,
            notice_number="样业告〔2026〕1号",
            noticed_at=now - timedelta(days=16),
            frozen_roll_id=roll_id,
            digest=DIGEST,
        )
    )
    return ballot, dict(_question(ballot.id, seq) for seq in (1, 2))


def _question(ballot_id: int, seq: int) -> tuple[int, tuple[int, ...]]:
    question = make.save(Question(ballot_id=ballot_id, seq=seq, text=f"事项{seq}", method="motion"))
    answers = (("同意", "for"), ("反对", "against"), ("弃权", "abstain"))
    options = [
        make.save(Option(question_id=question.id, seq=i, label=label, kind=kind)).id
        for i, (label, kind) in enumerate(answers, 1)
    ]
    return question.id, tuple(options)


def _sessions(owners: list[dict], now: datetime) -> list[str]:
    tokens = [secrets.token_urlsafe(32) for _ in owners]
    _bulk(
        UserSession,
        [
            {
                "token_sha": hashlib.sha256(t.encode()).hexdigest(),
                "account_id": o["account_id"],
                "created_at": now,
                "expires_at": now + timedelta(days=1),
            }
            for t, o in zip(tokens, owners, strict=True)
        ],
    )
    return tokens


def _cookies(app: Flask, tokens: list[str], now: datetime) -> list[tuple[str, str]]:
    """Cookie and form token for each session, signed as the application signs them."""
    from itsdangerous import URLSafeTimedSerializer

    signer = app.session_interface.get_signing_serializer(app)
    forms = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    name, stamp = app.config["SESSION_COOKIE_NAME"], int(now.timestamp())
    made = []
    for token in tokens:
        secret = secrets.token_hex(20)
        content = {
            "_user_id": token,
            "_fresh": True,
            "_permanent": True,
            "since": stamp,
            "seen": stamp,
            "csrf_token": secret,
        }
        made.append((f"{name}={signer.dumps(content)}", forms.dumps(secret)))
    return made


def signed_in(app: Flask, account_id: int, now: datetime) -> str:
    """The cookie of a session of an account, made and signed as the application does."""
    token = secrets.token_urlsafe(32)
    with atomic() as session:
        session.execute(
            insert(UserSession).values(
                token_sha=hashlib.sha256(token.encode()).hexdigest(),
                account_id=account_id,
                created_at=now,
                expires_at=now + timedelta(days=1),
                user_agent="",
            )
        )
    return _cookies(app, [token], now)[0][0]
