"""The tally: entries of the frozen roll and the sheets received, in any order, to totals.

One entry, one counted sheet (R-3.05); one owner, one head whatever number of entries he now stands
for (E12c); what is set aside is listed with its reason and never lost. Pure: the same entries and
sheets give the same tally in every order of input, because only the receipt time of the server and
its running number decide between two sheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from hall.counting.deeming import deem
from hall.counting.figures import Pile, Question, Totals
from hall.counting.methods import read_marks
from hall.counting.piles import totals_of
from hall.counting.sensitivity import Unresolved
from hall.rulesets.rules import Rule, RuleSet

ONLINE = "online"
PAPER = "paper"
DUPLICATE_POLICIES = ("FIRST_VALID_WINS", "PAPER_PREVAILS", "ONLINE_PREVAILS")
IDENTITY_INVALID = "identity_invalid"
LATE = "late"


@dataclass(frozen=True, slots=True)
class Entry:
    """One right to vote on the frozen roll. owner: its exact owner set (R-2.06); heads 0 or 1.

    representative: whom the co-owners nominated (R-2.07). contested: a co-owner objects to the
    sheet cast (E8). delivered: an individual delivery is recorded before the close (R-2.34).
    group: the building its figures are shown under.
    """

    id: str
    owner: str
    heads: int
    area_cm2: int
    group: str = ""
    representative: str | None = None
    contested: bool = False
    delivered: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet received. received_at: the server's receipt, not the reading (R-3.05); seq breaks ties.

    signer: who signed. owner: the owner set it was cast for when that is no longer the entry's
    (a buyer on proof, E12b). flaw: '' | identity_invalid | late. disputed: its validity awaits the
    scrutineers' ruling (R-2.37). answers: marks by question key; a missing key is a blank item.
    """

    id: str
    entry: str
    channel: str
    received_at: datetime
    answers: Mapping[str, tuple[str, ...]]
    seq: int = 0
    signer: str | None = None
    owner: str | None = None
    flaw: str = ""
    disputed: bool = False

    @property
    def order(self) -> tuple[datetime, int, str]:
        """The order of receipt."""
        return self.received_at, self.seq, self.id


@dataclass(frozen=True, slots=True)
class Policy:
    """The frozen policies a tally follows; window [opens_at, closes_at), None: not judged here."""

    invalid_marks: str | None
    duplicate: str | None
    nonreturn: str | None
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @classmethod
    def of(
        cls, rules: RuleSet, opens_at: datetime | None = None, closes_at: datetime | None = None
    ) -> Policy:
        """The policies of a frozen rule set."""
        return cls(rules.invalid_marks, rules.duplicate, rules.nonreturn, opens_at, closes_at)


