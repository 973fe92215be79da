"""Who decides, with whom, how often; and the articles of the protocol."""

from django.urls import path

from tenir.public.gouvernance.reunions import agenda, reunion
from tenir.public.gouvernance.vues import articles, gouvernance, instance

urlpatterns = [
    path("gouvernance/", gouvernance, name="gouvernance"),
    path("gouvernance.<str:format>", gouvernance, name="gouvernance-export"),
    path("gouvernance/articles.<str:format>", articles, name="articles-export"),
    path("gouvernance/reunions.ics", agenda, name="agenda-des-reunions"),
    path("gouvernance/reunions/<int:numero>", reunion, name="reunion-publique"),
    path("gouvernance/<str:code>.ics", agenda, name="agenda-d-une-instance"),
    path("gouvernance/<str:code>", instance, name="instance"),
]
