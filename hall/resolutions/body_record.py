"""The public record of a body's decision: who was there, who voted how, by which rule.

Seats are named, for their holders act in office; a resident among them shows only the surname.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hall.bodies.rules import DECISION_RULES
from hall.clock import iso
from hall.estates.queries import EstateRow
from hall.meetings.queries.outcome import OutcomeRow, PersonLine
from hall.people.queries import PostRow
from hall.resolutions.queries.matter import MatterRow
from hall.resolutions.rules import is_opinion, series_of, series_of_body

FORMAT = "hall-body-decision/1"


def of_meeting(
    estate: EstateRow,
    found: OutcomeRow,
    about: MatterRow | None,
    *,
    number: str,
    decided: str,
    now: datetime,
) -> dict[str, Any]:
    """The record of a meeting's decision, with every figure it rests on."""
    series = series_of(found.meeting_kind, found.meeting_body)
    rule = DECISION_RULES.get(found.rule)
    subject = about.title if about else found.item_title
    return _base(estate, series, number, decided, now) | {
        "source": "meeting",
        "title": f"关于{subject}的{'会商意见' if is_opinion(series) else '决定'}",
        "verdict": found.outcome,
        "basis": "",
        "decision": {
            "text": found.text,
            "at": iso(found.decided_at) if found.decided_at else None,
            "rule": found.rule,
            "quorum": list(rule.quorum) if rule else None,
            "adopt": list(rule.adopt) if rule else None,
            "base": rule.base if rule else None,
            "due": found.due,
            "present": found.present,
            "for": found.votes_for,
            "against": found.votes_against,
            "abstain": found.abstain,
        },
        "meeting": {
            "n": found.meeting_n,
            "kind": found.meeting_kind,
            "body": found.meeting_body,
            "bodies": list(found.bodies),
            "title": found.meeting_title,
            "place": found.place,
            "starts": iso(found.starts_at),
            "item": found.item_seq,
        },
        "present": [_person(p) for p in found.attended],
        "votes": [{**_person(v.who), "choice": v.choice, "reason": v.reason} for v in found.votes],
        "barred": [{**_person(b.who), "reason": b.reason} for b in found.barred],
        "proposal": _matter(about, found.version_n),
    }


def of_organisation(
    estate: EstateRow,
    about: MatterRow,
    post: PostRow,
    *,
    number: str,
    text: str,
    basis: str,
    decided: str,
    now: datetime,
) -> dict[str, Any]:
    """The record of what an organisation decided on a proposal, and on what ground."""
    return _base(estate, series_of_body(post.body), number, decided, now) | {
        "source": "organisation",
        "title": f"关于{about.title}的决定",
        "verdict": "decided",
        "basis": basis,
        "decision": {"text": text, "at": iso(now)},
        "by": {"name": post.name, "title": post.title, "body": post.body},
        "proposal": _matter(about, about.ready_version or about.version),
    }


def words(document: Mapping[str, Any]) -> list[str]:
    """What the archive finds a record by."""
    return [
        document["title"],
        document["number"],
        document["decision"]["text"],
        document["basis"],
        *document["decided"],
    ]


def _base(
    estate: EstateRow, series: str, number: str, decided: str, now: datetime
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "estate": estate.name,
        "street": estate.street,
        "community": estate.community,
        "series": series,
        "number": number,
        "version": 1,
        "decided": decided.splitlines(),
        "correction_reason": "",
        "published": iso(now),
    }


def _matter(about: MatterRow | None, version: int | None) -> dict[str, Any] | None:
    if about is None:
        return None
    return {"n": about.n, "version": version, "title": about.title}


def _person(line: PersonLine) -> dict[str, Any]:
    name = line.name if line.body or line.kind != "resident" else f"{line.name[:1]}**"
    return {"name": name, "title": line.title, "body": line.body, "kind": line.kind}
