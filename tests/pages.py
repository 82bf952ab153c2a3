"""A browser without JavaScript that looks at every page it gets.

Pages(client).get(url) returns a Page after checking what must hold on all of them: a title, one
h1, a language, no id twice, labels for inputs, forms with an action and a token, no inline style
or script, links that lead somewhere. page.submit(...) posts a form of the page as a person would.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from flask.testing import FlaskClient

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
CLOSED_BY_ITSELF = frozenset(["path", "rect", "circle", "line", "polygon", "polyline"])


@dataclass
class Node:
    """An element with its attributes, children in order and text."""

    tag: str
    attrs: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, white space collapsed."""
        parts = [c if isinstance(c, str) else f" {c.text} " for c in self.children]
        return " ".join("".join(parts).split())

    def all(self, tag: str = "", **attrs: str) -> list[Node]:
        """Descendants by tag and attributes (class_ matches one of the classes)."""
        found = []
        for child in self.children:
            if isinstance(child, str):
                continue
            if (not tag or child.tag == tag) and all(child._has(k, v) for k, v in attrs.items()):
                found.append(child)
            found += child.all(tag, **attrs)
        return found

    def one(self, tag: str = "", **attrs: str) -> Node:
        """The only such descendant."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of <{tag} {attrs}>"
        return found[0]

    def _has(self, name: str, value: str) -> bool:
        if name == "class_":
            return value in self.attrs.get("class", "").split()
        return self.attrs.get(name.replace("_", "-")) == value


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [k for k, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> names an attribute twice: {names}")
        node = Node(tag, {k: v or "" for k, v in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if len(self.open) < 2 or self.open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1].tag}>")
            if tag not in [n.tag for n in self.open]:
                return
            while self.open[-1].tag != tag:
                self.open.pop()
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> tuple[Node, list[str]]:
    """The document and the faults of its markup."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    if len(tree.open) > 1:
        tree.faults.append(f"never closed: {[n.tag for n in tree.open[1:]]}")
    return tree.root, tree.faults


def faults_of(root: Node) -> list[str]:
    """What is wrong with a page that any page could have wrong."""
    found: list[str] = []
    html = root.one("html")
    if html.attrs.get("lang") not in ("zh-CN", "en"):
        found.append("no language on <html>")
    titles = [t for t in root.all("title") if t.text]
    if len(titles) != 1:
        found.append(f"{len(titles)} titles")
    if len(root.all("h1")) != 1:
        found.append(f"{len(root.all('h1'))} h1: {[h.text for h in root.all('h1')]}")
    if len(root.all("main")) != 1:
        found.append("not exactly one <main>")
    everything = root.all()
    ids = [n.attrs["id"] for n in everything if "id" in n.attrs]
    found += [f"id {i!r} twice" for i in sorted(set(ids)) if ids.count(i) > 1]
    for node in everything:
        found += _faults_of_node(node, set(ids))
    found += _levels(root)
    labelled = {n.attrs["for"] for n in root.all("label") if "for" in n.attrs}
    inside = [d for n in root.all("label") for d in n.all()]
    for node in everything:
        if node.tag in ("input", "select", "textarea") and node.attrs.get("type") != "hidden":
            named = "aria-label" in node.attrs or "aria-labelledby" in node.attrs
            if not named and node.attrs.get("id") not in labelled and node not in inside:
                found.append(f"no label: {node.attrs}")
    return found


def _faults_of_node(node: Node, ids: set[str]) -> list[str]:
    found = [
        f"<{node.tag} {k}> is inline" for k in node.attrs if k == "style" or k.startswith("on")
    ]
    if node.tag == "style" or (node.tag == "script" and "src" not in node.attrs):
        found.append(f"inline <{node.tag}>")
    if node.tag == "a":
        found += _faults_of_link(node, ids)
    if node.tag == "form":
        found += _faults_of_form(node)
    if node.tag == "button" and "type" not in node.attrs:
        found.append(f"button without type: {node.text!r}")
    if node.tag == "img" and "alt" not in node.attrs:
        found.append("img without alt")
    if node.attrs.get("role") == "img" and not node.attrs.get("aria-label"):
        found.append("picture without words")
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for target in node.attrs.get(name, "").split():
            if target not in ids:
                found.append(f"{name} names {target!r}, which is not there")
    return found


def _faults_of_link(node: Node, ids: set[str]) -> list[str]:
    href = node.attrs.get("href", "")
    found = []
    if not href or href == "#":
        found.append(f"link without address: {node.text!r}")
    if href.startswith("#") and href[1:] not in ids:
        found.append(f"link to nowhere: {href}")
    if not node.text and "aria-label" not in node.attrs:
        found.append(f"link without words: {href}")
    return found


def _faults_of_form(node: Node) -> list[str]:
    action, method = node.attrs.get("action"), node.attrs.get("method", "get").lower()
    tokens = node.all("input", name="csrf_token")
    found = [] if action else ["form without action"]
    # Language and size of type are changed without one by who is signed out: there is no session to forge.
    needless = (action or "").startswith("/prefs/") and not tokens
    if method == "post" and len(tokens) != 1 and not needless:
        found.append(f"{len(tokens)} tokens in form to {action}")
    if method == "get" and tokens:
        found.append("a token in the address")
    return found


