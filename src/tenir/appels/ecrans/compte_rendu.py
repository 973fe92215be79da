"""The report of an action: its page and its parts, by the link of the dossier or by the team; read, or asked again."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from tenir.appels import registre
from tenir.appels.bilan import table_of
from tenir.appels.champs import COMPTE_RENDU as SECTIONS
from tenir.appels.ecrans.commun import BOTH
from tenir.appels.ecrans.dossier import Porte, asked_by_link, opened
from tenir.appels.ecrans.dossiers import by_the_team, dossier_or_404
from tenir.appels.ecrans.formulaires import Rien
from tenir.appels.ecrans.formulaires_de_compte_rendu import FORMS, PartieForm, RedemanderForm
from tenir.appels.ecrans.sujets import PAGE, about
from tenir.appels.enums import TON_DU_COMPTE_RENDU, EtatDeCompteRendu
from tenir.appels.models import CompteRenduFinancier, DossierDeDemande
from tenir.appels.services import attendus
from tenir.appels.services import comptes_rendus as services
from tenir.appels.services.commun import DOSSIERS_READ, FILL, INSTRUCT
from tenir.core import horloge
from tenir.core.composants import Item, Renseignement, Tampon
from tenir.core.typographie import date_fr, typo
from tenir.ecran.champs import label
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs
from tenir.indicateurs.services.indicateur import figure

NO = "non"
"""How a box that nobody ticked is told."""
REMETTRE = "Remettre le compte rendu ?"
REMIS = "Le compte rendu est remis. Merci."
LIRE = Ecran(
    "Ce compte rendu est lu ?", "Oui, il est lu", "Le compte rendu est lu, et les indicateurs avec lui.",
    "Chaque résultat devient un relevé de son indicateur, pour cette action, avec sa source. Rien n’est à retaper.",
)  # fmt: skip
REDEMANDER = Ecran("Redemander ce compte rendu", "Redemander", "Le compte rendu est redemandé.")


def stamp_of(report: CompteRenduFinancier) -> Tampon:
    """Where a report stands."""
    etat = EtatDeCompteRendu(report.etat)
    return Tampon(str(etat.label), TON_DU_COMPTE_RENDU[etat])


def sentence_of(report: CompteRenduFinancier) -> str:
    """« À remettre avant le 30 juin 2027. »"""
    dossier = report.dossier
    due, today = attendus.due_on(dossier), horloge.today(dossier.espace)
    if report.est_remis and report.remis_le:
        return f"Remis le {date_fr(report.remis_le)}."
    if due < today:
        return f"Il devait être remis avant le {date_fr(due)} : il est en retard."
    return f"À remettre avant le {date_fr(due)}, six mois après la fin de l’exercice."


def page_of(report: CompteRenduFinancier, porte: Porte) -> dict[str, Any]:
    """What the page of a report shows, by whatever door."""
    dossier = report.dossier
    open_ = not report.est_remis
    lacks = services.missing(report) if open_ else []
    return {
        "espace": dossier.espace,
        "dossier": dossier,
        "tampon": stamp_of(report),
        "chapeau": typo(sentence_of(report)),
        "reprise": typo(report.reprise),
        "manques": [typo(one) for one in lacks],
        "sections": [_section(report, porte, name) for name in SECTIONS] if open_ else [],
        "registre": report.registre if report.est_remis else registre.said_of(dossier),
        "resultats": results_shown(report),
        "dit": said_of(report),
        "rangs": table_of(report),
        "solde": typo(services.told_balance(report)),
        "remettre": porte.url("compte-rendu-remettre") if open_ and not lacks else "",
        "fichiers": {one: porte.url("compte-rendu-document", one) for one in ("pdf", "docx")},
        "retour": porte.url(),
    }


def _section(report: CompteRenduFinancier, porte: Porte, name: str) -> Item:
    filled = any(said not in ("", NO) for said in services.shown(report, name).values())
    note = "rempli" if filled else "à remplir"
    return Item("", SECTIONS[name].titre, porte.url("compte-rendu-partie", name), note)


def results_shown(report: CompteRenduFinancier) -> list[Item]:
    """What the action moved of each indicator, and where that comes from."""
    found = {}
    if not report.est_remis:
        found = {
            one.suivi.code: _result(one.suivi, one.valeur, of_register=True)
            for one in registre.results_of(report.dossier)
        }
    if report.pk:
        for row in report.resultats.select_related("suivi__indicateur"):
            found.setdefault(row.suivi.code, _result(row.suivi, row.valeur, of_register=row.du_registre))
    return list(found.values())


def _result(suivi: Any, valeur: Any, *, of_register: bool) -> Item:
    where = "déjà là, dans le registre d’activité" if of_register else "dit par l’organisme"
    unit = f" {suivi.unite}" if suivi.unite else ""
    return Item(suivi.code, suivi.indicateur.libelle, "", typo(f"{figure(valeur)}{unit}, {where}"))


def said_of(report: CompteRenduFinancier) -> list[Renseignement]:
    """What a report says, field by field, what is not said apart."""
    names = [name for section in ("fait", "public") for name in SECTIONS[section].champs]
    told = {
        name: services.shown(report, "fait" if name in SECTIONS["fait"].champs else "public")[name] for name in names
    }
    lines = [(label(name, CompteRenduFinancier), said) for name, said in told.items()]
    return [Renseignement(noun[:1].upper() + noun[1:], typo(said)) for noun, said in lines if said not in ("", NO)]


def made_form(report: CompteRenduFinancier, section: str, request: HttpRequest) -> PartieForm:
    """The form of a part.

    Raises:
        Http404: no such part.
    """
    if section not in FORMS:
        raise Http404
    return FORMS[section](report, section, posted(request))


def granted_or_404(dossier: DossierDeDemande) -> CompteRenduFinancier:
    """The report of a dossier, begun or not.

    Raises:
        Http404: nothing was granted to it.
    """
    if not attendus.is_granted(dossier):
        raise Http404
    report = attendus.report_of(dossier)
    report.dossier = dossier
    return report


# Behind the link


def _page(request: HttpRequest, found: DossierDeDemande, porte: Porte) -> HttpResponse:
    return render(request, "appels/compte_rendu.html", page_of(granted_or_404(found), porte))


def _part(request: HttpRequest, found: DossierDeDemande, porte: Porte, section: str) -> HttpResponse:
    report = granted_or_404(found)
    form = made_form(report, section, request)

    def write() -> object:
        given, lu = form.given(), read_mark(request)
        return services.fill_report(by=None, dossier=found, section=section, given=given, lu=lu)

    page = {"titre": SECTIONS[section].titre, "bouton": "Enregistrer", "chapeau": HINTS.get(section, "")}
    back = Porte(lambda name="", *args: porte.url(name or "compte-rendu", *args))
    lu = services.shown(report, section)
    return asked_by_link(request, found, back, form, write, "C’est enregistré.", lu=lu, **page)


HINTS = {
    "produits": "Ce que le registre de l’argent dit versé est déjà écrit : corrigez-le s’il le faut.",
    "resultats": "Ce que le registre d’activité compte est déjà là. Dites le reste, si vous le savez.",
}


def _hand_in(request: HttpRequest, found: DossierDeDemande, porte: Porte) -> HttpResponse:
    report = granted_or_404(found)
    form = Rien(posted(request))

    def write() -> object:
        return services.hand_in(by=None, dossier=found, lu=read_mark(request))

    page = {"titre": REMETTRE, "bouton": "Remettre", "chapeau": "L’équipe du contrat et les financeurs le liront."}
    back = Porte(lambda name="", *args: porte.url(name or "compte-rendu", *args))
    return asked_by_link(request, found, back, form, write, REMIS, lu=services.shown_whole(report), **page)


page = login_not_required(require_safe(opened(_page)))
partie = login_not_required(require_http_methods(BOTH)(opened(_part)))
remettre = login_not_required(require_http_methods(BOTH)(opened(_hand_in)))


# For the team


@needs(DOSSIERS_READ)
def equipe(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The report of a dossier, and what the team does of it."""
    found = dossier_or_404(espace, numero)
    report = granted_or_404(found)
    more = page_of(report, by_the_team(acces, found))
    del more["espace"]
    reads = report.etat == EtatDeCompteRendu.REMIS and may(acces, INSTRUCT, espace)
    names = {"compte-rendu-lire": "Dire qu’il est lu", "compte-rendu-redemander": "Le redemander"} if reads else {}
    gestes = [(text, address(f"dossier-de-demande-{name}", espace, numero)) for name, text in names.items()]
    return render(request, "appels/compte_rendu_equipe.html", context(acces, espace, PAGE, gestes=gestes, **more))


