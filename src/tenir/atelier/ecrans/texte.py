"""The text of a contract when nothing is in preparation: what is in force, what came before, how it changes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.atelier.ecrans.commun import ONGLET, SansBrouillon
from tenir.atelier.models import Brouillon
from tenir.atelier.services.signature import SIGN
from tenir.contrat.models import VersionDuContrat
from tenir.core import horloge
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.typographie import capital, date_fr, typo
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may

View = Callable[..., HttpResponse]
TONES = {
    Brouillon.Etat.EN_COURS: Ton.NEUTRE,
    Brouillon.Etat.SIGNE: Ton.ATTENTION,
    Brouillon.Etat.VERSE: Ton.FAIT,
    Brouillon.Etat.ABANDONNE: Ton.MUET,
}


def shown_when_closed(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Where the text of a contract stands when no draft of it is open."""
    versions = list(VersionDuContrat.objects.of(espace))
    given = context(
        acces,
        espace,
        ONGLET,
        chapeau=_lede(espace, versions),
        versions=[_version(one) for one in versions],
        anciens=[_draft(one) for one in Brouillon.objects.of(espace)],
        ouvrir=address("atelier-ouvrir", espace) if versions else "",
        signe=espace.etat != EspaceDeContrat.Etat.BROUILLON,
        publier=address("atelier-publier", espace) if _may_publish(acces, espace) else "",
    )
    return render(request, "atelier/texte.html", given)


def or_its_text(view: View) -> View:
    """Where no draft is open, show where the text stands, unless the address names a part of a draft."""

    @wraps(view)
    def guarded(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, **given: Any) -> HttpResponse:
        try:
            return view(request, acces, espace, **given)
        except SansBrouillon:
            if given.keys() - {"format"}:
                raise
            return shown_when_closed(request, acces, espace)

    return guarded


def _may_publish(acces: Acces, espace: EspaceDeContrat) -> bool:
    return espace.etat == EspaceDeContrat.Etat.SIGNE and may(acces, SIGN, espace)


def _lede(espace: EspaceDeContrat, versions: list[VersionDuContrat]) -> str:
    if not versions:
        return "Aucun texte n’est chargé pour ce contrat."
    if espace.etat == EspaceDeContrat.Etat.BROUILLON:
        return "Ce contrat n’est pas encore signé : ouvrez son texte pour le relire, puis le signer."
    starts = f"Le texte en vigueur vaut depuis le {date_fr(versions[0].en_vigueur_le)}."
    if espace.etat == EspaceDeContrat.Etat.PUBLIE:
        return typo(f"{starts} Le contrat est public.")
    return typo(f"{starts} Le contrat n’est pas encore public.")


def _version(one: VersionDuContrat) -> Item:
    note = f"En vigueur le {date_fr(one.en_vigueur_le)}{f' : {one.motif}' if one.motif else ''}"
    return Item(f"n° {one.numero}", capital(one.get_nature_display()), note=typo(note))


def _draft(one: Brouillon) -> Item:
    day = date_fr(horloge.day_of(one.fini_le or one.ouvert_le))
    stamp = Tampon(one.get_etat_display(), TONES[Brouillon.Etat(one.etat)])
    url = address("atelier-passe", one.espace, one.pk)
    return Item("", capital(str(one)), url, typo(f"{'Fini' if one.fini_le else 'Ouvert'} le {day}"), stamp)
