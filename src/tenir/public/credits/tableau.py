"""Who announces what where: funders down, orientations across, on one screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tenir.contrat.absences import unless_unread, unread
from tenir.contrat.adresses import address
from tenir.contrat.models import Dispositif, LigneDeCredits, Orientation
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import accord, nombre, pluriel, total
from tenir.fichier.enums import Contenu
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.credits.financeurs import Financeur, funder, parts
from tenir.public.espace import context, contract_or_404, crumbs

EMPTY = "vide"


@dataclass(slots=True)
class Case:
    """What one funder announces in one orientation; with no line there, it is blank."""

    url: str
    lignes: int = 0
    vides: int = 0
    dispositifs: set[str] = field(default_factory=set)

    @property
    def texte(self) -> str:
        """« 3 », « vide », or nothing where the funder is not named."""
        if not self.lignes:
            return ""
        return nombre(len(self.dispositifs)) if self.dispositifs else EMPTY

    @property
    def lecture(self) -> str:
        """The cell in words, for whoever hears it."""
        if not self.dispositifs:
            return "rien n’est annoncé"
        also = f", et {pluriel(self.vides, 'ligne vide', 'lignes vides', genre='f')}" if self.vides else ""
        return f"{pluriel(len(self.dispositifs), 'dispositif')}{also}"

    def add(self, line: LigneDeCredits) -> None:
        """Take one line in."""
        self.lignes += 1
        self.vides += line.vide
        self.dispositifs.update(scheme.cle for scheme in line.dispositifs.all())


@dataclass(slots=True)
class Rangee:
    """One funder across the orientations."""

    financeur: Financeur
    cases: dict[str, Case]

    @property
    def total(self) -> int:
        """How many different schemes the funder announces."""
        return len(set().union(*(case.dispositifs for case in self.cases.values())))

    @property
    def vides(self) -> int:
        """How many of its lines announce nothing: what it gives there is not known."""
        return sum(case.vides for case in self.cases.values())

    @property
    def dit(self) -> str:
        """The total as it may be said."""
        return told_total(self.total, self.vides)


@dataclass(frozen=True, slots=True)
class TableauDesFinanceurs:
    """The whole table."""

    orientations: Sequence[Orientation]
    rangees: Sequence[Rangee]

    @property
    def muets(self) -> int:
        """How many funders are named and announce nothing anywhere."""
        return sum(not rangee.total for rangee in self.rangees)

    @property
    def totaux(self) -> list[str]:
        """How many different schemes each orientation can count on, as it may be said."""
        return [self._total(one.code) for one in self.orientations]

    def _total(self, code: str) -> str:
        cases = [rangee.cases[code] for rangee in self.rangees]
        return told_total(len(set().union(*(case.dispositifs for case in cases))), sum(case.vides for case in cases))


def told_total(schemes: int, empty: int) -> str:
    """How many schemes, at least when lines announce nothing."""
    return total(nombre(schemes), empty, "ligne vide", "lignes vides")


def tableau(request: HttpRequest, slug: str) -> HttpResponse:
    """The table of funders and orientations."""
    espace = contract_or_404(slug)
    table = build(espace)
    given = context(
        espace,
        "credits",
        fil=crumbs(espace, Lien("Les crédits", reverse("credits", args=[slug])), Lien("Le tableau des financeurs")),
        parties=parts(slug, "credits-tableau"),
        chapeau=unless_unread(espace, Contenu.CREDITS, lede(table)),
        colonnes=[Lien(one.titre, address(slug, one.code), one.code) for one in table.orientations],
        tableau=table,
    )
    return render(request, "public/credits_tableau.html", given)


def tableau_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The same table as a file."""
    espace = contract_or_404(slug)
    return export_response(_rows(espace), name=f"{slug}-tableau-des-financeurs", format=format)


def build(espace: EspaceDeContrat) -> TableauDesFinanceurs:
    """Read the table: three queries, whatever the size of the contract."""
    orientations = list(Orientation.objects.of(espace))
    schemes = Prefetch("dispositifs", Dispositif.objects.order_by("rang"))
    lines = LigneDeCredits.objects.of(espace).select_related("organisation", "orientation").prefetch_related(schemes)
    rows: dict[str, Rangee] = {}
    for line in lines:
        found = funder(line)
        if found.cle not in rows:
            rows[found.cle] = Rangee(found, {one.code: Case(_url(espace, found, one)) for one in orientations})
        rows[found.cle].cases[line.orientation.code].add(line)
    return TableauDesFinanceurs(orientations, sorted(rows.values(), key=lambda row: plain(row.financeur.nom)))


def _url(espace: EspaceDeContrat, found: Financeur, orientation: Orientation) -> str:
    return f"{reverse('credits', args=[espace.slug])}?financeur={found.cle}&orientation={orientation.code}"


def lede(table: TableauDesFinanceurs) -> str:
    """Who announces, and who is named for nothing."""
    named, silent = len(table.rangees), table.muets
    if not named:
        return "Le contrat ne nomme aucun financeur."
    start = f"{pluriel(named, 'financeur')}, {pluriel(len(table.orientations), 'orientation', genre='f')}."
    if not silent:
        return f"{start} Chaque financeur annonce quelque chose quelque part."
    promise = accord(silent, "est nommé et n’annonce", "sont nommés et n’annoncent")
    return f"{start} {nombre(silent)} {promise} rien nulle part."


def _rows(espace: EspaceDeContrat) -> Iterator[list[object]]:
    table = build(espace)
    codes = [one.code for one in table.orientations]
    yield ["Contrat", "Financeur", *codes, "Dispositifs différents, au moins", "Lignes vides"]
    for row in table.rangees:
        cells = [_cell(row.cases[one.code]) for one in table.orientations]
        yield [espace.titre, row.financeur.nom, *cells, row.total, row.vides]
    if told := unread(espace, Contenu.CREDITS):
        yield [espace.titre, told]


def _cell(case: Case) -> int | str:
    return len(case.dispositifs) or case.texte
