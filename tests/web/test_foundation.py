"""Every page without an estate, and the front door."""

import pytest

from tests import make
from tests.pages import Pages


@pytest.mark.parametrize(
    "url", ["/", "/login", "/help", "/rules", "/who-may", "/privacy", "/accessibility"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("elder", ["0", "1"])
def test_standing_pages(client, url, lang, elder):
    make.estate()
    Pages(client).get(f"{url}?lang={lang}&elder={elder}")
