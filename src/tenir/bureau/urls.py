"""The addresses of what joins rooms: the desk, figures, the summary, persons, the platform."""

from django.urls import path

from tenir.bureau.ecrans import aujourdhui, chiffres, contrats, demarrage, fonctionnement, papier
from tenir.bureau.ecrans.personnes import coordonnees, effacement, liste, mentions, soi
from tenir.bureau.ecrans.resume import vues as resume
from tenir.bureau.services.resumes import find
from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract

urlpatterns = [
    path("espace/", contrats.mes_contrats, name="mes-contrats"),
    path("compte/coordonnees/", coordonnees.mes_coordonnees, name="mes-coordonnees"),
    path("compte/mes-donnees/", soi.mes_donnees, name="mes-donnees"),
    path("compte/mes-donnees.zip", soi.mes_donnees_export, name="mes-donnees-export"),
    path("compte/resume/", resume.mon_resume, name="mon-resume"),
    *secret_link("resume/", resume.resume, name="resume", known=find),
    path("plateforme/personnes/", liste.personnes, name="personnes"),
    path("plateforme/personnes.<str:format>", liste.personnes, name="personnes-export"),
    path("plateforme/personnes/<int:numero>/corriger/", coordonnees.corriger, name="personne-corriger"),
    path("plateforme/personnes/<int:numero>/effacer/", effacement.effacer, name="personne-effacer"),
    path("plateforme/personnes/<int:numero>/mentions/", mentions.mentions, name="personne-mentions"),
    path("plateforme/fonctionnement/", fonctionnement.fonctionnement, name="fonctionnement"),
    *of_a_contract(
        ("", aujourdhui.aujourdhui, "aujourdhui"),
        ("chiffres/", chiffres.chiffres, "chiffres"),
        ("chiffres.<str:format>", chiffres.chiffres, "chiffres-export"),
        ("bien-commencer/", demarrage.demarrage, "demarrage"),
        ("comite/", papier.papier, "papier"),
        ("comite.<str:format>", papier.papier, "papier-fichier"),
    ),
]
