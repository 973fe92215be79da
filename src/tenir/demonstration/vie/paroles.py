"""What is said beside the actions of a fictitious contract: comments between its team and its partners, and answers by
a link; the words that its team gave to some acronyms; the bodies that refer people to some actions.

Nobody follows a fictitious contract by e-mail: an address is given by whoever has it, and nobody reads the list.
"""

import random
from datetime import date, timedelta
from functools import partial

from tenir.acteurs.models import Organisation
from tenir.commentaires.lecteurs import whom
from tenir.commentaires.models import PersonneCitee
from tenir.commentaires.services.commentaires import CITATION, write
from tenir.commentaires.services.liens import answer
from tenir.core import horloge
from tenir.core.models import Courriel
from tenir.demonstration.vie.etapes import Etape
from tenir.demonstration.vie.scenario import sentences
from tenir.equipe.models import Sigle
from tenir.equipe.services.sigles import correct_acronym
from tenir.fiches.models import FicheAction
from tenir.fiches.services.prescripteurs import set_prescribers
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

SAID = (-95, -60, -33, -12, -4)
"""Each so many days before the day that is told; the last waits for its answer."""
ANSWERED = 2
"""How many days after, the others are answered."""
SIGLES = {
    "ANCT": "Agence nationale de la cohésion des territoires",
    "DDETS": "Direction départementale de l’emploi, du travail et des solidarités",
    "CPAM": "Caisse primaire d’assurance maladie",
    "FIPD": "Fonds interministériel de prévention de la délinquance",
    "TFPB": "Taxe foncière sur les propriétés bâties",
}
"""The words that a team would give; the others wait for theirs."""

PRESCRIPTEURS = {
    "O01-A02": ("Mission locale du Songeais", "CCAS de Virelande-sur-Songe"),
    "O06-A03": ("Maison France services de Virelande-sur-Songe",),
    "O07-A03": ("CCAS de Virelande-sur-Songe", "Mission locale du Songeais"),
}
"""Who refers people to an action, by its code; nobody says it of the others."""


class ParolesFictives:
    """The comments of one contract, played as the days go by."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe = espace, equipe
        self.rng = random.Random(f"{graine}/paroles")  # noqa: S311 - no secret
        self.asked: dict[int, int] = {}
        days = [jour + timedelta(days=ago) for ago in SAID]
        self.etapes = [Etape(day, partial(self._ask, rank)) for rank, day in enumerate(days)]
        after = timedelta(days=ANSWERED)
        self.etapes += [Etape(day + after, partial(self._reply, rank)) for rank, day in enumerate(days[:-1])]
        self.etapes += [Etape(days[0], self._spell), Etape(days[0], self._refer)]

    def _ask(self, rank: int) -> None:
        """The team asks someone of a body that carries an action, who answers by her link."""
        said = sentences()["commentaire"]
        for fiche in self._fiches():
            told = [one for one in whom(self.equipe, fiche).values() if one.par_lien]
            if told:
                number = told[0].personne.pk
                made = write(by=self.equipe, chose=fiche, texte=said[rank % len(said)], citer=[number])
                self.asked[rank] = made.personnes_citees.get().pk
                break
        self._have_left()

    def _reply(self, rank: int) -> None:
        if rank in self.asked:
            said = sentences()["commentaire_reponse"]
            answer(citee=PersonneCitee.objects.get(pk=self.asked[rank]), texte=said[rank % len(said)])
            self._have_left()

    def _spell(self) -> None:
        for row in Sigle.objects.filter(espace=self.espace, sigle__in=SIGLES).select_related("espace"):
            correct_acronym(by=self.equipe, row=row, version=row.version, changes={"mots": SIGLES[row.sigle]})

    def _refer(self) -> None:
        for code, names in PRESCRIPTEURS.items():
            bodies = list(Organisation.objects.filter(nom__in=names))
            fiche = FicheAction.objects.of(self.espace).filter(action__code=code).first()
            if fiche and bodies:
                set_prescribers(by=self.equipe, fiche=fiche, organisations=bodies)

    def _fiches(self) -> list[FicheAction]:
        found = list(FicheAction.objects.of(self.espace).exclude(statut="").order_by("pk"))
        self.rng.shuffle(found)
        return found

    def _have_left(self) -> None:
        """What was told in the past left in the past: nothing of it waits in the queue of today."""
        waiting = Courriel.objects.filter(genre=CITATION, etat=Courriel.Etat.A_ENVOYER)
        waiting.update(etat=Courriel.Etat.ENVOYE, envoye_le=horloge.now())
