"""Static files under addresses that change with their content, so that browsers may keep them for good."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from flask import Flask, current_app

DIGITS = 12


def init_app(app: Flask) -> None:
    """url_for('static', …) carries the content's digest as ?v=."""
    known: dict[str, tuple[int, str]] = {}

    def version(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint != "static" or "v" in values or "filename" not in values:
            return
        path = os.path.join(current_app.static_folder or "", values["filename"])
        try:
            changed = os.stat(path).st_mtime_ns
        except OSError:
            return
        if path not in known or known[path][0] != changed:
            digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:DIGITS]
            known[path] = (changed, digest)
        values["v"] = known[path][1]

    app.url_defaults(version)
