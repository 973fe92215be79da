"""A file of subsidies beside the ledger: given, read (by the loop when it is long), shown, then taken up or not."""

import zipfile
from collections import Counter
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE
from tenir.core.tableur import OCTETS, Tableau, TableauIllisible
from tenir.core.tableur.colonnes import Grille, read_rows
from tenir.core.tableur.tableau import LIGNES as ROWS
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran import travaux
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.importation import TableauForm
from tenir.ecran.listes import paged
from tenir.ecran.navigation import address, context
from tenir.financement.ecrans.commun import LIGNES, SUBVENTIONS, told_year
from tenir.financement.ecrans.travaux import ask_to_read, ask_to_take_up
from tenir.financement.models import RapprochementDeSubventions
from tenir.financement.montants import told, total
from tenir.financement.services import commun
from tenir.financement.services.rapprochements import (
    COMPLETES,
    LEFT,
    OPENS,
    SAME,
    Reprise,
    keep_comparison,
    plan,
    shown,
    take_up,
)
from tenir.financement.subventions import COLONNES, REQUIRED, Difference, Lecture, Rapprochement, Tri, compare, sift
from tenir.financement.travaux import AT_ONCE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
HEAVIEST = 24 * 1024 * 1024
"""The most that a file of subsidies may weigh; a ZIP of one holds far more."""
TOO_HEAVY = "Ce fichier dépasse 24 Mo : enregistrez-le en CSV, puis compressez-le (ZIP)."
SHOWN = 20
"""How many rows of a file its page shows at once."""
REPRENDRE = Ecran(
    "Reprendre ces subventions", "Inscrire au registre", "C’est inscrit au registre.",
    "Ce qui concorde avec le registre, ou qu’il ignore, y entre d’un geste, qui s’annule ; le reste est laissé.",
    gabarit="financement/reprendre.html",
)  # fmt: skip


class SubventionsForm(TableauForm):
    """A file of subsidies; `longue`: the loop reads it."""

    longue: "UploadedFile[Any] | None" = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fichier"].help_text = "CSV, ou ZIP d’un CSV, 24 Mo au plus ; classeur .xlsx ou .ods, 2 Mo au plus."

    def table(self, tables: list[Tableau]) -> Grille:
        """The rows of a file of subsidies."""
        return read_rows(tables, COLONNES, REQUIRED)

    def _given(self, given: dict[str, Any]) -> list[Tableau]:
        file = given.get("fichier")
        if file and file.size > HEAVIEST:
            raise TableauIllisible(TOO_HEAVY)
        if file and _is_long(file):
            self.longue, self.nom = file, file.name[-100:]
            return [Tableau("", [["nomAttribuant", "montant"]])]
        return super()._given(given)


def _is_long(file: "UploadedFile[Any]") -> bool:
    """Whether a file is a CSV, or a ZIP of one, longer than a page reads."""
    start = file.read(2)
    file.seek(0)
    if start == b"PK":
        try:
            names = zipfile.ZipFile(file).namelist()
        except zipfile.BadZipFile:
            names = []
        file.seek(0)
        return any(one.lower().endswith((".csv", ".txt")) for one in names)
    if start == b"\xd0\xcf":
        return False
    lines = sum(chunk.count(b"\n") for chunk in file.chunks())
    file.seek(0)
    return (file.size or 0) > OCTETS or lines > ROWS


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def comparer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Give a file of subsidies; then its page, or that of the work that reads it."""
    form = SubventionsForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        if form.longue:
            return redirect(travaux.page_of(ask_to_read(acces, espace, form.nom, form.longue)))
        tri = sift(form.grille.rangs, Lecture(espace))
        tri.remarques = list(form.grille.remarques)
        made = keep_comparison(by=acces, espace=espace, nom=form.nom or "lignes collées", tri=tri)
        return redirect(address("financement-rapprochement", espace, made.numero))
    before = [
        Lien(one.nom, address("financement-rapprochement", espace, one.numero), note=_when(one))
        for one in RapprochementDeSubventions.objects.of(espace).defer("contenu")[:10]
    ]
    given = context(acces, espace, SUBVENTIONS, form=form, avant=before, retour=address(LIGNES, espace))
    return render(request, "financement/comparer.html", given, status=UNPROCESSABLE if form.errors else 200)


@needs(commun.DEFINE)
def rapprochement(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A file beside the ledger as it stands now, difference by difference."""
    found = comparison_or_404(espace, numero)
    tri = Tri.from_json(found.contenu)
    compared = compare(tri, Lecture(espace))
    differences = paged(request, compared.differences, SHOWN, "differences")
    differences.object_list = [_row(espace, one) for one in differences.object_list]
    given = context(
        acces,
        espace,
        SUBVENTIONS,
        titre=typo(f"« {found.nom} » et le registre"),
        chapeau=typo(_lede(compared)),
        quand=_when(found),
        remarques=[typo(one) for one in tri.remarques],
        totaux=[(nom, year, told(given), told(held), given == held) for nom, year, given, held in compared.totaux],
        differences=differences,
        douteuses=paged(request, compared.douteuses, SHOWN, "douteuses"),
        reprendre=address("financement-rapprochement-reprendre", espace, numero) if tri.gardes else "",
        autre=address("financements-comparer", espace),
        annulables=undoable(acces, espace),
        retour=address(LIGNES, espace),
    )
    return render(request, "financement/rapprochement.html", given)


