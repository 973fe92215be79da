from django.apps import AppConfig


class EcranConfig(AppConfig):
    name = "tenir.ecran"
    label = "ecran"
