"""Numbers in addresses: as long as an object's number can be, else there is no such page."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import converters


class IntegerConverter(converters.IntegerConverter):
    """A whole number of at most nine digits; longer ones no database has."""

    regex = r"\d{1,9}"


def init_app(app: Flask) -> None:
    """Every <int:…> of a rule. Before the blueprints."""
    app.url_map.converters["int"] = IntegerConverter
