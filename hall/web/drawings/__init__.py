"""Pictures as inline SVG: made on the server, without style attributes, each saying in words what it shows."""

from __future__ import annotations

from flask import Flask

from hall.web.drawings.charts import bar, hatch, pace
from hall.web.drawings.icons import body_sign, doc_icon, houses, icon, letter_hint, mark, ridge
from hall.web.drawings.qr import qr
from hall.web.drawings.street import Block, Spot, home_building, street

__all__ = [
    "Block",
    "Spot",
    "bar",
    "body_sign",
    "doc_icon",
    "hatch",
    "home_building",
    "houses",
    "icon",
    "letter_hint",
    "mark",
    "pace",
    "qr",
    "ridge",
    "street",
]


def init_app(app: Flask) -> None:
    """Every drawing is a template global."""
    app.jinja_env.globals.update(
        icon=icon,
        body_sign=body_sign,
        mark=mark,
        houses=houses,
        doc_icon=doc_icon,
        letter_hint=letter_hint,
        ridge=ridge,
        bar=bar,
        hatch=hatch,
        pace=pace,
        qr=qr,
        street=street,
        home_building=home_building,
    )
