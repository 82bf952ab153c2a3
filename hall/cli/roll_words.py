"""What 'hall roll check' says of a file: the sentences of the pages, in Chinese or English.

The pages are imported where a sentence is due: every command of this folder loads this module.
"""

from __future__ import annotations

from collections.abc import Mapping

from hall.areas import format_m2

ZH = "zh"
# Said by no page: a page gets its file whole.
_CANNOT_OPEN = {ZH: "打不开这个文件：%(reason)s。", "en": "The file cannot be opened: %(reason)s."}


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "—"


def refused(code: str, facts: Mapping[str, object], lang: str = ZH) -> str:
    """Why a file is not read at all; an unknown code stands for itself."""
    from hall.web.messages.roll import FILES

    own = _CANNOT_OPEN[lang] if code == "cannot_open" else FILES.get(code, code)
    return _said(own, facts, lang)


def problem(code: str, facts: Mapping[str, object], lang: str = ZH) -> str:
    """What is wrong and what to do about it."""
    from hall.web.messages.roll import PROBLEMS

    parts = [_said(text, facts, lang) for text in PROBLEMS.get(code, (code, "")) if text]
    return ("" if lang == ZH else " ").join(parts)


def _said(message: str, facts: Mapping[str, object], lang: str) -> str:
    from hall.web.i18n import catalog

    found = message if lang == ZH else catalog(lang).get(message, message)
    text = found if isinstance(found, str) else found[-1]
    return text % _Facts({name: _fact(name, value, lang) for name, value in facts.items()})


def _fact(name: str, value: object, lang: str) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return format_m2(value, group=True) if name.endswith("_cm2") else f"{value:,}"
    if isinstance(value, (list, tuple, set, frozenset)):
        return ("、" if lang == ZH else ", ").join(_fact(name, v, lang) for v in value)
    return str(value)
