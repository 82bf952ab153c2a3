"""A count document from JSON; format in docs/count-format.md. Strict: unknown keys are refused."""

from __future__ import annotations

import json
from typing import Any

from hall.countfile.model import (
    FORMAT,
    VERSION,
    Claim,
    CountFile,
    CountFileError,
    DeemedCount,
    FileGroup,
    FileQuestion,
    InvalidCount,
    OpenCount,
    OptionCount,
    Problem,
)
from hall.countfile.node import Node, NotWhole
from hall.countfile.rules_in import NONRETURN, read_rules
from hall.countfile.sense import check_sense
from hall.counting import (
    ABSTAIN,
    AGAINST,
    FOR,
    NONE,
    UNREADABLE,
    Entry,
    Question,
    Sheet,
    Verdict,
    Weight,
)
from hall.rulesets.rules.canonical import canonical

MAX_BYTES = 256 * 1024 * 1024
METHODS = ("motion", "single", "approval", "election")
NOBODY = (
    "special_matter",
    "method_not_deemable",
    "nobody_deemable",
    "no_sheets",
    "majority_unclear",
)
FLAWS = ("identity_invalid", "late")
MOTION_LABELS = ((FOR, ""), (AGAINST, ""), (ABSTAIN, ""))
_TOP = [
    "format",
    "version",
    "estate",
    "ballot",
    "rules",
    "roll",
    "questions",
    "sheets",
    "groups",
    "document",
]
_BALLOT = ["title", "number", "kind", "matter", "scope", "date", "opens_at", "closes_at"]
_SHEET = [
    "id",
    "entry",
    "channel",
    "received_at",
    "seq",
    "answers",
    "signer",
    "owner",
    "flaw",
    "disputed",
]
_ENTRY = ["id", "owner", "heads", "area_m2", "group", "representative", "contested", "delivered"]
_QUESTION = [
    "key",
    "text",
    "method",
    "seats",
    "options",
    "invalid",
    "participating",
    "deemed",
    "left_open",
    "claimed",
]


class _Repeated(ValueError):
    pass


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Repeated(key)
        found[key] = value
    return found


def _refuse(path: str, code: str, **facts: object) -> CountFileError:
    return CountFileError((Problem(path, code, facts),))


