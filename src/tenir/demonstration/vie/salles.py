"""The rooms of a fictitious contract: two of them, a permanence of each week, a few confidential slots."""

from datetime import date, time, timedelta

from tenir.acteurs.models import Organisation
from tenir.demonstration.vie.etapes import Etape
from tenir.equipe.organismes import offered_in
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.reservations.creneaux import slots
from tenir.reservations.enums import GenreDeReservation, Retour
from tenir.reservations.models import Salle
from tenir.reservations.services.reservations import Demande, book
from tenir.reservations.services.salles import create_salle, places_of

SINCE = timedelta(days=40)
AHEAD = timedelta(days=90)
TITRE = "Accès aux droits (permanence fictive)"
CONFIDENTIAL = (2, 5, 9, 16, 23)
"""How many days after it was opened something confidential was held in the second room."""


class SallesFictives:
    """Opened some weeks before the day that is told, booked a little since."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.etapes = [Etape(jour - SINCE, self._play)]

    def _play(self) -> None:
        bodies: list[Organisation] = list(offered_in(self.espace)[:3])
        if not bodies:
            return
        place = places_of(self.espace).first()
        where = {"lieu_ouvert": place, "autre_lieu": "" if place else "Maison fictive de l’emploi"}
        shared = self._room("Bureau fictif des permanences", bodies[0], where, affichee=True)
        quiet = self._room("Espace fictif confidentiel", bodies[0], where, affichee=False)
        self._permanence(shared, bodies[-1])
        for rank, days in enumerate(CONFIDENTIAL):
            self._held(quiet, bodies[rank % len(bodies)], self.jour - SINCE + timedelta(days=days))

    def _room(self, nom: str, body: Organisation, where: dict[str, object], *, affichee: bool) -> Salle:
        hours = {"jours": "01234", "ouvre": time(9), "ferme": time(17), "pas": 30, "sauf_feries": True}
        values = {"nom": nom, "organisme": body, "affichee": affichee, **where, **hours}
        return create_salle(by=self.equipe, espace=self.espace, values=values)

    def _permanence(self, salle: Salle, body: Organisation) -> None:
        """Each week from the first open day on."""
        first = next(
            (one for rank in range(1, 15) for one in slots(salle, self.jour - SINCE + timedelta(days=rank))), None
        )
        if first:
            demande = Demande(
                first.jour, time(9), time(12), GenreDeReservation.PERMANENCE, TITRE, Retour.SEMAINE, self.jour + AHEAD
            )
            book(by=self.equipe, salle=salle, organisme=body, demande=demande)

    def _held(self, salle: Salle, body: Organisation, day: date) -> None:
        if found := slots(salle, day):
            one = found[len(found) // 2]
            book(by=self.equipe, salle=salle, organisme=body, demande=Demande(day, one.debut, one.fin))
