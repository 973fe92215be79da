"""The catalogue of schemes as the team keeps it: its list, one scheme, what funders corrected."""

from functools import partial
from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.cellules import muted, stamp
from tenir.core.composants import Lien, Renseignement, Tampon, Ton
from tenir.core.listes import Colonne, Liste, Place, day_column, read, respond
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.champs import field, label
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire, FormulaireSuivi, JourField, Texte
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.financement.catalogue import Annonce, announced
from tenir.financement.ecrans.commun import DEMANDES, told_check
from tenir.financement.ecrans.demandes import SuiteForm
from tenir.financement.models import FicheDeDispositif, ReponseSurDispositif
from tenir.financement.services import commun
from tenir.financement.services.dispositifs import (
    DESCRIBED,
    check,
    describe,
    leave,
    shown,
    shown_answer,
    take,
    told_answer,
)
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

DISPOSITIFS = "financement-dispositifs"
READ, DEFINE = "financement.read", commun.DEFINE
BOTH = ["GET", "HEAD", "POST"]
DECRIRE = Ecran(
    "Dire ce qu’on sait d’un dispositif", "Enregistrer", "Le dispositif est à jour.",
    "Tout le monde le lit sur la page publique des dispositifs : n’y nommez personne.",
)  # fmt: skip
VERIFIER = Ecran("Tout est toujours exact ?", "Toujours exact", "Le dispositif est vérifié.")
INSCRIRE = Ecran("Inscrire cette correction ?", "Inscrire", "La correction est inscrite.")
ECARTER = Ecran(
    "Écarter cette correction ?", "Écarter", "La correction est écartée.", "La raison se lit dans la trace."
)
ETATS = [("vide", "À compléter"), ("verifier", "À revérifier"), ("ferme", "Qui ferment"), ("disparu", "Disparus")]


class DispositifForm(FormulaireSuivi):
    """What is known of a scheme."""

    CHAMPS: ClassVar[tuple[str, ...]] = DESCRIBED

    def __init__(self, fiche: FicheDeDispositif, data: Any = None) -> None:
        super().__init__(fiche, data)

    ferme_le = JourField(label="Dernier jour pour le demander", required=False)
    disparu_le = JourField(label="N’existe plus depuis le", required=False)
    pour_qui, pour_quoi, quand, ou = (
        Texte(
            label=capital(label(name, FicheDeDispositif)),
            required=False, max_length=600, rows=2,
            help_text=str(field(name, FicheDeDispositif).help_text),
        )
        for name in ("pour_qui", "pour_quoi", "quand", "ou")
    )  # fmt: skip
    field_order = DESCRIBED


def _funders(row: FicheDeDispositif, where: dict[str, Annonce]) -> str:
    return " ; ".join(where.get(row.cle, Annonce()).financeurs)


def _orientations(row: FicheDeDispositif, where: dict[str, Annonce]) -> str:
    return " ; ".join(where.get(row.cle, Annonce()).orientations)


def _title(row: FicheDeDispositif) -> str:
    url = address("financement-dispositif", row.espace, row.pk)
    gone = stamp("n’existe plus", Ton.RETARD) if row.disparu_le else ""
    return format_html('<a href="{}">{}</a> {}', url, typo(row.nom), gone)


def _said(name: str) -> Any:
    return lambda row: getattr(row, name) or muted("non dit")


