"""What an import would change in the roll as it stands: units added, changed, removed. Areas in cm²."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hall.roll.rules.naming import natural_key
from hall.roll.rules.preview import Preview


@dataclass(frozen=True, slots=True)
class RollOwner:
    """An owner of a unit as the roll or a preview has it: phone "" when none, share num/den."""

    name: str
    phone: str = ""
    num: int = 0
    den: int = 0


@dataclass(frozen=True, slots=True)
class RollUnit:
    """A unit as far as an import can change it."""

    label: str
    area_cm2: int
    area_source: str
    kind: str
    status: str
    verified: bool
    owners: tuple[RollOwner, ...]


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit with what is different: fields out of area, area_source, kind, status, owners, phones,
    shares, verified."""

    label: str
    before: RollUnit
    after: RollUnit
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Differences in the natural order of unit names.

    removed: units that the file does not mention; whether they leave the roll is for a person to
    say. area_before_cm2, area_after_cm2: sums over the units of each side.
    """

    added: tuple[RollUnit, ...]
    changed: tuple[UnitChange, ...]
    removed: tuple[RollUnit, ...]
    unchanged: int
    area_before_cm2: int
    area_after_cm2: int

    @property
    def is_empty(self) -> bool:
        """Whether the import would change nothing."""
        return not (self.added or self.changed or self.removed)


def diff(current_units: Iterable[RollUnit], preview: Preview) -> Diff:
    """Compare by unit name. What a file leaves out of a unit (telephone, share) is no change."""
    before = {u.label: u for u in current_units}
    after = {u.label: u for u in units_of(preview)}
    changed = []
    for label in before.keys() & after.keys():
        fields = _fields(before[label], after[label])
        if fields:
            changed.append(UnitChange(label, before[label], after[label], fields))
    common = len(before.keys() & after.keys())
    return Diff(
        added=_sorted(after, after.keys() - before.keys()),
        changed=tuple(sorted(changed, key=lambda c: natural_key(c.label))),
        removed=_sorted(before, before.keys() - after.keys()),
        unchanged=common - len(changed),
        area_before_cm2=sum(u.area_cm2 for u in before.values()),
        area_after_cm2=sum(u.area_cm2 for u in after.values()),
    )


def units_of(preview: Preview) -> tuple[RollUnit, ...]:
    """The units of a preview in the form in which they are compared."""
    persons = {p.n: p for p in preview.persons}
    return tuple(
        RollUnit(
            u.label,
            u.area_cm2,
            u.area_source,
            u.kind,
            u.status,
            u.verified,
            tuple(
                RollOwner(persons[h.person].name, persons[h.person].phone, h.num, h.den)
                for h in u.holders
            ),
        )
        for u in preview.units
    )


def _sorted(units: Mapping[str, RollUnit], labels: Iterable[str]) -> tuple[RollUnit, ...]:
    return tuple(units[label] for label in sorted(labels, key=natural_key))


def _fields(before: RollUnit, after: RollUnit) -> tuple[str, ...]:
    old = {o.name: o for o in before.owners}
    new = {o.name: o for o in after.owners}
    shared = old.keys() & new.keys()
    differences = {
        "area": before.area_cm2 != after.area_cm2,
        "area_source": before.area_source != after.area_source,
        "kind": before.kind != after.kind,
        "status": before.status != after.status,
        "owners": sorted(o.name for o in before.owners) != sorted(o.name for o in after.owners),
        "phones": any(new[n].phone and new[n].phone != old[n].phone for n in shared),
        "shares": any(
            new[n].den and (new[n].num, new[n].den) != (old[n].num, old[n].den) for n in shared
        ),
        "verified": before.verified != after.verified,
    }
    return tuple(name for name, differs in differences.items() if differs)
