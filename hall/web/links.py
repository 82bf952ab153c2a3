"""Links between pages of a matter, and where one came from."""

from __future__ import annotations

from flask import current_app, url_for


def address(endpoint: str, **values: int | str) -> str:
    """The address of a page, or '' when this installation has no such page."""
    if endpoint not in current_app.view_functions:
        return ""
    return url_for(endpoint, **values)  # type: ignore[arg-type]
