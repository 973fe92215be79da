"""As many fictitious contracts as the nation has: variations of the shipped fictitious one, told apart by a rank.

Seeded: one rank makes one contract, always the same. Each says « fictif » in its title and its file. All of them
attach the document of the fictitious contract, so that every item has signed words, as in a real database.
"""

import json
import random
from dataclasses import dataclass
from functools import cache
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

from benchmarks.activite import give_activity
from benchmarks.vie import give_life
from tenir.contrat.chargement import load_contract
from tenir.fichier import canonique, organisations
from tenir.fichier.document import DocumentNormalise, read_document
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import publish

Data = dict[str, Any]

MODEL = Path(__file__).resolve().parents[1] / "contrats/fictif/virelande-fictif-2024-2030.yaml"
COMMAND = "benchmarks/nation.py"
STARTS = ("Aubre", "Brume", "Clair", "Dorne", "Estra", "Fontel", "Grive", "Herbe", "Lande", "Morte", "Noire", "Orme")
ENDS = ("bourg", "combe", "fosse", "gué", "lieu", "mare", "pont", "rive", "roche", "val", "vigne", "ville")
RIVERS = ("sur-Songe", "sur-Brume", "en-Songeais", "les-Étangs", "la-Forêt", "le-Vieux")
CODES = ("code", "parent", "partie_de", "avant")


@dataclass(frozen=True, slots=True)
class Taille:
    """How big a contract is."""

    orientations: int
    actions: int
    signataires: int
    indicateurs: int
    entrees: int = 2_000


MESURE = Taille(orientations=16, actions=130, signataires=19, indicateurs=42)
"""The size of the contract that is measured: that of Coutras, with 130 actions."""
MEASURED, NEW = 900, 899
"""The rank of the contract that is measured, the same in every database, and of one that none holds."""


def any_size(rank: int) -> Taille:
    """The size of a contract of the nation."""
    rng = random.Random(f"taille {rank}")  # noqa: S311 - no secret
    return Taille(rng.randint(8, 25), rng.randint(60, 250), rng.randint(8, 24), rng.randint(15, 60))


def slug(rank: int) -> str:
    """The address of the contract of a rank."""
    return f"ville-{rank:03d}-fictif-2024-2030"


def contract_text(rank: int, taille: Taille) -> str:
    """A contract file of that size (JSON, which is YAML). Ranks go from 0 to 900."""
    rng = random.Random(rank)  # noqa: S311 - no secret
    data = json.loads(_model())
    orientations = _orientations(rng, data, taille)
    codes = [one["code"] for one in orientations]
    data |= {
        "slug": slug(rank),
        "identite": _identity(rng, data["identite"], rank),
        "axes": _shared_out(data["axes"], orientations),
        "signataires": _signatories(rng, data["signataires"], codes, taille.signataires),
        "indicateurs": _indicators(rng, data["indicateurs"], codes, taille.indicateurs),
    }
    return json.dumps(data, ensure_ascii=False)


def document() -> DocumentNormalise:
    """The document that every contract of the nation attaches, as a load reads it."""
    return read_document(MODEL.with_suffix(".txt").read_bytes(), _spans())


def load_and_publish(rank: int, taille: Taille | None = None) -> EspaceDeContrat:
    """Load a contract with its document through the real loader, make it public, and give it a life."""
    taille = taille or (MESURE if rank == MEASURED else any_size(rank))
    load_contract(contract_text(rank, taille), commande=COMMAND, document=document())
    espace = publish(slug(rank), commande=COMMAND)
    give_life(espace, rank)
    give_activity(espace, rank, taille.entrees)
    return espace


