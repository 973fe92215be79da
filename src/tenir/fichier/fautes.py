"""What is wrong in a file that people write: line, path, fault, and how to mend it, in French."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

Chemin = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Faute:
    """One thing to mend in a file."""

    ligne: int
    chemin: str
    message: str
    remede: str

    def __str__(self) -> str:
        return f"ligne {self.ligne} · {self.chemin or 'fichier'} : {self.message} {self.remede}".rstrip()

    def as_dict(self) -> dict[str, object]:
        """Plain data, for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Format:
    """What a fault says of the kind of file it is in.

    `champs`: every name of a field. `intrus`: what to do with a field that looks like none of them. `page`: where the
    file is explained. `formes`: how a pattern is said, for those that people would not read.
    """

    champs: tuple[str, ...]
    intrus: str
    page: str
    formes: Mapping[str, str] = field(default_factory=dict)


def faults(error: ValidationError, node: yaml.Node, kind: Format) -> tuple[Faute, ...]:
    """What the models refuse in a file whose node tree is given."""
    return tuple(_from_pydantic(detail, node, kind) for detail in error.errors(include_url=False))


def fault_at(node: yaml.Node, chemin: Chemin, message: str, remede: str) -> Faute:
    """A fault found at a path of a file."""
    return Faute(line_of(node, chemin), _written(chemin), message, remede)


def _from_pydantic(detail: ErrorDetails, node: yaml.Node, kind: Format) -> Faute:
    chemin = tuple(detail["loc"])
    if detail["type"] == "invalid_key":  # `2024: …`: the path ends with a key, not with a rank
        chemin = (*chemin[:-1], str(chemin[-1]))
    if chemin[-1:] == ("[key]",):  # a code that names a line: it is the fault, not what it names
        chemin = chemin[:-2] if isinstance(chemin[-2], int) else (*chemin[:-2], str(chemin[-2]))
    explain = _EXPLANATIONS.get(detail["type"], _unexpected)
    return fault_at(node, chemin, *explain(detail, node, kind))


def line_of(node: yaml.Node, chemin: Chemin) -> int:
    """The line of the deepest node of the path that the file really has."""
    line = node.start_mark.line + 1
    for step in chemin:
        child = _child(node, step)
        if child is None:
            return line
        line, node = child[0].start_mark.line + 1, child[1]
    return line


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _node_at(node: yaml.Node, chemin: Chemin) -> yaml.Node | None:
    for step in chemin:
        child = _child(node, step)
        if child is None:
            return None
        node = child[1]
    return node


def _written(chemin: Chemin) -> str:
    """A path as people read it: `axes › 1 › orientations › 3 › titre`, ranks from 1."""
    return " › ".join(str(step + 1) if isinstance(step, int) else step for step in chemin)


_Explanation = Callable[[ErrorDetails, yaml.Node, Format], tuple[str, str]]


def _missing(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    return f"le champ « {detail['loc'][-1]} » manque.", "Ajoutez-le."


def _extra(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    name = str(detail["loc"][-1])
    near = difflib.get_close_matches(name, kind.champs, n=1)
    remedy = f"Vouliez-vous écrire « {near[0]} » ?" if near else kind.intrus
    return f"le champ « {name} » n’existe pas ici.", remedy


def _pattern(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    written = detail["input"]
    pattern = str(detail["ctx"]["pattern"])
    return f"« {written} » n’a pas la forme attendue.", f"Forme attendue : {kind.formes.get(pattern, pattern)}"


def _choice(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    expected = str(detail["ctx"]["expected"]).replace(" or ", " ou ").replace("'", "")
    return f"« {detail['input']} » n’est pas un choix possible.", f"Choix possibles : {expected}."


def _own_sentence(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    return str(detail["ctx"]["error"]), ""


def _as_written(detail: ErrorDetails, node: yaml.Node) -> str:
    """The value as the file writes it: « oui », « yes », and not what YAML makes of it."""
    found = _node_at(node, detail["loc"])
    return str(found.value if isinstance(found, yaml.ScalarNode) else detail["input"])[:60]


def _wrong_type(expected: str) -> _Explanation:
    def explain(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
        return f"« {_as_written(detail, node)} » n’est pas {expected}.", f"Écrivez {expected}."

    return explain


def _out_of_bounds(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    bounds = ", ".join(f"{name} {value}" for name, value in detail.get("ctx", {}).items())
    bounds = bounds.replace("ge", "au moins").replace("le", "au plus").replace("min_length", "longueur minimale")
    return f"« {detail['input']} » sort des bornes.", f"Valeur permise : {bounds}."


def _too_precise(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    return f"« {detail['input']} » a trop de chiffres.", "Quinze au plus, dont quatre après la virgule."


def _too_long(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    return f"« {_as_written(detail, node)}… » est trop long.", f"{detail['ctx']['max_length']} caractères au plus."


def _unexpected(detail: ErrorDetails, node: yaml.Node, kind: Format) -> tuple[str, str]:
    return f"la valeur « {_as_written(detail, node)} » n’est pas acceptée.", f"Voyez {kind.page}."


_EXPLANATIONS: dict[str, _Explanation] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "string_pattern_mismatch": _pattern,
    "enum": _choice,
    "literal_error": _choice,
    "value_error": _own_sentence,
    "assertion_error": _own_sentence,
    "string_type": _wrong_type("un texte entre guillemets"),
    "string_too_short": _wrong_type("un texte d’au moins un caractère"),
    "tuple_type": _wrong_type("une liste (un tiret par ligne)"),
    "dict_type": _wrong_type("un groupe de lignes « code: mots »"),
    "model_type": _wrong_type("un groupe de champs"),
    "model_attributes_type": _wrong_type("un groupe de champs"),
    "int_parsing": _wrong_type("un nombre entier"),
    "int_type": _wrong_type("un nombre entier"),
    "decimal_parsing": _wrong_type("un nombre, avec un point pour la virgule"),
    "decimal_type": _wrong_type("un nombre, avec un point pour la virgule"),
    "bool_parsing": _wrong_type("« true » ou « false »"),
    "date_from_datetime_parsing": _wrong_type("une date comme 2024-03-26"),
    "date_parsing": _wrong_type("une date comme 2024-03-26"),
    "date_from_datetime_inexact": _wrong_type("une date comme 2024-03-26"),
    "date_type": _wrong_type("une date comme 2024-03-26"),
    "int_from_float": _wrong_type("un nombre entier"),
    "bool_type": _wrong_type("« true » ou « false »"),
    "string_too_long": _too_long,
    "too_long": _too_long,
    "finite_number": _wrong_type("un nombre, avec un point pour la virgule"),
    "decimal_max_digits": _too_precise,
    "decimal_max_places": _too_precise,
    "decimal_whole_digits": _too_precise,
    "invalid_key": _extra,
    "greater_than_equal": _out_of_bounds,
    "less_than_equal": _out_of_bounds,
}
