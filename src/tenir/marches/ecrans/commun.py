"""What the screens of the room share: finding a walk and a stop, their stamps, the sentences that sum a walk up."""

from collections import Counter
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from tenir.core.composants import Tampon, Ton
from tenir.core.noms import designe
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.marches.enums import (
    OPEN,
    TON_DE_L_ETAT,
    TON_DE_L_EVOLUTION,
    TON_DE_L_URGENCE,
    EtatDArret,
    EtatDeMarche,
    Evolution,
    Urgence,
)
from tenir.marches.models import Arret, Marche
from tenir.marches.services.commun import MARCHE

MARCHES = "marches"
"""The page of the navigation."""


def marche_or_404(espace: EspaceDeContrat, numero: int) -> Marche:
    """A walk of this contract; any other does not exist."""
    return get_object_or_404(Marche.objects.of(espace), numero=numero)


def arret_or_404(marche: Marche, numero: int) -> Arret:
    """A stop of a walk; any other does not exist."""
    return get_object_or_404(Arret.objects.of(marche), pk=numero)


def about(marche: Marche) -> Sujet:
    """A walk as its small pages show it."""
    espace = marche.espace
    return Sujet(
        espace,
        marche.code,
        marche.titre,
        address("marche", espace, marche.numero),
        MARCHES,
        lambda _: history_of(espace, MARCHE, marche.code),
    )


def stamp_of(marche: Marche) -> Tampon:
    """Who reads it."""
    public = marche.etat == EtatDeMarche.PUBLIEE
    return Tampon(str(marche.get_etat_display()), Ton.FAIT if public else Ton.MUET)


def stamps_of(arret: Arret, *, before: bool = True) -> list[Tampon]:
    """How urgent it is while it is not settled, then where it stands."""
    urgent = Tampon(str(arret.get_urgence_display()), TON_DE_L_URGENCE[Urgence(arret.urgence)])
    return [*([urgent] if arret.etat in OPEN else []), *states_of(arret, before=before)]


def states_of(arret: Arret, *, before: bool = True) -> list[Tampon]:
    """Where it stands; `before`: and what has become of it since the walk before."""
    found = [Tampon(str(arret.get_etat_display()), TON_DE_L_ETAT[EtatDArret(arret.etat)])]
    if before and arret.evolution and arret.evolution != Evolution.REGLE:
        word = f"{arret.get_evolution_display()} qu’avant"
        found.append(Tampon(word, TON_DE_L_EVOLUTION[Evolution(arret.evolution)]))
    return found


def sentence_of(marche: Marche, arrets: Sequence[Arret]) -> str:
    """« Le 12 mars 2026, conduite par la Ville : cinq arrêts, dont un danger ; deux sont réglés. »"""
    told = pluriel(len(arrets), "arrêt", lettres=True) if arrets else "aucun arrêt encore"
    open_ones = [one for one in arrets if one.etat in OPEN]
    dangers = sum(one.urgence == Urgence.DANGER for one in open_ones)
    settled = sum(one.etat == EtatDArret.REGLE for one in arrets)
    more = f", dont {pluriel(dangers, 'danger', lettres=True)} à lever" if dangers else ""
    done = f" ; {pluriel(settled, 'est réglé', 'sont réglés', lettres=True)}" if settled else ""
    return typo(f"Le {date_fr(marche.jour)}, conduite par {designe(marche.conduite_par)} : {told}{more}{done}.")


def since_before(marche: Marche, arrets: Sequence[Arret]) -> str:
    """« Depuis la marche du 12 mars 2025 : deux réglés, un mieux, un pire ; un n’est pas encore revu. »"""
    again = [one for one in arrets if one.repris_id]
    if marche.suite_de is None or not again:
        return ""
    counts = Counter(one.evolution for one in again)
    said = [f"{counts[one.value]} {one.label}" for one in Evolution if counts[one.value]]
    unseen = counts[""]
    waits = f"{unseen} {'à revoir' if said else 'à revoir encore'}" if unseen else ""
    told = ", ".join([*said, waits] if waits else said)
    return typo(f"Depuis la marche du {date_fr(marche.suite_de.jour)} : {told}.")


def photo_response(arret: Arret) -> HttpResponse:
    """The photograph of a stop, as a picture of the site.

    Raises:
        Http404: there is none.
    """
    if not arret.photo.name or not arret.photo.storage.exists(arret.photo.name):
        raise Http404
    with arret.photo.open("rb") as opened:
        response = HttpResponse(opened.read(), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    return response
