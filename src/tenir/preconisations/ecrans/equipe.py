"""The pages of those who have a role in the contract: the list, one of them, each thing that is done of it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core import horloge
from tenir.core.composants import Item, Lien, Tampon
from tenir.core.listes import respond
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.histoire import history_of, records
from tenir.ecran.joindre import warn_unreached
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.mots import UNDECLARED
from tenir.ecran.navigation import address, context
from tenir.fiches.enums import TON_DU_STATUT
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may, require
from tenir.habilitations.vues import needs
from tenir.preconisations.ecrans.commun import (
    PRECONISATIONS,
    about,
    answers_of,
    lines_of,
    preconisation_or_404,
    read_by,
    sentence_of,
    stamp_of,
)
from tenir.preconisations.ecrans.formulaires import (
    EcarterForm,
    InscrireForm,
    ModifierForm,
    NouvelleForm,
    PublierForm,
    ReponseForm,
    RouvrirForm,
)
from tenir.preconisations.ecrans.liste import PRECONISATIONS as LISTE
from tenir.preconisations.ecrans.liste import FiltreDesPreconisations
from tenir.preconisations.enums import EtatDePreconisation
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services import recevoir, repondre
from tenir.preconisations.services.commun import ANSWER, PRECONISATION, REOPEN, RIGHT

NOUVELLE = Ecran(
    "Noter une préconisation", "Noter et publier", "La préconisation est notée et publiée.",
    "Du conseil citoyen, d’une réunion, d’une marche ou d’un habitant ; l’organisme qui répond reçoit un lien.",
)  # fmt: skip
PUBLIER = Ecran(
    "Publier cette préconisation", "Publier", "La préconisation est publiée.",
    "Relisez-la : rien de ce qui y nomme une personne ne doit devenir public.",
)  # fmt: skip
ECARTER = Ecran("Ne pas publier cette préconisation ?", "Ne pas publier", "La préconisation n’est pas publiée.")
REPONDRE = Ecran(
    "Répondre à la préconisation", "Publier la réponse", "La réponse est donnée et publiée.",
    "Une réponse a toujours sa raison ; « à l’étude » dit jusqu’à quand.",
)  # fmt: skip
ROUVRIR = Ecran(
    "Rouvrir cette préconisation ?", "Rouvrir", "La préconisation est rouverte.",
    "Une seule fois, au nom du conseil citoyen ou de qui l’a faite. La première réponse reste publiée.",
)  # fmt: skip
MODIFIER = Ecran("Corriger la préconisation", "Enregistrer", "La préconisation est corrigée.")
INSCRIRE = Ecran("Inscrire à l’ordre du jour", "Inscrire", "La préconisation est à l’ordre du jour.")
BOTH = ["GET", "HEAD", "POST"]


@needs("preconisation.read")
def preconisations(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The préconisations of a contract that she reads, or their export."""
    return respond(
        request,
        "preconisations/liste.html",
        liste=LISTE,
        filtre=partial(FiltreDesPreconisations, espace=espace, acces=acces),
        rows=read_by(acces, espace),
        export_name=f"{espace.slug}-preconisations",
        format=format,
        context=context(
            acces,
            espace,
            PRECONISATIONS,
            chapeau="" if format else typo(_lede(acces, espace)),
            nouvelle=address("preconisation-nouvelle", espace) if may(acces, RIGHT, espace) else "",
            csv=address("preconisations-export", espace, "csv"),
            xlsx=address("preconisations-export", espace, "xlsx"),
        ),
    )


def _lede(acces: Acces, espace: EspaceDeContrat) -> str:
    rows = read_by(acces, espace)
    waiting, late = rows.expected().count(), rows.late(horloge.today(espace)).count()
    told = f"{capital(pluriel(waiting, 'préconisation', genre='f', lettres=True))} en attente d’une réponse"
    unread = rows.filter(etat=EtatDePreconisation.A_LIRE).count()
    read = f" {capital(pluriel(unread, 'préconisation', genre='f', lettres=True))} à lire." if unread else ""
    return f"{told}{f', dont {late} en retard' if late else ''}.{read}"


