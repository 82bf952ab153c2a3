"""What was read in an owners' roll, complete enough to show, to store and to import. Areas in cm²."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hall.roll.rules.entries import EntryDraft, UnitFacts, entries, roll_digest
from hall.roll.rules.problems import ORDER, Problem, Severity

VERSION = 1
MAX_PROBLEMS = 1_000  # kept in full; beyond them only their number


@dataclass(frozen=True, slots=True)
class EstateFacts:
    """What is known of the estate and what a file is checked against. Areas in cm²; None: unknown.

    buildings: names already used, whose spelling the labels follow (2幢 rather than 2栋).
    """

    name: str = ""
    households: int | None = None
    site_area_cm2: int | None = None
    buildings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewPerson:
    """A holder: n from 1 within the preview, phone "" when none; kind natural|company|developer."""

    n: int
    name: str
    phone: str
    kind: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A person's part in a unit: share num/den, 0/0 when joint or not stated."""

    person: int
    num: int = 0
    den: int = 0


@dataclass(frozen=True, slots=True)
class PreviewUnit:
    """A unit: n from 1, building the n of its building, entrance "" when it has none.

    kind home|shop|parking|other, status sold|unsold|undelivered, area_source
    register|survey|contract; verified False: no proven owner, unverified_why a problem code.
    """

    n: int
    label: str
    building: int
    entrance: str
    room: str
    floor: int | None
    area_cm2: int
    area_source: str
    kind: str
    status: str
    counts_head: bool
    counts_area: bool
    verified: bool
    unverified_why: str
    holders: tuple[Holding, ...]
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class PreviewBuilding:
    """A building with its entrances in order, its units that count, and what they add up to."""

    n: int
    name: str
    entrances: tuple[str, ...]
    units: int
    area_cm2: int


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """How a column was understood; read False: recognised and left alone (identity numbers)."""

    sheet: str
    letter: str
    name: str
    role: str
    read: bool


@dataclass(frozen=True, slots=True)
class FileTotal:
    """A total the file itself states, beside ours over the same rows; None: not stated.

    scope: whole (the file), sheet or part (a building or block).
    """

    scope: str
    sheet: str
    row: int
    label: str
    units: int | None
    area_cm2: int | None
    our_units: int
    our_area_cm2: int

    @property
    def agrees(self) -> bool:
        """Whether every figure it states equals ours."""
        return self.units in (None, self.our_units) and self.area_cm2 in (None, self.our_area_cm2)


