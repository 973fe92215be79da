"""The registers through a carnet: saying what becomes of the things of its body, putting one in a register.

A register that the team alone reads is offered only by the carnets that name it, and is written blind: nothing of it
is ever shown behind the link.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.rattachements import with_services
from tenir.activite.catalogue import offered_in
from tenir.activite.echeances import goes_on
from tenir.activite.enums import Confiance, Source
from tenir.activite.etats import with_state
from tenir.activite.models import Carnet, Entree, Objet
from tenir.activite.services.attributs import Attributs
from tenir.activite.services.objets import Point, Porte, note_objet, open_objet
from tenir.activite.services.par_carnet import acces_of, key_of, refuse_wall
from tenir.activite.services.registre import hold
from tenir.activite.services.valeurs import given_of
from tenir.habilitations.niveaux import Niveau
from tenir.natures.enums import Lecteurs
from tenir.natures.modeles import NatureEntiere


def registers_of(carnet: Carnet) -> list[NatureEntiere]:
    """The registers of a carnet: those that it names, or all that partners read; on a wall, those that it names and
    partners read. Two queries."""
    named = set(carnet.natures)
    found = offered_in(carnet.espace, Niveau.PARTENAIRES if carnet.mural else Niveau.EQUIPE, lasting=True)
    every = not named and not carnet.mural
    return [one for one in found if one.nature in named or (every and one.visible is Lecteurs.PARTENAIRES)]


def things_of(carnet: Carnet, registers: Sequence[NatureEntiere]) -> list[Objet]:
    """What its body holds in these registers and goes on, by name, with its state; nothing the team alone reads."""
    kinds = {one.nature: one for one in registers}
    if carnet.mural:
        return []  # what is on a wall only adds, and shows nothing of what others wrote
    rows = Objet.objects.of(carnet.espace).up_to(Niveau.PARTENAIRES).filter(nature__in=kinds)
    mine = rows.filter(organisme__identifiant__in=with_services(carnet.organisme.identifiant))
    found = with_state(mine).select_related("organisme", "lieu", "mots")
    return [one for one in found if goes_on(one, kinds[one.nature])]


@transaction.atomic
def note_thing(
    carnet: Carnet, objet: Objet, *, point: Point, cle: str, lu: str | None = None, exact: bool = False
) -> Entree:
    """Say through a carnet what becomes of a thing of its body; `lu`: the state that the page showed.

    Raises:
        ValidationError: it is no more in that state, the page already served otherwise, or as for `note_objet`.
    """
    hold(carnet.espace)
    _refuse_moved(carnet, objet, cle, lu)
    told = replace(point, organisme=carnet.organisme, carnet=carnet)
    made = note_objet(by=acces_of(carnet), objet=objet, point=told, porte=_door(carnet, cle, exact=exact))
    if (made.objet_id, made.etat, made.fin, given_of(made)) != (objet.pk, told.etat, told.jour, dict(told.valeurs)):
        raise ValidationError("Cette page a déjà servi à noter autre chose. Revenez au carnet pour la suite.")
    return made


@transaction.atomic
def add_thing(
    carnet: Carnet,
    *,
    nature: str,
    values: Mapping[str, Any],
    attributs: Attributs,
    point: Point,
    cle: str,
    exact: bool = False,
) -> Objet:
    """Put a thing of its body in a register of the carnet.

    Raises:
        ValidationError: a register that the carnet does not offer, or as for `open_objet`.
    """
    if nature not in {one.nature for one in registers_of(carnet)}:
        raise ValidationError({"nature": "Ce carnet ne sert pas à cela : choisissez dans sa liste."})
    if carnet.mural:
        hold(carnet.espace)
        refuse_wall(carnet, point.jour, cle)
    where = {"lieu": carnet.lieu, "autre_lieu": ""} if carnet.mural else {}
    made = open_objet(
        by=acces_of(carnet),
        espace=carnet.espace,
        nature=nature,
        values={**values, **where, "organisme": carnet.organisme},
        attributs=attributs,
        point=replace(point, organisme=carnet.organisme, carnet=carnet),
        porte=_door(carnet, cle, exact=exact),
    )
    if (made.nature, made.libelle) != (nature, values.get("libelle")):
        raise ValidationError("Cette page a déjà servi à ajouter autre chose. Revenez au carnet pour la suite.")
    return made


def _refuse_moved(carnet: Carnet, objet: Objet, cle: str, lu: str | None) -> None:
    """Let through a page of a thing of the carnet that shows the state it is in; a page sent again is no news.

    Raises:
        ValidationError: it is none, or someone said another state meanwhile.
    """
    sent = Entree.objects.of(carnet.espace).filter(cle=key_of(carnet, cle)) if cle else Entree.objects.none()
    if sent.exists():
        return
    if objet not in things_of(carnet, registers_of(carnet)):
        raise ValidationError("Ce carnet ne sert pas à cela : revenez-y pour choisir dans sa liste.")
    if lu is None:
        return
    now = getattr(with_state(Objet.objects.filter(pk=objet.pk)).get(), "etat", None) or ""
    if now != lu:
        raise ValidationError("Quelqu’un a dit autre chose entre-temps : revenez au carnet pour voir où cela en est.")


def _door(carnet: Carnet, cle: str, *, exact: bool) -> Porte:
    """By which what is written comes: what is doubted, once looked at twice, waits for the team; all of it on a wall,
    where not even a doubt tells what others wrote."""
    waits = exact or carnet.mural
    return Porte(Source.CARNET, key_of(carnet, cle), attend=waits, confiance=Confiance(carnet.confiance))
