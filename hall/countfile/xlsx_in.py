"""A count document from a workbook: the sheets 说明, 题目, 名册, 票, 合计 (or English names).

The workbook becomes the same plain document that JSON gives, so one reader judges both; a problem's
path is turned back into the cell it comes from.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from hall import sheets
from hall.countfile import words
from hall.countfile.json_in import MOTION_LABELS, read_document
from hall.countfile.model import CountFile, CountFileError, Problem
from hall.countfile.table import Draft, Row, area, flag, instant, table, text, whole

_MARKS = re.compile(r"[;；\n]")


def read_workbook(data: bytes, filename: str) -> CountFile:
    """A count document from XLSX bytes. Raises CountFileError with every problem and its cell."""
    try:
        book = sheets.read(data, filename)
    except sheets.SheetRefused as refused:
        raise CountFileError((Problem(filename, refused.code, refused.facts),)) from refused
    draft = Draft()
    found = _by_name(book, draft)
    _info(found.get("info"), draft)
    questions = _questions(found.get("questions"), draft)
    if "roll" in found:
        _roll(found["roll"], draft)
    if "sheets" in found:
        _votes(found["sheets"], draft, questions)
    if "totals" in found:
        _totals(found["totals"], draft, questions)
    draft.document["questions"] = list(questions.values())
    if draft.problems:
        raise CountFileError(tuple(draft.problems))
    try:
        return read_document(draft.document)
    except CountFileError as error:
        told = (Problem(draft.place(p.path), p.code, p.facts) for p in error.problems)
        raise CountFileError(tuple(told)) from error


def _by_name(book: sheets.Workbook, draft: Draft) -> dict[str, sheets.Sheet]:
    found: dict[str, sheets.Sheet] = {}
    for sheet in book.sheets:
        name = words.column_of(words.SHEETS, sheet.name)
        if name is not None:
            found[name] = sheet
        elif any(cell for row in sheet.rows for cell in row) and not sheet.hidden:
            known = "、".join(names[0] for names in words.SHEETS.values())
            draft.problems.append(Problem(sheet.name, "sheet_unknown", {"known": known}))
    return found


_POLICIES = ("invalid_marks", "nonreturn", "duplicate")


def _info(sheet: sheets.Sheet | None, draft: Draft) -> None:
    if sheet is None:
        draft.problems.append(Problem("说明", "sheet_missing"))
        return
    ballot: dict[str, Any] = {}
    rules: dict[str, Any] = {}
    roll: dict[str, Any] = {}
    for n, cells in enumerate(sheet.rows, 1):
        filled = [(c, cell) for c, cell in enumerate(cells, 1) if cell]
        if not filled:
            continue
        name = words.column_of(words.INFO, filled[0][1].text)
        place = f"{sheet.name}!{sheets.cell_name(n, filled[0][0])}"
        if name is None:
            # A heading such as 项目 / 内容 or a remark for the reader.
            if len(filled) > 1 and n > 1:
                known = "、".join(w[0] for w in words.INFO.values())
                draft.problems.append(Problem(place, "header_unknown", {"known": known}))
            continue
        if len(filled) == 1:
            continue
        column, cell = filled[1]
        place = f"{sheet.name}!{sheets.cell_name(n, column)}"
        path, value = _info_value(name, text(cell, place, draft), draft, place)
        target, _, key = path.rpartition(".")
        {"": draft.document, "ballot": ballot, "rules": rules, "roll": roll}[target][key] = value
        draft.places[path] = place
    draft.document.update({"ballot": ballot, "roll": roll})
    if rules:
        draft.document["rules"] = rules


def _info_value(name: str, text: str, draft: Draft, place: str) -> tuple[str, Any]:
    if name == "estate":
        return name, text
    if name in ("heads", "area_m2"):
        return f"roll.{name}", whole(text) if name == "heads" else area(text)
    if name in _POLICIES:
        return f"rules.{name}", words.meaning(name, text)
    if name == "election_tiebreak":
        parts = [part for part in re.split(r"[,，、;；>]", text) if part.strip()]
        return "rules.election_tiebreak", [words.meaning("tiebreak", part) for part in parts]
    if name == "ruleset":
        try:
            return "rules.ruleset", json.loads(text)
        except (ValueError, RecursionError):
            draft.problems.append(Problem(place, "not_json", {"line": 1, "column": 1}))
            return "rules.ruleset", None
    if name == "preset":
        return "rules.preset", text
    if name == "kind":
        return "ballot.kind", words.meaning("kind", text)
    if name == "matter":
        return "ballot.matter", whole(text)
    if name in ("opens_at", "closes_at"):
        return f"ballot.{name}", instant(text)
    return f"ballot.{name}", text


def _questions(sheet: sheets.Sheet | None, draft: Draft) -> dict[str, dict[str, Any]]:
    """Questions by key. Without a 题目 sheet there is one motion, number 1."""
    if sheet is None:
        title = draft.document.get("ballot", {}).get("title", "")
        options = [{"key": key, "label": label} for key, label in MOTION_LABELS]
        return {"1": {"key": "1", "text": title, "method": "motion", "options": options}}
    found: dict[str, dict[str, Any]] = {}
    current = ""
    for row in table(sheet, words.QUESTIONS, draft):
        current = row["key"] or current or "1"
        path = f"questions[{len(found) - (current in found)}]"
        item = found.setdefault(current, {"key": current, "options": []})
        draft.places.setdefault(path, row.at)
        if row["text"]:
            item.setdefault("text", row["text"])
        if row["method"]:
            item.setdefault("method", words.meaning("method", row["method"]))
            draft.places.setdefault(f"{path}.method", row.places["method"])
        if row["seats"]:
            item.setdefault("seats", whole(row["seats"]))
            draft.places.setdefault(f"{path}.seats", row.places["seats"])
        label = row["label"]
        key = row["option"] or words.meaning("mark", label)
        if key:
            draft.places[f"{path}.options[{len(item['options'])}]"] = row.at
            item["options"].append({"key": key, "label": label})
    for item in found.values():
        if item.get("method") == "motion" and not item["options"]:
            item["options"] = [{"key": key, "label": label} for key, label in MOTION_LABELS]
    return found


def _roll(sheet: sheets.Sheet, draft: Draft) -> None:
    entries: list[dict[str, Any]] = []
    for row in table(sheet, words.ROLL, draft):
        path = f"roll.entries[{len(entries)}]"
        draft.places[path] = row.at
        draft.places.update({f"{path}.{key}": place for key, place in row.places.items()})
        entries.append(
            {
                "id": row["id"] or None,
                "owner": row["owner"],
                "heads": whole(row["heads"]),
                "area_m2": area(row["area_m2"]),
                "group": row["group"],
                "representative": row["representative"],
                "contested": flag(row["contested"]),
                "delivered": flag(row["delivered"]),
            }
        )
    draft.document.setdefault("roll", {})["entries"] = entries


def _votes(sheet: sheets.Sheet, draft: Draft, questions: Mapping[str, dict[str, Any]]) -> None:
    found: list[dict[str, Any]] = []
    for row in table(sheet, words.VOTES, draft, more=True):
        path = f"sheets[{len(found)}]"
        draft.places[path] = row.at
        draft.places.update({f"{path}.{key}": place for key, place in row.places.items()})
        answers = {}
        for name in row.values:
            if name.startswith("?"):
                key = _question_key(name[1:], questions)
                draft.places[f"{path}.answers.{key}"] = row.places[name]
                answers[key] = _marks(row[name], questions.get(key, {}))
        found.append(
            {
                "id": row["id"] or f"{len(found) + 1}",
                "entry": row["entry"] or None,
                "channel": words.meaning("channel", row["channel"]) or None,
                "received_at": instant(row["received_at"]),
                "seq": whole(row["seq"]) if row["seq"] else len(found),
                "signer": row["signer"],
                "owner": row["owner"],
                "flaw": words.meaning("flaw", row["flaw"]) or None,
                "disputed": flag(row["disputed"]),
                "answers": answers,
            }
        )
    draft.document["sheets"] = found


def _question_key(header: str, questions: Mapping[str, dict[str, Any]]) -> str:
    """A column may be headed by the question's number, with 题 or Q before it, or by its text."""
    plain = re.sub(r"^(第|题目|题|question|q)\s*", "", header, flags=re.IGNORECASE).strip(" :：题")
    for key, item in questions.items():
        if header in (key, item.get("text")) or plain == key:
            return key
    return header


