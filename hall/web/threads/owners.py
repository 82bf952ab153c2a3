"""What a thread hangs on, by what its owner's room says: threads themselves know nothing of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

# Given ids of threads: of those that are its own, how the page is called and its address.
Finder = Callable[[Collection[int]], Mapping[int, tuple[str, str]]]
_finders: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Let a room say which threads are its own; usable as a decorator. Twice changes nothing."""
    if finder not in _finders:
        _finders.append(finder)
    return finder


def owners(thread_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """(label, address) of what each thread hangs on; a thread nobody claims is left out."""
    found: dict[int, tuple[str, str]] = {}
    wanted = set(thread_ids)
    for finder in _finders if wanted else ():
        found |= finder(wanted)
    return found
