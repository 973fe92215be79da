"""Defining an indicator, fixing its targets, giving, correcting and judging its readings from the pages."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import acces_of
from tenir.habilitations.roles import Role
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.services.cibles import update_cible
from tenir.indicateurs.services.indicateur import define_indicateur
from tests.formulaires import fill, held, send, text
from tests.mesures import cible, releve
from tests.personnes import body, member, referent
from tests.vie import indicateur

As = Callable[[str], Client]
People = dict[str, Personne]
PERIOD = {"debut": "2026-01-01", "fin": "2026-06-30", "source": "registre"}


def at(of: SuiviDIndicateur, name: str = "relever", *more: object) -> str:
    return reverse(f"suivi-indicateur-{name}", args=[of.espace.slug, of.code, *more])


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="indicateur").values_list("champ", "avant", "apres"))


@pytest.fixture
def owned(vallon: EspaceDeContrat) -> SuiviDIndicateur:
    """An indicator that the body of the partner answers for."""
    return indicateur(vallon, organisme=body("ccas"), unite="parents", frequence="semestrielle")


# Definition


def test_the_team_defines_how_an_indicator_is_followed(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of = indicateur(vallon)
    referent(people["partenaire"], vallon, of="caf")
    answer = fill(
        as_("equipe"), at(of, "definir"), organisme=str(body("caf").pk), personne=str(people["partenaire"].pk),
        unite="parents", frequence="annuelle", reference="1 415,5", reference_le="2023-12-31", reference_source="bilan",
    )  # fmt: skip
    assert answer.status_code == 302
    of.refresh_from_db()
    assert (of.organisme, of.personne, of.unite, of.version) == (body("caf"), people["partenaire"], "parents", 2)
    assert of.reference == Decimal("1415.5")
    assert ("valeur de départ", "", "1\u202f415,5") in told()
    again = as_("equipe").get(at(of, "definir"))
    assert held(again)["reference"] == "1 415,5"
    assert send(as_("equipe"), at(of, "definir"), again).status_code == 302
    of.refresh_from_db()
    assert of.version == 2, "sent as it was, nothing changes"


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"reference": "12.5"}, "reference", "virgule"),
        ({"reference": "12"}, "reference", "jamais seule"),
        ({"frequence": "quotidienne"}, "frequence", "quotidienne"),
        ({"organisme": "999999"}, "organisme", "choix"),
        ({"unite": "x" * 81}, "unite", "80"),
    ],
)
def test_a_definition_that_does_not_hold_is_refused_beside_its_field(
    as_: As, vallon: EspaceDeContrat, typed: dict[str, str], field: str, said: str
) -> None:
    of = indicateur(vallon)
    answer = fill(as_("equipe"), at(of, "definir"), **typed)
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert told() == []


def test_two_people_define_one_indicator(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of, url = indicateur(vallon, unite="parents"), None
    url = at(of, "definir")
    page = as_("equipe").get(url)
    other = acces_of(member("Bea Pivot", Role.EQUIPE, vallon))
    define_indicateur(by=other, suivi=of, version=1, changes={"unite": "familles", "frequence": "annuelle"})
    conflict = send(as_("equipe"), url, page, unite="foyers")
    assert conflict.status_code == 409
    shown = text(conflict)
    for said in ("Bea Pivot a écrit le", "« familles »", "« foyers »", "chaque année"):
        assert said in shown, said
    unsettled = send(as_("equipe"), url, conflict)
    assert "Choisissez entre les deux." in text(unsettled)
    assert send(as_("equipe"), url, unsettled, choix__unite="mienne").status_code == 302
    of.refresh_from_db()
    assert (of.unite, of.frequence) == ("foyers", "annuelle")


# Targets


def test_a_target_is_fixed_changed_and_removed(as_: As, owned: SuiviDIndicateur) -> None:
    client = as_("equipe")
    assert (
        fill(client, at(owned, "cible-nouvelle"), le="2027-12-31", valeur="1 000", source="comité").status_code == 302
    )
    twice = fill(client, at(owned, "cible-nouvelle"), le="2027-12-31", valeur="2")
    assert "déjà fixée" in twice.context["form"].errors["le"][0]
    one = owned.cibles.get()
    assert fill(client, at(owned, "cible-modifier", one.pk), valeur="1 200,5").status_code == 302
    one.refresh_from_db()
    assert (one.valeur, one.source) == (Decimal("1200.5"), "comité")
    assert fill(client, at(owned, "cible-retirer", one.pk)).status_code == 302
    assert not owned.cibles.exists()
    assert [after for _, _, after in told()] == ["1\u202f000 (comité)", "1\u202f200,5 (comité)", ""]


def test_two_people_change_one_target(as_: As, owned: SuiviDIndicateur, vallon: EspaceDeContrat) -> None:
    one = cible(owned, "60")
    url = at(owned, "cible-modifier", one.pk)
    page = as_("equipe").get(url)
    update_cible(by=acces_of(member("Bea Pivot", Role.EQUIPE, vallon)), cible=one, changes={"valeur": Decimal(70)})
    conflict = send(as_("equipe"), url, page, valeur="80")
    assert conflict.status_code == 409
    assert send(as_("equipe"), url, conflict, choix__valeur="actuelle").status_code == 302
    one.refresh_from_db()
    assert one.valeur == 70


# Readings


def test_the_owner_body_gives_a_reading(as_: As, owned: SuiviDIndicateur, people: People) -> None:
    answer = fill(as_("partenaire"), at(owned), valeur="47,4", commentaire="sans juin", **PERIOD)
    assert answer.status_code == 302
    one = owned.releves.get()
    assert (one.valeur, one.statut, one.auteur, one.pour) == (
        Decimal("47.4"), "provisoire", people["partenaire"], body("ccas"),
    )  # fmt: skip
    assert (one.source, one.commentaire) == ("registre", "sans juin")


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"valeur": "47.4"}, "valeur", "Écrivez la virgule"),
        ({"valeur": ""}, "valeur", "obligatoire"),
        ({"source": ""}, "source", "obligatoire"),
        ({"source": "  "}, "source", "obligatoire"),
        ({"fin": "2025-12-31"}, "fin", "se termine avant de commencer"),
        ({"fin": "2099-01-01"}, "fin", "n’est pas finie"),
        ({"debut": "hier"}, "debut", "date"),
        ({"debut": "0026-01-01"}, "debut", "Vérifiez l’année"),
        ({"commentaire": "x" * 1001}, "commentaire", "1000"),
        ({"valeur": "9" * 29}, "valeur", "Onze chiffres"),
    ],
)
def test_a_figure_that_travels_alone_is_refused(
    as_: As, owned: SuiviDIndicateur, typed: dict[str, str], field: str, said: str
) -> None:
    answer = fill(as_("partenaire"), at(owned), **{"valeur": "12", **PERIOD, **typed})
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field]).replace("\u202f", "")
    assert not owned.releves.exists()
    assert told() == []


def test_the_same_period_is_not_given_twice(as_: As, owned: SuiviDIndicateur) -> None:
    releve(owned, ventilation="femmes")
    client = as_("partenaire")
    again = fill(client, at(owned), valeur="41", ventilation="Femmes ", **PERIOD)
    assert "corrigez-le" in text(again)
    assert fill(client, at(owned), valeur="41", ventilation="hommes", **PERIOD).status_code == 302


def test_a_value_far_from_the_one_before_asks_to_be_confirmed(as_: As, owned: SuiviDIndicateur) -> None:
    releve(owned, "42", date(2025, 12, 31))
    client = as_("partenaire")
    doubt = fill(client, at(owned), valeur="1 415", **PERIOD)
    assert doubt.status_code == 422
    assert "plus de dix fois plus grand que le relevé précédent, 42" in doubt.context["form"].errors["confirmer"][0]
    assert held(doubt)["valeur"] == "1 415"
    wrong = send(client, at(owned), doubt, confirmer="on", source="")
    assert "confirmer" not in wrong.context["form"].errors
    assert held(wrong)["confirmer"] == "on", "what was ticked stays ticked"
    assert send(client, at(owned), doubt, confirmer="on").status_code == 302
    assert owned.releves.in_force().last().valeur == 1415


def test_a_value_ten_times_less_asks_too_but_not_another_part(as_: As, owned: SuiviDIndicateur) -> None:
    releve(owned, "420", date(2025, 12, 31))
    client = as_("partenaire")
    assert "plus petit" in text(fill(client, at(owned), valeur="4", **PERIOD))
    assert fill(client, at(owned), valeur="4", ventilation="femmes", **PERIOD).status_code == 302
    assert fill(client, at(owned), valeur="42", **PERIOD).status_code == 302, "ten times is not more than ten"


def test_the_next_period_is_proposed_once_it_is_over(as_: As, owned: SuiviDIndicateur) -> None:
    client = as_("partenaire")
    assert not held(client.get(at(owned))).get("debut"), "nothing is invented before the first"
    releve(owned, fin=date(2025, 12, 31), source="cahier")
    page = held(client.get(at(owned)))
    assert (page["debut"], page["fin"], page["source"]) == ("2026-01-01", "2026-06-30", "cahier")
    releve(owned, fin=horloge.today(), debut=horloge.today() - timedelta(days=9))
    assert not held(client.get(at(owned))).get("fin")


def test_a_reading_is_corrected_with_a_reason(as_: As, owned: SuiviDIndicateur) -> None:
    one = releve(owned, "420")
    client, url = as_("partenaire"), at(owned, "releve-corriger", one.pk)
    page = client.get(url)
    assert held(page)["valeur"] == "420"
    assert "motif" in send(client, url, page, valeur="42").context["form"].errors
    assert "Rien n’est changé" in text(send(client, url, page, motif="relu"))
    assert send(client, url, page, valeur="42", motif="un zéro de trop").status_code == 302
    one.refresh_from_db()
    assert (one.valeur, one.correction.valeur, one.correction.statut) == (420, 42, "provisoire")
    assert EntreeDeTrace.objects.get(avant="420").motif == "un zéro de trop"
    assert "déjà été corrigé" in text(fill(client, url, valeur="41", motif="encore"))


def test_the_team_validates_in_one_gesture_and_contests_with_a_reason(as_: As, owned: SuiviDIndicateur) -> None:
    one, client = releve(owned), as_("equipe")
    assert client.post(at(owned, "releve-valider", one.pk)).status_code == 302
    one.refresh_from_db()
    assert one.statut == "valide"
    url = at(owned, "releve-contester", one.pk)
    assert "motif" in fill(client, url).context["form"].errors
    assert fill(client, url, motif="double compte").status_code == 302
    one.refresh_from_db()
    assert one.statut == "conteste"
    assert fill(client, at(owned, "releve-valider", one.pk), motif="vérifié").status_code == 302
    assert [after for _, _, after in told()] == ["validé", "contesté", "validé"]


def test_a_reading_corrected_meanwhile_is_not_judged(as_: As, owned: SuiviDIndicateur) -> None:
    one = releve(owned)
    page = as_("equipe").get(at(owned, "releve-valider", one.pk))
    releve(owned, "43", corrige=one)
    again = send(as_("equipe"), at(owned, "releve-valider", one.pk), page)
    assert again.status_code == 409
    assert "43" in text(again)
    assert "jugez celui qui le remplace" in text(send(as_("equipe"), at(owned, "releve-valider", one.pk), again))


# Who may


def test_a_partner_gives_readings_of_its_own_indicators_alone(as_: As, vallon: EspaceDeContrat) -> None:
    client = as_("partenaire")
    for code, owner in (("I02", body("caf")), ("I03", None)):
        of = indicateur(vallon, code, organisme=owner)
        one = releve(of)
        for url in (at(of), at(of, "releve-corriger", one.pk)):
            for answer in (client.get(url), client.post(url, {"valeur": "1", **PERIOD})):
                assert answer.status_code == 403
                assert "est réservé à l’équipe du contrat" in answer.content.decode().replace("\xa0", " ")
        assert of.releves.count() == 1


def test_a_reading_or_a_target_of_another_indicator_is_not_found(
    as_: As, owned: SuiviDIndicateur, vallon: EspaceDeContrat, colline: EspaceDeContrat
) -> None:
    client = as_("administration")
    for other in (indicateur(vallon, "I02"), indicateur(colline, "I01")):
        read, wanted = releve(other).pk, cible(other).pk
        urls = [at(owned, f"releve-{name}", read) for name in ("corriger", "valider", "contester")]
        urls += [at(owned, f"cible-{name}", wanted) for name in ("modifier", "retirer")]
        for url in urls:
            assert {client.get(url).status_code, client.post(url).status_code} == {404}
    assert ReleveDIndicateur.objects.filter(statut="provisoire").count() == 2


def test_a_withdrawn_indicator_is_followed_no_more(as_: As, owned: SuiviDIndicateur) -> None:
    owned.indicateur.retire = True
    owned.indicateur.save()
    assert {as_("equipe").get(at(owned, name)).status_code for name in ("relever", "definir")} == {404}
