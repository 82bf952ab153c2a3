"""Tells the actions' pages which document an action came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from flask import url_for

from hall.resolutions import queries
from hall.web.actions.blueprint import Source, source
from hall.web.i18n import gettext


@source
def documents(ids: Collection[int]) -> Mapping[int, Source]:
    """The document behind each action that has one; one query."""
    return {
        i: Source(
            card.title, url_for("resolutions.show", docno=card.docno), gettext("公示"), card.number
        )
        for i, card in queries.of_actions(ids).items()
    }
