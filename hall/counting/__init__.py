"""The count, pure and exact: sheets to piles, piles to lines, lines to a verdict.

    tally(entries, sheets, questions, policy, rules) -> Tally     every sheet, in any order
    totals_of(question, total, groups, invalid_marks) -> Totals   marks already grouped by a database
    decide(totals, rule) -> Outcome                               rules §1.6, by the question's method
    question_result(totals, rule, …) / results(tally, rules)      with sensitivity and cautions

Both the ballots room and the offline count file stand on this room; it imports only the rule sets'
pure rules and knows no file, no table and no clock.
"""

from __future__ import annotations

from hall.counting.deciding import TIEBREAK, decide, decide_figures, figures_of
from hall.counting.decision import Decision, Gate, Verdict, weigh
from hall.counting.deeming import deem
from hall.counting.figures import (
    ABSTAIN,
    AGAINST,
    EMPTY,
    FOR,
    NONE,
    UNREADABLE,
    Deemed,
    Pile,
    Question,
    Totals,
    Weight,
    options_of,
    pile_sum,
)
from hall.counting.methods import METHODS, Method, Reading, read_marks, register
from hall.counting.outcome import Figures, OptionOutcome, Outcome
from hall.counting.piles import totals_of
from hall.counting.sensitivity import Sensitivity, Unresolved, certain, sensitivity, stands
from hall.counting.tally import (
    ADVISORY_POLICY,
    Entry,
    GroupTurnout,
    Policy,
    SetAside,
    Sheet,
    Tally,
    tally,
)
from hall.counting.verdict import Caution, QuestionResult, question_result, results

__all__ = [
    "ABSTAIN",
    "ADVISORY_POLICY",
    "AGAINST",
    "EMPTY",
    "FOR",
    "METHODS",
    "NONE",
    "TIEBREAK",
    "UNREADABLE",
    "Caution",
    "Decision",
    "Deemed",
    "Entry",
    "Figures",
    "Gate",
    "GroupTurnout",
    "Method",
    "OptionOutcome",
    "Outcome",
    "Pile",
    "Policy",
    "Question",
    "QuestionResult",
    "Reading",
    "Sensitivity",
    "SetAside",
    "Sheet",
    "Tally",
    "Totals",
    "Unresolved",
    "Verdict",
    "Weight",
    "certain",
    "decide",
    "decide_figures",
    "deem",
    "figures_of",
    "options_of",
    "pile_sum",
    "question_result",
    "read_marks",
    "register",
    "results",
    "sensitivity",
    "stands",
    "tally",
    "totals_of",
    "weigh",
]