ADVISORY_POLICY = Policy("NOT_PARTICIPATING", "FIRST_VALID_WINS", "NOT_PARTICIPATING")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A sheet that does not count. reason: identity_invalid | late | not_representative | contested |
    disputed | duplicate (kept: the sheet that stands)."""

    sheet: str
    entry: str
    reason: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class GroupTurnout:
    """A building: all entries, and those with a counted sheet."""

    group: str
    total: Pile
    returned: Pile


@dataclass(frozen=True, slots=True)
class Tally:
    """The whole count. totals: one per question, in order. counted: ids of the sheets that stand.

    contested, disputed: entries left open, as their entry ids. open_sheets: per question what the
    disputed and contested entries could add (disputed, contested). mixed_owners: owners whose
    entries answered differently; their first valid sheet stands for the head (R-2.39).
    """

    total: Pile
    returned: Pile
    totals: tuple[Totals, ...]
    counted: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    contested: tuple[str, ...]
    disputed: tuple[str, ...]
    open_disputed: tuple[tuple[Unresolved, ...], ...]
    open_contested: tuple[tuple[Unresolved, ...], ...]
    silent: Pile
    groups: tuple[GroupTurnout, ...]
    mixed_owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Settled:
    """One entry with the sheets that could stand for it, in order of receipt, and what became of them."""

    entry: Entry
    chosen: Sheet | None
    candidates: tuple[Sheet, ...]
    state: str  # counted | contested | disputed | empty
    aside: tuple[SetAside, ...]
    touched: bool


def tally(
    entries: Iterable[Entry],
    sheets: Iterable[Sheet],
    questions: Sequence[Question],
    policy: Policy,
    rules: Sequence[Rule | None],
) -> Tally:
    """Count. rules: one per question, None for advisory. Raises ValueError on impossible input.

    Codes: entry_repeated, sheet_repeated, sheet_without_entry, duplicate_policy_missing, and the
    guards of figures.check_totals.
    """
    if policy.duplicate not in DUPLICATE_POLICIES:
        raise ValueError("duplicate_policy_missing")
    roll = _roll(entries)
    by_entry = _by_entry(roll, sheets)
    settled = [_settle(entry, by_entry.get(entry.id, []), policy) for entry in roll.values()]
    owners = _owners(settled)
    total = Pile(sum(e.heads for e in roll.values()), sum(e.area_cm2 for e in roll.values()))
    silent = _silent(settled)
    totals = []
    for question, rule in zip(questions, rules, strict=True):
        counted = totals_of(question, total, _marks(owners, question), policy.invalid_marks)
        deemed = deem(counted, policy.nonreturn, rule, silent) if rule else None
        totals.append(replace(counted, deemed=deemed))
    return Tally(
        total=total,
        returned=_returned(owners),
        totals=tuple(totals),
        counted=tuple(sorted(s.chosen.id for s in settled if s.state == "counted" and s.chosen)),
        set_aside=tuple(
            sorted((a for s in settled for a in s.aside), key=lambda a: (a.entry, a.sheet))
        ),
        contested=tuple(s.entry.id for s in settled if s.state == "contested"),
        disputed=tuple(s.entry.id for s in settled if s.state == "disputed"),
        open_disputed=tuple(_open(settled, owners, q, "disputed") for q in questions),
        open_contested=tuple(_open(settled, owners, q, "contested") for q in questions),
        silent=silent,
        groups=_groups(settled),
        mixed_owners=_mixed(owners, questions),
    )


def _roll(entries: Iterable[Entry]) -> dict[str, Entry]:
    roll: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: e.id):
        if entry.id in roll:
            raise ValueError("entry_repeated")
        roll[entry.id] = entry
    return roll


def _by_entry(roll: Mapping[str, Entry], sheets: Iterable[Sheet]) -> dict[str, list[Sheet]]:
    found: dict[str, list[Sheet]] = {}
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.id in seen:
            raise ValueError("sheet_repeated")
        if sheet.entry not in roll:
            raise ValueError("sheet_without_entry")
        seen.add(sheet.id)
        found.setdefault(sheet.entry, []).append(sheet)
    return found


def _flaw(sheet: Sheet, policy: Policy) -> str:
    if sheet.flaw:
        return sheet.flaw
    before = policy.opens_at is not None and sheet.received_at < policy.opens_at
    after = policy.closes_at is not None and sheet.received_at >= policy.closes_at
    return LATE if before or after else ""


def _settle(entry: Entry, sheets: list[Sheet], policy: Policy) -> _Settled:
    aside: list[SetAside] = []
    valid: list[Sheet] = []
    for sheet in sorted(sheets, key=lambda s: s.order):
        reason = _flaw(sheet, policy)
        if not reason and entry.representative and sheet.signer not in (None, entry.representative):
            reason = "not_representative"
        if reason:
            aside.append(SetAside(sheet.id, entry.id, reason))
        else:
            valid.append(sheet)
    if not valid:
        return _Settled(entry, None, (), "empty", tuple(aside), bool(sheets))
    if entry.contested or _co_owners_disagree(entry, valid):
        aside += [SetAside(sheet.id, entry.id, "contested") for sheet in valid]
        return _Settled(entry, None, tuple(valid), "contested", tuple(aside), True)
    chosen = choose(valid, policy.duplicate)
    aside += [SetAside(s.id, entry.id, "duplicate", chosen.id) for s in valid if s is not chosen]
    if chosen.disputed:
        aside.append(SetAside(chosen.id, entry.id, "disputed"))
        return _Settled(entry, None, (chosen,), "disputed", tuple(aside), True)
    return _Settled(entry, chosen, (chosen,), "counted", tuple(aside), True)


def choose(sheets: Sequence[Sheet], duplicate: str | None) -> Sheet:
    """Which of several valid sheets of one entry stands (R-3.05): by channel policy, then receipt."""
    prevailing = {"PAPER_PREVAILS": PAPER, "ONLINE_PREVAILS": ONLINE}.get(duplicate or "")
    return min(sheets, key=lambda s: (prevailing is not None and s.channel != prevailing, s.order))


def _co_owners_disagree(entry: Entry, sheets: Sequence[Sheet]) -> bool:
    """E8: two signers, no nomination, different answers."""
    if entry.representative is not None or len(sheets) < 2:
        return False
    signers = {sheet.signer for sheet in sheets if sheet.signer is not None}
    answers = {
        tuple(sorted((key, tuple(sorted(marks))) for key, marks in sheet.answers.items()))
        for sheet in sheets
    }
    return len(signers) > 1 and len(answers) > 1


def _owners(settled: Sequence[_Settled]) -> dict[str, list[_Settled]]:
    """Counted entries by the owner set they were cast for, each in order of receipt."""
    found: dict[str, list[_Settled]] = {}
    for item in settled:
        if item.chosen is not None:
            found.setdefault(item.chosen.owner or item.entry.owner, []).append(item)
    for items in found.values():
        items.sort(key=lambda i: i.chosen.order if i.chosen else ())
    return found


def _weight(items: Sequence[_Settled]) -> tuple[int, int]:
    """Heads and cm²: one head for the owner, the area of every entry voted (SPC 9, E12c)."""
    if len(items) == 1:
        return items[0].entry.heads, items[0].entry.area_cm2
    return max(i.entry.heads for i in items), sum(i.entry.area_cm2 for i in items)


def _sum(weights: Iterable[tuple[int, int]]) -> Pile:
    heads = area = 0
    for h, a in weights:
        heads += h
        area += a
    return Pile(heads, area)


def _answer(items: Sequence[_Settled], question: Question) -> tuple[str, ...]:
    """The owner's marks: of his first sheet that answers this question validly (R-2.39)."""
    marks = [i.chosen.answers.get(question.key, ()) for i in items if i.chosen is not None]
    if len(marks) == 1:
        return marks[0]
    valid = (m for m in marks if not read_marks(question, m).invalid)
    return next(valid, marks[0])


