"""A file is served so that it can do no harm, to whoever has its whole address."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

import pytest

from hall.files import queries, service
from hall.permissions import Role
from tests import make
from tests.files import hostile
from tests.pages import sign_in


@pytest.fixture
def photo(app, now):
    e = make.estate()
    actor = make.actor(e.id, Role.RESIDENT)
    data = hostile.image("JPEG")
    return queries.get(service.hand_in(actor, e.id, "东门 1.jpg", data, now=now))


def address(row, name=None):
    return f"/files/{row.id}/{quote(name or row.name)}"


def test_a_picture_is_shown_and_kept(client, photo, now):
    sign_in(client, make.account().id, now)
    response = client.get(address(photo))
    headers = response.headers
    assert (response.status_code, response.mimetype) == (200, "image/jpeg")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["Content-Disposition"] == f"inline; filename*=UTF-8''{quote('东门 1.jpg')}"
    assert hashlib.sha256(response.data).hexdigest() == photo.digest
    again = client.get(address(photo), headers={"If-None-Match": headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_paper_is_downloaded(app, client, now):
    e = make.estate()
    actor = make.actor(e.id, Role.CHAIR)
    row = queries.get(service.hand_in(actor, e.id, "合同.pdf", hostile.pdf(), now=now))
    response = client.get(address(row))
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment;")


def test_half_an_address_is_none(client, photo):
    for url in (
        address(photo, "other.jpg"),
        f"/files/{photo.id + 1}/{quote(photo.name)}",
        f"/files/{photo.id}/",
        f"/files/{photo.id}",
    ):
        assert client.get(url).status_code == 404
