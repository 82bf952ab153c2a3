"""The register itself: next number, newest version, one row with its digest and its journal line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from hall.db import db
from hall.errors import NotFound
from hall.estates.models import Estate
from hall.folding import fold
from hall.journal import service as journal
from hall.permissions import SYSTEM, Actor
from hall.proposals.models import Proposal
from hall.resolutions import record, rules
from hall.resolutions.models import Resolution


def lock(estate_id: int) -> None:
    """Numbers are given one after another: the estate's row is locked until the commit."""
    db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()


def lines(decided: str) -> str:
    """What was decided, one item a line, without blank ones."""
    return "\n".join(line.strip() for line in decided.splitlines() if line.strip())


def latest(estate_id: int, docno: str) -> Resolution:
    """The newest version of a document. Raises NotFound."""
    parsed = rules.parse_docno(docno)
    found = parsed and db.session.scalar(
        select(Resolution)
        .where(
            Resolution.estate_id == estate_id,
            Resolution.body == parsed[0],
            Resolution.year == parsed[1],
            Resolution.seq == parsed[2],
        )
        .order_by(Resolution.version.desc())
        .limit(1)
    )
    if not found:
        raise NotFound("resolution")
    return found


def next_seq(estate_id: int, series: str, year: int) -> int:
    """The next free number of a series and year."""
    last = db.session.scalar(
        select(func.max(Resolution.seq)).where(
            Resolution.estate_id == estate_id, Resolution.body == series, Resolution.year == year
        )
    )
    return (last or 0) + 1


def add(
    actor: Actor,
    document: Mapping[str, Any],
    words: list[str],
    *,
    now: datetime,
    act: str,
    facts: Mapping[str, object],
    **values: Any,
) -> Resolution:
    """Write one version of a document with its record, digest and searchable words, and journal it."""
    text = record.canonical(document)
    row = Resolution(
        record=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        search=fold(words),
        published_at=now,
        published_by="" if actor is SYSTEM else actor.name,
        **values,
    )
    db.session.add(row)
    db.session.flush()
    journal.record(
        actor,
        act,
        "resolution",
        row.id,
        estate_id=row.estate_id,
        now=now,
        docno=rules.docno(row.body, row.year, row.seq),
        number=row.number,
        version=row.version,
        title=row.title,
        digest=row.digest,
        reason=row.correction_reason or "",
        **facts,
    )
    return row


def proposal_n(proposal_id: int | None) -> int | None:
    """The number of a proposal in its estate, for the journal."""
    if proposal_id is None:
        return None
    return db.session.scalar(select(Proposal.n).where(Proposal.id == proposal_id))
