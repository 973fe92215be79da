"""The schemes: each once, whatever its spellings, with who announces it and where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from tenir.contrat.absences import told_of, unless_unread
from tenir.contrat.models import Dispositif, LigneDeCredits, Orientation
from tenir.contrat.recherche import query_words
from tenir.core.cellules import together
from tenir.core.composants import Lien
from tenir.core.listes import Colonne, Liste, Place, read, respond
from tenir.core.requetes import among
from tenir.core.typographie import NBSP, accord, pluriel
from tenir.fichier.enums import Contenu
from tenir.fichier.mots import words
from tenir.financement.models import FicheDeDispositif
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.cellules import code_link
from tenir.public.credits.financeurs import FinanceursDuContrat, funder, parts
from tenir.public.credits.lignes import orientation_choices
from tenir.public.credits.trouver import told_check, when
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.public.listes import FiltreDuContrat, one_a_line, values_of


@dataclass(slots=True)
class DispositifDuCatalogue:
    """A scheme with everything that names it; built line by line, then shown."""

    contrat: str
    slug: str
    cle: str
    nom: str
    graphies: dict[str, None] = field(default_factory=dict)
    financeurs: dict[str, None] = field(default_factory=dict)
    natures: dict[str, None] = field(default_factory=dict)
    orientations: dict[str, Orientation] = field(default_factory=dict)
    lignes: dict[str, None] = field(default_factory=dict)
    fiche: FicheDeDispositif | None = None
    """What is known of it beyond its name."""

    @property
    def nombre_d_orientations(self) -> int:
        """In how many orientations it is announced."""
        return len(self.orientations)

    def add(self, mention: Dispositif) -> None:
        """Take one mention of the scheme in."""
        line = mention.ligne
        self.graphies[mention.nom] = None
        self.financeurs[funder(line).nom] = None
        self.natures[line.nature] = None
        self.orientations[line.orientation.code] = line.orientation
        self.lignes[line.code] = None


def catalogue(mentions: Iterable[Dispositif]) -> list[DispositifDuCatalogue]:
    """The schemes of some mentions (line, orientation, organisation and espace selected), in alphabetical order."""
    found: dict[str, DispositifDuCatalogue] = {}
    espaces: set[EspaceDeContrat] = set()
    for mention in mentions:
        espace = mention.ligne.espace
        blank = DispositifDuCatalogue(espace.titre, espace.slug, mention.cle, mention.nom_usuel)
        found.setdefault(mention.cle, blank).add(mention)
        espaces.add(espace)
    for one in espaces:
        for fiche in FicheDeDispositif.objects.of(one).filter(cle__in=found):
            found[fiche.cle].fiche = fiche
    return sorted(found.values(), key=lambda scheme: (scheme.cle, scheme.nom))


def _spellings(row: DispositifDuCatalogue) -> str | SafeString:
    """The printed spellings, when they say more than the usual name."""
    return one_a_line(f"«{NBSP}{name}{NBSP}»" for name in row.graphies if name != row.nom)


def _orientations(row: DispositifDuCatalogue) -> SafeString:
    """The orientations, by their codes."""
    return together(code_link(row.slug, code, one.titre) for code, one in row.orientations.items())


def _said(name: str) -> Callable[[DispositifDuCatalogue], str]:
    """What is known of a scheme; nothing where nobody said it."""
    return lambda row: getattr(row.fiche, name) if row.fiche else ""


def _when(row: DispositifDuCatalogue) -> str:
    return when(row.fiche) if row.fiche else ""


def _checked(row: DispositifDuCatalogue) -> str:
    return told_check(row.fiche) if row.fiche else "jamais vérifié"


DISPOSITIFS = Liste(
    "Dispositifs nommés par les financeurs, chacun une fois",
    (
        contract_column(read("contrat")),
        Colonne("nom", "Dispositif", read("nom"), key=read("cle"), place=Place.TITRE),
        Colonne("graphies", "Imprimé", lambda row: " ; ".join(row.graphies), _spellings),
        Colonne(
            "financeurs",
            "Annoncé par",
            lambda row: " ; ".join(row.financeurs),
            lambda row: one_a_line(row.financeurs),
            place=Place.LIGNE,
        ),
        Colonne("natures", "Nature", lambda row: ", ".join(row.natures)),
        Colonne(
            "orientations",
            "Orientations",
            lambda row: " ; ".join(row.orientations),
            _orientations,
            key=lambda row: (-row.nombre_d_orientations, row.cle),
            place=Place.LIGNE,
        ),
        Colonne("pour_qui", "Qui peut le demander", _said("pour_qui"), place=Place.LIGNE),
        Colonne("pour_quoi", "Ce qu’il finance", _said("pour_quoi"), on_page=False),
        Colonne("quand", "Quand", _when, place=Place.LIGNE),
        Colonne("ou", "Où", _said("ou"), place=Place.LIGNE),
        Colonne("verifie", "Vérification", _checked),
        Colonne("nombre_d_orientations", "Nombre d’orientations", read("nombre_d_orientations"), on_page=False),
        Colonne("lignes", "Lignes de crédits", lambda row: " ; ".join(row.lignes), on_page=False),
    ),
    noun="dispositif",
    genre="m",
    filters="Filtrer les dispositifs",
    empty="Aucun dispositif ne répond à ces filtres.",
)
"""The schemes of a contract, each once."""


class FiltreDesDispositifs(FiltreDuContrat):
    """Filters the schemes by one of their mentions; every mention of a scheme that passes is kept."""

    financeur = django_filters.ChoiceFilter(label="Annoncé par", method="of_funder", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(
        field_name="ligne__orientation__code", label="Orientation", empty_label="Toutes"
    )
    nature = django_filters.ChoiceFilter(field_name="ligne__nature", label="Nature", empty_label="Toutes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = LigneDeCredits.objects.filter(
            among(self.queryset.values("ligne"))
        )  # « dispositifs__in » joins them twice
        self.funders = FinanceursDuContrat(lines)
        self.offer("financeur", self.funders.choices())
        self.offer("orientation", orientation_choices(self.queryset, "ligne__orientation__"))
        self.offer("nature", values_of(self.queryset, "ligne__nature"))

    def filter_queryset(self, queryset: QuerySet[Dispositif]) -> QuerySet[Dispositif]:
        """Every mention of the schemes that one mention lets through."""
        passing = super().filter_queryset(queryset)
        return queryset.filter(cle__in=passing.order_by().values("cle"))

    def of_funder(self, rows: QuerySet[Dispositif], name: str, value: str) -> QuerySet[Dispositif]:
        """The mentions by one funder."""
        return rows.filter(self.funders.condition(value, to_line="ligne__"))

    def with_words(self, rows: QuerySet[Dispositif], name: str, value: str) -> QuerySet[Dispositif]:
        """The schemes one spelling of which holds every word, or its beginning."""
        asked = query_words(value)
        spelled = self.queryset.order_by().values_list("cle", "nom", "nom_usuel")
        return rows.filter(cle__in={cle for cle, *names in spelled if _holds(" ".join(names), asked)})


def _holds(text: str, asked: list[str]) -> bool:
    present = words(text)
    return all(any(word.startswith(one) for word in present) for one in asked)


def dispositifs(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """The catalogue of schemes."""
    espace = contract_or_404(slug)
    mentions = Dispositif.objects.filter(ligne__espace=espace, ligne__retire=False)
    rows = mentions.select_related("ligne__espace", "ligne__orientation", "ligne__organisation")
    given = context(
        espace,
        "credits",
        fil=crumbs(espace, *_steps(slug)),
        parties=parts(slug, "dispositifs"),
        chapeau=unless_unread(espace, Contenu.CREDITS, lede(mentions)),
    )
    return respond(
        request,
        "public/dispositifs.html",
        liste=told_of(DISPOSITIFS, espace, Contenu.CREDITS),
        made_of=catalogue,
        filtre=FiltreDesDispositifs,
        rows=rows.order_by("ligne__ordre", "rang"),
        export_name=f"{slug}-dispositifs",
        format=format,
        context=given,
    )


def _steps(slug: str) -> list[Lien]:
    catalogue, *_ = parts(slug, "")
    return [Lien("Les crédits", catalogue.url), Lien("Les dispositifs")]


def lede(mentions: QuerySet[Dispositif]) -> str:
    """How many schemes, and how many of them come back in several orientations. One query."""
    where: dict[str, set[int]] = {}
    for cle, orientation in mentions.order_by().values_list("cle", "ligne__orientation"):
        where.setdefault(cle, set()).add(orientation)
    if not where:
        return "Aucun financeur ne nomme de dispositif."
    again = sum(len(orientations) > 1 for orientations in where.values())
    start = f"{pluriel(len(where), 'dispositif')} {accord(len(where), 'est nommé', 'sont nommés')}"
    return (
        f"{start} ; {again} {accord(again, 'revient', 'reviennent')} dans plusieurs orientations."
        if again
        else (f"{start}, chacun dans une seule orientation.")
    )
