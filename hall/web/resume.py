"""What somebody typed, kept in the page (signed) while he or she signs in again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from hall.web.access import own_path

MAX_AGE = 12 * 3600
MAX_CHARACTERS = 60_000
# Never carried over: secrets, and what belongs to the old session.
_LEFT_OUT = ("password", "code", "csrf_token", "kept")


@dataclass(frozen=True, slots=True)
class Kept:
    """An interrupted post: where it went and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """Fields a person typed as text, to be read again on the page."""
        return tuple((k, v) for k, v in self.fields if v.strip() and not k.startswith("_"))


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="hall-kept")


def typed_fields() -> list[tuple[str, str]]:
    """The posted fields in order, secrets left out."""
    return [
        (k, v)
        for k, values in request.form.lists()
        for v in values
        if not any(word in k.lower() for word in _LEFT_OUT)
    ]


def keep() -> str | None:
    """The posted fields as one signed text, or None when there is nothing to keep."""
    fields = typed_fields()
    if not fields or sum(len(k) + len(v) for k, v in fields) > MAX_CHARACTERS:
        return None
    return _signer().dumps({"path": request.path, "fields": fields})


def load(text: str | None) -> Kept | None:
    """What keep() gave, or None when it is not ours or too old."""
    if not text:
        return None
    try:
        data = _signer().loads(text, max_age=MAX_AGE)
    except BadSignature:
        return None
    path = own_path(data["path"])
    return Kept(path, tuple((k, v) for k, v in data["fields"])) if path else None
