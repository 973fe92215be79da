"""A council of residents in a fictitious contract: a call, a draw that one replays, a member replaced, opinions asked.

One opinion is given in time, one late after its silence was recorded, one is awaited; a second call is open.
"""

import random
from datetime import date, timedelta
from functools import partial
from typing import Any

from tenir.conseil.models import AppelACandidatures, DemandeDAvis, Mandat
from tenir.conseil.services.appels import draw_lots, freeze, open_call
from tenir.conseil.services.avis import ask, give, record_silences
from tenir.conseil.services.candidatures import offer
from tenir.conseil.services.effacement import due, erase
from tenir.conseil.services.espace import add_piece, give_means
from tenir.conseil.services.mandats import leave
from tenir.core import horloge
from tenir.demonstration.personnes import DOMAIN
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

APPEL = (
    "Appel fictif. Le conseil citoyen du quartier se renouvelle : huit habitants et quatre associations ou acteurs "
    "locaux, tirés au sort. Il se réunit six fois par an et donne son avis sur les projets du contrat."
)
SEATS = {
    "sieges_habitants": 8, "femmes_habitants": 4, "hommes_habitants": 4, "suppleants_habitants": 4,
    "sieges_acteurs": 4, "femmes_acteurs": 2, "hommes_acteurs": 2, "suppleants_acteurs": 2,
}  # fmt: skip
MOTS = "tilleul barque lanterne ruisseau fenêtre"
CIRCONSTANCES = "Réunion publique fictive : cinq pages d’un dictionnaire ouvertes au hasard dans la salle."
REGLE = {
    "delai": 21, "unite": "jours", "silence": "sans-effet", "nature": "reglement",
    "source": "règlement intérieur fictif du conseil citoyen, article 4",
}  # fmt: skip
AGES = ("16-25", "26-45", "26-45", "46-64", "46-64", "65", "")


class ConseilFictif:
    """The council of one contract, played as the days go by."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date, graine: int) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.rng = random.Random(f"{graine}/conseil")  # noqa: S311 - no secret
        self.etapes = [*self._draw(), *self._opinions(), *self._now()]

    def _draw(self) -> list[Etape]:
        first = self._ago(430)
        came = [Etape(first + timedelta(days=2 * rank), partial(self._offer, rank)) for rank in range(26)]
        return [
            Etape(first, partial(self._call, 60)),
            *came,
            Etape(self._ago(368), self._freeze),
            Etape(self._ago(362), self._draw_lots),
            Etape(self._ago(350), self._means),
            Etape(self._ago(300), self._erase),
            Etape(self._ago(170), self._leave),
        ]

    def _opinions(self) -> list[Etape]:
        return [
            Etape(self._ago(150), partial(self._ask, "Le rapport annuel 2025 (fictif)", annual=True)),
            Etape(self._ago(128), partial(self._give, 1, "reserves", "Le bilan des permanences manque au rapport.")),
            Etape(self._ago(110), partial(self._ask, "Le projet fictif de la place du marché", annual=False)),
            Etape(self._ago(80), self._silences),
            Etape(self._ago(72), partial(self._give, 2, "favorable", "D’accord, avec plus d’ombre et deux bancs.")),
        ]

    def _now(self) -> list[Etape]:
        return [
            Etape(self._ago(14), partial(self._ask, "Le calendrier fictif des animations d’été", annual=False)),
            Etape(self._ago(9), partial(self._call, 40)),
            Etape(self._ago(5), partial(self._offer, 30)),
            Etape(self._ago(2), partial(self._offer, 31)),
        ]

    def _ago(self, days: int) -> date:
        return self.jour - timedelta(days=days)

    def _calls(self) -> Any:
        return AppelACandidatures.objects.of(self.espace).order_by("-numero")

    def _call(self, days: int) -> None:
        today = horloge.today(self.espace)
        until = today + timedelta(days=days)
        given = {"texte": APPEL, "ouvre_le": today, "ferme_le": until, "duree_mois": 24, **SEATS}
        open_call(by=self.equipe, espace=self.espace, given=given)

    def _offer(self, rank: int) -> None:
        local = rank % 4 == 3
        who = {"nom": f"Candidature Fictive {rank + 1}", "contact": f"candidature-{rank + 1}@{DOMAIN}"}
        counted = {"college": "acteurs" if local else "habitants", "sexe": "F" if self.rng.random() < 0.6 else "H"}
        beside = {"age": self.rng.choice(AGES), "secteur": "association fictive" if local else "rue fictive"}
        offer(appel=self._calls()[0], given={**who, **counted, **beside})

    def _freeze(self) -> None:
        freeze(by=self.equipe, appel=self._calls()[0])

    def _draw_lots(self) -> None:
        draw_lots(by=self.equipe, appel=self._calls()[0], mots=MOTS, circonstances=CIRCONSTANCES)

    def _means(self) -> None:
        today = horloge.today(self.espace)
        for genre, what in (("local", "La salle fictive du rez-de-chaussée"), ("animation", "Un animateur fictif")):
            given = {"genre": genre, "description": what, "du": today}
            give_means(by=self.equipe, espace=self.espace, given=given)
        lien = f"https://{DOMAIN}/charte"
        given = {"genre": "pratique", "titre": "Charte fictive d’un conseil voisin", "lien": lien}
        add_piece(by=self.equipe, espace=self.espace, given=given)

    def _erase(self) -> None:
        today = horloge.today(self.espace)
        erase(self.espace, list(due(self.espace, today).order_by("numero")), today)

    def _leave(self) -> None:
        seated = Mandat.objects.of(self.espace).filter(candidature__college="habitants")
        leave(by=self.equipe, mandat=seated.order_by("candidature__numero")[1], motif="Déménagement (fictif).")

    def _ask(self, objet: str, *, annual: bool) -> None:
        today = horloge.today(self.espace)
        given = {"objet": objet, "recue_le": today, "niveau": 0, **({} if annual else REGLE)}
        ask(by=self.equipe, espace=self.espace, annual=annual, given=given)

    def _silences(self) -> None:
        record_silences(horloge.now())

    def _give(self, numero: int, sens: str, texte: str) -> None:
        found = DemandeDAvis.objects.of(self.espace).get(numero=numero)
        give(demande=found, sens=sens, texte=texte)
