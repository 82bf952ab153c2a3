"""The outcome of a question, and the figures it is decided on."""

from __future__ import annotations

from dataclasses import dataclass

from hall.counting.decision import Gate, Verdict
from hall.counting.figures import Question, Weight


@dataclass(frozen=True, slots=True)
class Figures:
    """What a method decides on: total, participating and each option, as far as they are stated."""

    question: Question
    total: Weight
    participating: Weight
    options: tuple[tuple[str, Weight], ...]


@dataclass(frozen=True, slots=True)
class OptionOutcome:
    """One option: its weight, its two approval lines (none in an advisory poll), its place.

    rank: 1 is first; options level in every weight that ranks share a place.
    """

    key: str
    weight: Weight
    gates: tuple[Gate, ...]
    passed: bool | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one question.

    winners: adopted options or elected candidates (an advisory poll has leading ones instead).
    tied: groups that exact equality leaves undecided; never broken by lot. vacancies: seats not
    filled. reasons: codes quorum_heads_missed, quorum_area_missed, approval_heads_missed,
    approval_area_missed, none_of_these_prevails, several_options_pass, runoff_needed,
    by_election_needed, not_stated (a figure is missing), not_adopted_in_any_case (open only
    between no quorum and not adopted), unresolved_sheets_decide.
    actual: the outcome of the sheets alone when silent entries were deemed; depends_on_deemed
    when the verdict or the winners differ from it (R-2.35).
    """

    question: Question
    verdict: Verdict
    quorum: tuple[Gate, ...]
    options: tuple[OptionOutcome, ...]
    winners: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    tied: tuple[tuple[str, ...], ...] = ()
    vacancies: int = 0
    reasons: tuple[str, ...] = ()
    actual: Outcome | None = None

    @property
    def depends_on_deemed(self) -> bool:
        """Whether only deemed votes bring this result about."""
        return self.actual is not None and (
            self.actual.verdict is not self.verdict or self.actual.winners != self.winners
        )

    @property
    def gates(self) -> tuple[Gate, ...]:
        """All lines: participation heads, area, then approval heads, area of each option.

        For a motion these are the four of rules §1.6 (approval of 'for').
        """
        shown = self.options[:1] if self.question.method == "motion" else self.options
        return (*self.quorum, *(gate for option in shown for gate in option.gates))

    def option(self, key: str) -> OptionOutcome:
        """One option's outcome; KeyError when there is none."""
        return {option.key: option for option in self.options}[key]
