"""The contract file as pydantic models: everything that was signed.

The same words as the file and the site. Descriptions are French: they make the published JSON Schema and the
reference page that agents read.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from tenir.fichier import codes
from tenir.fichier.derogation import Derogation
from tenir.fichier.enums import Contenu, Forme, NatureDeCredits, NatureDePartie, StatutDeDonnee
from tenir.fichier.objet import Item, Objet, Source, Texte, TexteLong, walk
from tenir.fichier.source import Plage

FORMAT = "tenir/contrat/1"

CodeOrientation = Annotated[str, StringConstraints(pattern=codes.ORIENTATION)]
CodeEngagement = Annotated[str, StringConstraints(pattern=codes.ENGAGEMENT)]
CodeIndicateur = Annotated[str, StringConstraints(pattern=codes.INDICATEUR)]
CodeDonnee = Annotated[str, StringConstraints(pattern=codes.DONNEE)]
CodeInstance = Annotated[str, StringConstraints(pattern=codes.INSTANCE)]


class Partie(Item):
    """A named part of the document's prose: a heading with the lines that no item of its own carries."""

    genre: ClassVar[str] = "partie"
    code: Annotated[str, StringConstraints(pattern=codes.PARTIE)]
    nature: NatureDePartie
    titre: Texte | None = Field(default=None, description="Intitulé imprimé, ou nom court de la partie.")


class OrganismeCite(Objet):
    """A body as the document names it, and the organisation it is when it can be told."""

    nom: Texte = Field(description="Nom tel qu’imprimé.")
    organisme: Texte | None = Field(
        default=None, description="Identifiant dans le fichier des organisations ; absent : à désigner."
    )
    fonction: Texte | None = Field(default=None, description="À quel titre, si le document le dit.")


Valeur = Annotated[Decimal, Field(max_digits=15, decimal_places=4)]
"""A figure that both databases keep exactly: SQLite holds fifteen digits."""


class Donnee(Item):
    """A figure printed in the contract, faults included."""

    genre: ClassVar[str] = "donnée"
    code: Annotated[str, StringConstraints(pattern=codes.DONNEE)]
    libelle: Texte = Field(description="Libellé tel qu’imprimé.")
    imprime: Texte | None = Field(default=None, description="Valeur telle qu’imprimée, fautes comprises.")
    valeur: Valeur | None = Field(default=None, description="Valeur lue ; bas de l’intervalle s’il y en a un.")
    valeur_max: Valeur | None = Field(default=None, description="Haut de l’intervalle.")
    unite: Texte | None = Field(default=None, description="« % », « personnes », « logements », « € »…")
    periode: Texte | None = Field(default=None, description="Année ou période de la mesure.")
    perimetre: Texte | None = Field(default=None, description="Territoire ou public mesuré.")
    origine: Texte | None = Field(default=None, description="Source citée par le document.")
    statut: StatutDeDonnee = StatutDeDonnee.DECLAREE
    doute: Texte | None = Field(default=None, description="Ce qui est à vérifier, et pourquoi.")
    partie_de: CodeDonnee | None = Field(default=None, description="Code de l’ensemble dont c’est une part (« dont »).")

    @model_validator(mode="after")
    def _is_consistent(self) -> "Donnee":
        if (self.statut is StatutDeDonnee.CONTESTEE) != (self.doute is not None):
            raise ValueError("Une donnée contestée dit pourquoi (`doute`), et un doute rend la donnée contestée.")
        if (self.statut is StatutDeDonnee.MANQUANTE) != (self.valeur is None):
            raise ValueError("Une donnée sans valeur est « manquante », et une donnée manquante n’a pas de valeur.")
        if self.valeur_max is not None and (self.valeur is None or self.valeur_max <= self.valeur):
            raise ValueError("`valeur_max` dépasse `valeur` : l’intervalle va du plus petit au plus grand.")
        return self


