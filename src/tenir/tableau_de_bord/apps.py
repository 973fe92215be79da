from django.apps import AppConfig


class TableauDeBordConfig(AppConfig):
    name = "tenir.tableau_de_bord"
    label = "tableau_de_bord"

    def ready(self) -> None:
        """Say what every head shows, what each room brings to the desk in its order, how messages are written."""
        from tenir.core import emplacements
        from tenir.tableau_de_bord.espace import des_contacts, des_imports, des_points, du_suivi, nouveau
        from tenir.tableau_de_bord.espace.sections import fill
        from tenir.tableau_de_bord.navigation import account_links
        from tenir.tableau_de_bord.points.messages import declare_messages
        from tenir.tableau_de_bord.qualite.a_propos import anomalies_of_item
        from tenir.tableau_de_bord.resume.message import declare_summary

        emplacements.fill(emplacements.COMPTE, account_links)
        emplacements.fill(emplacements.A_PROPOS, anomalies_of_item)
        fill("suivi", du_suivi.sections)
        fill("points", des_points.sections)
        fill("contacts", des_contacts.sections)
        fill("tableurs", des_imports.sections)
        fill("nouveau", nouveau.sections)
        declare_messages()
        declare_summary()
