"""Forms of signing in; they check shape only."""

from __future__ import annotations

from wtforms import PasswordField, StringField

from hall.web.forms import HallForm, at_most, required, same_as, stripped
from hall.web.i18n import N_

LONGEST = 200
_TOO_LONG = N_("太长了，请看看是不是贴错了")


class LoginForm(HallForm):
    """Phone or user name, and password."""

    login = StringField(
        N_("手机号或用户名"),
        [required(N_("请填手机号或用户名")), at_most(60, _TOO_LONG)],
        filters=[stripped],
    )
    password = PasswordField(N_("密码"), [required(N_("请填密码")), at_most(LONGEST, _TOO_LONG)])


class CodeForm(HallForm):
    """The code in the letter."""

    code = StringField(
        N_("16 位登录码"),
        [required(N_("请填信上的码")), at_most(60, _TOO_LONG)],
        filters=[stripped],
    )


class FactsForm(HallForm):
    """Two facts of the register besides the code; all that is asked of somebody signed in."""

    holder_name = StringField(
        N_("业主姓名"),
        [required(N_("请填业主姓名，照产权证写")), at_most(60, _TOO_LONG)],
        filters=[stripped],
    )
    phone_tail = StringField(
        N_("登记手机号的末四位"),
        [required(N_("请填登记手机号的末四位")), at_most(8, N_("只填末四位"))],
        filters=[stripped],
    )


class ClaimForm(FactsForm):
    """The facts, and the login and password to use from now on."""

    login = StringField(
        N_("以后用什么登录"),
        [required(N_("请填手机号，或者起一个用户名")), at_most(60, _TOO_LONG)],
        filters=[stripped],
    )
    password = PasswordField(
        N_("设一个密码"), [required(N_("请设一个密码")), at_most(LONGEST, _TOO_LONG)]
    )


class PasswordForm(HallForm):
    """Old password, and the new one twice."""

    old = PasswordField(
        N_("现在的密码"), [required(N_("请填现在的密码")), at_most(LONGEST, _TOO_LONG)]
    )
    new = PasswordField(N_("新密码"), [required(N_("请填新密码")), at_most(LONGEST, _TOO_LONG)])
    again = PasswordField(
        N_("新密码再填一遍"),
        [required(N_("请把新密码再填一遍")), same_as("new", N_("两遍新密码不一样"))],
    )
