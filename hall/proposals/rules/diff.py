"""What changed between two wordings: clauses matched first, then words within a clause.

Chinese has no spaces: every character is a word of its own, neighbours that changed are joined;
letters and figures stay whole, so that 1.35 → 1.10 reads as one change. Removing what was inserted
gives the old text back, removing what was deleted the new one. Work is bounded by the lengths.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, DEL, INS = "same", "del", "ins"
_WORD = re.compile(r"[0-9]+(?:[.,:/%-][0-9]+)*%?|[A-Za-z]+(?:['-][A-Za-z]+)*|\s+|.", re.S)
_CLAUSE = re.compile(r"[^\n]*\n?")
# A clause longer than this is compared sentence by sentence, so that no text takes long.
LONGEST = 600
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
MOST_WORK = 500_000
# Between two changes, fewer unchanged characters than this read better as changed too.
BRIDGE = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text: kind same, del (only in the old) or ins (only in the new)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of either text: same | changed | added | removed, as segments in reading order."""

    kind: str
    segments: tuple[Segment, ...]

    @property
    def old(self) -> str:
        """The clause as it stood."""
        return "".join(s.text for s in self.segments if s.kind != INS)

    @property
    def new(self) -> str:
        """The clause as it stands."""
        return "".join(s.text for s in self.segments if s.kind != DEL)


def words(text: str) -> list[str]:
    """The text in words whose concatenation is the text."""
    return _WORD.findall(text)


def clauses(text: str) -> list[str]:
    """The text in clauses: lines with their ends."""
    return [c for c in _CLAUSE.findall(text) if c]


def with_end(text: str) -> str:
    """The text ending with a line end, unless there is no text."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def compare(old: str, new: str) -> tuple[Clause, ...]:
    """The two texts clause by clause; the olds joined are the old text, the news the new one.

    Each text is taken as ending with a line end, so that a clause added below changes no other.
    """
    a, b = clauses(with_end(old)), clauses(with_end(new))
    found: list[Clause] = []
    for tag, i1, i2, j1, j2 in _opcodes(a, b):
        if tag == "equal":
            found += [Clause("same", (Segment(SAME, c),)) for c in a[i1:i2]]
        else:
            found += _pair(a[i1:i2], b[j1:j2])
    return tuple(found)


def segments(old: str, new: str) -> tuple[Segment, ...]:
    """The two texts word by word."""
    if len(old) > LONGEST or len(new) > LONGEST:
        return _joined(_by_sentence(old, new))
    return _joined(_by_word(old, new))


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """difflib's steps from a to b; what both begin and end with is set aside first.

    Very long lists of the same few lines would take the square of their number: there the common
    ones are not used as anchors.
    """
    head = 0
    while head < min(len(a), len(b)) and a[head] == b[head]:
        head += 1
    tail = 0
    while tail < min(len(a), len(b)) - head and a[-1 - tail] == b[-1 - tail]:
        tail += 1
    middle_a, middle_b = a[head : len(a) - tail], b[head : len(b) - tail]
    plain = len(middle_a) * len(middle_b) <= MOST_WORK
    matcher = SequenceMatcher(None, middle_a, middle_b, autojunk=not plain)
    steps = [("equal", 0, head, 0, head)] if head else []
    steps += [
        (tag, i1 + head, i2 + head, j1 + head, j2 + head)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]
    if tail:
        steps.append(("equal", len(a) - tail, len(a), len(b) - tail, len(b)))
    return steps


def _pair(a: Sequence[str], b: Sequence[str]) -> list[Clause]:
    """Clauses between two that are equal: each new one beside the old one it comes from."""
    partner = _partners(a, b)
    found: list[Clause] = []
    i = 0
    for j, clause in enumerate(b):
        k = partner.get(j)
        if k is None:
            found.append(Clause("added", (Segment(INS, clause),)))
            continue
        found += [Clause("removed", (Segment(DEL, gone),)) for gone in a[i:k]]
        found.append(Clause("changed", segments(a[k], clause)))
        i = k + 1
    return [*found, *(Clause("removed", (Segment(DEL, gone),)) for gone in a[i:])]


def _partners(a: Sequence[str], b: Sequence[str]) -> dict[int, int]:
    """Which old clause a new one comes from, in order: best likeness sum (dynamic programming).

    Very many clauses between two equal ones are paired by their place instead.
    """
    if not a or not b:
        return {}
    if len(a) * len(b) > 2_500:
        return {j: j for j in range(min(len(a), len(b))) if _alike(a[j], b[j]) >= 400}
    bags_a, bags_b = [_bag(c) for c in a], [_bag(c) for c in b]
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            score = _share(bags_a[i], bags_b[j])
            with_pair = score + best[i + 1][j + 1] if score >= 400 else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], with_pair)
    found: dict[int, int] = {}
    i = j = 0
    while i < len(a) and j < len(b):
        score = _share(bags_a[i], bags_b[j])
        if score >= 400 and best[i][j] == score + best[i + 1][j + 1]:
            found[j] = i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _bag(clause: str) -> frozenset[str]:
    plain = "".join(clause.split())[:LONGEST]
    return frozenset(plain[i : i + 2] for i in range(max(1, len(plain) - 1)))


def _alike(a: str, b: str) -> int:
    return _share(_bag(a), _bag(b))


def _share(a: frozenset[str], b: frozenset[str]) -> int:
    return 2000 * len(a & b) // (len(a) + len(b)) if a and b else 0


def _by_sentence(old: str, new: str) -> list[Segment]:
    a = [s for s in _SENTENCE.findall(old) if s]
    b = [s for s in _SENTENCE.findall(new) if s]
    found: list[Segment] = []
    for tag, i1, i2, j1, j2 in _opcodes(a, b):
        before, after = "".join(a[i1:i2]), "".join(b[j1:j2])
        if tag == "equal":
            found.append(Segment(SAME, before))
        elif len(before) > LONGEST or len(after) > LONGEST:
            found += [Segment(DEL, before), Segment(INS, after)]
        else:
            found += _by_word(before, after)
    return found


def _by_word(old: str, new: str) -> list[Segment]:
    a, b = words(old), words(new)
    found: list[Segment] = []
    for tag, i1, i2, j1, j2 in _opcodes(a, b):
        if tag == "equal":
            found.append(Segment(SAME, "".join(a[i1:i2])))
            continue
        found += [Segment(DEL, "".join(a[i1:i2])), Segment(INS, "".join(b[j1:j2]))]
    return found


def _joined(found: Sequence[Segment]) -> tuple[Segment, ...]:
    """Changes with hardly anything between them become one; deleted comes before inserted."""
    out: list[Segment] = []
    gone = come = ""
    pieces = [s for s in found if s.text]
    for at, piece in enumerate(pieces):
        between = (
            piece.kind == SAME
            and (gone or come)
            and len(piece.text) < BRIDGE
            and at + 1 < len(pieces)
            and piece.text.isalnum()
        )
        if piece.kind == DEL:
            gone += piece.text
        elif piece.kind == INS:
            come += piece.text
        elif between:
            gone, come = gone + piece.text, come + piece.text
        else:
            out += [s for s in (Segment(DEL, gone), Segment(INS, come)) if s.text]
            out.append(piece)
            gone = come = ""
    out += [s for s in (Segment(DEL, gone), Segment(INS, come)) if s.text]
    return tuple(out)
