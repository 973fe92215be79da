"""What indicators compute from préconisations: of the council alone, of a period, never a nought that nobody saw."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tenir.activite.calculs import calculs_of
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces
from tenir.preconisations.calculs import computed
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.repondre import answer
from tests.activite.registre import kinds
from tests.preconisations.preconisations import answered, asked, overdue, published
from tests.vie import indicateur

pytestmark = pytest.mark.deux_bases
COUTRAS = Path(__file__).parents[2] / "contrats/natures/coutras-2024-2030.yaml"


def year(espace: EspaceDeContrat) -> tuple[date, date]:
    today = horloge.today(espace)
    return date(today.year, 1, 1), today


def made(espace: EspaceDeContrat, *suites: str) -> list[Decimal | None]:
    return [computed(espace, de, *year(espace)) for de in suites]


def test_what_came_what_is_answered_and_what_is_followed(vallon: EspaceDeContrat, equipe: Acces) -> None:
    assert made(vallon, "recues", "a-temps") == [None, None]
    for reponse in ("suivie", "en-partie", "refusee"):
        answered(equipe, vallon, reponse)
    asked(equipe, vallon)
    published(equipe, vallon)  # of a resident: the indicator is of the council
    assert made(vallon, "recues", "repondues", "suivies", "a-temps") == [4, 3, 2, 100]


def test_an_answer_late_or_not_given_is_not_in_time(vallon: EspaceDeContrat, equipe: Acces) -> None:
    answered(equipe, vallon)
    late = asked(equipe, vallon)
    Preconisation.objects.filter(pk=late.pk).update(promise_pour=late.recue_le)
    assert made(vallon, "a-temps") == [100]
    answer(by=equipe, preconisation=late, reponse="suivie", raison="Posé.")
    late.reponses.update(le=late.recue_le.replace(year=late.recue_le.year + 1))
    assert made(vallon, "a-temps") == [50]


def test_the_indicator_of_coutras_computes_itself_and_opens_on_its_rows(
    vallon: EspaceDeContrat, equipe: Acces, settings
) -> None:
    indicateur(vallon, "I32")
    kinds_of_coutras = COUTRAS.read_text("utf-8").split("---\n")
    (kind,) = [one for one in kinds_of_coutras if "nature: preconisations-du-conseil" in one]
    kinds(vallon, kind)
    answered(equipe, vallon, "suivie")
    sommes = calculs_of(vallon, Niveau.PARTENAIRES)["I32"]
    told = [[one.phrase for one in somme.termes] for somme in sommes]
    assert [len(one) for one in told] == [1, 1, 1], "ce qui est répondu est une part de ce qui est reçu"
    client = Client()
    client.force_login(equipe.personne.utilisateur)
    page = client.get(reverse("suivi-indicateur", args=[vallon.slug, "I32"])).content.decode().replace("\xa0", " ")
    assert "1 préconisation reçue" in page
    assert "?origine=conseil&amp;annee=" in page
    overdue(asked(equipe, vallon))
    rows = client.get(reverse("preconisations", args=[vallon.slug]), {"origine": "conseil", "annee": "1999"})
    assert "Aucune préconisation ne répond" in rows.content.decode()
