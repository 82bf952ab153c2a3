"""Who may do what, and where: one table, pure, the same answer tomorrow.

A permission never looks at state or time (that is a rule, see errors.Refused). Roles come from
posts active on the day of the request and from titles to units; both are facts handed in.
The public page "who may do what" is generated from TABLE.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hall.errors import Forbidden


class Role(StrEnum):
    """What a person is in one estate. Several may hold at once."""

    RESIDENT = "resident"  # signed in and linked to the estate
    OWNER = "owner"  # holds title to a unit (or stands for a holder)
    CHAIR = "chair"  # chair or vice chair of the owners' committee or of the organiser
    MEMBER = "member"  # other member of that committee
    CLERK = "clerk"  # types in papers and rolls for the committee
    SCRUTINEER = "scrutineer"  # watches and signs the count
    BRANCH = "branch"  # secretary or member of the estate branch
    COMMUNITY = "community"  # secretary or staff of the community party committee
    GRID = "grid"  # grid worker
    STEWARD = "steward"  # contact person of a building
    PROPERTY = "property"  # staff of the property company


class Action(StrEnum):
    """Every guarded act, named package:verb."""

    SEE_DESK = "desk:see"
    SEE_ROLL = "roll:see_names"
    IMPORT_ROLL = "roll:import"
    CONFIRM_IMPORT = "roll:confirm_import"
    PUBLISH_ROLL = "roll:publish"
    ANSWER_CORRECTION = "roll:answer_correction"
    REQUEST_CORRECTION = "roll:request_correction"
    RECORD_TRANSFER = "roll:record_transfer"
    RECORD_REPRESENTATIVE = "roll:record_representative"
    ISSUE_CODES = "roll:issue_codes"
    DRAFT_RULES = "rulesets:draft"
    CONFIRM_RULES = "rulesets:confirm"
    SET_LEGAL_REACH = "estates:set_legal_reach"
    DRAFT_BALLOT = "ballots:draft"
    NOTICE_BALLOT = "ballots:notice"
    EXTEND_BALLOT = "ballots:extend"
    VOID_BALLOT = "ballots:void"
    COUNT_BALLOT = "ballots:count"
    SEE_TURNOUT = "ballots:see_turnout"
    CAST = "ballots:cast"
    CONTEST_ENTRY = "ballots:contest_entry"
    PUBLISH_RESOLUTION = "resolutions:publish"
    CORRECT_RESOLUTION = "resolutions:correct"
    OBJECT = "resolutions:object"
    ANSWER_OBJECTION = "resolutions:answer_objection"
    GRANT_POST = "people:grant_post"
    SEE_JOURNAL = "journal:see"
    SET_PARTIES = "bodies:set_parties"
    HAND_IN_FILE = "files:hand_in"
    COMMENT = "threads:comment"
    RECORD_VOICE = "threads:record_voice"
    ANSWER_COMMENT = "threads:answer"
    MODERATE = "threads:moderate"
    PROPOSE = "proposals:propose"
    ENDORSE = "proposals:endorse"
    SCREEN_PROPOSAL = "proposals:screen"
    RUN_ROUNDS = "proposals:run_rounds"
    TAKE_POSITION = "positions:take"
    DECLARE_INTEREST = "positions:declare_interest"
    CONVENE_MEETING = "meetings:convene"
    RUN_MEETING = "meetings:run"
    WRITE_MINUTES = "meetings:write_minutes"
    SIGN_MINUTES = "meetings:sign_minutes"
    PUBLISH_MINUTES = "meetings:publish_minutes"
    ATTEND = "meetings:attend"
    OPEN_ACTION = "actions:open"
    UPDATE_ACTION = "actions:update"
    VERIFY_ACTION = "actions:verify"
    PUBLISH_BODY_DECISION = "resolutions:publish_body"


_STAFF = frozenset(
    {
        Role.CHAIR,
        Role.MEMBER,
        Role.CLERK,
        Role.SCRUTINEER,
        Role.BRANCH,
        Role.COMMUNITY,
        Role.GRID,
        Role.STEWARD,
        Role.PROPERTY,
    }
)
_COMMITTEE = frozenset({Role.CHAIR, Role.MEMBER})
_CHAIR = frozenset({Role.CHAIR})
_EVERYONE = _STAFF | {Role.RESIDENT, Role.OWNER}
# Those who lead the negotiation: they call meetings, run rounds, publish what came out.
_LEADS = frozenset({Role.CHAIR, Role.BRANCH, Role.COMMUNITY})
# Those whose post may speak for one of the five bodies.
_SPEAKS = _LEADS | {Role.MEMBER, Role.GRID, Role.PROPERTY}

# The property company drafts nothing and publishes nothing here: most ballots concern its contract.
TABLE: dict[Action, frozenset[Role]] = {
    Action.SEE_DESK: _STAFF,
    Action.SEE_ROLL: _COMMITTEE | {Role.CLERK},
    Action.IMPORT_ROLL: _COMMITTEE | {Role.CLERK},
    Action.CONFIRM_IMPORT: _COMMITTEE,
    Action.PUBLISH_ROLL: _CHAIR,
    Action.ANSWER_CORRECTION: _COMMITTEE,
    Action.REQUEST_CORRECTION: frozenset({Role.OWNER}),
    Action.RECORD_TRANSFER: _COMMITTEE | {Role.CLERK},
    Action.RECORD_REPRESENTATIVE: _COMMITTEE | {Role.CLERK},
    Action.ISSUE_CODES: _COMMITTEE | {Role.CLERK},
    Action.DRAFT_RULES: _COMMITTEE,
    Action.CONFIRM_RULES: frozenset({Role.CHAIR, Role.COMMUNITY}),
    Action.SET_LEGAL_REACH: frozenset({Role.COMMUNITY}),
    Action.DRAFT_BALLOT: _COMMITTEE,
    Action.NOTICE_BALLOT: _CHAIR,
    Action.EXTEND_BALLOT: _CHAIR,
    Action.VOID_BALLOT: _CHAIR,
    Action.COUNT_BALLOT: frozenset({Role.CHAIR, Role.SCRUTINEER}),
    Action.SEE_TURNOUT: _COMMITTEE | {Role.SCRUTINEER, Role.STEWARD, Role.COMMUNITY, Role.BRANCH},
    Action.CAST: frozenset({Role.OWNER, Role.RESIDENT}),
    Action.CONTEST_ENTRY: frozenset({Role.OWNER}),
    Action.PUBLISH_RESOLUTION: _CHAIR,
    Action.CORRECT_RESOLUTION: _CHAIR,
    Action.OBJECT: frozenset({Role.OWNER}),
    Action.ANSWER_OBJECTION: _COMMITTEE | {Role.SCRUTINEER},
    Action.GRANT_POST: frozenset({Role.COMMUNITY}),
    Action.SEE_JOURNAL: frozenset(
        {Role.CHAIR, Role.MEMBER, Role.SCRUTINEER, Role.COMMUNITY, Role.BRANCH}
    ),
    Action.SET_PARTIES: frozenset({Role.COMMUNITY, Role.BRANCH}),
    Action.HAND_IN_FILE: _EVERYONE,
    Action.COMMENT: _EVERYONE,
    Action.RECORD_VOICE: _LEADS | {Role.MEMBER, Role.CLERK, Role.GRID, Role.STEWARD},
    Action.ANSWER_COMMENT: _SPEAKS,
    Action.MODERATE: _LEADS,  # never the property company: most criticism is of it
    Action.PROPOSE: _EVERYONE,
    Action.ENDORSE: frozenset({Role.OWNER}),
    Action.SCREEN_PROPOSAL: _LEADS,
    Action.RUN_ROUNDS: _LEADS,
    Action.TAKE_POSITION: _SPEAKS,
    Action.DECLARE_INTEREST: _SPEAKS,
    Action.CONVENE_MEETING: _LEADS,
    Action.RUN_MEETING: _LEADS | {Role.MEMBER, Role.CLERK},
    Action.WRITE_MINUTES: _LEADS | {Role.MEMBER, Role.CLERK, Role.GRID},
    Action.SIGN_MINUTES: _SPEAKS,
    Action.PUBLISH_MINUTES: _LEADS,
    Action.ATTEND: _EVERYONE,
    Action.OPEN_ACTION: _LEADS,
    Action.UPDATE_ACTION: _SPEAKS,
    Action.VERIFY_ACTION: _LEADS | {Role.MEMBER, Role.GRID},
    Action.PUBLISH_BODY_DECISION: _LEADS,
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account with its roles per estate on this day. Anonymous has no account."""

    account_id: int | None = None
    name: str = ""
    # (estate_id, role); a person may hold several
    roles: frozenset[tuple[int, Role]] = frozenset()
    # (estate_id, person_id): the persons of estates' rolls this account has proven to be
    persons: frozenset[tuple[int, int]] = frozenset()

    @property
    def signed_in(self) -> bool:
        """True for a real account."""
        return self.account_id is not None

    def roles_in(self, estate_id: int) -> frozenset[Role]:
        """The roles held in one estate."""
        return frozenset(r for e, r in self.roles if e == estate_id)

    def persons_in(self, estate_id: int) -> frozenset[int]:
        """Ids of the persons this account is in one estate (normally at most one)."""
        return frozenset(p for e, p in self.persons if e == estate_id)


ANONYMOUS = Actor()
# Acts that time itself performs (count at close, publication when due).
SYSTEM = Actor(account_id=None, name="system")


def may(actor: Actor, action: Action, estate_id: int) -> bool:
    """Whether the actor holds a role in this estate that the table admits to the action."""
    return not TABLE[action].isdisjoint(actor.roles_in(estate_id))


def require(actor: Actor, action: Action, estate_id: int) -> None:
    """Raise Forbidden unless may()."""
    if not may(actor, action, estate_id):
        raise Forbidden(action)
