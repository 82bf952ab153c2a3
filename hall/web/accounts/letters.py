"""The household letter: its code shows the flat, two facts of the roll prove the owner.

The code travels in forms only, never in an address; the letter's QR opens the page and no more.
"""

from __future__ import annotations

from typing import cast

from flask import Response, make_response, redirect, render_template, request, url_for

from hall import clock
from hall.errors import Blocker, Refused
from hall.roll import service as roll
from hall.roll.service import LetterRow
from hall.web import messages
from hall.web.access import current_actor, current_estate, public
from hall.web.accounts.forms import ClaimForm, CodeForm, FactsForm
from hall.web.accounts.views import (
    UNPROCESSABLE,
    after_sign_in,
    bp,
    client_address,
    estate_meant,
    next_page,
)

# Where a refusal of claim() is shown; whatever else it says stands on top.
AT_FIELD = {
    "facts_wrong": "holder_name",
    "phone_tail_format": "phone_tail",
    "person_has_account": "login",
    "name_missing": "holder_name",
    "login_format": "login",
    "login_taken": "login",
    "password_too_short": "password",
    "password_too_long": "password",
    "password_too_common": "password",
    "password_is_login": "password",
}
ABOUT_CODE = frozenset({"code_format", "code_unknown"})


@bp.get("/l/<slug>")
@public
def letter_qr() -> Response:
    """Where the QR of a letter leads: the page for the code, of that estate."""
    home = url_for("home.estate", slug=current_estate().slug)
    return cast(Response, redirect(url_for("accounts.login_code", next=home), 303))


@bp.get("/login/code")
@public
def login_code() -> Response:
    """The code in the letter."""
    return _code_page(CodeForm(), 200)


@bp.post("/login/code")
@public
def login_code_post() -> Response:
    """First the flat the code was written for, then the proof."""
    form = CodeForm()
    if not form.validate():
        return _code_page(form, UNPROCESSABLE)
    try:
        letter = roll.find_letter(form.code.data or "", client=client_address(), now=clock.now())
    except Refused as error:
        form.refuse(error.blockers, "code")
        return _code_page(form, _status(error.blockers))
    if request.form.get("step") != "claim":
        return _claim_page(letter, form, _facts_form(data={}), 200)
    return _claim(letter, form)


def _facts_form(data: dict[str, str] | None = None) -> FactsForm:
    kind = FactsForm if current_actor().signed_in else ClaimForm
    return kind(data=data)


def _claim(letter: LetterRow, code_form: CodeForm) -> Response:
    form = _facts_form()
    if not form.validate():
        return _claim_page(letter, code_form, form, UNPROCESSABLE)
    actor, now = current_actor(), clock.now()
    text, name, tail = code_form.code.data, form.holder_name.data, form.phone_tail.data
    home = next_page() or url_for("home.estate", slug=letter.estate_slug)
    try:
        if not isinstance(form, ClaimForm):
            roll.claim_more(
                actor, text, holder_name=name, phone_tail=tail, client=client_address(), now=now
            )
            return cast(Response, redirect(home, 303))
        session = roll.claim(
            text,
            holder_name=name,
            phone_tail=tail,
            login=form.login.data,
            password=form.password.data,
            client=client_address(),
            user_agent=request.user_agent.string,
            now=now,
        )
    except Refused as error:
        if any(b.code in ABOUT_CODE for b in error.blockers):
            code_form.refuse(error.blockers, "code")
            return _code_page(code_form, _status(error.blockers))
        form.refuse_at(error.blockers, {c: f for c, f in AT_FIELD.items() if f in form})
        return _claim_page(letter, code_form, form, _status(error.blockers))
    return after_sign_in(session, now, home)


def _status(blockers: tuple[Blocker, ...]) -> int:
    found = messages.status(blockers)
    return found if found == 429 else UNPROCESSABLE


def _code_page(form: CodeForm, status: int) -> Response:
    html = render_template("accounts/code.html", form=form, next=next_page(), estate=estate_meant())
    return make_response(html, status)


def _claim_page(letter: LetterRow, code_form: CodeForm, form: FactsForm, status: int) -> Response:
    html = render_template(
        "accounts/claim.html",
        letter=letter,
        code=code_form.code.data,
        form=form,
        new=isinstance(form, ClaimForm),
        next=next_page(),
    )
    return make_response(html, status)
