"""What comes in over the wire, less what no text has: controls that no database keeps or page shows."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from hall.errors import NotFound

# NUL, bells and escapes, halves of characters; tabs and line ends stay.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _line(found: re.Match[str]) -> str:
    return "\n" if found[0] in "\x0b\x0c" else ""  # a word processor's line and page breaks


def cleaned(values: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """Every value without control signs."""
    return ImmutableMultiDict(
        [(k, _CONTROLS.sub(_line, v)) for k, each in values.lists() for v in each]
    )


class HallRequest(Request):
    """A request whose form and query hold no control signs."""

    def _load_form_data(self) -> None:
        loaded = "form" in self.__dict__
        super()._load_form_data()
        if not loaded:
            self.__dict__["form"] = cleaned(self.__dict__["form"])

    @cached_property
    def args(self) -> Any:
        """The query of the address."""
        return cleaned(super().args)


def asked(name: str) -> str | None:
    """A value of the address's query; most addresses have none at all."""
    return request.args.get(name) if request.query_string else None


def cookie(name: str) -> str | None:
    """A cookie's value; the library's get() raises and catches an error for each that is missing."""
    return request.cookies[name] if name in request.cookies else None  # noqa: SIM401


def _refuse_path(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if _CONTROLS.search(request.path):
        raise NotFound


def init_app(app: Flask) -> None:
    """Before anything reads a request."""
    app.request_class = HallRequest
    app.url_value_preprocessor(_refuse_path)
