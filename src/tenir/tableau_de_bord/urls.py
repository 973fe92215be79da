"""The screens of those who sign in. Each page of a contract has its twin for the platform, `plateforme-…`."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from tenir.tableau_de_bord import droits, fonctionnement, habilitations
from tenir.tableau_de_bord.contacts import fin as contact_fin
from tenir.tableau_de_bord.contacts import vues as contacts
from tenir.tableau_de_bord.espace.urls import ROUTES as OF_THE_DESK
from tenir.tableau_de_bord.fiche.urls import ROUTES as OF_A_FICHE
from tenir.tableau_de_bord.fiches.urls import ROUTES as OF_FICHES
from tenir.tableau_de_bord.frise.urls import ROUTES as OF_THE_FRIEZE
from tenir.tableau_de_bord.indicateurs.urls import ROUTES as OF_INDICATORS
from tenir.tableau_de_bord.invitations import vues as invitations
from tenir.tableau_de_bord.personnes import effacement as personnes_effacement
from tenir.tableau_de_bord.personnes import liste as personnes
from tenir.tableau_de_bord.personnes import soi
from tenir.tableau_de_bord.points.urls import ROUTES as OF_POINTS
from tenir.tableau_de_bord.promesses.urls import ROUTES as OF_PROMISES
from tenir.tableau_de_bord.qualite.urls import ROUTES as OF_QUALITY
from tenir.tableau_de_bord.reponse.urls import BEHIND_A_LINK
from tenir.tableau_de_bord.resume import vues as resume
from tenir.tableau_de_bord.traces import effacement, vues

PAGES = (
    ("mes-droits/", droits.mes_droits, "mes-droits"),
    ("droits/", droits.droits, "droits"),
    ("droits.<str:format>", droits.droits, "droits-export"),
    ("roles/", habilitations.habilitations, "habilitations"),
    ("roles.<str:format>", habilitations.habilitations, "habilitations-export"),
    ("roles/nouveau/", habilitations.nouvelle, "habilitation-nouvelle"),
    ("roles/<int:numero>/fin/", habilitations.fin, "habilitation-fin"),
    ("personnes/<int:numero>/droits/", droits.droits_d_une_personne, "droits-d-une-personne"),
    ("trace/", vues.trace, "trace"),
    ("trace.<str:format>", vues.trace, "trace-export"),
    ("trace/personnes/<int:numero>/", vues.trace_personne, "trace-personne"),
    ("trace/personnes.<str:format>/<int:numero>/", vues.trace_personne, "trace-personne-export"),
    ("trace/personnes/<int:numero>/effacer/", effacement.effacer_personne, "trace-personne-effacer"),
    ("trace/objets/<str:genre>/<path:objet>", vues.trace_objet, "trace-objet"),
    ("trace/objets.<str:format>/<str:genre>/<path:objet>", vues.trace_objet, "trace-objet-export"),
    ("trace/effacer/<str:genre>/<path:objet>", effacement.effacer_objet, "trace-objet-effacer"),
)
"""Each page: the end of its address, its view, its name."""

OF_A_CONTRACT = (
    ("contacts/", contacts.contacts, "contacts"),
    ("contacts.<str:format>", contacts.contacts, "contacts-export"),
    ("contacts/nouveau/", contacts.nouveau, "contact-nouveau"),
    ("contacts/importer/", contacts.importer, "contacts-importer"),
    ("contacts/<int:numero>/", contacts.modifier, "contact-modifier"),
    ("contacts/<int:numero>/fin/", contact_fin.fin, "contact-fin"),
    ("invitations/", invitations.invitations, "invitations"),
    ("invitations.<str:format>", invitations.invitations, "invitations-export"),
    ("invitations/nouvelle/", invitations.nouvelle, "invitation-nouvelle"),
    ("invitations/<int:numero>/renvoyer/", invitations.renvoyer, "invitation-renvoyer"),
    ("invitations/<int:numero>/revoquer/", invitations.revoquer, "invitation-revoquer"),
    *OF_THE_DESK,
    *OF_THE_FRIEZE,
    *OF_FICHES,
    *OF_A_FICHE,
    *OF_POINTS,
    *OF_PROMISES,
    *OF_INDICATORS,
    *OF_QUALITY,
)
"""The pages that exist in a contract alone."""


def _of_a_contract_and_of_the_platform() -> Iterator[URLPattern]:
    for end, view, name in PAGES:
        yield path(f"espace/<slug:slug>/{end}", view, name=name)
        yield path(f"plateforme/{end}", view, name=f"plateforme-{name}")


urlpatterns = [
    path("espace/", droits.bureau, name="bureau"),
    path("compte/mes-donnees/", soi.mes_donnees, name="mes-donnees"),
    path("compte/mes-donnees.zip", soi.mes_donnees_export, name="mes-donnees-export"),
    path("plateforme/personnes/", personnes.personnes, name="personnes"),
    path("plateforme/personnes.<str:format>", personnes.personnes, name="personnes-export"),
    path("plateforme/personnes/<int:numero>/effacer/", personnes_effacement.effacer, name="personne-effacer"),
    path("invitation/<str:jeton>/", invitations.accepter, name="invitation"),
    *BEHIND_A_LINK,
    path("compte/resume/", resume.mon_resume, name="mon-resume"),
    path("resume/<str:jeton>/", resume.resume, name="resume"),
    path("plateforme/fonctionnement/", fonctionnement.fonctionnement, name="fonctionnement"),
    *_of_a_contract_and_of_the_platform(),
    *(path(f"espace/<slug:slug>/{end}", view, name=name) for end, view, name in OF_A_CONTRACT),
]
