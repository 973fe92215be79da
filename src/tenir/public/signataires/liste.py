"""The list of signatories: what each promises, pilots and has in its name, counted."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from tenir.contrat.models import LigneDeCredits, OrganismeCite, Signataire
from tenir.core.cellules import second_line, together
from tenir.core.typographie import accord, nombre
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.cellules import link
from tenir.public.listes import FiltreDuContrat, ListeDuContrat, alphabetical, values_of
from tenir.public.organismes import SignataireParOrganisation

FIGURE = {"td": {"class": "chiffre"}}


def rows(espace: EspaceDeContrat) -> QuerySet[Signataire]:
    """The signatories of a contract, with their counts; a service counts for the signatory it belongs to."""
    promises = Count("engagements", filter=Q(engagements__retire=False, engagements__regroupement=False))
    bodies = SignataireParOrganisation(espace)
    piloted, lines, empty = _piloted(espace, bodies), *_lines(espace, bodies)
    return (
        Signataire.objects.of(espace)
        .select_related("espace", "organisation")
        .annotate(nb_engagements=promises)
        .annotate(nb_orientations=_by_code(piloted), nb_lignes=_by_code(lines), nb_lignes_vides=_by_code(empty))
    )


def _piloted(espace: EspaceDeContrat, bodies: SignataireParOrganisation) -> Counter[str]:
    """How many orientations each signatory pilots, itself or through a service."""
    pilots = OrganismeCite.objects.filter(role=OrganismeCite.Role.PILOTE, espace=espace)
    cited = pilots.filter(orientation__retire=False).order_by()
    named = cited.values_list("organisation__identifiant", "orientation")
    return _count({(bodies.code(identifiant), orientation) for identifiant, orientation in named})


def _lines(espace: EspaceDeContrat, bodies: SignataireParOrganisation) -> tuple[Counter[str], Counter[str]]:
    """How many funding lines are in the name of each signatory, and how many of them announce nothing."""
    named = LigneDeCredits.objects.of(espace).values_list("organisation__identifiant", "pk", "vide")
    found = [(bodies.code(identifiant), line, vide) for identifiant, line, vide in named]
    return _count(found), _count(one for one in found if one[-1])


def _count(found: Iterable[tuple[Any, ...]]) -> Counter[str]:
    return Counter(code for code, *_ in found if code)


def _by_code(counts: Counter[str]) -> Case:
    """The count of each signatory as a column, so that the database can sort by it."""
    cases = [When(code=code, then=Value(count)) for code, count in counts.items()]
    return Case(*cases, default=Value(0), output_field=IntegerField())


class Signataires(ListeDuContrat):
    """Signatories; the columns that only an export needs are not visible."""

    caption = "Signataires du contrat"
    noun, genre = "signataire", "m"

    code = tables.Column(order_by="ordre", attrs={"td": {"class": "code"}})
    nom = tables.Column(verbose_name="Signataire")
    organisation = tables.Column(accessor="organisation__nom", visible=False, verbose_name="Organisation reconnue")
    nature = tables.Column(accessor="organisation__nature", verbose_name="Nature")
    nb_engagements = tables.Column(verbose_name="Engagements", attrs=FIGURE)
    nb_orientations = tables.Column(verbose_name="Orientations pilotées", attrs=FIGURE)
    nb_lignes = tables.Column(verbose_name="Lignes de crédits", attrs=FIGURE)
    nb_lignes_vides = tables.Column(visible=False, verbose_name="Lignes de crédits restées vides")
    source = tables.Column(visible=False, default="", verbose_name="Lignes du document")

    class Meta:
        empty_text = "Aucun signataire ne répond à ces filtres."
        order_by = "code"

    def render_nom(self, record: Signataire) -> str:
        """The name leads to the signatory."""
        return link(record.espace.slug, record.code, record.nom)

    def value_nom(self, value: str) -> str:
        """The name alone."""
        return value

    def render_nb_lignes(self, record: Any) -> str:
        """The funding lines, and how many announce nothing."""
        empty = record.nb_lignes_vides
        note = f"dont {nombre(empty)} {accord(empty, 'vide')}" if empty else ""
        return together([nombre(record.nb_lignes), second_line(note)])

    def value_nb_lignes(self, value: int) -> int:
        """The number alone."""
        return value

    def order_nom(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Names in French order."""
        return alphabetical(rows, "nom", is_descending)

    def order_nature(self, rows: QuerySet[Any], is_descending: bool) -> tuple[QuerySet[Any], bool]:
        """Kinds in French order."""
        return alphabetical(rows, "organisation__nature", is_descending)


class FiltreDesSignataires(FiltreDuContrat):
    """Kind of body, words."""

    nature = django_filters.ChoiceFilter(label="Nature", field_name="organisation__nature", empty_label="Toutes")

    class Meta:
        model = Signataire
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("nature", values_of(self.queryset, "organisation__nature"))
