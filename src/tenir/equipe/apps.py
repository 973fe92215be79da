from django.apps import AppConfig

AIDE = {
    "contacts": "contacts",
    "contact": "contacts#ajouter-corriger-mettre-fin",
    "contacts-importer": "contacts#importer-un-tableau",
    "organismes": "organismes",
    "organisme": "organismes#ce-quun-organisme-devient",
    "organisme-nouveau": "organismes#ajouter-un-organisme",
    "organisme-graphie": "organismes#les-façons-décrire-son-nom",
    **dict.fromkeys(("glossaire", "sigle"), "acces#les-sigles-du-contrat"),
    "habilitations": "acces",
    "habilitation": "acces",
    "invitations": "personnes#inviter-quelquun",
    "invitation": "personnes#inviter-quelquun",
    "reglages": "acces#les-réglages-du-contrat",
    "droits": "acces#qui-peut-faire-quoi",
    "mes-droits": "acces#qui-peut-faire-quoi",
    "trace": "acces#la-trace",
}
"""The page of the guide that explains each of its pages."""


class EquipeConfig(AppConfig):
    name = "tenir.equipe"
    label = "equipe"

    def ready(self) -> None:
        """Say what the team brings: its pages, the signatories in which nobody is known, the acronyms of a load."""
        from tenir.core.piece import Piece, declare
        from tenir.ecran.navigation import Page
        from tenir.equipe import oubli
        from tenir.equipe.champs import LECTURE
        from tenir.equipe.ecrans.contacts import bloc
        from tenir.equipe.services.relances import RELANCE, write_reminder
        from tenir.equipe.services.sigles import fill

        declare(
            Piece(
                "equipe",
                urls="tenir.equipe.urls",
                pages=[
                    Page("contacts", "Contacts", "contact.read", 100, compte=True, theirs=True, contract=True),
                    Page("organismes", "Organismes", "organisme.update", 105, compte=True, contract=True),
                    Page("glossaire", "Sigles", "contrat.update", 106, compte=True, contract=True),
                    Page("habilitations", "Équipe et accès", "habilitation.update", 110, compte=True, vue="Rôles"),
                    Page("invitations", "Invitations", "invitation.create", 111, sous="habilitations", contract=True),
                    Page("droits", "Droits", "droits.read", 112, sous="habilitations"),
                    Page("reglages", "Réglages du contrat", "contrat.update", 120, compte=True, contract=True),
                    Page("trace", "Trace", "trace.read", 130, compte=True),
                    Page("mes-droits", "Ce que je peux faire", "contrat.read", 140, compte=True),
                ],
                levels=LECTURE,
                after_load=[fill],
                aide=AIDE,
                blocks={30: bloc.sections},
                forget=oubli.forget,
                where=oubli.WHERE,
                messages={RELANCE: write_reminder},
                message_names={RELANCE: "Relance"},
                at_once={"invitation": "l’invitation à rejoindre l’espace d’un contrat"},
            )
        )
