"""The surveys of a fictitious contract: two that are over and public, so that years compare, and one that is open."""

import random
from datetime import date, timedelta
from functools import partial

from tenir.acteurs.models import Organisation
from tenir.demonstration.vie.etapes import Etape
from tenir.enquetes.models import Enquete
from tenir.enquetes.noyau import core
from tenir.enquetes.services.enquetes import open_between, publish, write_down
from tenir.enquetes.services.reponses import answer
from tenir.equipe.organismes import offered_in
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

LASTS = 30
EDITIONS = (
    (520, 46, "Être traité pareil, première édition (fictive)"),
    (160, 58, "Être traité pareil, deuxième édition (fictive)"),
)
"""How many days ago each that is over opened, how many answered, its title."""
GOING = (12, 9, "Être traité pareil, troisième édition (fictive)")
ANNONCE = "Une enquête fictive : ce que vivent les habitants, la même chaque année."


class EnquetesFictives:
    """Opened, answered, published, one after the other."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.rng = random.Random(f"{graine}/enquetes")  # noqa: S311 - no secret
        self.derniere: Enquete | None = None
        par = offered_in(espace).first()
        self.etapes = self._drawn(par) if par else []

    def _drawn(self, par: Organisation) -> list[Etape]:
        found = []
        for ago, many, titre in (*EDITIONS, GOING):
            start = self.jour - timedelta(days=ago)
            found.append(Etape(start, partial(self._open, par, titre, start)))
            found.append(Etape(start + timedelta(days=2), partial(self._answer, many)))
            if ago > LASTS:
                found.append(Etape(start + timedelta(days=LASTS + 5), self._publish))
        return found

    def _open(self, par: Organisation, titre: str, start: date) -> None:
        values = {"titre": titre, "annonce": ANNONCE, "conduite_par": par}
        made = write_down(by=self.equipe, espace=self.espace, values=values, depuis=self.derniere)
        last = start + timedelta(days=LASTS)
        self.derniere = open_between(by=self.equipe, enquete=made, ouvre_le=start, ferme_le=last)

    def _answer(self, many: int) -> None:
        assert self.derniere is not None  # noqa: S101 (opened just before)
        for _ in range(many):
            said = {one.code: [self.rng.choice(list(one.reponses))] for one in core() if self.rng.random() < 0.9}
            answer(enquete=self.derniere, said=said or {"connait": ["non"]})

    def _publish(self) -> None:
        assert self.derniere is not None  # noqa: S101 (opened before)
        publish(by=self.equipe, enquete=self.derniere)
