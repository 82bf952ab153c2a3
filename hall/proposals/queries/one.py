"""Reading one proposal: its versions, its rounds, the comments that caused its changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, bindparam, func, select

from hall.db import db
from hall.db.query import Query, maker
from hall.errors import NotFound
from hall.files.models import StoredFile
from hall.proposals.models import (
    Change,
    ChangeComment,
    CommentRound,
    Proposal,
    ProposalVersion,
    VersionFile,
)
from hall.proposals.queries.rows import (
    Byline,
    ChangeRow,
    CommentRef,
    FileRef,
    ProposalRef,
    ProposalRow,
    RoundRow,
    VersionRow,
    row_of,
    wording_of,
)
from hall.proposals.rules.state import RoundFacts
from hall.threads.models import Answer, Comment, Echo


def get(estate_id: int, n: int) -> ProposalRow:
    """A proposal by its number in the estate, with its newest wording. Raises NotFound."""
    return _one(_BY_NUMBER, estate=estate_id, n=n)


def by_id(proposal_id: int) -> ProposalRow:
    """A proposal by its id. Raises NotFound."""
    return _one(_BY_ID, id=proposal_id)


def refs(ids: Iterable[int]) -> dict[int, ProposalRef]:
    """Number and title of proposals that were handed in, by id; one query."""
    wanted = set(ids)
    return {r.id: r for r in _refs(_REFS, wanted).values()} if wanted else {}


def by_threads(thread_ids: Iterable[int]) -> dict[int, ProposalRef]:
    """The proposals that hold these threads, by thread id; one query."""
    wanted = set(thread_ids)
    return _refs(_OF_THREADS, wanted) if wanted else {}


def versions(proposal_id: int) -> tuple[VersionRow, ...]:
    """All versions, oldest first, with their changes and files; four queries whatever the number."""
    rows = _VERSIONS.named(proposal=proposal_id)
    changes = _changes(v.id for v in rows)
    files = _files(v.id for v in rows)
    return tuple(
        VersionRow(
            id=v.id,
            n=v.n,
            wording=wording_of(v),
            material=v.material,
            note=v.note,
            by=Byline(v.name, "", "body" if v.body else "resident", v.body, v.post_title),
            created_at=v.created_at,
            digest=v.digest,
            changes=changes.get(v.id, ()),
            files=files.get(v.id, ()),
        )
        for v in rows
    )


def rounds(proposal_id: int) -> tuple[RoundRow, ...]:
    """All rounds, oldest first, each with the number of comments written in its window; one query."""
    return tuple(
        RoundRow(
            n=r.n,
            version_n=r.version_n,
            opens_at=r.opens_at,
            closes_at=r.closes_at,
            question=r.question,
            heard=r.heard,
            nothing_changed=r.nothing_changed,
            settled_at=r.settled_at,
            settled_name=r.settled_name,
            settled_body=r.settled_body,
            comments=r.written,
        )
        for r in _ROUNDS.named(proposal=proposal_id)
    )


def round_facts(proposal_id: int) -> tuple[RoundFacts, ...]:
    """What the rules look at of all rounds, oldest first, without counting comments; one query."""
    return tuple(RoundFacts(*r) for r in _ROUND_FACTS.rows(proposal=proposal_id))


def caused_by(comment_ids: Collection[int]) -> dict[int, CommentRef]:
    """The comments that caused changes, as they may be quoted, with their newest answer; two queries."""
    if not comment_ids:
        return {}
    ids = list(set(comment_ids))
    said: dict[int, tuple[str, str]] = {}
    for comment_id, outcome, body in _SAID.rows(ids=ids):
        said[comment_id] = (outcome, body)
    found = {}
    for c in _QUOTED.named(ids=ids):
        outcome, answered_by = said.get(c.id, ("", None))
        found[c.id] = CommentRef(
            id=c.id,
            by=Byline(c.name, c.place, c.standing, c.body, c.title),
            text=c.text if c.state == "shown" else "",
            written_at=c.written_at,
            show_name=c.show_name,
            echoes=c.echoes,
            outcome=outcome,
            answered_by=answered_by,
        )
    return found


def changes_from_window(proposal: ProposalRow, of: RoundRow) -> int:
    """How many changes name a comment written in a round's window; one query."""
    return (
        db.session.scalar(
            select(func.count(func.distinct(Change.id)))
            .join(ChangeComment, ChangeComment.change_id == Change.id)
            .join(ProposalVersion, ProposalVersion.id == Change.version_id)
            .join(Comment, Comment.id == ChangeComment.comment_id)
            .where(
                ProposalVersion.proposal_id == proposal.id,
                Comment.thread_id == proposal.thread_id,
                Comment.written_at >= of.opens_at,
                Comment.written_at < of.closes_at,
            )
        )
        or 0
    )


def first_level(thread_id: int, limit: int = 200) -> tuple[CommentRef, ...]:
    """Comments that a change can be linked to: adopted ones first, then most echoed; three queries."""
    ids = db.session.scalars(
        select(Comment.id)
        .where(
            Comment.thread_id == thread_id, Comment.parent_id.is_(None), Comment.state == "shown"
        )
        .order_by(Comment.id.desc())
        .limit(limit)
    ).all()
    found = caused_by(ids)
    taken_up = ("adopted", "partly")
    return tuple(
        sorted(found.values(), key=lambda c: (c.outcome not in taken_up, -c.echoes, -c.id))
    )


