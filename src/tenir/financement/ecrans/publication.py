"""Subsidies to publish: what may leave, what may not and why, the SCDL file, saying what it lacks."""

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien
from tenir.core.emplacements import QUI_RECOIT, facts_of
from tenir.core.nombres import NombreField
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.conflit import MARK, answer_or_arbitrate
from tenir.ecran.edition import Ecran, posted
from tenir.ecran.formulaires import FormulaireSuivi, JourField
from tenir.ecran.listes import paged
from tenir.ecran.navigation import address, context
from tenir.ecran.versions import Conflit
from tenir.financement.champs import PUBLICATION
from tenir.financement.ecrans.commun import (
    ALL,
    SUBVENTIONS,
    about_line,
    asked_year,
    line_or_404,
    told_year,
    years_of,
)
from tenir.financement.enums import NatureDAide, Registre
from tenir.financement.models import LigneDeFinancement, SubventionAPublier
from tenir.financement.montants import told
from tenir.financement.publication import Publiable, scdl_file, to_publish
from tenir.financement.services import commun
from tenir.financement.services.publication import describe_subsidy, publication_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach, require
from tenir.habilitations.vues import needs

READ, UPDATE = "financement.read", commun.UPDATE
SHOWN = 15
"""How many subsidies the page shows at once, of each kind."""
PUBLIER = Ecran(
    "Ce qui est publié de cette subvention", "Enregistrer", "C’est enregistré.",
    "Les colonnes du schéma des subventions (SCDL). N’y nommez aucune personne physique : tout est public.",
)  # fmt: skip


class PublicationForm(FormulaireSuivi):
    """What is published of a subsidy, beside its funder and its amount."""

    CHAMPS: ClassVar[tuple[str, ...]] = PUBLICATION
    beneficiaire = forms.CharField(
        label="Qui la reçoit", max_length=200, help_text="Le nom officiel d’un organisme, jamais d’une personne."
    )
    siret = forms.CharField(label="Son SIRET", required=False, max_length=20, help_text="Quatorze chiffres.")
    rna = forms.CharField(
        label="Ou son numéro RNA", required=False, max_length=12, help_text="Pour une association : « W332000001 »."
    )
    convention_le = JourField(
        label="Date de la convention", required=False, help_text="À défaut, celle de la décision qui attribue."
    )
    reference = forms.CharField(label="Référence de la décision", required=False, max_length=100)
    objet = forms.CharField(label="Objet", required=False, max_length=256)
    nature = forms.ChoiceField(label="Nature", choices=NatureDAide.choices)
    conditions = forms.CharField(
        label="Conditions de versement", required=False, max_length=256,
        help_text="« unique », « échelonné », ou « autre » suivi de quelques mots.",
    )  # fmt: skip
    debut = JourField(label="Versée le, ou à partir du", required=False)
    fin = JourField(label="Jusqu’au", required=False, help_text="Vide : un seul versement, ce jour-là.")
    dispositif = forms.CharField(label="Dispositif d’aide", required=False, max_length=200)
    rae = forms.CharField(
        label="Numéro au répertoire des aides aux entreprises", required=False, max_length=5,
        help_text="Seulement pour une aide à une entreprise.",
    )  # fmt: skip
    ue = forms.BooleanField(label="Aide notifiée à la Commission européenne", required=False)
    part = NombreField(
        label="Part de la subvention reçue par ce bénéficiaire", help_text="De 0,01 à 1 ; 1 quand il la reçoit toute."
    )

    def clean_siret(self) -> str:
        """Its digits, without the spaces between."""
        return "".join(self.cleaned_data["siret"].split())

    def clean_rna(self) -> str:
        """Its signs, in capitals."""
        return "".join(self.cleaned_data["rna"].split()).upper()


