"""Who is the same person: names and telephone numbers of holders across units.

One name with one number is one person. One name of which a number is missing somewhere is taken for
one person too — otherwise an owner of two flats would count two heads (R-2.04) — but it is told,
with the units, so that the chair can check. One name with different numbers is different persons,
told as well; a holder of that name without a number is then nobody we know and stands alone.
Organisations are one by their name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hall.roll.rules.columns import Chosen, Notes
from hall.roll.rules.owners import Holder
from hall.roll.rules.preview import PreviewPerson
from hall.roll.rules.text import compact
from hall.sheets import Sheet

_LISTED = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """A holder where it stands: unit label, sheet and row."""

    holder: Holder
    unit: str
    sheet: Sheet
    row: int
    columns: Chosen


def identify(
    mentions: Sequence[Mention], notes: Notes
) -> tuple[tuple[PreviewPerson, ...], Mapping[int, int]]:
    """The persons, numbered in order of appearance, and for each mention (by index) its person."""
    by_name: dict[str, list[int]] = {}
    for index, mention in enumerate(mentions):
        by_name.setdefault(compact(mention.holder.name), []).append(index)
    keys: dict[int, tuple[str, str]] = {}
    for indexes in by_name.values():
        keys.update(_keys(indexes, mentions, notes))
    return _numbered(keys, mentions)


def _keys(
    indexes: Sequence[int], mentions: Sequence[Mention], notes: Notes
) -> dict[int, tuple[str, str]]:
    """What tells the persons of one name apart: (name, number or mark)."""
    here = [mentions[i] for i in indexes]
    name = compact(here[0].holder.name)
    phones = sorted({m.holder.phone for m in here if m.holder.phone})
    units = list(dict.fromkeys(m.unit for m in here))
    if all(m.holder.kind != "natural" for m in here):
        return dict.fromkeys(indexes, (name, ""))
    if len(phones) <= 1:
        if len(units) > 1 and any(not m.holder.phone for m in here):
            _tell("same_name_assumed", here, notes)
        return dict.fromkeys(indexes, (name, ""))
    _tell("same_name_different_phone", here, notes)
    if any(not m.holder.phone for m in here):
        _tell("same_name_ambiguous", [m for m in here if not m.holder.phone], notes)
    return {i: (name, mentions[i].holder.phone or f"in {mentions[i].unit}") for i in indexes}


def _numbered(
    keys: Mapping[int, tuple[str, str]], mentions: Sequence[Mention]
) -> tuple[tuple[PreviewPerson, ...], Mapping[int, int]]:
    numbers: dict[tuple[str, str], int] = {}
    members: dict[int, list[Holder]] = {}
    person_of: dict[int, int] = {}
    for index, mention in enumerate(mentions):
        number = numbers.setdefault(keys[index], len(numbers) + 1)
        members.setdefault(number, []).append(mention.holder)
        person_of[index] = number
    return tuple(_person(n, holders) for n, holders in members.items()), person_of


def _person(n: int, holders: Sequence[Holder]) -> PreviewPerson:
    kinds = {h.kind for h in holders}
    kind = next((k for k in ("developer", "company") if k in kinds), "natural")
    phone = next((h.phone for h in holders if h.phone), "")
    return PreviewPerson(n, holders[0].name, phone, kind)


def _tell(code: str, mentions: Sequence[Mention], notes: Notes) -> None:
    first = mentions[0]
    units = list(dict.fromkeys(m.unit for m in mentions))
    column = first.columns.owners[0] if first.columns.owners else None
    notes.say(
        code,
        first.sheet,
        first.row,
        column,
        name=first.holder.name,
        units="、".join(units[:_LISTED]),
        count=len(units),
    )
