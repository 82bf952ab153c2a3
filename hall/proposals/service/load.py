"""What the verbs of this room share: loading and locking, speaking, writing a version."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from hall.db import db
from hall.errors import Blocker, NotFound, refuse_if
from hall.estates.models import Estate
from hall.files.models import StoredFile
from hall.folding import fold
from hall.proposals.models import CommentRound, Proposal, ProposalVersion, VersionFile
from hall.proposals.queries.rows import draft_wording, wording_of
from hall.proposals.rules import wording as words
from hall.proposals.rules.state import RoundFacts
from hall.proposals.rules.steps import VersionFacts
from hall.proposals.rules.wording import Wording
from hall.threads.models import Thread
from hall.threads.rules import Voice

MOST_FILES = 10
MOST_LABEL = 80
# The thread takes nothing before a round opens: a window that is over as it begins.
FileRefs = Sequence[tuple[int, str]]  # (id, label)


@dataclass(frozen=True, slots=True)
class ChangeDraft:
    """A change as typed: what changed, and the ids of the comments that caused it."""

    text: str
    comment_ids: tuple[int, ...] = ()


def locked(estate_id: int, n: int) -> Proposal:
    """The proposal, locked: everything done to it goes one after the other. Raises NotFound."""
    row = db.session.scalar(
        select(Proposal)
        .where(Proposal.estate_id == estate_id, Proposal.n == n)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("proposal")
    return row


def own_draft(estate_id: int, n: int, account_id: int | None) -> Proposal:
    """One's own draft; anybody else's does not exist."""
    row = locked(estate_id, n)
    if row.submitted_at is None and row.account_id != account_id:
        raise NotFound("proposal")
    return row


def handed_in(estate_id: int, n: int) -> Proposal:
    """A proposal the public can see; a draft does not exist for anyone but its author."""
    row = locked(estate_id, n)
    if row.submitted_at is None:
        raise NotFound("proposal")
    return row


def next_number(estate_id: int) -> int:
    """The next running number; the estate's row is locked until it is taken."""
    db.session.execute(select(Estate.id).where(Estate.id == estate_id).with_for_update()).one()
    last = db.session.scalar(select(func.max(Proposal.n)).where(Proposal.estate_id == estate_id))
    return (last or 0) + 1


def versions_of(proposal_id: int) -> tuple[VersionFacts, ...]:
    """Numbers and weight of all versions, oldest first."""
    rows = db.session.execute(
        select(ProposalVersion.n, ProposalVersion.material)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.n)
    )
    return tuple(VersionFacts(n, material) for n, material in rows)


def newest_wording(proposal_id: int) -> tuple[int, Wording]:
    """Number and words of the newest version."""
    row = db.session.scalars(
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.n.desc())
        .limit(1)
    ).one()
    return row.n, wording_of(row)


def round_rows(proposal_id: int) -> list[CommentRound]:
    """All rounds, oldest first, as rows to be changed."""
    return list(
        db.session.scalars(
            select(CommentRound)
            .where(CommentRound.proposal_id == proposal_id)
            .order_by(CommentRound.n)
        )
    )


def round_facts(rows: Sequence[CommentRound]) -> tuple[RoundFacts, ...]:
    """Rounds for the rules."""
    return tuple(RoundFacts(r.n, r.version_n, r.opens_at, r.closes_at, r.settled_at) for r in rows)


def file_blockers(estate_id: int, files: FileRefs) -> list[Blocker]:
    """Attachments that are too many or not this estate's."""
    found = []
    if len(files) > MOST_FILES:
        found.append(Blocker("too_many_files", {"most": MOST_FILES}))
    ids = {i for i, _ in files}
    known = db.session.scalar(
        select(func.count()).where(StoredFile.id.in_(ids), StoredFile.estate_id == estate_id)
    )
    if ids and known != len(ids):
        found.append(Blocker("file_unknown"))
    return found


def packed(wording: Wording, files: FileRefs) -> str:
    """A draft as it is kept."""
    data = asdict(wording) | {"files": [[i, label[:MOST_LABEL]] for i, label in files]}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> tuple[Wording, FileRefs]:
    """The reverse of packed()."""
    return draft_wording(text)


def add_version(
    proposal: Proposal,
    voice: Voice,
    wording: Wording,
    files: FileRefs,
    *,
    n: int,
    material: bool,
    note: str,
    now: datetime,
) -> ProposalVersion:
    """Write a wording on record; the archive's search and the thread's title follow it."""
    row = ProposalVersion(
        proposal_id=proposal.id,
        n=n,
        **asdict(wording),
        material=material,
        note=note,
        name=voice.name,
        account_id=voice.account_id,
        body=voice.body,
        post_title=voice.title,
        created_at=now,
        digest=words.digest(wording),
    )
    db.session.add(row)
    db.session.flush()
    for file_id, label in dict(files).items():
        db.session.add(VersionFile(version_id=row.id, file_id=file_id, label=label[:MOST_LABEL]))
    proposal.search = fold(
        [
            wording.title,
            wording.what,
            wording.cost,
            wording.if_not,
            wording.text,
            proposal.origin_text,
        ]
    )
    db.session.execute(
        update(Thread).where(Thread.id == proposal.thread_id).values(title=wording.title)
    )
    return row


def checked(wording: Wording) -> Wording:
    """The wording made clean. Refused when a field is too long: it is not cut, it is given back."""
    plain = words.cleaned(wording)
    refuse_if(words.too_long(plain))
    return plain
