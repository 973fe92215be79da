"""Two calls for projects of a fictitious contract: the one of last year, closed; the one taken up from it, open."""

from datetime import date, timedelta
from decimal import Decimal

from tenir.acteurs.models import Organisation
from tenir.appels.models import AppelAProjets
from tenir.appels.services.appels import publish_call, rewrite_call, say_funder, take_up, write_call
from tenir.contrat.models import Orientation, Signataire
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

TEXTE = """\
Cet appel fictif s’adresse aux associations et aux services publics qui agissent pour les habitants du \
quartier prioritaire.

Un projet sert au moins une action du contrat, se déroule dans le quartier ou près de lui, et dit à qui il est \
ouvert. Les dépenses d’investissement et les fêtes privées ne sont pas financées."""
GRILLE = """\
Effet attendu pour les habitants du quartier ; 5
Lien avec une action du contrat ; 4
Habitants associés à la préparation ; 3
Budget sincère et cofinancé ; 3"""
PIECES = """\
Statuts à jour
Comptes approuvés du dernier exercice
Compte rendu de l’action financée l’an dernier (facultatif)"""
APPORTS = ((30000, 12500), (34000, 15000))
"""What the first two bodies that sign bring, each year; a third does not say."""


class AppelsFictifs:
    """The calls of one contract, played as the days go by."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.etapes = [
            Etape(jour - timedelta(days=330), self._first),
            Etape(jour - timedelta(days=25), self._second),
        ]

    def _first(self) -> None:
        year = (self.jour - timedelta(days=330)).year
        made = write_call(by=self.equipe, espace=self.espace, given=self._said(year))
        self._fund(made, 0)
        publish_call(by=self.equipe, appel=made)

    def _second(self) -> None:
        """The same, a year later in its words; its days are those of this year."""
        made = take_up(by=self.equipe, appel=AppelAProjets.objects.of(self.espace).get(numero=1))
        rewrite_call(by=self.equipe, appel=made, version=made.version, changes=_days(self.jour - timedelta(days=12)))
        self._fund(made, 1)
        made.refresh_from_db()
        publish_call(by=self.equipe, appel=made)

    def _said(self, year: int) -> dict[str, object]:
        codes = Orientation.objects.of(self.espace).order_by("ordre").values_list("code", flat=True)[:3]
        return {
            "titre": f"Appel à projets fictif {year}",
            "annee": year,
            "texte": TEXTE,
            "grille": GRILLE,
            "pieces_demandees": PIECES,
            "priorites": " ".join(codes),
            **_days(self.jour - timedelta(days=320)),
        }

    def _fund(self, made: AppelAProjets, turn: int) -> None:
        for body, amount in zip(self._bodies(), (*APPORTS[turn], None), strict=False):
            said = None if amount is None else Decimal(amount)
            say_funder(by=self.equipe, appel=made, financeur=body, montant=said)

    def _bodies(self) -> list[Organisation]:
        rows = Signataire.objects.of(self.espace).select_related("organisation").order_by("ordre")
        return [one.organisation for one in rows if one.organisation][:3]


def _days(opens: date) -> dict[str, date]:
    """Six weeks to apply, a committee a month later, an answer after two weeks."""
    after = {"ouvre_le": 0, "ferme_le": 42, "comite_le": 72, "reponse_le": 86}
    return {name: opens + timedelta(days=days) for name, days in after.items()}
