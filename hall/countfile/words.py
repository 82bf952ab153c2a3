"""The words a count workbook is written in, Chinese and English, and what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

SHEETS = {
    "info": ("说明", "info"),
    "questions": ("题目", "questions"),
    "roll": ("名册", "roll"),
    "sheets": ("票", "sheets"),
    "totals": ("合计", "totals"),
}
INFO = {
    "estate": ("小区", "estate"),
    "title": ("标题", "title"),
    "number": ("文号", "number"),
    "kind": ("性质", "kind"),
    "matter": ("事项", "matter"),
    "scope": ("范围", "scope"),
    "date": ("日期", "date"),
    "opens_at": ("开始时间", "opens at"),
    "closes_at": ("截止时间", "closes at"),
    "heads": ("总人数", "total heads"),
    "area_m2": ("总面积", "total area"),
    "preset": ("规则", "rules"),
    "invalid_marks": ("废票处理", "invalid marks"),
    "nonreturn": ("未交票处理", "unreturned sheets"),
    "duplicate": ("重复票处理", "duplicate sheets"),
    "election_tiebreak": ("选举排名", "election ranking"),
    "ruleset": ("规则全文", "rule set"),
}
QUESTIONS = {
    "key": ("题号", "question"),
    "text": ("题目", "text"),
    "method": ("方式", "method"),
    "seats": ("名额", "seats"),
    "option": ("选项代号", "option key"),
    "label": ("选项", "option"),
}
ROLL = {
    "id": ("编号", "entry"),
    "owner": ("业主", "owner"),
    "heads": ("人数", "heads"),
    "area_m2": ("面积", "area"),
    "group": ("楼栋", "building"),
    "representative": ("推举代表", "representative"),
    "contested": ("有争议", "contested"),
    "delivered": ("已送达", "delivered"),
}
VOTES = {
    "id": ("票号", "sheet"),
    "entry": ("编号", "entry"),
    "channel": ("方式", "channel"),
    "received_at": ("收到时间", "received at"),
    "seq": ("顺序", "order"),
    "signer": ("签署人", "signer"),
    "owner": ("代表业主", "for owner"),
    "flaw": ("问题", "flaw"),
    "disputed": ("待裁定", "disputed"),
}
TOTALS = {
    "key": ("题号", "question"),
    "option": ("选项", "option"),
    "channel": ("方式", "channel"),
    "heads": ("人数", "heads"),
    "area_m2": ("面积", "area"),
    "clause_no": ("条款", "clause"),
}
VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "kind": {
        "statutory": ("业主共同决定", "statutory"),
        "advisory": ("意见征集", "advisory"),
    },
    "method": {
        "motion": ("赞成反对", "motion"),
        "single": ("单选", "single"),
        "approval": ("多选", "approval"),
        "election": ("选举", "election"),
    },
    "channel": {"online": ("线上", "online"), "paper": ("纸质", "paper")},
    "flag": {"true": ("是", "有", "yes", "true"), "false": ("否", "无", "no", "false")},
    "flaw": {
        "identity_invalid": ("身份不符", "identity_invalid"),
        "late": ("逾期", "late"),
    },
    "invalid_marks": {
        "NOT_PARTICIPATING": ("不计入参与", "NOT_PARTICIPATING"),
        "AS_ABSTAIN": ("视为弃权", "AS_ABSTAIN"),
    },
    "nonreturn": {
        "NOT_PARTICIPATING": ("不计入参与", "NOT_PARTICIPATING"),
        "FOLLOW_MAJORITY": ("视同多数", "FOLLOW_MAJORITY"),
        "ABSTAIN": ("视为弃权", "ABSTAIN"),
    },
    "duplicate": {
        "FIRST_VALID_WINS": ("先到为准", "FIRST_VALID_WINS"),
        "PAPER_PREVAILS": ("纸质为准", "PAPER_PREVAILS"),
        "ONLINE_PREVAILS": ("线上为准", "ONLINE_PREVAILS"),
    },
    "mark": {
        "for": ("赞成", "同意", "for"),
        "against": ("反对", "不同意", "against"),
        "abstain": ("弃权", "abstain"),
        "none": ("都不同意", "none"),
        "unreadable": ("无法辨认", "unreadable"),
    },
    "tiebreak": {
        "HEADS": ("人数", "HEADS"),
        "AREA": ("面积", "AREA"),
        "RUNOFF": ("再次投票", "RUNOFF"),
    },
    # Rows of 合计 that are no option.
    "row": {
        "participating": ("参与", "participating"),
        "invalid": ("废票", "invalid"),
        "no_invalid": ("没有废票", "no invalid"),
        "deemed": ("视同多数", "deemed"),
        "deemed_abstain": ("视为弃权", "deemed abstain"),
    },
    "reason": {
        "blank": ("空白", "blank"),
        "unreadable": ("无法辨认", "unreadable"),
        "too_many": ("多选", "too_many"),
        "contradictory": ("自相矛盾", "contradictory"),
        "unknown_choice": ("选项不符", "unknown_choice"),
    },
}
_UNIT = re.compile(r"\((㎡|m2|m²|平方米|平米|人|户)\)$|(㎡|m2|m²|平方米|平米)$")


def folded(text: str) -> str:
    """A word without what writing habits add: width, case, spaces, a unit in brackets."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    return _UNIT.sub("", re.sub(r"\s+", " ", plain)).strip(" :*")


def column_of(words: Mapping[str, tuple[str, ...]], header: str) -> str | None:
    """Which field a header names, None for an unknown one."""
    plain = folded(header)
    for key, names in words.items():
        if plain in map(folded, names) or plain == key:
            return key
    return None


def meaning(kind: str, text: str) -> str:
    """What a word of a closed list means; the word itself when it is none of them."""
    found = column_of(VALUES[kind], text)
    return text.strip() if found is None else found


def chinese(kind: str, code: str) -> str:
    """The Chinese word for a code of a closed list, the code itself when there is none."""
    words = VALUES[kind].get(code)
    return words[0] if words else code
