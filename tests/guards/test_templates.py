"""What no template may contain, and that templates, macros and styles fit together."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment, nodes

from tests.guards.texts import ROOT, TEMPLATES, WEB

FILES = sorted(TEMPLATES.rglob("*.html"))
NAMES = [str(f.relative_to(TEMPLATES)) for f in FILES]
STYLES = sorted((ROOT / "static/css").glob("*.css"))
ENV = Environment(trim_blocks=True, lstrip_blocks=True)
INLINE = {
    "style attribute": re.compile(r"<[a-z][^>{]*\sstyle\s*=", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "event handler": re.compile(r"<[a-z][^>{]*\son[a-z]+\s*=", re.I),
    "javascript address": re.compile(r"javascript:", re.I),
    "foreign address": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.I),
}
UNSAFE = re.compile(r"\|\s*safe\b|{%-?\s*autoescape|\bMarkup\b")
CLASS = re.compile(r'class="([^"]*)"')
DEFINED = re.compile(r"\.([a-zA-Z][\w-]*)")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_inline(path):
    text = path.read_text(encoding="utf-8")
    assert not [what for what, pattern in INLINE.items() if pattern.search(text)]
    assert not UNSAFE.search(text)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_parses_and_uses_what_it_imports(path):
    tree = ENV.parse(path.read_text(encoding="utf-8"))
    imported = {
        (n if isinstance(n, str) else n[1])
        for i in tree.find_all(nodes.FromImport)
        for n in i.names
    } | {i.target for i in tree.find_all(nodes.Import)}
    used = {n.name for n in tree.find_all(nodes.Name) if n.ctx == "load"}
    unused = imported - used
    assert not unused


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_posting_forms_carry_a_token(path):
    text = path.read_text(encoding="utf-8")
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", text, re.S | re.I):
        assert "csrf_field()" in form, form[:120]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_class_is_styled(path):
    known = {c for s in STYLES for c in DEFINED.findall(s.read_text(encoding="utf-8"))}
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.S)
    used = set()
    for value in CLASS.findall(text):
        # Only words outside expressions; a word that an expression continues ('plate--' ~ size) is skipped.
        fixed = re.sub(r"\S*(?:{[{%].*?[%}]})+\S*", " ", value, flags=re.S)
        used |= {word for word in fixed.split() if not re.search(r"[{}%]", word)}
    bare = used - known
    assert not bare


def test_every_template_is_rendered_by_somebody():
    code = "\n".join(p.read_text(encoding="utf-8") for p in [*WEB.rglob("*.py"), *FILES])
    dynamic = {f'f"{folder}/' for folder in ("errors",) if f'f"{folder}/' in code}
    orphans = [
        n
        for n in NAMES
        if f'"{n}"' not in code
        and f"'{n}'" not in code
        and not any(n.startswith(d[2:]) for d in dynamic)
    ]
    assert not orphans


def test_every_template_named_exists():
    code = "\n".join(p.read_text(encoding="utf-8") for p in [*WEB.rglob("*.py"), *FILES])
    named = set(re.findall(r"[\"']([\w-]+(?:/[\w-]+)?\.html)[\"']", code))
    assert not named - set(NAMES)


def test_styles_hold_to_the_browser_floor():
    for path in STYLES:
        if path.name == "modern-normalize.css":
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for word in (
            ":has(",
            "color-mix(",
            "@container",
            "oklch(",
            "dvh",
            "@layer",
            "&:",
            "@import",
            "http",
        ):
            assert word not in text, f"{path.name}: {word}"


def test_the_guards_see():
    assert INLINE["style attribute"].search('<p class="x" style="color:red">')
    assert INLINE["event handler"].search('<a onclick="x()">')
    assert not INLINE["event handler"].search('<a class="one" href="x">')
    assert INLINE["inline script"].search("<script>alert(1)</script>")
    assert not INLINE["inline script"].search('<script src="{{ x }}" defer></script>')
    assert INLINE["foreign address"].search('<img src="//evil.example/x.png">')
    assert UNSAFE.search("{{ text|safe }}")
