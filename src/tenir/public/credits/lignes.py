"""The funding lines: one funder in one orientation, with what it announces, or nothing."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tenir.contrat.models import Dispositif, LigneDeCredits
from tenir.core.cellules import TexteOuAbsence, stamp
from tenir.core.composants import Chiffre, Lien
from tenir.core.listes import respond
from tenir.core.typographie import accord, nombre, pluriel
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.cellules import coded_link, link
from tenir.public.credits.financeurs import SILENT, FinanceursDuContrat, parts
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.public.listes import FiltreDuContrat, ListeDuContrat, alphabetical, values_of

EMPTY = {"oui": True, "non": False}


class LignesDeCredits(ListeDuContrat):
    """The funding lines of a contract."""

    code = tables.Column(order_by="ordre", attrs={"td": {"class": "code"}})
    financeur = tables.Column(verbose_name="Financeur imprimé")
    organisation = TexteOuAbsence("non reconnue", accessor="organisation__nom", verbose_name="Organisation")
    dispositifs = tables.Column(verbose_name="Ce qui est annoncé", orderable=False, empty_values=())
    orientation = tables.Column(order_by="orientation__ordre", verbose_name="Orientation")
    nature = tables.Column(verbose_name="Nature")
    titre_de_l_orientation = tables.Column(
        accessor="orientation__titre", verbose_name="Titre de l’orientation", visible=False
    )
    rattachee_a = tables.Column(verbose_name="Rattachée à", visible=False)
    vide = tables.Column(verbose_name="Restée vide", visible=False)
    source = tables.Column(verbose_name="Lignes du document", visible=False)

    caption = "Lignes de crédits, telles que le contrat les imprime"
    noun = "ligne de crédits"
    noun_plural = "lignes de crédits"

    class Meta:
        sequence = ("contrat", "code", "...")
        empty_text = "Aucune ligne de crédits ne répond à ces filtres."

    def render_code(self, value: str, record: LigneDeCredits) -> SafeString:
        """The code, leading to the line on the page of its orientation."""
        return link(record.espace.slug, value, value)

    def value_code(self, value: str) -> str:
        """The code alone."""
        return value

    def render_financeur(self, value: str, record: LigneDeCredits) -> str | SafeString:
        """The funder as printed, with the name it is printed under."""
        under = record.rattachee_a
        return format_html('{} <span class="discret">({})</span>', value, under) if under else value

    def value_financeur(self, value: str) -> str:
        """The funder as printed."""
        return value

    def render_dispositifs(self, record: LigneDeCredits) -> str | SafeString:
        """The schemes, or their absence."""
        return self.value_dispositifs(record) or stamp(SILENT)

    def value_dispositifs(self, record: LigneDeCredits) -> str:
        """The schemes as printed."""
        return " ; ".join(scheme.nom for scheme in record.dispositifs.all())

    def render_orientation(self, record: LigneDeCredits) -> SafeString:
        """The orientation, with its title."""
        return coded_link(record.espace.slug, record.orientation.code, record.orientation.titre)

    def value_orientation(self, record: LigneDeCredits) -> str:
        """The code of the orientation."""
        return record.orientation.code

    def value_vide(self, value: bool) -> str:
        """Yes or no."""
        return "oui" if value else "non"

    def order_financeur(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """French order."""
        return alphabetical(rows, "financeur", is_descending)

    def order_organisation(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """French order."""
        return alphabetical(rows, "organisation__nom", is_descending)


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
    rows = LigneDeCredits.objects.of(espace).select_related("espace", "orientation", "organisation")
    return respond(
        request,
        "public/credits.html",
        liste=LignesDeCredits,
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
        chapeau=lede(total, empty, funders),
        chiffres=_figures(espace.slug, counted, schemes, funders),
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
            nombre(schemes["distinct"]),
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
