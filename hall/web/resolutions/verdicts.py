"""A counted result in words: one sentence a question, and the rows of its tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hall.ballots.queries.result import outcomes_of, ruleset_of, totals_of
from hall.counting.decision import Gate, Verdict
from hall.counting.figures import ABSTAIN, AGAINST, FOR, Pile, Totals
from hall.counting.outcome import Outcome
from hall.rulesets.rules import Rule, RuleSet
from hall.web import filters
from hall.web.i18n import N_, gettext, ngettext

SMALL = 10  # heads; below it figures together may tell single answers

# (word, kind of chip, icon) of a document in a list.
CHIPS = {
    "adopted": (N_("通过"), "done", "check"),
    "not_adopted": (N_("未通过"), "off", "cross"),
    "no_quorum": (N_("参加没过线"), "off", "cross"),
    "inconclusive": (N_("未定"), "line", "half"),
    "advisory": (N_("征集结果"), "ask", ""),
    "several": (N_("几项，分项看"), "line", "list"),
}
_MISSED = {
    "quorum_heads_missed": N_("参加的人数"),
    "quorum_area_missed": N_("参加的面积"),
    "approval_heads_missed": N_("同意的人数"),
    "approval_area_missed": N_("同意的面积"),
}


@dataclass(frozen=True, slots=True)
class PileRow:
    """A pile of a question: its name, heads and area in cm², and the colour of its bar."""

    key: str
    label: str
    pile: Pile
    colour: str


@dataclass(frozen=True, slots=True)
class OptionLine:
    """An option of a question with several: its pile, its two lines, and whether it came through."""

    label: str
    pile: Pile
    gates: tuple[Gate, ...]
    passed: bool | None
    won: bool
    rank: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """One question as the document shows it. sentence: the verdict in one line."""

    number: int
    text: str
    method: str
    totals: Totals
    outcome: Outcome
    sentence: str
    piles: tuple[PileRow, ...]
    lines: tuple[OptionLine, ...]

    @property
    def passed(self) -> bool:
        """Whether anything was decided."""
        return self.outcome.verdict is Verdict.ADOPTED

    @property
    def silent(self) -> Pile:
        """Those who took no part."""
        return self.totals.total - self.totals.participating

    @property
    def segments(self) -> dict[str, list[tuple[int, str]]]:
        """The approval bars of a motion: for, against, abstained in each weight."""
        return {
            "heads": [(p.pile.heads, p.colour) for p in self.piles],
            "area": [(p.pile.area_cm2, p.colour) for p in self.piles],
        }


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a document shows of its count, computed anew from its own record."""

    questions: tuple[Counted, ...]
    rules: RuleSet | None
    rule: Rule | None
    total: Pile
    returned: Pile
    sheets: int
    entries: int
    small: bool
    counted_at: datetime


def read(record: Mapping[str, Any]) -> Result:
    """The result in a published record. Raises ValueError when its figures do not add up."""
    doc = record["result"]
    totals = totals_of(doc)
    outcomes = outcomes_of(doc, totals)
    rules = ruleset_of(doc)
    returned = Pile(doc["returned"]["heads"], doc["returned"]["area_cm2"])
    return Result(
        questions=tuple(
            _counted(i, q, t, o)
            for i, (q, t, o) in enumerate(zip(doc["questions"], totals, outcomes, strict=True), 1)
        ),
        rules=rules,
        rule=rules.rule_for(doc["matter"]) if rules and doc["matter"] else None,
        total=Pile(doc["total"]["heads"], doc["total"]["area_cm2"]),
        returned=returned,
        sheets=doc["returned"]["sheets"],
        entries=doc["total"]["entries"],
        small=0 < returned.heads < SMALL,
        counted_at=datetime.fromisoformat(doc["counted"]),
    )


def _counted(number: int, q: Mapping[str, Any], totals: Totals, outcome: Outcome) -> Counted:
    labels: Mapping[str, str] = q["labels"]
    return Counted(
        number,
        q["text"],
        q["method"],
        totals,
        outcome,
        _sentence(outcome, labels),
        _piles(totals, labels),
        _lines(outcome, labels),
    )


def _piles(totals: Totals, labels: Mapping[str, str]) -> tuple[PileRow, ...]:
    if totals.question.method != "motion":
        return ()
    found = dict(totals.options)
    return (
        PileRow(FOR, labels.get(FOR, FOR), found[FOR], "f-yes"),
        PileRow(AGAINST, labels.get(AGAINST, AGAINST), found[AGAINST], "f-no"),
        PileRow(ABSTAIN, labels.get(ABSTAIN, ABSTAIN), totals.abstain, "f-ab"),
    )


def _lines(outcome: Outcome, labels: Mapping[str, str]) -> tuple[OptionLine, ...]:
    chosen = {*outcome.winners, *outcome.leading}
    return tuple(
        OptionLine(
            labels.get(o.key, o.key),
            Pile(o.weight.heads or 0, o.weight.area_cm2 or 0),
            o.gates,
            o.passed,
            o.key in chosen,
            o.rank,
        )
        for o in outcome.options
    )


def missed(outcome: Outcome) -> str:
    """'参加的人数、参加的面积': the lines that were not reached."""
    return filters.listing(gettext(_MISSED[r]) for r in outcome.reasons if r in _MISSED)


def _sentence(outcome: Outcome, labels: Mapping[str, str]) -> str:
    if outcome.verdict is Verdict.ADVISORY:
        return _leading(outcome, labels)
    if outcome.verdict is Verdict.NO_QUORUM:
        return gettext("%(what)s没过线，这次表决没有形成决定", what=missed(outcome))
    if outcome.verdict is Verdict.INCONCLUSIVE:
        return _undecided(outcome, labels)
    names = filters.listing(labels.get(k, k) for k in outcome.winners)
    method = outcome.question.method
    if outcome.verdict is Verdict.NOT_ADOPTED:
        if method == "motion":
            return gettext("%(what)s没过线，未通过", what=missed(outcome))
        if "none_of_these_prevails" in outcome.reasons:
            return gettext("多数人都不同意，一个也没有通过")
        return gettext("没有一个过线，未通过")
    if method == "motion":
        return gettext("四项都过线，通过")
    if method == "election":
        text = ngettext(
            "选出 %(n)s 位：%(names)s",
            "选出 %(n)s 位：%(names)s",
            len(outcome.winners),
            names=names,
        )
        if outcome.vacancies:
            text += ngettext("；还缺 %(n)s 位", "；还缺 %(n)s 位", outcome.vacancies)
        return text
    return gettext("“%(names)s”过线，通过", names=names)


def _undecided(outcome: Outcome, labels: Mapping[str, str]) -> str:
    if outcome.tied:
        tied = filters.listing(labels.get(k, k) for group in outcome.tied for k in group)
        return gettext("票数相同，未定：%(names)s", names=tied)
    return gettext("还不能定")


def _leading(outcome: Outcome, labels: Mapping[str, str]) -> str:
    if outcome.leading and not outcome.tied:
        names = filters.listing(labels.get(k, k) for k in outcome.leading)
        return gettext("选“%(names)s”的最多", names=names)
    if outcome.tied:
        tied = filters.listing(labels.get(k, k) for group in outcome.tied for k in group)
        return gettext("并列最多：%(names)s", names=tied)
    return gettext("没有收到意见")
