"""The page of a fiche: what each reads of it, and what she may do from it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.contrat.models import OrganismeCite
from tenir.core import horloge
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import update_fiche
from tenir.fiches.services.nouvelles import give_news
from tenir.fiches.services.pieces import add_piece
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import acces_of
from tests.formulaires import text
from tests.personnes import body, person
from tests.vie import fiche, jalon

As = Callable[[str], Client]
People = dict[str, Personne]


def read(client: Client, espace: EspaceDeContrat, code: str = "O01-A01", **asked: object) -> str:
    answer = client.get(reverse("fiche", args=[espace.slug, code]), asked)
    assert answer.status_code == 200
    return text(answer)


def days_ago(count: int) -> date:
    return horloge.today() - timedelta(days=count)


def test_without_any_news_each_absence_is_said(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon)
    page = read(as_("lecture"), vallon)
    for absence in (
        "Rien n’est annoncé de cette action. Personne n’est encore désigné pour la porter.",
        "Personne n’a déclaré de statut.",
        "Prochaine étape rien n’est annoncé",
        "Début non fixé non révisé pas encore",
        "Aucun jalon n’est fixé",
        "Aucune nouvelle n’a encore été donnée",
        "Aucune pièce, aucun lien.",
        "lignes non relevées",
        "Rien n’a encore été changé sur cette fiche.",
        "En charge à désigner",
        "Personne en charge à désigner",
        "Partenaires aucun n’est nommé",
        "Public visé non précisé",
    ):
        assert absence in page


@pytest.mark.parametrize(("who", "reads"), [("lecture", False), ("partenaire", True), ("equipe", True)])
def test_difficulties_are_for_the_team_and_who_carries_it(
    as_: As, vallon: EspaceDeContrat, who: str, reads: bool
) -> None:
    fiche(vallon, pilots=("ccas",), difficultes="Le local est humide.", aide_demandee="Trouver un local.")
    page = read(as_(who), vallon)
    assert ("humide" in page, "Trouver un local" in page, "Aide demandée" in page) == (reads, reads, reads)


def test_a_partner_does_not_read_the_difficulties_of_others(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon, pilots=("caf",), difficultes="Le local est humide.")
    assert "humide" not in read(as_("partenaire"), vallon)


@pytest.mark.parametrize(
    ("who", "carried", "may"),
    [
        ("lecture", "ccas", False),
        ("partenaire", "caf", False),
        ("partenaire", "ccas", True),
        ("equipe", "caf", True),
    ],
)
def test_gestures_are_shown_to_those_who_may(
    as_: As, vallon: EspaceDeContrat, who: str, carried: str, may: bool
) -> None:
    jalon(fiche(vallon, pilots=(carried,)), date(2030, 1, 1))
    page = read(as_(who), vallon)
    for gesture in ("Donner des nouvelles", "Changer le statut", "Atteint aujourd’hui", "Ajouter un partenaire"):
        assert (gesture in page) == may
    assert ("est réservé à l’équipe du contrat" in page) == (not may)


@pytest.mark.parametrize(("who", "may"), [("lecture", False), ("partenaire", False), ("equipe", True)])
def test_only_the_team_is_led_to_say_who_carries_an_action(
    as_: As, vallon: EspaceDeContrat, who: str, may: bool
) -> None:
    fiche(vallon, pilots=("ccas",))
    assert ("Désigner qui porte l’action" in read(as_(who), vallon)) == may


def test_what_is_declared_stands_beside_what_the_facts_say(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="suspendue", statut_depuis=date(2026, 3, 3), motif="Le bail est dénoncé.")
    jalon(of, days_ago(10))
    page = read(as_("lecture"), vallon)
    assert "Suspendue depuis le 3 mars 2026. " in page
    assert "suspendue Depuis le 3 mars 2026. Le bail est dénoncé." in page
    assert "Ce que disent les faits arrêtée" in page


def test_what_is_late_says_since_when(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, statut="en-cours", debut_reel=days_ago(300), fin_prevue=days_ago(40))
    jalon(of, days_ago(12), "Ouvrir le lieu")
    page = read(as_("lecture"), vallon)
    assert "« Ouvrir le lieu » : échéance du" in page
    assert "dépassée de 12 jours." in page
    assert "Déclarée « en cours », mais 2 échéances sont dépassées" in page


def test_the_gap_with_the_facts_is_said(as_: As, vallon: EspaceDeContrat) -> None:
    jalon(fiche(vallon, statut="realisee"), date(2030, 1, 1))
    assert "Déclarée « réalisée », mais 1 jalon reste à atteindre." in read(as_("lecture"), vallon)


def test_each_jalon_says_where_it_stands(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    jalon(of, date(2030, 1, 1), "Bilan", revise_le=date(2030, 3, 1))
    jalon(of, date(2026, 1, 5), "Bail", atteint_le=date(2026, 2, 3))
    jalon(of, date(2026, 1, 6), "Vitrine", abandonne_le=date(2026, 2, 4))
    jalon(of, days_ago(3), "Travaux")
    page = read(as_("lecture"), vallon)
    assert "Bilan 1er janvier 2030 révisé au 1er mars 2030 attendu" in page
    assert "Bail 5 janvier 2026 atteint le 3 février 2026" in page
    assert "Vitrine 6 janvier 2026 abandonné le 4 février 2026" in page
    assert "dépassé depuis le" in page


@pytest.mark.parametrize(
    ("pilots", "settled", "why"),
    [
        (("ccas",), "", "CCAS Nommé par le contrat."),
        (("ccas",), "caf", "CAF Désigné par l’équipe du contrat."),
        (("?Les habitants",), "", "Les habitants à désigner Nommé par le contrat. Un nom imprimé n’est pas un"),
        ((), "", "à désigner Le contrat ne nomme personne"),
    ],
)
def test_who_carries_the_action_says_where_from(
    as_: As, vallon: EspaceDeContrat, pilots: tuple[str, ...], settled: str, why: str
) -> None:
    fiche(vallon, pilots=pilots, organisme_en_charge=body(settled) if settled else None)
    assert f"En charge {why}" in read(as_("lecture"), vallon)


def test_pilots_of_the_orientation_are_said_to_be_so(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    OrganismeCite.objects.create(
        espace=vallon, role="pilote", rang=0, nom="La CAF", organisation=body("caf"), orientation=of.action.orientation
    )
    assert "La CAF L’action n’en nomme pas : repris de son orientation." in read(as_("lecture"), vallon)


def test_partners_of_the_text_and_those_added_say_their_part(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon)
    for rang, (nom, identifiant) in enumerate((("La CAF", "caf"), ("Le bailleur", "bailleur"))):
        OrganismeCite.objects.create(
            espace=vallon, role="partenaire", rang=rang, nom=nom, organisation=body(identifiant), action=of.action
        )
    of.partenaires.create(organisation=body("caf"), part="finance le lieu")
    of.partenaires.create(organisation=body("ccas"), part="anime")
    page = read(as_("lecture"), vallon)
    assert "La CAF nommé par le contrat · finance le lieu" in page
    assert "Le bailleur nommé par le contrat · part non précisée" in page
    assert "CCAS ajouté depuis · anime" in page


@pytest.mark.parametrize("etat", ["signe", "publie"])
def test_signed_words_lead_to_the_document_once_public(as_: As, vallon: EspaceDeContrat, etat: str) -> None:
    of = fiche(vallon)
    type(of.action).objects.filter(pk=of.action_id).update(source="12-14", mots="Ouvrir un lieu.")
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(etat=etat)
    page = as_("lecture").get(reverse("fiche", args=[vallon.slug, of.code])).content.decode()
    assert "Ouvrir un lieu." in page
    assert "lignes 12 à 14" in page
    assert ("voir dans le document" in page, "L’action sur le site public" in page) == ((etat == "publie",) * 2)


def test_news_come_the_latest_first_and_the_older_ones_on_demand(
    as_: As, vallon: EspaceDeContrat, people: People
) -> None:
    of, team = fiche(vallon), acces_of(people["equipe"])
    for rank in range(8):
        give_news(by=team, fiche=of, texte=f"Atelier {rank}", le=days_ago(20 - rank))
    page = read(as_("lecture"), vallon)
    assert page.index("Atelier 7") < page.index("Atelier 3")
    assert "Atelier 2" not in page
    assert "Voir les 3 nouvelles plus anciennes" in page
    assert "Atelier 2" in read(as_("lecture"), vallon, nouvelles=2)


def test_the_history_is_told_in_words_and_kept_together(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    of, team = fiche(vallon, statut="en-cours"), acces_of(people["equipe"])
    changes = {"statut": "suspendue", "motif": "Bail dénoncé", "difficultes": "Le local est humide."}
    update_fiche(by=team, fiche=of, version=1, changes=changes)
    give_news(by=team, fiche=of, texte="Un nouveau local est trouvé.")
    shared, whole = read(as_("lecture"), vallon), read(as_("equipe"), vallon)
    assert "Basile Pivot Statut : en cours → suspendue Raison du statut : Bail dénoncé" in shared
    assert "humide" not in shared
    assert whole.count("humide") == 2
    assert whole.count("Un nouveau local est trouvé.") == 1
    assert ("La trace complète" in whole, "La trace complète" in shared) == (True, False)


def test_a_person_in_charge_is_named_and_her_number_is_not_shown(
    as_: As, vallon: EspaceDeContrat, people: People
) -> None:
    someone = person("Ida Essai", signs_in=False)
    update_fiche(by=acces_of(people["equipe"]), fiche=fiche(vallon), version=1, changes={"personne_en_charge": someone})
    page = read(as_("lecture"), vallon)
    assert page.count("Ida Essai") == 2
    assert "personne n°" not in page


def test_what_is_typed_is_never_taken_for_markup(as_: As, vallon: EspaceDeContrat, people: People) -> None:
    hostile = "<script>alert(1)</script>"
    of = fiche(vallon, prochaine_etape=hostile, difficultes=hostile, public_vise=hostile)
    jalon(of, date(2030, 1, 1), hostile)
    give_news(by=acces_of(people["equipe"]), fiche=of, texte=hostile)
    page = as_("equipe").get(reverse("fiche", args=[vallon.slug, of.code])).content.decode()
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 5


def test_an_action_of_elsewhere_does_not_exist_here(as_: As, vallon: EspaceDeContrat, colline: EspaceDeContrat) -> None:
    fiche(colline)
    assert as_("equipe").get(reverse("fiche", args=[vallon.slug, "O01-A01"])).status_code == 404


@pytest.mark.parametrize("who", ["lecture", "partenaire", "equipe"])
def test_queries_do_not_grow_with_what_a_fiche_holds(
    as_: As, vallon: EspaceDeContrat, people: People, settings, tmp_path, who: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    small, large = fiche(vallon, pilots=("ccas",)), fiche(vallon, "O01-A02", pilots=("ccas",))
    _live(small, acces_of(people["equipe"]), 1)
    _live(large, acces_of(people["equipe"]), 7)
    client = as_(who)
    counts = []
    for of in (small, small, large):  # the first time fills the session
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("fiche", args=[vallon.slug, of.code])).status_code == 200
        counts.append(len(asked))
    assert counts[1] == counts[2]


def _live(of: FicheAction, by: object, times: int) -> None:
    for rank in range(times):
        jalon(of, date(2030, 1, 1) + timedelta(days=rank))
        give_news(by=by, fiche=of, texte=f"Nouvelle {rank}")
        of.partenaires.create(organisation=body(f"partenaire-{rank}"), part="aide")
        add_piece(by=by, fiche=of, niveau=Niveau.PUBLIC, lien=f"https://exemple.test/{rank}")


def test_reading_changes_nothing(as_: As, vallon: EspaceDeContrat) -> None:
    of = fiche(vallon, pilots=("ccas",))
    client = as_("partenaire")
    names = ("fiche", "fiche-modifier", "fiche-statut", "fiche-nouvelle", "fiche-jalon-nouveau", "fiche-piece-nouvelle")
    client.get(reverse("fiche", args=[vallon.slug, of.code]))
    with CaptureQueriesContext(connection) as asked:
        for name in names:
            assert client.get(reverse(name, args=[vallon.slug, of.code])).status_code == 200
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []


def test_who_reads_what_is_one_table(as_: As, vallon: EspaceDeContrat) -> None:
    fiche(vallon)
    page = as_("lecture").get(reverse("fiche-qui-lit-quoi", args=[vallon.slug]))
    assert "Difficultés non non oui" in text(page)
    assert "Public visé oui oui oui" in text(page)
    assert "Silence non oui oui" in text(page)
    assert "Retard oui oui oui" in text(page)
    file = as_("lecture").get(reverse("fiche-qui-lit-quoi-export", args=[vallon.slug, "csv"])).content.decode()
    assert "Contrat vallon;Difficultés;non;non;oui" in file


@pytest.mark.parametrize("name", ["droits", "fiche"])
def test_who_reads_what_is_reached_from_the_rights_and_from_a_fiche(
    as_: As, vallon: EspaceDeContrat, name: str
) -> None:
    args = [vallon.slug] if name == "droits" else [vallon.slug, fiche(vallon).code]
    page = as_("lecture").get(reverse(name, args=args)).content.decode()
    assert reverse("fiche-qui-lit-quoi", args=[vallon.slug]) in page
