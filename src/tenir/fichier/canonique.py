"""The one written form of a contract file, and the way back.

`dump(load(text))` is the canonical file; canonical text goes through unchanged, byte for byte. Numbers are read as
`Decimal`, so that « 47.40 » is never a binary fraction; what YAML would compute (010, 12:30, +5) stays as written.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import yaml
from pydantic import BaseModel

from tenir.fichier.modeles import ContratDeVille, Dispositif
from tenir.fichier.objet import Objet

LAST_SCALARS = ("source", "note", "texte")
FLOW_WIDTH = 100
MAX_DEPTH = 50
PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?")


class NotYaml(Exception):
    """The text is no YAML mapping; `ligne` is where reading stopped."""

    def __init__(self, message: str, ligne: int = 1) -> None:
        super().__init__(message)
        self.ligne = ligne


class _Loader(yaml.CSafeLoader):
    """YAML without dates, binary floats or numbers in disguise: those stay text until the models read them.

    The C parser, ten times faster, comes with every wheel of PyYAML.
    """


def _construct_text(loader: yaml.CSafeLoader, node: yaml.Node) -> str:
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - the tag is given to scalars only
    return str(loader.construct_scalar(node))


def _construct_number(loader: yaml.CSafeLoader, node: yaml.Node) -> Decimal | int | str:
    text = _construct_text(loader, node)
    if not PLAIN_NUMBER.fullmatch(text) or text == "-0":
        return text
    return Decimal(text) if "." in text else int(text)


_Loader.add_constructor("tag:yaml.org,2002:int", _construct_number)
_Loader.add_constructor("tag:yaml.org,2002:float", _construct_number)
for _tag in ("timestamp", "value"):  # a date, and a lone « = »
    _Loader.add_constructor(f"tag:yaml.org,2002:{_tag}", _construct_text)


class _Dumper(yaml.SafeDumper):
    """Indents lists under their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Flow(dict[str, Any]):
    """A mapping short enough to stand on one line."""


class _FlowList(list[Any]):
    """A list short enough to stand on one line."""


def _represent_decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    text = format(value + 0, "f")  # no minus sign before zero
    tag = "tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int"
    return dumper.represent_scalar(tag, text)


