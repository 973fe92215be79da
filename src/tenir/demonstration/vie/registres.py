"""What lasts in a fictitious contract: a few lines in each of its registers, and what became of them.

Their names are invented, and say so. Each register is known by the shipped kind that it is.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any

from dateutil.relativedelta import relativedelta

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import offered_in
from tenir.activite.models import Objet
from tenir.activite.services.objets import Point, Porte, note_objet, open_objet
from tenir.activite.services.valeurs import Cle
from tenir.contrat.models import Lieu
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.natures.enums import TypeDeChamp
from tenir.natures.modeles import Champ, NatureEntiere

SINCE = timedelta(days=380)
NOMS: Mapping[str, Sequence[str]] = {
    "engagement-entreprise": (
        *("Menuiserie Fictive", "Garage Fictif", "Boulangerie Fictive", "Serres Fictives", "Imprimerie Fictive"),
        *("Transports Fictifs", "Hôtel Fictif", "Pharmacie Fictive", "Maçonnerie Fictive", "Librairie Fictive"),
        *("Laiterie Fictive", "Électricité Fictive"),
    ),
    "convention": ("Rénovation fictive de la rue Haute", "Garantie fictive des loyers", "Accueil fictif de jour"),
    "document-cadre": ("Schéma fictif des familles", "Projet fictif de santé"),
    "relais": ("Médiathèque fictive, accueil", "Club fictif de lecture, coordination", "Centre fictif, direction"),
    "lieu-ouvert": ("Ludothèque fictive", "Jardin fictif des Lisières", "Salle fictive du Lavoir", "Café fictif"),
    "offre": ("Ateliers fictifs du mercredi", "Stage fictif d’été", "Relais fictif des tout-petits", "Tutorat fictif"),
    "classe": ("CP A, école fictive", "CM2 B, école fictive", "6e 1, collège fictif", "6e 2, collège fictif",
               "3e 1, collège fictif"),
    "local-commercial": ("2, place Fictive", "5, place Fictive", "11, rue Fictive"),
    "fait-de-veille": ("Square fictif", "Passage fictif", "Parking fictif", "Square fictif, côté est"),
    "bien-signale": ("14, rue Fictive", "3, impasse Fictive"),
    "besoin": ("Cuisine de collectivité (fictif)", "Garde d’enfants le soir (fictif)", "Réparation de vélos (fictif)"),
    "demande": ("Train du soir, à la Compagnie fictive", "Arrêt de bus, à la Région fictive"),
    "groupe": ("A1, groupe fictif du mardi", "Alphabétisation, groupe fictif du matin"),
    "immeuble-aide": ("8, rue Fictive", "1, cour Fictive"),
    "logement-d-urgence": ("Logement fictif n° 1", "Logement fictif n° 2"),
    "mise-en-relation": ("Vente, place Fictive", "Mécanique, zone fictive d’activité"),
    "poste-aide": ("Convention fictive n° 1", "Convention fictive n° 2"),
}  # fmt: skip
"""The names of things, by the shipped kind of their register."""
HORAIRES = ("mardi et jeudi, 9 h-12 h", "du lundi au vendredi, 14 h-18 h", "mercredi et samedi, 10 h-17 h")
PROMIS = (6, 5, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2)
"""Twelve companies promise forty places."""


class RegistresFictifs:
    """The things of one contract, each opened then told of as the days go by."""

    def __init__(
        self, espace: EspaceDeContrat, equipe: Acces, signataires: Sequence[Organisation], jour: date, graine: int
    ) -> None:
        self.espace, self.equipe, self.signataires, self.jour = espace, equipe, signataires, jour
        self.rng = random.Random(f"{graine}/registres")  # noqa: S311 - no secret
        self.lieux = list(Lieu.objects.of(espace))
        self.choses: dict[tuple[str, str], Objet] = {}
        self.etapes = list(self._drawn()) if signataires else []

    def _drawn(self) -> Iterator[Etape]:
        kinds = offered_in(self.espace, lasting=True)
        above = {code for one in kinds for code in one.lignee[1:]}
        for kind in sorted((one for one in kinds if one.nature not in above), key=lambda one: one.nature):
            named = next((NOMS[code] for code in kind.lignee if code in NOMS), ())
            for rank, name in enumerate(named):
                yield from self._thing(kind, name, rank)
            yield from self._coming_back(kind)

    def _coming_back(self, kind: NatureEntiere) -> Iterator[Etape]:
        """Last month, as many of one sort as its grid says are to be looked at."""
        month = self.jour.replace(day=1) - relativedelta(months=1)
        for rank in range(kind.seuil or 0):
            body, day = self.signataires[rank % len(self.signataires)], month + timedelta(days=3 + 7 * rank % 24)
            yield Etape(day, partial(self._open, kind, f"Secteur fictif {rank + 1}", body, day, 0))

    def _thing(self, kind: NatureEntiere, name: str, rank: int) -> Iterator[Etape]:
        """Opened one day, then one to three notes, in the order of the states."""
        body = self.signataires[rank % len(self.signataires)]
        days = sorted(self.jour - timedelta(days=self.rng.randrange(4, SINCE.days)) for _ in range(self._notes(kind)))
        yield Etape(days[0], partial(self._open, kind, name, body, days[0], rank))
        for step, (_, day) in enumerate(pairwise(days)):
            yield Etape(day, partial(self._note, kind, name, day, rank, step + 1))

    def _notes(self, kind: NatureEntiere) -> int:
        return 3 if kind.mesures else self.rng.choice((1, 2, 2))

    def _open(self, kind: NatureEntiere, name: str, body: Organisation, day: date, rank: int) -> None:
        due = {"echeance": self.jour + timedelta(days=(-12, 45, 300)[rank % 3])} if kind.echeance else {}
        place = {"lieu": self.lieux[rank % len(self.lieux)]} if self.lieux and kind.annuaire else {}
        promised: dict[Cle, Decimal] = {}
        if kind.mesure("promis"):
            promised[("promis", "")] = Decimal(PROMIS[rank % len(PROMIS)])
        self.choses[kind.nature, name] = open_objet(
            by=self.equipe,
            espace=self.espace,
            nature=kind.nature,
            values={"libelle": name, "organisme": body, **due, **place},
            attributs={one.code: said for one in kind.champs if (said := self._attribute(one, rank))},
            point=Point(day, "", promised),
            porte=Porte(exact=True),
        )

    def _attribute(self, champ: Champ, rank: int) -> Any:
        match champ.type:
            case TypeDeChamp.CHOIX:
                return list(champ.choix)[rank % len(champ.choix)]
            case TypeDeChamp.PLUSIEURS:
                codes = list(champ.choix)
                return sorted({codes[rank % len(codes)], self.rng.choice(codes)})
            case TypeDeChamp.NOMBRE:
                return Decimal(self.rng.randrange(4, 40))
            case TypeDeChamp.MOT if champ.code == "horaires":
                return HORAIRES[rank % len(HORAIRES)]
            case TypeDeChamp.TELEPHONE:
                return f"01 99 00 {rank:02} 00"
            case TypeDeChamp.OUI_NON:
                return self.rng.choice(("oui", "non"))
            case _:
                return None

    def _note(self, kind: NatureEntiere, name: str, day: date, rank: int, step: int) -> None:
        going = [one.code for one in kind.etats if not one.clos] or [kind.etats[0].code]
        moves = kind.mesure("promis") or not kind.periode
        etat = going[min(step, len(going) - 1)] if moves else ""  # what is confirmed each year does not change
        if kind.etat("tenu") and step > 1 and rank % 3 == 0:
            etat = "tenu"
        note_objet(
            by=self.equipe,
            objet=self.choses[kind.nature, name],
            point=Point(day, etat, self._numbers(kind, rank, step)),
            porte=Porte(exact=True),
        )

    def _numbers(self, kind: NatureEntiere, rank: int, step: int) -> dict[Cle, Decimal]:
        """Of a pledge: offered, then used, a little less each time; else one number."""
        if kind.mesure("promis"):
            promised = PROMIS[rank % len(PROMIS)]
            code, number = ("offerts", promised - (rank % 4 > 0)) if step == 1 else ("utilises", promised // 2)
            return {(code, ""): Decimal(number)} if number else {}
        chosen = next((one for one in kind.mesures if one.choix), None)
        if chosen:
            return {(chosen.code, f"choix:{self.rng.choice(list(chosen.choix))}"): Decimal(self.rng.randrange(1, 3))}
        likely = kind.mesures[0].vraisemblable if kind.mesures else None
        least = max(1, int(likely[0])) if likely else 1
        return {(one.code, ""): Decimal(self.rng.randrange(least, 5 * least)) for one in kind.mesures[:1]}
