"""Sentences of the desk: rules of an estate, legal reach, posts."""

from __future__ import annotations

from hall.web.i18n import N_

SENTENCES = {
    # rules of an estate
    "same_person": N_("起草的人不能自己确认，要由另一位来。"),
    # legal reach
    "confirmation_without_day": N_("写了街道的答复，还要写答复日期。"),
    "confirmation_in_future": N_("答复日期还没到，请核对。"),
    # posts
    "term_begin_missing": N_("请写上从哪天起。"),
    "term_end_missing": N_("请写上哪天起不再任职。"),
    # running
    "new_close_missing": N_("请写上新的截止时间。"),
}
