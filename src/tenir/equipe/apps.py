from django.apps import AppConfig


class EquipeConfig(AppConfig):
    name = "tenir.equipe"
    label = "equipe"

    def ready(self) -> None:
        """Say what the team brings: its pages, and the signatories in which nobody is known."""
        from tenir.core.piece import Piece, declare
        from tenir.ecran.navigation import Page
        from tenir.equipe.ecrans.contacts import bloc

        declare(
            Piece(
                "equipe",
                urls="tenir.equipe.urls",
                pages=[
                    Page("mes-droits", "Ce que je peux faire", "contrat.read", 90),
                    Page("droits", "Droits", "droits.read", 100),
                    Page("contacts", "Contacts", "contact.read", 110, theirs=True, contract=True),
                    Page("habilitations", "Personnes et rôles", "habilitation.update", 120),
                    Page("invitations", "Invitations", "invitation.create", 140, contract=True),
                    Page("trace", "Trace", "trace.read", 150),
                ],
                blocks={30: bloc.sections},
            )
        )
