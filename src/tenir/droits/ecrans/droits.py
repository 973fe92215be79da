"""What the contract points to: rights of the product, local aids; the small pages that keep them."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tenir.core.composants import Lien, Tampon, Ton
from tenir.core.typographie import date_fr, typo
from tenir.droits.catalogue import Offre, offers
from tenir.droits.ecrans.commun import DROITS, about, aide_or_404, droit_or_404
from tenir.droits.ecrans.formulaires import AideForm, ReglageForm
from tenir.droits.models import AideLocale
from tenir.droits.services import offre as services
from tenir.droits.services.commun import GENRE_AIDE, GENRE_DROIT, READ, RIGHT
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
LAST = ("", "")
REGLER = Ecran("Régler ce droit", "Enregistrer", "C’est réglé.", annulable=LAST)
AJOUTER = Ecran(
    "Ajouter une aide locale", "Ajouter", "L’aide est ajoutée.",
    "Une aide qui n’existe qu’ici : tarif, fonds, coup de main. Pas de montant : il change.", annulable=LAST,
)  # fmt: skip
CHANGER = Ecran("Changer cette aide", "Enregistrer", "L’aide est changée.", annulable=LAST)
RETIRER = Ecran(
    "Retirer cette aide ?", "Retirer", "L’aide est retirée.", "Elle n’est plus signalée ; ce qui est compté reste.",
    annulable=LAST,
)  # fmt: skip


@needs(READ)
def droits(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """All that may be pointed to here, with what nobody has read again in the law."""
    found, hers = offers(espace), may(acces, RIGHT, espace)
    unread = sum(one.aide is None and one.propose and one.relu_le is None for one in found)
    given = context(
        acces,
        espace,
        DROITS,
        droits=[_shown(one, espace, hers=hers) for one in found],
        a_relire=unread,
        nouvelle=address("aide-locale-nouvelle", espace) if hers else "",
    )
    return render(request, "droits/droits.html", given)


def _shown(one: Offre, espace: EspaceDeContrat, *, hers: bool) -> dict[str, Any]:
    said = [one.droit.service, one.droit.texte, f"jusqu’au {date_fr(one.jusqu_au)}" if one.jusqu_au else ""]
    return {
        "droit": one.droit,
        "tampon": _stamp(one),
        "note": typo(" · ".join(filter(None, said))),
        "gestes": _gestures(one, espace) if hers else [],
    }


def _stamp(one: Offre) -> Tampon:
    if not one.propose:
        return Tampon("non proposé", Ton.MUET)
    if one.aide:
        return Tampon("aide locale", Ton.FAIT)
    if one.relu_le:
        return Tampon(typo(f"relu le {date_fr(one.relu_le)}"), Ton.FAIT)
    return Tampon("à relire", Ton.ATTENTION)


def _gestures(one: Offre, espace: EspaceDeContrat) -> list[Lien]:
    if one.aide is None:
        return [Lien("Régler", address("reperage-droit", espace, one.droit.code), note=one.droit.libelle)]
    names = {"aide-locale-modifier": "Changer", "aide-locale-retirer": "Retirer"}
    return [Lien(text, address(name, espace, one.aide.numero), note=one.droit.libelle) for name, text in names.items()]


@require_http_methods(BOTH)
@needs(RIGHT)
def droit(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Offer a right of the product or not; say that it was read again."""
    found = droit_or_404(espace, code).droit
    reglage = services.reglage_of(espace, code)
    form = ReglageForm(reglage, posted(request))

    def write(changes: dict[str, Any]) -> None:
        version = form.cleaned_data["version"] or 0
        services.set_up(by=acces, espace=espace, code=code, version=version, changes=changes)

    sujet = about(espace, DROITS, found.libelle, GENRE_DROIT, code)
    return answer_or_arbitrate(request, acces, sujet, form, REGLER, write, chose=reglage)


@require_http_methods(BOTH)
@needs(RIGHT)
def aide_nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Offer a local aid."""
    form = AideForm(AideLocale(espace=espace), posted(request))
    sujet = about(espace, DROITS, "Les droits repérés", GENRE_AIDE)
    return answer(
        request, acces, sujet, form, AJOUTER, lambda: services.add_aide(by=acces, espace=espace, values=form.values())
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def aide_modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change a local aid."""
    found = aide_or_404(espace, numero)
    form = AideForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        services.change_aide(by=acces, aide=found, version=form.cleaned_data["version"] or 0, changes=changes)

    sujet = about(espace, DROITS, found.libelle, GENRE_AIDE, found.code)
    return answer_or_arbitrate(request, acces, sujet, form, CHANGER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def aide_retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Offer a local aid no more."""
    found = aide_or_404(espace, numero)
    write = partial(services.withdraw_aide, by=acces, aide=found, lu=read_mark(request))
    sujet = about(espace, DROITS, found.libelle, GENRE_AIDE, found.code)
    return answer(request, acces, sujet, Formulaire(posted(request)), RETIRER, write, lu=services.shown(found))