def ranks(count: int) -> list[int]:
    """The contracts of a database, in the order they are loaded: the measured one in the middle of the others."""
    others = list(range(count - 1))
    return [*others[: count // 2], MEASURED, *others[count // 2 :]]


@cache
def _model() -> str:
    data, _ = canonique.parse(MODEL.read_text(encoding="utf-8"))
    return json.dumps(data, ensure_ascii=False, default=float)


@cache
def _spans() -> tuple[Any, ...]:
    return canonique.load(_model()).spans_of_names


def _identity(rng: random.Random, identite: Data, rank: int) -> Data:
    nom = f"{rng.choice(STARTS)}{rng.choice(ENDS)}-{rng.choice(RIVERS)}"
    commune = identite["communes"][0] | {"nom": f"{nom} ({rank}, fictif)", "insee": f"99{rank:03d}"}
    quartier = identite["quartiers"][0] | {
        "code": f"QN99{rank:03d}M",
        "commune": commune["insee"],
        "population": {"valeur": rng.randint(1000, 9000), "origine": "Nombre inventé", "periode": "2018"},
    }
    titre = f"Contrat de ville de {nom} ({rank}, fictif)"
    return identite | {"titre": titre, "communes": [commune], "quartiers": [quartier], "code_anct": f"CN99{rank:03d}I"}


def _orientations(rng: random.Random, data: Data, taille: Taille) -> list[Data]:
    models = [one for axe in data["axes"] for one in axe["orientations"]]
    actions = [action for one in models for action in one["actions"]]
    shares = _shares(rng, taille.actions, taille.orientations)
    return [
        _orientation(rng, rng.choice(models), actions, f"O{rank:02d}", share)
        for rank, share in enumerate(shares, start=1)
    ]


def _orientation(rng: random.Random, model: Data, actions: list[Data], code: str, share: int) -> Data:
    drawn = [rng.choice(actions) for _ in range(share)]
    own = [_recoded(one, one["code"], f"{code}-A{rank:02d}") for rank, one in enumerate(drawn, start=1)]
    return {**_recoded(model, model["code"], code), "actions": own}


def _shares(rng: random.Random, total: int, parts: int) -> list[int]:
    """A total cut in as many parts, each of at least one."""
    cuts = [0, *sorted(rng.sample(range(1, total), parts - 1)), total]
    return [after - before for before, after in pairwise(cuts)]


def _shared_out(axes: list[Data], orientations: list[Data]) -> list[Data]:
    """The axes, each with its run of orientations."""
    size = -(-len(orientations) // len(axes))
    return [axe | {"orientations": orientations[n * size : (n + 1) * size]} for n, axe in enumerate(axes)]


def _signatories(rng: random.Random, models: list[Data], codes: list[str], count: int) -> list[Data]:
    found = []
    for rank, (model, body) in enumerate(zip(cycle(models), _bodies(models, count), strict=False), start=1):
        signatory = _recoded(model, model["code"], f"S{rank:02d}")
        promises = [one | {"orientations": rng.sample(codes, rng.randint(0, 3))} for one in signatory["engagements"]]
        found.append(signatory | {"organisme": body, "engagements": promises})
    return found


def _bodies(models: list[Data], count: int) -> list[str]:
    """The organisations that sign: those of the model first, then others of the fictitious territory."""
    known = (one.id for file in organisations.files() if file.territoire == "Fictif" for one in file.organisations)
    return list(dict.fromkeys([*(model["organisme"] for model in models), *known]))[:count]


def _indicators(rng: random.Random, models: list[Data], codes: list[str], count: int) -> list[Data]:
    drawn = [models[rank % len(models)] for rank in range(count)]
    return [
        {k: v for k, v in one.items() if k != "repete"}
        | {"code": f"I{rank:02d}", "orientations": rng.sample(codes, rng.randint(1, 4))}
        for rank, one in enumerate(drawn, start=1)
    ]


def _recoded(value: Any, old: str, new: str) -> Any:
    """A copy of an item and what it holds, its codes written under another."""
    if isinstance(value, list):
        return [_recoded(one, old, new) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: new + child[len(old) :] if name in CODES and _is_under(child, old) else _recoded(child, old, new)
        for name, child in value.items()
    }


def _is_under(code: Any, holder: str) -> bool:
    return isinstance(code, str) and (code == holder or code.startswith(f"{holder}-"))
