"""What is wrong in the HTML of a page, told strictly: a browser would guess, an assistive technology may not.

Tags that do not close, nesting that HTML forbids, identifiers that are empty, written twice or lead nowhere, `aria-*`
where nobody sees, addresses that are none, roles put back on the parts of a table. The standard decides:
<https://html.spec.whatwg.org/multipage/>, sections 3.2.5.2 (content models) and 13.1 (writing).
"""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

Attributes = dict[str, str]

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
FLOW_ONLY = frozenset(
    {"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form", "h1"}
    | {"h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "nav", "ol", "p", "pre", "section", "table", "ul"}
)
"""What may not stand where HTML wants a phrase."""
PHRASES = frozenset(
    {"b", "button", "cite", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "label", "legend", "p", "pre", "q"}
    | {"small", "span", "strong", "sub", "summary", "sup", "time"}
)
"""What holds a phrase; a link holds what its parent may hold."""
CLICKED = frozenset({"a", "button", "details", "input", "label", "select", "textarea", "iframe"})
"""What one acts on: none inside a link or a button."""
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "caption": {"table"},
    "option": {"select", "optgroup", "datalist"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "figcaption": {"figure"},
}
"""Where each of these may stand."""
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup"},
}
"""What each of these may hold, no text of its own."""
ROLES = {
    "table": {"table"},
    "thead": {"rowgroup"},
    "tbody": {"rowgroup"},
    "tfoot": {"rowgroup"},
    "tr": {"row"},
    "td": {"cell"},
    "th": {"columnheader", "rowheader"},
}
"""The role of each part of a table, said where a style turns its rows into blocks on a phone: browsers then forget."""
UNFOLDED = frozenset({"liste", "image-de-document", "financeurs"})
"""The classes of the tables whose rows a style turns into blocks: they say every role; the others say none."""
LABELLED = frozenset({"button", "input", "meter", "output", "progress", "select", "textarea"})
LISTS_OF_IDS = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers")
ADDRESSES = ("href", "src", "action", "formaction")
LEGAL = re.compile(r"(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*", re.UNICODE)
"""An address: no space, no bracket, no bare « % »."""


class Page(HTMLParser):
    """A page being read; `faults` says what is wrong, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()
        self.kinds: dict[str, tuple[str, Attributes]] = {}
        self.asked: list[tuple[str, str, int]] = []
        self.unfolded = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if len(given) != len(attrs):
            self.say(f"<{tag}> porte deux fois le même attribut")
        if tag == "table":
            self.unfolded = not UNFOLDED.isdisjoint(given.get("class", "").split())
        for fault in (*self._nesting(tag), *_attributes(tag, given), *self._roles(tag, given.get("role", ""))):
            self.say(fault)
        self._note(tag, given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "svg" not in self.open and tag not in VOID:
            self.say(f"<{tag}/> ne se ferme pas ainsi")
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.say(f"</{tag}> ferme {f'<{self.open[-1]}>' if self.open else 'ce que rien n’ouvre'}")
            if tag not in self.open:
                return
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open and self.open[-1] in CHILDREN:
            self.say(f"du texte dans <{self.open[-1]}> : {data.strip()[:30]}")

    def close(self) -> None:
        super().close()
        if self.open:
            self.say(f"jamais fermés : {self.open}")
        self.faults += [f"id « {name} » écrit {count} fois" for name, count in self.ids.items() if count > 1]
        for kind, name, line in self.asked:
            if name not in self.ids:
                self.faults.append(f"ligne {line} : {kind}=« {name} » ne mène à rien")
            elif kind == "for" and (self.kinds[name][0] not in LABELLED or self.kinds[name][1].get("type") == "hidden"):
                self.faults.append(f"ligne {line} : l’étiquette de « {name} » n’est celle d’aucun champ")

    def say(self, fault: str) -> None:
        self.faults.append(f"ligne {self.getpos()[0]} : {fault}")

    def _note(self, tag: str, given: Attributes) -> None:
        """Keep the identifiers that it carries, and those that it names."""
        line = self.getpos()[0]
        if "id" in given:
            self.ids[given["id"]] += 1
            self.kinds[given["id"]] = (tag, given)
        if tag == "label" and "for" in given:
            self.asked.append(("for", given["for"], line))
        if tag in LABELLED and "form" in given:
            self.asked.append(("form", given["form"], line))
        self.asked += [(kind, one, line) for kind in LISTS_OF_IDS for one in given.get(kind, "").split()]
        if (href := given.get("href", "")).startswith("#") and len(href) > 1:
            self.asked.append(("href", href[1:], line))

    def _nesting(self, tag: str) -> Iterator[str]:
        parent = self.open[-1] if self.open else ""
        if "svg" in self.open:
            return
        if parent in PARENTS.get(tag, {parent}) and tag in CHILDREN.get(parent, {tag}):
            holders = [one for one in self.open if one in PHRASES]
        else:
            holders = []
            yield f"<{tag}> dans <{parent}>"
        if holders and tag in FLOW_ONLY:
            yield f"<{tag}> dans <{holders[-1]}>"
        inside = next((one for one in ("a", "button") if one in self.open), "")
        if inside and tag in CLICKED:
            yield f"<{tag}> dans <{inside}>"
        if tag in {"form", "label"} and tag in self.open:
            yield f"<{tag}> dans <{tag}>"

    def _roles(self, tag: str, role: str) -> Iterator[str]:
        if tag in ROLES and self.unfolded and role not in ROLES[tag]:
            yield f"<{tag}> n’a pas son rôle dans un tableau que le téléphone déplie"
        elif tag in ROLES and role and not self.unfolded:
            yield f"<{tag} role={role}> : ce tableau dit déjà ce qu’il est"


def _attributes(tag: str, given: Attributes) -> Iterator[str]:
    """What is wrong in the attributes of one element."""
    if "id" in given and (not given["id"] or re.search(r"\s", given["id"])):
        yield f"<{tag}> : id vide ou coupé « {given['id']} »"
    if (
        tag == "input"
        and given.get("type") == "hidden"
        and (bad := [name for name in given if name.startswith("aria-")])
    ):
        yield f"un champ caché porte {', '.join(bad)}"
    for name in ADDRESSES:
        if name in given and tag not in {"use", "image"} and not LEGAL.fullmatch(given[name]):
            yield f"<{tag} {name}> n’est pas une adresse : {given[name]}"
    if tag == "img" and "alt" not in given:
        yield "<img> sans alt"
    if "maxlength" in given:
        yield f"<{tag} maxlength> : un navigateur coupe sans le dire ce qui s’y colle"


def faults(html: str) -> list[str]:
    """What is wrong in a page, a sentence each."""
    page = Page()
    page.feed(html)
    page.close()
    return page.faults
