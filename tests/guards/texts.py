"""Every text of the web wing, as the extractor of translations sees it.

Run `python -m tests.guards.texts [part of a path]` for the messages that still lack English, as
entries ready for a .po file.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
WEB, TEMPLATES, PO = ROOT / "hall/web", ROOT / "templates", ROOT / "hall/translations"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
CJK = re.compile(r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]")
RUN = re.compile(f"{CJK.pattern}+")
PLACEHOLDER = re.compile(r"%%|%\((\w+)\)[sd]|%")
# A half-width mark after a Chinese character; brackets around Chinese.
HALF_WIDTH = re.compile(r"[一-龥”）㎡][,:;!?]|[,:;!?][一-龥“（]|\([^()]*[一-龥][^()]*\)")
# The other language's own name is shown in that language.
OWN_NAMES = {"中文"}
# A template of an official paper says so in its first line, and marks the paper as Chinese.
ONLY_CHINESE = "{# Chinese only"


@dataclass
class Message:
    """A message and the places that use it; plural forms share one entry."""

    id: str
    plural: str | None = None
    places: list[str] = field(default_factory=list)


def sources() -> list[Path]:
    """All Python files of the web wing and all templates."""
    return [*sorted(WEB.rglob("*.py")), *sorted(TEMPLATES.rglob("*.html"))]


def used() -> dict[str, Message]:
    """Messages in use."""
    found: dict[str, Message] = {}
    for path in sources():
        python = path.suffix == ".py"
        method = "python" if python else "jinja2.ext:babel_extract"
        options = (
            {} if python else {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}
        )
        with path.open("rb") as f:
            for line, ids, _comments, _context in extract(method, f, KEYWORDS, (), options):
                singular, plural = ids if isinstance(ids, tuple) else (ids, None)
                if not singular:
                    continue
                message = found.setdefault(singular, Message(singular))
                message.plural = message.plural or plural
                message.places.append(f"{path.relative_to(ROOT)}:{line}")
    return found


def catalogs(lang: str) -> dict[str, dict[str, str | tuple[str, ...]]]:
    """What each .po file says, by file name."""
    return {
        path.name: {
            (m.id if isinstance(m.id, str) else m.id[0]): m.string
            if isinstance(m.string, str)
            else tuple(m.string)
            for m in read_po(BytesIO(path.read_bytes()), locale=lang, abort_invalid=True)
            if m.id
        }
        for path in sorted((PO / lang).glob("*.po"))
    }


def placeholders(text: str) -> set[str]:
    """Names of the facts a text takes; '%' for a stray per cent sign."""
    return {m[1] or "%" for m in PLACEHOLDER.finditer(text) if m[0] != "%%"}


def untranslatable() -> list[str]:
    """Chinese text that no translation can reach: written bare into templates or Python."""
    found: list[str] = []
    env = Environment(extensions=[], trim_blocks=True, lstrip_blocks=True)
    for path in sources():
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT)
        if path.suffix == ".html":
            if text.startswith(ONLY_CHINESE) and 'lang="zh-CN"' in text:
                continue
            found += [f"{name}: {t}" for t in _bare_in_template(env, text)]
        else:
            found += [f"{name}: {t}" for t in _bare_in_python(ast.parse(text))]
    return found


def _bare_in_template(env: Environment, text: str) -> list[str]:
    tree = env.parse(text)
    inside = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in KEYWORDS
        for const in call.find_all(nodes.Const)
    }
    found = [c.value for c in tree.find_all(nodes.Const) if id(c) not in inside]
    found += [d.data for d in tree.find_all(nodes.TemplateData)]
    runs = [m[0] for t in found if isinstance(t, str) for m in RUN.finditer(t)]
    return [r for r in runs if r not in OWN_NAMES]


def _bare_in_python(tree: ast.Module) -> list[str]:
    inside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in KEYWORDS or name == "compile":  # patterns are not shown to anybody
                inside |= {id(n) for n in ast.walk(node)}
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(
            node
        ):
            inside.add(id(node.body[0].value))
    return [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant)
        and isinstance(n.value, str)
        and CJK.search(n.value)
        and id(n) not in inside
    ]


def main(part: str = "") -> None:
    """Print entries for what lacks English, optionally only of files whose path has this part."""
    known = {m for file in catalogs("en").values() for m, text in file.items() if text}
    for message in used().values():
        if message.id in known or not any(part in p for p in message.places):
            continue
        print("#: " + " ".join(message.places))
        print(f"msgid {_quoted(message.id)}")
        if message.plural:
            print(f'msgid_plural {_quoted(message.plural)}\nmsgstr[0] ""\nmsgstr[1] ""\n')
        else:
            print('msgstr ""\n')


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


if __name__ == "__main__":
    main(*sys.argv[1:2])
