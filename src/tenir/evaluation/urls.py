"""The addresses of évaluations, then the one behind the link of a body."""

from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract
from tenir.evaluation.ecrans import comparaison, contributions, dossier, evaluation, gestes, instantanes, orientation
from tenir.evaluation.services.liens import find_asked

UNE = "evaluations/<int:numero>"
QUESTION = f"{UNE}/questions/<int:question>"
ORIENTATION = f"{UNE}/orientations/<str:code>"
CHIFFRE = f"{ORIENTATION}/chiffres/<int:donnee>"

urlpatterns = [
    *of_a_contract(
        ("evaluations/", evaluation.evaluations, "evaluations"),
        ("evaluations/nouvelle/", evaluation.nouvelle, "evaluation-nouvelle"),
        (f"{UNE}/", evaluation.evaluation, "evaluation"),
        (f"{UNE}/modifier/", evaluation.modifier, "evaluation-modifier"),
        (f"{UNE}/figer/", instantanes.figer, "evaluation-figer"),
        (f"{UNE}/partager/", gestes.partager, "evaluation-partager"),
        (f"{UNE}/publier/", gestes.publier, "evaluation-publier"),
        (f"{UNE}/retirer/", gestes.retirer, "evaluation-retirer"),
        (f"{UNE}/questions/nouvelle/", gestes.question_nouvelle, "question-d-evaluation-nouvelle"),
        (f"{QUESTION}/", gestes.question, "question-d-evaluation"),
        (f"{QUESTION}/retirer/", gestes.question_retirer, "question-d-evaluation-retirer"),
        (f"{UNE}/instantanes/<int:instantane>/", instantanes.instantane, "instantane"),
        (f"{UNE}/instantanes/<int:instantane>/donnees.json", instantanes.instantane_json, "instantane-json"),
        (f"{UNE}/comparaison/", comparaison.comparaison, "evaluation-comparaison"),
        (f"{UNE}/comparaison.<str:format>", comparaison.comparaison, "evaluation-comparaison-export"),
        (f"{UNE}/dossier/", dossier.dossier, "evaluation-dossier"),
        (f"{UNE}/dossier.<str:format>", dossier.dossier, "evaluation-fichier"),
        (f"{ORIENTATION}/", orientation.orientation, "evaluation-orientation"),
        (f"{ORIENTATION}/apprecier/", orientation.apprecier, "evaluation-apprecier"),
        (f"{ORIENTATION}/chiffres/nouveau/", orientation.chiffre_nouveau, "evaluation-chiffre-nouveau"),
        (f"{CHIFFRE}/", orientation.chiffre, "evaluation-chiffre"),
        (f"{CHIFFRE}/retirer/", orientation.chiffre_retirer, "evaluation-chiffre-retirer"),
        (f"{UNE}/contributions/", contributions.contributions, "evaluation-contributions"),
        (f"{UNE}/contributions/solliciter/", contributions.solliciter, "evaluation-solliciter"),
        (f"{UNE}/contributions/<int:contribution>/", contributions.noter, "evaluation-contribution"),
    ),
    *secret_link("deux-questions/", contributions.repondre, name="evaluation-reponse", known=find_asked),
]
