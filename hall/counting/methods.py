"""Methods of voting: how one sheet's marks are read and how the piles decide. A registry by name.

motion    for / against / abstain.
single    one of many; 'none of these' always offered (R-2.38), abstention too.
approval  any number of options; each stands or falls by itself.
election  N seats, at most N marks (R-2.45); each candidate needs the ordinary majority of both
          weights; of those the ranking decides, heads first, then area, then a second vote.

A method is two pure functions, so that further ones (ranked methods) are added with register().
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from hall.counting.advisory import decide_advisory
from hall.counting.decision import Verdict, all_of, approval_gates, quorum_gates, settle
from hall.counting.election import elect
from hall.counting.figures import (
    ABSTAIN,
    FOR,
    NONE,
    UNREADABLE,
    Question,
    options_of,
)
from hall.counting.outcome import Figures, OptionOutcome, Outcome
from hall.counting.ranking import missed, ranked, shown
from hall.rulesets.rules import Rule


@dataclass(frozen=True, slots=True)
class Reading:
    """One sheet's answer to one question: options marked, or an abstention, or invalid with a reason.

    invalid: '' or blank | unreadable | unknown_choice | too_many | contradictory.
    """

    options: tuple[str, ...] = ()
    abstains: bool = False
    invalid: str = ""


Read = Callable[[Question, Collection[str]], Reading]
Decide = Callable[[Figures, Rule | None, tuple[str, ...]], Outcome]


@dataclass(frozen=True, slots=True)
class Method:
    """A named method. exclusive: a valid sheet holds exactly one option (only then can a majority
    opinion be attributed to silent entries, R-2.35)."""

    name: str
    read: Read
    decide: Decide
    exclusive: bool


METHODS: dict[str, Method] = {}


def register(method: Method) -> Method:
    """Add a method to the registry; ValueError when the name is taken."""
    if method.name in METHODS:
        raise ValueError(method.name)
    METHODS[method.name] = method
    return method


def read_marks(question: Question, marks: Collection[str]) -> Reading:
    """How this question reads the marks of one sheet (rules §2.5, per item)."""
    return METHODS[question.method].read(question, marks)


def _common(question: Question, marks: Collection[str]) -> Reading | None:
    """What every method reads alike: blank, unreadable, unknown, abstention, contradiction."""
    chosen = frozenset(marks)
    if not chosen:
        return Reading(invalid="blank")
    if UNREADABLE in chosen:
        return Reading(invalid="unreadable")
    if chosen - {*options_of(question), ABSTAIN}:
        return Reading(invalid="unknown_choice")
    if ABSTAIN in chosen:
        return Reading(abstains=True) if len(chosen) == 1 else Reading(invalid="contradictory")
    if NONE in chosen and len(chosen) > 1:
        return Reading(invalid="contradictory")
    return None


def _read_up_to(limit: Callable[[Question], int]) -> Read:
    def read(question: Question, marks: Collection[str]) -> Reading:
        found = _common(question, marks)
        if found is not None:
            return found
        chosen = tuple(key for key in options_of(question) if key in frozenset(marks))
        return (
            Reading(options=chosen)
            if len(chosen) <= limit(question)
            else Reading(invalid="too_many")
        )

    return read


def _decide_motion(figures: Figures, rule: Rule | None, tiebreak: tuple[str, ...]) -> Outcome:
    if rule is None:
        return decide_advisory(figures)
    quorum = quorum_gates(figures.total, figures.participating, rule)
    yes = dict(figures.options)[FOR]
    gates = approval_gates(figures.total, figures.participating, yes, rule)
    approved = all_of(gate.passed for gate in gates)
    quorate = all_of(gate.passed for gate in quorum)
    verdict = settle(quorate, approved)
    options = tuple(
        OptionOutcome(
            key,
            weight,
            approval_gates(figures.total, figures.participating, weight, rule),
            approved if key == FOR else None,
            None,
        )
        for key, weight in figures.options
    )
    reasons = missed(quorum) if quorate is False else missed((*quorum, *gates))
    if verdict is Verdict.INCONCLUSIVE and approved is False:
        reasons = (*reasons, "not_adopted_in_any_case")
    winners = (FOR,) if verdict is Verdict.ADOPTED else ()
    return Outcome(figures.question, verdict, quorum, options, winners=winners, reasons=reasons)


def _decide_each(figures: Figures, rule: Rule | None, tiebreak: tuple[str, ...]) -> Outcome:
    """Each option by itself; adopted when at least one option is."""
    if rule is None:
        return decide_advisory(figures)
    quorum = quorum_gates(figures.total, figures.participating, rule)
    options = ranked(figures, rule)
    quorate = all_of(gate.passed for gate in quorum)
    real = [option for option in options if option.key != NONE]
    winners = tuple(option.key for option in shown(figures, real) if option.passed)
    some = True if winners else (None if any(o.passed is None for o in real) else False)
    verdict = settle(quorate, some)
    reasons = missed(quorum)
    if quorate is not False and some is None and "not_stated" not in reasons:
        reasons = (*reasons, "not_stated")
    if verdict is Verdict.INCONCLUSIVE and some is False:
        reasons = (*reasons, "not_adopted_in_any_case")
    if verdict is not Verdict.ADOPTED:
        winners = ()
    return Outcome(figures.question, verdict, quorum, options, winners=winners, reasons=reasons)


def _decide_single(figures: Figures, rule: Rule | None, tiebreak: tuple[str, ...]) -> Outcome:
    """One of many: the option that reaches its class's line in both weights, if there is one."""

    outcome = _decide_each(figures, rule, tiebreak)
    if rule is None:
        return outcome
    if len(outcome.winners) > 1:
        # Only a line of one half or less, which no lawful rule set has, lets two options pass.
        return replace(
            outcome,
            verdict=Verdict.INCONCLUSIVE,
            winners=(),
            tied=(outcome.winners,),
            reasons=(*outcome.reasons, "several_options_pass"),
        )
    if outcome.verdict is Verdict.NOT_ADOPTED:
        code = "none_of_these_prevails" if outcome.option(NONE).passed else "no_option_reaches"
        return replace(outcome, reasons=(*outcome.reasons, code))
    return outcome


def _decide_election(figures: Figures, rule: Rule | None, tiebreak: tuple[str, ...]) -> Outcome:
    return decide_advisory(figures) if rule is None else elect(figures, rule, tiebreak)


MOTION = register(Method("motion", _read_up_to(lambda q: 1), _decide_motion, exclusive=True))
SINGLE = register(Method("single", _read_up_to(lambda q: 1), _decide_single, exclusive=True))
APPROVAL = register(
    Method("approval", _read_up_to(lambda q: len(q.choices)), _decide_each, exclusive=False)
)
ELECTION = register(
    Method("election", _read_up_to(lambda q: q.seats), _decide_election, exclusive=False)
)
