"""The carnets of a fictitious contract: two people note by a link, one wall has its code, one series waits."""

import random
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial

from tenir.acteurs.models import Organisation
from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Carnet
from tenir.activite.services.carnets import open_carnet, put_up
from tenir.activite.services.entree import Saisie
from tenir.activite.services.par_carnet import note
from tenir.activite.services.series import create_serie
from tenir.contrat.models import Lieu
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces
from tenir.natures.enums import Forme, Lecteurs
from tenir.natures.modeles import NatureEntiere

SINCE = timedelta(days=33)
"""How long ago they were opened: their links still open."""
TUESDAY, FROM, UNTIL = "1", time(17), time(18, 30)
WALL = (2, 5)
"""How many days ago something was noted from the wall."""


class CarnetsFictifs:
    """Opened in the last weeks for the bodies that hold the first kinds of sessions."""

    def __init__(
        self,
        espace: EspaceDeContrat,
        equipe: Acces,
        jour: date,
        graine: int,
        held: Sequence[tuple[NatureEntiere, Organisation]],
    ) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.sessions = [
            (kind, body) for kind, body in held if kind.forme == Forme.SEANCE and kind.visible == Lecteurs.PARTENAIRES
        ]
        self.rng = random.Random(f"{graine}/carnets")  # noqa: S311 - no secret
        self.opened: dict[Organisation, Carnet] = {}
        self.wall: Carnet | None = None
        on_the_wall = [Etape(jour - timedelta(days=back), partial(self._from_the_wall, back)) for back in WALL]
        self.etapes = [Etape(jour - SINCE, self._open), *on_the_wall]

    def _open(self) -> None:
        for _, body in self.sessions[:2]:
            self._give(body)
        for kind, body in self.sessions[:1]:
            self._series(kind, body)
            self._put_up(body)

    def _give(self, body: Organisation) -> None:
        """A carnet to the contact of a body; its letter is read in the box of the demonstration."""
        contact = Referent.objects.filter(espace=self.espace, organisation=body).exclude(personne__email="").first()
        if contact and body not in self.opened:
            given = {"natures": [], "confiance": Confiance.RETENUE, "mensuel": True}
            self.opened[body] = open_carnet(by=self.equipe, espace=self.espace, referent=contact, **given)

    def _series(self, kind: NatureEntiere, body: Organisation) -> None:
        values = {"organisme": body, "jours": TUESDAY, "debut": FROM, "fin": UNTIL, "du": self.jour - SINCE}
        create_serie(by=self.equipe, espace=self.espace, nature=kind.nature, values=values)

    def _put_up(self, body: Organisation) -> None:
        if lieu := Lieu.objects.of(self.espace).first():
            self.wall = put_up(by=self.equipe, espace=self.espace, lieu=lieu, organisme=body)

    def _from_the_wall(self, back: int) -> None:
        """Someone passes by, and notes what she held the day before."""
        kinds = [kind for kind, _ in self.sessions if kind.needed]
        if self.wall and kinds:
            kind, day = kinds[0], self.jour - timedelta(days=back + 1)
            least, most = (kind.needed and kind.needed.vraisemblable) or (1, 20)
            number = Decimal(self.rng.randint(int(least), min(int(most), int(least) + 20)))
            champs = {"debut": day, "fin": day, "statut": Statut.TENUE}
            saisie = Saisie(champs, {(kind.principale or "", ""): number})
            note(self.wall, nature=kind.nature, saisie=saisie, cle=str(back), exact=True)
