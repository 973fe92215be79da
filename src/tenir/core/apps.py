from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "tenir.core"
    label = "core"