@needs("preconisation.read")
def preconisation(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One: where it stands, each answer, what is done in its action, where it was examined."""
    found = preconisation_or_404(acces, espace, numero)
    team = may(acces, RIGHT, espace)
    told = records(history_of(espace, PRECONISATION, found.code)) if team else []
    given = context(
        acces,
        espace,
        PRECONISATIONS,
        preconisation=found,
        tampon=stamp_of(found),
        chapeau=typo(sentence_of(found)),
        lignes=lines_of(found, Niveau.PARTENAIRES),
        reponses=answers_of(found),
        fait=[done_in(found.fiche)] if found.fiche else [],
        liens=_links(found),
        reunions=_meetings(found),
        gestes=_gestures(acces, found),
        publique=_public(found),
        equipe=team,
        annulables=undoable(acces, espace, genre=PRECONISATION, code=found.code),
        histoire=paged(request, told, CHANGES, "histoire"),
    )
    return render(request, "preconisations/preconisation.html", given)


def done_in(fiche: FicheAction) -> Item:
    """What became of it, read from the fiche of its action: its declared status, since when."""
    since = f"depuis le {date_fr(fiche.statut_depuis)}" if fiche.statut and fiche.statut_depuis else ""
    word = str(fiche.get_statut_display()) if fiche.statut else UNDECLARED
    tone = TON_DU_STATUT.get(fiche.statut) if fiche.statut else None
    url = address("fiche", fiche.espace, fiche.code)
    return Item(fiche.code, fiche.action.titre, url, since, Tampon(word, tone) if tone else Tampon(word))


def _links(found: Preconisation) -> list[Lien]:
    links = []
    if found.decision:
        url = address("decision", found.espace, found.decision.numero)
        links.append(Lien(found.decision.texte, url, found.decision.code))
    if found.reunion:
        links.append(Lien(str(found.reunion), address("reunion", found.espace, found.reunion.pk)))
    return links


def _meetings(found: Preconisation) -> list[Item]:
    rows = found.inscriptions.select_related("point__reunion__instance__instance", "point__reunion__espace")
    meetings = [one.point.reunion for one in rows.order_by("point__reunion__jour")]
    return [Item("", typo(str(one)), address("reunion", found.espace, one.pk)) for one in meetings]


def _gestures(acces: Acces, found: Preconisation) -> list[Lien]:
    """What she may do now, the first thing to do first."""
    names: dict[str, str] = {}
    team = may(acces, RIGHT, found.espace)
    if team and found.niveau:
        names["publier"] = "Relire et publier"
    if found.is_expected and may(acces, ANSWER, found.espace, found):
        names["repondre"] = "Répondre"
    if not repondre.why_not_reopened(found) and may(acces, REOPEN, found.espace, found):
        names["rouvrir"] = "Rouvrir"
    if team and not found.niveau:
        names |= {"modifier": "Corriger, rattacher", "inscrire": "Inscrire à l’ordre du jour"}
    if team and found.etat in (EtatDePreconisation.A_LIRE, EtatDePreconisation.ATTENDUE) and not found.rouverte_le:
        names["ecarter"] = "Ne pas publier" if found.niveau else "Retirer du site public"
    return [Lien(text, address(f"preconisation-{name}", found.espace, found.numero)) for name, text in names.items()]


def _public(found: Preconisation) -> str:
    public = found.espace.etat == EspaceDeContrat.Etat.PUBLIE and not found.niveau
    return reverse("preconisation-publique", args=[found.espace.slug, found.numero]) if public else ""


@require_http_methods(BOTH)
@needs(RIGHT)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Write one down."""
    form = NouvelleForm(espace, posted(request))
    back = address("preconisations", espace)
    sujet = Sujet(espace, "", "Toutes les préconisations", back, PRECONISATIONS, lambda _: [])

    def write() -> None:
        recevoir.write_down(by=acces, espace=espace, given=form.cleaned_data)
        warn_unreached(request, espace, [form.cleaned_data["organisme"]])

    return answer(request, acces, sujet, form, NOUVELLE, write)


@require_http_methods(BOTH)
@needs(RIGHT)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Read again what a resident sent, and publish it."""
    found = preconisation_or_404(acces, espace, numero)
    form = PublierForm(found, posted(request))

    def write() -> None:
        recevoir.publish(by=acces, preconisation=found, lu=read_mark(request), **form.cleaned_data)
        warn_unreached(request, espace, [form.cleaned_data["organisme"]])

    return answer(request, acces, about(found), form, PUBLIER, write, lu=recevoir.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def ecarter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Keep one from being published, or take it off."""
    found = preconisation_or_404(acces, espace, numero)
    form = EcarterForm(posted(request))

    def write() -> None:
        recevoir.set_aside(by=acces, preconisation=found, motif=form.cleaned_data["motif"], lu=read_mark(request))

    return answer(request, acces, about(found), form, ECARTER, write, lu=recevoir.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Correct it, say which action and which decision follow from it."""
    found = preconisation_or_404(acces, espace, numero)
    form = ModifierForm(espace, found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        made = recevoir.rewrite_preconisation(by=acces, preconisation=found, version=version, changes=changes)
        if changes.get("organisme") and made.is_expected:
            warn_unreached(request, espace, [changes["organisme"]])

    return answer_or_arbitrate(request, acces, about(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(ANSWER, theirs=True)
def repondre_ici(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Answer, for one's body or for another that said it to the team."""
    found = preconisation_or_404(acces, espace, numero)
    require(acces, ANSWER, espace, found)
    form = ReponseForm(posted(request))

    def write() -> None:
        repondre.answer(by=acces, preconisation=found, lu=read_mark(request), **form.cleaned_data)

    return answer(request, acces, about(found), form, REPONDRE, write, lu=recevoir.shown(found))


@require_http_methods(BOTH)
@needs(REOPEN, theirs=True)
def rouvrir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Reopen one, once: the council what it asked, the team any."""
    found = preconisation_or_404(acces, espace, numero)
    require(acces, REOPEN, espace, found)
    form = RouvrirForm(posted(request))

    def write() -> None:
        pourquoi = form.cleaned_data["pourquoi"]
        repondre.reopen(by=acces, preconisation=found, pourquoi=pourquoi, lu=read_mark(request))
        warn_unreached(request, espace, [found.organisme] if found.organisme else [])

    return answer(request, acces, about(found), form, ROUVRIR, write, lu=recevoir.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def inscrire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Put one on the agenda of a meeting to come."""
    found = preconisation_or_404(acces, espace, numero)
    form = InscrireForm(found, posted(request))

    def write() -> None:
        repondre.put_on_agenda(by=acces, preconisation=found, reunion=form.cleaned_data["reunion"])

    return answer(request, acces, about(found), form, INSCRIRE, write)
