"""An évaluation of a fictitious contract: prepared, frozen, two orientations judged, bodies asked, then published."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tenir.contrat.models import Orientation, Signataire
from tenir.core import horloge
from tenir.demonstration.vie.etapes import Etape
from tenir.evaluation.models import Evaluation
from tenir.evaluation.services.appreciations import add_figure, judge, judged_of
from tenir.evaluation.services.contributions import answer, ask_bodies
from tenir.evaluation.services.evaluations import PROPOSEES, publish, rewrite_question, write_down
from tenir.evaluation.services.instantanes import freeze
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces

PREPAREE = -45
"""How many days before the day that is told it is prepared; it is frozen that day, once all the rest was told."""
JUGEMENTS: tuple[dict[str, Any], ...] = (
    {
        "changements": "Le quartier a rajeuni ; les familles arrivées depuis deux ans connaissent peu les services.",
        "demandes": "Une permanence de plus, le soir, au pied des immeubles.",
        "pertinence": "oui",
        "efficacite": "en-partie",
        "coherence": "oui",
        "raisons": "Les actions commencées touchent leur public. Deux n’ont pas démarré, faute de poste.",
        "recommandation": "ajuster",
    },
    {
        "pertinence": "oui",
        "efficacite": "inconnu",
        "coherence": "oui",
        "raisons": "Aucune valeur n’a été donnée aux indicateurs : on ne peut pas dire si le but approche.",
        "recommandation": "maintenir",
    },
)
CHIFFRES: tuple[dict[str, Any], ...] = (
    {
        "libelle": "Habitants du quartier sans moyen de transport motorisé", "valeur": Decimal(38), "unite": "%",
        "perimetre": "quartier", "source": "enquête fictive de la Maison des Rouets",
    },
    {
        "libelle": "Demandeurs d’emploi du quartier", "valeur": None, "unite": "personnes", "perimetre": "quartier",
        "source": "observatoire fictif des quartiers",
    },
)  # fmt: skip
REPONSES = (
    ("Les demandes arrivent plus tôt dans l’année.", "Un interlocuteur unique pour les familles."),
    ("Le marché du jeudi a repris.", "Des horaires d’ouverture le samedi."),
    ("", "Des transports en soirée."),
)
"""What three bodies answer."""


class EvaluationFictive:
    """The évaluation of one contract."""

    def __init__(self, espace: EspaceDeContrat, equipe: Acces, jour: date) -> None:
        self.espace, self.equipe, self.jour = espace, equipe, jour
        self.etapes = [Etape(jour + timedelta(days=PREPAREE), self._prepare), Etape(jour, self._freeze)]

    def _prepare(self) -> None:
        self._asked(self._prepared())

    def _freeze(self) -> None:
        made = Evaluation.objects.of(self.espace).latest("numero")
        freeze(by=self.equipe, evaluation=made)
        self._judged(made)
        publish(by=self.equipe, evaluation=made)

    def _prepared(self) -> Evaluation:
        today = horloge.today(self.espace)
        body = Signataire.objects.of(self.espace).select_related("organisation").order_by("ordre")[0].organisation
        return write_down(
            by=self.equipe, espace=self.espace, titre=f"Évaluation à mi-parcours {today.year}", conduite_par=body,
            depart=date(self.espace.debut, 1, 1), a_figer_le=self.jour, a_rendre_le=self.jour + timedelta(days=90),
            questions=PROPOSEES,
        )  # fmt: skip

    def _asked(self, made: Evaluation) -> None:
        bodies = [one.organisation for one in Signataire.objects.of(self.espace).select_related("organisation")]
        asked = ask_bodies(by=self.equipe, evaluation=made, organismes=dict.fromkeys(bodies))
        for one, (change, besoin) in zip(asked, REPONSES, strict=False):
            answer(by=None, contribution=one, change=change, besoin=besoin)

    def _judged(self, made: Evaluation) -> None:
        first = made.questions.order_by("rang")[1]
        told = {"reponse": "En grande partie. Ce qui ne l’est pas tient surtout aux postes restés vacants."}
        rewrite_question(by=self.equipe, question=first, version=first.version, changes=told)
        orientations = list(Orientation.objects.of(self.espace).select_related("espace").order_by("ordre"))
        for one, said in zip(orientations, JUGEMENTS, strict=False):
            judged = judged_of(made, one)
            judge(by=self.equipe, appreciation=judged, version=judged.version, changes=said)
        for figure in CHIFFRES:
            given = {**figure, "annee": self.jour.year, "orientation": orientations[0]}
            add_figure(by=self.equipe, evaluation=made, given=given)
