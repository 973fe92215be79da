"""Fourteen months of préconisations of a fictitious contract: answered, refused, late and reopened, studied, waiting.

One of a resident is not published, another waits to be read; what was asked in a walk is answered in part.
"""

import random
from datetime import date, timedelta
from functools import partial

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.core.models import Courriel
from tenir.demonstration.vie.etapes import Etape
from tenir.demonstration.vie.scenario import sentences
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.preconisations.enums import EtatDePreconisation, Origine
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.messages import CONSEIL, DEMANDE
from tenir.preconisations.services.recevoir import due_on, publish, receive, set_aside, write_down
from tenir.preconisations.services.repondre import answer, reopen

Etat = EtatDePreconisation
CALENDRIER: tuple[tuple[int, Origine, tuple[tuple[int, Etat], ...]], ...] = (
    (-420, Origine.CONSEIL, ((45, Etat.SUIVIE),)),
    (-380, Origine.MARCHE, ((50, Etat.EN_PARTIE),)),
    (-300, Origine.CONSEIL, ((75, Etat.REFUSEE), (120, Etat.EN_PARTIE))),  # late, then reopened
    (-200, Origine.HABITANT, ((30, Etat.SUIVIE),)),
    (-150, Origine.CONSEIL, ((40, Etat.A_L_ETUDE),)),
    (-100, Origine.CONSEIL, ((55, Etat.REFUSEE),)),
    (-80, Origine.CONSEIL, ()),  # late today
    (-30, Origine.MARCHE, ()),
)
"""Each so many days before the day that is told, whence it comes, and its answers, so many days after."""
REOPENED = 15
"""How many days after its first answer one is reopened."""
STUDIED = 20
"""How many days after the day that is told what is studied is due."""


class PreconisationsFictives:
    """The préconisations of one contract, played as the days go by."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.rng = random.Random(f"{graine}/preconisations")  # noqa: S311 - no secret
        self.texts = list(sentences()["preconisation"])
        self.rng.shuffle(self.texts)
        self.bodies: list[Organisation] = []
        self.etapes = [one for rank in range(len(CALENDRIER)) for one in self._steps(rank)]
        self.etapes += [
            Etape(jour - timedelta(days=21), partial(self._sent, len(CALENDRIER))),
            Etape(jour - timedelta(days=19), self._keep_back),
            Etape(jour - timedelta(days=3), partial(self._sent, len(CALENDRIER) + 1)),
        ]

    def _steps(self, rank: int) -> list[Etape]:
        ago, origin, answers = CALENDRIER[rank]
        came = self.jour + timedelta(days=ago)
        found = [Etape(came, partial(self._come, rank, origin))]
        for turn, (after, said) in enumerate(answers):
            found.append(Etape(came + timedelta(days=after), partial(self._answer, rank, said)))
            if turn + 1 < len(answers):
                found.append(Etape(came + timedelta(days=after + REOPENED), partial(self._reopen, rank)))
        return found

    def _come(self, rank: int, origin: Origine) -> None:
        body = self._bodies()[rank % len(self._bodies())]
        today = horloge.today(self.espace)
        if origin == Origine.HABITANT:
            made = self._sent(rank)
            due = due_on(today)
            publish(by=self.equipe, preconisation=made, texte=made.texte, organisme=body, echeance=due)
        else:
            fiches = list(FicheAction.objects.of(self.espace).exclude(statut="").order_by("pk"))
            fiche = self.rng.choice(fiches) if fiches and rank % 2 == 0 else None
            given = {"texte": self.texts[rank], "origine": origin, "organisme": body, "fiche": fiche}
            write_down(by=self.equipe, espace=self.espace, given=given)
        self._have_left()

    def _sent(self, rank: int) -> Preconisation:
        return receive(espace=self.espace, texte=self.texts[rank])

    def _keep_back(self) -> None:
        motif = "Elle désigne un voisin que l’on reconnaîtrait ; réécrivez-la sans lui."
        set_aside(by=self.equipe, preconisation=self._one(len(CALENDRIER)), motif=motif)

    def _answer(self, rank: int, said: Etat) -> None:
        """By the link of the body, as most do."""
        until = self.jour + timedelta(days=STUDIED) if said == Etat.A_L_ETUDE else None
        raison = self.rng.choice(sentences()[f"reponse_{said.value}"])
        answer(by=None, preconisation=self._one(rank), reponse=said.value, raison=raison, jusqu_au=until)
        self._have_left()

    def _reopen(self, rank: int) -> None:
        pourquoi = self.rng.choice(sentences()["preconisation_rouverte"])
        reopen(by=self.equipe, preconisation=self._one(rank), pourquoi=pourquoi)
        self._have_left()

    def _one(self, rank: int) -> Preconisation:
        return Preconisation.objects.of(self.espace).get(texte=self.texts[rank])

    def _bodies(self) -> list[Organisation]:
        if not self.bodies:
            rows = Signataire.objects.of(self.espace).select_related("organisation").order_by("ordre")
            self.bodies = [one.organisation for one in rows if one.organisation]
        return self.bodies

    def _have_left(self) -> None:
        """What was asked in the past left in the past: nothing of it waits in the queue of today."""
        waiting = Courriel.objects.filter(genre__in=(DEMANDE, CONSEIL), etat=Courriel.Etat.A_ENVOYER)
        waiting.update(etat=Courriel.Etat.ENVOYE, envoye_le=horloge.now())
