"""One click from a final wording, or from the agenda item that sent it, to a ballot's draft."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from hall.ballots.drafting import BallotDraft, OptionDraft, QuestionDraft
from hall.ballots.models import Ballot
from hall.ballots.queries.notice import active_rules
from hall.ballots.rules import earliest_open
from hall.ballots.rules.origin import hangs_until
from hall.ballots.service.draft import create
from hall.clock import add_days, day_start, local_date
from hall.db import atomic, db
from hall.errors import Blocker, NotFound, refuse_if
from hall.estates import queries as estates
from hall.meetings.models import AgendaItem, Meeting
from hall.permissions import Action, Actor, require
from hall.proposals import queries as proposals
from hall.proposals.queries import ProposalRow
from hall.proposals.rules.procedures import BallotPreset, Procedure, procedure
from hall.proposals.rules.state import ENDED, State

NOTICE_DAYS = 15  # where neither rules nor procedure say more
WINDOW_DAYS = 10
_PLAIN = BallotPreset("您是否同意按本方案办？")
_ASKED = BallotPreset("您对这个方案怎么看？")
# The one-minute answers, as the ballot's summary words them.
_LINES = (
    ("cost", "花多少钱"),
    ("how_long", "管多久"),
    ("unhappy", "不满意怎么办"),
    ("if_not", "没通过会怎样"),
)


def draft_from_proposal(
    actor: Actor,
    estate_id: int,
    proposal_n: int,
    *,
    agenda_item_id: int | None = None,
    now: datetime,
) -> int:
    """Draft the ballot on a proposal's final wording, linked both ways; returns its number.

    On an advisory proposal also in the middle of its rounds: a poll on the newest wording. Title,
    summary and full text are the version's; matter, question and window come from the procedure,
    the opening from its days of publicity and notice. Raises Forbidden, NotFound, Refused: origin_not_ready, origin_ended,
    ballot_in_preparation, item_of_another_version.
    """
    with atomic():
        require(actor, Action.DRAFT_BALLOT, estate_id)
        row = proposals.get(estate_id, proposal_n)
        refuse_if(_why_not(estate_id, row, agenda_item_id))
        n = create(actor, estate_id, _draft(row, now), now=now)
        made = db.session.execute(
            select(Ballot).where(Ballot.estate_id == estate_id, Ballot.n == n)
        ).scalar_one()
        made.proposal_id, made.proposal_version = row.id, _version(row)
        made.agenda_item_id = agenda_item_id
        db.session.flush()
        return n


def draft_blockers(estate_id: int, proposal_n: int) -> tuple[Blocker, ...]:
    """Why no ballot can be drafted on a proposal now, for the button. Raises NotFound."""
    return tuple(_why_not(estate_id, proposals.get(estate_id, proposal_n), None))


def _why_not(estate_id: int, row: ProposalRow, agenda_item_id: int | None) -> list[Blocker]:
    found = []
    if row.state in ENDED:
        found.append(Blocker("origin_ended"))
    elif _version(row) is None:
        found.append(Blocker("origin_not_ready"))
    running = db.session.scalar(
        select(func.max(Ballot.n)).where(
            Ballot.proposal_id == row.id,
            Ballot.voided_at.is_(None),
            Ballot.published_at.is_(None),
        )
    )
    if running is not None:
        found.append(Blocker("ballot_in_preparation", {"n": running}))
    if agenda_item_id is not None:
        found += _why_not_item(estate_id, row, agenda_item_id)
    return found


def _version(row: ProposalRow) -> int | None:
    """The version a ballot may ask about now: the final one, or for a poll the newest."""
    if row.state is State.READY:
        return row.ready_version
    if row.state is State.DISCUSSING and row.track == "advisory":
        return row.version_n
    return None


def _why_not_item(estate_id: int, row: ProposalRow, agenda_item_id: int) -> list[Blocker]:
    item = (
        db.session.connection()
        .execute(
            select(AgendaItem.proposal_id, AgendaItem.version_n)
            .join(Meeting, Meeting.id == AgendaItem.meeting_id)
            .where(AgendaItem.id == agenda_item_id, Meeting.estate_id == estate_id)
        )
        .one_or_none()
    )
    if item is None or item[0] != row.id:
        raise NotFound("agenda_item")
    if row.ready_version is not None and item[1] not in (None, row.ready_version):
        return [Blocker("item_of_another_version", {"version": item[1]})]
    return []


def _draft(row: ProposalRow, now: datetime) -> BallotDraft:
    how = procedure(row.procedure) if row.procedure else None
    statutory = row.track == "statutory"
    preset = how.ballot if how else (_PLAIN if statutory else _ASKED)
    opens = _opens(row, how, now)
    estate = estates.get(row.estate_id)
    question = QuestionDraft(
        preset.question,
        preset.method,
        options=tuple(OptionDraft(label) for label in preset.options),
    )
    return BallotDraft(
        kind=row.track,
        title=row.title,
        questions=(question,),
        summary=_summary(row),
        details=row.wording.text,
        matter=row.matter,
        scope={k: list(v) for k, v in row.scope.items()},
        electorate="owners" if statutory else preset.electorate,
        convener=estate.organizer,
        contact=estate.phone,
        open_at=opens,
        close_at=opens + timedelta(days=preset.window_days or WINDOW_DAYS),
    )


def _opens(row: ProposalRow, how: Procedure | None, now: datetime) -> datetime:
    """The first lawful opening if the notice goes out today, or once the final wording has hung out.

    A poll opens on the day after.
    """
    since = row.facts.ready_at
    notice = max(now, hangs_until(since, how.publicity_days)) if since and how else now
    if row.track != "statutory":
        return day_start(add_days(local_date(notice), 1))
    rules, _ = active_rules(row.estate_id, now)
    least = (rules.notice_days or 0) if rules else 0
    return earliest_open(notice, max(least, how.notice_days if how else NOTICE_DAYS))


def _summary(row: ProposalRow) -> str:
    said = [row.wording.what]
    said += [
        f"{label}：{getattr(row.wording, name)}"
        for name, label in _LINES
        if getattr(row.wording, name)
    ]
    return "\n".join(said)
