"""Which persons of a file are persons of the roll: a second import must not make them strangers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person of the roll with the names of the units whose open title he holds."""

    person_id: int
    name: str
    phone: str
    kind: str
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadPerson:
    """A person of the file, by its number there."""

    n: int
    name: str
    phone: str
    kind: str
    units: frozenset[str]


def match_persons(read: Iterable[ReadPerson], known: Iterable[KnownPerson]) -> Mapping[int, int]:
    """File number → person id, for those who are surely the same; everybody else is new.

    First one name with one number, then one name in one unit, where a number that is missing or
    has changed does not matter. Nobody is matched twice. A name alone, in another unit and without
    a number, may be anybody: he stays a new person.
    """
    by_name: dict[str, list[KnownPerson]] = {}
    for one in sorted(known, key=lambda p: p.person_id):
        by_name.setdefault(one.name, []).append(one)
    found: dict[int, int] = {}
    taken: set[int] = set()
    people = sorted(read, key=lambda p: p.n)
    for same in (_same_number, _same_unit_and_number, _same_unit):
        for person in people:
            if person.n in found:
                continue
            for candidate in by_name.get(person.name, ()):
                if candidate.person_id not in taken and same(person, candidate):
                    found[person.n] = candidate.person_id
                    taken.add(candidate.person_id)
                    break
    return found


def _same_number(read: ReadPerson, known: KnownPerson) -> bool:
    if read.kind != "natural" and known.kind == read.kind:
        return True  # organisations are one by their name
    return bool(read.phone) and read.phone == known.phone and read.kind == known.kind


def _same_unit_and_number(read: ReadPerson, known: KnownPerson) -> bool:
    blank = not read.phone or not known.phone
    return _same_unit(read, known) and (blank or read.phone == known.phone)


def _same_unit(read: ReadPerson, known: KnownPerson) -> bool:
    return bool(read.units & known.units)
