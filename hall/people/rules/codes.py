"""Secrets that travel on paper: 80 random bits in Crockford's base 32, four signs a group.

The alphabet has no I, L, O and U; what people write instead of 1 and 0 is read as meant.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 16 × 5 bits
_MEANT = str.maketrans("OIL", "011")
_SPACING = re.compile(r"[\s\-‐-―_.·]+")
_SHAPE = re.compile(f"^[{ALPHABET}]{{{LENGTH}}}$")


def new_code() -> str:
    """A fresh code, grouped: Q4TN-8X2M-JW6E-3RPK."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def grouped(code: str) -> str:
    """Four groups of four, the way it is printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def normal_code(text: str) -> str | None:
    """The code as typed, in its normal form of 16 signs; None when the shape is wrong.

    A wrong shape is a slip of the hand, not a guess: it is not counted as a try.
    """
    bare = _SPACING.sub("", unicodedata.normalize("NFKC", text)).upper().translate(_MEANT)
    return bare if _SHAPE.match(bare) else None


def digest(secret: str) -> str:
    """SHA-256 by which a code or a session token is kept and found."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
