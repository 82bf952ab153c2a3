"""Which passwords are refused: too short, too long, too common. No composition rules (ASVS 6.2.5)."""

from __future__ import annotations

import re

from hall.errors import Blocker

MIN_LENGTH = 8
MAX_LENGTH = 128

# What people choose when a form asks for eight signs, world-wide and in China (keyboard walks,
# 520 and 1314 for "love you for ever", pinyin, dates). Compared in lower case.
_COMMON = frozenset(
    """
    12345678 123456789 1234567890 12345678910 0123456789 01234567 012345678 123456780 87654321
    987654321 9876543210 0987654321 098765432 11111111 111111111 1111111111 22222222 33333333
    44444444 55555555 66666666 666666666 6666666666 77777777 88888888 888888888 8888888888
    99999999 999999999 00000000 000000000 0000000000 12341234 43214321 12121212 13131313
    10101010 20202020 11223344 1122334455 112233445566 44332211 11112222 11110000 00001111
    12344321 12345679 123123123 123321123 321321321 123454321 147258369 147852369 159357456
    159753456 963852741 369258147 789456123 741852963 142536475 123698745 14789632 78945612
    12369874 31415926 314159265 3141592653 19491001 20080808 20081212 20121221 20000101
    19800101 19900101 19700101 20010101 13800138000 13888888888 13666666666 12312312
    52013140 52013141 5201314520 13145200 1314520520 15201314 52101314 520131400
    52052052 520520520 5205201314 13145210 13141314 12301230 16881688 88881111
    18181818 18888888 168168168 66668888 88886666 66886688 88668866 68686868 86868686
    password password1 password12 password123 password1234 passw0rd p@ssw0rd p@ssword
    password! password01 passwords mypassword 1password pass1234 pass12345 password2
    qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwer1234 qwer1234. 1234qwer qwerqwer
    1qaz2wsx 1q2w3e4r 1q2w3e4r5t 1qazxsw2 2wsx3edc zaq12wsx qazwsxedc qazwsx123 qazwsx12
    q1w2e3r4 q1w2e3r4t5 asdfghjk asdfghjkl asdf1234 asdfasdf zxcvbnm1 zxcvbnm123 zxcvbnm,
    1234abcd abcd1234 abc12345 abc123456 abc1234567 abc123456789 a1234567 a12345678 a123456789
    a1b2c3d4 aa123456 aa12345678 aa123123 aaa12345 123456aa 12345678a 123456789a 1234567a
    123456abc 123abc123 123qwe123 qwe123456 q1234567 q12345678 q123456789 qq123456 qq123456789
    w123456789 z123456789 zz123456 zxc123456 asd123456 as123456 wang1234 wang123456 zhang123
    zhang123456 li123456 chen123456 liu123456 yang123456 zhao1234 huang123 xiaoming xiaohong
    aaaaaaaa aaaaaaaaa aaaaaaaaaa abcdefgh abcdefghi abcdefg1 abcabcabc abababab qqqqqqqq
    xxxxxxxx zzzzzzzz iloveyou iloveyou1 iloveyou520 ilove520 loveyou520 love1314 love5201314
    woaini123 woaini520 woaini1314 woaini521 woainima woaiwojia woshishui wobuzhidao nihao123
    nihaoma123 aini1314 aini5201314 zhongguo zhongguo1 beijing2008 shanghai chengdu123 sichuan123
    chongqing tiananmen maozedong wodemima mima1234 mima123456 mima12345678 yezhu123 yezhu123456
    wuye1234 wuye123456 xiaoqu123 yeweihui yeweihui123 admin123 admin1234 admin12345 admin123456
    adminadmin administrator admin888 admin666 root1234 root123456 test1234 test123456 testtest
    guest123 user1234 user123456 welcome1 welcome123 letmein1 letmein123 football baseball
    basketball superman superman1 sunshine princess princess1 starwars trustno1 whatever computer
    internet michelle jennifer dragon123 monkey123 master123 shadow123 charlie1 liverpool
    changeme changeme1 changeme123 secret123 default1 huawei123 xiaomi123 wechat123 weixin123
    alibaba1 taobao123 qq12345678 company1 woaini1314520 loveme123 happy123 happy1234 lovelove
    """.split()  # noqa: SIM905 (a block of words reads better than a list of strings)
)
_RUN = re.compile(r"^(.)\1+$")


def password_blockers(password: str, *, login: str) -> tuple[Blocker, ...]:
    """Every reason why this may not be the password of this login."""
    found = []
    if len(password) < MIN_LENGTH:
        found.append(Blocker("password_too_short", {"least": MIN_LENGTH}))
    if len(password) > MAX_LENGTH:
        found.append(Blocker("password_too_long", {"most": MAX_LENGTH}))
    folded = password.casefold()
    if folded in _COMMON or _RUN.match(folded):
        found.append(Blocker("password_too_common"))
    if login and folded in (login, login[::-1]):
        found.append(Blocker("password_is_login"))
    return tuple(found)
