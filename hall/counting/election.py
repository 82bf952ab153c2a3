"""Election of N seats by owners (matter 3; rules §2.7, R-2.45).

Every candidate needs more than half of the participating heads and area (Civil Code 278 ¶2: an
ordinary matter). More of them than seats: the ranking of the frozen rule decides, by default
heads, then area (Shanghai 2015), and candidates level in all of it go to a second vote among
themselves; nothing is ever drawn by lot. Too few: a by-election for the seats left.
"""

from __future__ import annotations

from collections.abc import Sequence

from hall.counting.decision import Verdict, all_of, quorum_gates
from hall.counting.figures import NONE
from hall.counting.outcome import Figures, OptionOutcome, Outcome
from hall.counting.ranking import missed, ranked, sort_key
from hall.rulesets.rules import Rule


def _groups(candidates: Sequence[OptionOutcome], by: Sequence[str]) -> list[tuple[str, ...]] | None:
    """Candidates grouped by equal figures, best first; None when a figure is not stated."""
    grouped: dict[tuple[int, ...], list[str]] = {}
    for candidate in candidates:
        key = sort_key(candidate.weight, by)
        if key is None:
            return None
        grouped.setdefault(key, []).append(candidate.key)
    return [tuple(grouped[key]) for key in sorted(grouped)]


def _fill(
    groups: Sequence[tuple[str, ...]], seats: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Seats filled group by group; the first group that does not fit whole goes to a runoff."""
    elected: list[str] = []
    for group in groups:
        if len(elected) + len(group) > seats:
            return tuple(elected), (group,) if len(elected) < seats else ()
        elected.extend(group)
    return tuple(elected), ()


def elect(figures: Figures, rule: Rule, tiebreak: tuple[str, ...]) -> Outcome:
    """Who is elected. adopted: at least one seat filled; the reasons say what is left to do."""
    quorum = quorum_gates(figures.total, figures.participating, rule)
    options = ranked(figures, rule, tiebreak)
    quorate = all_of(gate.passed for gate in quorum)
    seats = figures.question.seats
    base = Outcome(
        figures.question,
        Verdict.INCONCLUSIVE,
        quorum,
        options,
        vacancies=seats,
        reasons=missed(quorum),
    )
    candidates = [option for option in options if option.key != NONE]
    if quorate is False:
        return _with(base, Verdict.NO_QUORUM)
    undecided = any(candidate.passed is None for candidate in candidates)
    groups = _groups([c for c in candidates if c.passed], tiebreak)
    if quorate is None or undecided or groups is None:
        return _with(base, Verdict.INCONCLUSIVE, reasons=_once(base.reasons, "not_stated"))
    elected, tied = _fill(groups, seats)
    vacancies = seats - len(elected)
    reasons = base.reasons
    if tied:
        reasons = (*reasons, "runoff_needed")
    if vacancies > sum(map(len, tied)):
        reasons = (*reasons, "by_election_needed")
    unfilled = Verdict.INCONCLUSIVE if tied else Verdict.NOT_ADOPTED
    verdict = Verdict.ADOPTED if elected else unfilled
    return _with(base, verdict, winners=elected, tied=tied, vacancies=vacancies, reasons=reasons)


def _once(reasons: tuple[str, ...], code: str) -> tuple[str, ...]:
    return reasons if code in reasons else (*reasons, code)


def _with(
    base: Outcome,
    verdict: Verdict,
    *,
    winners: tuple[str, ...] = (),
    tied: tuple[tuple[str, ...], ...] = (),
    vacancies: int | None = None,
    reasons: tuple[str, ...] | None = None,
) -> Outcome:
    return Outcome(
        base.question,
        verdict,
        base.quorum,
        base.options,
        winners=winners,
        tied=tied,
        vacancies=base.vacancies if vacancies is None else vacancies,
        reasons=base.reasons if reasons is None else reasons,
    )
