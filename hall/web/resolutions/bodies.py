"""A body's decision in words: who took it, by which rule, who was there and how they voted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hall.bodies import queries as bodies
from hall.bodies.rules import DECISION_RULES, HandCount, decide
from hall.estates.queries import EstateRow
from hall.resolutions.queries import ResolutionCard, ResolutionRow
from hall.rulesets.rules import Op, Threshold
from hall.web import figures
from hall.web.i18n import N_, gettext
from hall.web.messages import who
from hall.web.resolutions.verdicts import CHIPS

# Who numbers a series, where that is no single body with a name of its own.
ORGANS = {
    "board": N_("%(estate)s业主委员会"),
    "council": N_("%(estate)s议事会"),
    "talk": N_("%(estate)s业主恳谈会"),
    "residents": N_("%(estate)s居民会议"),
}
# The numbers of a document's sections.
ORDINALS = (N_("一、"), N_("二、"), N_("三、"), N_("四、"))
CHOICES = {"for": N_("同意"), "against": N_("反对"), "abstain": N_("弃权")}
# (word, kind of chip) of an action's state.
STATES = {
    "open": (N_("在办"), "wait"),
    "late": (N_("超期"), "late"),
    "waiting": (N_("等外面"), "line"),
    "ask_again": (N_("该再问了"), "late"),
    "done": (N_("说办完了，等查看"), "wait"),
    "verified": (N_("办完，看过了"), "done"),
    "dropped": (N_("不办了"), "off"),
}
# Titles whose names say the body already: 业委会主任, 网格员.
_SAYS_BODY = frozenset({"chair", "vice_chair", "member", "worker"})
_OPINION = {
    "adopted": (N_("会商意见"), "ask", ""),
    "not_adopted": (N_("没有形成意见"), "off", "cross"),
}
_VOID = (N_("已作废"), "off", "cross")
_SENTENCES = {
    (True, "adopted"): N_("同意 %(n)s 人，过了线，形成会商意见"),
    (True, "not_adopted"): N_("同意 %(n)s 人，没过线，没有形成会商意见"),
    (False, "adopted"): N_("同意 %(n)s 人，过了线，通过"),
    (False, "not_adopted"): N_("同意 %(n)s 人，没过线，未通过"),
}


def chip_of(card: ResolutionCard) -> tuple[str, str, str]:
    """(word, kind of chip, icon) of a document; an opinion never reads as a decision."""
    if card.voided_at:
        return _VOID
    if card.opinion:
        return _OPINION.get(card.verdict, _OPINION["not_adopted"])
    return CHIPS[card.verdict]


def organ_of(estate: EstateRow, series: str) -> str:
    """The name on the red head: the body as this estate calls it."""
    if series in ORGANS:
        return gettext(ORGANS[series], estate=estate.name)
    return body_names(estate.id).get(series) or who(series)


def body_names(estate_id: int) -> dict[str, str]:
    """The five bodies as an estate calls them, by code."""
    return {row.body.value: row.name for row in bodies.of_estate(estate_id)}


@dataclass(frozen=True, slots=True)
class Decided:
    """Everything the page of a body's decision shows, read from its own record.

    agrees: whether the figures come to the outcome again; None where nobody voted.
    """

    record: Mapping[str, Any]
    organ: str
    opinion: bool
    sentence: str
    rule: str
    agrees: bool | None
    decided_at: datetime | None
    starts_at: datetime | None
    names: Mapping[str, str]

    @property
    def passed(self) -> bool:
        """Whether it came through."""
        return self.record["verdict"] in ("adopted", "decided")

    def body(self, code: str | None) -> str:
        """A body's name; '' for none."""
        return (self.names.get(code) or who(code)) if code else ""

    def of_person(self, line: Mapping[str, Any]) -> str:
        """'小区党支部书记', '业委会主任': where somebody sits, and as what."""
        title = who(line["title"]) if line["title"] else ""
        if line["title"] in _SAYS_BODY:
            own = line["body"] in ("committee", "grid")
            return title if own else self.body(line["body"])
        return gettext("%(body)s%(title)s", body=self.body(line["body"]), title=title)


def read(estate: EstateRow, doc: ResolutionRow) -> Decided:
    """The page's facts of a body's document."""
    record = json.loads(doc.record_json)
    decision = record["decision"]
    organ = organ_of(estate, record["series"])
    meeting = record.get("meeting")
    return Decided(
        record=record,
        organ=organ,
        opinion=doc.opinion,
        sentence=_sentence(record, doc.opinion, organ),
        rule=_rule(decision),
        agrees=_agrees(record),
        decided_at=_at(decision.get("at")),
        starts_at=_at(meeting["starts"]) if meeting else None,
        names=body_names(estate.id),
    )


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _sentence(record: Mapping[str, Any], opinion: bool, organ: str) -> str:
    found = _SENTENCES.get((opinion, record["verdict"]))
    if found is None:
        return gettext("%(organ)s已经决定", organ=organ)
    return gettext(found, n=record["decision"]["for"])


def _rule(decision: Mapping[str, Any]) -> str:
    if not decision.get("quorum"):
        return ""
    return gettext(
        "到会要%(quorum)s（按应到的人算），同意要%(adopt)s（按%(base)s的人算）。"
        "回避的人不算应到，弃权不算同意，不能委托。",
        quorum=_line(decision["quorum"]),
        adopt=_line(decision["adopt"]),
        base=gettext("应到") if decision["base"] == "due" else gettext("到会"),
    )


def _line(parts: list[Any]) -> str:
    num, den, op = parts
    return figures.line_name(Threshold(num, den, Op(op)))


def _agrees(record: Mapping[str, Any]) -> bool | None:
    d = record["decision"]
    rule = DECISION_RULES.get(d.get("rule") or "")
    if rule is None:
        return None
    counted = HandCount(d["due"], d["present"], d["for"], d["against"], d["abstain"])
    return decide(counted, rule) == record["verdict"]
