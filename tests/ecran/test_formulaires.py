"""What the fields of every form take."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.models import Courriel
from tenir.ecran.formulaires import FormulaireSuivi, JourField
from tenir.habilitations.joignables import contacts_of, unreached
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces
from tenir.marches.models import Marche
from tests.formulaires import Lectrice
from tests.formulaires import fill as type_in
from tests.personnes import body, person
from tests.preconisations.preconisations import answered, asked


@pytest.mark.parametrize("said", ["0001-01-01", "1899-12-31", "2100-01-01", "9999-12-31"])
def test_a_day_from_which_no_delay_can_be_counted_is_refused(said: str) -> None:
    with pytest.raises(forms.ValidationError, match="Vérifiez l’année"):
        JourField().clean(said)


@pytest.mark.parametrize("said", ["1900-01-01", "2026-02-28", "2099-12-31"])
def test_a_day_of_a_lifetime_is_taken(said: str) -> None:
    assert JourField().clean(said) == date.fromisoformat(said)


def asked_of(name: str, organisme: int) -> dict[str, object]:
    """What a form that asks something of a body sends."""
    day = horloge.today() + timedelta(days=9)
    if name == "preconisation-nouvelle":
        return {"texte": "Un banc.", "origine": "conseil", "recue_le": horloge.today(), "organisme": organisme}
    return {"annee": horloge.today().year, "close_le": day, "financeurs": [organisme]}


@pytest.mark.parametrize("name", ["financement-interroger", "preconisation-nouvelle"])
def test_a_body_that_no_message_reaches_is_named_at_once(
    as_: Callable[[str], Client], vallon: EspaceDeContrat, name: str
) -> None:
    silent = without_address(vallon)
    url = reverse(name, args=[vallon.slug])
    told = as_("equipe").post(url, asked_of(name, silent.pk), follow=True).content.decode()
    assert "Aucun contact n’a d’adresse" in told
    assert silent.nom in told
    assert not Courriel.objects.filter(etat=Courriel.Etat.A_ENVOYER).exists()


@pytest.mark.parametrize("name", ["preconisation-modifier", "preconisation-rouvrir"])
def test_a_body_asked_again_that_no_message_reaches_is_named_too(
    vallon: EspaceDeContrat, equipe: Acces, name: str
) -> None:
    silent, client = without_address(vallon), Lectrice()
    client.force_login(equipe.personne.utilisateur)
    again = name == "preconisation-rouvrir"
    found = answered(equipe, vallon, organisme=silent) if again else asked(equipe, vallon)
    changes = {"pourquoi": "Le trottoir a changé."} if again else {"organisme": str(silent.pk)}
    assert type_in(client, reverse(name, args=[vallon.slug, found.numero]), **changes).status_code == 302
    told = client.get(reverse("preconisation", args=[vallon.slug, found.numero])).content.decode()
    assert "Aucun contact n’a d’adresse" in told
    assert silent.nom in told


def without_address(vallon: EspaceDeContrat) -> Organisation:
    """A body of the contract whose one contact gave no address."""
    silent, someone = body("muet"), person("Zoé Fictive", signs_in=False)
    Referent.objects.create(espace=vallon, organisation=silent, personne=someone, du=date(2024, 1, 1))
    Personne.objects.filter(pk=someone.pk).update(email="")
    return silent


def test_a_contact_without_an_address_is_none(vallon: EspaceDeContrat) -> None:
    silent = without_address(vallon)
    assert contacts_of(vallon, [silent]) == {}
    assert silent.nom in unreached(vallon, [silent])
    Personne.objects.filter(nom="Zoé Fictive").update(email="zoe@exemple.test")
    assert unreached(vallon, [silent]) == ""


class _Menee(FormulaireSuivi):
    """A form on who leads a thing, that offers nobody."""

    CHAMPS = ("conduite_par",)
    conduite_par = forms.ModelChoiceField(Organisation.objects.none(), label="Qui", required=True)


@pytest.mark.django_db
def test_what_a_thing_holds_and_nobody_offers_any_more_is_shown_kept_and_no_change() -> None:
    held, other = body("ccas"), body("caf")
    thing = Marche(conduite_par=held)
    shown = str(_Menee(thing)["conduite_par"])
    assert f'<option value="{held.pk}" selected>' in shown
    same = {"conduite_par": str(held.pk), "initial-conduite_par": str(held.pk)}
    form = _Menee(thing, QueryDict(urlencode(same)))
    assert form.is_valid()
    assert form.touched() == {}
    assert not _Menee(thing, QueryDict(urlencode(same | {"conduite_par": str(other.pk)}))).is_valid()


@pytest.mark.django_db
def test_what_a_thing_holds_is_offered_once() -> None:
    held = body("ccas")
    form = _Menee(Marche(conduite_par=held))
    form.fields["conduite_par"].queryset = Organisation.objects.filter(pk=held.pk)  # type: ignore[attr-defined]
    assert str(form["conduite_par"]).count(f'<option value="{held.pk}"') == 1