@require_http_methods(BOTH)
@needs(FILL)
def equipe_partie(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, section: str
) -> HttpResponse:
    """Fill one part of a report received on paper."""
    found = dossier_or_404(espace, numero)
    report = granted_or_404(found)
    form = made_form(report, section, request)
    ecran = Ecran(SECTIONS[section].titre, "Enregistrer", "C’est enregistré.", HINTS.get(section, ""))

    def write() -> object:
        given, lu = form.given(), read_mark(request)
        return services.fill_report(by=acces, dossier=found, section=section, given=given, lu=lu)

    return answer(request, acces, about(found), form, ecran, write, lu=services.shown(report, section))


@require_http_methods(BOTH)
@needs(FILL)
def equipe_remettre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Hand in a report received on paper."""
    found = dossier_or_404(espace, numero)
    report = granted_or_404(found)
    return answer(
        request,
        acces,
        about(found),
        Rien(posted(request)),
        Ecran(REMETTRE, "Remettre", REMIS),
        lambda: services.hand_in(by=acces, dossier=found, lu=read_mark(request)),
        lu=services.shown_whole(report),
    )


def _handed_or_404(espace: EspaceDeContrat, numero: int) -> CompteRenduFinancier:
    return get_object_or_404(CompteRenduFinancier.objects.of(espace), dossier__numero=numero)


@require_http_methods(BOTH)
@needs(INSTRUCT)
def lire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Read a report: its results become readings."""
    found = _handed_or_404(espace, numero)
    return answer(
        request,
        acces,
        about(found.dossier),
        Rien(posted(request)),
        LIRE,
        lambda: services.read_report(by=acces, report=found, lu=read_mark(request)),
        lu=services.shown_whole(found),
    )


@require_http_methods(BOTH)
@needs(INSTRUCT)
def redemander(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Give a report back to be completed."""
    found = _handed_or_404(espace, numero)
    form = RedemanderForm(posted(request))
    return answer(
        request,
        acces,
        about(found.dossier),
        form,
        REDEMANDER,
        lambda: services.ask_again(by=acces, report=found, lu=read_mark(request), **form.cleaned_data),
        lu=services.shown_whole(found),
    )
