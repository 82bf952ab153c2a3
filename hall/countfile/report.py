"""The recount of a document: every question's figures, lines and verdict, and what stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hall.countfile.lanes import (
    LANES,
    ZERO,
    PaperCounts,
    add,
    known,
    lane,
    paper_counts,
    participating,
)
from hall.countfile.model import (
    CountFile,
    CountFileError,
    DeemedCount,
    FileQuestion,
    OpenCount,
    Problem,
)
from hall.countfile.sense import unstated
from hall.counting import (
    ABSTAIN,
    ADVISORY_POLICY,
    METHODS,
    TIEBREAK,
    Caution,
    Deemed,
    Figures,
    Outcome,
    Pile,
    Policy,
    QuestionResult,
    Sensitivity,
    Tally,
    Totals,
    Unresolved,
    Verdict,
    Weight,
    decide_figures,
    question_result,
    results,
    tally,
)
from hall.rulesets.rules import MatterClass, Rule


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """One question recounted.

    options: key, weight and weight by channel. deemed: silent entries counted by a clause.
    unknown: lines that cannot be established (participation_area, approval_heads …). not_stated:
    paths of the figures the document lacks. agrees: whether the document's own claim holds, None
    without one.
    """

    item: FileQuestion
    rule: Rule | None
    total: Weight
    participating: Weight
    options: tuple[tuple[str, Weight, tuple[tuple[str, Weight], ...]], ...]
    abstain: Weight
    invalid: tuple[tuple[str, Weight], ...]
    deemed: Deemed | DeemedCount | None
    outcome: Outcome
    sensitivity: Sensitivity | None
    cautions: tuple[Caution, ...]
    unknown: tuple[str, ...]
    not_stated: tuple[str, ...]
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Report:
    """A whole recount. tally: only where the document gives the sheets."""

    file: CountFile
    questions: tuple[QuestionReport, ...]
    tally: Tally | None

    @property
    def agrees(self) -> bool:
        """Whether no claim of the document is contradicted."""
        return all(question.agrees is not False for question in self.questions)


def count(file: CountFile) -> Report:
    """Recount a document. Raises CountFileError when its figures cannot be true."""
    tiebreak = (file.rules.election_tiebreak if file.rules else None) or TIEBREAK
    rule = file.rules.rule_for(file.matter) if file.rules and file.matter else None
    try:
        if file.sheets is not None:
            return _from_sheets(file, rule, tiebreak)
        found = tuple(
            _from_totals(n, item, file, rule, tiebreak) for n, item in enumerate(file.questions)
        )
    except ValueError as error:
        raise CountFileError((Problem("questions", str(error)),)) from error
    return Report(file, found, None)


# --- from sheets -----------------------------------------------------------------------------


def _from_sheets(file: CountFile, rule: Rule | None, tiebreak: tuple[str, ...]) -> Report:
    questions = [item.question for item in file.questions]
    if file.rules is not None and rule is not None:
        policy = Policy.of(file.rules, file.opens_at, file.closes_at)
    else:
        policy = replace(ADVISORY_POLICY, opens_at=file.opens_at, closes_at=file.closes_at)
    rules = [rule] * len(questions)
    done = tally(file.entries or (), file.sheets or (), questions, policy, rules)
    found = tuple(
        _reported(item, rule, result, {}, ())
        for item, result in zip(
            file.questions, results(done, rules, tiebreak=tiebreak), strict=True
        )
    )
    return Report(file, found, done)


def _reported(
    item: FileQuestion,
    rule: Rule | None,
    result: QuestionResult,
    by_channel: dict[str, tuple[tuple[str, Weight], ...]],
    not_stated: tuple[str, ...],
) -> QuestionReport:
    totals = result.totals
    return QuestionReport(
        item=item,
        rule=rule,
        total=Weight.of(totals.total),
        participating=Weight.of(totals.participating),
        options=tuple((key, Weight.of(p), by_channel.get(key, ())) for key, p in totals.options),
        abstain=Weight.of(totals.abstain),
        invalid=tuple((reason, Weight.of(p)) for reason, p in totals.invalid_reasons),
        deemed=totals.deemed,
        outcome=result.outcome,
        sensitivity=result.sensitivity,
        cautions=result.cautions,
        unknown=_unknown(result.outcome),
        not_stated=not_stated,
        agrees=_agrees(item, result.outcome),
    )


# --- from totals -----------------------------------------------------------------------------


def _from_totals(
    n: int, item: FileQuestion, file: CountFile, rule: Rule | None, tiebreak: tuple[str, ...]
) -> QuestionReport:
    counts = paper_counts(item, file.rules if rule else None)
    part = participating(item, counts)
    refused = _why_not_deemed(item, counts, rule) if item.deemed else ""
    deemed = None if refused else item.deemed
    channels = _stated_channels(item)
    weights = [
        part,
        counts.abstain,
        counts.invalid,
        file.roll,
        *(weight for _, weight in counts.options),
        *([deemed.weight] if deemed else []),
    ]
    if all(known(weight) for weight in weights):
        totals = _totals(item, file.roll, part, counts, deemed)
        result = question_result(
            totals,
            rule,
            disputed=_unresolved(item.left_open, "disputed"),
            contested=_unresolved(item.left_open, "contested"),
            tiebreak=tiebreak,
        )
        report = replace(_reported(item, rule, result, channels, ()), deemed=deemed)
    else:
        report = _partial(item, file, rule, counts, part, deemed, tiebreak)
        missing = _missing_paths(n, item, file, counts, part)
        if rule is None:  # a poll weighs no area
            missing = [path for path in missing if not path.endswith(".area_m2")]
        report = replace(report, not_stated=tuple(missing))
    if refused and item.deemed:
        told = Caution("deemed_not_counted", {"policy": item.deemed.policy, "reason": refused})
        report = replace(report, cautions=(*report.cautions, told))
    return report


def _pile(weight: Weight) -> Pile:
    if weight.heads is None or weight.area_cm2 is None:
        raise ValueError("not_stated")
    return Pile(weight.heads, weight.area_cm2)


def _totals(
    item: FileQuestion, roll: Weight, part: Weight, counts: PaperCounts, deemed: DeemedCount | None
) -> Totals:
    reasons = [(one.reason, _pile(one.weight)) for one in item.invalid or ()]
    return Totals(
        question=item.question,
        total=_pile(roll),
        participating=_pile(part),
        options=tuple((key, _pile(weight)) for key, weight in counts.options),
        abstain=_pile(counts.abstain),
        invalid_participating=_pile(counts.invalid_taking_part),
        invalid_not=_pile(counts.invalid_left_out),
        invalid_reasons=tuple(reasons),
        deemed=Deemed(deemed.policy, deemed.option or None, _pile(deemed.weight), deemed.reason)
        if deemed
        else None,
    )


def _partial(
    item: FileQuestion,
    file: CountFile,
    rule: Rule | None,
    counts: PaperCounts,
    part: Weight,
    deemed: DeemedCount | None,
    tiebreak: tuple[str, ...],
) -> QuestionReport:
    figures = Figures(item.question, file.roll, part, counts.options)
    outcome = decide_figures(figures, rule, tiebreak=tiebreak)
    cautions: tuple[Caution, ...] = ()
    if deemed is not None and deemed.option:
        options = tuple(
            (key, add([weight, deemed.weight]) if key == deemed.option else weight)
            for key, weight in counts.options
        )
        full = Figures(item.question, file.roll, add([part, deemed.weight]), options)
        outcome = replace(decide_figures(full, rule, tiebreak=tiebreak), actual=outcome)
        if outcome.depends_on_deemed and outcome.actual is not None:
            facts = {"policy": deemed.policy, "verdict": outcome.actual.verdict.value}
            cautions = (Caution("deemed_decides", facts),)
    channels = _stated_channels(item)
    return QuestionReport(
        item=item,
        rule=rule,
        total=file.roll,
        participating=part,
        options=tuple((key, weight, channels.get(key, ())) for key, weight in counts.options),
        abstain=counts.abstain,
        invalid=tuple((one.reason, one.weight) for one in item.invalid or ()),
        deemed=deemed,
        outcome=outcome,
        sensitivity=None,
        cautions=cautions,
        unknown=_unknown(outcome),
        not_stated=(),
        agrees=_agrees(item, outcome),
    )


def _why_not_deemed(item: FileQuestion, counts: PaperCounts, rule: Rule | None) -> str:
    """Why a document's deemed votes are shown but not counted (R-2.34, R-2.35); '' when they count."""
    deemed = item.deemed
    if deemed is None or rule is None:
        return "advisory"
    if not deemed.option:
        return ""  # nobody was added
    if not deemed.clause_no:
        return "no_clause"
    if rule.matter_class is MatterClass.SPECIAL:
        return "special_matter"
    if not METHODS[item.question.method].exclusive:
        return "method_not_deemable"
    if deemed.policy == "ABSTAIN":
        return "" if deemed.option == ABSTAIN else "not_an_abstention"
    rivals = [*counts.options, (ABSTAIN, counts.abstain)]
    mine = dict(rivals)[deemed.option]
    for name in LANES:
        figure = lane(mine, name)
        others = [lane(w, name) for key, w in rivals if key != deemed.option]
        if figure is not None and any(o is not None and o >= figure for o in others):
            return "not_the_majority"
    return "not_the_majority" if deemed.option == ABSTAIN else ""


