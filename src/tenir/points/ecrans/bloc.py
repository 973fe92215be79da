"""What points d'étape bring to the desk: answers to read, syntheses, messages that wait for a person."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tenir.core.composants import Item
from tenir.core.horloge import day_of
from tenir.core.models import Courriel
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.blocs import Annonce, Nouveaute, Section
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.points.ecrans.liste import rows
from tenir.points.ecrans.suivi import state_of, to_decide
from tenir.points.models import Destinataire, PointDEtape
from tenir.points.services.envoi import INVITATION


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For whoever runs points d'étape; three queries."""
    if may(acces, "point.update", espace):
        points = list(rows(espace))
        yield _to_read(espace, points)
        yield _to_freeze(espace, points)
        yield _to_decide(espace)


def _to_read(espace: EspaceDeContrat, points: list[Any]) -> Section:
    lines = [
        Item("", point.titre, address("point-reponses", espace, point.pk), pluriel(point.a_lire, "réponse", genre="f"))
        for point in points
        if point.a_lire
    ]
    annonce = Annonce("point d’étape", "a des réponses à lire", "ont des réponses à lire", "m")
    return Section("reponses", "Réponses à lire", lines, annonce, address("points", espace))


def _to_freeze(espace: EspaceDeContrat, points: list[Any]) -> Section:
    """Those closed, read, and whose synthesis is not frozen."""
    closed = [one for one in points if one.clos_le and not one.a_lire and one.synthese_le is None]
    lines = [
        Item("", one.titre, address("point-synthese-figer", espace, one.pk), f"clos le {date_fr(day_of(one.clos_le))}")
        for one in closed
    ]
    annonce = Annonce("synthèse", "est à figer", "sont à figer", "f")
    return Section("syntheses", "Synthèses à figer", lines, annonce, address("points", espace))


def _to_decide(espace: EspaceDeContrat) -> Section:
    stuck = to_decide(espace)
    asked = Destinataire.objects.select_related("personne").in_bulk({number for number, _ in stuck}) if stuck else {}
    lines = [_undelivered(espace, asked[number], courriel) for number, courriel in stuck]
    annonce = Annonce("message", "attend une décision", "attendent une décision", "m")
    return Section("messages", "Messages dont il faut décider", lines, annonce, address("points", espace))


def _undelivered(espace: EspaceDeContrat, asked: Destinataire, courriel: Courriel) -> Item:
    """Someone whom a message has not reached: the team knows that she was never asked, and why."""
    never = courriel.genre == INVITATION and courriel.etat != Courriel.Etat.INCERTAIN
    told = f"{state_of(courriel)[1]}{', n’a rien reçu' if never else ''}"
    note = f"{told} : {courriel.erreur}" if courriel.erreur else told
    return Item("", str(asked.personne), address("point-lien", espace, asked.point_id, asked.pk), typo(note))


def novelties(acces: Acces, espace: EspaceDeContrat, since: datetime) -> Iterator[Nouveaute]:
    """The syntheses that others froze; one query."""
    rows = PointDEtape.objects.filter(espace=espace, synthese_le__gt=since).exclude(cree_par=acces.personne)
    for number, title, moment in rows.values_list("pk", "titre", "synthese_le"):
        if moment:
            yield Nouveaute(moment, "", f"{title}, synthèse", address("point-synthese", espace, number), "À lire")
