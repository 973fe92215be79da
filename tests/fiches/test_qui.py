"""The contact sheet of an action: who carries, pays, refers, whom to call, what is stuck since when."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.contrat.models import Dispositif, LigneDeCredits
from tenir.core import horloge
from tenir.core.marques import MARQUE, Perime, seal
from tenir.ecran.models import Geste
from tenir.fiches.models import FicheAction
from tenir.fiches.services.prescripteurs import set_prescribers
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Refus, acces_of
from tests.personnes import body, person, referent
from tests.vie import fiche, jalon

As = Callable[[str], Client]


def page(client: Client, espace: EspaceDeContrat) -> str:
    answer = client.get(reverse("fiche", args=[espace.slug, "O01-A01"]))
    return answer.content.decode().replace("\xa0", " ")


@pytest.fixture
def carried(vallon: EspaceDeContrat) -> FicheAction:
    """An action of the CCAS that is late, with a funder that announces a scheme and one that announces nothing."""
    found = fiche(vallon, pilots=("ccas",))
    jalon(found, horloge.today() - timedelta(days=3), titre="Signer le bail")
    for rank, (funder, vide) in enumerate((("CAF", False), ("Région", True)), start=1):
        line = LigneDeCredits.objects.create(
            espace=vallon,
            code=f"O01-F0{rank}",
            ordre=rank,
            orientation=found.action.orientation,
            financeur=funder,
            organisation=body(funder.lower().replace("é", "e")),
            vide=vide,
        )
        if not vide:
            Dispositif.objects.create(ligne=line, rang=1, nom="Fonds fictif", nom_usuel="Fonds fictif", cle="fonds")
    return found


def test_the_sheet_says_who_carries_who_pays_who_refers_and_what_is_stuck(
    as_: As, vallon: EspaceDeContrat, carried: FicheAction
) -> None:
    referent(person("Ida Relais", signs_in=False), vallon)
    referent(person("Max Mission", signs_in=False), vallon, of="mission")
    carried.prescripteurs.add(body("mission"))
    html = page(as_("equipe"), vallon)
    sheet = html[html.index('id="qui"') : html.index('id="nouvelles"')]
    assert "« Signer le bail » est attendu depuis le" in sheet
    for word in ("Fonds fictif", "rien n’est annoncé", "Max Mission", "mailto:ida-relais@exemple.test"):
        assert word in sheet
    assert "pour l’orientation O01, pas action par action" in sheet
    assert "Jamais relancé." in sheet
    assert "mailto:" not in page(as_("lecture"), vallon)


def test_who_refers_is_said_told_and_undone(as_: As, vallon: EspaceDeContrat, carried: FicheAction) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("mission"))
    url, client = reverse("fiche-prescripteurs", args=[vallon.slug, "O01-A01"]), as_("equipe")
    client.post(url, {"organisations": [body("mission").pk]})
    assert list(carried.prescripteurs.all()) == [body("mission")]
    assert "prescripteurs" in page(client, vallon)
    assert client.post(url, {"organisations": [], MARQUE: seal({"prescripteurs": ""})}).status_code == 409
    client.post(reverse("geste", args=[vallon.slug, Geste.objects.get().pk]))
    assert not carried.prescripteurs.exists()


def test_who_refers_is_said_by_who_keeps_the_fiche(
    people: dict[str, Personne], vallon: EspaceDeContrat, carried: FicheAction
) -> None:
    set_prescribers(by=acces_of(people["partenaire"]), fiche=carried, organisations=[body("mission")])
    with pytest.raises(Refus):
        set_prescribers(by=acces_of(people["lecture"]), fiche=carried, organisations=[])
    with pytest.raises(Perime):
        set_prescribers(by=acces_of(people["equipe"]), fiche=carried, organisations=[], lu={"prescripteurs": ""})
