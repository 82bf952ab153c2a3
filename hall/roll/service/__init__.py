"""What can be done with the roll; the verbs are explained where they stand."""

from hall.roll.service.acting import (
    end_representative,
    record_representative,
    record_transfer,
)
from hall.roll.service.freeze import freeze, succeed
from hall.roll.service.importing import cancel_import, confirm_import, upload
from hall.roll.service.letters import (
    Letter,
    LetterRow,
    claim,
    claim_more,
    find_letter,
    issue_codes,
)
from hall.roll.service.publicity import (
    answer_correction,
    publish_roll,
    request_correction,
    why_not_publish_roll,
)

__all__ = [
    "Letter",
    "LetterRow",
    "answer_correction",
    "cancel_import",
    "claim",
    "claim_more",
    "confirm_import",
    "end_representative",
    "find_letter",
    "freeze",
    "issue_codes",
    "publish_roll",
    "record_representative",
    "record_transfer",
    "request_correction",
    "succeed",
    "upload",
    "why_not_publish_roll",
]
