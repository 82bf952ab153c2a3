"""The words of a search marked in the passage where they were found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from hall.folding import BRACKETS

BEFORE, LENGTH = 24, 96  # characters before the first hit, and of the whole snippet


def folded(text: str) -> tuple[str, list[int]]:
    """Text as words are compared (one width, case and bracket, no white space), with the place of each character."""
    out: list[str] = []
    places: list[int] = []
    for i, char in enumerate(text):
        for plain in unicodedata.normalize("NFKC", char).casefold().translate(BRACKETS):
            if not plain.isspace():
                out.append(plain)
                places.append(i)
    return "".join(out), places


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search in the form in which they are compared."""
    return tuple(dict.fromkeys(w for part in text.split() if (w := folded(part)[0])))


def marked(text: str, words: Sequence[str]) -> Markup:
    """A text with every occurrence of the words in <mark>."""
    hit = _hits(text, words)
    out, at = Markup(), 0
    while at < len(text):
        end = at
        while end < len(text) and (end in hit) == (at in hit):
            end += 1
        piece = escape(text[at:end])
        out += Markup("<mark>{}</mark>").format(piece) if at in hit else piece
        at = end
    return out


def snippet(passages: Iterable[str], words: Sequence[str]) -> Markup:
    """The part of the first passage with most of the words, marked; the beginning when none has any."""
    best, most = "", -1
    for passage in passages:
        line = " ".join(passage.split())
        plain = folded(line)[0]
        found = sum(w in plain for w in words)
        if line and found > most:
            best, most = line, found
            if found == len(words):
                break
    hit = _hits(best, words)
    start = max(0, min(hit) - BEFORE) if hit else 0
    cut = best[start : start + LENGTH]
    left = "…" if start else ""
    right = "…" if start + LENGTH < len(best) else ""
    return Markup("{}{}{}").format(left, marked(cut, words), right)


def _hits(text: str, words: Sequence[str]) -> set[int]:
    """Places of the characters that belong to an occurrence."""
    plain, places = folded(text)
    hit: set[int] = set()
    for word in words:
        at = plain.find(word)
        while at >= 0:
            hit.update(range(places[at], places[at + len(word) - 1] + 1))
            at = plain.find(word, at + 1)
    return hit
