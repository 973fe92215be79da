"""The systems of Coutras made of things that last: a body puts one in its register, then says what becomes of it.

Whoever acts for a body signs in, or holds the link of a carnet; what the team alone reads is kept by the team, and
comes blind by a carnet that names it. `docs/couverture.md` leads here.
"""

import pytest
from django.urls import reverse

from tenir.acteurs.models import Organisation, Personne
from tenir.activite.catalogue import catalogue_of
from tenir.activite.etats import with_state
from tenir.activite.models import Objet
from tenir.contrat.models import Signataire
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tests.activite.carnets import carnet, jeton_of
from tests.activite.test_systemes import SLUG, _made, people
from tests.formulaires import Lectrice, held

__all__ = ["_made", "people"]
pytestmark = pytest.mark.base
SYSTEMES = {
    "SY12": ("verification-qpv",),
    "SY14": ("document-cadre",),
    "SY15": ("convention",),
    "SY19": ("engagement-paqte",),
    "SY21": ("lieu-de-l-emploi",),
    "SY23": ("stages-de-troisieme",),
    "SY26": ("place-en-entreprise",),
    "SY27": ("besoin-de-formation", "besoin-de-formation-sante"),
    "SY30": ("local-du-centre",),
    "SY32": ("immeuble-opah",),
    "SY33": ("signalement-habitat",),
    "SY34": ("logement-d-urgence-communal",),
    "SY35": ("residence-tfpb", "convention"),
    "SY39": ("jardin-partage", "epicerie-sociale"),
    "SY40": ("veille-tranquillite",),
    "SY43": ("depot-a-enlever",),
    "SY46": ("offre-jeunesse",),
    "SY47": ("lieu-calme", "equipement-ouvert"),
    "SY48": ("structure-parentalite", "lieu-de-parentalite"),
    "SY55": ("action-commune-sante",),
    "SY58": ("relais-droits",),
    "SY61": ("groupe-de-francais",),
    "SY62": ("demande-sncf",),
    "SY65": ("classe",),
    "SY66": ("relais-laicite",),
    "SY67": ("veille-laicite",),
}
"""The registers of each system."""
REGISTRES = sorted({code for codes in SYSTEMES.values() for code in codes})
NOM = "Première ligne"


def signs(espace: EspaceDeContrat) -> Organisation:
    return Signataire.objects.of(espace).exclude(organisation=None).first().organisation


def state(objet: Objet) -> str | None:
    return getattr(with_state(Objet.objects.filter(pk=objet.pk)).get(), "etat", None)


@pytest.mark.parametrize("code", REGISTRES)
def test_a_body_keeps_the_register_of_the_system(code: str, people: dict[str, Personne]) -> None:
    espace = EspaceDeContrat.objects.get(slug=SLUG)
    kind = catalogue_of(espace)[code]
    client = Lectrice()
    client.force_login(people["equipe" if kind.visible == "équipe" else "partenaire"].utilisateur)
    url = f"/espace/{SLUG}/registres/{code}/nouveau/"
    done = client.post(url, {**held(client.get(url)), "libelle": NOM, "organisme": signs(espace).pk})
    assert done.status_code == 302, done.content.decode()
    made = Objet.objects.get()
    assert (made.nature, state(made)) == (code, kind.etats[0].code)
    assert sorted(one.code for one in made.fiches.all()) == sorted(kind.actions)
    url, later = f"/espace/{SLUG}/objets/{made.numero}/noter/", kind.etats[-1].code
    assert client.post(url, {**held(client.get(url)), "etat": later}).status_code == 302
    assert state(made) == later
    for page in (f"/espace/{SLUG}/objets/{made.numero}/", f"/espace/{SLUG}/registres/{code}/"):
        assert NOM in client.get(page).content.decode()


@pytest.mark.parametrize("code", REGISTRES)
def test_a_body_keeps_it_by_a_link_without_an_account(code: str, people: dict[str, Personne]) -> None:
    espace = EspaceDeContrat.objects.get(slug=SLUG)
    kind, body = catalogue_of(espace)[code], signs(espace)
    mine = carnet(acces_of(people["equipe"]), espace, of=body.identifiant, natures=[code])
    client, jeton = Lectrice(), jeton_of(mine)
    url = reverse("mon-carnet-ajouter", args=[jeton, code])
    done = client.post(url, {**held(client.get(url)), "libelle": NOM})
    assert done.status_code == 302, done.content.decode()
    made = Objet.objects.get()
    assert (made.organisme, state(made), made.entrees.get().carnet) == (body, kind.etats[0].code, mine)
    url = reverse("mon-carnet-objet", args=[jeton, made.numero])
    if kind.visible == "équipe":
        assert client.get(url).status_code == 404
        assert NOM not in client.get(reverse("mon-carnet", args=[jeton])).content.decode()
        return
    assert client.post(url, {**held(client.get(url)), "etat": kind.etats[-1].code}).status_code == 302
    assert state(made) == kind.etats[-1].code


def test_each_system_has_its_registers(people: dict[str, Personne]) -> None:
    offered = catalogue_of(EspaceDeContrat.objects.get(slug=SLUG))
    assert [code for code in REGISTRES if code not in offered] == []


def test_sy15_a_convention_says_its_amount_its_committee_and_its_day(
    people: dict[str, Personne],
) -> None:
    espace = EspaceDeContrat.objects.get(slug=SLUG)
    client = Lectrice()
    client.force_login(people["partenaire"].utilisateur)
    url = f"/espace/{SLUG}/registres/convention/nouveau/"
    said = {
        "libelle": "Étude fictive du centre", "organisme": signs(espace).pk, "c_montant": "250 000",
        "c_comite": "Comité fictif d’engagement", "c_signee-le": "2026-03-12",
    }  # fmt: skip
    assert client.post(url, {**held(client.get(url)), **said}).status_code == 302
    page = client.get(f"/espace/{SLUG}/objets/{Objet.objects.get().numero}/").content.decode()
    told = " ".join(page.replace("&nbsp;", " ").split())
    assert [one for one in ("250 000", "Comité fictif d’engagement", "12 mars 2026") if one not in told] == []
