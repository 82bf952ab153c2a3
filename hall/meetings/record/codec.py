"""Minutes as canonical JSON, and read back from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from hall.clock import iso
from hall.meetings.record.paper import (
    BarredSeat,
    Decided,
    Group,
    Item,
    Paper,
    Person,
    Published,
    Stay,
    Task,
    Vote,
)
from hall.meetings.rules.minutes import Signing

FORMAT = "hall minutes 1"


def canonical(document: Mapping[str, Any]) -> str:
    """Canonical JSON: sorted keys, no white space, UTF-8; the form every digest is taken of."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def write(made: Paper) -> str:
    """The paper as canonical JSON: what the bodies sign."""
    return canonical({"format": FORMAT, **_plain(asdict(made))})


def read(text: str) -> Paper:
    """The paper in a canonical text that write() made."""
    return _paper(json.loads(text))


def write_published(
    text: str,
    *,
    circulated_at: datetime,
    sign_by: datetime,
    signatures: Iterable[Signing],
    corrections: Iterable[Mapping[str, Any]],
    published_at: datetime,
    published_by: str,
) -> str:
    """The published record around a signed paper, as canonical JSON. Silence is written as silence."""
    return canonical(
        {
            "format": f"{FORMAT} published",
            "minutes": json.loads(text),
            "minutes_digest": digest(text),
            "circulated_at": iso(circulated_at),
            "sign_by": iso(sign_by),
            "signatures": [_signing(s) for s in signatures],
            "corrections": [_plain(dict(c)) for c in corrections],
            "published_at": iso(published_at),
            "published_by": published_by,
        }
    )


def read_published(text: str) -> Published:
    """The published minutes in a record that write_published() made."""
    doc = json.loads(text)
    return Published(
        paper=_paper(doc["minutes"]),
        paper_digest=doc["minutes_digest"],
        circulated_at=_at(doc["circulated_at"]),
        sign_by=_at(doc["sign_by"]),
        published_at=_at(doc["published_at"]),
        published_by=doc["published_by"],
        signatures=tuple({**s, "at": _maybe(s["at"])} for s in doc["signatures"]),
        corrections=tuple({**c, "at": _at(c["at"])} for c in doc["corrections"]),
    )


def _signing(s: Signing) -> dict[str, Any]:
    given = s.given
    return {
        "body": s.body,
        "state": s.state,
        "name": given.name if given else "",
        "title": given.title if given else "",
        "remark": given.remark if given else "",
        "at": iso(given.at) if given else None,
    }


def _plain(value: Any) -> Any:
    """Instants and days as ISO text, tuples as lists, all the way down."""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return _at(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _paper(doc: dict[str, Any]) -> Paper:
    given = {k: v for k, v in doc.items() if k != "format"}
    for name in ("starts_at", "ends_at", "started_at", "ended_at"):
        given[name] = _maybe(given[name])
    given["bodies"] = tuple((code, name) for code, name in given["bodies"])
    given["attendance"] = tuple(_group(g) for g in given["attendance"])
    given["agenda"] = tuple(_read_item(i) for i in given["agenda"])
    given["tasks"] = tuple(
        Task(**{**t, "due_on": _day(t["due_on"]), "check_on": _day(t["check_on"])})
        for t in given["tasks"]
    )
    return Paper(**given)


def _group(doc: dict[str, Any]) -> Group:
    people = tuple(
        Person(
            **{**p, "stays": tuple(Stay(_at(s["in_at"]), _maybe(s["out_at"])) for s in p["stays"])}
        )
        for p in doc["people"]
    )
    return Group(**{**doc, "people": people})


def _read_item(doc: dict[str, Any]) -> Item:
    return Item(**{**doc, "decisions": tuple(_read_decided(d) for d in doc["decisions"])})


def _read_decided(doc: dict[str, Any]) -> Decided:
    return Decided(
        **{
            **doc,
            "decided_at": _at(doc["decided_at"]),
            "votes": tuple(Vote(**v) for v in doc["votes"]),
            "barred": tuple(BarredSeat(**b) for b in doc["barred"]),
        }
    )
