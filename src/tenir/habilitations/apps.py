from django.apps import AppConfig


class HabilitationsConfig(AppConfig):
    name = "tenir.habilitations"
    label = "habilitations"
