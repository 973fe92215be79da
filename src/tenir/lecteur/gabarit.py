"""A « gabarit »: what a person says of the layout of a document, by example, for it and for the next of the same hand.

It holds four things: the role of a form of heading (« every “Défi n°” is an orientation »), the rubric that a label
opens (« “Qui s’y colle” tells who carries »), what the column of a table gives (« “Finalité” is an orientation »), and
names of bodies that no file knows. Written in YAML, it is read with the document: `tenir lire --gabarit`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from tenir.lecteur.lexique import INTITULE, RIEN, lexique, lexique_etendu
from tenir.lecteur.lignes import Texte
from tenir.lecteur.structure.arbre import arbre
from tenir.lecteur.structure.formes import Entete, Entetes, Forme
from tenir.lecteur.structure.projets import projets_de_quartier
from tenir.lecteur.structure.roles import Role, Signes, roles
from tenir.lecteur.structure.tableaux import tableaux

FORMAT: Literal["tenir/gabarit/1"] = "tenir/gabarit/1"
Mot = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]


Colonne = Literal[
    "axe",
    "orientation",
    "objectif",
    "intitulé",
    "description",
    "pilotes",
    "services associés",
    "crédits",
    "coût",
    "calendrier",
    "lieu",
    "public",
    "indicateurs",
    "départ",
    "cible",
    "signataire",
    "engagement",
    "instance",
    "rien",
]
"""What a column of a table may give."""
COLONNES: tuple[Colonne, ...] = get_args(Colonne)


class GabaritRefuse(Exception):
    """A gabarit cannot be read, or an example cannot be followed; the message is the French sentence to show."""


class RegleDeForme(BaseModel):
    """The role of every heading of a form."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    forme: Mot = Field(
        description="Forme d’intertitre, comme « mot:defi » ou « style:2 » : « tenir gabarit » les montre."
    )
    role: Role


class Gabarit(BaseModel):
    """What a person says of a layout."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: Literal["tenir/gabarit/1"] = FORMAT
    titre: Mot | None = None
    roles: tuple[RegleDeForme, ...] = ()
    etiquettes: dict[Mot, Mot] = Field(default={}, description="Intitulé du document, et la rubrique qu’il ouvre.")
    colonnes: dict[Mot, Colonne] = Field(
        default={}, description="Tête de colonne d’un tableau, et ce que dit la colonne."
    )
    organismes: tuple[Mot, ...] = Field(default=(), description="Noms d’organismes, tels que le document les écrit.")

    @property
    def imposes(self) -> dict[Forme, Role]:
        """The role of each form."""
        return {_forme(rule.forme): rule.role for rule in self.roles}

    @contextmanager
    def dit(self) -> Iterator[None]:
        """Within it, the lexicon knows the labels, the columns and the names that were told."""
        with lexique_etendu(self.etiquettes, self.colonnes, self.organismes):
            yield

    def avec(
        self,
        *,
        regle: RegleDeForme | None = None,
        etiquette: tuple[str, str] | None = None,
        colonne: tuple[str, Colonne] | None = None,
        organisme: str | None = None,
    ) -> "Gabarit":
        """The same with one rule more; a later word on a form, a label or a column replaces the former."""
        kept = self.roles
        if regle is not None:
            kept = (*(r for r in self.roles if r.forme != regle.forme), regle)
        return self.model_copy(
            update={
                "roles": kept,
                "etiquettes": self.etiquettes | (dict([etiquette]) if etiquette else {}),
                "colonnes": self.colonnes | (dict([colonne]) if colonne else {}),
                "organismes": tuple(dict.fromkeys((*self.organismes, *([organisme] if organisme else ())))),
            }
        )

    def ecrire(self) -> str:
        """The file, in YAML."""
        held = self.model_dump(mode="json", exclude_none=True)
        return yaml.safe_dump(held, allow_unicode=True, sort_keys=False, width=110)


def _forme(written: str) -> Forme:
    sorte, _, detail = written.partition(":")
    return Forme(sorte, detail)


def lire_gabarit(text: str) -> Gabarit:
    """Read the file of a gabarit.

    Raises:
        GabaritRefuse: no YAML, an unknown field, a role or a rubric that does not exist.
    """
    try:
        gabarit = Gabarit.model_validate(yaml.safe_load(text) or {})
    except (yaml.YAMLError, ValidationError) as error:
        where = (
            ", ".join(".".join(map(str, e["loc"])) for e in error.errors())
            if isinstance(error, ValidationError)
            else ""
        )
        raise GabaritRefuse(f"Ce gabarit ne se lit pas{f' ({where})' if where else ''} : corrigez-le.") from error
    for label, rubrique in gabarit.etiquettes.items():
        verifier_rubrique(label, rubrique)
    return gabarit


def verifier_rubrique(label: str, rubrique: str) -> None:
    """Refuse a rubric that the reader does not know."""
    known = [*sorted({name for _key, name in lexique().rubriques}), INTITULE, RIEN]
    if rubrique not in known:
        raise GabaritRefuse(f"« {label} » : la rubrique « {rubrique} » n’existe pas. Au choix : {', '.join(known)}.")


def verifier_colonne(tete: str, dit: str) -> Colonne:
    """What a column gives, refused when no column gives that."""
    found = next((kind for kind in COLONNES if kind == dit), None)
    if found is None:
        raise GabaritRefuse(f"« {tete} » : une colonne ne dit pas « {dit} ». Au choix : {', '.join(COLONNES)}.")
    return found


@dataclass(frozen=True)
class FormeVue:
    """A form of heading as the document shows it: where, its first title, what the reader takes it for."""

    forme: str
    exemple: str
    lignes: tuple[int, ...]
    role: Role | None

    @property
    def fois(self) -> int:
        """How often it comes."""
        return len(self.lignes)

    @property
    def ligne(self) -> int:
        """Where it comes first."""
        return self.lignes[0]


def formes_vues(texte: Texte, gabarit: Gabarit | None = None) -> list[FormeVue]:
    """The forms of the headings of a document, in the order of their first, with the role each has."""
    said = gabarit.imposes if gabarit else {}
    nodes = arbre(Entetes(texte, said).lire(), len(texte.document.lignes))
    projets = projets_de_quartier(nodes, texte.identite.quartiers)
    told = roles(Signes(texte, nodes, tableaux(texte), projets), said)
    seen: dict[Forme, list[tuple[Entete, Role | None]]] = {}
    for node in nodes:
        if not node.entete.rubrique:
            seen.setdefault(node.entete.forme, []).append((node.entete, told.get(node)))
    return [
        FormeVue(str(forme), held[0][0].titre, tuple(e.debut for e, _r in held), next((r for _e, r in held if r), None))
        for forme, held in seen.items()
    ]


def par_exemple(texte: Texte, ligne: int, role: Role) -> RegleDeForme:
    """The rule that « this line is an action » says of all that looks like it.

    Raises:
        GabaritRefuse: nothing opens on that line.
    """
    entete = next((e for e in Entetes(texte).lire() if e.debut <= ligne <= e.fin), None)
    if entete is None:
        raise GabaritRefuse(f"La ligne {ligne} n’ouvre rien : montrez la ligne d’un intertitre.")
    return RegleDeForme(forme=str(entete.forme), role=role)


def suivraient(texte: Texte, regle: RegleDeForme) -> Sequence[Entete]:
    """The headings that a rule speaks of."""
    forme = _forme(regle.forme)
    return [entete for entete in Entetes(texte).lire() if entete.forme == forme]
