"""The frozen rows this room hands out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hall.proposals.models import Proposal, ProposalVersion
from hall.proposals.rules.state import Facts, RoundFacts, State, screening_overdue, state
from hall.proposals.rules.steps import VersionFacts
from hall.proposals.rules.wording import FIELDS, Wording


@dataclass(frozen=True, slots=True)
class Byline:
    """Who spoke, as of that day: a resident by building and masked name, a body by name and title."""

    name: str
    place: str = ""
    standing: str = "resident"  # owner | resident | body | offline
    body: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file attached to a version."""

    id: int
    name: str
    label: str
    kind: str
    size: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a version changed and the ids of the comments that caused it."""

    id: int
    seq: int
    text: str
    comment_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CommentRef:
    """A comment quoted outside its thread; text is empty when it is no longer shown."""

    id: int
    by: Byline
    text: str
    written_at: datetime
    show_name: bool
    echoes: int
    outcome: str = ""  # of its newest answer
    answered_by: str | None = None  # body


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One wording 稿, immutable."""

    id: int
    n: int
    wording: Wording
    material: bool
    note: str
    by: Byline
    created_at: datetime
    digest: str
    changes: tuple[ChangeRow, ...] = ()
    files: tuple[FileRef, ...] = ()

    @property
    def facts(self) -> VersionFacts:
        """What the rules look at."""
        return VersionFacts(self.n, self.material)


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round of comment with its summary; comments: how many were written in its window."""

    n: int
    version_n: int
    opens_at: datetime
    closes_at: datetime
    question: str
    heard: str
    nothing_changed: bool
    settled_at: datetime | None
    settled_name: str
    settled_body: str | None
    comments: int = 0

    @property
    def facts(self) -> RoundFacts:
        """What the rules look at."""
        return RoundFacts(self.n, self.version_n, self.opens_at, self.closes_at, self.settled_at)

    def phase(self, now: datetime) -> str:
        """planned | open | answering | settled."""
        return self.facts.phase(now)


@dataclass(frozen=True, slots=True)
class Screening:
    """How a proposal was let in or declined."""

    by: Byline
    at: datetime
    accepted: bool
    reason: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal with its newest wording (the draft's while it has not been handed in)."""

    id: int
    estate_id: int
    n: int
    thread_id: int
    track: str
    matter: int | None
    procedure: str
    scope: Mapping[str, Any]
    lead_body: str
    account_id: int
    by: Byline
    origin: str
    origin_text: str
    origin_on: date | None
    origin_comment_id: int | None
    created_at: datetime
    facts: Facts
    screening: Screening | None
    ready_version: int | None
    withdraw_reason: str
    settled_how: str
    version_n: int
    wording: Wording
    material: bool
    note: str
    version_at: datetime | None
    digest: str
    revision: int
    draft_files: tuple[tuple[int, str], ...] = ()

    @property
    def state(self) -> State:
        """Where it stands."""
        return state(self.facts)

    @property
    def title(self) -> str:
        """The title of the newest wording."""
        return self.wording.title

    def overdue(self, now: datetime) -> bool:
        """Whether its screening is past the shown deadline."""
        return screening_overdue(self.facts, now)


@dataclass(frozen=True, slots=True)
class ProposalRef:
    """Enough of a proposal to link to it."""

    id: int
    n: int
    title: str


def facts_of(p: Proposal) -> Facts:
    """What happened to a proposal."""
    return Facts(
        submitted_at=p.submitted_at,
        screen_by=p.screen_by,
        screened_at=p.screened_at,
        accepted=p.accepted,
        on_agenda_at=p.on_agenda_at,
        ready_at=p.ready_at,
        withdrawn_at=p.withdrawn_at,
        settled_at=p.settled_at,
    )


def wording_of(v: ProposalVersion) -> Wording:
    """The words of a version."""
    return Wording(**{f: getattr(v, f) for f in FIELDS})


def draft_wording(text: str) -> tuple[Wording, tuple[tuple[int, str], ...]]:
    """The wording kept in a draft, and its files as (id, label)."""
    data = json.loads(text) if text else {}
    files = tuple((int(i), str(label)) for i, label in data.pop("files", []))
    return Wording(**data), files


def row_of(p: Proposal, v: ProposalVersion | None) -> ProposalRow:
    """A proposal with its newest version as a frozen row."""
    wording, files = draft_wording(p.draft) if v is None else (wording_of(v), ())
    screening = None
    if p.screened_at is not None and p.accepted is not None:
        by = Byline(p.screened_name, "", "body", p.screened_body, p.screened_title)
        screening = Screening(by, p.screened_at, p.accepted, p.screen_reason)
    return ProposalRow(
        id=p.id,
        estate_id=p.estate_id,
        n=p.n,
        thread_id=p.thread_id,
        track=p.track,
        matter=p.matter,
        procedure=p.procedure,
        scope=json.loads(p.scope),
        lead_body=p.lead_body,
        account_id=p.account_id,
        by=Byline(p.name, p.place, p.standing, p.body, p.title),
        origin=p.origin,
        origin_text=p.origin_text,
        origin_on=p.origin_on,
        origin_comment_id=p.origin_comment_id,
        created_at=p.created_at,
        facts=facts_of(p),
        screening=screening,
        ready_version=p.ready_version,
        withdraw_reason=p.withdraw_reason,
        settled_how=p.settled_how,
        version_n=v.n if v else 0,
        wording=wording,
        material=v.material if v else False,
        note=v.note if v else "",
        version_at=v.created_at if v else None,
        digest=v.digest if v else "",
        revision=p.revision,
        draft_files=files,
    )
