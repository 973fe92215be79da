"""A change of many fiches: seen before it is made, never over someone else's."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core.models import EntreeDeTrace
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tests.pages import html_of
from tests.personnes import referent
from tests.vie import fiche

As = Callable[[str], Client]


@pytest.fixture
def three(vallon: EspaceDeContrat, people: dict[str, Personne]) -> EspaceDeContrat:
    """Three fiches: nothing declared; already suspended; about to end before it would begin."""
    referent(people["partenaire"], vallon, of="caf")
    fiche(vallon, "O01-A01", pilots=("ccas",))
    fiche(vallon, "O01-A02", pilots=("ccas",), statut="realisee")
    fiche(vallon, "O02-A01", pilots=("caf",), debut_prevu=date(2026, 9, 1))
    return vallon


ALL = ["O01-A01", "O01-A02", "O02-A01"]


def post(client: Client, espace: EspaceDeContrat, step: str, codes: list[str], **given: Any) -> HttpResponse:
    data = {"etape": step, "codes": codes, "pourquoi": "comité technique", **given}
    return client.post(reverse("fiches-lot", args=[espace.slug]), data)


def versions(answer: HttpResponse) -> dict[str, str]:
    found = re.findall(r'name="(version-[\w-]+)" value="(\d+)"', html_of(answer))
    return dict(found)


def said(answer: HttpResponse) -> str:
    return html_of(answer).replace("\xa0", " ").replace("&nbsp;", " ")


def statuses() -> dict[str, str]:
    return dict(FicheAction.objects.values_list("action__code", "statut"))


def test_the_preview_tells_before_and_after_and_changes_nothing(as_: As, three: EspaceDeContrat) -> None:
    answer = post(as_("equipe"), three, "apercu", ALL, statut="realisee", fin_prevue="2026-06-30")
    html = said(answer)
    assert answer.status_code == 200
    assert "statut : rien n’est annoncé → <b>réalisée</b>" in html
    assert "fin prévue : vide → <b>30 juin 2026</b>" in html
    assert "O02-A01</span> Action O02-A01 : Le calendrier prévu se termine avant de commencer." in html
    assert statuses() == {"O01-A01": "", "O01-A02": "realisee", "O02-A01": ""}


def test_what_says_it_already_is_named(as_: As, three: EspaceDeContrat) -> None:
    html = said(post(as_("equipe"), three, "apercu", ALL, statut="realisee"))
    assert "Le disent déjà" in html
    assert "Changer 2 fiches</button>" in html


def test_confirmed_it_is_made_and_traced_with_its_reason(as_: As, three: EspaceDeContrat) -> None:
    client = as_("equipe")
    given = {"statut": "realisee", "vider": ["public_vise"], "vue": "statut=aucun"}
    seen = versions(post(client, three, "apercu", ALL, **given))
    answer = post(client, three, "confirmer", ALL, **given, **seen)
    assert answer.status_code == 302
    assert answer["Location"].endswith("/actions/?statut=aucun")
    assert set(statuses().values()) == {"realisee"}
    entries = EntreeDeTrace.objects.filter(genre="fiche action").order_by("rang")
    assert [(one.objet, one.motif) for one in entries] == [
        ("O01-A01", "comité technique"),
        ("O02-A01", "comité technique"),
    ]


def test_what_someone_changed_since_the_preview_is_shown_not_overwritten(as_: As, three: EspaceDeContrat) -> None:
    client = as_("equipe")
    seen = versions(post(client, three, "apercu", ALL, statut="en-cours"))
    FicheAction.objects.filter(action__code="O02-A01").update(
        statut="a-lancer", statut_depuis=date(2026, 1, 5), version=2
    )
    answer = post(client, three, "confirmer", ALL, statut="en-cours", **seen)
    assert answer.status_code == 409
    html = said(answer)
    assert "2 fiches changées." in html
    assert "1 fiche a changé depuis l’aperçu" in html
    assert "statut : à lancer → <b>en cours</b>" in html
    assert statuses() == {"O01-A01": "en-cours", "O01-A02": "en-cours", "O02-A01": "a-lancer"}
    again = post(client, three, "confirmer", ["O02-A01"], statut="en-cours", **versions(answer))
    assert again.status_code == 302
    assert statuses()["O02-A01"] == "en-cours"


def test_every_line_of_the_view_can_be_taken(as_: As, three: EspaceDeContrat) -> None:
    answer = as_("equipe").post(
        reverse("fiches-lot", args=[three.slug]), {"toutes": "1", "vue": "porteur=ccas&groupe=statut"}
    )
    assert re.findall(r'name="codes" value="([^"]+)"', html_of(answer)) == ["O01-A01", "O01-A02"]


def test_a_body_and_a_person_are_settled_for_many(as_: As, three: EspaceDeContrat, people: dict) -> None:
    client = as_("equipe")
    caf = referent_body(three)
    given = {"organisme_en_charge": caf, "personne_en_charge": people["partenaire"].pk}
    preview = post(client, three, "apercu", ALL, **given)
    assert "personne en charge : vide → <b>Cléo Relais</b>" in said(preview)
    assert post(client, three, "confirmer", ALL, **given, **versions(preview)).status_code == 302
    assert FicheAction.objects.filter(organisme_en_charge=caf, personne_en_charge=people["partenaire"]).count() == 3


def referent_body(espace: EspaceDeContrat) -> int:
    return espace.referents.get().organisation_id


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Dites ce qui change"),
        ({"statut": "parfaite"}, "parfaite"),
        ({"public_vise": "parents", "vider": ["public_vise"]}, "pas les deux"),
        ({"statut": "en-cours", "pourquoi": ""}, "Pourquoi ce changement"),
        ({"debut_prevu": "bientôt"}, "date"),
    ],
)
def test_what_cannot_be_changed_is_told(as_: As, three: EspaceDeContrat, given, sentence) -> None:
    answer = post(as_("equipe"), three, "confirmer", ALL, **given)
    assert answer.status_code == 422
    assert 'role="alert"' in said(answer)
    assert sentence in said(answer)
    assert statuses()["O01-A01"] == ""


def test_a_day_to_come_is_refused_on_each_fiche(as_: As, three: EspaceDeContrat) -> None:
    later = (timezone.localdate() + timedelta(days=9)).isoformat()
    html = said(post(as_("equipe"), three, "apercu", ALL, fin_reelle=later))
    assert html.count("Une date réelle est un jour passé") == 3
    assert "Aucune fiche ne changerait" in html


def test_nothing_ticked_is_said(as_: As, three: EspaceDeContrat) -> None:
    answer = post(as_("equipe"), three, "choisir", [])
    assert answer.status_code == 422
    assert "Cochez d’abord" in said(answer)


def test_a_code_of_another_contract_is_left_alone(as_: As, three: EspaceDeContrat, colline: EspaceDeContrat) -> None:
    other = fiche(colline, "O09-A01")
    client = as_("equipe")
    html = said(post(client, three, "apercu", ["O09-A01", "O01-A01"], statut="en-cours"))
    assert "Changer 1 fiche</button>" in html
    post(client, three, "confirmer", ["O09-A01"], statut="en-cours", **{"version-O09-A01": "1"})
    other.refresh_from_db()
    assert other.statut == ""
