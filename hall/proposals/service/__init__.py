"""What can be done with a proposal: write, screen, revise, stand behind it, run its rounds, end it."""

from hall.proposals.rules.wording import Wording
from hall.proposals.service.backing import (
    co_sponsor,
    endorse,
    leave_co_sponsors,
    withdraw_endorsement,
)
from hall.proposals.service.ending import make_ready, reopen, settle, withdraw
from hall.proposals.service.load import ChangeDraft
from hall.proposals.service.revising import may_revise, revise
from hall.proposals.service.rounds import (
    drop_round,
    move_round,
    open_round,
    settle_blockers,
    settle_round,
)
from hall.proposals.service.screening import screen
from hall.proposals.service.writing import Origin, Plan, draft, submit, update_draft

__all__ = [
    "ChangeDraft",
    "Origin",
    "Plan",
    "Wording",
    "co_sponsor",
    "draft",
    "drop_round",
    "endorse",
    "leave_co_sponsors",
    "make_ready",
    "may_revise",
    "move_round",
    "open_round",
    "reopen",
    "revise",
    "screen",
    "settle",
    "settle_blockers",
    "settle_round",
    "submit",
    "update_draft",
    "withdraw",
    "withdraw_endorsement",
]
