"""Sign-in by phone or user name and password."""

from __future__ import annotations

from flask import Blueprint, render_template

from hall.web.access import public, signed_in

bp = Blueprint("accounts", __name__)


@bp.get("/login")
@public
def login() -> str:
    """Two ways to sign in, and paper."""
    return render_template("accounts/login.html")


@bp.post("/logout")
@public
def logout() -> str:
    """End this session."""
    return render_template("accounts/login.html")


@bp.get("/e/<slug>/me")
@signed_in
def me() -> str:
    """One's own things in an estate."""
    return render_template("accounts/me.html")