def _stated_channels(item: FileQuestion) -> dict[str, tuple[tuple[str, Weight], ...]]:
    found: dict[str, tuple[tuple[str, Weight], ...]] = {}
    for one in item.counts:
        if one.channel:
            found[one.key] = (*found.get(one.key, ()), (one.channel, one.weight))
    return found


def _unresolved(left_open: Sequence[OpenCount], state: str) -> tuple[Unresolved, ...]:
    return tuple(
        Unresolved(one.options, _pile(one.weight), one.either)
        for one in left_open
        if one.state == state
    )


def _missing_paths(
    n: int, item: FileQuestion, file: CountFile, counts: PaperCounts, part: Weight
) -> list[str]:
    place = f"questions[{n}]"
    order = [key for key, _ in item.labels]
    stated = [("roll", file.roll)]
    for key, weight in [*counts.options, (ABSTAIN, counts.abstain)]:
        where = f"{place}.options[{order.index(key)}]" if key in order else f"{place}.options.{key}"
        stated.append((where, weight))
    stated += [(f"{place}.invalid[{k}]", one.weight) for k, one in enumerate(item.invalid or ())]
    if item.invalid is None and counts.invalid != ZERO:
        stated.append((f"{place}.invalid", counts.invalid))
    if item.deemed:
        stated.append((f"{place}.deemed", item.deemed.weight))
    if not METHODS[item.question.method].exclusive:
        stated.append((f"{place}.participating", part))
    return unstated(stated)


def _unknown(outcome: Outcome) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{g.test}_{g.weight}" for g in outcome.gates if g.passed is None))


def _agrees(item: FileQuestion, outcome: Outcome) -> bool | None:
    if item.claimed is None:
        return None
    first = outcome.leading if outcome.verdict is Verdict.ADVISORY else outcome.winners
    winners = not item.claimed.winners or set(item.claimed.winners) == set(first)
    return item.claimed.verdict == outcome.verdict.value and winners
