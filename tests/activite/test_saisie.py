"""Writing an entry, correcting it, judging it, by the pages: nothing typed is lost, nothing is written unseen."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tenir.activite.enums import Confiance, Statut
from tenir.activite.models import Entree
from tenir.activite.periodes import last_period
from tenir.activite.services.cumuls import differences
from tenir.activite.services.entree import correct_entree
from tenir.activite.services.valeurs import given_of
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.natures.enums import Periode
from tests.activite.registre import HEURES, LE, VEILLE, entree, kinds
from tests.formulaires import held, text
from tests.personnes import acces, body
from tests.vie import fiche

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]


@pytest.fixture
def equipe(vallon: EspaceDeContrat) -> Acces:
    """Someone of the team, beside those who act by the pages."""
    return acces("Ali Plume", Role.EQUIPE, vallon)


@pytest.fixture(autouse=True)
def bodies(vallon: EspaceDeContrat) -> None:
    """The bodies of the contract, and a place."""
    for name in ("ccas", "caf"):
        OrganismeRetenu.objects.create(espace=vallon, organisation=body(name))
    Lieu.objects.create(espace=vallon, code="L01", ordre=1, nom="Maison des habitants")


def url(espace: EspaceDeContrat, name: str, *args: object) -> str:
    return reverse(name, args=[espace.slug, *args])


def told(**more: Any) -> dict[str, Any]:
    given = {"fin": horloge.today().isoformat(), "statut": "tenue", "organisme": body("ccas").pk, "quartier": "oui"}
    return given | {"v_presents": "12"} | more


def fields(client: Client, address: str, **more: Any) -> dict[str, Any]:
    """What the form of a page would send, some fields typed over."""
    return held(client.get(address)) | more


# Choosing a kind


def test_what_her_body_writes_comes_first(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    page = url(vallon, "entree-nouvelle")
    assert "Inscrites récemment" not in text(as_("partenaire").get(page))
    entree(equipe, vallon)
    assert "Inscrites récemment Atelier" in text(as_("partenaire").get(page))


def test_a_kind_is_found_by_its_words_without_script(as_: As, vallon: EspaceDeContrat) -> None:
    shown = text(as_("equipe").get(url(vallon, "entree-nouvelle"), {"q": "decouvrir metier"}))
    assert "Immersion" in shown
    assert "Permanence" not in shown
    assert "Aucune nature ne répond" in text(as_("equipe").get(url(vallon, "entree-nouvelle"), {"q": "zzz"}))


def test_a_kind_for_the_team_is_offered_to_the_team_alone(as_: As, vallon: EspaceDeContrat) -> None:
    kinds(vallon, VEILLE)
    for who, status in (("partenaire", 404), ("equipe", 200)):
        client = as_(who)
        assert ("Fait de veille" in text(client.get(url(vallon, "entree-nouvelle")))) is (status == 200)
        assert client.get(url(vallon, "entree-inscrire", "veille")).status_code == status
    assert as_("equipe").get(url(vallon, "entree-inscrire", "jamais-vue")).status_code == 404


# Writing


def test_a_body_writes_a_session(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    client, page = as_("partenaire"), url(vallon, "entree-inscrire", "atelier")
    given = told(v_presents__sexe__f="7", lieu=Lieu.objects.get().pk, fiches=[of.pk], minutes="90", titre="Le bail")
    answer = client.post(page, given, follow=True)
    made = Entree.objects.get()
    assert answer.redirect_chain[0][0] == url(vallon, "entree", made.numero)
    assert "C’est inscrit" in text(answer)
    assert (made.organisme, made.debut, made.fin) == (body("ccas"), *[horloge.today()] * 2)
    assert (made.ou, made.minutes, made.quartier, made.titre) == ("Maison des habitants", 90, "oui", "Le bail")
    assert given_of(made) == {("presents", ""): Decimal(12), ("presents", "sexe:f"): Decimal(7)}
    assert list(made.fiches.all()) == [of]
    assert list(differences(vallon)) == []


def test_she_is_offered_her_own_body_alone(as_: As, vallon: EspaceDeContrat) -> None:
    page = url(vallon, "entree-inscrire", "atelier")
    shown = as_("partenaire").get(page).content.decode()
    assert f'<option value="{body("ccas").pk}" selected>' in shown
    assert f'<option value="{body("caf").pk}">' not in shown
    assert as_("partenaire").post(page, told(organisme=body("caf").pk)).status_code == 422
    assert not Entree.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"v_presents": ""}, "Donnez ce nombre"),
        ({"v_presents": "1.5"}, "Écrivez la virgule"),
        ({"v_presents": "1,5"}, "nombre entier"),
        ({"v_presents__sexe__f": "9", "v_presents__sexe__h": "9"}, "Ces parts font 18"),
        ({"fin": ""}, "obligatoire"),
        ({"organisme": ""}, "obligatoire"),
        ({"autre_lieu": "Gymnase", "lieu": "L"}, "pas les deux"),
        ({"fin": "2099-01-01"}, "inscrivez-la comme prévue"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_nothing_is_lost(
    as_: As, vallon: EspaceDeContrat, given: dict[str, Any], sentence: str
) -> None:
    if given.get("lieu"):
        given = given | {"lieu": Lieu.objects.get().pk}
    answer = as_("equipe").post(url(vallon, "entree-inscrire", "atelier"), told(titre="Le bail") | given)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="Le bail"' in answer.content.decode()
    assert not Entree.objects.exists()


def test_a_doubt_is_told_and_asks_to_look_twice(as_: As, vallon: EspaceDeContrat) -> None:
    client, page = as_("equipe"), url(vallon, "entree-inscrire", "atelier")
    assert "J’ai relu" not in text(client.get(page))
    answer = client.post(page, told(v_presents="61"))
    assert (answer.status_code, Entree.objects.count()) == (422, 0)
    assert "sort de l’ordinaire" in text(answer)
    assert "J’ai relu" in text(answer)
    assert client.post(page, told(v_presents="61", exact="on")).status_code == 302
    assert Entree.objects.get().counted


def test_what_is_to_come_is_planned_without_a_number(as_: As, vallon: EspaceDeContrat) -> None:
    day = horloge.today() + timedelta(days=9)
    page = url(vallon, "entree-inscrire", "atelier")
    assert as_("equipe").post(page, told(fin=day.isoformat(), statut="prévue", v_presents="")).status_code == 302
    assert (Entree.objects.get().statut, Entree.objects.get().fin) == (Statut.PREVUE, day)


def test_one_entry_after_another_keeps_the_kind_the_body_and_the_place(as_: As, vallon: EspaceDeContrat) -> None:
    page, place = url(vallon, "entree-inscrire", "atelier"), str(Lieu.objects.get().pk)
    answer = as_("equipe").post(page, told(lieu=place, titre="Le bail", encore="1"), follow=True)
    assert answer.redirect_chain[0][0] == f"{page}?apres=1"
    assert "Annuler, encore" in text(answer)
    again = held(answer)
    assert (again["organisme"], again["lieu"]) == (str(body("ccas").pk), place)
    assert not {"titre", "v_presents"} & set(again)


def test_an_entry_like_another_takes_what_does_not_change(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon, 12, titre="Le bail", minutes=90, autre_lieu="Gymnase")
    made.avec.set([body("caf")])
    client = as_("partenaire")
    shown = client.get(url(vallon, "entree", made.numero)).content.decode()
    assert "nouvelle/atelier/?comme=1" in shown
    again = fields(client, f"{url(vallon, 'entree-inscrire', 'atelier')}?comme=1")
    assert (again["titre"], again["minutes"], again["autre_lieu"]) == ("Le bail", "90", "Gymnase")
    assert (again["fin"], again["avec"]) == (horloge.today().isoformat(), str(body("caf").pk))
    assert "v_presents" not in again


def test_who_reads_is_offered_nothing_to_write(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    for name, *args in (("activite",), ("entree", made.numero)):
        shown = text(as_("lecture").get(url(vallon, name, *args)))
        for word in ("Inscrire ce qui", "Corriger", "semblable", "Contester"):
            assert word not in shown


@pytest.mark.parametrize(
    ("periode", "on", "days"),
    [
        (Periode.MOIS, date(2026, 3, 1), (date(2026, 2, 1), date(2026, 2, 28))),
        (Periode.TRIMESTRE, date(2026, 11, 29), (date(2026, 7, 1), date(2026, 9, 30))),
        (Periode.TRIMESTRE, date(2026, 1, 2), (date(2025, 10, 1), date(2025, 12, 31))),
        (Periode.SEMESTRE, date(2026, 7, 1), (date(2026, 1, 1), date(2026, 6, 30))),
        (Periode.ANNEE, date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (None, date(2026, 6, 30), (date(2026, 1, 1), date(2026, 3, 31))),
    ],
)
def test_a_count_is_proposed_for_the_last_period_that_is_over(
    periode: Periode | None, on: date, days: tuple[date, date]
) -> None:
    assert last_period(periode, on) == days


def test_a_count_asks_its_period_and_its_choices(as_: As, vallon: EspaceDeContrat) -> None:
    kinds(vallon, HEURES)
    client, page = as_("equipe"), url(vallon, "entree-inscrire", "heures")
    given = fields(client, page)
    assert (date.fromisoformat(given["debut"]), date.fromisoformat(given["fin"])) == last_period(
        Periode.TRIMESTRE, horloge.today()
    )
    sent = given | {"organisme": body("ccas").pk, "v_heures": "3,5", "v_motifs__choix__droits": "2", "exact": "on"}
    assert client.post(page, sent).status_code == 302
    assert given_of(Entree.objects.get()) == {("heures", ""): Decimal("3.5"), ("motifs", "choix:droits"): Decimal(2)}


# Correcting


def test_a_correction_writes_what_was_touched_alone(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon, 12, valeurs={("presents", "sexe:f"): 7}, note="À revoir")
    EntreeDeTrace.objects.all().delete()
    client, page = as_("partenaire"), url(vallon, "entree-corriger", made.numero)
    sent = fields(client, page, v_presents="14", v_presents__sexe__f="", motif="Recompté", exact="on")
    assert "note" not in sent
    assert client.post(page, sent).status_code == 302
    now = Entree.objects.get()
    assert (given_of(now), now.note, now.version) == ({("presents", ""): Decimal(14)}, "À revoir", 2)
    found = EntreeDeTrace.objects.filter(genre="entrée").values_list("champ", "avant", "apres", "motif")
    assert list(found) == [("présents", "12", "14", "Recompté"), ("présents, femmes", "7", "", "Recompté")]


def test_a_session_moves_whole_to_another_day(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    page = url(vallon, "entree-corriger", made.numero)
    day = horloge.today()
    assert as_("equipe").post(page, fields(as_("equipe"), page, fin=day.isoformat())).status_code == 302
    now = Entree.objects.get()
    assert (now.debut, now.fin) == (day, day)


def test_two_people_on_one_entry_lose_nothing(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    of, made = fiche(vallon), entree(equipe, vallon)
    client, page = as_("equipe"), url(vallon, "entree-corriger", made.numero)
    sent = fields(client, page, v_presents="15", fiches=str(of.pk), titre="Le bail", exact="on")
    given = {("presents", ""): Decimal(13)}
    correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 90}, valeurs=given, exact=True)
    answer = client.post(page, sent)
    assert answer.status_code == 409
    shown = text(answer)
    for sentence in ("Garder la valeur actuelle : « 13 »", "Écrire la mienne : « 15 »", "« O01-A01 Action O01-A01 »"):
        assert sentence in shown
    assert "Durée en minutes 90" in shown
    chosen = {"choix-v_presents": "actuelle", "choix-fiches": "mienne", "choix-titre": "mienne"}
    assert client.post(page, held(answer) | chosen).status_code == 302
    now = Entree.objects.get()
    assert (given_of(now), now.minutes, now.titre, list(now.fiches.all())) == (given, 90, "Le bail", [of])


def test_two_people_on_the_links_alone_are_told_too(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    of, made = fiche(vallon), entree(equipe, vallon)
    client, page = as_("equipe"), url(vallon, "entree-corriger", made.numero)
    sent = fields(client, page, fiches=str(of.pk))
    correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 90}, exact=True)
    answer = client.post(page, sent)
    assert answer.status_code == 409
    assert client.post(page, held(answer) | {"choix-fiches": "mienne", "exact": "on"}).status_code == 302
    assert list(made.fiches.all()) == [of]


def test_a_body_corrects_its_own_alone(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    other = entree(equipe, vallon, of="caf")
    for name in ("entree-corriger", "entree-annuler"):
        assert as_("partenaire").get(url(vallon, name, other.numero)).status_code == 403


def test_a_session_that_is_not_held_stays_and_counts_no_more(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    client, page = as_("partenaire"), url(vallon, "entree-annuler", made.numero)
    answer = client.post(page, {"motif": "Salle fermée"}, follow=True)
    assert "elle ne compte pas" in text(answer)
    assert "Pourquoi : Salle fermée" in text(answer)
    assert Entree.objects.get().statut == Statut.ANNULEE
    assert client.get(url(vallon, "entree", made.numero)).content.decode().count("annuler/") == 0


def test_a_session_changed_since_it_was_read_is_read_again(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon, note="Pour l’équipe")
    client, page = as_("partenaire"), url(vallon, "entree-annuler", made.numero)
    sent = held(client.get(page))
    correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 90}, exact=True)
    answer = client.post(page, sent)
    assert (answer.status_code, Entree.objects.get().statut) == (409, Statut.TENUE)
    assert "Pour l’équipe" not in text(answer)


# Judging


def test_the_team_contests_with_a_reason_and_retains(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    client = as_("equipe")
    assert client.post(url(vallon, "entree-contester", made.numero), {"motif": ""}).status_code == 422
    answer = client.post(url(vallon, "entree-contester", made.numero), {"motif": "Comptée deux fois"}, follow=True)
    assert "contestée : elle ne compte plus" in text(answer)
    assert "Retenir" in text(answer)
    assert client.post(url(vallon, "entree-retenir", made.numero), {"motif": ""}).status_code == 302
    assert Entree.objects.get().counted


def chosen(client: Client, espace: EspaceDeContrat, **given: Any) -> Any:
    return client.post(url(espace, "activite-lot"), {"vue": "", **given})


def test_several_are_contested_once_confirmed_and_undone_at_once(
    as_: As, vallon: EspaceDeContrat, equipe: Acces
) -> None:
    for day in range(3):
        entree(equipe, vallon, le=LE + timedelta(days=day))
    client = as_("equipe")
    answer = chosen(client, vallon, codes=["1", "3"], vue="q=atelier")
    assert "2 entrées choisies" in text(answer).replace("\xa0", " ")
    assert Entree.objects.of(vallon).counted().count() == 3
    sent = held(answer) | {"codes": ["1", "3"]}
    refused = client.post(url(vallon, "activite-lot"), sent | {"confiance": "contestée"})
    assert refused.status_code == 422
    assert "Dites pourquoi" in text(refused)
    done = client.post(url(vallon, "activite-lot"), sent | {"confiance": "contestée", "motif": "Double"})
    assert done["Location"] == f"{url(vallon, 'activite')}?q=atelier"
    assert list(Entree.objects.of(vallon).counted().values_list("numero", flat=True)) == [2]
    assert "2 entrées contestées" in text(client.get(done["Location"])).replace("\xa0", " ")
    kept = Geste.objects.latest("pk")
    assert (
        client.post(url(vallon, "geste", kept.pk), held(client.get(url(vallon, "geste", kept.pk)))).status_code == 302
    )
    assert Entree.objects.of(vallon).counted().count() == 3
    assert list(differences(vallon)) == []


def test_a_whole_view_is_chosen(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    entree(equipe, vallon)
    entree(equipe, vallon, of="caf")
    answer = chosen(as_("equipe"), vallon, toutes="1", vue="organisme=caf")
    assert "1 entrée choisie" in text(answer).replace("\xa0", " ")


def test_what_changed_since_it_was_chosen_is_told_and_left(as_: As, vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = entree(equipe, vallon)
    client = as_("equipe")
    sent = held(chosen(client, vallon, codes=["1"])) | {"confiance": "contestée", "motif": "Double"}
    correct_entree(by=equipe, entree=made, version=1, changes={"minutes": 90}, exact=True)
    answer = client.post(url(vallon, "activite-lot"), sent)
    assert "Changé entre-temps : n° 1" in text(answer)
    assert Entree.objects.get().confiance == Confiance.RETENUE
    again = held(answer) | {"confiance": "contestée", "motif": "Double"}
    assert client.post(url(vallon, "activite-lot"), again).status_code == 302
    assert Entree.objects.get().confiance == Confiance.CONTESTEE


def test_nothing_chosen_is_told(as_: As, vallon: EspaceDeContrat) -> None:
    answer = chosen(as_("equipe"), vallon)
    assert (answer.status_code, "Cochez d’abord" in text(answer)) == (422, True)
