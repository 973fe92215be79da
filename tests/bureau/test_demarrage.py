"""« Bien commencer »: what is left to do, ticked by what the data say."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tenir.bureau.demarrage import steps
from tenir.bureau.ecrans.demarrage import lede
from tenir.habilitations.models import EspaceDeContrat
from tests.personnes import person, referent
from tests.vie import engagement, fiche

As = Callable[[str], Client]


def done(espace: EspaceDeContrat) -> dict[str, bool]:
    return {one.titre: one.faite for one in steps(espace)}


def test_a_contract_where_nothing_is_known_has_nothing_ticked(vallon: EspaceDeContrat) -> None:
    ticked = [titre for titre, faite in done(vallon).items() if faite]
    assert set(ticked) <= {"Publier le contrat", "Dire à qui l’on s’adresse", "Être deux dans l’équipe"}


def test_a_step_is_ticked_by_what_the_data_say(vallon: EspaceDeContrat) -> None:
    engagement(vallon, of="caf")
    alone = fiche(vallon)
    assert not done(vallon)["Désigner qui porte chaque action"]
    assert not done(vallon)["Donner un contact à chaque signataire"]
    referent(person("Ida Relais", signs_in=False), vallon, of="caf")
    alone.organisme_en_charge = alone.espace.referents.get().organisation
    alone.save(update_fields=["organisme_en_charge"])
    assert done(vallon)["Désigner qui porte chaque action"]
    assert done(vallon)["Donner un contact à chaque signataire"]


def test_the_desk_of_a_team_that_never_asked_for_news_leads_there_and_no_other(
    as_: As, vallon: EspaceDeContrat
) -> None:
    page, desk = reverse("demarrage", args=[vallon.slug]), reverse("aujourdhui", args=[vallon.slug])
    assert f'href="{page}">Bien' in as_("equipe").get(desk).text
    assert f'href="{page}">Bien' not in as_("lecture").get(desk).text
    assert as_("lecture").get(page).status_code == 403


def test_the_page_says_how_much_is_left() -> None:
    assert lede(0) == "Tout est en place."
    assert lede(1).startswith("Une étape reste à faire")
    assert lede(3).startswith("Trois étapes restent à faire")