def parse_json(data: bytes) -> Any:
    """The document as plain values. Numbers with a point stay text. Raises CountFileError."""
    if len(data) > MAX_BYTES:
        raise _refuse("$", "too_large", limit_mb=MAX_BYTES // 1024 // 1024)
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_pairs,
            parse_float=NotWhole,
            parse_constant=NotWhole,
        )
    except _Repeated as error:
        raise _refuse("$", "key_repeated", key=str(error)) from error
    except json.JSONDecodeError as error:
        raise _refuse("$", "not_json", line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise _refuse("$", "not_json", line=1, column=1) from error


def read_document(value: Any) -> CountFile:
    """A count document from its plain values. Raises CountFileError with every problem."""
    problems: list[Problem] = []
    top = Node(value, "", problems)
    if not isinstance(value, dict):
        raise _refuse("$", "not_object")
    if top["format"].value != FORMAT or top["version"].value != VERSION:
        # Another kind of document: what it lacks as a count file is of no use to anybody.
        raise _refuse("format", "format_unknown", expected=f"{FORMAT} {VERSION}")
    top.fields(*_TOP)
    file = _file(top)
    if not problems:
        check_sense(file, problems)
    if problems:
        raise CountFileError(tuple(problems))
    return file


def _file(top: Node) -> CountFile:
    ballot = top["ballot"].need().fields(*_BALLOT)
    kind = ballot["kind"].need().one_of("statutory", "advisory")
    on = ballot["date"].day()
    rules = None
    if kind != "advisory" or top["rules"].present:
        rules = read_rules(top["rules"], on)
    roll = top["roll"].need().fields("heads", "area_m2", "entries")
    entries = tuple(map(_entry, roll["entries"].items())) if roll["entries"].present else None
    matter = ballot["matter"].whole(1, 9)
    sheets = tuple(map(_sheet, top["sheets"].items())) if top["sheets"].present else None
    document = top["document"]
    return CountFile(
        estate=top["estate"].text(),
        title=ballot["title"].need().text(),
        kind=kind,
        roll=_whole_roll(roll.weight(), entries),
        questions=tuple(_question(node, matter) for node in top["questions"].need().items()),
        number=ballot["number"].text(),
        matter=matter,
        scope=ballot["scope"].text(),
        on=on,
        rules=rules,
        opens_at=ballot["opens_at"].instant(),
        closes_at=ballot["closes_at"].instant(),
        entries=entries,
        sheets=sheets,
        groups=tuple(map(_group, top["groups"].items())),
        document=canonical(document.value) if document.present else "",
    )


def _whole_roll(stated: Weight, entries: tuple[Entry, ...] | None) -> Weight:
    """The stated totals of the roll, completed from its entries."""
    if entries is None:
        return stated
    heads = stated.heads if stated.heads is not None else sum(e.heads for e in entries)
    area = stated.area_cm2 if stated.area_cm2 is not None else sum(e.area_cm2 for e in entries)
    return Weight(heads, area)


def _entry(node: Node) -> Entry:
    node.fields(*_ENTRY)
    name = node["id"].need().text(80)
    heads, area = node["heads"].need().whole(0, 1), node["area_m2"].need().area()
    return Entry(
        id=name,
        owner=node["owner"].text(200) or name,
        heads=heads or 0,
        area_cm2=area or 0,
        group=node["group"].text(80),
        representative=node["representative"].text(80) or None,
        contested=node["contested"].flag(),
        delivered=node["delivered"].flag(),
    )


def _sheet(node: Node) -> Sheet:
    node.fields(*_SHEET)
    return Sheet(
        id=node["id"].need().text(80),
        entry=node["entry"].need().text(80),
        channel=node["channel"].need().one_of("online", "paper"),
        received_at=node["received_at"].need().instant(),  # type: ignore[arg-type]
        answers={key: _marks(answer) for key, answer in node["answers"].need().pairs()},
        seq=node["seq"].whole() or 0,
        signer=node["signer"].text(80) or None,
        owner=node["owner"].text(200) or None,
        flaw=node["flaw"].one_of(*FLAWS),
        disputed=node["disputed"].flag(),
    )


def _marks(node: Node) -> tuple[str, ...]:
    if isinstance(node.value, str) and not isinstance(node.value, NotWhole):
        return (node.text(80),)
    return tuple(item.need().text(80) for item in node.items())


def _question(node: Node, matter: int | None) -> FileQuestion:
    node.fields(*_QUESTION)
    method = node["method"].need().one_of(*METHODS, default="motion")
    listed = node["options"] if method == "motion" else node["options"].need()
    labels, counts = _options(listed, method)
    if not listed.present:
        labels = MOTION_LABELS
    reserved = {FOR, AGAINST, ABSTAIN, NONE}
    choices = () if method == "motion" else tuple(k for k, _ in labels if k not in reserved)
    seats = node["seats"].whole(1, 99)
    claimed = node["claimed"].fields("verdict", "winners")
    return FileQuestion(
        Question(node["key"].need().text(80), method, choices, seats or 1, matter),
        text=node["text"].text(),
        labels=labels,
        counts=counts,
        invalid=tuple(map(_invalid, node["invalid"].items())) if node["invalid"].present else None,
        participating=_weight(node["participating"]) if node["participating"].present else None,
        deemed=_deemed(node["deemed"]) if node["deemed"].present else None,
        left_open=tuple(map(_left_open, node["left_open"].items())),
        claimed=Claim(
            claimed["verdict"].need().one_of(*Verdict),
            tuple(item.text(80) for item in claimed["winners"].items()),
        )
        if node["claimed"].present
        else None,
    )


def _weight(node: Node) -> Weight:
    return node.fields("heads", "area_m2").weight()


def _options(
    node: Node, method: str
) -> tuple[tuple[tuple[str, str], ...], tuple[OptionCount, ...]]:
    labels: list[tuple[str, str]] = []
    counts: list[OptionCount] = []
    for item in node.items():
        item.fields("key", "label", "heads", "area_m2", "channels")
        key = item["key"].need().text(80)
        if key in dict(labels):
            item["key"].wrong("repeated", value=key)
        if key == UNREADABLE or (method != "motion" and key in (FOR, AGAINST)):
            item["key"].wrong("reserved_key", value=key)
        if method == "motion" and key not in (FOR, AGAINST, ABSTAIN):
            item["key"].wrong("not_one_of", allowed="for | against | abstain")
        labels.append((key, item["label"].text(200)))
        if not item["channels"].present:
            if item["heads"].present or item["area_m2"].present:
                counts.append(OptionCount(key, "", item.weight()))
            continue
        for own in ("heads", "area_m2"):
            if item[own].present:
                item[own].wrong("both_forms")
        for part in item["channels"].items():
            part.fields("channel", "heads", "area_m2")
            counts.append(OptionCount(key, part["channel"].text(40), part.weight()))
    return tuple(labels), tuple(counts)


def _invalid(node: Node) -> InvalidCount:
    node.fields("reason", "heads", "area_m2")
    return InvalidCount(node["reason"].text(40), node.weight())


def _deemed(node: Node) -> DeemedCount:
    node.fields("policy", "option", "clause_no", "reason", "heads", "area_m2")
    option = node["option"].text(80)
    reason = node["reason"].one_of(*NOBODY)
    if not option and not reason:
        node["option"].wrong("missing")
    return DeemedCount(
        node["policy"].need().one_of(*NONRETURN[1:]),
        option,
        node["clause_no"].text(80),
        node.weight() if option else Weight(0, 0),
        reason,
    )


def _left_open(node: Node) -> OpenCount:
    node.fields("state", "options", "either", "heads", "area_m2")
    return OpenCount(
        node["state"].need().one_of("contested", "disputed"),
        tuple(item.text(80) for item in node["options"].items()),
        node["either"].flag(),
        node.weight(),
    )


def _group(node: Node) -> FileGroup:
    node.fields("name", "total", "returned")
    return FileGroup(
        node["name"].need().text(80), _weight(node["total"]), _weight(node["returned"])
    )
