"""An owners' roll as committees really have it, read from a grid of cells into a preview.

Nothing is guessed in silence: what is wrong or contradicts itself blocks, what is missing comes in as
unverified and stays in both denominators (R-2.04, model §3.3), and every assumption is told with
its row and column. Site area is never taken for exclusive area (R-2.03, E1).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hall.areas import format_m2
from hall.roll.rules.assemble import UnitDraft, build, draft_units
from hall.roll.rules.columns import Notes, choose, panels
from hall.roll.rules.headers import Header, find_header
from hall.roll.rules.lines import counts
from hall.roll.rules.preview import ColumnUse, EstateFacts, Preview, PreviewBuilding, arranged
from hall.roll.rules.problems import Problem
from hall.roll.rules.scan import SheetScan
from hall.roll.rules.spelling import building_key
from hall.roll.rules.totals import file_totals
from hall.sheets import Sheet, Workbook, column_letter

_LISTED = 12
_NEIGHBOURS = 4  # rooms one above the other, from which a usual area can be told


@dataclass(slots=True)
class _SheetRead:
    """One sheet read on its own: its panels, columns and notes."""

    sheet: Sheet
    scans: list[SheetScan]
    columns: tuple[ColumnUse, ...]
    notes: Notes

    @property
    def labels(self) -> set[str]:
        """The names of its units."""
        return {line.label for scan in self.scans for line in scan.lines if line.label}


def read_roll(workbook: Workbook, *, estate_facts: EstateFacts | None = None) -> Preview:
    """The preview of an owners' roll. Never raises on what a file contains: problems carry it."""
    facts = estate_facts or EstateFacts()
    notes = Notes()
    found = _read_sheets(workbook, facts, notes)
    chosen = _without_copies(found, notes)
    for sheet in chosen:
        sheet.notes.settle()
        notes.problems.extend(sheet.notes.problems)
    scans = [scan for sheet in chosen for scan in sheet.scans]
    drafts = draft_units([line for scan in scans for line in scan.lines], notes)
    buildings, persons, units = build(drafts, facts, notes)
    _check_neighbours(drafts, notes)
    _check_not_counted(drafts, notes)
    totals = file_totals(scans, notes)
    _check_whole(scans, drafts, buildings, facts, notes)
    problems, by_severity = arranged(_in_file_order(notes.problems, workbook))
    return Preview(
        filename=workbook.filename,
        sheets=tuple(sheet.sheet.name for sheet in chosen),
        columns=tuple(use for sheet in chosen for use in sheet.columns),
        buildings=buildings,
        persons=persons,
        units=units,
        file_totals=totals,
        problems=problems,
        counts=by_severity,
    )


def _read_sheets(workbook: Workbook, facts: EstateFacts, notes: Notes) -> list[_SheetRead]:
    """Every visible sheet with a roll's header; hidden ones are told and left alone."""
    found: list[_SheetRead] = []
    for sheet in workbook.sheets:
        if not any(any(row) for row in sheet.rows):
            continue
        if sheet.hidden:
            notes.say("sheet_hidden", sheet)
            continue
        header = find_header(sheet)
        if header is None:
            notes.say("sheet_not_a_roll", sheet)
            continue
        found.append(_read_sheet(sheet, header, facts))
    if not found:
        notes.say("header_not_found")
    return found


def _read_sheet(sheet: Sheet, header: Header, facts: EstateFacts) -> _SheetRead:
    notes = Notes()
    width = max((len(row) for row in sheet.rows), default=0)
    scans: list[SheetScan] = []
    uses: list[ColumnUse] = []
    for part, left, right in panels(header, width):
        chosen, columns = choose(sheet, part, (left, right), notes)
        scan = SheetScan(sheet, part, chosen, notes, facts)
        scan.run()
        scans.append(scan)
        uses.extend(columns)
    _tell_hidden(sheet, header, notes)
    return _SheetRead(sheet, scans, tuple(uses), notes)


