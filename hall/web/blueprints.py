"""The list of everything that answers a URL."""

from __future__ import annotations

from flask import Blueprint

from hall.web import (
    accounts,
    actions,
    archive,
    ballots,
    bodies,
    desk,
    files,
    home,
    meetings,
    notices,
    pages,
    positions,
    prefs,
    proposals,
    resolutions,
    roll,
    threads,
)

ALL: tuple[Blueprint, ...] = (
    home.bp,
    accounts.bp,
    prefs.bp,
    pages.bp,
    ballots.bp,
    resolutions.bp,
    roll.bp,
    desk.bp,
    meetings.bp,
    files.bp,
    threads.bp,
    actions.bp,
    bodies.bp,
    positions.bp,
    proposals.bp,
    archive.bp,
    notices.bp,
)