@needs(READ)
def subventions(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The subsidies decided in a year: what keeps some from leaving first, then those that are ready."""
    annee = asked_year(espace, request.GET.get("annee", ""))
    found = to_publish(espace, annee)
    ready = [one for one in found if not one.manques]
    held = [one for one in found if one.manques]
    writes = reach(acces, UPDATE, espace) > Portee.AUCUNE
    given = context(
        acces,
        espace,
        SUBVENTIONS,
        titre=f"Les subventions à publier, {annee or 'toutes les années'}",
        chapeau=typo(_lede(len(found), len(ready))),
        annees=[_year(espace, one, annee) for one in (*years_of(espace), None)],
        souvent=Counter(typo(lack) for one in held for lack in one.manques).most_common(5),
        retenues=_shown(request, held, "retenues", acces, writes),
        pretes=_shown(request, ready, "pretes", acces, writes),
        fichier=f"{address('financement-subventions-export', espace, 'csv')}?annee={annee or ALL}" if ready else "",
        comparer=address("financements-comparer", espace) if may(acces, commun.DEFINE, espace) else "",
    )
    return render(request, "financement/subventions.html", given)


def _shown(request: HttpRequest, found: list[Publiable], field: str, acces: Acces, writes: bool) -> Page[Any]:
    """A part of them, as the page shows it."""
    page = paged(request, found, SHOWN, field)
    page.object_list = [_row(acces, one, writes) for one in page.object_list]
    return page


@needs(READ)
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str) -> HttpResponse:
    """The subsidies that may leave, as the SCDL schema writes them.

    Raises:
        Http404: another format, a year that is none of the contract.
    """
    if format != "csv":
        raise Http404
    annee = asked_year(espace, request.GET.get("annee", ""))
    response = HttpResponse(scdl_file(to_publish(espace, annee)), content_type="text/csv; charset=utf-8")
    name = f"{espace.slug}-subventions-scdl-{annee or ALL}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@needs(UPDATE, theirs=True)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say what is published of a line.

    Raises:
        Http404: no such line, or one of droit commun.
    """
    ligne = line_or_404(espace, code)
    require(acces, UPDATE, espace, ligne)
    if ligne.registre != Registre.SPECIFIQUE:
        raise Http404
    found = publication_of(ligne)
    form = PublicationForm(found, posted(request), **(_guessed(ligne) if found.pk is None else {}))

    def write(changes: dict[str, Any]) -> None:
        if MARK in request.POST and not changes:
            return
        new = found.pk is None and MARK not in request.POST
        asked = {name: form.cleaned_data[name] for name in PUBLICATION} if new else changes
        try:
            describe_subsidy(by=acces, ligne=ligne, version=form.cleaned_data["version"] or 0, changes=asked)
        except Conflit:
            found.pk, found._state.adding = publication_of(ligne).pk, False
            raise

    return answer_or_arbitrate(request, acces, about_line(ligne), form, PUBLIER, write, chose=found)


def _guessed(ligne: LigneDeFinancement) -> dict[str, Any]:
    """What the site knows already: of the dossier that the line comes from, or of the line itself."""
    signed = ligne.etat_le if ligne.etat == "conventionne" else None
    objet = f"{ligne.objet} ({ligne.code_de_l_objet})"[:256]
    return {"objet": objet, "convention_le": signed, **facts_of(QUI_RECOIT, ligne)}


def _row(acces: Acces, one: Publiable, writes: bool) -> dict[str, Any]:
    line = one.ligne
    known: SubventionAPublier | None = one.publication
    hers = writes and may(acces, UPDATE, line.espace, line)
    return {
        "code": line.code,
        "objet": typo(line.objet),
        "url": address("financement", line.espace, line.code),
        "financeur": line.nom_du_financeur,
        "annee": told_year(line.annee),
        "montant": told(line.vote),
        "beneficiaire": known.beneficiaire if known else "",
        "convention": date_fr(known.convention_le) if known and known.convention_le else "",
        "manques": [typo(lack) for lack in one.manques],
        "publier": address("financement-publier", line.espace, line.code) if hers else "",
    }


def _year(espace: EspaceDeContrat, one: int | None, asked: int | None) -> Lien:
    url = f"{address(SUBVENTIONS, espace)}?annee={one or ALL}"
    return Lien(str(one) if one else "Toutes", url, current=one == asked)


def _lede(decided: int, ready: int) -> str:
    if not decided:
        return "Aucune subvention n’est votée ici : rien n’est à publier."
    start = f"{capital(pluriel(decided, 'subvention votée', 'subventions votées', genre='f'))}"
    if ready == decided:
        return f"{start} : tout peut partir."
    left = decided - ready
    leave = f"{ready} {'peut' if ready < 2 else 'peuvent'} partir" if ready else "aucune ne peut partir"
    return f"{start} : {leave}, il manque quelque chose à {left}."
