"""What the screens of the room share."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from tenir.core.typographie import typo
from tenir.droits.catalogue import Offre, Repere, offers, point_to
from tenir.droits.modeles import Droit
from tenir.droits.models import AideLocale
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import Passage, history_of
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

REPERAGE, COMPTES, DROITS = "reperage", "reperage-comptes", "reperage-droits"
"""The pages of the navigation."""
RIEN_NE_RESTE = "Rien de ce qui est répondu n’est gardé : ni ici, ni dans le navigateur, ni dans un journal."


@dataclass(frozen=True, slots=True)
class Piste:
    """A right that is pointed to, as a page shows it; where help is found near, if the directory is asked."""

    droit: Droit
    mot: str
    explication: str
    service: str
    depend: str
    pres_d_ici: str


def tracks(espace: EspaceDeContrat, offres: list[Offre], reponses: dict[str, str]) -> list[Piste]:
    """What answers point to, the surest first."""
    droits = [one.droit for one in offres if one.propose]
    return [_track(espace, one) for one in point_to(droits, reponses)]


def _track(espace: EspaceDeContrat, repere: Repere) -> Piste:
    one = repere.droit
    near = f"{reverse('annuaire', args=[espace.slug])}?q={one.cherche}" if one.cherche else ""
    said = "il se peut" if repere.sur else "à vérifier"
    return Piste(one, said, typo(one.explication), typo(one.service), typo(one.depend), near)


def aide_or_404(espace: EspaceDeContrat, numero: int) -> AideLocale:
    """A local aid of this contract that was not taken off; any other does not exist."""
    found = AideLocale.objects.of(espace).filter(numero=numero).first()
    if found is None:
        raise Http404
    return found


def droit_or_404(espace: EspaceDeContrat, code: str) -> Offre:
    """A right of the product; any other does not exist."""
    found = next((one for one in offers(espace) if one.droit.code == code and one.aide is None), None)
    if found is None:
        raise Http404
    return found


def about(espace: EspaceDeContrat, page: str, titre: str, genre: str, code: str = "") -> Sujet:
    """A page of the room as small pages name it, with the history of what they change."""

    def told(_: Acces) -> list[Passage]:
        return history_of(espace, genre, code) if code else []

    return Sujet(espace, "", titre, address(page, espace), page, told)
