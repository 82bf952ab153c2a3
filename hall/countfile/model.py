"""The count document in memory: what was asked, of whom, by which rules, and what came in.

One form for JSON and XLSX. A weight that the document does not state is None, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hall.counting import Entry, Question, Sheet, Weight
from hall.rulesets.rules import RuleSet

FORMAT = "hall-count"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a file. path: questions[0].options[2].area_m2, or 合计!D7 in a workbook."""

    path: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class CountFileError(Exception):
    """A file that cannot be counted; carries every problem found, never only the first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{p.path}: {p.code}" for p in problems))


@dataclass(frozen=True, slots=True)
class OptionCount:
    """Votes for one option by one channel ('' where the document does not split by channel)."""

    key: str
    channel: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class InvalidCount:
    """Mark-invalid sheets of one reason."""

    reason: str
    weight: Weight


@dataclass(frozen=True, slots=True)
class DeemedCount:
    """Silent entries the document adds to an option by a clause (R-2.34).

    option '': the clause was applied and added nobody, for the reason given (R-2.35).
    """

    policy: str
    option: str
    clause_no: str
    weight: Weight
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenCount:
    """Contested or disputed entries left out of the figures. state: contested | disputed."""

    state: str
    options: tuple[str, ...]
    either: bool
    weight: Weight


@dataclass(frozen=True, slots=True)
class Claim:
    """The result the document itself states, to be compared with the recount.

    winners: adopted options or those elected; of a poll, those in front.
    """

    verdict: str
    winners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """One question. counts, invalid, participating are for documents that give only totals.

    labels: what the options are called, in the order of the paper, also abstain and none when the
    paper has them. invalid None: the document does not say whether there were invalid marks.
    """

    question: Question
    text: str
    labels: tuple[tuple[str, str], ...]
    counts: tuple[OptionCount, ...] = ()
    invalid: tuple[InvalidCount, ...] | None = None
    participating: Weight | None = None
    deemed: DeemedCount | None = None
    left_open: tuple[OpenCount, ...] = ()
    claimed: Claim | None = None


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Participation of one building: whole and returned."""

    name: str
    total: Weight
    returned: Weight


@dataclass(frozen=True, slots=True)
class CountFile:
    """A whole count document. sheets None: only totals are given; then entries may be None too.

    opens_at, closes_at bound the window of the sheets where stated. document: canonical JSON of
    whatever a published document says about itself; kept, not interpreted.
    """

    estate: str
    title: str
    kind: str  # statutory | advisory
    roll: Weight
    questions: tuple[FileQuestion, ...]
    number: str = ""
    matter: int | None = None
    scope: str = ""
    on: date | None = None
    rules: RuleSet | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    entries: tuple[Entry, ...] | None = None
    sheets: tuple[Sheet, ...] | None = None
    groups: tuple[FileGroup, ...] = ()
    document: str = ""
