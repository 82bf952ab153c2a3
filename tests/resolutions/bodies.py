"""An estate whose bodies decide: posts with accounts, a proposal, meetings with a closed vote."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from hall.meetings.models import (
    AgendaItem,
    Attendance,
    Barred,
    Decision,
    Invitee,
    Meeting,
    MeetingBody,
    MemberVote,
)
from hall.permissions import Actor, Role
from hall.proposals.models import Proposal, ProposalVersion
from hall.threads.models import Thread
from tests import make

ROLES = {
    ("community", "secretary"): Role.COMMUNITY,
    ("branch", "secretary"): Role.BRANCH,
    ("committee", "chair"): Role.CHAIR,
    ("committee", "member"): Role.MEMBER,
    ("grid", "worker"): Role.GRID,
    ("property", "staff"): Role.PROPERTY,
}
NAMES = ("样社区", "样支书", "样主任", "样委员", "样网格", "样物业")


@dataclass
class Seat:
    """One post with its holder signed in."""

    body: str
    title: str
    name: str
    actor: Actor
    post: int


@dataclass
class Bodies:
    """An estate with the five bodies seated."""

    estate: object
    now: object
    seats: dict = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.estate.id

    def seat(self, body: str, title: str = "") -> Seat:
        return next(
            s for (b, t), s in self.seats.items() if b == body and (not title or t == title)
        )


def bodies(now, **values) -> Bodies:
    """The estate with one seat of each body, and a committee member more."""
    estate = make.estate(**values)
    made = Bodies(estate, now)
    for (body, title), name in zip(ROLES, NAMES, strict=True):
        person = make.person(estate.id, name=name)
        account = make.account(name=name)
        make.link(account.id, person)
        post = make.post(person, body, title)
        actor = make.actor(
            estate.id, ROLES[body, title], account_id=account.id, person_id=person.id, name=name
        )
        made.seats[body, title] = Seat(body, title, name, actor, post.id)
    return made


def proposal(made: Bodies, title="支部叫什么名字", track="advisory", **values) -> Proposal:
    """An accepted proposal with its final version."""
    now = made.now
    thread = make.save(Thread(estate_id=made.id, title=title, answer_body="branch", created_at=now))
    n = values.pop("n", 1)
    defaults = {
        "estate_id": made.id,
        "n": n,
        "thread_id": thread.id,
        "track": track,
        "lead_body": "branch",
        "account_id": made.seat("branch").actor.account_id,
        "name": "样支书",
        "standing": "body",
        "body": "branch",
        "title": "secretary",
        "created_at": now,
        "submitted_at": now,
        "screened_at": now,
        "accepted": True,
        "ready_at": now,
        "ready_version": 1,
    }
    row = make.save(Proposal(**defaults | values))
    make.save(
        ProposalVersion(
            proposal_id=row.id,
            n=1,
            title=title,
            what="定一个名字",
            text="第一条 支部定名。",
            name="样支书",
            account_id=row.account_id,
            created_at=now,
            digest="0" * 64,
        )
    )
    return row


def decided(
    made: Bodies,
    *,
    kind="council",
    body="branch",
    votes=("for", "for", "for", "against"),
    barred=("property",),
    outcome="adopted",
    about=None,
    n=1,
) -> int:
    """A meeting of the five in which one item was voted on; the decision's id.

    Seats in the order community, branch, committee, grid, property; the barred do not vote.
    """
    now = made.now
    meeting = make.save(
        Meeting(
            estate_id=made.id,
            n=n,
            kind=kind,
            body=body,
            title="第一次议事会",
            place="党群服务站",
            starts_at=now - timedelta(hours=1),
            ends_at=now + timedelta(hours=1),
            uid=f"m{made.id}-{n}",
            created_at=now,
            noticed_at=now - timedelta(days=3),
            started_at=now - timedelta(hours=1),
        )
    )
    seats = [made.seat(b) for b in ("community", "branch", "committee", "grid", "property")]
    make.save(*(MeetingBody(meeting_id=meeting.id, body=s.body) for s in seats))
    item = make.save(
        AgendaItem(
            meeting_id=meeting.id,
            seq=1,
            title="支部名称",
            minutes=20,
            kind="decide",
            proposal_id=about.id if about else None,
            version_n=1 if about else None,
        )
    )
    due = len(seats) - len(barred)
    voting = [s for s in seats if s.body not in barred]
    decision = make.save(
        Decision(
            meeting_id=meeting.id,
            item_id=item.id,
            text="同意支部定名为“样板”",
            rule="council",
            opened_at=now,
            decided_at=now if outcome else None,
            due=due,
            present=due,
            votes_for=votes.count("for"),
            votes_against=votes.count("against"),
            abstain=votes.count("abstain"),
            outcome=outcome,
        )
    )
    for s in seats:
        invitee = make.save(
            Invitee(
                meeting_id=meeting.id,
                kind="seat",
                body=s.body,
                post_id=s.post,
                account_id=s.actor.account_id,
                name=s.name,
                title=s.title,
                seat=True,
                added_at=now,
            )
        )
        make.save(
            Attendance(
                meeting_id=meeting.id,
                invitee_id=invitee.id,
                in_at=now - timedelta(minutes=50),
                out_at=now - timedelta(minutes=5) if s.body in barred else None,
                how="hand",
            )
        )
        if s.body in barred:
            make.save(
                Barred(decision_id=decision.id, invitee_id=invitee.id, reason="名称用在它的门头上")
            )
        else:
            choice = votes[voting.index(s)]
            make.save(
                MemberVote(
                    decision_id=decision.id,
                    invitee_id=invitee.id,
                    choice=choice,
                    reason="字太长" if choice == "against" else "",
                    at=now,
                )
            )
    return decision.id
