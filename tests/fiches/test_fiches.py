"""Changing a fiche: who may, what is traced, what is refused, what two people do at once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenir.core import trace
from tenir.core.models import EntreeDeTrace
from tenir.ecran.versions import Conflit
from tenir.fiches.enums import Statut
from tenir.fiches.histoire import history_of
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.jalons import create_jalon, delete_jalon, update_jalon
from tenir.fiches.services.nouvelles import give_news, remove_partner, set_part
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, Refus
from tests.personnes import body, person
from tests.vie import fiche, jalon

pytestmark = pytest.mark.deux_bases


def change(
    by: Acces, of: FicheAction, *, version: int | None = None, motif: str = "", **changes: object
) -> FicheAction:
    return update_fiche(by=by, fiche=of, version=version or of.version, changes=changes, motif=motif)


def told() -> list[tuple[str, str, str]]:
    return list(EntreeDeTrace.objects.filter(genre="fiche action").values_list("champ", "avant", "apres"))


def test_each_field_that_changes_leaves_its_entry(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon)
    changed = change(equipe, of, statut="en-cours", debut_prevu=date(2026, 3, 12), public_vise="")
    assert (changed.statut, changed.version, changed.statut_depuis) == ("en-cours", 2, timezone.localdate())
    assert sorted(told()) == [
        ("début prévu", "", "12\u00a0mars 2026"),
        ("statut", "rien n’est annoncé", "en cours"),
    ]


def test_saving_without_a_change_leaves_nothing(vallon: EspaceDeContrat, equipe: Acces) -> None:
    assert change(equipe, fiche(vallon, statut="en-cours"), statut="en-cours").version == 1
    assert told() == []


def test_a_person_in_charge_is_traced_by_her_number(vallon: EspaceDeContrat, equipe: Acces) -> None:
    someone = person("Ida Essai", signs_in=False)
    of = change(equipe, fiche(vallon), personne_en_charge=someone)
    assert told() == [("personne en charge", "", f"personne n° {someone.pk}")]
    assert "Ida Essai" in history_of(of, Niveau.EQUIPE)[0].phrase


def test_an_abandoned_action_says_why(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon)
    with pytest.raises(ValidationError, match="pourquoi"):
        change(equipe, of, statut="abandonnee")
    done = update_fiche(by=equipe, fiche=of, version=1, changes={"statut": "abandonnee", "motif": "Local vendu."})
    assert done.get_statut_display() == "abandonnée"


def test_a_calendar_does_not_end_before_it_begins(vallon: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValidationError, match="se termine avant de commencer"):
        change(equipe, fiche(vallon), debut_prevu=date(2026, 5, 1), fin_prevue=date(2026, 4, 1))


def test_a_real_day_has_come(vallon: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValidationError, match="jour passé"):
        change(equipe, fiche(vallon), debut_reel=timezone.localdate() + timedelta(days=1))


def test_a_field_that_is_not_written_by_hand_is_refused(vallon: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValueError, match="not fields"):
        change(equipe, fiche(vallon), ouverte_le=date(2020, 1, 1))


def test_two_people_on_one_fiche_the_second_sees_what_she_would_lose(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon)
    change(equipe, of, statut="en-cours", prochaine_etape="Choisir le local")
    with pytest.raises(Conflit) as caught:
        change(equipe, of, version=1, statut="realisee", public_vise="parents")
    assert [(one.champ, one.actuel, one.propose) for one in caught.value.differences] == [
        ("statut", "en cours", "réalisée"),
        ("public visé", "", "parents"),
    ]
    of.refresh_from_db()
    assert (of.statut, of.version) == ("en-cours", 2)


def test_a_partner_changes_what_its_body_carries_and_nothing_else(vallon: EspaceDeContrat, ccas: Acces) -> None:
    assert change(ccas, fiche(vallon, pilots=("ccas",)), statut="en-cours").statut == "en-cours"
    with pytest.raises(Refus, match="équipe"):
        change(ccas, fiche(vallon, "O01-A02", pilots=("caf",)), statut="en-cours")
    with pytest.raises(Refus):
        change(ccas, fiche(vallon, "O01-A03"), statut="en-cours")


def test_a_partner_does_not_say_who_carries_an_action(vallon: EspaceDeContrat, ccas: Acces) -> None:
    with pytest.raises(Refus, match="Désigner"):
        change(ccas, fiche(vallon, pilots=("ccas",)), organisme_en_charge=body("caf"))


def test_a_settled_body_takes_the_place_of_the_printed_one(vallon: EspaceDeContrat, equipe: Acces, ccas: Acces) -> None:
    of = change(equipe, fiche(vallon, pilots=("ccas",)), organisme_en_charge=body("caf"))
    with pytest.raises(Refus):
        change(ccas, of, statut="en-cours")


def test_someone_who_reads_changes_nothing(vallon: EspaceDeContrat, lecture: Acces) -> None:
    of = fiche(vallon)
    for act in (
        lambda: change(lecture, of, statut="en-cours"),
        lambda: create_jalon(by=lecture, fiche=of, titre="Ouvrir", prevu_le=date(2026, 5, 1)),
        lambda: give_news(by=lecture, fiche=of, texte="Rien"),
        lambda: set_part(by=lecture, fiche=of, organisation=body("caf"), part="payer"),
    ):
        with pytest.raises(Refus):
            act()
    assert told() == []


def test_a_jalon_is_added_revised_reached_and_told(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon)
    made = create_jalon(by=equipe, fiche=of, titre=" Signer le bail ", prevu_le=date(2026, 5, 1))
    update_jalon(by=equipe, jalon=made, changes={"revise_le": date(2026, 6, 1)}, motif="notaire absent")
    reached = update_jalon(by=equipe, jalon=made, changes={"atteint_le": date(2026, 5, 28)})
    assert (reached.attendu, reached.attendu_le) == (False, date(2026, 6, 1))
    assert [champ for champ, _, _ in sorted(told())] == [
        "jalon « Signer le bail »",
        "jalon « Signer le bail », atteint le",
        "jalon « Signer le bail », révisé au",
    ]
    assert trace.EntreeDeTrace.objects.filter(motif="notaire absent").count() == 1


def test_a_jalon_is_not_reached_on_a_day_to_come(vallon: EspaceDeContrat, equipe: Acces) -> None:
    made = jalon(fiche(vallon), date(2026, 5, 1))
    with pytest.raises(ValidationError, match="pas encore venu"):
        update_jalon(by=equipe, jalon=made, changes={"atteint_le": timezone.localdate() + timedelta(days=1)})


def test_a_jalon_typed_by_mistake_goes_and_the_trace_stays(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon)
    delete_jalon(by=equipe, jalon=jalon(of, date(2026, 5, 1)))
    assert not of.jalons.exists()
    assert told()[0][2] == "retiré"


def test_the_last_news_is_the_latest_day_told(vallon: EspaceDeContrat, ccas: Acces) -> None:
    of = fiche(vallon, pilots=("ccas",))
    given = give_news(by=ccas, fiche=of, texte="Douze ateliers tenus.", le=date(2026, 6, 3))
    give_news(by=ccas, fiche=of, texte="Local trouvé.", le=date(2026, 2, 3))
    of.refresh_from_db()
    assert (of.derniere_nouvelle_le, given.pour, given.auteur) == (date(2026, 6, 3), body("ccas"), ccas.personne)


def test_news_of_tomorrow_are_refused(vallon: EspaceDeContrat, equipe: Acces) -> None:
    with pytest.raises(ValidationError, match="jour passé"):
        give_news(by=equipe, fiche=fiche(vallon), texte="Ouvert", le=timezone.localdate() + timedelta(days=1))


def test_a_partner_of_an_action_has_a_part_that_changes(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = fiche(vallon)
    row = set_part(by=equipe, fiche=of, organisation=body("caf"), part="finance le lieu")
    set_part(by=equipe, fiche=of, organisation=body("caf"), part="finance et anime")
    remove_partner(by=equipe, partenaire=row)
    assert len(told()) == 3
    assert not of.partenaires.exists()


def test_the_history_hides_what_a_level_may_not_read(vallon: EspaceDeContrat, equipe: Acces) -> None:
    of = change(equipe, fiche(vallon), statut="en-cours", difficultes="Le porteur ne répond plus.", motif="revue")
    assert "Statut\u00a0: rien n’est annoncé → en cours" in {one.phrase for one in history_of(of, Niveau.PARTENAIRES)}
    shared = " ".join(one.phrase for one in history_of(of, Niveau.PARTENAIRES))
    assert "répond" not in shared
    assert any("répond" in one.phrase for one in history_of(of, Niveau.EQUIPE))
    assert {one.qui for one in history_of(of, Niveau.EQUIPE)} == {"Basile Pivot"}


def test_the_database_refuses_what_no_fiche_is(vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="en-cours")
    for fields in (
        {"statut": "perdue"},
        {"statut": "abandonnee", "motif": ""},
        {"statut": ""},
        {"debut_reel": date(2026, 5, 1), "fin_reelle": date(2026, 4, 1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FicheAction.objects.filter(pk=of.pk).update(**fields)


def test_every_status_has_a_word() -> None:
    assert len({status.label for status in Statut}) == 6
