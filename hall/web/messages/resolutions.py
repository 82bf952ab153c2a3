"""Sentences of the resolutions room."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    "reason_missing": N_("请写明为什么更正，所有人都看得到。"),
    "nothing_to_correct": N_("和上一版一样，没有可更正的。先重新计票，或者改决定事项。"),
}
