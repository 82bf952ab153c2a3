"""What can be done with ballots; the verbs are explained where they stand."""

from hall.ballots.drafting import BallotDraft, OptionDraft, QuestionDraft
from hall.ballots.service.cast import Receipt, cast, check_answers
from hall.ballots.service.contest import contest, settle_contest
from hall.ballots.service.count import count, count_blockers, due_for_count, mark_published, recount
from hall.ballots.service.draft import create, discard, update
from hall.ballots.service.from_proposal import draft_blockers, draft_from_proposal
from hall.ballots.service.notice import notice
from hall.ballots.service.objection import answer_objection, object, object_blockers
from hall.ballots.service.transfer import follow_transfer
from hall.ballots.service.window import extend, extend_blockers, void, void_blockers

__all__ = [
    "BallotDraft",
    "OptionDraft",
    "QuestionDraft",
    "Receipt",
    "answer_objection",
    "cast",
    "check_answers",
    "contest",
    "count",
    "count_blockers",
    "create",
    "discard",
    "draft_blockers",
    "draft_from_proposal",
    "due_for_count",
    "extend",
    "extend_blockers",
    "follow_transfer",
    "mark_published",
    "notice",
    "object",
    "object_blockers",
    "recount",
    "settle_contest",
    "update",
    "void",
    "void_blockers",
]
