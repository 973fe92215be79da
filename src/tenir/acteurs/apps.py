from django.apps import AppConfig


class ActeursConfig(AppConfig):
    name = "tenir.acteurs"
    label = "acteurs"
