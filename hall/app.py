"""create_app: the only place where things are wired."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from jinja2.bccache import Bucket
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import configure_mappers
from werkzeug.middleware.proxy_fix import ProxyFix

from hall import models_registry  # noqa: F401  (tables must be known before the schema is used)
from hall.db import base as db_base
from hall.db import keeping
from hall.settings import Settings, load_settings
from hall.web import blueprints, i18n, install

# A file of 5 MiB (hall.files) and the words around it.
MAX_UPLOAD_BYTES = 6 * 1024 * 1024
# What the database layer raises when it cannot answer; pages then say that nothing was recorded.
STORAGE_ERRORS: tuple[type[Exception], ...] = (OperationalError, InterfaceError, PoolTimeout)


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates kept in the instance folder, so that a start does not compile them again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it; a disk that is full or read-only costs time, never a page."""
        with suppress(OSError):
            Path(self.directory).mkdir(mode=0o700, exist_ok=True)
            super().dump_bytecode(bucket)


class Hall(Flask):
    """Flask with a connection kept through a request; its functions are never coroutines."""

    def ensure_sync(self, func: Any) -> Any:
        """The function itself: Flask would look at each of a dozen, at every request."""
        return func

    def wsgi_app(self, environ: Any, start_response: Any) -> Any:
        """A request's plain statements share one connection."""
        with keeping():
            return super().wsgi_app(environ, start_response)


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Raises RuntimeError when an endpoint declares no access."""
    settings = settings or load_settings()
    assets = settings.assets
    app = Hall(
        "hall",
        template_folder=str(assets / "templates"),
        static_folder=str(assets / "static"),
        instance_path=str(Path(settings.instance).resolve()),
    )
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=db_base.engine_options(settings.database_url),
        TESTING=settings.testing,
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        MAX_FORM_PARTS=2000,
        SESSION_COOKIE_NAME="__Host-hall" if settings.https else "hall",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME="https" if settings.https else "http",
        WTF_CSRF_TIME_LIMIT=None,  # the one-hour default loses elders' ballots
        SEND_FILE_MAX_AGE_DEFAULT=86400,
        HALL_PUBLIC_URL=settings.public_url.rstrip("/"),
        HALL_HTTPS=settings.https,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if not settings.testing:
        app.jinja_env.bytecode_cache = CompiledTemplates(str(Path(app.instance_path) / "templates"))
    if settings.proxies:
        n = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    db_base.init_app(app)
    install.before_blueprints(app)
    for blueprint in blueprints.ALL:
        app.register_blueprint(blueprint)
    install.after_blueprints(app, STORAGE_ERRORS)
    return app


def warm() -> None:
    """Do once, before the workers are forked, what each of them would do at its first page."""
    configure_mappers()
    for language in i18n.LANGUAGES:
        i18n.catalog(language)
