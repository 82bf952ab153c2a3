"""A count document as canonical JSON: what a published resolution carries and 'hall count' reads."""

from __future__ import annotations

import json
from typing import Any

from hall.areas import format_m2
from hall.clock import iso
from hall.countfile.model import (
    FORMAT,
    VERSION,
    CountFile,
    DeemedCount,
    FileGroup,
    FileQuestion,
    OptionCount,
)
from hall.counting import Entry, Sheet, Weight
from hall.rulesets.rules import to_document
from hall.rulesets.rules.canonical import canonical


def dump(file: CountFile) -> str:
    """Canonical JSON (sorted keys, no spaces). load(dump(file)) gives the same document."""
    return canonical(document(file))


def document(file: CountFile) -> dict[str, Any]:
    """The document as plain values, without what is empty; a weight not stated is left out."""
    ballot = {
        "title": file.title,
        "number": file.number,
        "kind": file.kind,
        "matter": file.matter,
        "scope": file.scope,
        "date": file.on.isoformat() if file.on else None,
        "opens_at": iso(file.opens_at) if file.opens_at else None,
        "closes_at": iso(file.closes_at) if file.closes_at else None,
    }
    roll: dict[str, Any] = _weight(file.roll)
    if file.entries is not None:
        roll["entries"] = [_entry(entry) for entry in file.entries]
    found: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "estate": file.estate,
        "ballot": _filled(ballot),
        "roll": roll,
        "questions": [_question(item) for item in file.questions],
    }
    if file.rules is not None:
        found["rules"] = {"ruleset": to_document(file.rules)}
    if file.sheets is not None:
        found["sheets"] = [_sheet(sheet) for sheet in file.sheets]
    if file.groups:
        found["groups"] = [_group(group) for group in file.groups]
    if file.document:
        found["document"] = json.loads(file.document)
    return found


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in (None, "", False)}


def _weight(weight: Weight) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if weight.heads is not None:
        found["heads"] = weight.heads
    if weight.area_cm2 is not None:
        found["area_m2"] = format_m2(weight.area_cm2)
    return found


def _entry(entry: Entry) -> dict[str, Any]:
    more = {
        "group": entry.group,
        "representative": entry.representative,
        "contested": entry.contested,
        "delivered": entry.delivered,
    }
    return {
        "id": entry.id,
        "owner": entry.owner,
        **_weight(Weight(entry.heads, entry.area_cm2)),
        **_filled(more),
    }


def _sheet(sheet: Sheet) -> dict[str, Any]:
    more = {
        "signer": sheet.signer,
        "owner": sheet.owner,
        "flaw": sheet.flaw,
        "disputed": sheet.disputed,
    }
    received = sheet.received_at
    exact = (
        iso(received) if not received.microsecond else received.isoformat().replace("+00:00", "Z")
    )
    return {
        "id": sheet.id,
        "entry": sheet.entry,
        "channel": sheet.channel,
        "received_at": exact,
        "seq": sheet.seq,
        "answers": {key: list(marks) for key, marks in sheet.answers.items()},
        **_filled(more),
    }


def _question(item: FileQuestion) -> dict[str, Any]:
    question = item.question
    found: dict[str, Any] = {
        "key": question.key,
        "text": item.text,
        "method": question.method,
        "options": [_option(key, label, item.counts) for key, label in item.labels],
    }
    if question.method == "election":
        found["seats"] = question.seats
    if item.invalid is not None:
        found["invalid"] = [{"reason": one.reason, **_weight(one.weight)} for one in item.invalid]
    if item.participating is not None:
        found["participating"] = _weight(item.participating)
    if item.deemed is not None:
        found["deemed"] = _deemed(item.deemed)
    if item.left_open:
        found["left_open"] = [
            {
                "state": one.state,
                "options": list(one.options),
                "either": one.either,
                **_weight(one.weight),
            }
            for one in item.left_open
        ]
    if item.claimed is not None:
        found["claimed"] = {
            "verdict": item.claimed.verdict,
            "winners": list(item.claimed.winners),
        }
    return found


def _deemed(deemed: DeemedCount) -> dict[str, Any]:
    more = {"clause_no": deemed.clause_no, "reason": deemed.reason}
    if not deemed.option:
        return {"policy": deemed.policy, **_filled(more)}
    weight = _weight(deemed.weight)
    return {"policy": deemed.policy, "option": deemed.option, **_filled(more), **weight}


def _option(key: str, label: str, counts: tuple[OptionCount, ...]) -> dict[str, Any]:
    mine = [count for count in counts if count.key == key]
    found: dict[str, Any] = {"key": key, "label": label}
    if len(mine) == 1 and not mine[0].channel:
        found.update(_weight(mine[0].weight))
    elif mine:
        found["channels"] = [{"channel": c.channel, **_weight(c.weight)} for c in mine]
    return found


def _group(group: FileGroup) -> dict[str, Any]:
    return {
        "name": group.name,
        "total": _weight(group.total),
        "returned": _weight(group.returned),
    }
