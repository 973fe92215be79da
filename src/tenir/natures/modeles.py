"""A kind of activity as pydantic models: what its file says, and the kind it makes with those that it inherits from."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from tenir.fichier import codes
from tenir.fichier.modeles import Valeur
from tenir.fichier.objet import Objet, Texte
from tenir.natures.enums import MODALITES, Cumulation, Forme, Lecteurs, Periode, TypeDeChamp, Unite, Ventilation

CODE = r"^[a-z0-9]+(-[a-z0-9]+)*$"
CALCUL = r"^(compte|somme|dernier|max|objets|distincts|part|actions|preconisations|conseil)$"
SUITES = ("recues", "repondues", "suivies", "a-temps")
"""What « preconisations » counts of those of the council of residents."""
MEMBRES = ("membres", "habitants")
"""What « conseil » counts of the council of residents: all its members, those of the college of residents."""
COMPTES = rf"^(organismes|lieux|objets|{'|'.join((*SUITES, *MEMBRES))})$"
Code = Annotated[str, StringConstraints(pattern=CODE, max_length=40)]
"""The name of a kind, of a measure, of a choice: small letters, digits, hyphens. Never used again for another."""
Libelle = Annotated[Texte, StringConstraints(max_length=80)]
Phrase = Annotated[Texte, StringConstraints(max_length=160)]


def _two(bounds: object) -> object:
    if not isinstance(bounds, list | tuple) or len(bounds) != 2:
        raise ValueError("Deux nombres sont attendus, le moins puis le plus : écrivez [1, 60].")
    return bounds


Fourchette = Annotated[tuple[Valeur, Valeur], BeforeValidator(_two)]
"""The least and the most that one expects."""


class Mesure(Objet):
    """One number that a kind asks for."""

    code: Code
    libelle: Libelle
    question: Phrase | None = Field(default=None, description="Telle qu’elle est posée ; vide : le libellé.")
    unite: Libelle = Field(description="« passages » ou « personnes » pour des gens ; sinon ce que l’on compte.")
    cumul: Cumulation | None = Field(default=None, description="Comment plusieurs valeurs en font une.")
    parts: tuple[Ventilation, ...] = Field(default=(), description="Marges demandées ; pour des gens seulement.")
    choix: dict[Code, Libelle] = Field(default_factory=dict, description="Ce que l’on compte à part, un nombre chacun.")
    decimales: bool = Field(default=False, description="Vrai : des heures, des euros… ; sinon un nombre entier.")
    vraisemblable: Fourchette | None = Field(
        default=None, description="Du moins au plus attendu ; au-delà, on relit avant de compter."
    )

    @property
    def of_people(self) -> bool:
        """Whether it counts people, whom no public page shows."""
        return self.unite in set(Unite)

    @property
    def asked(self) -> str:
        """The question, as it is put."""
        return self.question or self.libelle

    @property
    def united(self) -> Cumulation:
        """How several of its values make one; what is not said follows from what it counts."""
        if self.cumul:
            return self.cumul
        return Cumulation.MAX if self.unite == Unite.PERSONNES else Cumulation.SOMME

    @property
    def modalites(self) -> dict[str, str]:
        """Every part asked beside the total, by its code: « sexe:f », « choix:bail », with its words."""
        margins = {f"{part}:{code}": said for part in self.parts for code, said in MODALITES[part].items()}
        return margins | {f"choix:{code}": said for code, said in self.choix.items()}

    @property
    def margins(self) -> list[list[str]]:
        """The parts that are cut from one total: their sum never exceeds it. Choices are not: several may be made."""
        return [[f"{part}:{code}" for code in MODALITES[part]] for part in self.parts]


class Rapport(Objet):
    """What a share is taken of: a measure, or one part of it."""

    mesure: Code
    modalite: Texte | None = None


class Alimentation(Objet):
    """How the entries of a kind make an indicator of the contract: a closed language, each word of which is a sentence.

    Over a period, those of its children included: « compte », the entries (with `etat`, those that put a thing in it);
    « somme », « max », « dernier », of a measure; « objets », the things in a state at its end; « distincts », how many
    different `de`; « part », a measure over another (`sur`). `quartier`: only what took place in the quarter.
    « actions » looks at no entry: it counts the planned actions that are under way or done; nor « preconisations », of
    what the council of residents asked: how many came, were answered, were followed; the share answered in time; nor
    « conseil »: how many members have a mandate at the end of the period.
    """

    indicateur: Annotated[str, StringConstraints(pattern=codes.INDICATEUR)]
    calcul: Annotated[str, StringConstraints(pattern=CALCUL)] = Field(
        description="« compte » : les entrées ; « somme », « dernier », « max » : d’une mesure ; "
        "« objets » : ce qui dure ; « distincts » : combien de différents ; « part » : une mesure sur une autre."
    )
    mesure: Code | None = None
    modalite: Texte | None = Field(
        default=None, description="Une part de la mesure : « quartier:oui », « choix:bail »."
    )
    etat: Code | None = Field(default=None, description="Pour « objets » et « compte » : l’état du registre.")
    de: Annotated[str, StringConstraints(pattern=COMPTES)] | None = Field(
        default=None,
        description="Pour « distincts » : organismes, lieux ou objets ; pour « preconisations » : recues, repondues, "
        "suivies ou a-temps ; pour « conseil » : membres ou habitants.",
    )
    sur: Rapport | None = Field(default=None, description="Pour « part » : la mesure à laquelle on rapporte.")
    quartier: bool = Field(default=False, description="Vrai : ce qui s’est tenu dans le quartier seulement.")


class Etat(Objet):
    """A state in which a thing of a register may be. The first one listed is that in which it enters."""

    code: Code
    libelle: Libelle
    clos: bool = Field(default=False, description="Vrai : plus rien n’est attendu, aucune échéance ne se rappelle.")


class Champ(Objet):
    """What a thing of a register is described by, beside its name, its body and its place."""

    code: Code
    libelle: Libelle
    type: TypeDeChamp
    choix: dict[Code, Libelle] = Field(default_factory=dict, description="Pour « choix » et « plusieurs ».")

    @property
    def listed(self) -> bool:
        """Whether it is chosen among words."""
        return self.type in {TypeDeChamp.CHOIX, TypeDeChamp.PLUSIEURS}


class Grille(Objet):
    """A table that shows holes with nothing more to type: what crosses what.

    « mois »: the months; « objets »: each thing of the register; « lieux » and « semaines »: where and when sessions
    were held; else the code of a measure or of a field with choices.
    """

    lignes: Code
    colonnes: Code


class Nature(Objet):
    """A kind of activity, as its file says it: what it does not say, it has from the one it is (`est`).

    `sujet` is what one entry is about: never one resident, pupil, victim or household.
    """

    nature: Code
    est: Code | None = Field(default=None, description="La nature dont elle reprend tout ce qu’elle ne dit pas.")
    libelle: Libelle
    pluriel: Libelle | None = Field(default=None, description="Le libellé au pluriel : « cafés-logement ».")
    page: Texte | None = Field(default=None, description="À quoi elle sert, en une ou deux phrases.")
    forme: Forme | None = None
    sujet: Libelle | None = Field(default=None, description="De quoi parle une entrée : une séance, un lieu…")
    periode: Periode | None = Field(default=None, description="Pour un décompte ou un état : à quel rythme.")
    themes: tuple[Libelle, ...] = ()
    actions: tuple[Annotated[str, StringConstraints(pattern=codes.ACTION)], ...] = Field(
        default=(), description="Actions prévues auxquelles une entrée se rattache d’office."
    )
    mesures: tuple[Mesure, ...] = Field(default=(), description="S’ajoutent à celles de la nature dont elle est.")
    principale: Code | None = Field(default=None, description="Le seul nombre que l’on doit donner.")
    alimente: tuple[Alimentation, ...] = ()
    visible: Lecteurs | None = Field(default=None, description="Qui lit ses entrées ; à défaut, les partenaires.")
    generique: bool = Field(default=False, description="Sert de modèle : on n’y inscrit rien.")
    etats: tuple[Etat, ...] = Field(default=(), description="Pour un objet : ses états, le premier à l’entrée.")
    champs: tuple[Champ, ...] = Field(default=(), description="Pour un objet : ce qui le décrit.")
    nom: Phrase | None = Field(default=None, description="Pour un objet : comment on demande ce qui le nomme.")
    echeance: Libelle | None = Field(default=None, description="Pour un objet : ce qui arrive à son échéance.")
    prevenir: Annotated[int, Field(ge=0, le=730)] | None = Field(
        default=None, description="Combien de jours avant l’échéance on prévient ; à défaut, 60."
    )
    grille: Grille | None = Field(default=None, description="Le tableau qui montre ce qui manque.")
    seuil: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None, description="À partir de combien une case du tableau est à regarder."
    )
    annuaire: bool | None = Field(default=None, description="Vrai : un lieu ou un service que les habitants trouvent.")
    garde: Annotated[int, Field(ge=1, le=24)] | None = Field(
        default=None, description="Combien de mois les lignes se gardent avant que seuls restent les totaux."
    )


class NatureEntiere(Objet):
    """A kind with all that it inherits: what a form asks, what a page says, what an entry is kept with.

    `lignee`: its own code, then those that it is, the nearest first.
    """

    nature: Code
    lignee: tuple[Code, ...]
    libelle: Libelle
    pluriel: Libelle
    page: Texte | None
    forme: Forme
    sujet: Libelle
    periode: Periode | None
    themes: tuple[Libelle, ...]
    actions: tuple[str, ...]
    mesures: tuple[Mesure, ...]
    principale: Code | None
    alimente: tuple[Alimentation, ...]
    visible: Lecteurs
    generique: bool
    etats: tuple[Etat, ...] = ()
    champs: tuple[Champ, ...] = ()
    nom: str | None = None
    echeance: str | None = None
    prevenir: int | None = None
    grille: Grille | None = None
    seuil: int | None = None
    annuaire: bool | None = None
    garde: int | None = None

    def etat(self, code: str) -> Etat | None:
        """One of the states of its things, by its code."""
        return next((one for one in self.etats if one.code == code), None)

    def champ(self, code: str) -> Champ | None:
        """One of the fields that describe its things, by its code."""
        return next((one for one in self.champs if one.code == code), None)

    @property
    def lasts(self) -> bool:
        """Whether it is a register: its entries tell what becomes of things."""
        return self.forme is Forme.OBJET

    def mesure(self, code: str) -> Mesure | None:
        """One of its measures, by its code."""
        return next((one for one in self.mesures if one.code == code), None)

    @property
    def needed(self) -> Mesure | None:
        """The one measure that must be given, if any."""
        return self.mesure(self.principale) if self.principale else None

    @property
    def main(self) -> Mesure | None:
        """The measure that says most of it: the one that must be given, or the first that has a total."""
        return self.needed or next((one for one in self.mesures if not one.choix), None)