def _tell_hidden(sheet: Sheet, header: Header, notes: Notes) -> None:
    rows = [r for r in sheet.hidden_rows if r > header.last]
    if rows:
        shown = "、".join(str(r) for r in rows[:_LISTED])
        notes.say("rows_hidden", sheet, count=len(rows), rows=shown)
    if sheet.hidden_columns:
        letters = "、".join(column_letter(c) for c in sheet.hidden_columns[:_LISTED])
        notes.say("columns_hidden", sheet, columns=letters)


def _without_copies(found: Sequence[_SheetRead], notes: Notes) -> list[_SheetRead]:
    """Sheets in their order, less those that mostly repeat the units of a larger one."""
    kept: list[_SheetRead] = []
    for sheet in sorted(found, key=lambda s: -len(s.labels)):
        labels = sheet.labels
        same = next((k for k in kept if labels and len(labels & k.labels) * 2 >= len(labels)), None)
        if same is None:
            kept.append(sheet)
        else:
            notes.say("sheet_left_out", sheet.sheet, same_as=same.sheet.name, units=len(labels))
    return [sheet for sheet in found if sheet in kept]


def _check_neighbours(drafts: Sequence[UnitDraft], notes: Notes) -> None:
    """A home far from the usual area of the homes above and below it is probably a slip."""
    stacks: dict[tuple[str, str, str], list[UnitDraft]] = {}
    for draft in drafts:
        name = draft.name
        if draft.kind == "home" and draft.area_cm2 and name.floor and name.room.isdecimal():
            stacks.setdefault((name.building, name.entrance, name.room[-2:]), []).append(draft)
    for stack in stacks.values():
        if len(stack) < _NEIGHBOURS:
            continue
        usual = sorted(d.area_cm2 for d in stack)[(len(stack) - 1) // 2]
        for draft in stack:
            if draft.area_cm2 * 10 < usual * 6 or draft.area_cm2 * 10 > usual * 17:
                line = draft.line
                notes.say(
                    "area_unlike_neighbours",
                    line.sheet,
                    line.row,
                    line.columns.area,
                    unit=line.label,
                    usual=format_m2(usual),
                )


def _check_not_counted(drafts: Sequence[UnitDraft], notes: Notes) -> None:
    """Parking and storage are listed but count neither head nor area by default (R-2.10)."""
    left_out = [d for d in drafts if not counts(d.line.kind)]
    if left_out:
        area = sum(d.area_cm2 for d in left_out)
        notes.say("not_counted", count=len(left_out), area=format_m2(area))


def _check_whole(
    scans: Sequence[SheetScan],
    drafts: Sequence[UnitDraft],
    buildings: Sequence[PreviewBuilding],
    facts: EstateFacts,
    notes: Notes,
) -> None:
    """The roll as a whole beside what is known of the estate."""
    if scans and not any(scan.lines for scan in scans):
        notes.say("no_units", scans[0].sheet)
    if not drafts:
        return
    counting = [d for d in drafts if counts(d.line.kind)]
    area = sum(d.area_cm2 for d in counting)
    site = facts.site_area_cm2
    if site and abs(area - site) <= 10_000:
        notes.say("total_is_site_area", area=format_m2(area))
    if facts.households and facts.households != len(counting):
        notes.say("households_differ", estate=facts.households, file=len(counting))
    known = {building_key(b) or b for b in facts.buildings}
    for building in buildings:
        if known and (building_key(building.name) or building.name) not in known:
            notes.say("building_unknown", building=building.name)


def _in_file_order(problems: Sequence[Problem], workbook: Workbook) -> list[Problem]:
    """Each thing once, as one reads the file: sheet by sheet, row by row."""
    order = {sheet.name: n for n, sheet in enumerate(workbook.sheets)}
    distinct: list[Problem] = []
    seen: Counter[str] = Counter()
    for problem in problems:
        mark = repr(
            (problem.code, problem.sheet, problem.row, problem.column_letter, problem.facts)
        )
        seen[mark] += 1
        if seen[mark] == 1:
            distinct.append(problem)
    return sorted(distinct, key=lambda p: (order.get(p.sheet, -1), p.row, _letter_key(p)))


def _letter_key(problem: Problem) -> tuple[int, str]:
    letter = re.sub("[^A-Z]", "", problem.column_letter)
    return len(letter), letter
