from django.apps import AppConfig

EXPLAINED = {
    "accueil": "trouver-un-contrat",
    "contrat": "le-contrat-en-un-coup-dœil",
    "en-ce-moment": "en-ce-moment",
    "axe": "un-axe",
    "orientation": "une-orientation",
    "actions": "les-actions-prévues",
    "action": "une-action-prévue",
    "signataires": "les-signataires",
    "signataire": "un-signataire",
    "engagements": "les-engagements",
    "engagement": "un-engagement",
    "credits": "les-crédits",
    "dispositifs": "le-catalogue-des-dispositifs",
    "credits-tableau": "le-tableau-des-financeurs",
    "argent-du-contrat": "largent-du-contrat",
    "indicateurs": "les-indicateurs",
    "indicateur": "un-indicateur",
    "gouvernance": "la-gouvernance",
    "instance": "une-instance",
    "quartier": "le-quartier",
    "donnees": "les-données",
    "annuaire": "où-sadresser",
    "document": "le-document-signé",
    "recherche": "rechercher",
    "sigles": "les-sigles",
    "histoire": "lhistoire-du-contrat",
    "version": "une-version-du-contrat",
    "plan-du-contrat": "le-plan-du-contrat",
    "plan-du-site": "le-plan-du-site",
    "licence": "la-licence-des-données",
    "accessibilite": "laccessibilité",
    "mentions-legales": "les-mentions-légales",
    "donnees-personnelles": "les-données-personnelles",
}
"""Where « Lire un contrat » explains each page."""

ELSEWHERE = {
    "conseil-public": "conseil-citoyen#sur-le-site-public",
    "appel-public": "conseil-citoyen#vérifier-un-tirage",
    "regles": "controler-un-contrat#comprendre-une-règle",
    "regle": "controler-un-contrat#comprendre-une-règle",
    "verifier": "controler-un-contrat#sur-le-site-sans-compte",
}


class PublicConfig(AppConfig):
    name = "tenir.public"
    label = "public"

    def ready(self) -> None:
        """Say where the public pages stand."""
        from tenir.core.piece import Piece, declare

        read = {name: f"lire-un-contrat#{anchor}" for name, anchor in EXPLAINED.items()}
        declare(Piece("public", urls="tenir.public.urls", aide=read | ELSEWHERE))
