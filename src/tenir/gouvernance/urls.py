"""The addresses of bodies, meetings, decisions and proposals, then those behind the link of a convocation."""

from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract
from tenir.gouvernance.ecrans import comptes_rendus, convocation, instances, points, reunions, suites
from tenir.gouvernance.services.liens import find

urlpatterns = [
    *of_a_contract(
        ("instances/", instances.instances, "instances"),
        ("instances/nouvelle/", instances.nouvelle, "instance-nouvelle"),
        ("instances/sieges/<int:numero>/finir/", instances.siege_finir, "siege-finir"),
        ("instances/regles/<int:numero>/finir/", instances.regle_finir, "regle-finir"),
        ("instances/<str:code>/", instances.instance, "instance-suivie"),
        ("instances/<str:code>/sieges/nouveau/", instances.siege_nouveau, "siege-nouveau"),
        ("instances/<str:code>/sieges/reprendre/", instances.sieges_reprendre, "sieges-reprendre"),
        ("instances/<str:code>/regles/nouvelle/", instances.regle_nouvelle, "regle-nouvelle"),
        ("instances/<str:code>/reglement/", instances.reglement_adopter, "reglement-adopter"),
        ("reunions/", reunions.reunions, "reunions"),
        ("reunions.<str:format>", reunions.reunions, "reunions-export"),
        ("reunions/nouvelle/", reunions.nouvelle, "reunion-nouvelle"),
        ("reunions/<int:numero>/", reunions.reunion, "reunion"),
        ("reunions/<int:numero>/modifier/", reunions.modifier, "reunion-modifier"),
        ("reunions/<int:numero>/convoquer/", reunions.convoquer, "reunion-convoquer"),
        ("reunions/<int:numero>/annuler/", reunions.annuler, "reunion-annuler"),
        ("reunions/<int:numero>/presences/", reunions.presences, "reunion-presences"),
        ("reunions/<int:numero>/tenir/", reunions.tenir, "reunion-tenir"),
        ("reunions/<int:numero>/publier/", reunions.publier, "reunion-publier"),
        ("reunions/<int:numero>/reunion.ics", reunions.fichier_agenda, "reunion-agenda"),
        ("reunions/<int:numero>/compte-rendu.<str:format>", reunions.compte_rendu, "reunion-compte-rendu"),
        ("reunions/<int:numero>/reponse-d-agenda/", comptes_rendus.reponse_d_agenda, "reunion-reponse-d-agenda"),
        ("reunions/<int:numero>/diffuser/", comptes_rendus.diffuser, "reunion-diffuser"),
        ("reunions/<int:numero>/corrections/nouvelle/", comptes_rendus.corriger, "reunion-correction-nouvelle"),
        ("reunions/<int:numero>/corrections/<int:correction>/", comptes_rendus.suite, "reunion-correction"),
        ("reunions/<int:numero>/points/<int:point>/approuver/", comptes_rendus.approuver, "reunion-point-approuver"),
        ("reunions/<int:numero>/points/nouveau/", points.nouveau, "reunion-point-nouveau"),
        ("reunions/<int:numero>/points/<int:point>/", points.noter, "reunion-point"),
        ("reunions/<int:numero>/points/<int:point>/retirer/", points.retirer, "reunion-point-retirer"),
        ("reunions/<int:numero>/decisions/nouvelle/", suites.decider, "reunion-decision-nouvelle"),
        ("reunions/<int:numero>/propositions/nouvelle/", suites.proposer, "reunion-proposition-nouvelle"),
        ("decisions/", suites.decisions, "decisions"),
        ("decisions.<str:format>", suites.decisions, "decisions-export"),
        ("decisions/<int:numero>/", suites.decision, "decision"),
        ("decisions/<int:numero>/corriger/", suites.corriger, "decision-corriger"),
        ("decisions/<int:numero>/dire/", suites.dire, "decision-dire"),
        ("propositions/", suites.propositions, "propositions"),
        ("propositions.<str:format>", suites.propositions, "propositions-export"),
        ("propositions/<int:numero>/", suites.proposition, "proposition"),
        ("propositions/<int:numero>/inscrire/", suites.inscrire, "proposition-inscrire"),
        ("propositions/<int:numero>/ecarter/", suites.ecarter, "proposition-ecarter"),
    ),
    *secret_link(
        "convocation/",
        convocation.repondre,
        name="convocation",
        known=find,
        more=[
            ("reunion.ics", convocation.agenda, "convocation-agenda"),
            ("correction/", comptes_rendus.corriger_par_lien, "convocation-correction"),
            ("compte-rendu.docx", comptes_rendus.fichier_par_lien, "convocation-compte-rendu"),
        ],
    ),
]
