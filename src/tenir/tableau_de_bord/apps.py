from django.apps import AppConfig


class TableauDeBordConfig(AppConfig):
    name = "tenir.tableau_de_bord"
    label = "tableau_de_bord"

    def ready(self) -> None:
        """Say what the head of every page shows of the account, and how messages are written."""
        from tenir.core import emplacements
        from tenir.tableau_de_bord.navigation import account_links
        from tenir.tableau_de_bord.points.messages import declare_messages

        emplacements.fill(emplacements.COMPTE, account_links)
        declare_messages()
