from django.apps import AppConfig


class TableauDeBordConfig(AppConfig):
    name = "tenir.tableau_de_bord"
    label = "tableau_de_bord"
