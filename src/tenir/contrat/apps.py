from django.apps import AppConfig


class ContratConfig(AppConfig):
    name = "tenir.contrat"
    label = "contrat"
