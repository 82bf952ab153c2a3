"""The blueprint of the roll."""

from flask import Blueprint

bp = Blueprint("roll", __name__)
