from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "tenir.public"
    label = "public"
