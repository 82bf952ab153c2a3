"""Forms: they check the shape of what was typed; whether it is true is for the services.

Labels, hints and messages are N_() texts; the macros in _macros/forms.html translate them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form
from wtforms.validators import DataRequired, Length, StopValidation

from hall.errors import Blocker
from hall.web import messages
from hall.web.i18n import gettext


@dataclass(frozen=True, slots=True)
class FormError:
    """One line of the error summary: the field's id (or '' for the form as a whole) and the words."""

    field_id: str
    text: str


class HallForm(Form):
    """A form filled from the posted data; the CSRF token is checked for every post before any view."""

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        posted = (
            request.form if data is None and request.method == "POST" else MultiDict(data or {})
        )
        super().__init__(posted, **kwargs)
        self.refusals: list[FormError] = []

    def refuse(self, blockers: Iterable[Blocker], field: str = "") -> None:
        """Show a service's refusal in the error summary, at a field when one is named."""
        target = self._fields[field].id if field else ""
        self.refusals += [FormError(target, messages.sentence(b)) for b in blockers]

    def refuse_at(
        self, blockers: Iterable[Blocker], fields: Mapping[str, str], otherwise: str = ""
    ) -> None:
        """refuse(), each code at the field named for it."""
        for blocker in blockers:
            self.refuse([blocker], fields.get(blocker.code, otherwise))

    def all_errors(self) -> list[FormError]:
        """Errors in the order of the fields, then refusals."""
        found = [
            FormError(f.id, gettext(str(e))) for f in self for e in f.errors if isinstance(e, str)
        ]
        return found + self.refusals

    def errors_at(self, field: Field) -> list[str]:
        """The words to show at a field: the same as in the summary."""
        return [e.text for e in self.all_errors() if e.field_id == field.id]


def required(message: str) -> DataRequired:
    """Not empty; the message says what to fill in."""
    return DataRequired(message)


def at_most(limit: int, message: str) -> Length:
    """At most limit characters."""
    return Length(max=limit, message=message)


def same_as(other: str, message: str) -> Any:
    """The same text as another field."""

    def check(form: Form, field: Field) -> None:
        if field.data != form[other].data:
            raise StopValidation(message)

    return check


def stripped(text: str | None) -> str:
    """Without white space around; for filters= of text fields."""
    return (text or "").strip()


def csrf_field() -> Markup:
    """The hidden input every posting form carries."""
    # The first while a page is made to be kept; the second once a form of this page has asked.
    return _hidden(g.get("form_token") or g.get("csrf_token") or generate_csrf())


@lru_cache(8)
def _hidden(token: str) -> Markup:
    """A page of a meeting has it three hundred times."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(token)


def init_app(app: Flask) -> None:
    """csrf_field() for templates."""
    app.jinja_env.globals.update(csrf_field=csrf_field)
