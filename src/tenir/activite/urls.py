"""The addresses of the register."""

from tenir.activite.ecrans import agendas, calculs, gestes, lieux, saisie, vues
from tenir.activite.ecrans.carnet import mois
from tenir.activite.ecrans.carnet import registres as au_carnet
from tenir.activite.ecrans.carnet import vues as carnet
from tenir.activite.ecrans.carnets import vues as carnets
from tenir.activite.ecrans.flux import agenda
from tenir.activite.ecrans.flux import vues as flux
from tenir.activite.ecrans.importation import vues as tableurs
from tenir.activite.ecrans.liste import lot
from tenir.activite.ecrans.natures import edition, importation
from tenir.activite.ecrans.natures import vues as natures
from tenir.activite.ecrans.registres import abattement, grilles
from tenir.activite.ecrans.registres import vues as registres
from tenir.activite.ecrans.series import vues as series
from tenir.activite.services import flux as les_flux
from tenir.activite.services import liens_de_carnet as liens
from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract

urlpatterns = [
    *of_a_contract(
        ("activite/", vues.activite, "activite"),
        ("activite.<str:format>", vues.activite, "activite-export"),
        ("activite/plusieurs/", lot.lot, "activite-lot"),
        ("activite/nouvelle/", saisie.choisir, "entree-nouvelle"),
        ("activite/nouvelle/<slug:code>/", saisie.inscrire, "entree-inscrire"),
        ("activite/importer/", tableurs.importer, "activite-importer"),
        ("activite/importer/<int:numero>/", tableurs.importation, "activite-import"),
        ("activite/importer/<int:numero>/colonnes/", tableurs.colonnes, "activite-import-colonnes"),
        ("activite/importer/<int:numero>/lignes-expliquees.csv", tableurs.expliquees, "activite-import-expliquees"),
        ("activite/importer/titres/<int:numero>/oublier/", tableurs.oublier, "activite-profil-oublier"),
        ("activite/<int:numero>/", vues.entree, "entree"),
        ("activite/<int:numero>/confirmer/", gestes.confirmer, "entree-confirmer"),
        ("activite/<int:numero>/corriger/", gestes.corriger, "entree-corriger"),
        ("activite/<int:numero>/annuler/", gestes.annuler, "entree-annuler"),
        ("activite/<int:numero>/retenir/", gestes.retenir, "entree-retenir"),
        ("activite/<int:numero>/contester/", gestes.contester, "entree-contester"),
        ("natures/", natures.natures, "natures"),
        ("natures.<str:format>", natures.natures, "natures-export"),
        ("natures-du-contrat.yaml", natures.toutes, "natures-fichier"),
        ("natures-importer/", importation.importer, "natures-importer"),
        ("nature-nouvelle/", edition.nouvelle, "nature-nouvelle"),
        ("natures/<slug:code>/", natures.nature, "nature"),
        ("natures/<slug:code>/changer/", edition.changer, "nature-changer"),
        ("natures/<slug:code>/retirer/", natures.retirer, "nature-retirer"),
        ("natures/<slug:code>/reprendre/", natures.reprendre, "nature-reprendre"),
        ("natures/<slug:code>/fichier.yaml", natures.fichier, "nature-fichier"),
        ("activite/lieux/", lieux.lieux, "activite-lieux"),
        ("activite/lieux/<str:code>/", lieux.lieu, "activite-lieu"),
        ("activite/series/", series.series, "series"),
        ("activite/series.<str:format>", series.series, "series-export"),
        ("activite/series/nouvelle/", series.nouvelle, "serie-nouvelle"),
        ("activite/series/<int:numero>/", series.serie, "serie"),
        ("activite/series/<int:numero>/modifier/", series.modifier, "serie-modifier"),
        ("activite/series/<int:numero>/<str:jour>/", series.jour, "serie-jour"),
        ("activite/agenda/", agendas.importer, "agenda-importer"),
        ("activite/flux/", flux.flux, "flux"),
        ("activite/flux/donner/", flux.donner, "flux-donner"),
        ("activite/flux/<int:numero>/", flux.adresse, "flux-adresse"),
        ("activite/flux/<int:numero>/retirer/", flux.retirer, "flux-retirer"),
        ("calculs/", calculs.calculs, "calculs"),
        ("registres/", registres.registres, "registres"),
        ("abattement-de-taxe-fonciere/", abattement.bilan, "abattement-bilan"),
        ("abattement-de-taxe-fonciere.<str:format>", abattement.bilan, "abattement-bilan-fichier"),
        ("registres/<slug:code>/", registres.registre, "registre"),
        ("registres/<slug:code>.<str:format>", registres.registre, "registre-export"),
        ("registres/<slug:code>/nouveau/", registres.nouveau, "objet-nouveau"),
        ("grilles/", grilles.grilles, "grilles"),
        ("grilles/<slug:code>/", grilles.grille, "grille"),
        ("grilles/<slug:code>.<str:format>", grilles.grille, "grille-fichier"),
        ("registres/<slug:code>/reprendre/", registres.reprendre, "registre-reprendre"),
        ("objets/<int:numero>/", registres.objet, "objet"),
        ("objets/<int:numero>/noter/", registres.noter, "objet-noter"),
        ("objets/<int:numero>/modifier/", registres.modifier, "objet-modifier"),
        ("objets/<int:numero>/ecarter/", registres.ecarter, "objet-ecarter"),
        ("activite/carnets/", carnets.carnets, "carnets"),
        ("activite/carnets.<str:format>", carnets.carnets, "carnets-export"),
        ("activite/carnets/ouvrir/", carnets.ouvrir, "carnet-ouvrir"),
        ("activite/carnets/afficher/", carnets.afficher, "affiche-nouvelle"),
        ("activite/carnets/<int:numero>/", carnets.carnet, "carnet"),
        ("activite/carnets/<int:numero>/modifier/", carnets.modifier, "carnet-modifier"),
        ("activite/carnets/<int:numero>/envoyer/", carnets.envoyer, "carnet-envoyer"),
        ("activite/carnets/<int:numero>/fermer/", carnets.fermer, "carnet-fermer"),
        ("activite/carnets/<int:numero>/affiche/", carnets.affiche, "carnet-affiche"),
    ),
    *secret_link(
        "agenda/",
        agenda.agenda,
        name="agenda-flux",
        known=les_flux.find,
        more=(("agenda.ics", agenda.agenda, "agenda-flux-fichier"),),
    ),
    *secret_link(
        "carnet/",
        carnet.page,
        name="mon-carnet",
        known=liens.find,
        more=(
            ("mois/", mois.page, "mon-carnet-mois"),
            ("noter/<slug:code>/", carnet.noter, "mon-carnet-noter"),
            ("objets/<int:numero>/", au_carnet.noter, "mon-carnet-objet"),
            ("registres/<slug:code>/", au_carnet.ajouter, "mon-carnet-ajouter"),
            ("notees/", carnet.notees, "mon-carnet-notees"),
            ("notees/<int:numero>/", carnet.notee, "mon-carnet-notee"),
            ("notees/<int:numero>/corriger/", carnet.corriger, "mon-carnet-corriger"),
            ("annuler/<int:geste>/", carnet.annuler, "mon-carnet-annuler"),
            ("perdu/", carnet.renvoyer, "mon-carnet-renvoyer"),
            ("ne-plus/", carnet.ne_plus, "mon-carnet-ne-plus"),
        ),
    ),
]
