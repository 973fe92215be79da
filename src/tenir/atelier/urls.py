"""The addresses of the workshop."""

from django.urls import path

from tenir.atelier.ecrans import (
    absents,
    acte,
    creation,
    elements,
    histoire,
    identite,
    mise_en_page,
    organismes,
    relire,
    signer,
)
from tenir.ecran.adresses import of_a_contract

urlpatterns = [
    path("plateforme/contrats/nouveau/", creation.nouveau, name="contrat-nouveau"),
    *of_a_contract(
        ("atelier/", relire.atelier, "atelier"),
        ("atelier/ouvrir/", creation.ouvrir_le_texte, "atelier-ouvrir"),
        ("atelier/document/", creation.joindre, "atelier-document"),
        ("atelier/mise-en-page/", mise_en_page.mise_en_page, "atelier-mise-en-page"),
        ("atelier/mise-en-page/relecture/", mise_en_page.relecture, "atelier-relecture"),
        ("atelier/gabarit.yaml", mise_en_page.fichier, "atelier-gabarit"),
        ("atelier/a-trancher/", relire.a_trancher, "atelier-a-trancher"),
        ("atelier/lignes/<int:numero>/", relire.ligne, "atelier-ligne"),
        ("atelier/lignes/<int:numero>/masquer/", relire.masquer, "atelier-masquer"),
        ("atelier/elements/", elements.elements, "atelier-elements"),
        ("atelier/elements/ajouter/", elements.ajouter, "atelier-ajouter"),
        ("atelier/elements/<str:code>/", elements.element, "atelier-element"),
        ("atelier/elements/<str:code>/deplacer/", elements.deplacer, "atelier-deplacer"),
        ("atelier/elements/<str:code>/scinder/", elements.scinder, "atelier-scinder"),
        ("atelier/elements/<str:code>/reunir/", elements.reunir, "atelier-reunir"),
        ("atelier/elements/<str:code>/retirer/", elements.retirer, "atelier-retirer"),
        ("atelier/elements/<str:code>/doute/", elements.accepter, "atelier-doute"),
        ("atelier/absents/<slug:contenu>/", absents.absent, "atelier-absent"),
        ("atelier/identite/", identite.identite, "atelier-identite"),
        ("atelier/organismes/", organismes.organismes, "atelier-organismes"),
        ("atelier/organismes/<slug:cle>/", organismes.organisme, "atelier-organisme"),
        ("atelier/gestes/", histoire.gestes, "atelier-gestes"),
        ("atelier/gestes/<int:numero>/annuler/", histoire.annuler_un_geste, "atelier-geste-annuler"),
        ("atelier/fichier.yaml", histoire.fichier, "atelier-fichier"),
        ("atelier/passe/<int:numero>/", histoire.passe, "atelier-passe"),
        ("atelier/changements/", signer.changements, "atelier-changements"),
        ("atelier/signer/", signer.signer, "atelier-signer"),
        ("atelier/publier/", signer.publier, "atelier-publier"),
        ("atelier/abandonner/", signer.abandonner, "atelier-abandonner"),
        ("atelier/acte/", acte.acte, "atelier-acte"),
        ("atelier/acte/signataires/<str:code>/", acte.accord, "atelier-accord"),
        ("atelier/acte/avenant.<str:format>", acte.fichier, "atelier-acte-fichier"),
    ),
]