class Objectif(Item):
    """An objective of an orientation, a bullet or a sentence."""

    genre: ClassVar[str] = "objectif"
    code: Annotated[str, StringConstraints(pattern=codes.OBJECTIF)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")
    forme: Forme = Forme.PUCE
    sous_theme: Texte | None = Field(default=None, description="Intertitre imprimé au-dessus.")


class SousAction(Item):
    """A part of a planned action that the document sets apart."""

    genre: ClassVar[str] = "sous-action"
    code: Annotated[str, StringConstraints(pattern=codes.SOUS_ACTION)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")


class ActionPrevue(Item):
    """A planned action, as signed."""

    genre: ClassVar[str] = "action prévue"
    code: Annotated[str, StringConstraints(pattern=codes.ACTION)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")
    titre_imprime: Texte | None = Field(
        default=None, description="Titre imprimé en tête de la fiche, quand un descriptif le suit."
    )
    sous_theme: Texte | None = Field(default=None, description="Intertitre imprimé au-dessus.")
    horizon: Texte | None = Field(default=None, description="Échéance imprimée, par exemple 2026.")
    quartiers: tuple[Texte, ...] = Field(
        default=(), description="Quartiers que l’action nomme elle-même ; vide : partout, ou rien de dit."
    )
    imprimee_sous: Texte | None = Field(
        default=None, description="Rubrique où l’action est imprimée quand ce n’est pas celle des actions."
    )
    pilotes: tuple[OrganismeCite, ...] = Field(default=(), description="Pilotes nommés par l’action elle-même.")
    partenaires: tuple[OrganismeCite, ...] = Field(default=(), description="Autres organismes nommés par l’action.")
    sous_actions: tuple[SousAction, ...] = ()


class Dispositif(Objet):
    """A scheme that a funder names."""

    nom: Texte = Field(description="Nom tel qu’imprimé.")
    nom_usuel: Texte | None = Field(
        default=None, description="Nom commun aux différentes graphies d’un même dispositif."
    )
    sous_theme: Texte | None = Field(default=None, description="Intertitre imprimé au-dessus.")


def _as_dispositif(written: Any) -> Any:
    return {"nom": written} if isinstance(written, str) else written


DispositifEcrit = Annotated[Dispositif, BeforeValidator(_as_dispositif, json_schema_input_type=Dispositif | str)]
"""A scheme, or its name alone."""


class LigneDeCredits(Item):
    """A funding line: one funder in one orientation, with the schemes it names, or nothing."""

    genre: ClassVar[str] = "ligne de crédits"
    code: Annotated[str, StringConstraints(pattern=codes.LIGNE_DE_CREDITS)]
    nature: NatureDeCredits
    financeur: Texte = Field(description="Nom du financeur tel qu’imprimé.")
    organisme: Texte | None = Field(default=None, description="Identifiant dans le fichier des organisations.")
    rattachee_a: Texte | None = Field(default=None, description="Nom imprimé sous lequel la ligne est rangée.")
    dispositifs: tuple[DispositifEcrit, ...] = Field(
        default=(), description="Dispositifs nommés ; aucun : la ligne est restée vide."
    )

    @property
    def vide(self) -> bool:
        """Whether the document names a funder and announces nothing."""
        return not self.dispositifs


class Orientation(Item):
    """A strategic orientation and all that the contract prints under it."""

    genre: ClassVar[str] = "orientation"
    code: Annotated[str, StringConstraints(pattern=codes.ORIENTATION)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")
    titre_imprime: Texte = Field(description="Titre imprimé en tête de l’orientation.")
    titre_protocole: Texte | None = Field(default=None, description="Titre du protocole, quand il diffère.")
    source_protocole: Source = Field(default=(), description="Lignes du protocole qui l’annoncent.")
    parties: tuple[Partie, ...] = ()
    donnees: tuple[Donnee, ...] = ()
    objectifs: tuple[Objectif, ...] = ()
    actions: tuple[ActionPrevue, ...] = ()
    pilotes: tuple[OrganismeCite, ...] = ()
    services_associes: tuple[OrganismeCite, ...] = ()
    credits: tuple[LigneDeCredits, ...] = ()


class ProjetDeQuartier(Orientation):
    """What the contract plans for some of its quarters beside its common orientations (circular of 31 August 2023)."""

    genre: ClassVar[str] = "projet de quartier"
    quartiers: tuple[Texte, ...] = Field(min_length=1, description="Noms des quartiers que ce projet concerne.")


class Axe(Item):
    """A line of the contract's strategy, holding orientations, or the projects of its quarters."""

    genre: ClassVar[str] = "axe"
    code: Annotated[str, StringConstraints(pattern=codes.AXE)]
    titre: Texte = Field(description="Titre court.")
    titre_imprime: Texte = Field(description="Titre imprimé en tête de l’axe.")
    titre_protocole: Texte | None = Field(default=None, description="Titre du protocole, quand il diffère.")
    source_protocole: Source = Field(default=(), description="Lignes du protocole qui l’annoncent.")
    transversal: bool = False
    orientations: tuple[Orientation, ...] = ()
    projets: tuple[ProjetDeQuartier, ...] = Field(
        default=(), description="Projets de quartier, à côté du socle commun."
    )

    @property
    def ensembles(self) -> tuple[Orientation, ...]:
        """What holds the actions of this axis: its orientations, then the projects of quarters."""
        return (*self.orientations, *self.projets)


class Engagement(Item):
    """What a signatory promises. Three levels at most, told by `parent`."""

    genre: ClassVar[str] = "engagement"
    code: Annotated[str, StringConstraints(pattern=codes.ENGAGEMENT)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")
    forme: Forme = Forme.PUCE
    regroupement: bool = Field(
        default=False, description="Vrai pour un intitulé qui ne fait que grouper : il n’est pas compté."
    )
    parent: CodeEngagement | None = Field(default=None, description="Code de l’engagement qui le contient.")
    orientations: tuple[CodeOrientation, ...] = Field(
        default=(),
        description="Orientations servies : rapprochement de notre main, que le document n’écrit pas.",
    )


class Rappel(Item):
    """A past achievement that a signatory recalls: no promise."""

    genre: ClassVar[str] = "rappel"
    code: Annotated[str, StringConstraints(pattern=codes.RAPPEL)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")


class DocumentCadre(Item):
    """A frame document a signatory refers to."""

    genre: ClassVar[str] = "document cadre"
    code: Annotated[str, StringConstraints(pattern=codes.DOCUMENT_CADRE)]
    titre: Texte = Field(description="Nom tel qu’imprimé.")
    periode: Texte | None = Field(default=None, description="Années couvertes, si elles sont imprimées.")


class Signataire(Item):
    """A body that signs, with what it promises."""

    genre: ClassVar[str] = "signataire"
    code: Annotated[str, StringConstraints(pattern=codes.SIGNATAIRE)]
    nom: Texte = Field(description="Nom tel qu’imprimé en tête.")
    organisme: Texte = Field(description="Identifiant dans le fichier des organisations.")
    parties: tuple[Partie, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    rappels: tuple[Rappel, ...] = ()
    documents_cadres: tuple[DocumentCadre, ...] = ()


class RegleDOrdre(Objet):
    """A body that meets before or with another."""

    titre: Texte = Field(description="La règle, en une phrase de notre main.")
    avant: CodeInstance | None = Field(default=None, description="Instance qui vient après elle.")
    source: Source = ()


class InstanceDeGouvernance(Item):
    """A body of governance."""

    genre: ClassVar[str] = "instance"
    code: Annotated[str, StringConstraints(pattern=codes.INSTANCE)]
    nom: Texte
    presidence: tuple[OrganismeCite, ...] = Field(default=(), description="Qui préside ou anime.")
    composition: tuple[OrganismeCite, ...] = Field(default=(), description="Qui en est membre.")
    roles: tuple[Texte, ...] = Field(default=(), description="Ce qu’elle fait, en mots de notre main.")
    frequence: Texte | None = Field(default=None, description="Rythme écrit dans le document.")
    reunions_par_an: int | None = Field(default=None, ge=1, le=366, description="Nombre minimal de réunions par an.")
    regles: tuple[RegleDOrdre, ...] = ()


class Indicateur(Item):
    """An indicator as printed; a repeat points to its first."""

    genre: ClassVar[str] = "indicateur"
    code: Annotated[str, StringConstraints(pattern=codes.INDICATEUR)]
    libelle: Texte = Field(description="Libellé tel qu’imprimé.")
    groupe: Texte | None = Field(default=None, description="Groupe imprimé.")
    sous_groupe: Texte | None = Field(default=None, description="Sous-groupe imprimé.")
    orientations: tuple[CodeOrientation, ...] = Field(
        default=(), description="Orientations couvertes par le groupe, ou par le sous-groupe imprimé."
    )
    depart: Texte | None = Field(default=None, description="Valeur de départ imprimée, s’il y en a une.")
    cible: Texte | None = Field(default=None, description="Cible imprimée, s’il y en a une.")
    repete: CodeIndicateur | None = Field(default=None, description="Premier indicateur de même libellé.")


class Lieu(Item):
    """A place or piece of equipment that the document names."""

    genre: ClassVar[str] = "lieu"
    code: Annotated[str, StringConstraints(pattern=codes.LIEU)]
    nom: Texte = Field(description="Nom tel qu’imprimé.")
    nature: Texte | None = Field(default=None, description="École, service public, espace vert…")
    repere: Texte | None = Field(default=None, description="Numéro sur la carte du document.")


class Article(Item):
    """An article of the protocol."""

    genre: ClassVar[str] = "article"
    code: Annotated[str, StringConstraints(pattern=codes.ARTICLE)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")


class Enseignement(Item):
    """What the evaluation of the previous contract taught."""

    genre: ClassVar[str] = "enseignement"
    code: Annotated[str, StringConstraints(pattern=codes.ENSEIGNEMENT)]
    titre: Texte = Field(description="Titre abrégé, de notre main.")
    sens: Literal["acquis", "limite", "mixte"]


class Periode(Objet):
    """The years a contract covers, ends included."""

    debut: Annotated[int, Field(ge=1990, le=2100)]
    fin: Annotated[int, Field(ge=1990, le=2100)]

    @model_validator(mode="after")
    def _runs_forward(self) -> "Periode":
        if self.fin < self.debut:
            raise ValueError("La période se termine avant de commencer.")
        return self


class ContratPrecedent(Objet):
    """The contract that came before."""

    periode: Periode
    code_anct: Texte | None = None
    enseignements: tuple[Enseignement, ...] = ()


NomDeLieu = Annotated[Texte, Field(max_length=200)]


class Territoire(Objet):
    """A commune or an intercommunality."""

    nom: NomDeLieu
    insee: Annotated[str, StringConstraints(pattern=r"^([0-9]{2}|2[AB])[0-9]{3}$")] | None = None
    siren: Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")] | None = None
    organisme: Texte | None = Field(default=None, description="Identifiant dans le fichier des organisations.")


class Population(Objet):
    """How many people live in a quarter, by whom counted."""

    valeur: Annotated[int, Field(ge=0, le=100_000_000)]
    origine: Texte
    periode: Texte | None = None


class Quartier(Objet):
    """A priority quarter."""

    code: Annotated[str, StringConstraints(pattern=r"^Q[NP][0-9A-Z]{6}$")] = Field(description="Code du QPV.")
    nom: NomDeLieu
    commune: Texte | None = Field(default=None, description="Code INSEE de la commune.")
    population: Population | None = None


class Signature(Objet):
    """When and where the contract was signed."""

    date: date
    lieu: Texte | None = None
    provenance: Texte | None = Field(default=None, description="D’où vient la date quand le document ne la porte pas.")


class BaseLegale(Objet):
    """A text of law that the contract rests on."""

    titre: Texte
    source: Source = ()
    note: TexteLong | None = None


class Provenance(Objet):
    """Where a fact that the document does not carry was read."""

    fait: Texte
    origine: Texte


class Identite(Objet):
    """What the contract is: codes, territory, years, signature."""

    titre: Texte
    departement: Texte | None = None
    code_anct: Texte | None = None
    epci: Territoire | None = None
    communes: tuple[Territoire, ...] = ()
    quartiers: tuple[Quartier, ...] = ()
    periode: Periode
    signature: Signature | None = None
    base_legale: tuple[BaseLegale, ...] = ()
    provenances: tuple[Provenance, ...] = ()


def _is_sha256(value: str) -> str:
    if len(value) != 64 or set(value) - set("0123456789abcdef"):
        raise ValueError("Une empreinte SHA-256 compte 64 chiffres hexadécimaux minuscules.")
    return value


class DocumentSigne(Objet):
    """The signed document the contract file expects, and the spans of it that name a person."""

    titre: Texte
    sha256: Annotated[str, AfterValidator(_is_sha256)] = Field(description="Empreinte du texte normalisé.")
    lignes: Annotated[int, Field(ge=1)]
    noms_masques: Source = Field(default=(), description="Passages qui nomment ou joignent une personne.")


class CodeRetire(Objet):
    """A code that is no longer used, and the one that took its place."""

    code: Annotated[Texte, Field(max_length=40)]
    remplace_par: Texte | None = None
    motif: Texte | None = None


class ContratDeVille(Objet):
    """A whole contract file."""

    format: Literal["tenir/contrat/1"]
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
    fictif: bool = False
    note: TexteLong | None = None
    identite: Identite
    document: DocumentSigne | None = None
    articles: tuple[Article, ...] = ()
    contrat_precedent: ContratPrecedent | None = None
    diagnostic: tuple[Donnee, ...] = ()
    lieux: tuple[Lieu, ...] = ()
    axes: tuple[Axe, ...] = ()
    signataires: tuple[Signataire, ...] = ()
    instances: tuple[InstanceDeGouvernance, ...] = ()
    indicateurs: tuple[Indicateur, ...] = ()
    parties: tuple[Partie, ...] = ()
    codes_retires: tuple[CodeRetire, ...] = ()
    derogations: tuple[Derogation, ...] = ()
    absents: tuple[Contenu, ...] = ()

    @property
    def texte_signe(self) -> "ContratDeVille":
        """The same contract without what was never signed: its dérogations."""
        return self.model_copy(update={"derogations": ()}) if self.derogations else self

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its code, in the order of the file. A repeated code keeps its first item."""
        found: dict[str, Item] = {}
        for place in walk(self):
            if isinstance(place.objet, Item):
                found.setdefault(place.objet.code, place.objet)
        return found

    @cached_property
    def items_par_ligne(self) -> dict[int, Item]:
        """The closest item of each line of the document: one that holds others comes before them, and is covered."""
        return {ligne: item for item in self.items.values() for plage in item.source for ligne in plage.lignes}

    @property
    def orientations(self) -> tuple[Orientation, ...]:
        """The orientations of every axis, projects of quarters included: all that holds actions."""
        return tuple(orientation for axe in self.axes for orientation in axe.ensembles)

    @property
    def spans_of_names(self) -> tuple[Plage, ...]:
        """The spans of the document that name a person."""
        return self.document.noms_masques if self.document else ()
