"""The street of an estate with the number of lit windows a building; which one is whose stays unknown."""

from __future__ import annotations

from collections.abc import Iterable

from hall.ballots.queries import Turnout, VoterGroup
from hall.roll.queries.windows import WindowRow, windows
from hall.web.drawings import Block, Spot


def blocks(places: Iterable[WindowRow], turnout: Turnout) -> list[Block]:
    """Buildings of the ballot's roll with their homes; part and whole in sheets, in number only."""
    spots: dict[int, list[Spot]] = {}
    for row in places:
        spots.setdefault(row.building_id, []).append(
            Spot(row.unit_id, row.entrance, row.floor, row.room)
        )
    return [
        Block(b.building_id, b.name, tuple(spots[b.building_id]), b.sheets, b.entries)
        for b in turnout.buildings
        if b.building_id in spots
    ]


def own(places: Iterable[WindowRow], groups: Iterable[VoterGroup]) -> dict[int, bool]:
    """The viewer's own homes, and whether a sheet stands for each."""
    lit: dict[str, bool] = {}
    for group in groups:
        cast = {s.entry_id for s in group.sheets}
        for entry in group.entries:
            lit.update({label: entry.entry_id in cast for label, _ in entry.units})
    return {row.unit_id: lit[row.label] for row in places if row.label in lit}


__all__ = ["blocks", "own", "windows"]
