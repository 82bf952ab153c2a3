"""Hashing of passwords: argon2id, few at a time, and as slow for nobody as for somebody."""

from __future__ import annotations

import threading
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# 64 MiB each: four at once keep a flood of sign-ins within 256 MiB.
_SLOTS = threading.BoundedSemaphore(4)
_hasher = PasswordHasher()


def use_hasher(hasher: PasswordHasher) -> None:
    """Hash and check with other parameters from now on (the library's defaults otherwise)."""
    global _hasher
    _hasher = hasher
    _nobody.cache_clear()


def use_cheap_hasher() -> None:
    """Parameters for tests only: a password costs next to nothing."""
    use_hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def hashed(password: str) -> str:
    """The argon2id hash to keep."""
    with _SLOTS:
        return _hasher.hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether the password is the one hashed; without a hash it takes as long and says no."""
    with _SLOTS:
        try:
            _hasher.verify(kept or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher.hash("the password of nobody")
