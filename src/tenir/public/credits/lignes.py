"""The funding lines: one funder in one orientation, with what it announces, or nothing."""

from typing import Any

import django_filters
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.contrat.absences import told_of, unless_unread
from tenir.contrat.models import Dispositif, LigneDeCredits
from tenir.core.cellules import stamp
from tenir.core.composants import Chiffre, Lien
from tenir.core.listes import Colonne, Liste, Place, read, respond, text_column
from tenir.core.typographie import accord, nombre, pluriel
from tenir.fichier.enums import Contenu
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.cellules import coded_link, link
from tenir.public.credits.financeurs import SILENT, FinanceursDuContrat, parts
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.public.listes import CONTRAT, FiltreDuContrat, french, values_of

EMPTY = {"oui": True, "non": False}


def _code(row: LigneDeCredits) -> SafeString:
    """The code, leading to the line on the page of its orientation."""
    return link(row.espace.slug, row.code, row.code)


def _funder(row: LigneDeCredits) -> str | SafeString:
    """The funder as printed, with the name it is printed under."""
    under = row.rattachee_a
    return format_html('{} <span class="discret">({})</span>', row.financeur, under) if under else row.financeur


def _schemes(row: LigneDeCredits) -> str:
    """The schemes as printed."""
    return " ; ".join(scheme.nom for scheme in row.dispositifs.all())


def _orientation(row: LigneDeCredits) -> SafeString:
    """The orientation, with its title."""
    return coded_link(row.espace.slug, row.orientation.code, row.orientation.titre)


LIGNES = Liste(
    "Lignes de crédits, telles que le contrat les imprime",
    (
        CONTRAT,
        Colonne("code", "Code", read("code"), _code, order_by=("ordre",), css="code", place=Place.LIGNE),
        Colonne(
            "financeur", "Financeur imprimé", read("financeur"), _funder, key=french("financeur"), place=Place.TITRE
        ),
        text_column(
            "organisation",
            "Organisation",
            "organisation.nom",
            absence="non reconnue",
            key=french("organisation.nom"),
        ),
        Colonne(
            "dispositifs",
            "Ce qui est annoncé",
            _schemes,
            lambda row: _schemes(row) or stamp(SILENT),
            place=Place.LIGNE,
        ),
        Colonne(
            "orientation",
            "Orientation",
            read("orientation.code"),
            _orientation,
            order_by=("orientation__ordre",),
            place=Place.LIGNE,
        ),
        Colonne("nature", "Nature", read("nature"), order_by=("nature",), place=Place.LIGNE),
        Colonne("titre_de_l_orientation", "Titre de l’orientation", read("orientation.titre"), on_page=False),
        Colonne("rattachee_a", "Rattachée à", read("rattachee_a"), on_page=False),
        Colonne("vide", "Restée vide", lambda row: "oui" if row.vide else "non", on_page=False),
        Colonne("source", "Lignes du document", read("source"), on_page=False),
    ),
    noun="ligne de crédits",
    plural="lignes de crédits",
    filters="Filtrer les lignes de crédits",
    empty="Aucune ligne de crédits ne répond à ces filtres.",
    tie=("ordre", "pk"),
)
"""The funding lines of a contract."""


class FiltreDesLignes(FiltreDuContrat):
    """Filters by funder, orientation, nature, emptiness, words."""

    financeur = django_filters.ChoiceFilter(label="Financeur", method="of_funder", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(field_name="orientation__code", label="Orientation", empty_label="Toutes")
    nature = django_filters.ChoiceFilter(label="Nature", empty_label="Toutes")
    vide = django_filters.ChoiceFilter(
        label="Annonce",
        method="left_empty",
        empty_label="Toutes",
        choices=[("oui", "restée vide"), ("non", "au moins un dispositif")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.funders = FinanceursDuContrat(self.queryset)
        self.offer("financeur", self.funders.choices())
        self.offer("orientation", orientation_choices(self.queryset, "orientation__"))
        self.offer("nature", values_of(self.queryset, "nature"))

    def of_funder(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The lines of one funder."""
        return rows.filter(self.funders.condition(value))

    def left_empty(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The lines that announce nothing, or the others."""
        return rows.filter(vide=EMPTY[value])


def orientation_choices(rows: QuerySet[Any], to_orientation: str) -> list[tuple[str, str]]:
    """The orientations of some rows, in the order of the contract; `to_orientation` as in « orientation__ »."""
    columns = [f"{to_orientation}{column}" for column in ("ordre", "code", "titre")]
    return [(code, f"{code} {titre}") for _, code, titre in sorted(set(rows.order_by().values_list(*columns)))]


def credits(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """The list of the funding lines."""
    espace = contract_or_404(slug)
    schemes = Prefetch("dispositifs", Dispositif.objects.order_by("rang"))
    rows = LigneDeCredits.objects.of(espace).select_related("orientation", "organisation")
    return respond(
        request,
        "public/credits.html",
        liste=told_of(LIGNES, espace, Contenu.CREDITS),
        filtre=FiltreDesLignes,
        rows=rows.prefetch_related(schemes),
        export_name=f"{slug}-credits",
        format=format,
        context=_content(espace),
    )


def _content(espace: EspaceDeContrat) -> dict[str, Any]:
    lines = LigneDeCredits.objects.of(espace)
    counted = lines.aggregate(total=Count("pk"), empty=Count("pk", filter=Q(vide=True)))
    schemes = Dispositif.objects.filter(ligne__espace=espace, ligne__retire=False).aggregate(
        named=Count("pk"), distinct=Count("cle", distinct=True)
    )
    funders = len(FinanceursDuContrat(lines).par_cle)
    total, empty = counted["total"], counted["empty"]
    return context(
        espace,
        "credits",
        fil=crumbs(espace, Lien("Les crédits")),
        parties=parts(espace.slug, "credits"),
        chapeau=unless_unread(espace, Contenu.CREDITS, lede(total, empty, funders)),
        chiffres=_figures(espace.slug, counted, schemes, funders) if total else [],
    )


def _figures(slug: str, lines: dict[str, int], schemes: dict[str, int], funders: int) -> list[Chiffre]:
    catalogue, table = reverse("dispositifs", args=[slug]), reverse("credits-tableau", args=[slug])
    named, empty = schemes["named"], lines["empty"]
    empty_url = f"{reverse('credits', args=[slug])}?vide=oui" if empty else ""
    return [
        Chiffre("lignes de crédits", nombre(lines["total"])),
        Chiffre(f"{accord(empty, 'restée vide', 'restées vides')}", nombre(empty), url=empty_url),
        Chiffre("financeurs nommés", nombre(funders), url=table),
        Chiffre(
            "dispositifs différents",
            f"au moins {nombre(schemes['distinct'])}" if empty else nombre(schemes["distinct"]),
            f"cités {pluriel(named, 'fois')}" if named else "",
            catalogue,
        ),
    ]


def lede(total: int, empty: int, funders: int) -> str:
    """What the contract says of money, in a sentence: it names funders and schemes, and often nothing else."""
    if not total:
        return "Le contrat ne nomme aucun financeur."
    start = f"{pluriel(funders, 'financeur')} {accord(funders, 'est nommé', 'sont nommés')} sur "
    start += pluriel(total, "ligne de crédits", "lignes de crédits", genre="f")
    if not empty:
        return f"{start} ; chacune annonce au moins un dispositif."
    return f"{start} ; {nombre(empty)} {accord(empty, 'n’annonce rien', 'n’annoncent rien')}."
