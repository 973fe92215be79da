"""The contract in one picture, and its years: what anyone reads, the same as the words beside."""

from datetime import date
from unicodedata import normalize

from tenir.contrat.models import ActionPrevue
from tenir.fiches.models import FicheAction
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import stamp_of, with_steps
from tenir.public.annees import NOT_DATED, years
from tenir.public.coup_d_oeil import glance


def declare(espace: EspaceDeContrat, statut: str, **fields: object) -> None:
    rows = FicheAction.objects.filter(espace=espace, action__code="O01-A01")
    rows.update(statut=statut, statut_depuis=date(2026, 3, 12), motif="Le bail attend.", **fields)


def flat(html: str) -> str:
    return " ".join(normalize("NFKC", html).split())


def test_each_action_is_a_square_that_leads_to_it_and_says_what_its_stamp_says(fictif, page):
    declare(fictif, "en-cours", fin_prevue=date(2020, 1, 1))
    drawn = {one.nom: one for axe in glance(fictif).axes for row in axe.rangs for one in row.carres}
    actions = ActionPrevue.objects.of(fictif).principales().select_related("fiche").prefetch_related(with_steps())
    said = {action.code: stamp_of(action).word.lower() for action in actions}
    assert said["O01-A01"].endswith("en retard")
    assert len(drawn) == len(actions) == 40
    for action in actions:
        square = drawn[f"{action.code} {action.titre}"]
        assert said[action.code].endswith(square.signe.seul or square.signe.mot)
        assert square.url.endswith(f"/actions/{action.code}")


def test_the_home_of_a_contract_counts_its_squares_in_words(fictif, page):
    declare(fictif, "realisee")
    html = flat(page(fictif))
    assert "1 réalisée" in html
    assert "39 dont rien n’est annoncé" in html
    assert html.count('href="#signe-coche"') == 1


def test_an_axis_and_an_orientation_show_the_squares_of_their_actions(fictif, page):
    declare(fictif, "suspendue")
    for address in ("axes/A", "orientations/O01"):
        html = flat(page(fictif, address))
        assert html.count('href="#signe-barres"') == 1
        assert "1 suspendue" in html


def test_where_actions_were_not_read_no_square_is_drawn_and_it_is_said(fictif, page):
    ActionPrevue.objects.filter(espace=fictif).update(retire=True)
    fictif.non_lus = ["actions"]
    fictif.save(update_fields=["non_lus"])
    html = flat(page(fictif))
    assert "legende-des-carres" not in html
    assert html.count("actions non lues") >= 10


def test_the_years_tell_the_dates_of_the_contract_and_what_is_not_dated(fictif):
    declare(fictif, "en-cours", fin_prevue=date(2028, 5, 1))
    told = {
        one.year: " ; ".join([one.note, *one.notes]).replace("\xa0", " ") for one in years(fictif, date(2026, 11, 30))
    }
    assert list(told) == list(range(2024, 2031))
    assert "signature, 28 juin" in told[2024]
    assert "aujourd’hui, 30 novembre" in told[2026]
    assert "évaluation à mi-parcours" in told[2027]
    assert "fin prévue de 1 action" in told[2028]
    assert NOT_DATED in told[2029]
    assert "terme" in told[2030]


def test_a_revised_date_that_the_public_does_not_read_does_not_move_the_years(fictif):
    declare(fictif, "en-cours", fin_prevue=date(2028, 5, 1), fin_revisee=date(2029, 5, 1))
    told = {one.year: one for one in years(fictif, date(2026, 11, 30))}
    assert told[2029].note == NOT_DATED


def test_what_is_late_is_drawn_late_where_the_team_lets_it_be_read(fictif):
    declare(fictif, "en-cours", fin_prevue=date(2025, 1, 1))
    assert flat(glance(fictif).legende[0].mots) == "1 en retard"
    fictif.publie_retards = False
    fictif.save(update_fields=["publie_retards"])
    assert flat(glance(fictif).legende[0].mots) == "1 en cours"


def test_the_promises_of_each_signatory_are_drawn_where_the_team_lets_them_be_read(fictif, page):
    html = flat(page(fictif, "signataires/"))
    assert "Qui tient ses engagements" in html
    assert "65 dont rien n’est annoncé" in html
    fictif.publie_engagements = False
    fictif.save(update_fields=["publie_engagements"])
    html = flat(page(fictif, "signataires/"))
    assert "Non publié par l’équipe du contrat : l’état des engagements." in html
    assert "Qui tient ses engagements" not in html
    assert 'class="carre"' not in html