def _represent_flow(dumper: yaml.SafeDumper, value: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _represent_flow_list(dumper: yaml.SafeDumper, value: _FlowList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(Decimal, _represent_decimal)
_Dumper.add_representer(_Flow, _represent_flow)
_Dumper.add_representer(_FlowList, _represent_flow_list)


Lu = tuple[dict[str, Any], yaml.Node]
"""Plain data, and the node tree that knows its lines."""


def parse(text: str) -> Lu:
    """Read YAML text into plain data and its node tree (for line numbers).

    Raises:
        NotYaml: the text is not YAML, or not a mapping, or holds what a contract file never does; says the line.
    """
    first = "Un fichier contrat commence par des champs, comme « format: tenir/contrat/1 »."
    found = parse_all(text, first)
    if not found:
        raise NotYaml(first)
    if len(found) > 1:
        raise NotYaml("un seul document est attendu : retirez « --- » et ce qui suit.", found[1][1].start_mark.line + 1)
    return found[0]


def parse_all(text: str, first: str) -> list[Lu]:
    """Read every document of a YAML text, those that say nothing left out.

    `first`: the sentence that says how such a file begins.

    Raises:
        NotYaml: as above.
    """
    _refuse_traps(text)
    try:
        found = [(data, node) for data, node in _documents(text) if data is not None]
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise NotYaml("Ce fichier n’est pas du YAML lisible.", _line_of(error, text)) from error
    for data, node in found:
        if not isinstance(data, dict):
            raise NotYaml(first, node.start_mark.line + 1)
        for key in _repeated_keys(node):
            raise NotYaml(f"le champ « {key.value} » est écrit deux fois ici.", key.start_mark.line + 1)
    return found


def _documents(text: str) -> Iterator[tuple[Any, yaml.Node]]:
    loader = _Loader(text)
    try:
        while loader.check_node() and (node := loader.get_node()):
            yield loader.construct_document(node), node
    finally:
        loader.dispose()


def _refuse_traps(text: str) -> None:
    """Refuse, before anything is built, what would make a small file cost without end: references and deep nesting."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise NotYaml("un renvoi (« * ») n’a pas sa place dans ce fichier.", _line_of(event, text))
            if depth > MAX_DEPTH:
                raise NotYaml("ce fichier emboîte trop de listes les unes dans les autres.", _line_of(event, text))
    except (yaml.YAMLError, ValueError) as error:
        raise NotYaml("Ce fichier n’est pas du YAML lisible.", _line_of(error, text)) from error


def _line_of(trouble: object, text: str) -> int:
    """The line, from 1, that an event or an error of the YAML reader points at."""
    mark = getattr(trouble, "problem_mark", None) or getattr(trouble, "start_mark", None)
    if mark is not None:
        return int(mark.line) + 1
    position = getattr(trouble, "position", None)  # a character that YAML forbids: bytes before it
    return text.encode("utf-8", "replace")[:position].count(b"\n") + 1 if position else 1


def _repeated_keys(node: yaml.Node) -> Iterator[yaml.Node]:
    """The keys that a mapping holds twice: YAML would keep the last one in silence."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key
            seen.add(key.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _repeated_keys(child)


def load(text: str) -> ContratDeVille:
    """Read a contract file; raise `NotYaml` or pydantic's `ValidationError` (see `validation` for French faults)."""
    return ContratDeVille.model_validate(parse(text)[0])


def dump(objet: Objet) -> str:
    """Write the canonical text of an object that is a whole document: a contract, a kind of activity."""
    return yaml.dump(as_data(objet), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000, line_break="\n")


def as_data(objet: Objet) -> dict[str, Any]:
    """Turn an object into plain data in canonical order, without what is at its default."""
    plain = {name: _plain(objet, name) for name in _ordered_fields(objet)}
    return {name: value for name, value in plain.items() if value is not None}


def _ordered_fields(objet: BaseModel) -> list[str]:
    names = list(type(objet).model_fields)
    own = [name for name in names if name not in LAST_SCALARS]
    nested = [name for name in own if _holds_objects(getattr(objet, name))]
    return [
        *(name for name in own if name not in nested),
        *(name for name in LAST_SCALARS if name in names),
        *nested,
    ]


def _holds_objects(value: object) -> bool:
    return isinstance(value, Objet) or (isinstance(value, tuple) and any(isinstance(child, Objet) for child in value))


def _plain(objet: Objet, name: str) -> Any:
    value = getattr(objet, name)
    field = type(objet).model_fields[name]
    if value is None or (not field.is_required() and value == field.get_default(call_default_factory=True)):
        return None
    if isinstance(value, Objet):
        return _compact(as_data(value))
    if isinstance(value, tuple) and _holds_objects(value):
        return [_short(child) for child in value]
    if isinstance(value, Decimal):
        return value
    if isinstance(value, tuple) and any(isinstance(child, Decimal) for child in value):
        return _FlowList(value)
    written = objet.model_dump(mode="json", include={name})[name]
    return _FlowList(written) if isinstance(written, list) and len(str(written)) < FLOW_WIDTH else written


def _short(objet: Objet) -> Any:
    data = as_data(objet)
    return data["nom"] if isinstance(objet, Dispositif) and list(data) == ["nom"] else _compact(data)


def _compact(data: dict[str, Any]) -> Any:
    simple = all(not isinstance(value, (dict, list)) for value in data.values())
    if "code" in data or not simple or sum(len(str(v)) + len(k) + 4 for k, v in data.items()) > FLOW_WIDTH:
        return data
    return _Flow(data)
