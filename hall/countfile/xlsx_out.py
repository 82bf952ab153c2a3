"""A count document as a workbook a person can read, correct and count again."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from hall.areas import format_m2
from hall.clock import SHANGHAI
from hall.countfile import words
from hall.countfile.model import CountFile, FileQuestion
from hall.counting import Weight
from hall.rulesets.rules import to_json

Value = str | int | None


def to_xlsx(file: CountFile) -> bytes:
    """The document as XLSX. What only JSON holds (claims, open entries, buildings) is left out."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book, "info", [("项目", "内容"), *_info(file)])
    _write(book, "questions", [_head(words.QUESTIONS), *_questions(file)])
    if file.entries is not None:
        _write(book, "roll", [_head(words.ROLL), *_roll(file)])
    if file.sheets is not None:
        keys = [item.question.key for item in file.questions]
        _write(book, "sheets", [(*_head(words.VOTES), *keys), *_votes(file, keys)])
    else:
        _write(book, "totals", [_head(words.TOTALS), *_totals(file)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _head(columns: dict[str, tuple[str, str]]) -> tuple[str, ...]:
    return tuple("面积（㎡）" if key == "area_m2" else names[0] for key, names in columns.items())


def _write(book: Workbook, name: str, rows: Iterable[Iterable[Value]]) -> None:
    sheet: Worksheet = book.create_sheet(words.SHEETS[name][0])
    for n, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value is None or value == "":
                continue
            cell = sheet.cell(n, c)
            assert isinstance(cell, Cell)  # noqa: S101 - no merged cells here
            cell.value = value
            if isinstance(value, str):
                # Always text: a name that begins with = + - @ must not become a formula.
                cell.data_type, cell.number_format = "s", "@"
            if n == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFGHIJ":
        sheet.column_dimensions[letter].width = 18


def _area(weight: Weight) -> str | None:
    return None if weight.area_cm2 is None else format_m2(weight.area_cm2)


def _time(instant: object) -> str:
    local = instant.astimezone(SHANGHAI)  # type: ignore[attr-defined]
    return str(local.isoformat()) if local.microsecond else f"{local:%Y-%m-%d %H:%M:%S}"


def _info(file: CountFile) -> list[tuple[str, Value]]:
    values: dict[str, Value] = {
        "estate": file.estate,
        "title": file.title,
        "number": file.number,
        "kind": words.chinese("kind", file.kind),
        "matter": file.matter,
        "scope": file.scope,
        "date": file.on.isoformat() if file.on else None,
        "opens_at": _time(file.opens_at) if file.opens_at else None,
        "closes_at": _time(file.closes_at) if file.closes_at else None,
        "heads": file.roll.heads,
        "area_m2": _area(file.roll),
        "ruleset": to_json(file.rules) if file.rules else None,
    }
    return [(words.INFO[key][0], value) for key, value in values.items() if value not in (None, "")]


def _questions(file: CountFile) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for item in file.questions:
        question = item.question
        seats = question.seats if question.method == "election" else None
        first: tuple[Value, ...] = (
            question.key,
            item.text,
            words.chinese("method", question.method),
            seats,
        )
        for n, (key, label) in enumerate(item.labels):
            rows.append((*(first if n == 0 else (question.key, None, None, None)), key, label))
    return rows


def _roll(file: CountFile) -> list[tuple[Value, ...]]:
    return [
        (
            entry.id,
            entry.owner,
            entry.heads,
            format_m2(entry.area_cm2),
            entry.group,
            entry.representative,
            "是" if entry.contested else None,
            "是" if entry.delivered else None,
        )
        for entry in file.entries or ()
    ]


def _votes(file: CountFile, keys: list[str]) -> list[tuple[Value, ...]]:
    return [
        (
            sheet.id,
            sheet.entry,
            words.chinese("channel", sheet.channel),
            _time(sheet.received_at),
            sheet.seq,
            sheet.signer,
            sheet.owner,
            words.chinese("flaw", sheet.flaw),
            "是" if sheet.disputed else None,
            *("；".join(sheet.answers.get(key, ())) for key in keys),
        )
        for sheet in file.sheets or ()
    ]


def _totals(file: CountFile) -> list[tuple[Value, ...]]:
    return [row for item in file.questions for row in _question_totals(item)]


def _question_totals(item: FileQuestion) -> list[tuple[Value, ...]]:
    key = item.question.key
    rows: list[tuple[Value, ...]] = [
        (
            key,
            count.key,
            words.chinese("channel", count.channel),
            count.weight.heads,
            _area(count.weight),
        )
        for count in item.counts
    ]
    if item.invalid == ():
        rows.append((key, "没有废票"))
    for one in item.invalid or ():
        name = f"废票：{words.chinese('reason', one.reason)}" if one.reason else "废票"
        rows.append((key, name, None, one.weight.heads, _area(one.weight)))
    if item.participating is not None:
        stated = item.participating
        rows.append((key, "参与", None, stated.heads, _area(stated)))
    if item.deemed is not None and item.deemed.option:
        deemed = item.deemed
        follows = deemed.policy == "FOLLOW_MAJORITY"
        name = f"视同多数：{deemed.option}" if follows else "视为弃权"
        rows.append((key, name, None, deemed.weight.heads, _area(deemed.weight), deemed.clause_no))
    return rows
