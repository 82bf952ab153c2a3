"""A proposal as typed into one page: texts in, wording and plan out, and back again.

Nothing typed is cut or lost: what cannot be used is named and given back as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from werkzeug.datastructures import MultiDict

from hall.proposals.queries import ProposalRow
from hall.proposals.rules.procedures import outline, procedure
from hall.proposals.rules.wording import FIELDS, Wording
from hall.proposals.service import ChangeDraft, Origin, Plan

MOST_CHANGES = 8


@dataclass(frozen=True, slots=True)
class TypedChange:
    """A change as typed: what, and the ids of the comments ticked for it."""

    text: str = ""
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in the form, as text."""

    wording: Wording = Wording()  # noqa: RUF009  immutable
    track: str = "advisory"
    matter: str = ""
    procedure: str = ""
    lead: str = ""
    scope: str = "all"
    buildings: tuple[str, ...] = ()
    entrances: tuple[str, ...] = ()
    origin: str = "own"
    origin_text: str = ""
    origin_on: str = ""
    comment: str = ""
    as_post: str = ""
    files: tuple[tuple[int, str], ...] = ()
    # of a new version only
    note: str = ""
    material: bool = False
    changes: tuple[TypedChange, ...] = ()


def read(form: MultiDict[str, str]) -> Typed:
    """The posted form; line ends as one newline."""

    def text(name: str) -> str:
        return form.get(name, "").replace("\r\n", "\n")

    dropped = set(form.getlist("_drop"))
    kept = [
        (int(i), form.get(f"label-{i}", ""))
        for i in form.getlist("_file")
        if _number(i) is not None and i not in dropped
    ]
    return Typed(
        wording=Wording(**{f: text(f) for f in FIELDS}),
        track=text("_track") or "advisory",
        matter=text("_matter"),
        procedure=text("_procedure"),
        lead=text("_lead"),
        scope=text("_scope") or "all",
        buildings=tuple(form.getlist("_buildings")),
        entrances=tuple(form.getlist("_entrances")),
        origin=text("_origin") or "own",
        origin_text=text("origin_text"),
        origin_on=text("_origin_on"),
        comment=text("_comment"),
        as_post=text("_as"),
        files=tuple(kept),
        note=text("note"),
        material=bool(form.get("_material")),
        changes=tuple(
            TypedChange(text(f"change-{i}"), tuple(form.getlist(f"_because-{i}")))
            for i in range(1, MOST_CHANGES + 1)
            if text(f"change-{i}").strip() or form.getlist(f"_because-{i}")
        ),
    )


def begun(code: str) -> Typed:
    """An empty form, filled from a template when one is chosen."""
    template = procedure(code)
    if template is None:
        return Typed()
    return Typed(
        wording=Wording(text=outline(template)),
        track=template.track,
        matter=str(template.matter or ""),
        procedure=template.code,
        lead=template.lead_body,
        scope={"entrance": "entrances", "building": "buildings"}.get(template.ballot.scope, "all"),
    )


def of_row(row: ProposalRow, files: Sequence[tuple[int, str]] = ()) -> Typed:
    """A draft or the newest version as it would stand in the form."""
    scope = next(iter(row.scope), "all")
    ids = tuple(str(i) for i in row.scope.get(scope, ()))
    return Typed(
        wording=row.wording,
        track=row.track,
        matter=str(row.matter or ""),
        procedure=row.procedure,
        lead=row.lead_body,
        scope=scope,
        buildings=ids if scope == "buildings" else (),
        entrances=ids if scope == "entrances" else (),
        origin=row.origin,
        origin_text=row.origin_text,
        origin_on=row.origin_on.isoformat() if row.origin_on else "",
        comment=str(row.origin_comment_id or ""),
        files=tuple(files or row.draft_files),
    )


def with_files(typed: Typed, ids: Sequence[int]) -> Typed:
    """With files just handed in at the end."""
    return replace(typed, files=(*typed.files, *((i, "") for i in ids)))


def plan_of(typed: Typed) -> Plan:
    """Which way it is to go."""
    scope: dict[str, list[int]] = {}
    ids = {"buildings": typed.buildings, "entrances": typed.entrances}.get(typed.scope, ())
    numbers = [n for i in ids if (n := _number(i)) is not None]
    if typed.scope in ("buildings", "entrances"):  # none ticked is not the whole estate
        scope = {typed.scope: numbers}
    return Plan(
        track=typed.track,
        matter=_number(typed.matter) if typed.track == "statutory" else None,
        procedure=typed.procedure,
        lead_body=typed.lead,
        scope=scope,
    )


def origin_of(typed: Typed) -> Origin:
    """Where it came from."""
    try:
        on = date.fromisoformat(typed.origin_on) if typed.origin_on else None
    except ValueError:
        on = None
    comment = _number(typed.comment)
    kind = "comment" if comment is not None else typed.origin
    if kind == "comment" and comment is None:
        kind = "own"
    return Origin(kind, typed.origin_text if kind != "own" else "", on, comment)


def changes_of(typed: Typed) -> list[ChangeDraft]:
    """What changed because of whom."""
    return [
        ChangeDraft(c.text, tuple(n for i in c.comments if (n := _number(i)) is not None))
        for c in typed.changes
    ]


def post_of(typed: Typed) -> int | None:
    """The post it is written under."""
    return _number(typed.as_post)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
