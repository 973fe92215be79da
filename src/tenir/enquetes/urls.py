"""The addresses of surveys."""

from tenir.ecran.adresses import of_a_contract
from tenir.enquetes.ecrans import enquete, questions

ONE = "enquetes/<int:numero>"

urlpatterns = of_a_contract(
    ("enquetes/", enquete.enquetes, "enquetes"),
    ("enquetes/nouvelle/", enquete.nouvelle, "enquete-nouvelle"),
    (f"{ONE}/", enquete.enquete, "enquete"),
    (f"{ONE}/resultats.<str:format>", enquete.enquete, "enquete-resultats"),
    (f"{ONE}/modifier/", enquete.modifier, "enquete-modifier"),
    (f"{ONE}/ouvrir/", enquete.ouvrir, "enquete-ouvrir"),
    (f"{ONE}/affiche/", enquete.affiche, "enquete-affiche"),
    (f"{ONE}/papiers/", enquete.papiers, "enquete-papiers"),
    (f"{ONE}/publier/", enquete.publier, "enquete-publier"),
    (f"{ONE}/retirer/", enquete.retirer, "enquete-retirer"),
    (f"{ONE}/questions/nouvelle/", questions.nouvelle, "enquete-question-nouvelle"),
    (f"{ONE}/questions/<int:question>/modifier/", questions.modifier, "enquete-question-modifier"),
    (f"{ONE}/questions/<int:question>/retirer/", questions.retirer, "enquete-question-retirer"),
)
