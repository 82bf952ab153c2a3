"""How alike two proposals read: shared pairs of characters, which needs no word list for Chinese."""

from __future__ import annotations

from hall.folding import fold

# Words that every proposal has; a pair made only of them tells nothing.
_COMMON = frozenset(
    "的了和与及在是有不为把个小区业主要请关于建议希望问题我们大家什么怎样能否否则一二三"
)
MOST_PAIRS = 12


def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring letters or characters, punctuation left out."""
    plain = "".join(c for c in fold([text]) if c.isalnum())
    if len(plain) < 2:
        return frozenset([plain]) if plain else frozenset()
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def telling(title: str, what: str) -> tuple[str, ...]:
    """The pairs to look for in the archive: of the title first, then of what is to be decided."""
    found: dict[str, None] = {}
    for text in (title, what):
        plain = "".join(c for c in fold([text[:200]]) if c.isalnum())
        for i in range(len(plain) - 1):
            pair = plain[i : i + 2]
            if not set(pair) <= _COMMON:
                found.setdefault(pair)
    return tuple(found)[:MOST_PAIRS]


def likeness(
    a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]]
) -> int:
    """How alike two (title, what) are, in thousandths; a title weighs twice its sentence."""
    title = _dice(a[0], b[0])
    whole = _dice(a[0] | a[1], b[0] | b[1])
    return (2 * title + whole) // 3


def _dice(a: frozenset[str], b: frozenset[str]) -> int:
    return 1000 * 2 * len(a & b) // (len(a) + len(b)) if a and b else 0