def _option_key(text: str, item: Mapping[str, Any]) -> str:
    options = item.get("options", [])
    for option in options:
        if text in (option["key"], option["label"]):
            return str(option["key"])
    return words.meaning("mark", text)


def _marks(text: str, item: Mapping[str, Any]) -> list[str]:
    return [_option_key(part.strip(), item) for part in _MARKS.split(text) if part.strip()]


def _totals(sheet: sheets.Sheet, draft: Draft, questions: Mapping[str, dict[str, Any]]) -> None:
    current = next(iter(questions), "1")
    order = list(questions)
    for row in table(sheet, words.TOTALS, draft):
        current = _question_key(row["key"], questions) if row["key"] else current
        if current not in questions:
            draft.problems.append(Problem(row.at, "no_such_question", {"value": current}))
            continue
        _total_row(row, f"questions[{order.index(current)}]", questions[current], draft)


def _total_row(row: Row, path: str, item: dict[str, Any], draft: Draft) -> None:
    weight = {"heads": whole(row["heads"]), "area_m2": area(row["area_m2"])}
    head, _, tail = unicodedata.normalize("NFKC", row["option"]).partition(":")
    kind = words.column_of(words.VALUES["row"], head)
    if kind == "participating":
        item["participating"], where = weight, f"{path}.participating"
    elif kind == "invalid":
        piles = item.setdefault("invalid", [])
        where = f"{path}.invalid[{len(piles)}]"
        piles.append({"reason": words.meaning("reason", tail), **weight})
    elif kind == "no_invalid":
        item.setdefault("invalid", [])
        where = f"{path}.invalid"
    elif kind in ("deemed", "deemed_abstain"):
        policy = "FOLLOW_MAJORITY" if kind == "deemed" else "ABSTAIN"
        option = _option_key(tail.strip(), item) if kind == "deemed" else "abstain"
        where = f"{path}.deemed"
        item["deemed"] = {
            "policy": policy,
            "option": option,
            "clause_no": row["clause_no"],
            **weight,
        }
    else:
        where = _option_row(row, path, item, weight, draft)
    draft.places[where] = row.at
    draft.places.update({f"{where}.{key}": place for key, place in row.places.items()})


def _option_row(
    row: Row, path: str, item: dict[str, Any], weight: dict[str, Any], draft: Draft
) -> str:
    key = _option_key(row["option"], item)
    for n, option in enumerate(item["options"]):
        if option["key"] != key:
            continue
        where = f"{path}.options[{n}]"
        channel = words.meaning("channel", row["channel"])
        parts = option.setdefault("channels", [])
        parts.append({"channel": channel, **weight})
        return f"{where}.channels[{len(parts) - 1}]"
    draft.problems.append(Problem(row.at, "no_such_option", {"value": row["option"]}))
    return path
