"""Giving the fiches of a person to another."""

import pytest

from tenir.core.trace import Fait
from tenir.fiches.models import FicheAction
from tenir.fiches.services.passation import count_fiches, transfer_fiches
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus
from tests.personnes import contract, person
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases


def test_all_that_one_is_in_charge_of_goes_to_another(vallon: EspaceDeContrat, equipe: Acces) -> None:
    ida, jan, other = (person(name, signs_in=False) for name in ("Ida Part", "Jan Reste", "Kim Autre"))
    for code, someone in (("O01-A01", ida), ("O01-A02", other), ("O02-A01", ida)):
        fiche(vallon, code, personne_en_charge=someone)
    elsewhere = fiche(contract("colline"), personne_en_charge=ida)
    assert count_fiches(vallon, ida) == 2
    assert transfer_fiches(equipe, vallon, ida, jan) == [
        Fait("fiche action", code, "personne en charge", f"personne n° {ida.pk}", f"personne n° {jan.pk}")
        for code in ("O01-A01", "O02-A01")
    ]
    assert (count_fiches(vallon, ida), count_fiches(vallon, jan), count_fiches(vallon, other)) == (0, 2, 1)
    assert FicheAction.objects.get(pk=elsewhere.pk).personne_en_charge == ida
    assert set(FicheAction.objects.of(vallon).filter(personne_en_charge=jan).values_list("version", flat=True)) == {2}


def test_a_partner_does_not_give_fiches_away(vallon: EspaceDeContrat, ccas: Acces) -> None:
    ida, jan = person("Ida Part", signs_in=False), person("Jan Reste", signs_in=False)
    assert transfer_fiches(ccas, vallon, ida, jan) == []
    fiche(vallon, pilots=("ccas",), personne_en_charge=ida)
    with pytest.raises(Refus):
        transfer_fiches(ccas, vallon, ida, jan)
    assert count_fiches(vallon, ida) == 1
