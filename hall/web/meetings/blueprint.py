"""The blueprint of meetings, and what all its pages share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("meetings", __name__)
