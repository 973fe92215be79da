"""The addresses of the life of engagements."""

from tenir.ecran.adresses import of_a_contract
from tenir.engagements.ecrans import agir, edition, etat, vues

urlpatterns = of_a_contract(
    ("engagements/", vues.engagements, "suivi-engagements"),
    ("engagements.<str:format>", vues.engagements, "suivi-engagements-export"),
    ("engagements/signataires/<str:code>/", etat.etat, "suivi-engagements-etat"),
    ("engagements/signataires/<str:code>/etat.<str:format>", etat.etat, "suivi-engagements-etat-fichier"),
    ("engagements/<str:code>/", vues.engagement, "suivi-engagement"),
    ("engagements/<str:code>/tenu/", agir.tenu, "suivi-engagement-tenu"),
    ("engagements/<str:code>/reporter/<int:jours>/", agir.reporter, "suivi-engagement-reporter"),
    ("engagements/<str:code>/relancer/", agir.relancer, "suivi-engagement-relancer"),
    ("engagements/<str:code>/dire/", edition.dire, "suivi-engagement-dire"),
    ("engagements/<str:code>/definir/", edition.definir, "suivi-engagement-definir"),
    ("engagements/<str:code>/rattacher/", edition.rattacher, "suivi-engagement-rattacher"),
    ("engagements/<str:code>/preuves/ajouter/", edition.preuve_nouvelle, "suivi-engagement-preuve-nouvelle"),
    ("engagements/<str:code>/preuves/<int:numero>/", edition.preuve_fichier, "suivi-engagement-preuve"),
    ("engagements/<str:code>/preuves/<int:numero>/retirer/", edition.preuve_retirer, "suivi-engagement-preuve-retirer"),
)
