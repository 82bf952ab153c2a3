"""Passwords cost next to nothing in these tests."""

import pytest

from hall.people import service as people


@pytest.fixture(autouse=True, scope="session")
def cheap_passwords():
    people.use_cheap_hasher()