def _liste(where: dict[str, Annonce]) -> Liste:
    """The list, which knows who announces each scheme."""
    funders, orientations = partial(_funders, where=where), partial(_orientations, where=where)
    return Liste(
        "Dispositifs du contrat",
        (
            contract_column(read("espace.titre")),
            Colonne("nom", "Dispositif", read("nom"), _title, order_by=("cle", "pk"), place=Place.TITRE),
            Colonne("financeurs", "Annoncé par", funders, funders, place=Place.LIGNE),
            Colonne("orientations", "Orientations", orientations, orientations, css="code"),
            Colonne("pour_qui", "Qui peut le demander", read("pour_qui"), _said("pour_qui"), place=Place.LIGNE),
            Colonne("pour_quoi", "Ce qu’il finance", read("pour_quoi"), _said("pour_quoi"), usual=False),
            Colonne("quand", "Quand", read("quand"), _said("quand"), place=Place.LIGNE),
            Colonne("ou", "Où", read("ou"), _said("ou"), usual=False),
            day_column("ferme_le", "Dernier jour", read("ferme_le", None), order_by=("ferme_le", "pk"), absence=""),
            day_column(
                "verifie_le", "Vérifié le", read("verifie_le", None), order_by=("verifie_le", "pk"), absence="jamais"
            ),
        ),
        noun="dispositif",
        genre="m",
        empty="Aucun dispositif ne répond à ces filtres.",
        choosable=True,
    )


class FiltreDesFiches(django_filters.FilterSet):
    """Words, what is lacking."""

    q = django_filters.CharFilter(label="Mots", method="with_words", max_length=100)
    etat = django_filters.ChoiceFilter(label="Où en est-ce", method="in_state", choices=ETATS, empty_label="Tous")

    class Meta:
        model = FicheDeDispositif
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, espace: EspaceDeContrat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = horloge.today(espace)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose name holds every word."""
        for word in value.split():
            rows = rows.filter(nom__icontains=word)
        return rows

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of which nothing is said, that nobody checked for a year, that close, that are gone."""
        if value == "disparu":
            return rows.exclude(disparu_le=None)
        if value == "ferme":
            return rows.filter(ferme_le__gte=self.today, disparu_le=None).order_by("ferme_le", "pk")
        lacking = {one.pk for one in rows if (one.est_vide if value == "vide" else one.est_a_verifier(self.today))}
        return rows.filter(pk__in=lacking)