def _levels(root: Node) -> list[str]:
    found, last = [], 0
    for node in root.all():
        if len(node.tag) == 2 and node.tag[0] == "h" and node.tag[1].isdigit():
            level = int(node.tag[1])
            if last and level > last + 1:
                found.append(f"h{last} is followed by h{level}: {node.text!r}")
            last = level
    return found


@dataclass
class Page:
    """A page that passed the checks."""

    pages: Pages
    url: str
    status: int
    html: str
    root: Node
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """What a reader sees."""
        return self.root.one("body").text

    @property
    def h1(self) -> str:
        """The heading."""
        return self.root.one("h1").text

    @property
    def title(self) -> str:
        """The title."""
        return self.root.one("title").text

    @property
    def links(self) -> list[str]:
        """Addresses of all links."""
        return [a.attrs["href"] for a in self.root.all("a")]

    def link(self, words: str) -> str:
        """Address of the one link with these words in it."""
        found = {a.attrs["href"] for a in self.root.all("a") if words in a.text}
        assert len(found) == 1, f"{found} for {words!r}"
        return found.pop()

    def follow(self, words: str) -> Page:
        """Tap a link."""
        return self.pages.get(urljoin(self.url, self.link(words)))

    def form(self, action: str = "") -> Node:
        """The form whose action ends so; without one, the only form of <main>."""
        if action:
            found = [
                f
                for f in self.root.all("form")
                if urlsplit(f.attrs["action"]).path.endswith(action)
            ]
        else:
            found = self.root.one("main").all("form", method="post")
        assert len(found) == 1, f"{len(found)} forms {[f.attrs.get('action') for f in found]}"
        return found[0]

    def submit(
        self, action: str = "", *, button: str = "", files: dict | None = None, **values
    ) -> Page:
        """Fill in and post a form: what it holds already, the given values, the named button."""
        form = self.form(action)
        data = filled(form)
        names = {n.attrs.get("name") for n in form.all()}
        for name, value in values.items():
            assert name in names, f"the form has no {name!r}, only {sorted(n for n in names if n)}"
            data = [(k, v) for k, v in data if k != name]
            for one in value if isinstance(value, (list, tuple)) else [value]:
                data.append((name, str(one)))
        buttons = [b for b in form.all("button") if button in b.text]
        if button:
            assert len(buttons) == 1, f"{len(buttons)} buttons {button!r}"
            if "name" in buttons[0].attrs:
                data.append((buttons[0].attrs["name"], buttons[0].attrs.get("value", "")))
        address = urljoin(self.url, form.attrs["action"])
        return self.pages.post(address, data, files=files, referer=self.url)


def filled(form: Node) -> list[tuple[str, str]]:
    """What a form would send untouched, buttons apart."""
    data = []
    for node in form.all():
        name = node.attrs.get("name")
        if not name or "disabled" in node.attrs:
            continue
        if node.tag == "input":
            kind = node.attrs.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in node.attrs:
                continue
            if kind not in ("file", "submit", "button"):
                data.append((name, node.attrs.get("value", "")))
        elif node.tag == "textarea":
            data.append((name, "".join(c for c in node.children if isinstance(c, str))))
        elif node.tag == "select":
            options = node.all("option")
            chosen = [o for o in options if "selected" in o.attrs] or options[:1]
            data += [(name, o.attrs.get("value", o.text)) for o in chosen]
    return data


class Pages:
    """Goes from page to page with one client and checks each."""

    ORIGIN = "http://localhost"

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str, status: int = 200, **kwargs) -> Page:
        """Open a page; follows redirects like a browser."""
        response = self.client.get(self._path(url), follow_redirects=True, **kwargs)
        return self._page(response, status)

    def post(
        self, url: str, data, *, status: int | None = None, files=None, referer: str = ""
    ) -> Page:
        """Post and follow to the page that answers."""
        from werkzeug.datastructures import MultiDict

        body = MultiDict(
            data.items(multi=True) if hasattr(data, "items") and hasattr(data, "getlist") else data
        )
        for name, value in (files or {}).items():
            body.add(name, value)
        response = self.client.post(
            self._path(url),
            data=body,
            follow_redirects=True,
            headers={"Origin": self.ORIGIN, "Referer": urljoin(self.ORIGIN, referer)},
        )
        return self._page(response, status)

    @staticmethod
    def _path(url: str) -> str:
        parts = urlsplit(url)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _page(self, response, status: int | None) -> Page:
        if status is not None:
            assert response.status_code == status, (
                f"{response.status_code} at {response.request.path}"
            )
        assert response.mimetype == "text/html", response.mimetype
        root, faults = parse(response.text)
        faults += faults_of(root)
        assert not faults, f"{response.request.path}: {faults}"
        return Page(
            self,
            response.request.path,
            response.status_code,
            response.text,
            root,
            dict(response.headers),
        )


def sign_in(client: FlaskClient, account_id: int, now) -> None:
    """Sign a client in as an account, past the sign-in page: a session row and its cookie."""
    import hashlib
    import secrets
    from datetime import timedelta

    from hall.people.models import UserSession
    from tests import make

    token = secrets.token_urlsafe(32)
    make.save(
        UserSession(
            token_sha=hashlib.sha256(token.encode()).hexdigest(),
            account_id=account_id,
            created_at=now,
            expires_at=now + timedelta(days=30),
            user_agent="test",
        )
    )
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
        session["since"] = session["seen"] = int(now.timestamp())
