"""Reading one proposal: its versions, its rounds, the comments that caused its changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

from sqlalchemy import ColumnElement, and_, func, select

from hall.db import db
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
from hall.threads.models import Answer, Comment, Echo


def get(estate_id: int, n: int) -> ProposalRow:
    """A proposal by its number in the estate, with its newest wording. Raises NotFound."""
    return _one(Proposal.estate_id == estate_id, Proposal.n == n)


def by_id(proposal_id: int) -> ProposalRow:
    """A proposal by its id. Raises NotFound."""
    return _one(Proposal.id == proposal_id)


def refs(ids: Iterable[int]) -> dict[int, ProposalRef]:
    """Number and title of proposals that were handed in, by id; one query."""
    wanted = set(ids)
    return {r.id: r for r in _refs(Proposal.id.in_(wanted)).values()} if wanted else {}


def by_threads(thread_ids: Iterable[int]) -> dict[int, ProposalRef]:
    """The proposals that hold these threads, by thread id; one query."""
    wanted = set(thread_ids)
    return _refs(Proposal.thread_id.in_(wanted)) if wanted else {}


def versions(proposal_id: int) -> tuple[VersionRow, ...]:
    """All versions, oldest first, with their changes and files; four queries whatever the number."""
    rows = db.session.scalars(
        select(ProposalVersion)
        .where(ProposalVersion.proposal_id == proposal_id)
        .order_by(ProposalVersion.n)
    ).all()
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
    in_window = and_(
        Comment.thread_id == Proposal.thread_id,
        Comment.written_at >= CommentRound.opens_at,
        Comment.written_at < CommentRound.closes_at,
    )
    written = (
        select(func.count(Comment.id))
        .where(in_window)
        .correlate(Proposal, CommentRound)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(CommentRound, written)
        .join(Proposal, Proposal.id == CommentRound.proposal_id)
        .where(CommentRound.proposal_id == proposal_id)
        .order_by(CommentRound.n)
    )
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
            comments=count,
        )
        for r, count in found
    )


def caused_by(comment_ids: Collection[int]) -> dict[int, CommentRef]:
    """The comments that caused changes, as they may be quoted, with their newest answer; two queries."""
    if not comment_ids:
        return {}
    ids = list(set(comment_ids))
    echoes = (
        select(func.count())
        .select_from(Echo)
        .where(Echo.comment_id == Comment.id)
        .scalar_subquery()
    )
    said: dict[int, tuple[str, str]] = {}
    for comment_id, outcome, body in db.session.execute(
        select(Answer.comment_id, Answer.outcome, Answer.body)
        .where(Answer.comment_id.in_(ids))
        .order_by(Answer.version)
    ):
        said[comment_id] = (outcome, body)
    found = {}
    for c, count in db.session.execute(select(Comment, echoes).where(Comment.id.in_(ids))):
        outcome, answered_by = said.get(c.id, ("", None))
        found[c.id] = CommentRef(
            id=c.id,
            by=Byline(c.name, c.place, c.standing, c.body, c.title),
            text=c.text if c.state == "shown" else "",
            written_at=c.written_at,
            show_name=c.show_name,
            echoes=count,
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


def _one(*which: ColumnElement[bool]) -> ProposalRow:
    found = db.session.execute(
        select(Proposal, ProposalVersion).outerjoin(ProposalVersion, _newest()).where(*which)
    ).one_or_none()
    if found is None:
        raise NotFound("proposal")
    return row_of(*found)


def _newest() -> ColumnElement[bool]:
    newest = (
        select(func.max(ProposalVersion.n))
        .where(ProposalVersion.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    return and_(ProposalVersion.proposal_id == Proposal.id, ProposalVersion.n == newest)


def _refs(which: ColumnElement[bool]) -> dict[int, ProposalRef]:
    rows = db.session.execute(
        select(Proposal.thread_id, Proposal.id, Proposal.n, ProposalVersion.title)
        .join(ProposalVersion, _newest())
        .where(which)
    )
    return {thread: ProposalRef(i, n, title) for thread, i, n, title in rows}


def _changes(version_ids: Iterable[int]) -> Mapping[int, tuple[ChangeRow, ...]]:
    ids = list(version_ids)
    if not ids:
        return {}
    rows = db.session.execute(
        select(Change.version_id, Change.id, Change.seq, Change.text, ChangeComment.comment_id)
        .outerjoin(ChangeComment, ChangeComment.change_id == Change.id)
        .where(Change.version_id.in_(ids))
        .order_by(Change.version_id, Change.seq, ChangeComment.comment_id)
    )
    found: dict[int, dict[int, ChangeRow]] = {}
    for version_id, change_id, seq, text, comment_id in rows:
        of_version = found.setdefault(version_id, {})
        before = of_version.get(change_id)
        named = (*(before.comment_ids if before else ()), *((comment_id,) if comment_id else ()))
        of_version[change_id] = ChangeRow(change_id, seq, text, named)
    return {v: tuple(changes.values()) for v, changes in found.items()}


def _files(version_ids: Iterable[int]) -> Mapping[int, tuple[FileRef, ...]]:
    ids = list(version_ids)
    if not ids:
        return {}
    f = StoredFile
    rows = db.session.execute(
        select(VersionFile.version_id, f.id, f.name, VersionFile.label, f.kind, f.size, f.pages)
        .join(f, f.id == VersionFile.file_id)
        .where(VersionFile.version_id.in_(ids))
        .order_by(VersionFile.version_id, f.id)
    )
    found: dict[int, list[FileRef]] = {}
    for version_id, *rest in rows:
        found.setdefault(version_id, []).append(FileRef(*cast("Any", rest)))
    return {v: tuple(files) for v, files in found.items()}
