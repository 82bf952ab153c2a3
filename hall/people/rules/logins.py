"""What one signs in with: a mobile number or a user name, in one normal form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

_PHONE = re.compile(r"^1[3-9][0-9]{9}$")
_PREFIX = re.compile(r"^(?:\+|00)?86(?=1[3-9][0-9]{9}$)")
_USERNAME = re.compile(r"^[a-z一-鿿][a-z0-9._一-鿿-]{1,39}$")
_SPACING = re.compile(r"[\s\-‐-―()（）]+")


@dataclass(frozen=True, slots=True)
class Login:
    """A login in its normal form: eleven digits, or a user name in lower case."""

    kind: Literal["phone", "username"]
    value: str


def normal_login(text: str) -> Login | None:
    """The login a person typed, or None when it is neither a mobile number nor a user name.

    Full-width digits, spaces, hyphens and the prefix +86 are accepted, because people copy them.
    """
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    phone = normal_phone(folded)
    if _PHONE.match(phone):
        return Login("phone", phone)
    if _USERNAME.match(folded):
        return Login("username", folded)
    return None


def normal_phone(text: str) -> str:
    """A telephone number without spacing and country prefix; landlines keep their digits."""
    bare = _SPACING.sub("", unicodedata.normalize("NFKC", text))
    return _PREFIX.sub("", bare)


def is_mobile(phone: str) -> bool:
    """Whether a normalised number can be signed in with."""
    return bool(_PHONE.match(phone))
