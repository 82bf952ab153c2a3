"""Reading resolutions: one document with its versions, the archive with its search."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, select

from hall.ballots.models import Ballot
from hall.db import db
from hall.folding import terms
from hall.resolutions import rules
from hall.resolutions.models import Resolution


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a document in its list."""

    version: int
    published_at: datetime
    correction_reason: str


@dataclass(frozen=True, slots=True)
class ResolutionRow:
    """One version of a published document. record: the parsed public record."""

    docno: str
    number: str
    title: str
    kind: str
    verdict: str
    decided: tuple[str, ...]
    version: int
    versions: tuple[VersionRow, ...]
    published_at: datetime
    published_by: str
    objections_until: datetime | None
    display_until: datetime | None
    contest_until: date | None
    correction_reason: str
    source: str
    series: str
    ballot_id: int | None
    ballot_n: int | None
    decision_id: int | None
    proposal_id: int | None
    record: Mapping[str, Any]
    record_json: str
    digest: str

    @property
    def opinion(self) -> bool:
        """Whether it is an opinion that decides nothing."""
        return rules.is_opinion(self.series)

    @property
    def latest(self) -> bool:
        """Whether no newer version replaces it."""
        return self.version == max(v.version for v in self.versions)


@dataclass(frozen=True, slots=True)
class ResolutionCard:
    """A document in the archive: its newest version."""

    id: int
    docno: str
    number: str
    title: str
    kind: str
    verdict: str
    published_at: datetime
    versions: int
    source: str
    series: str
    voided_at: datetime | None = None  # when its ballot was declared void, after the publication

    @property
    def opinion(self) -> bool:
        """Whether it is an opinion that decides nothing."""
        return rules.is_opinion(self.series)


def find(estate_id: int, docno: str, version: int | None = None) -> ResolutionRow | None:
    """A document by name, its newest version or the one asked for; None when there is none."""
    parsed = rules.parse_docno(docno)
    if parsed is None:
        return None
    body, year, seq = parsed
    rows = db.session.execute(
        select(Resolution, Ballot.n)
        .outerjoin(Ballot, Ballot.id == Resolution.ballot_id)
        .where(
            Resolution.estate_id == estate_id,
            Resolution.body == body,
            Resolution.year == year,
            Resolution.seq == seq,
        )
        .order_by(Resolution.version)
    ).all()
    wanted = [r for r in rows if version in (None, r[0].version)]
    if not wanted:
        return None
    row, ballot_n = wanted[-1]
    return ResolutionRow(
        docno=docno,
        number=row.number,
        title=row.title,
        kind=row.kind,
        verdict=row.verdict,
        decided=tuple(row.decided.splitlines()),
        version=row.version,
        versions=tuple(VersionRow(r.version, r.published_at, r.correction_reason) for r, _ in rows),
        published_at=row.published_at,
        published_by=row.published_by,
        objections_until=row.objections_until,
        display_until=row.display_until,
        contest_until=row.contest_until,
        correction_reason=row.correction_reason,
        source=row.source,
        series=row.body,
        ballot_id=row.ballot_id,
        ballot_n=ballot_n,
        decision_id=row.decision_id,
        proposal_id=row.proposal_id,
        record=json.loads(row.record),
        record_json=row.record,
        digest=row.digest,
    )


def search(
    estate_id: int,
    text: str = "",
    *,
    year: int | None = None,
    kind: str | None = None,
    source: str | None = None,
    before: int | None = None,
    limit: int = 20,
) -> tuple[ResolutionCard, ...]:
    """Newest documents first, each in its newest version; every word must occur.

    before: the id of the last row seen (keyset paging).
    """
    newest = (
        select(
            Resolution.body,
            Resolution.year,
            Resolution.seq,
            func.max(Resolution.version).label("version"),
        )
        .where(Resolution.estate_id == estate_id)
        .group_by(Resolution.body, Resolution.year, Resolution.seq)
        .subquery()
    )
    q = (
        select(
            Resolution.id,
            Resolution.body,
            Resolution.year,
            Resolution.seq,
            Resolution.number,
            Resolution.title,
            Resolution.kind,
            Resolution.verdict,
            Resolution.published_at,
            Resolution.version,
            Resolution.source,
            Ballot.voided_at,
        )
        .outerjoin(Ballot, Ballot.id == Resolution.ballot_id)
        .join(
            newest,
            and_(
                newest.c.body == Resolution.body,
                newest.c.year == Resolution.year,
                newest.c.seq == Resolution.seq,
                newest.c.version == Resolution.version,
            ),
        )
        .where(Resolution.estate_id == estate_id)
        .order_by(Resolution.id.desc())
        .limit(limit)
    )
    for word in terms(text):
        q = q.where(Resolution.search.contains(word, autoescape=True))
    if year is not None:
        q = q.where(Resolution.year == year)
    if kind is not None:
        q = q.where(Resolution.kind == kind)
    if source is not None:
        q = q.where(Resolution.source == source)
    if before is not None:
        q = q.where(Resolution.id < before)
    return tuple(_card(r) for r in db.session.connection().execute(q))


def _card(r: Any) -> ResolutionCard:
    return ResolutionCard(
        r.id,
        rules.docno(r.body, r.year, r.seq),
        r.number,
        r.title,
        r.kind,
        r.verdict,
        r.published_at,
        r.version,
        r.source,
        r.body,
        r.voided_at,
    )


def passages(ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """What documents say, passage by passage, by row: what was decided, then their public record's words."""
    if not ids:
        return {}
    rows = db.session.connection().execute(
        select(Resolution.id, Resolution.decided, Resolution.record).where(Resolution.id.in_(ids))
    )
    return {i: (*decided.splitlines(), *_words(json.loads(record))) for i, decided, record in rows}


def _words(part: Any) -> Iterator[str]:
    """The texts of a record in their order; its keys and codes are not words."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            if key not in ("digest", "schema", "kind", "id"):
                yield from _words(value)
    elif isinstance(part, list):
        for value in part:
            yield from _words(value)
    elif isinstance(part, str) and not part.isascii():
        yield part


def latest(estate_id: int, limit: int = 5) -> tuple[ResolutionCard, ...]:
    """The newest documents, for the home page."""
    return search(estate_id, limit=limit)


def years(estate_id: int) -> tuple[int, ...]:
    """Years in which the estate published something, newest first."""
    return tuple(
        db.session.scalars(
            select(Resolution.year)
            .where(Resolution.estate_id == estate_id)
            .distinct()
            .order_by(Resolution.year.desc())
        )
    )


def of_ballot(ballot_id: int) -> str | None:
    """The document that publishes a ballot's result, or None."""
    row = (
        db.session.connection()
        .execute(
            select(Resolution.body, Resolution.year, Resolution.seq)
            .where(Resolution.ballot_id == ballot_id)
            .limit(1)
        )
        .one_or_none()
    )
    return rules.docno(*row) if row else None


def of_decisions(decision_ids: Sequence[int]) -> dict[int, str]:
    """The documents that publish these decisions of meetings; one query."""
    rows = db.session.connection().execute(
        select(Resolution.decision_id, Resolution.body, Resolution.year, Resolution.seq).where(
            Resolution.decision_id.in_(decision_ids), Resolution.version == 1
        )
    )
    return {i: rules.docno(body, year, seq) for i, body, year, seq in rows if i is not None}
