"""The systems of Coutras that record what is done: a body writes what each of them asks, and it counts.

Whoever acts for a body signs in, or holds the link of a carnet. `docs/couverture.md` leads here.
"""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.activite.catalogue import catalogue_of
from tenir.activite.models import Cumul, Entree
from tenir.activite.services.natures import load_natures
from tenir.contrat.chargement import load_contract
from tenir.contrat.models import Signataire
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.activite.carnets import carnet, jeton_of
from tests.formulaires import Lectrice, held
from tests.partage import shared
from tests.personnes import member

pytestmark = pytest.mark.base
CONTRATS = Path(__file__).parents[2] / "contrats"
SLUG = "coutras-2024-2030"
SYSTEMES = {
    "SY17": ("commission-locale-emploi",),
    "SY18": ("reunion-emploi",),
    "SY20": ("rendez-vous-entreprises", "rencontre"),
    "SY22": ("information-des-entreprises",),
    "SY24": ("atelier-obstacles",),
    "SY25": ("decompte-insertion", "etat-de-postes"),
    "SY26": ("immersion-scolaire", "etat-du-parrainage"),
    "SY28": ("accompagnement-createurs",),
    "SY29": ("permanence-emploi",),
    "SY31": ("cafe-logement",),
    "SY32": ("avancement-opah",),
    "SY33": ("formation-habitat",),
    "SY37": ("commission-impayes",),
    "SY38": ("etat-de-parc",),
    "SY39": ("etat-de-jardin",),
    "SY41": ("ronde-coordonnee",),
    "SY42": ("formation-violences", "document-violences"),
    "SY43": ("semaine-verte",),
    "SY44": ("rappel-a-la-loi", "intervention-scolaire"),
    "SY45": ("publication-attractivite",),
    "SY47": ("seance-clas",),
    "SY48": ("cafe-des-parents", "reunion-de-parents"),
    "SY49": ("formation-climat-scolaire",),
    "SY50": ("repas-servis",),
    "SY51": ("soutien-psychologique",),
    "SY52": ("pssm",),
    "SY53": ("passage-mobile",),
    "SY54": ("creneau-confidentiel",),
    "SY57": ("sortie-aller-vers",),
    "SY59": ("atelier-numerique",),
    "SY61": ("groupe-fle", "etat-des-groupes-fle"),
    "SY62": ("randonnee-urbaine", "frequentation-mobilite"),
    "SY64": ("formation-discriminations", "formation-egalite", "formation-vrl"),
    "SY65": ("intervention-discriminations", "intervention-egalite", "atelier-laicite", "rallye-emc"),
    "SY66": ("reunion-laicite",),
    "SY68": ("permanence-gendarmerie",),
    "SY69": ("orientation-auteurs",),
}
"""The kinds of each system in which what is done is noted."""
NATURES = sorted({code for codes in SYSTEMES.values() for code in codes})


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[dict[str, Personne]]:
    def make() -> dict[str, Personne]:
        load_contract((CONTRATS / f"{SLUG}.yaml").read_text(), commande="tests")
        espace = EspaceDeContrat.objects.get(slug=SLUG)
        load_natures(espace, (CONTRATS / "natures" / f"{SLUG}.yaml").read_text(), commande="tests")
        signs = Signataire.objects.of(espace).exclude(organisation=None).first().organisation.identifiant
        return {
            "partenaire": member("Cléo Relais", Role.PARTENAIRE, espace, of=signs),
            "equipe": member("Basile Pivot", Role.EQUIPE, espace),
        }

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def people(_made: dict[str, Personne], db: None) -> dict[str, Personne]:
    return deepcopy(_made)


@pytest.mark.parametrize("code", NATURES)
def test_a_body_writes_what_the_system_asks_and_it_counts(code: str, people: dict[str, Personne]) -> None:
    espace = EspaceDeContrat.objects.get(slug=SLUG)
    kind = catalogue_of(espace)[code]
    client = Lectrice()
    client.force_login(people["equipe" if kind.visible == "équipe" else "partenaire"].utilisateur)
    url = f"/espace/{SLUG}/activite/nouvelle/{code}/"
    given = held(client.get(url))
    main = kind.mesure(kind.principale) if kind.principale else None
    least = int(main.vraisemblable[0]) if main and main.vraisemblable else 1
    typed = {f"v_{main.code}": str(max(least, 1))} if main else {}
    organisme = Signataire.objects.of(espace).exclude(organisation=None).first().organisation_id
    looked = {"exact": "on"}  # the last year that is over may be far behind
    done = client.post(url, {**given, "organisme": organisme, **typed, **looked}, follow=True)
    assert done.status_code == 200
    made = Entree.objects.get()
    assert (made.mots.code, made.counted) == (code, True)
    assert Cumul.objects.get(nature=code, mesure="").nombre == 1
    assert sorted(one.code for one in made.fiches.all()) == sorted(kind.actions)
    assert kind.libelle in client.get(f"/espace/{SLUG}/activite/").content.decode()


@pytest.mark.parametrize("code", NATURES)
def test_a_body_notes_it_by_a_link_without_an_account(code: str, people: dict[str, Personne]) -> None:
    espace = EspaceDeContrat.objects.get(slug=SLUG)
    kind = catalogue_of(espace)[code]
    signs = Signataire.objects.of(espace).exclude(organisation=None).first().organisation
    mine = carnet(acces_of(people["equipe"]), espace, of=signs.identifiant)
    client, url = Lectrice(), reverse("mon-carnet-noter", args=[jeton_of(mine), code])
    if kind.visible == "équipe":
        assert client.get(url).status_code == 404
        return
    main = kind.needed
    least = int(main.vraisemblable[0]) if main and main.vraisemblable else 1
    typed = {f"v_{main.code}": str(max(least, 1))} if main else {}
    done = client.post(url, {**held(client.get(url)), **typed})
    if done.status_code == 422:  # the last year that is over may be far behind: it then waits for the team
        done = client.post(url, {**held(client.get(url)), **typed, "exact": "on"})
    assert done.status_code == 302, done.content.decode()
    made = Entree.objects.get()
    assert (made.mots.code, made.organisme, made.carnet) == (code, signs, mine)
    assert sorted(one.code for one in made.fiches.all()) == sorted(kind.actions)
    assert kind.libelle in client.get(done["Location"]).content.decode()


def test_each_system_has_its_kinds(people: dict[str, Personne]) -> None:
    offered = catalogue_of(EspaceDeContrat.objects.get(slug=SLUG))
    assert [code for code in NATURES if code not in offered] == []
