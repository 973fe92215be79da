"""The addresses of the team: roles, rights and traces, of a contract or of the platform; contacts and invitations."""

from tenir.core.liens import secret_link
from tenir.ecran.adresses import of_a_contract, of_both
from tenir.equipe.ecrans import droits, reglages, roles
from tenir.equipe.ecrans.contacts import fin as contact_fin
from tenir.equipe.ecrans.contacts import vues as contacts_vues
from tenir.equipe.ecrans.invitations import vues as invitations_vues
from tenir.equipe.ecrans.organismes import gestes as organisme_gestes
from tenir.equipe.ecrans.organismes import vues as organismes
from tenir.equipe.ecrans.sigles import vues as sigles
from tenir.equipe.ecrans.traces import effacement as trace_effacement
from tenir.equipe.ecrans.traces import vues as trace
from tenir.equipe.services.invitations import find

urlpatterns = [
    *of_both(
        ("mes-droits/", droits.mes_droits, "mes-droits"),
        ("droits/", droits.droits, "droits"),
        ("droits.<str:format>", droits.droits, "droits-export"),
        ("roles/", roles.habilitations, "habilitations"),
        ("roles.<str:format>", roles.habilitations, "habilitations-export"),
        ("roles/nouveau/", roles.nouvelle, "habilitation-nouvelle"),
        ("roles/<int:numero>/fin/", roles.fin, "habilitation-fin"),
        ("personnes/<int:numero>/droits/", droits.droits_d_une_personne, "droits-d-une-personne"),
        ("trace/", trace.trace, "trace"),
        ("trace.<str:format>", trace.trace, "trace-export"),
        ("trace/personnes/<int:numero>/", trace.trace_personne, "trace-personne"),
        ("trace/personnes.<str:format>/<int:numero>/", trace.trace_personne, "trace-personne-export"),
        ("trace/personnes/<int:numero>/effacer/", trace_effacement.effacer_personne, "trace-personne-effacer"),
        ("trace/objets/<str:genre>/<path:objet>", trace.trace_objet, "trace-objet"),
        ("trace/objets.<str:format>/<str:genre>/<path:objet>", trace.trace_objet, "trace-objet-export"),
        ("trace/effacer/<str:genre>/<path:objet>", trace_effacement.effacer_objet, "trace-objet-effacer"),
    ),
    *of_a_contract(
        ("reglages/", reglages.reglages, "reglages"),
        ("contacts/", contacts_vues.contacts, "contacts"),
        ("contacts.<str:format>", contacts_vues.contacts, "contacts-export"),
        ("contacts/nouveau/", contacts_vues.nouveau, "contact-nouveau"),
        ("contacts/importer/", contacts_vues.importer, "contacts-importer"),
        ("contacts/<int:numero>/", contacts_vues.modifier, "contact-modifier"),
        ("contacts/<int:numero>/fin/", contact_fin.fin, "contact-fin"),
        ("organismes/", organismes.organismes, "organismes"),
        ("organismes.<str:format>", organismes.organismes, "organismes-export"),
        ("organismes/nouveau/", organismes.nouveau, "organisme-nouveau"),
        ("organismes/<int:numero>/", organismes.organisme, "organisme"),
        ("organismes/<int:numero>/modifier/", organisme_gestes.modifier, "organisme-modifier"),
        ("organismes/<int:numero>/graphie/", organisme_gestes.graphie, "organisme-graphie"),
        (
            "organismes/<int:numero>/graphies/<int:graphie>/retirer/",
            organisme_gestes.graphie_retirer,
            "organisme-graphie-retirer",
        ),
        ("organismes/<int:numero>/renommer/", organisme_gestes.renommer, "organisme-renommer"),
        ("organismes/<int:numero>/fin/", organisme_gestes.fin, "organisme-fin"),
        ("organismes/<int:numero>/revivre/", organisme_gestes.revivre, "organisme-revivre"),
        ("organismes/<int:numero>/retenir/", organisme_gestes.retenir, "organisme-retenir"),
        ("organismes/<int:numero>/liberer/", organisme_gestes.liberer, "organisme-liberer"),
        ("organismes/<int:numero>/supprimer/", organisme_gestes.supprimer, "organisme-supprimer"),
        ("sigles/", sigles.glossaire, "glossaire"),
        ("sigles.<str:format>", sigles.glossaire, "glossaire-export"),
        ("sigles/nouveau/", sigles.nouveau, "sigle-nouveau"),
        ("sigles/<int:numero>/", sigles.sigle, "sigle"),
        ("sigles/<int:numero>/retirer/", sigles.retirer, "sigle-retirer"),
        ("sigles/<int:numero>/remettre/", sigles.remettre, "sigle-remettre"),
        ("invitations/", invitations_vues.invitations, "invitations"),
        ("invitations.<str:format>", invitations_vues.invitations, "invitations-export"),
        ("invitations/nouvelle/", invitations_vues.nouvelle, "invitation-nouvelle"),
        ("invitations/<int:numero>/renvoyer/", invitations_vues.renvoyer, "invitation-renvoyer"),
        ("invitations/<int:numero>/revoquer/", invitations_vues.revoquer, "invitation-revoquer"),
    ),
    *secret_link("invitation/", invitations_vues.accepter, name="invitation", known=find),
]
