"""The évaluations that the team published: what moved since the start, what did not, what nobody can tell."""

from django.urls import path

from tenir.public.evaluation.vues import evaluation, evaluations

urlpatterns = [
    path("evaluations/", evaluations, name="evaluations-publiques"),
    path("evaluations/<int:numero>", evaluation, name="evaluation-publique"),
]
