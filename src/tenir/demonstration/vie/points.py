"""Two points d'étape of a fictitious contract: one some months ago, closed, its synthesis frozen; one under way."""

import random
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from tenir.activite.services.valeurs import field_of, given_of
from tenir.core.models import Courriel
from tenir.core.typographie import MOIS, capital
from tenir.demonstration.vie.etapes import Etape
from tenir.demonstration.vie.scenario import sentences
from tenir.fiches.enums import Statut
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.points.models import Destinataire, PointDEtape, Question
from tenir.points.services.demandes import past_of
from tenir.points.services.destinataires import plan_of
from tenir.points.services.envoi import INVITATION, RECU, close_point, save_point, send_point, waive
from tenir.points.services.lecture import accept_plain
from tenir.points.services.reponses import Reponse, answer, finish, nothing_new
from tenir.points.services.synthese import freeze

AGO, LASTS = timedelta(days=190), timedelta(days=15)
"""How long before the day that is told the first one leaves, and until when it awaits answers."""
UNDER_WAY = timedelta(days=8)
"""How long before that day the second one leaves."""
MOT = "Où en est ce que vous portez ? Deux minutes suffisent, et « rien de nouveau » est une réponse. (Contrat fictif.)"


class PointsFictifs:
    """The points d'étape of one contract, played as the days go by."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe = espace, equipe
        self.rng = random.Random(f"{graine}/points")  # noqa: S311 - no secret
        spring, autumn = jour - AGO, jour - UNDER_WAY
        self.etapes = (
            Etape(spring, partial(self._send, spring)),
            Etape(spring + timedelta(days=6), partial(self._answer, share=0.75)),
            Etape(spring + timedelta(days=10), self._accept),
            Etape(spring + LASTS, self._close),
            Etape(spring + LASTS, self._freeze),
            Etape(autumn, partial(self._send, autumn, nombres=True)),
            Etape(jour - timedelta(days=4), partial(self._answer, share=0.5, ended=True)),
        )

    @property
    def _point(self) -> PointDEtape:
        return PointDEtape.objects.filter(espace=self.espace).select_related("espace").latest("cree_le")

    @property
    def _asked(self) -> list[Destinataire]:
        return list(self._point.destinataires.select_related("point__espace", "personne").order_by("pk"))

    def _send(self, jour: date, *, nombres: bool = False) -> None:
        """Opened about actions, and what is counted by period, what stops it passed over, sent."""
        titre = f"{capital(MOIS[jour.month - 1])} {jour.year}"
        given = {"titre": titre, "mot": MOT, "actions": True, "nombres": nombres, "reponse_avant": jour + LASTS}
        point = save_point(by=self.equipe, espace=self.espace, given=given)
        stops = {stop.cle: stop.phrase for stop in plan_of(point, jour).blocages}
        waive(by=self.equipe, point=point, cles=stops, motif="Vu avec l’équipe au téléphone.")
        if not plan_of(point, jour).sollicitations:
            return
        send_point(by=self.equipe, point=point)

    def _answer(self, *, share: float, ended: bool = False) -> None:
        """A share of them answers everything, with news of one thing in three; one says that hers is over."""
        for asked in sorted(self._asked, key=_drawn):
            if self.rng.random() > share:
                continue
            for question in asked.questions.select_related("fiche").prefetch_related("mots"):
                if question.mots_id:
                    answer(destinataire=asked, question=question, reponse=self._counted(question))
                elif ended and question.fiche and question.fiche.statut == Statut.EN_COURS:
                    ended = False
                    phrase = "La dernière séance a eu lieu, le bilan est rédigé."
                    answer(destinataire=asked, question=question, reponse=Reponse(statut="realisee", phrase=phrase))
                elif self.rng.random() < 1 / 3:
                    said = Reponse(phrase=self.rng.choice(sentences()["avancee"]))
                    answer(destinataire=asked, question=question, reponse=said)
            nothing_new(destinataire=asked, questions=asked.questions.waiting())
            finish(destinataire=asked)

    def _counted(self, question: Question) -> Reponse:
        """As much as the last time, and a few more."""
        past = past_of([question], self.espace)[question.pk].derniere
        held = given_of(past) if past else {}
        main = question.demande.nature.main if question.demande else None
        if main is None:
            return Reponse(sans_changement=True)
        number = held.get((main.code, ""), Decimal(20)) + self.rng.randrange(4)
        return Reponse(nombres={field_of((main.code, "")): str(number)}, exact=True)

    def _accept(self) -> None:
        accept_plain(by=self.equipe, point=self._point)

    def _close(self) -> None:
        """Its messages left in their time: none waits for the loop of today."""
        asked = [str(one.pk) for one in self._asked]
        left = Courriel.objects.filter(genre__in=(INVITATION, RECU), cible__in=asked, etat=Courriel.Etat.A_ENVOYER)
        left.update(etat=Courriel.Etat.ENVOYE, envoye_le=self._point.envoye_le)
        if self._point.envoye_le:
            close_point(by=self.equipe, point=self._point)

    def _freeze(self) -> None:
        if self._point.clos_le:
            freeze(by=self.equipe, point=self._point)


def _drawn(asked: Destinataire) -> tuple[str, str]:
    """The order that the draws hold to, whatever that of the pages."""
    return str(asked.organisation or ""), asked.personne.nom
