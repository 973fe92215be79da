"""Two exploratory walks of a fictitious contract: the first a year ago, the second sees its stops again."""

from datetime import date, timedelta
from typing import Any

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.marches.enums import Categorie, EtatDArret, Evolution, Urgence
from tenir.marches.models import Arret, Marche
from tenir.marches.services.arrets import add_stop, rewrite_stop
from tenir.marches.services.marches import publish, write_down

ANCIENNE, RECENTE = -395, -40
"""How many days before the day that is told each was walked."""
TITRE = "De l’école à l’arrêt de bus, à la tombée du jour"
ARRETS = (
    ("Passage derrière l’école", Categorie.ECLAIRAGE, Urgence.DANGER, "Trois lampadaires éteints sur cinq."),
    ("Angle de la placette", Categorie.PROPRETE, Urgence.ATTENDRE, "Des encombrants au pied des conteneurs."),
    ("Escalier nord", Categorie.ACCES, Urgence.PRESSANT, "La rampe bouge ; pas de passage pour une poussette."),
    ("Hall de la cage C", Categorie.BATI, Urgence.PRESSANT, "La porte ne ferme plus."),
    ("Arrêt de bus", Categorie.CIRCULATION, Urgence.DANGER, "Des voitures garées masquent le passage piéton."),
)
"""What the first walk sees: where, of what kind, how urgent."""
REVUS: tuple[dict[str, str], ...] = (
    {"evolution": Evolution.REGLE, "suite": "Les lampadaires sont changés depuis l’automne."},
    {"evolution": Evolution.PAREIL, "constat": "Enlevés le lundi, revenus le jeudi."},
    {"evolution": Evolution.MIEUX, "constat": "Rampe refixée ; rien pour les poussettes.", "etat": EtatDArret.EN_COURS},
    {"evolution": Evolution.PIRE, "constat": "La porte est démontée."},
)
"""What the second finds at the first of them; it did not go as far as the last."""
AJOUTE = ("Square des Rouets", Categorie.ESPACES, Urgence.ATTENDRE, "Plus d’ombre à quatorze heures depuis l’élagage.")


class MarchesFictives:
    """The walks of one contract, played on their days."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date) -> None:
        self.espace, self.equipe = espace, equipe
        self.etapes = [
            Etape(jour + timedelta(days=ANCIENNE), self._walk),
            Etape(jour + timedelta(days=ANCIENNE + 6), self._publish),
            Etape(jour + timedelta(days=RECENTE), self._walk_again),
            Etape(jour + timedelta(days=RECENTE + 9), self._publish),
        ]

    def _walk(self) -> None:
        walk = self._written(None)
        for rank, stop in enumerate(ARRETS):
            self._add(walk, stop, self._bodies()[rank % len(self._bodies())])

    def _walk_again(self) -> None:
        walk = self._written(self._last())
        for stop, seen in zip(Arret.objects.of(walk), REVUS, strict=False):
            rewrite_stop(by=self.equipe, arret=stop, version=stop.version, changes=seen)
        self._add(walk, AJOUTE, None)

    def _publish(self) -> None:
        publish(by=self.equipe, marche=self._last())

    def _written(self, before: Marche | None) -> Marche:
        body = self._bodies()[0]
        today = horloge.today(self.espace)
        return write_down(
            by=self.equipe, espace=self.espace, titre=TITRE, jour=today, conduite_par=body, suite_de=before
        )

    def _add(self, walk: Marche, stop: tuple[Any, ...], body: Organisation | None) -> None:
        given = dict(zip(("lieu", "categorie", "urgence", "constat"), stop, strict=True))
        add_stop(by=self.equipe, marche=walk, given={**given, "organisme": body})

    def _last(self) -> Marche:
        return Marche.objects.of(self.espace).latest("numero")

    def _bodies(self) -> list[Organisation]:
        rows = Signataire.objects.of(self.espace).select_related("organisation").order_by("ordre")
        return [one.organisation for one in rows if one.organisation]
