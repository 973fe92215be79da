"""The list of signatories: what each promises, pilots and has in its name, counted."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from tenir.contrat.models import LigneDeCredits, OrganismeCite, Signataire
from tenir.core.cellules import second_line, together
from tenir.core.listes import Colonne, Liste, Place, read, text_column
from tenir.core.listes.colonne import Read
from tenir.core.typographie import accord, nombre
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.cellules import link
from tenir.public.listes import CONTRAT, FiltreDuContrat, french, values_of
from tenir.public.organismes import SignataireParOrganisation


def rows(espace: EspaceDeContrat) -> QuerySet[Signataire]:
    """The signatories of a contract, with their counts; a service counts for the signatory it belongs to."""
    promises = Count("engagements", filter=Q(engagements__retire=False, engagements__regroupement=False))
    bodies = SignataireParOrganisation(espace)
    piloted, lines, empty = _piloted(espace, bodies), *_lines(espace, bodies)
    return (
        Signataire.objects.of(espace)
        .select_related("organisation")
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


def _figure(name: str, titre: str, mot: str, *, cell: Read | None = None) -> Colonne:
    return Colonne(name, titre, read(name), cell, order_by=(name,), css="chiffre", place=Place.LIGNE, mot=mot)


def _name(row: Signataire) -> str:
    """The name leads to the signatory."""
    return link(row.espace.slug, row.code, row.nom)


def _funding(row: Any) -> str:
    """The funding lines, and how many announce nothing."""
    empty = row.nb_lignes_vides
    note = f"dont {nombre(empty)} {accord(empty, 'vide')}" if empty else ""
    return together([nombre(row.nb_lignes), second_line(note)])


SIGNATAIRES = Liste(
    "Signataires du contrat",
    (
        CONTRAT,
        Colonne("code", "Code", read("code"), order_by=("ordre",), css="code", place=Place.LIGNE),
        Colonne("nom", "Signataire", read("nom"), _name, key=french("nom"), place=Place.TITRE),
        Colonne("organisation", "Organisation reconnue", read("organisation.nom"), on_page=False),
        text_column(
            "nature",
            "Nature",
            "organisation.nature",
            absence="—",
            key=french("organisation.nature"),
            place=Place.LIGNE,
        ),
        _figure("nb_engagements", "Engagements", "engagements :"),
        _figure("nb_orientations", "Orientations pilotées", "orientations pilotées :"),
        _figure("nb_lignes", "Lignes de crédits", "lignes de crédits :", cell=_funding),
        Colonne("nb_lignes_vides", "Lignes de crédits restées vides", read("nb_lignes_vides"), on_page=False),
        text_column("source", "Lignes du document", on_page=False),
    ),
    noun="signataire",
    genre="m",
    empty="Aucun signataire ne répond à ces filtres.",
    sort="code",
)
"""Signatories; what only a file needs is not on the page."""


class FiltreDesSignataires(FiltreDuContrat):
    """Kind of body, words."""

    nature = django_filters.ChoiceFilter(label="Nature", field_name="organisation__nature", empty_label="Toutes")

    class Meta:
        model = Signataire
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("nature", values_of(self.queryset, "organisation__nature"))
