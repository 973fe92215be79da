from django.apps import AppConfig


class TerritoireConfig(AppConfig):
    name = "tenir.territoire"
    label = "territoire"
