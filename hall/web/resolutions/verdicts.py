"""A counted result in words: one sentence a question, and the rows of its tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hall import countfile
from hall.countfile import QuestionReport
from hall.counting.decision import Gate, Verdict
from hall.counting.figures import ABSTAIN, AGAINST, FOR, Pile, Weight
from hall.counting.outcome import Outcome
from hall.counting.sensitivity import Sensitivity
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
    "decided": (N_("已决定"), "done", "check"),
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
    """A pile of a motion: its name, heads and area in cm², and the colour of its bar."""

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


@dataclass(frozen=True, slots=True)
class Counted:
    """One question as the document shows it. sentence: the verdict in one line; areas in cm².

    other: the verdict under the other treatment of invalid marks, where it differs (R-2.37).
    """

    text: str
    method: str
    outcome: Outcome
    sentence: str
    total: Pile
    participating: Pile
    abstain: Pile
    piles: tuple[PileRow, ...]
    lines: tuple[OptionLine, ...]
    invalid: Pile
    other: str
    agrees: bool

    @property
    def passed(self) -> bool:
        """Whether anything was decided."""
        return self.outcome.verdict is Verdict.ADOPTED

    @property
    def silent(self) -> Pile:
        """Those who took no part."""
        return self.total - self.participating

    @property
    def segments(self) -> dict[str, list[tuple[int, str]]]:
        """The approval bars of a motion: for, against, abstained in each weight."""
        return {
            "heads": [(p.pile.heads, p.colour) for p in self.piles],
            "area": [(p.pile.area_cm2, p.colour) for p in self.piles],
        }


@dataclass(frozen=True, slots=True)
class Group:
    """Participation of one building."""

    name: str
    total: Pile
    returned: Pile


@dataclass(frozen=True, slots=True)
class Result:
    """Everything a document shows of its count, counted anew from its own record.

    about: what the document says of itself (number, who counted, digests).
    """

    questions: tuple[Counted, ...]
    rules: RuleSet | None
    rule: Rule | None
    total: Pile
    groups: tuple[Group, ...]
    contested: Pile
    about: Mapping[str, Any]

    @property
    def returned(self) -> Pile:
        """Heads and area that took part, all buildings together."""
        whole = Pile(0, 0)
        for group in self.groups:
            whole = whole + group.returned
        return whole

    @property
    def small(self) -> bool:
        """Whether so few took part that sums may tell single answers."""
        return 0 < self.returned.heads < SMALL

    @property
    def counted_at(self) -> datetime:
        """When it was counted."""
        return datetime.fromisoformat(self.about["counted"])


def read(record: str) -> Result:
    """The result in a published record, recounted. Raises CountFileError when it cannot be true."""
    file = countfile.load(record.encode())
    report = countfile.count(file)
    first = file.questions[0].left_open if file.questions else ()
    return Result(
        questions=tuple(_counted(q) for q in report.questions),
        rules=file.rules,
        rule=file.rules.rule_for(file.matter) if file.rules and file.matter else None,
        total=_pile(file.roll),
        groups=tuple(Group(g.name, _pile(g.total), _pile(g.returned)) for g in file.groups),
        contested=next((_pile(o.weight) for o in first if o.state == "contested"), Pile(0, 0)),
        about=json.loads(file.document),
    )


def _pile(weight: Weight) -> Pile:
    """A weight of our own record; a poll of persons brings no area."""
    return Pile(weight.heads or 0, weight.area_cm2 or 0)


def _counted(q: QuestionReport) -> Counted:
    labels = {key: label or key for key, label in q.item.labels}
    invalid = Pile(0, 0)
    for _, weight in q.invalid:
        invalid = invalid + _pile(weight)
    return Counted(
        text=q.item.text,
        method=q.item.question.method,
        outcome=q.outcome,
        sentence=sentence(q.outcome, labels),
        total=_pile(q.total),
        participating=_pile(q.participating),
        abstain=_pile(q.abstain),
        piles=_piles(q, labels),
        lines=_lines(q.outcome, labels),
        invalid=invalid,
        other=_other(q.sensitivity, labels),
        agrees=q.agrees is not False,
    )


def _other(found: Sensitivity | None, labels: Mapping[str, str]) -> str:
    return sentence(found.outcome, labels) if found else ""


def _piles(q: QuestionReport, labels: Mapping[str, str]) -> tuple[PileRow, ...]:
    if q.item.question.method != "motion":
        return ()
    found = {key: _pile(weight) for key, weight, _ in q.options}
    return (
        PileRow(labels.get(FOR, FOR), found[FOR], "f-yes"),
        PileRow(labels.get(AGAINST, AGAINST), found[AGAINST], "f-no"),
        PileRow(labels.get(ABSTAIN, ABSTAIN), _pile(q.abstain), "f-ab"),
    )


def _lines(outcome: Outcome, labels: Mapping[str, str]) -> tuple[OptionLine, ...]:
    chosen = {*outcome.winners, *outcome.leading}
    return tuple(
        OptionLine(labels.get(o.key, o.key), _pile(o.weight), o.gates, o.passed, o.key in chosen)
        for o in outcome.options
    )


def missed(outcome: Outcome) -> str:
    """'参加的人数、参加的面积': the lines that were not reached."""
    return filters.listing(gettext(_MISSED[r]) for r in outcome.reasons if r in _MISSED)


def sentence(outcome: Outcome, labels: Mapping[str, str]) -> str:
    """The verdict in one line. labels: what each option is called."""
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
        if outcome.tied:
            text += gettext(
                "；票数相同，在他们中间再投一次：%(names)s", names=_tied(outcome, labels)
            )
        return text
    return gettext("“%(names)s”过线，通过", names=names)


def _undecided(outcome: Outcome, labels: Mapping[str, str]) -> str:
    if outcome.tied:
        return gettext("票数相同，未定：%(names)s", names=_tied(outcome, labels))
    return gettext("还不能定")


def _leading(outcome: Outcome, labels: Mapping[str, str]) -> str:
    if outcome.leading and not outcome.tied:
        names = filters.listing(labels.get(k, k) for k in outcome.leading)
        return gettext("选“%(names)s”的最多", names=names)
    if outcome.tied:
        return gettext("并列最多：%(names)s", names=_tied(outcome, labels))
    return gettext("没有收到意见")


def _tied(outcome: Outcome, labels: Mapping[str, str]) -> str:
    return filters.listing(labels.get(k, k) for group in outcome.tied for k in group)
