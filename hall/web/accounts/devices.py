"""What a browser calls itself, in words a person knows."""

from __future__ import annotations

from hall.web.i18n import N_, gettext

_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("OpenHarmony", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("MicroMessenger", N_("微信")),
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("HuaweiBrowser", N_("华为浏览器")),
    ("MiuiBrowser", N_("小米浏览器")),
    ("UCBrowser", N_("UC 浏览器")),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)


def device(user_agent: str) -> str:
    """'iPhone · 微信'; '未知设备' when the browser does not say."""
    system = next((name for word, name in _SYSTEMS if word in user_agent), "")
    browser = next((name for word, name in _BROWSERS if word in user_agent), "")
    found = [w for w in (system, gettext(browser) if browser else "") if w]
    return " · ".join(found) or gettext("未知设备")
