"""What can be done with a meeting: one function a verb, each one transaction."""

from __future__ import annotations

__all__: list[str] = []