@dataclass(frozen=True)
class Preview:
    """The whole reading. heads and area_cm2 are the two denominators (R-2.03, R-2.04).

    listed_units and listed_area_cm2 count every row, also parking that does not count.
    """

    filename: str
    sheets: tuple[str, ...]
    columns: tuple[ColumnUse, ...]
    buildings: tuple[PreviewBuilding, ...]
    persons: tuple[PreviewPerson, ...]
    units: tuple[PreviewUnit, ...]
    file_totals: tuple[FileTotal, ...]
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]  # problems by severity, also those beyond MAX_PROBLEMS

    @property
    def blocked(self) -> bool:
        """Whether something wrong must be settled before this can be imported."""
        return self.counts["blocks"] > 0

    @cached_property
    def entries(self) -> tuple[EntryDraft, ...]:
        """The entries this roll would have; ids in them are this preview's own numbers."""
        developers = [p.n for p in self.persons if p.kind == "developer"]
        return entries(self.unit_facts, developers=developers)

    @property
    def unit_facts(self) -> tuple[UnitFacts, ...]:
        """The units as the rule about entries takes them."""
        return tuple(
            UnitFacts(
                unit_id=u.n,
                building_id=u.building,
                label=u.label,
                area_cm2=u.area_cm2,
                status=u.status,
                verified=u.verified,
                holders=tuple(h.person for h in u.holders),
                counts_head=u.counts_head,
                counts_area=u.counts_area,
            )
            for u in self.units
        )

    @property
    def heads(self) -> int:
        """H_total: one per exact owner set, one for the developer, one per unverified unit."""
        return sum(e.heads for e in self.entries)

    @property
    def area_cm2(self) -> int:
        """A_total: the sum of the exclusive areas that count."""
        return sum(e.area_cm2 for e in self.entries)

    @property
    def listed_units(self) -> int:
        """All units of the file."""
        return len(self.units)

    @property
    def listed_area_cm2(self) -> int:
        """The areas of all units of the file."""
        return sum(u.area_cm2 for u in self.units)

    @property
    def unverified_units(self) -> int:
        """Units that stay in both denominators though nobody can vote for them yet."""
        return sum(e.kind == "unverified" for e in self.entries)

    @property
    def whole_total(self) -> FileTotal | None:
        """The file's own total over everything, if it states one."""
        return next((t for t in self.file_totals if t.scope == "whole"), None)

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """The problems of one severity, in the order of the file."""
        return tuple(p for p in self.problems if p.severity == severity)

    def to_json(self) -> str:
        """Canonical JSON of everything, with the entries and totals for readers outside."""
        body = {
            "version": VERSION,
            "filename": self.filename,
            "sheets": self.sheets,
            "columns": [_plain(c) for c in self.columns],
            "buildings": [_plain(b) for b in self.buildings],
            "persons": [_plain(p) for p in self.persons],
            "units": [_plain(u) | {"holders": [_plain(h) for h in u.holders]} for u in self.units],
            "file_totals": [_plain(t) for t in self.file_totals],
            "problems": [_plain(p) | {"severity": p.severity} for p in self.problems],
            "counts": dict(self.counts),
            "entries": [_entry(e) for e in self.entries],
            "totals": {
                "units": self.listed_units,
                "listed_area_cm2": self.listed_area_cm2,
                "entries": len(self.entries),
                "heads": self.heads,
                "area_cm2": self.area_cm2,
                "unverified": self.unverified_units,
                "digest": roll_digest(self.entries),
            },
        }
        return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(text: str) -> Preview:
    """The preview written by to_json; entries and totals follow from the units. Raises ValueError."""
    body: dict[str, Any] = json.loads(text)
    if body.get("version") != VERSION:
        raise ValueError("preview of another version")
    return Preview(
        filename=body["filename"],
        sheets=tuple(body["sheets"]),
        columns=tuple(ColumnUse(**c) for c in body["columns"]),
        buildings=tuple(
            PreviewBuilding(**(b | {"entrances": tuple(b["entrances"])})) for b in body["buildings"]
        ),
        persons=tuple(PreviewPerson(**p) for p in body["persons"]),
        units=tuple(
            PreviewUnit(**(u | {"holders": tuple(Holding(**h) for h in u["holders"])}))
            for u in body["units"]
        ),
        file_totals=tuple(FileTotal(**t) for t in body["file_totals"]),
        problems=tuple(
            Problem(**{k: v for k, v in p.items() if k != "severity"}) for p in body["problems"]
        ),
        counts=body["counts"],
    )


def arranged(problems: list[Problem]) -> tuple[tuple[Problem, ...], dict[str, int]]:
    """Problems with the graver first, at most MAX_PROBLEMS of them, and their true numbers."""
    counts = dict.fromkeys(ORDER, 0)
    for problem in problems:
        counts[problem.severity] += 1
    ordered = sorted(problems, key=lambda p: ORDER[p.severity])
    if len(ordered) > MAX_PROBLEMS:
        rest = len(ordered) - MAX_PROBLEMS + 1
        ordered = [*ordered[: MAX_PROBLEMS - 1], Problem("more_problems", facts={"count": rest})]
    return tuple(ordered), counts


def _plain(row: Any) -> dict[str, Any]:
    """The fields of one of the frozen rows above; dataclasses.asdict copies deeply and is slow."""
    return {name: getattr(row, name) for name in row.__slots__}


def _entry(entry: EntryDraft) -> dict[str, object]:
    return {
        "n": entry.n,
        "kind": entry.kind,
        "label": entry.label,
        "heads": entry.heads,
        "area_cm2": entry.area_cm2,
        "units": [u.unit_id for u in entry.units],
        "holders": list(entry.holders),
    }