def file_refs(ids: Collection[int]) -> dict[int, FileRef]:
    """Files by id, for a draft that has no version yet; one query."""
    if not ids:
        return {}
    f = StoredFile
    rows = db.session.execute(
        select(f.id, f.name, f.kind, f.size, f.pages).where(f.id.in_(list(ids)))
    )
    return {i: FileRef(i, name, "", kind, size, pages) for i, name, kind, size, pages in rows}


def _one(query: Query, **which: int) -> ProposalRow:
    rows = query.rows(**which)
    if not rows:
        raise NotFound("proposal")
    columns = len(_PROPOSAL.columns)
    newest = _version(rows[0][columns:])
    return row_of(_proposal(rows[0][:columns]), newest if newest.id is not None else None)


def _newest() -> ColumnElement[bool]:
    newest = (
        select(func.max(ProposalVersion.n))
        .where(ProposalVersion.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    return and_(ProposalVersion.proposal_id == Proposal.id, ProposalVersion.n == newest)


def _refs(query: Query, ids: set[int]) -> dict[int, ProposalRef]:
    return {thread: ProposalRef(i, n, title) for thread, i, n, title in query.rows(ids=sorted(ids))}


def _changes(version_ids: Iterable[int]) -> Mapping[int, tuple[ChangeRow, ...]]:
    ids = list(version_ids)
    if not ids:
        return {}
    found: dict[int, dict[int, ChangeRow]] = {}
    for version_id, change_id, seq, text, comment_id in _CHANGES.rows(ids=ids):
        of_version = found.setdefault(version_id, {})
        before = of_version.get(change_id)
        named = (*(before.comment_ids if before else ()), *((comment_id,) if comment_id else ()))
        of_version[change_id] = ChangeRow(change_id, seq, text, named)
    return {v: tuple(changes.values()) for v, changes in found.items()}


def _files(version_ids: Iterable[int]) -> Mapping[int, tuple[FileRef, ...]]:
    ids = list(version_ids)
    if not ids:
        return {}
    found: dict[int, list[FileRef]] = {}
    for version_id, *rest in _FILES.rows(ids=ids):
        found.setdefault(version_id, []).append(FileRef(*cast("Any", rest)))
    return {v: tuple(files) for v, files in found.items()}


# --- the statements -------------------------------------------------------------------------------

_PROPOSAL: Any = Proposal.__table__
_VERSION: Any = ProposalVersion.__table__
_proposal = maker([c.key for c in _PROPOSAL.columns])
_version = maker([c.key for c in _VERSION.columns])
_with_version = select(_PROPOSAL, _VERSION).outerjoin(_VERSION, _newest())
_BY_ID = Query(_with_version.where(Proposal.id == bindparam("id")))
_BY_NUMBER = Query(
    _with_version.where(Proposal.estate_id == bindparam("estate"), Proposal.n == bindparam("n"))
)
_IDS: Any = bindparam("ids", expanding=True)
_THIS: Any = bindparam("proposal")
_with_title = select(Proposal.thread_id, Proposal.id, Proposal.n, ProposalVersion.title).join(
    ProposalVersion, _newest()
)
_REFS = Query(_with_title.where(Proposal.id.in_(_IDS)))
_OF_THREADS = Query(_with_title.where(Proposal.thread_id.in_(_IDS)))
_VERSIONS = Query(select(_VERSION).where(_VERSION.c.proposal_id == _THIS).order_by(_VERSION.c.n))
_CHANGES = Query(
    select(Change.version_id, Change.id, Change.seq, Change.text, ChangeComment.comment_id)
    .outerjoin(ChangeComment, ChangeComment.change_id == Change.id)
    .where(Change.version_id.in_(_IDS))
    .order_by(Change.version_id, Change.seq, ChangeComment.comment_id)
)
_f, _v = StoredFile, VersionFile
_FILES = Query(
    select(_v.version_id, _f.id, _f.name, _v.label, _f.kind, _f.size, _f.pages)
    .join(_f, _f.id == _v.file_id)
    .where(_v.version_id.in_(_IDS))
    .order_by(_v.version_id, _f.id)
)
_written = (
    select(func.count(Comment.id))
    .where(
        Comment.thread_id == Proposal.thread_id,
        Comment.written_at >= CommentRound.opens_at,
        Comment.written_at < CommentRound.closes_at,
    )
    .correlate(Proposal, CommentRound)
    .scalar_subquery()
)
_ROUND: Any = CommentRound.__table__
_ROUNDS = Query(
    select(_ROUND, _written.label("written"))
    .join(Proposal, Proposal.id == CommentRound.proposal_id)
    .where(CommentRound.proposal_id == _THIS)
    .order_by(CommentRound.n)
)
_r = CommentRound
_ROUND_FACTS = Query(
    select(_r.n, _r.version_n, _r.opens_at, _r.closes_at, _r.settled_at)
    .where(_r.proposal_id == _THIS)
    .order_by(_r.n)
)
_SAID = Query(
    select(Answer.comment_id, Answer.outcome, Answer.body)
    .where(Answer.comment_id.in_(_IDS))
    .order_by(Answer.version)
)
_COMMENT: Any = Comment.__table__
_echoes = (
    select(func.count()).select_from(Echo).where(Echo.comment_id == Comment.id).scalar_subquery()
)
_QUOTED = Query(select(_COMMENT, _echoes.label("echoes")).where(Comment.id.in_(_IDS)))