@require_http_methods(BOTH)
@needs(commun.DEFINE)
def reprendre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """What each row of a file would become in the ledger, each that writes something ticked; then those, at once."""
    found = comparison_or_404(espace, numero)
    rows = plan(found)
    mark, chosen = shown(rows), _chosen(request, rows)
    if request.method == "POST" and len(chosen) > AT_ONCE and read_mark(request) == mark:
        return redirect(travaux.page_of(ask_to_take_up(acces, found, mark, chosen)))
    back = address("financement-rapprochement", espace, numero)
    sujet = Sujet(espace, "", found.nom, back, SUBVENTIONS, lambda _: [])

    def write() -> None:
        take_up(found, by=acces, choisies=chosen, lu=read_mark(request))

    more = {
        "prises": [(one, told(one.montant), one.rang in chosen) for one in rows if one.change],
        "autres": [one for one in rows if not one.change],
        "compte": _count(rows),
        "toutes": address("financement-rapprochement-reprendre", espace, numero),
    }
    return answer(request, acces, sujet, Formulaire(posted(request)), REPRENDRE, write, lu=mark, **more)


def _chosen(request: HttpRequest, rows: list[Reprise]) -> set[int]:
    """The rows that are ticked: every one at first, none where the address asks for none."""
    every = {one.rang for one in rows if one.change}
    if request.method == "POST":
        return every & {int(one) for one in request.POST.getlist("prendre") if one.isdecimal() and len(one) < 9}
    return set() if request.GET.get("cocher") == "rien" else every


def comparison_or_404(espace: EspaceDeContrat, numero: int) -> RapprochementDeSubventions:
    """A file that was compared in this contract, and is kept still.

    Raises:
        Http404: none.
    """
    found = RapprochementDeSubventions.objects.of(espace).filter(numero=numero).first()
    if found is None:
        raise Http404
    return found


def _count(rows: list[Reprise]) -> str:
    """« 12 lignes à inscrire : 8 ouvrent une ligne (34 000 €), 4 complètent une ligne ; 3 déjà là, 5 laissées. »."""
    by_sort = Counter(one.sort for one in rows)
    write = by_sort[OPENS] + by_sort[COMPLETES]
    amount = told(total(one.montant for one in rows if one.sort == OPENS))
    kinds = (
        f"{pluriel(by_sort[OPENS], 'ouvre', 'ouvrent')} une ligne ({amount})" if by_sort[OPENS] else "",
        f"{pluriel(by_sort[COMPLETES], 'complète', 'complètent')} une ligne" if by_sort[COMPLETES] else "",
    )
    detail = ", ".join(filter(None, kinds))
    start = f"{pluriel(write, 'ligne', genre='f')} à inscrire" + (f" : {detail}" if detail else "")
    left = f"{pluriel(by_sort[LEFT], 'laissée', genre='f')}"
    return typo(f"{start} ; {by_sort[SAME]} déjà là, {left}.")


def _when(found: RapprochementDeSubventions) -> str:
    return typo(f"lu le {date_fr(horloge.day_of(found.lu_le))} par {found.lu_par}")


def _row(espace: EspaceDeContrat, one: Difference) -> dict[str, Any]:
    return {
        "quoi": typo(one.quoi),
        "financeur": one.financeur,
        "annee": told_year(one.annee),
        "fichier": one.fichier,
        "registre": one.registre,
        "url": address("financement", espace, one.ligne.code) if one.ligne else "",
    }


def _lede(found: Rapprochement) -> str:
    start = f"{pluriel(found.lues, 'subvention', genre='f')} {accord(found.lues, 'lue')}"
    agree = f"{pluriel(found.accords, 'concorde', 'concordent', genre='f')} avec le registre"
    agree = agree if found.accords else "aucune ne concorde avec le registre"
    differ = pluriel(len(found.differences), "différence", genre="f")
    doubt = f"{pluriel(len(found.douteuses), 'douteuse', genre='f')}"
    return f"{start} : {agree}, {differ}, {doubt}, {found.ailleurs} sans lien reconnu avec ce contrat."