def _marks(
    owners: Mapping[str, Sequence[_Settled]], question: Question
) -> dict[tuple[str, ...], Pile]:
    """Equal marks together; summed as plain integers, as a roll may hold a million owners."""
    sums: dict[tuple[str, ...], list[int]] = {}
    for items in owners.values():
        heads, area = _weight(items)
        found = sums.setdefault(tuple(_answer(items, question)), [0, 0])
        found[0] += heads
        found[1] += area
    return {marks: Pile(heads, area) for marks, (heads, area) in sorted(sums.items())}


def _returned(owners: Mapping[str, Sequence[_Settled]]) -> Pile:
    return _sum(map(_weight, owners.values()))


def _silent(settled: Sequence[_Settled]) -> Pile:
    """Delivered, nothing returned, and no other sheet of the same owner (R-2.34)."""
    spoken = {i.entry.owner for i in settled if i.touched}
    spoken |= {i.chosen.owner for i in settled if i.chosen is not None and i.chosen.owner}
    quiet: dict[str, list[_Settled]] = {}
    for item in settled:
        if item.entry.delivered and not item.touched and item.entry.owner not in spoken:
            quiet.setdefault(item.entry.owner, []).append(item)
    return _sum(map(_weight, quiet.values()))


def _open(
    settled: Sequence[_Settled],
    owners: Mapping[str, Sequence[_Settled]],
    question: Question,
    state: str,
) -> tuple[Unresolved, ...]:
    """What each open entry could add: every answer on its sheets, its head unless already counted."""
    found: list[Unresolved] = []
    for item in settled:
        if item.state != state:
            continue
        answers = [s.answers.get(question.key, ()) for s in item.candidates]
        owner = item.candidates[0].owner or item.entry.owner
        heads = item.entry.heads
        if owner in owners:  # his head is counted already, and his first answer may carry this area
            heads = 0
            answers.append(_answer(owners[owner], question))
        could = {read_marks(question, marks).options for marks in answers}
        options = tuple(sorted({key for keys in could for key in keys}))
        found.append(Unresolved(options, Pile(heads, item.entry.area_cm2), len(could) > 1))
    return tuple(found)


def _groups(settled: Sequence[_Settled]) -> tuple[GroupTurnout, ...]:
    seen: set[str] = set()
    rows: dict[str, list[int]] = {}
    for item in settled:  # in the order of entry ids, so that a head has one building
        entry = item.entry
        row = rows.setdefault(entry.group, [0, 0, 0, 0])
        row[0] += entry.heads
        row[1] += entry.area_cm2
        if item.chosen is not None and item.state == "counted":
            owner = item.chosen.owner or entry.owner
            row[2] += 0 if owner in seen else entry.heads
            row[3] += entry.area_cm2
            seen.add(owner)
    return tuple(
        GroupTurnout(key, Pile(*rows[key][:2]), Pile(*rows[key][2:])) for key in sorted(rows)
    )


def _mixed(
    owners: Mapping[str, Sequence[_Settled]], questions: Sequence[Question]
) -> tuple[str, ...]:
    mixed = []
    for owner, items in owners.items():
        if len(items) < 2:
            continue
        for question in questions:
            marks = {frozenset(i.chosen.answers.get(question.key, ())) for i in items if i.chosen}
            if len(marks) > 1:
                mixed.append(owner)
                break
    return tuple(sorted(mixed))
