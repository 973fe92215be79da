"""Changing a fiche from its pages: fields, status, news; two people at once; who may."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.fiches.models import FicheAction, Nouvelle
from tenir.fiches.services.fiche import update_fiche
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tests.formulaires import fill, held, send, text
from tests.personnes import body, member, person, referent
from tests.vie import fiche, jalon

pytestmark = pytest.mark.deux_bases

As = Callable[[str], Client]
People = dict[str, Personne]


def at(of: FicheAction, name: str = "fiche-modifier", *more: object) -> str:
    return reverse(name, args=[of.espace.slug, of.code, *more])


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="fiche action").values_list("champ", "avant", "apres"))


def signed_in(name: str, role: Role, espace: EspaceDeContrat, *, of: str = "") -> Client:
    client = Client()
    client.force_login(member(name, role, espace, of=of).utilisateur)
    return client


# Fields


def test_only_what_changes_is_written_and_told(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="en-cours", public_vise="Les jeunes\ndu quartier", debut_prevu=date(2026, 1, 5))
    answer = fill(as_("equipe"), at(of), prochaine_etape="Signer le bail", prochaine_etape_le="2027-01-15")
    assert answer.status_code == 302
    of.refresh_from_db()
    assert (of.prochaine_etape, of.prochaine_etape_le, of.version) == ("Signer le bail", date(2027, 1, 15), 2)
    assert [champ for champ, _, _ in told()] == ["prochaine étape", "prochaine étape prévue le"]


def test_the_ends_of_lines_of_a_browser_are_no_change(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, public_vise="Les jeunes\ndu quartier")
    fill(as_("equipe"), at(of), public_vise="Les jeunes\r\ndu quartier")
    assert told() == []


def test_saving_without_a_change_changes_nothing(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",), statut="en-cours", difficultes="Le local est humide.")
    assert fill(as_("equipe"), at(of)).status_code == 302
    of.refresh_from_db()
    assert (of.version, told()) == (1, [])


def test_wrong_input_comes_back_with_its_errors_beside_and_above(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    answer = fill(
        as_("equipe"), at(of), debut_prevu="2026-05-01", fin_prevue="2026-04-01", prochaine_etape="Signer le bail"
    )
    assert answer.status_code == 422
    assert answer.context["form"].errors["fin_prevue"] == ["Le calendrier prévu se termine avant de commencer."]
    assert held(answer)["prochaine_etape"] == "Signer le bail"
    assert 'href="#id_fin_prevue"' in answer.content.decode()
    assert send(as_("equipe"), at(of), answer, fin_prevue="2026-06-01").status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"debut_reel": "tomorrow"}, "debut_reel"),
        ({"debut_reel": (date(2030, 1, 1)).isoformat()}, "debut_reel"),
        ({"statut": "perdue"}, "statut"),
        ({"public_vise": "x" * 501}, "public_vise"),
        ({"personne_en_charge": "999999"}, "personne_en_charge"),
    ],
)
def test_what_no_fiche_can_hold_is_refused_beside_its_field(
    as_: As, vallon: EspaceDeContrat, typed: dict[str, str], field: str
) -> None:
    answer = fill(as_("equipe"), at(fiche(vallon)), **typed)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert told() == []


@pytest.mark.parametrize("name", ["fiche-modifier", "fiche-statut"])
@pytest.mark.parametrize(("statut", "word"), [("suspendue", "suspendue"), ("abandonnee", "abandonnée")])
def test_one_says_why_an_action_is_suspended_or_abandoned(
    as_: As, vallon: EspaceDeContrat, name: str, statut: str, word: str
) -> None:
    of = fiche(vallon, statut="en-cours")
    answer = fill(as_("equipe"), at(of, name), statut=statut)
    assert answer.context["form"].errors["motif"] == [f"Dites pourquoi l’action est {word}."]
    assert send(as_("equipe"), at(of, name), answer, motif="Le bail est dénoncé.").status_code == 302
    of.refresh_from_db()
    assert (of.statut, of.motif, of.statut_depuis) == (statut, "Le bail est dénoncé.", horloge.today())


def test_the_reason_of_the_status_before_does_not_follow(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="suspendue", motif="Le bail est dénoncé.")
    fill(as_("equipe"), at(of, "fiche-statut"), statut="en-cours")
    of.refresh_from_db()
    assert (of.statut, of.motif) == ("en-cours", "")


def test_a_status_declared_by_mistake_is_taken_back(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="realisee")
    fill(as_("equipe"), at(of, "fiche-statut"), statut="")
    of.refresh_from_db()
    assert (of.statut, of.statut_depuis) == ("", None)


# Who carries the action


def test_the_choices_are_the_bodies_and_the_people_of_the_contract(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, people: People
) -> None:
    ida = person("Ida Contact", signs_in=False)
    referent(ida, vallon, of="mission-locale")
    referent(person("Jan Ailleurs", signs_in=False), colline, of="caf")
    form = as_("equipe").get(at(fiche(vallon, pilots=("ccas",)))).context["form"]
    assert [one.nom for one in form.fields["organisme_en_charge"].queryset] == ["CCAS", "MISSION-LOCALE"]
    labels = {label for _, label in form.fields["personne_en_charge"].choices}
    assert {"Ida Contact (MISSION-LOCALE)", "Cléo Relais (CCAS)", "Basile Pivot (équipe du contrat)"} <= labels
    assert not any("Jan" in label or "Eve" in label for label in labels)


def test_the_team_settles_who_carries_an_action(as_: As, vallon: EspaceDeContrat) -> None:
    ida = person("Ida Contact", signs_in=False)
    held_by = referent(ida, vallon, of="caf")
    of = fiche(vallon, pilots=("ccas",))
    fill(as_("equipe"), at(of), organisme_en_charge=held_by.organisation_id, personne_en_charge=ida.pk)
    of.refresh_from_db()
    assert (of.organisme_en_charge, of.personne_en_charge) == (body("caf"), ida)


def test_someone_who_left_stays_in_charge_until_another_is_named(as_: As, vallon: EspaceDeContrat) -> None:
    gone = person("Gil Parti", signs_in=False)
    of = fiche(vallon, organisme_en_charge=body("bailleur"), personne_en_charge=gone)
    assert fill(as_("equipe"), at(of), public_vise="Tous").status_code == 302
    of.refresh_from_db()
    assert (of.personne_en_charge, of.public_vise) == (gone, "Tous")


def test_a_partner_neither_sees_nor_writes_who_carries_its_action(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",))
    client = as_("partenaire")
    page = client.get(at(of))
    assert "en charge" not in text(page).lower()
    assert "Difficultés" in text(page)
    caf = body("caf")
    assert send(client, at(of), page, organisme_en_charge=caf.pk, public_vise="Tous").status_code == 302
    of.refresh_from_db()
    assert (of.organisme_en_charge, of.public_vise) == (None, "Tous")


# Who may


EDITING = (
    "fiche-modifier", "fiche-statut", "fiche-nouvelle", "fiche-jalon-nouveau", "fiche-partenaire-nouveau",
    "fiche-piece-nouvelle",
)  # fmt: skip
NUMBERED = ("jalon-modifier", "jalon-atteint", "jalon-abandonner", "jalon-retirer", "partenaire-modifier",
            "partenaire-retirer", "piece-retirer")  # fmt: skip


def things(of: FicheAction) -> dict[str, int]:
    """A jalon, a partner and a link of a fiche, by the kind of page that changes them."""
    made = {
        "jalon": jalon(of, date(2030, 1, 1)).pk,
        "partenaire": of.partenaires.create(organisation=body("bailleur")).pk,
        "piece": of.pieces.create(titre="Lien", lien="https://exemple.test/").pk,
    }
    return {name: made[name.split("-", maxsplit=1)[0]] for name in NUMBERED}


@pytest.mark.parametrize(("who", "carried"), [("partenaire", "caf"), ("partenaire", ""), ("lecture", "ccas")])
def test_the_fiche_of_another_is_not_changed(as_: As, vallon: EspaceDeContrat, who: str, carried: str) -> None:
    of = fiche(vallon, pilots=(carried,) if carried else ())
    client, numbers = as_(who), things(of)
    urls = [at(of, name) for name in EDITING] + [at(of, f"fiche-{name}", numbers[name]) for name in NUMBERED]
    for url in urls:
        for answer in (client.get(url), client.post(url, {"texte": "Rien", "titre": "x"})):
            assert answer.status_code == 403, url
            assert "est réservé à l’équipe" in answer.content.decode()
    assert (told(), of.jalons.count(), of.partenaires.count(), of.pieces.count()) == ([], 1, 1, 1)


@pytest.mark.parametrize("who", ["equipe", "partenaire"])
def test_a_thing_of_another_fiche_is_not_reached_through_this_one(
    as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat, who: str
) -> None:
    mine = fiche(vallon, pilots=("ccas",))
    client = as_(who)
    for other in (fiche(vallon, "O01-A02", pilots=("caf",)), fiche(colline, pilots=("ccas",))):
        for name, number in things(other).items():
            for answer in (
                client.get(at(mine, f"fiche-{name}", number)),
                client.post(at(mine, f"fiche-{name}", number)),
            ):
                assert answer.status_code == 404, name
        assert (other.jalons.count(), other.partenaires.count(), other.pieces.count()) == (1, 1, 1)


def test_another_contract_does_not_exist(as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat) -> None:
    of = fiche(colline, pilots=("ccas",))
    numbers = things(of)
    urls = [at(of, name) for name in EDITING] + [at(of, f"fiche-{name}", numbers[name]) for name in NUMBERED]
    for who in ("equipe", "partenaire", "lecture"):
        client = as_(who)
        assert {client.get(url).status_code for url in urls} == {404}
        assert {client.post(url).status_code for url in urls} == {404}


# News


def test_a_partner_gives_news_with_a_status_and_a_next_step(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",), statut="en-preparation")
    answer = fill(
        as_("partenaire"), at(of, "fiche-nouvelle"), texte="Le local est ouvert.", statut="en-cours",
        prochaine_etape="Former les médiateurs",
    )  # fmt: skip
    assert answer.status_code == 302
    of.refresh_from_db()
    news = of.nouvelles.get()
    assert (news.texte, news.le, news.pour, news.auteur.nom) == (
        "Le local est ouvert.", horloge.today(), body("ccas"), "Cléo Relais",
    )  # fmt: skip
    assert (of.statut, of.prochaine_etape, of.derniere_nouvelle_le) == (
        "en-cours", "Former les médiateurs", horloge.today(),
    )  # fmt: skip


def test_news_and_what_they_change_are_kept_both_or_neither(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="en-cours")
    tomorrow = (horloge.today() + timedelta(days=1)).isoformat()
    answer = fill(as_("equipe"), at(of, "fiche-nouvelle"), texte="Fini.", le=tomorrow, statut="realisee")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["le"])
    assert held(answer)["texte"] == "Fini."
    of.refresh_from_db()
    assert (of.statut, Nouvelle.objects.count(), told()) == ("en-cours", 0, [])


def test_news_alone_ask_for_no_version(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    client = as_("equipe")
    page = client.get(at(of, "fiche-nouvelle"))
    update_fiche(by=acces_of(people["equipe"]), fiche=of, version=1, changes={"public_vise": "Tous"})
    assert send(client, at(of, "fiche-nouvelle"), page, texte="Rien de neuf.").status_code == 302
    assert Nouvelle.objects.count() == 1


# Two people at once


def test_two_people_on_one_fiche_the_second_chooses_field_by_field(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",), statut="en-preparation", public_vise="Les jeunes")
    first = signed_in("Ana Première", Role.EQUIPE, vallon)
    second = signed_in("Bea Seconde", Role.PARTENAIRE, vallon, of="ccas")
    hers, theirs = second.get(at(of)), first.get(at(of))
    send(first, at(of), theirs, statut="en-cours", public_vise="Les parents", difficultes="Le local est humide.")
    answer = send(
        second, at(of), hers, statut="suspendue", motif="Le bail est dénoncé.", prochaine_etape="Chercher\nun local"
    )
    assert answer.status_code == 409
    page = text(answer)
    assert "Ana Première a écrit le" in page
    assert "Statut Garder la valeur actuelle : « en cours » Écrire la mienne : « suspendue »" in page
    assert "Public visé Les parents" in page
    assert "Difficultés Le local est humide." in page
    of.refresh_from_db()
    assert (of.statut, of.version) == ("en-cours", 2)

    incomplete = send(second, at(of), answer)
    assert incomplete.status_code == 422
    assert list(incomplete.context["form"].errors) == ["statut"]
    done = send(second, at(of), incomplete, choix__statut="mienne", choix__prochaine_etape="mienne")
    assert done.status_code == 302
    of.refresh_from_db()
    assert (of.statut, of.motif, of.prochaine_etape) == ("suspendue", "Le bail est dénoncé.", "Chercher\nun local")
    assert (of.public_vise, of.difficultes, of.version) == ("Les parents", "Le local est humide.", 3)


def test_the_second_may_leave_what_the_first_wrote(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    client = as_("equipe")
    page = client.get(at(of))
    update_fiche(by=acces_of(people["administration"]), fiche=of, version=1, changes={"public_vise": "Tous"})
    conflict = send(client, at(of), page, public_vise="Les jeunes")
    assert send(client, at(of), conflict, choix__public_vise="actuelle").status_code == 302
    of.refresh_from_db()
    assert (of.public_vise, of.version) == ("Tous", 2)


def test_a_third_change_while_choosing_is_seen_too(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of, by = fiche(vallon), acces_of(people["administration"])
    client = as_("equipe")
    page = client.get(at(of))
    update_fiche(by=by, fiche=of, version=1, changes={"public_vise": "Tous"})
    conflict = send(client, at(of), page, public_vise="Les jeunes")
    update_fiche(by=by, fiche=of, version=2, changes={"public_vise": "Les parents"})
    again = send(client, at(of), conflict, choix__public_vise="mienne")
    assert again.status_code == 409
    assert "Garder la valeur actuelle : « Les parents » Écrire la mienne : « Les jeunes »" in text(again)


def test_what_the_other_did_not_touch_needs_no_thought(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    client = as_("equipe")
    page = client.get(at(of))
    update_fiche(by=acces_of(people["administration"]), fiche=of, version=1, changes={"public_vise": "Tous"})
    conflict = send(client, at(of), page, prochaine_etape="Signer le bail")
    assert send(client, at(of), conflict).status_code == 302
    of.refresh_from_db()
    assert (of.public_vise, of.prochaine_etape) == ("Tous", "Signer le bail")


def test_two_who_write_the_same_do_not_disagree(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon)
    client = as_("equipe")
    page = client.get(at(of))
    update_fiche(by=acces_of(people["administration"]), fiche=of, version=1, changes={"public_vise": "Tous"})
    assert send(client, at(of), page, public_vise="Tous").status_code == 302
    assert len(told()) == 1


def test_news_survive_a_conflict(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = fiche(vallon, statut="en-preparation")
    client = as_("equipe")
    page = client.get(at(of, "fiche-nouvelle"))
    update_fiche(by=acces_of(people["administration"]), fiche=of, version=1, changes={"statut": "en-cours"})
    conflict = send(client, at(of, "fiche-nouvelle"), page, texte="Tout est\nfini.", statut="realisee")
    assert (conflict.status_code, Nouvelle.objects.count()) == (409, 0)
    assert "Ce qui s’est passé Tout est fini." in text(conflict)
    send(client, at(of, "fiche-nouvelle"), conflict, choix__statut="actuelle")
    of.refresh_from_db()
    assert (of.statut, Nouvelle.objects.get().texte) == ("en-cours", "Tout est\nfini.")


def test_a_form_without_its_version_counts_as_read_before_everything(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    assert as_("equipe").post(at(of), {"public_vise": "Tous"}).status_code == 409
    assert told() == []
