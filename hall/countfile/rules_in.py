"""The rules a count document names: a preset with the day it is asked about, or a whole rule set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hall.countfile.node import Node
from hall.rulesets.rules import (
    FLOOR,
    PRESETS,
    RuleSet,
    Source,
    applicable,
    from_document,
    preset,
)
from hall.rulesets.rules.fields import FIELDS

INVALID = ("NOT_PARTICIPATING", "AS_ABSTAIN")
NONRETURN = ("NOT_PARTICIPATING", "FOLLOW_MAJORITY", "ABSTAIN")
DUPLICATE = ("FIRST_VALID_WINS", "PAPER_PREVAILS", "ONLINE_PREVAILS")


def read_rules(node: Node, on: date | None) -> RuleSet | None:
    """The rule set of a document: {"ruleset": {…}} or {"preset": "CN-2021", policies…}.

    A preset without a day is taken by its name; with the ballot's day, the rules in force then are.
    """
    if not node.present:
        node.wrong("rules_missing")
        return None
    node.fields("preset", "ruleset", "invalid_marks", "nonreturn", "duplicate", "election_tiebreak")
    if node["ruleset"].present:
        return _inline(node["ruleset"])
    name = node["preset"].text() or FLOOR
    if name not in PRESETS:
        node["preset"].wrong("not_one_of", allowed=" | ".join(PRESETS))
        return None
    try:
        rules = applicable(name, on) if on else preset(name)
    except ValueError:
        node["preset"].wrong("no_rules_on", day=on.isoformat() if on else "")
        return None
    return _with_policies(rules, node)


def _inline(node: Node) -> RuleSet | None:
    try:
        return from_document(node.value)
    except ValueError as error:
        node.wrong("rules_malformed", field=str(error))
        return None


def _with_policies(rules: RuleSet, node: Node) -> RuleSet:
    changes: dict[str, object] = {}
    for name, allowed in (
        ("invalid_marks", INVALID),
        ("nonreturn", NONRETURN),
        ("duplicate", DUPLICATE),
    ):
        if node[name].present:
            changes[name] = node[name].one_of(*allowed)
    if node["election_tiebreak"].present:
        order = tuple(
            item.one_of("HEADS", "AREA", "RUNOFF") for item in node["election_tiebreak"].items()
        )
        if not order or order[-1] != "RUNOFF" or len(set(order)) != len(order):
            node["election_tiebreak"].wrong("runoff_not_last")
        changes["election_tiebreak"] = order
    stated = {**dict(rules.sources), **dict.fromkeys(changes, Source("document"))}
    sources = tuple((field.path, stated[field.path]) for field in FIELDS if field.path in stated)
    return replace(rules, sources=sources, **changes) if changes else rules  # type: ignore[arg-type]
