"""Who owns, out of the cells where committees write it: several names in one cell, shares, remarks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hall.roll.rules.figures import looks_like_date, read_shares
from hall.roll.rules.text import compact, has_invisible, tidy, without_id_numbers

_MISSING = frozenset(
    ("", "无", "空", "暂无", "未知", "不详", "待查", "待核实", "待核", "未登记", "空置", "空户")
) | frozenset(("-", "--", "—", "/", "?", "NULL", "N/A", "NONE", "业主"))
_UNSOLD = re.compile(r"(?:开发商|建设单位)?(?:未售|未出售|待售|未销售|尾盘|库存)房?")
_UNDELIVERED = re.compile(r"未交付|未交房|已售未交|未接房")
_DEVELOPER = re.compile(r"开发商|建设单位|开发公司")
_DECEASED = re.compile(r"已故|去世|过世|死亡|亡故|病故|^故$|^亡$")
_AND_MORE = re.compile(r"等([0-9一二三四五六七八九十]*)(?:人|户)?$")
_COUPLE = re.compile(r"夫妇|夫妻")
_JOINT = re.compile(r"夫妻共有|共同共有|按份共有|共同所有|夫妻双方|夫妇|夫妻|共有")
_SHARE = re.compile(
    r"(?:各占?|占)?(?:[0-9]{1,3}(?:\.[0-9]+)?%|[0-9]{1,4}[/\u2044][0-9]{1,4}|[一二两三四五六七八九十]分之[一二两三四五六七八九十])"
)
_HARMLESS = re.compile(
    r"^(?:业主|产权人|户主|共有人|本人|男|女|配偶|之?妻|之?夫|子|女儿|儿子|父|母|父子|母子|母女|父女|"
    r"未成年|法人|法定代表人.*|监护人.*|代理人?.*|代|单独所有|已售|自住|出租|租户.*|党员)?$"
)
_COMPANY = re.compile(r"公司|集团|银行|信用社|合作社|委员会|有限|Ltd|LTD|Inc|LLC")
_COMPANY_END = re.compile(
    r"(?:厂|中心|学校|医院|局|协会|基金会|事务所|商行|工作室|经营部|大队|支队|地质队|机关|办事处)$"
)
_SEPARATOR = re.compile(r"[、,;/|\n&+]")
_MOBILE = re.compile(r"(?<![0-9])1[0-9]{10}(?![0-9])")  # a number written behind the name
_BRACKETS = re.compile(r"\(([^()]*)\)?|\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Holder:
    """One owner as written: phone "" when none; kind natural|company|developer; share or None."""

    name: str
    phone: str = ""
    kind: str = "natural"
    share: Fraction | None = None


@dataclass(slots=True)
class Owners:
    """The owners in one row. why: problem code for which the set is not proven, "" when it is.

    status: unsold or undelivered when the owner cell itself says so; notes: (code, value) to warn
    of; joined: 张 三 was read as 张三; joint: the cell says 共有 or gives shares.
    """

    holders: tuple[Holder, ...] = ()
    why: str = ""
    status: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    joined: bool = False
    joint: bool = False


def is_company(name: str) -> bool:
    """Whether a name is that of an organisation rather than of a person."""
    plain = compact(name)
    return bool(_COMPANY.search(plain)) or (len(plain) >= 5 and bool(_COMPANY_END.search(plain)))


def read_owners(texts: Sequence[str], shares: str = "", phones: Sequence[str] = ()) -> Owners:
    """Owners from the owner cell(s), the share cell and the telephone numbers of one row."""
    owners = Owners()
    raw = "\n".join(t for t in texts if t.strip())
    if has_invisible(raw):
        owners.notes.append(("invisible_characters", _show(raw)))
    written = "、".join(tidy(line) for line in raw.splitlines() if line.strip())
    written = without_id_numbers(written).replace("…", " ").strip()
    plain = _MOBILE.sub(" ", written).strip()
    phones = phones or _MOBILE.findall(written)
    if looks_like_date(plain) or (written and not plain):
        owners.notes.append(("owner_not_a_name", _show(written)))
        owners.why = "owner_missing"
        return owners
    if compact(plain).upper() in _MISSING:
        owners.why = "owner_missing"
        return owners
    _read_status(compact(plain), owners)
    names: list[tuple[str, list[Fraction]]] = []
    unnamed = False
    for piece in _pieces(plain):
        unnamed |= _read_piece(piece, names, owners)
    if _COUPLE.search(plain + shares) and len(names) == 1:
        unnamed = True
    kinds = [_kind(name, plain, owners.status) for name, _ in names]
    holders = [Holder(name, kind=kind) for (name, _), kind in zip(names, kinds, strict=True)]
    holders = _with_phones(holders, phones)
    owners.holders = _distinct(_with_shares(holders, names, plain, shares, owners))
    owners.joint |= bool(_JOINT.search(plain + shares)) or any(h.share for h in owners.holders)
    if not owners.holders and not owners.status:
        owners.why = owners.why or "owner_missing"
    elif unnamed and not owners.why:
        owners.why = "co_owners_not_named"
    return owners


def _read_status(plain: str, owners: Owners) -> None:
    if _UNDELIVERED.search(plain):
        owners.status = "undelivered"
    elif _UNSOLD.search(plain) or _DEVELOPER.search(plain):
        owners.status = "unsold"


def _pieces(plain: str) -> list[str]:
    """Cut at separators outside brackets; the stroke of a fraction is none."""
    plain = re.sub(r"(?<=[0-9])/(?=[0-9])", "\u2044", plain)
    pieces, depth, current = [], 0, ""
    for char in plain:
        depth += (char in "([") - (char in ")]" and depth > 0)
        if depth == 0 and _SEPARATOR.match(char):
            pieces.append(current)
            current = ""
        else:
            current += char
    return [p for p in (*pieces, current) if p.strip()]


def _read_piece(piece: str, names: list[tuple[str, list[Fraction]]], owners: Owners) -> bool:
    """Names of one piece into names; whether it says that there are owners it does not name."""
    shares = [share for part in _SHARE.findall(piece) for share in read_shares(part)]
    unnamed = False
    for match in _BRACKETS.finditer(piece):
        _read_remark(compact(match[1] or match[2] or ""), owners)
    base = _BRACKETS.sub(" ", piece)
    base = _SHARE.sub(" ", base)
    base = _JOINT.sub(" ", base)
    more = _AND_MORE.search(base.strip())
    if more and len(base.strip()) > len(more.group()):
        base = base.strip()[: more.start()]
        unnamed = True
    for word in (_UNSOLD, _UNDELIVERED):
        base = word.sub(" ", base)
    if _DECEASED.search(compact(base)):
        owners.why = "owner_deceased"
        base = _DECEASED.sub(" ", base)
    found = _names(base, owners)
    for index, name in enumerate(found):
        names.append((name, shares if index == len(found) - 1 else []))
    if not found and shares and names:
        names[-1] = (names[-1][0], names[-1][1] + shares)  # 张三、李四、各50%
    return unnamed


def _read_remark(remark: str, owners: Owners) -> None:
    if _DECEASED.search(remark):
        owners.why = "owner_deceased"
        return
    rest = _SHARE.sub("", _JOINT.sub("", remark)).strip("各,、:")
    for known in (_UNSOLD, _UNDELIVERED, _DEVELOPER):
        rest = known.sub("", rest)
    if not _HARMLESS.match(rest):
        owners.notes.append(("name_remark_ignored", _show(remark)))


def _names(base: str, owners: Owners) -> list[str]:
    """Names between spaces; 张 三 is one name, John Smith too, 张三 李四 are two."""
    tokens = base.split()
    if not tokens:
        return []
    if is_company(tokens[-1]):  # spaces inside an organisation's name
        tokens = ["".join(tokens) if not tokens[0].isascii() else " ".join(tokens)]
    merged = _merged(tokens)
    owners.joined |= len(merged) < len(tokens) and not merged[0].isascii()
    kept = []
    for name in merged:
        if name in _MISSING or _DEVELOPER.fullmatch(name):
            continue
        if looks_like_date(name) or re.fullmatch(r"[0-9.\-]+", name):
            owners.notes.append(("owner_not_a_name", _show(name)))
            continue
        if any(unicodedata.category(c)[0] not in "LMNPZ" for c in name):
            owners.notes.append(("odd_characters", _show(name)))
        kept.append(name)
    return kept


def _merged(tokens: Sequence[str]) -> list[str]:
    """A single character is half a name: 张 三, 张 三丰 and 欧阳 明 are one person each."""
    sizes = [len(token) for token in tokens]
    if sizes in ([2, 1], [1, 1, 1]):
        return ["".join(tokens)]
    merged: list[str] = []
    for token in tokens:
        previous = merged[-1] if merged else ""
        if previous and token.isascii() and previous.isascii():
            merged[-1] = f"{previous} {token}"
        elif len(previous) == 1 and len(token) <= 2 and not token.isascii():
            merged[-1] = previous + token
        else:
            merged.append(token)
    return merged


def _kind(name: str, plain: str, status: str) -> str:
    if not is_company(name):
        return "natural"
    if _DEVELOPER.search(compact(plain)) or status == "unsold":
        return "developer"
    return "company"


def _with_phones(holders: list[Holder], phones: Sequence[str]) -> list[Holder]:
    """One number each when there are as many; otherwise the first number is the first owner's."""
    if len(phones) == len(holders):
        return [replace(h, phone=p) for h, p in zip(holders, phones, strict=True)]
    if phones and holders:
        return [replace(holders[0], phone=phones[0]), *holders[1:]]
    return holders


