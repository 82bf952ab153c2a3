"""Wires the web wing into an application, in the order in which a request meets it."""

from __future__ import annotations

from flask import Flask

from hall.extensions import csrf, login_manager
from hall.web import (
    access,
    addresses,
    assets,
    caching,
    drawings,
    errors,
    figures,
    filters,
    forms,
    headers,
    i18n,
    kept,
    links,
    messages,
    nav,
    numbers,
    organiser,
    prefs,
    requests,
    sessions,
    trace,
    unsent,
)


def before_blueprints(app: Flask) -> None:
    """Estate, actor, origin, access, then the CSRF token: who may not do it is told so first."""
    app.config.update(SESSION_REFRESH_EACH_REQUEST=False)
    numbers.init_app(app)
    requests.init_app(app)
    sessions.init_app(app)
    login_manager.init_app(app)
    i18n.init_app(app)
    headers.init_app(app)
    access.init_app(app)
    csrf.init_app(app)
    filters.init_app(app)
    assets.init_app(app)
    drawings.init_app(app)
    figures.init_app(app)
    nav.init_app(app)
    addresses.init_app(app)
    kept.init_app(app)
    links.init_app(app)
    trace.init_app(app)
    forms.init_app(app)
    prefs.init_app(app)
    caching.init_app(app)
    unsent.init_app(app)
    app.jinja_env.globals.update(sentence=messages.sentence, who_clears=organiser.called)


def after_blueprints(app: Flask, storage_errors: tuple[type[Exception], ...] = ()) -> None:
    """Error pages, and the check that every endpoint says who may open it."""
    errors.init_app(app, storage_errors)
    access.require_declarations(app)
