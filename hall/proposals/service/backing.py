"""Standing behind a proposal: proposing it too, and endorsing it as an owner."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import select, update

from hall.db import atomic, db
from hall.errors import Blocker, refuse_if
from hall.journal.service import record
from hall.permissions import Action, Actor, require
from hall.proposals.models import CoSponsor, Endorsement, Proposal
from hall.proposals.queries.backing import sets_of, support_of
from hall.proposals.queries.rows import facts_of
from hall.proposals.rules import steps
from hall.proposals.rules.support import Support, last_material
from hall.proposals.service import load
from hall.roll.rules.entries import EntryDraft
from hall.threads.service.voices import voice_of


def co_sponsor(actor: Actor, estate_id: int, n: int, *, now: datetime) -> None:
    """Propose it together with the proposer, by one's own word only.

    Raises Forbidden, NotFound, Refused with all of: proposal_wrong_state, own_proposal_joined,
    already_co_sponsor, speak_as_company.
    """
    with atomic() as session:
        row = load.handed_in(estate_id, n)
        require(actor, Action.PROPOSE, estate_id)
        voice = voice_of(actor, estate_id, None, now)
        before = _joined(row.id, voice.account_id)
        refuse_if(
            steps.co_sponsor_blockers(
                facts_of(row),
                own=row.account_id == actor.account_id,
                already=before is not None and before.left_at is None,
            )
        )
        if before is None:
            before = CoSponsor(
                proposal_id=row.id, account_id=voice.account_id, name=voice.name, at=now
            )
            session.add(before)
        before.name, before.place, before.at, before.left_at = voice.name, voice.place, now, None
        _note(actor, row, "proposals.co_sponsored", now)


def leave_co_sponsors(actor: Actor, estate_id: int, n: int, *, now: datetime) -> None:
    """No longer propose it too; the list keeps no trace, the journal does.

    Raises Forbidden, NotFound, Refused: not_co_sponsor.
    """
    with atomic():
        row = load.handed_in(estate_id, n)
        require(actor, Action.PROPOSE, estate_id)
        found = _joined(row.id, actor.account_id or 0)
        if found is None or found.left_at is not None:
            refuse_if([Blocker("not_co_sponsor")])
        else:
            found.left_at = now
        _note(actor, row, "proposals.co_sponsor_left", now)


def endorse(actor: Actor, estate_id: int, n: int, *, now: datetime) -> Support:
    """Stand behind the present wording with every owner set of one's own (R-2.19); both counters.

    One head and its area for each owner set on today's roll; what a co-owner has given counts once.
    After a material change the same call confirms it again (1.07). The endorsement that reaches
    20 % of the heads puts it on the agenda. Raises Forbidden, NotFound, Refused with all of:
    proposal_wrong_state, no_owner_set, already_endorsed.
    """
    with atomic() as session:
        row = load.handed_in(estate_id, n)
        require(actor, Action.ENDORSE, estate_id)
        found = steps.endorse_blockers(facts_of(row))
        scope = json.loads(row.scope)
        sets = {e.owner_key: e for e in sets_of(actor, estate_id, scope, now)}
        if not sets:
            found.append(Blocker("no_owner_set"))
        versions = load.versions_of(row.id)
        newest = versions[-1].n
        old = {
            e.owner_key: e
            for e in session.scalars(
                select(Endorsement).where(
                    Endorsement.proposal_id == row.id, Endorsement.owner_key.in_(sets)
                )
            )
        }
        counts_from = last_material(versions)
        wanted = [
            key
            for key in sets
            if key not in old
            or old[key].withdrawn_at is not None
            or old[key].version_n < counts_from
        ]
        if sets and not wanted:
            found.append(Blocker("already_endorsed"))
        refuse_if(found)
        for key in wanted:
            _endorse(row, actor, estate_id, sets[key], old.get(key), newest, now)
        session.flush()
        total = support_of(row.id, estate_id, scope, versions)
        crossed = row.on_agenda_at is None and total.heads_reached
        if crossed:
            row.on_agenda_at = now
        _note(actor, row, "proposals.endorsed", now, version=newest, sets=len(wanted))
        if crossed:
            _note(
                actor, row, "proposals.on_agenda", now, heads=total.heads, area=total.area_reached
            )
        return total


def withdraw_endorsement(actor: Actor, estate_id: int, n: int, *, now: datetime) -> None:
    """Take one's endorsement back; having been on the agenda stays so.

    Raises Forbidden, NotFound, Refused: not_endorsed, proposal_wrong_state.
    """
    with atomic() as session:
        row = load.handed_in(estate_id, n)
        require(actor, Action.ENDORSE, estate_id)
        found = steps.endorse_blockers(facts_of(row))
        done = session.execute(
            update(Endorsement)
            .where(
                Endorsement.proposal_id == row.id,
                Endorsement.account_id == actor.account_id,
                Endorsement.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=now)
            .returning(Endorsement.id)
        ).all()
        if not done:
            found.append(Blocker("not_endorsed"))
        refuse_if(found)
        _note(actor, row, "proposals.endorsement_withdrawn", now, sets=len(done))


def _endorse(
    row: Proposal,
    actor: Actor,
    estate_id: int,
    entry: EntryDraft,
    before: Endorsement | None,
    version_n: int,
    now: datetime,
) -> None:
    person = min(actor.persons_in(estate_id))
    account = actor.account_id or 0
    if before is None:
        before = Endorsement(
            proposal_id=row.id,
            owner_key=entry.owner_key,
            person_id=person,
            account_id=account,
            area_cm2=entry.area_cm2,
            version_n=version_n,
            at=now,
        )
        db.session.add(before)
    before.person_id, before.account_id = person, account
    before.area_cm2, before.version_n = entry.area_cm2, version_n
    before.at, before.withdrawn_at = now, None


def _joined(proposal_id: int, account_id: int) -> CoSponsor | None:
    return db.session.scalar(
        select(CoSponsor).where(
            CoSponsor.proposal_id == proposal_id, CoSponsor.account_id == account_id
        )
    )


def _note(actor: Actor, row: Proposal, action: str, now: datetime, **facts: object) -> None:
    record(actor, action, "proposal", row.id, estate_id=row.estate_id, now=now, n=row.n, **facts)
