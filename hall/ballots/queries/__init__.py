"""What can be read of ballots; each function is explained where it stands."""

from hall.ballots.queries.drafts import draft_of
from hall.ballots.queries.entrances import EntranceTurnout, entrance_turnout
from hall.ballots.queries.facts import BallotRow, OptionRow, QuestionRow, by_id, find, get
from hall.ballots.queries.lists import (
    BallotCard,
    ContestRow,
    DayTurnout,
    HomeCard,
    ObjectionRow,
    contests,
    daily_turnout,
    every,
    home_cards,
    objections,
    running,
)
from hall.ballots.queries.notice import (
    active_rules,
    earliest_lawful_open,
    legal_reach,
    notice_blockers,
)
from hall.ballots.queries.origin import OriginRow, ballots_of, origin, recused, recused_blockers
from hall.ballots.queries.receipts import ReceiptCheck, ReceiptRow, check_receipt, receipt
from hall.ballots.queries.result import ResultRow, result
from hall.ballots.queries.turnout import (
    BuildingTurnout,
    EntryStatus,
    Turnout,
    entry_list,
)
from hall.ballots.queries.turnout import of_ballot as turnout
from hall.ballots.queries.voter import SheetRow, VoterGroup, VoterPage, voter_page

__all__ = [
    "BallotCard",
    "BallotRow",
    "BuildingTurnout",
    "ContestRow",
    "DayTurnout",
    "EntranceTurnout",
    "EntryStatus",
    "HomeCard",
    "ObjectionRow",
    "OptionRow",
    "OriginRow",
    "QuestionRow",
    "ReceiptCheck",
    "ReceiptRow",
    "ResultRow",
    "SheetRow",
    "Turnout",
    "VoterGroup",
    "VoterPage",
    "active_rules",
    "ballots_of",
    "by_id",
    "check_receipt",
    "contests",
    "daily_turnout",
    "draft_of",
    "earliest_lawful_open",
    "entrance_turnout",
    "entry_list",
    "every",
    "find",
    "get",
    "home_cards",
    "legal_reach",
    "notice_blockers",
    "objections",
    "origin",
    "receipt",
    "recused",
    "recused_blockers",
    "result",
    "running",
    "turnout",
    "voter_page",
]
