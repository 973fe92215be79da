"""What points d'étape bring to the desk: answers to read, messages that wait for a person."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q

from tenir.core.composants import Item
from tenir.core.models import Courriel
from tenir.core.typographie import pluriel
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.suivi.models import Destinataire, PointDEtape, Question
from tenir.suivi.services.points.envoi import INVITATION
from tenir.tableau_de_bord.espace.sections import Annonce, Section
from tenir.tableau_de_bord.navigation import address
from tenir.tableau_de_bord.points.suivi import TO_DECIDE


def sections(acces: Acces, espace: EspaceDeContrat, on: date) -> Iterator[Section]:
    """For whoever runs points d'étape; two queries."""
    if may(acces, "point.update", espace):
        yield _to_read(espace)
        yield _to_decide(espace)


def _to_read(espace: EspaceDeContrat) -> Section:
    answered = Q(destinataires__questions__etat=Question.Etat.REPONDUE)
    rows = PointDEtape.objects.filter(espace=espace).annotate(a_lire=Count("destinataires__questions", filter=answered))
    lines = [
        Item("", point.titre, address("point-reponses", espace, point.pk), pluriel(point.a_lire, "réponse", genre="f"))
        for point in rows
        if point.a_lire
    ]
    annonce = Annonce("point d’étape", "a des réponses à lire", "ont des réponses à lire", "m")
    return Section("reponses", "Réponses à lire", lines, annonce, address("points", espace))


def _to_decide(espace: EspaceDeContrat) -> Section:
    doubtful = dict(Courriel.objects.filter(genre=INVITATION, etat__in=TO_DECIDE).values_list("cible", "etat"))
    asked = Destinataire.objects.filter(point__espace=espace, point__clos_le=None, pk__in=[int(pk) for pk in doubtful])
    lines = [
        Item(
            "",
            str(one.personne),
            address("point-lien", espace, one.point_id, one.pk),
            str(Courriel.Etat(doubtful[str(one.pk)]).label),
        )
        for one in asked.select_related("personne", "point")
    ]
    annonce = Annonce("message", "attend une décision", "attendent une décision", "m")
    return Section("messages", "Messages dont il faut décider", lines, annonce, address("points", espace))
