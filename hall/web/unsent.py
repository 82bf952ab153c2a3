"""Nothing typed is lost: what a refusal's page does not show again is put at its end to be copied.

A form is gone when the matter has moved on since it was opened; its words must not go with it.
"""

from __future__ import annotations

import re
from html import unescape

from flask import Flask, Response, render_template, request

from hall.web.headers import SAFE_METHODS
from hall.web.resume import typed_fields

_STATUS = frozenset({409, 422})
_CODE = re.compile(r"[\w.:+-]{0,80}", re.ASCII)  # ids, days and choices: nobody wrote those
_END = "</main>"


def missing_from(page: str) -> list[str]:
    """The posted texts that a page does not hold, each once, in the order of the form."""
    shown = _even(unescape(page))
    texts = (v.strip() for k, v in typed_fields() if not k.startswith("_"))
    return [t for t in dict.fromkeys(texts) if not _CODE.fullmatch(t) and _even(t) not in shown]


def _even(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _add(response: Response) -> Response:
    if (
        response.status_code in _STATUS
        and request.method not in SAFE_METHODS
        and response.mimetype == "text/html"
        and not response.direct_passthrough
    ):
        page = response.get_data(as_text=True)
        texts = missing_from(page)
        if texts and _END in page:
            before, _, after = page.rpartition(_END)
            kept = render_template("errors/_unsent.html", texts=texts)
            response.set_data(f"{before}{kept}{_END}{after}")
    return response


def init_app(app: Flask) -> None:
    """After every view."""
    app.after_request(_add)