def _with_shares(
    holders: list[Holder],
    names: list[tuple[str, list[Fraction]]],
    plain: str,
    share_text: str,
    owners: Owners,
) -> list[Holder]:
    found = [share for _, shares in names for share in shares]
    column = compact(share_text)
    if not found and column:
        found = list(read_shares(column))
        if not found and not _JOINT.search(column) and re.search("[0-9]", column):
            owners.notes.append(("share_unreadable", _show(share_text)))
    if not found or not holders:
        return holders
    if len(found) == 1 and ("各" in plain or "各" in column):
        found = found * len(holders)
    if len(found) != len(holders):
        owners.notes.append(("share_unreadable", _show(share_text or plain)))
        return holders
    if any(share <= 0 for share in found) or sum(found) > 1:
        owners.notes.append(("shares_do_not_add_up", _show(share_text or plain)))
        return holders
    return [replace(h, share=share) for h, share in zip(holders, found, strict=True)]


def _distinct(holders: list[Holder]) -> tuple[Holder, ...]:
    kept: dict[tuple[str, str], Holder] = {}
    for holder in holders:
        kept.setdefault((holder.name, holder.phone), holder)
    with_phone = {name for name, phone in kept if phone}
    return tuple(h for h in kept.values() if h.phone or h.name not in with_phone)


def _show(text: str) -> str:
    """A value short enough to print, its invisible characters shown as ·."""
    plain = without_id_numbers(" ".join(text.split()))
    return "".join("·" if has_invisible(c) else c for c in plain)[:40]
