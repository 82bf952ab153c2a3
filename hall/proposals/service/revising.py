"""A new version 稿 of a proposal, with what changed and because of whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from hall.db import atomic, db
from hall.errors import Blocker, Forbidden, refuse_if
from hall.journal.service import record
from hall.permissions import Action, Actor, may, require
from hall.proposals.models import (
    Change,
    ChangeComment,
    CoSponsor,
    Proposal,
    ProposalVersion,
    VersionFile,
)
from hall.proposals.queries.rows import facts_of
from hall.proposals.rules import steps
from hall.proposals.rules import wording as words
from hall.proposals.rules.wording import Wording
from hall.proposals.service import load
from hall.proposals.service.load import ChangeDraft, FileRefs
from hall.threads.models import Comment
from hall.threads.service.voices import voice_of

MOST_CHANGES = 30


def may_revise(actor: Actor, proposal_id: int, proposer: int, estate_id: int) -> bool:
    """The proposer, a co-sponsor who has not left, and who runs the rounds."""
    if may(actor, Action.RUN_ROUNDS, estate_id) or actor.account_id == proposer:
        return True
    joined = select(CoSponsor.id).where(
        CoSponsor.proposal_id == proposal_id,
        CoSponsor.account_id == actor.account_id,
        CoSponsor.left_at.is_(None),
    )
    return actor.account_id is not None and db.session.scalar(joined) is not None


def revise(
    actor: Actor,
    estate_id: int,
    n: int,
    wording: Wording,
    *,
    base: int,
    material: bool,
    note: str,
    changes: Sequence[ChangeDraft] = (),
    files: FileRefs | None = None,
    post_id: int | None = None,
    now: datetime,
) -> int:
    """Put up the next version; gives back its number.

    base: the version that was edited; when another came in between nothing is written. material: a
    change that has to be asked about again (R-4.02). files None: as before. Raises Forbidden,
    NotFound, Refused with all of: proposal_wrong_state, version_stale, version_same,
    change_note_missing, round_running, proposal_field_missing, proposal_field_too_long,
    change_text_missing, too_many_changes, change_comment_unknown, too_many_files, file_unknown.
    """
    wording, note = load.checked(wording), words.clean(note, one_line=True)
    drafts = [ChangeDraft(words.clean(c.text, one_line=True), c.comment_ids) for c in changes]
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.PROPOSE, estate_id)
        if not may_revise(actor, row.id, row.account_id, estate_id):
            raise Forbidden(Action.RUN_ROUNDS)
        voice = voice_of(actor, estate_id, post_id, now)
        newest, present = load.newest_wording(row.id)
        refuse_if(
            [
                *steps.revise_blockers(
                    facts_of(row),
                    load.round_facts(load.round_rows(row.id)),
                    now,
                    material=material,
                    note=note,
                    base=base,
                    newest=newest,
                    same=wording == present and files is None,
                ),
                *words.missing(wording),
                *words.too_much(note, "note", words.MOST_NOTE),
                *_change_blockers(row, drafts),
                *load.file_blockers(estate_id, files or ()),
            ]
        )
        kept = _files_of(row.id, newest) if files is None else files
        version = load.add_version(
            row, voice, wording, kept, n=newest + 1, material=material, note=note, now=now
        )
        _add_changes(version.id, drafts)
        for planned in load.round_rows(row.id):  # a round not yet open will ask about these words
            if planned.settled_at is None and planned.opens_at > now:
                planned.version_n = version.n
        record(
            actor,
            "proposals.revised",
            "proposal",
            row.id,
            estate_id=estate_id,
            now=now,
            n=row.n,
            version=version.n,
            material=material,
        )
        return version.n


def _change_blockers(row: Proposal, drafts: Sequence[ChangeDraft]) -> list[Blocker]:
    found = []
    if len(drafts) > MOST_CHANGES:
        found.append(Blocker("too_many_changes", {"most": MOST_CHANGES}))
    for draft in drafts:
        if not draft.text:
            found.append(Blocker("change_text_missing"))
        found += words.too_much(draft.text, "change", words.MOST_CHANGE)
    named = {i for d in drafts for i in d.comment_ids}
    if named:
        here = db.session.scalar(
            select(func.count()).where(Comment.id.in_(named), Comment.thread_id == row.thread_id)
        )
        if here != len(named):
            found.append(Blocker("change_comment_unknown"))
    return found


def _add_changes(version_id: int, drafts: Sequence[ChangeDraft]) -> None:
    for seq, draft in enumerate(drafts, 1):
        change = Change(version_id=version_id, seq=seq, text=draft.text)
        db.session.add(change)
        db.session.flush()
        for comment_id in sorted(set(draft.comment_ids)):
            db.session.add(ChangeComment(change_id=change.id, comment_id=comment_id))


def _files_of(proposal_id: int, n: int) -> FileRefs:
    rows = db.session.execute(
        select(VersionFile.file_id, VersionFile.label)
        .join(ProposalVersion, ProposalVersion.id == VersionFile.version_id)
        .where(ProposalVersion.proposal_id == proposal_id, ProposalVersion.n == n)
        .order_by(VersionFile.file_id)
    )
    return [(i, label) for i, label in rows]
