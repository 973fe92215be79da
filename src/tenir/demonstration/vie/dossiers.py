"""The dossiers of a fictitious contract: two of last year, granted or refused, one reported; two of this year, to read.

Every body and every amount is invented, and the titles say so. What was done is what its register already counts.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile

from tenir.acteurs.models import Organisation
from tenir.activite.enums import Forme
from tenir.activite.models import Entree
from tenir.appels.models import AppelAProjets, DossierDeDemande, PartDemandee
from tenir.appels.services.comptes_rendus import fill_report, hand_in, read_report
from tenir.appels.services.dossiers import bring, fill, open_dossier, renew, send
from tenir.appels.services.instruction import decide, instruct
from tenir.appels.services.lecture import score
from tenir.appels.services.suites import establish, pay, sign
from tenir.contrat.models import ActionPrevue
from tenir.demonstration.vie.etapes import Etape
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

VELO, JARDIN, ORDI = "Ateliers vélo (fictif)", "Jardin partagé (fictif)", "Ordinateurs en réparation (fictif)"
REFUS = "L’action se déroule hors du quartier prioritaire : elle relève d’un autre appel."
PIECES = ("Statuts à jour", "Comptes approuvés du dernier exercice")
RNA = ("W999000001", "W999000002", "W999000003")
"""Numbers of a department that does not exist."""
FED = frozenset({"compte", "somme"})
"""The ways in which a session moves an indicator."""


class DossiersFictifs:
    """The dossiers of one contract, played as the days go by, after its calls (`AppelsFictifs`)."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        steps = {
            300: self._apply, 250: self._read, 244: self._decide, 236: self._agree, 228: self._pay,
            40: self._report, 8: self._apply_again,
        }  # fmt: skip
        self.etapes = [Etape(self.ago(days), step) for days, step in steps.items()]

    def ago(self, days: int) -> date:
        """A day before the one that is told."""
        return self.jour - timedelta(days=days)

    def _apply(self) -> None:
        """Two bodies apply: one that the register knows, and one that it does not."""
        code, body = self._done()
        first = {"nom": body.nom if body else "Association fictive des Deux-Roues", "rna": RNA[0]}
        self._filled(self._call(1), VELO, code, first, asked=(9000, 4000), own=1500)
        second = {"nom": "Association fictive du Potager", "rna": RNA[1]}
        self._filled(self._call(1), JARDIN, code, second, asked=(24_000,), own=2000)

    def _read(self) -> None:
        for rank, part in enumerate(self._parts()):
            said = {"recevable": "recevable", "avis": "favorable", "propose": part.montant}
            if rank == 1:
                said = {"recevable": "recevable", "avis": "defavorable", "propose": Decimal(0), "motif": REFUS}
            instruct(by=self.equipe, part=part, version=part.version, changes=said)
            notes = {one.intitule: one.points - (rank + 1) % 3 for one in part.dossier.appel.criteres}
            part.refresh_from_db()
            score(by=self.equipe, part=part, notes=notes)

    def _decide(self) -> None:
        for rank, part in enumerate(self._parts()):
            given: dict[str, Any] = {"suite": "refuse", "motif": REFUS}
            if rank != 1:
                given = {"suite": "accorde", "accorde": part.montant}
            decide(by=self.equipe, part=part, le=self.ago(244), source="Comité des financeurs (fictif)", **given)

    def _agree(self) -> None:
        """The convention of the first is signed; that of the second, above the threshold, waits to be."""
        first, second = self._granted()
        for part in (first, second):
            made = establish(by=self.equipe, part=part, modalites="En une fois, après signature (fictif).")
            if part == first:
                sign(by=self.equipe, convention=made, le=self.ago(236))

    def _pay(self) -> None:
        part = self._granted()[0]
        amount = part.accorde or Decimal(0)
        pay(by=self.equipe, part=part, montant=amount, le=self.ago(228), source="Mandat fictif n° 12")

    def _report(self) -> None:
        """The first reports, and its report is read; the second does not."""
        dossier = self._granted()[0].dossier
        said = {"fait": "Les ateliers fictifs se sont tenus.", "pas_eu_lieu": False, "ecarts": "Un atelier de moins."}
        self._told(dossier, "fait", said)
        self._told(dossier, "charges", {"comptes": {"641": Decimal(8000), "606": Decimal(2100)}})
        received = {one.pk: one.accorde for one in dossier.parts.all()}
        self._told(dossier, "produits", {"comptes": {"756": Decimal(1500)}, "recus": received})
        read_report(by=self.equipe, report=hand_in(by=self.equipe, dossier=dossier))

    def _apply_again(self) -> None:
        """Both ask again for this year, the second without having reported; a third is not finished."""
        call = self._call(2)
        for part in self._granted():
            renew(dossier=part.dossier, appel=call)
        third = {"nom": "Association fictive des Bricoleurs", "rna": RNA[2]}
        self._filled(call, ORDI, self._done()[0], third, asked=(3000,), own=800)

    def _filled(
        self, call: AppelAProjets, titre: str, code: str, body: Mapping[str, str], *, asked: tuple[int, ...], own: int
    ) -> None:
        """A dossier in which nothing is missing, sent."""
        made = open_dossier(by=self.equipe, appel=call)
        funders = [one.financeur_id for one in call.enveloppes.order_by("pk")]
        parts = {pk: Decimal(amount) for pk, amount in zip(funders, asked, strict=False)}
        costs = sum(asked) + own
        told: dict[str, dict[str, Any]] = {
            "organisme": {"siret": "", "adresse": "1 place Fictive", "telephone": "", **body},
            "action": {"intitule": titre, "description": "Action fictive, pour la démonstration.", "servies": code},
            "public": {"public": "Habitants fictifs du quartier", "moins_de_12": 12, "de_12_a_25": 20,
                       "de_26_a_59": 15, "plus_de_59": 8, "du_quartier": 40},
            "lieux": {"lieux": "Lieu fictif", "debut": self.ago(240), "fin": self.ago(60)},
            "charges": {"comptes": {"641": Decimal(costs - 1000), "606": Decimal(1000)}},
            "produits": {"comptes": {"756": Decimal(own)}, "parts": parts},
            "engagement": {"cer": True},
        }  # fmt: skip
        if call.numero != 1:
            told["lieux"] |= {"debut": self.jour + timedelta(days=60), "fin": self.jour + timedelta(days=240)}
        for section, given in told.items():
            fill(by=self.equipe, dossier=made, section=section, given=given)
        for piece in PIECES:
            file = ContentFile(b"Piece fictive.", name="piece-fictive.txt")
            bring(by=self.equipe, dossier=made, intitule=piece, fichier=file)
        send(by=self.equipe, dossier=made)

    def _told(self, dossier: DossierDeDemande, section: str, given: Mapping[str, Any]) -> None:
        fill_report(by=self.equipe, dossier=dossier, section=section, given=given)

    def _call(self, numero: int) -> AppelAProjets:
        return AppelAProjets.objects.of(self.espace).get(numero=numero)

    def _parts(self) -> list[PartDemandee]:
        rows = PartDemandee.objects.filter(dossier__appel=self._call(1)).order_by("dossier__numero", "-montant")
        return list(rows.select_related("dossier__espace", "dossier__appel", "financeur"))

    def _granted(self) -> list[PartDemandee]:
        return [one for one in self._parts() if one.suite == "accorde"]

    def _done(self) -> tuple[str, Organisation | None]:
        """An action and a body whose sessions the register counts, those that feed an indicator first.

        Without any, the first action and nobody. A funder of the call asks nothing of itself.
        """
        funders = self._call(1).enveloppes.values("financeur")
        rows = Entree.objects.of(self.espace).counted().filter(forme=Forme.SEANCE, fiches__isnull=False)
        found = list(rows.exclude(organisme__in=funders).select_related("organisme", "mots").order_by("numero"))
        if not found:
            first = ActionPrevue.objects.of(self.espace).principales().order_by("ordre")[0]
            return first.code, None
        kept = next((one for one in found if any(fed.calcul in FED for fed in one.mots.nature.alimente)), found[0])
        fiche = kept.fiches.select_related("action").order_by("pk")[0]
        return fiche.action.code, kept.organisme
