"""The posts that the State helps enter their register as they are published; what cannot be believed is contested."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.activite.enums import Confiance
from tenir.activite.models import Entree, Objet
from tenir.activite.services import postes_publies
from tenir.activite.services.postes_publies import bring_in, published_of, strangers, to_bring
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tests.activite.test_systemes import SLUG, _made, people
from tests.formulaires import Lectrice

__all__ = ["_made", "people"]
pytestmark = pytest.mark.base
Coutras = tuple[EspaceDeContrat, Acces]
PAGE = f"/espace/{SLUG}/registres/poste-aide/"


@pytest.fixture
def coutras(people: dict[str, Personne]) -> Coutras:
    return EspaceDeContrat.objects.get(slug=SLUG), acces_of(people["equipe"])


def read(client: Lectrice, url: str) -> str:
    """A page with plain spaces."""
    return client.get(url).content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def amount(entree: Entree) -> Decimal:
    return entree.valeurs.get().valeur


def test_each_post_of_an_employer_that_the_site_knows_enters_year_by_year(
    coutras: Coutras,
) -> None:
    espace, team = coutras
    assert bring_in(by=team, espace=espace, nature="poste-aide") == 5
    made = Objet.objects.get(libelle="AR 03322R001700")
    assert made.attributs["genre"] == "adulte-relais"
    assert made.attributs["source"].startswith("ANCT")
    told = [(one.debut.year, str(amount(one))) for one in made.entrees.order_by("debut")]
    assert [(year, Decimal(paid)) for year, paid in told] == [
        (2022, Decimal(21254)), (2023, Decimal("22555.73")), (2024, Decimal("22810.61")),
    ]  # fmt: skip
    assert to_bring(espace) == []
    assert bring_in(by=team, espace=espace, nature="poste-aide") == 0
    assert [one.nom for one in strangers(espace)] == ["Court aux Trousses (CAT)"]


def test_what_cannot_be_believed_shows_with_why_and_counts_in_no_total(coutras: Coutras) -> None:
    espace, team = coutras
    bring_in(by=team, espace=espace, nature="poste-aide")
    doubted = Entree.objects.filter(confiance=Confiance.CONTESTEE)
    assert sorted(map(amount, doubted)) == [Decimal(1194), Decimal(7164)]
    client = Lectrice()
    client.force_login(team.personne.utilisateur)
    assert "14 328" in read(client, f"{PAGE}?annee=2025"), "two FONJEP posts, without the line that is contested"
    post = Objet.objects.get(libelle="AR 03323R000600")
    assert "contestée" in read(client, f"/espace/{SLUG}/objets/{post.numero}/")
    entry = doubted.get(objet=post)
    assert "4 753" in read(client, reverse("entree", args=[SLUG, entry.numero]))


def test_all_of_it_is_taken_back_in_one_gesture_and_a_partner_brings_none(
    coutras: Coutras, people: dict[str, Personne]
) -> None:
    espace, team = coutras
    with pytest.raises(Refus):
        bring_in(by=acces_of(people["partenaire"]), espace=espace, nature="poste-aide")
    bring_in(by=team, espace=espace, nature="poste-aide")
    geste = Geste.objects.latest("pk")
    undo(by=team, geste=geste, shown=mark_of(standing(geste, team)))
    assert not Objet.objects.exists()


def test_the_register_offers_it_says_what_is_contested_and_who_is_unknown(people: dict[str, Personne]) -> None:
    client = Lectrice()
    client.force_login(people["equipe"].utilisateur)
    assert "Reprendre les postes publiés" in client.get(PAGE).content.decode()
    asked = client.get(f"{PAGE}reprendre/")
    told = " ".join(asked.content.decode().split())
    assert all(said in told for said in ("contesté, 2025", "Court aux Trousses", "ne compte dans aucun total"))
    assert client.post(f"{PAGE}reprendre/").status_code == 302
    assert Objet.objects.filter(nature="poste-aide").count() == 5
    assert "Reprendre les postes publiés" not in client.get(PAGE).content.decode()


def test_a_contract_without_a_file_of_posts_is_offered_none(people: dict[str, Personne]) -> None:
    assert published_of(EspaceDeContrat(slug="ailleurs")) == []
    assert postes_publies.FILES.is_dir()
