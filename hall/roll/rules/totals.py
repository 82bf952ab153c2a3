"""The totals a file states, each beside ours over the rows it stands under. Areas in cm²."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hall.areas import format_m2
from hall.roll.rules.columns import Notes
from hall.roll.rules.lines import Line
from hall.roll.rules.marks import Mark
from hall.roll.rules.preview import FileTotal
from hall.roll.rules.scan import SheetScan

Sums = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Span:
    """Some rows: which they are (whole, sheet or part) and what they add up to."""

    scope: str
    units: int
    area_cm2: int


def file_totals(scans: Sequence[SheetScan], notes: Notes) -> tuple[FileTotal, ...]:
    """Every total the file states with the rows it fits best; those that fit none are told.

    A total is compared with the block above it, then with larger blocks up to the whole file; the
    first that agrees is what it means, since files call block and grand totals by one word.
    """
    totals: list[FileTotal] = []
    running = [_running(scan.lines) for scan in scans]
    whole = (sum(r[-1][0] for r in running), sum(r[-1][1] for r in running))
    before = (0, 0)
    for scan, sums in zip(scans, running, strict=True):
        for mark in scan.marks:
            if mark.units is None and mark.area_cm2 is None:
                continue
            spans = _spans(scan, mark, sums, before, whole)
            total = _fit(scan, mark, spans)
            totals.append(total)
            _tell(scan, total, notes)
        before = (before[0] + sums[-1][0], before[1] + sums[-1][1])
    if len(scans) > 1 and not any(t.scope == "whole" for t in totals):
        totals.extend(_summed(scans, totals, whole))
    return tuple(totals)


def _running(lines: Iterable[Line]) -> list[Sums]:
    """Units and area of the first n lines, for n from 0."""
    units = area = 0
    sums = [(0, 0)]
    for line in lines:
        if line.first:
            units += 1
            area += line.area.cm2 or 0
        sums.append((units, area))
    return sums


def _spans(
    scan: SheetScan, mark: Mark, sums: Sequence[Sums], before: Sums, whole: Sums
) -> list[_Span]:
    """The blocks a total may speak of, the likeliest first."""
    alone = sums[-1] == whole
    if mark.row < scan.header.first:
        return [_Span("whole" if alone else "sheet", *sums[-1]), _Span("whole", *whole)]
    starts = sorted({0, *(m.at for m in scan.marks if m.row < mark.row and m.at < mark.at)})
    blocks: list[_Span] = []
    for start in reversed(starts):
        units, area = (sums[mark.at][k] - sums[start][k] for k in (0, 1))
        scope = "part" if start or mark.at < len(scan.lines) else "whole" if alone else "sheet"
        blocks.append(_Span(scope, units, area))
    so_far = (before[0] + sums[mark.at][0], before[1] + sums[mark.at][1])
    if so_far != sums[mark.at]:
        blocks.append(_Span("whole" if so_far == whole else "part", *so_far))
    if not mark.part and len(blocks) > 1:
        # A 合计 that agrees with nothing is the total of everything above it.
        blocks.append(blocks.pop(len(starts) - 1))
    return blocks


def _fit(scan: SheetScan, mark: Mark, spans: Sequence[_Span]) -> FileTotal:
    candidates = [
        FileTotal(
            scope=span.scope,
            sheet=scan.sheet.name,
            row=mark.row,
            label=mark.text,
            units=mark.units,
            area_cm2=mark.area_cm2,
            our_units=span.units,
            our_area_cm2=span.area_cm2,
        )
        for span in spans
    ]
    fallback = candidates[0] if mark.part else candidates[-1]
    return next((c for c in candidates if c.agrees), fallback)


def _tell(scan: SheetScan, total: FileTotal, notes: Notes) -> None:
    if total.units is not None and total.units != total.our_units:
        notes.say(
            "total_differs",
            scan.sheet,
            total.row,
            what="units",
            scope=total.scope,
            declared=total.units,
            counted=total.our_units,
            difference=total.units - total.our_units,
        )
    if total.area_cm2 is not None and total.area_cm2 != total.our_area_cm2:
        notes.say(
            "total_differs",
            scan.sheet,
            total.row,
            scan.chosen.area,
            what="area",
            scope=total.scope,
            declared=format_m2(total.area_cm2),
            counted=format_m2(total.our_area_cm2),
            difference=format_m2(total.area_cm2 - total.our_area_cm2),
        )


def _summed(
    scans: Sequence[SheetScan], totals: Sequence[FileTotal], whole: Sums
) -> list[FileTotal]:
    """When every sheet states its own total and none states the whole: their sum."""
    own = {t.sheet: t for t in totals if t.scope == "sheet"}
    if any(scan.sheet.name not in own for scan in scans):
        return []
    units = [t.units for t in own.values()]
    areas = [t.area_cm2 for t in own.values()]
    return [
        FileTotal(
            scope="whole",
            sheet="",
            row=0,
            label="",
            units=None if None in units else sum(u or 0 for u in units),
            area_cm2=None if None in areas else sum(a or 0 for a in areas),
            our_units=whole[0],
            our_area_cm2=whole[1],
        )
    ]
