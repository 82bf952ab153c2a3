"""`hall roll check FILE [--json]`: what the importer reads in an owners' roll, without a database.

Exit status: 0 nothing blocks, 1 something blocks, 2 the file was refused.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from hall.areas import format_m2
from hall.cli import roll_words
from hall.roll.rules.preview import EstateFacts, Preview
from hall.roll.rules.problems import Problem
from hall.sheets import SheetRefused, read
from hall.sheets.limits import MAX_BYTES

OK, BLOCKED, REFUSED = 0, 1, 2
_MARKS = {"blocks": "✗ 必须改 blocks", "warns": "! 请核对 warns", "info": "· 已整理 info"}


def add_to(subparsers: Any) -> None:
    """Add `roll check` to the command's subparsers."""
    roll = subparsers.add_parser("roll", help="owners' roll 业主名册")
    actions = roll.add_subparsers(dest="action", required=True)
    check = actions.add_parser("check", help="read an XLSX or CSV roll and say what is in it")
    check.add_argument("file", metavar="FILE", help="XLSX, CSV, TSV or TXT, at most 3 MB")
    check.add_argument("--json", action="store_true", help="print the whole preview as JSON")
    check.add_argument("--lang", choices=("zh", "en"), default="zh", help="zh (default) or en")
    check.add_argument("--households", type=int, help="households the estate has, to compare with")
    check.add_argument(
        "--site-area", type=int, metavar="M2", help="site area, never to be taken for A"
    )
    check.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check one file and print the preview. Returns the exit status."""
    from hall.roll.rules.reading import read_roll

    path = Path(args.file)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return _refuse("cannot_open", {"reason": error.strerror or ""}, path, args)
    try:
        workbook = read(data, path.name)
    except SheetRefused as refused:
        return _refuse(refused.code, dict(refused.facts), path, args)
    site = args.site_area * 10_000 if args.site_area else None
    preview = read_roll(
        workbook, estate_facts=EstateFacts(households=args.households, site_area_cm2=site)
    )
    sys.stdout.write(preview.to_json() + "\n" if args.json else describe(preview, args.lang))
    return BLOCKED if preview.blocked else OK


def _refuse(code: str, facts: dict[str, object], path: Path, args: argparse.Namespace) -> int:
    if args.json:
        body = {"filename": path.name, "refused": code, "facts": facts}
        sys.stdout.write(json.dumps(body, ensure_ascii=False, sort_keys=True) + "\n")
    else:
        why = roll_words.refused(code, facts, args.lang)
        told = " ".join([code, *(f"{k}={v}" for k, v in facts.items())])
        sys.stderr.write(f"{path.name}: 没有读 refused: {why} ({told})\n")
    return REFUSED


def describe(preview: Preview, lang: str = "zh") -> str:
    """The preview as text: totals, buildings, columns, problems."""
    parts = [
        f"{preview.filename}  [{'、'.join(preview.sheets) or '—'}]",
        "",
        *_totals(preview),
        "",
        *_buildings(preview),
        "",
        *_columns(preview),
        "",
        *_problems(preview, lang),
    ]
    return "\n".join(parts) + "\n"


def _totals(preview: Preview) -> list[str]:
    whole = preview.whole_total
    rows: list[Sequence[str]] = [("", "文件写的 file", "逐行加 counted")]
    said_units = "—" if whole is None or whole.units is None else str(whole.units)
    rows.append(("房屋 units", said_units, str(whole.our_units if whole else preview.listed_units)))
    said_area = "—" if whole is None or whole.area_cm2 is None else _m2(whole.area_cm2)
    listed = whole.our_area_cm2 if whole else preview.listed_area_cm2
    rows.append(("面积 area m²", said_area, _m2(listed)))
    entries = preview.entries
    rows.append(("计入表决 A_total m²", "", _m2(preview.area_cm2)))
    rows.append(("业主人数 H_total", "", str(preview.heads)))
    rows.append(("其中未核实 unverified", "", str(preview.unverified_units)))
    developer = [e for e in entries if e.kind == "developer"]
    if developer:
        rows.append(("其中建设单位 developer m²", "", _m2(developer[0].area_cm2)))
    return _table(rows, right=(1, 2))


def _buildings(preview: Preview) -> list[str]:
    rows: list[Sequence[str]] = [("楼栋 building", "单元 entrances", "套 units", "面积 m²")]
    for building in preview.buildings:
        entrances = "、".join(building.entrances) or "—"
        rows.append((building.name, entrances, str(building.units), _m2(building.area_cm2)))
    return _table(rows, right=(2, 3))


def _columns(preview: Preview) -> list[str]:
    rows: list[Sequence[str]] = [("列 column", "标题 header", "认作 role", "读 read")]
    for use in preview.columns:
        where = use.letter if len(preview.sheets) < 2 else f"{use.sheet}!{use.letter}"
        rows.append((where, use.name, use.role or "—", "是 yes" if use.read else "否 no"))
    return _table(rows)


def _problems(preview: Preview, lang: str) -> list[str]:
    counts = preview.counts
    lines = [f"必须改 {counts['blocks']}  请核对 {counts['warns']}  已整理 {counts['info']}"]
    for severity in ("blocks", "warns", "info"):
        found = [p for p in preview.problems if p.severity == severity]
        if found:
            lines.append(_MARKS[severity])
            lines.extend(f"  {_problem(p, lang)}" for p in found)
    return lines


def _problem(problem: Problem, lang: str) -> str:
    where = " ".join(
        part
        for part in (
            problem.sheet,
            f"{problem.column_letter}{problem.row or ''}",
            problem.column_name,
        )
        if part
    )
    value = f'"{problem.value}" ' if problem.value and problem.value != problem.column_name else ""
    said = roll_words.problem(problem.code, problem.facts, lang)
    told = " ".join([problem.code, *(f"{k}={v}" for k, v in problem.facts.items())])
    return f"{where + ': ' if where else ''}{value}{said} ({told})"


def _m2(area_cm2: int) -> str:
    return format_m2(area_cm2, group=True)


def _table(rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> list[str]:
    """Columns aligned for terminals, where a Chinese character takes two places."""
    ends = set(right)
    widths = [max(_width(row[c]) for row in rows) for c in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for column, text in enumerate(row):
            gap = " " * (widths[column] - _width(text))
            cells.append(gap + text if column in ends else text + gap)
        lines.append("  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