@needs(READ)
def dispositifs(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The schemes of a contract, or their export."""
    rows = FicheDeDispositif.objects.of(espace)
    return respond(
        request,
        "financement/dispositifs.html",
        liste=_liste(announced(espace)),
        filtre=partial(FiltreDesFiches, espace=espace),
        rows=rows,
        export_name=f"{espace.slug}-dispositifs-suivis",
        format=format,
        context=context(
            acces,
            espace,
            DISPOSITIFS,
            titre="Les dispositifs",
            chapeau="" if format else typo(_lede(espace, list(rows))),
            csv=address("financement-dispositifs-export", espace, "csv"),
            xlsx=address("financement-dispositifs-export", espace, "xlsx"),
            demandes=address(DEMANDES, espace) if may(acces, DEFINE, espace) else "",
        ),
    )


def _lede(espace: EspaceDeContrat, rows: list[FicheDeDispositif]) -> str:
    if not rows:
        return "Le contrat ne nomme aucun dispositif."
    today = horloge.today(espace)
    late = sum(one.est_a_verifier(today) for one in rows)
    empty = sum(one.est_vide for one in rows)
    start = f"{pluriel(len(rows), 'dispositif')} : de {pluriel(empty, 'dispositif')} on ne sait que le nom"
    return f"{start}, {late} {'est' if late < 2 else 'sont'} à vérifier."


def scheme_or_404(espace: EspaceDeContrat, numero: int) -> FicheDeDispositif:
    """A scheme of this contract; any other does not exist."""
    return get_object_or_404(FicheDeDispositif.objects.of(espace), pk=numero)


@needs(READ)
def dispositif(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """A scheme: who may apply, when, where; who announces it, for which orientations."""
    found = scheme_or_404(espace, numero)
    where = announced(espace).get(found.cle, Annonce())
    writes = may(acces, DEFINE, espace)
    given = context(
        acces,
        espace,
        DISPOSITIFS,
        fiche=found,
        tampon=_stamp(found, horloge.today(espace)),
        chapeau=typo(f"Annoncé par {', '.join(where.financeurs) or 'personne'}."),
        lignes=list(_lines(found)),
        liens=[Lien(one.titre, _at(espace, code), code) for code, one in where.orientations.items()],
        decrire=address("financement-dispositif-decrire", espace, numero) if writes else "",
        verifier=address("financement-dispositif-verifier", espace, numero) if writes else "",
        annulables=undoable(acces, espace, genre=commun.DISPOSITIF, code=found.code),
        histoire=paged(request, records(history_of(espace, commun.DISPOSITIF, found.code)), CHANGES, "histoire"),
    )
    return render(request, "financement/dispositif.html", given)


def _at(espace: EspaceDeContrat, code: str) -> str:
    return f"{address('financements', espace)}?orientation={code}"


def _stamp(fiche: FicheDeDispositif, today: Any) -> Tampon:
    if fiche.disparu_le:
        return Tampon("n’existe plus", Ton.RETARD)
    return Tampon("à vérifier", Ton.ATTENTION) if fiche.est_a_verifier(today) else Tampon("vérifié", Ton.FAIT)


def _lines(fiche: FicheDeDispositif) -> Any:
    for name in ("pour_qui", "pour_quoi", "quand", "ou"):
        noun = capital(label(name, FicheDeDispositif))
        yield Renseignement(noun, getattr(fiche, name) or "non dit")
    if fiche.ferme_le:
        yield Renseignement("Dernier jour pour le demander", date_fr(fiche.ferme_le))
    if fiche.disparu_le:
        yield Renseignement("N’existe plus depuis le", date_fr(fiche.disparu_le))
    yield Renseignement("Vérification", told_check(fiche))


def _about(fiche: FicheDeDispositif) -> Sujet:
    espace, code = fiche.espace, fiche.code
    back = address("financement-dispositif", espace, fiche.pk)
    return Sujet(espace, "", fiche.nom, back, DISPOSITIFS, lambda _: history_of(espace, commun.DISPOSITIF, code))


@require_http_methods(BOTH)
@needs(DEFINE)
def decrire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say what is known of a scheme."""
    found = scheme_or_404(espace, numero)
    form = DispositifForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        describe(by=acces, fiche=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, _about(found), form, DECRIRE, write, chose=found)


@require_http_methods(BOTH)
@needs(DEFINE)
def verifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say that what is known of a scheme is still right."""
    found = scheme_or_404(espace, numero)
    return answer(
        request, acces, _about(found), Formulaire(posted(request)), VERIFIER,
        lambda: check(by=acces, fiche=found, lu=read_mark(request)), lu=shown(found),
    )  # fmt: skip


@require_http_methods(BOTH)
@needs(DEFINE)
def inscrire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Write what a funder corrected."""
    found = _answer_or_404(espace, numero)
    ecran = Ecran(INSCRIRE.titre, INSCRIRE.bouton, INSCRIRE.fini, _in_words(found))
    return answer(
        request, acces, _of_answer(found), Formulaire(posted(request)), ecran,
        lambda: take(by=acces, reponse=found, lu=read_mark(request)), lu=shown_answer(found),
    )  # fmt: skip


@require_http_methods(BOTH)
@needs(DEFINE)
def ecarter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Set a correction aside, saying why."""
    found = _answer_or_404(espace, numero)
    form = SuiteForm(posted(request))
    ecran = Ecran(ECARTER.titre, ECARTER.bouton, ECARTER.fini, f"{_in_words(found)} {ECARTER.chapeau}")

    def write() -> None:
        leave(by=acces, reponse=found, suite=form.cleaned_data["suite"], lu=read_mark(request))

    return answer(request, acces, _of_answer(found), form, ecran, write, lu=shown_answer(found))


def _answer_or_404(espace: EspaceDeContrat, numero: int) -> ReponseSurDispositif:
    rows = ReponseSurDispositif.objects.filter(fiche__espace=espace)
    return get_object_or_404(rows.select_related("fiche__espace", "demande__financeur"), pk=numero)


def _in_words(one: ReponseSurDispositif) -> str:
    return typo(f"{one.demande.financeur} : {told_answer(one)}.")


def _of_answer(one: ReponseSurDispositif) -> Sujet:
    espace = one.fiche.espace
    return Sujet(espace, "", one.fiche.nom, address(DEMANDES, espace), DEMANDES, lambda _: [])
