"""The signed cookie as Flask makes it, with its key derived once and not at every request."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import TimestampSigner, URLSafeTimedSerializer


class Signer(TimestampSigner):
    """A signer that keeps its derived key: each request would hash for it twice or three times."""

    @cached_property
    def _derived(self) -> dict[object, bytes]:
        return {}

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        """The key for a secret (None: the newest)."""
        if secret_key not in self._derived:
            self._derived[secret_key] = super().derive_key(secret_key)
        return self._derived[secret_key]


class Serializer(URLSafeTimedSerializer):
    """A serializer with one signer for all it signs."""

    @cached_property
    def _signer(self) -> Any:
        return super().make_signer(self.salt)

    def make_signer(self, salt: str | bytes | None = None) -> Any:
        """The one signer; another salt gets its own."""
        return self._signer if salt in (None, self.salt) else super().make_signer(salt)

    def iter_unsigners(self, salt: str | bytes | None = None) -> Any:
        """The one signer: no older ways of signing are accepted."""
        yield self.make_signer(salt)


class Sessions(SecureCookieSessionInterface):
    """Flask's sessions; secret and salt never change while an application runs."""

    def __init__(self, app: Flask) -> None:
        keys = [*(app.config["SECRET_KEY_FALLBACKS"] or ()), app.secret_key]
        kwargs = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        self._serializer = Serializer(
            keys, salt=self.salt, serializer=self.serializer, signer=Signer, signer_kwargs=kwargs
        )

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer of the application it was made for."""
        return self._serializer


def init_app(app: Flask) -> None:
    """Replace Flask's own."""
    app.session_interface = Sessions(app)
