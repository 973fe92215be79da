"""The summary by e-mail: to whom, when, what it says, and the one link that changes its rhythm or ends it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tenir.acteurs.models import Personne
from tenir.bureau.models import Resume
from tenir.bureau.services.resumes import Rythme, ask_for_summaries, find, period_before, period_of, token_of
from tenir.core.courriels import send_due
from tenir.core.horloge import simulated
from tenir.core.models import Courriel, EntreeDeTrace
from tenir.core.trace import Auteur, Fait, record
from tenir.ecran.champs import label
from tenir.fiches.models import FicheAction
from tenir.fiches.services.fiche import GENRE as FICHE
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.roles import Role
from tenir.habilitations.services import trace_of
from tests.personnes import contract, member
from tests.vie import fiche, jalon

FIRST = datetime(2027, 2, 1, 7, 30, tzinfo=UTC)
"""The morning of a first of the month, a Monday."""


@pytest.fixture(autouse=True)
def _in_february() -> object:
    with simulated(FIRST):
        yield


def told(espace: EspaceDeContrat, people: dict[str, Personne], text: str = "Deux parrainages signés.") -> None:
    """Something new in January, of an action that « ccas » carries."""
    of = fiche(espace, pilots=("ccas",), statut="en-cours")
    jalon(of, date(2027, 1, 15), "Signer le bail")
    news = of.nouvelles.create(le=date(2027, 1, 20), texte=text, auteur=people["equipe"])
    of.nouvelles.filter(pk=news.pk).update(enregistree_le=datetime(2027, 1, 20, tzinfo=UTC))


def sent(on: datetime = FIRST) -> dict[str, str]:
    """What each receives when the loop runs."""
    ask_for_summaries(on)
    send_due(on)
    return {message.to[0]: f"{message.subject}\n{message.body}".replace("\xa0", " ") for message in mail.outbox}


def of(people: dict[str, Personne], who: str) -> Resume:
    return Resume.objects.get_or_create(personne=people[who])[0]


def url(resume: Resume) -> str:
    return reverse("resume", args=[token_of(resume)])


def test_each_receives_one_message_a_month_with_what_is_new_and_what_waits(
    vallon: EspaceDeContrat, people: dict[str, Personne], settings
) -> None:
    told(vallon, people)
    found = sent()
    hers = found[people["partenaire"].email]
    assert hers.startswith("Contrat vallon : ce qui est nouveau et ce qui vous attend, en janvier 2027")
    for words in ("Contrat vallon", "Deux parrainages signés", "est en retard", f"{settings.ADRESSE}/espace/vallon/"):
        assert words in hers
    assert "Deux parrainages" in found[people["lecture"].email]
    assert "Deux parrainages" not in found[people["equipe"].email]  # her own news
    assert people["administration"].email not in found
    assert people["sans role"].email not in found
    assert people["voisin"].email not in found  # nothing is new, nothing waits


def test_asking_again_asks_for_nothing_more(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    told(vallon, people)
    sent()
    count = len(mail.outbox)
    for day in (1, 5, 26):
        sent(FIRST + timedelta(days=day))
    assert len(mail.outbox) == count
    assert len(sent(FIRST + timedelta(days=28))) > 0
    keys = Courriel.objects.filter(genre="resume").values_list("cle", flat=True)
    assert len(keys) == 2 * len({cle.split("/")[1] for cle in keys})


def test_what_was_said_outside_the_month_is_not_told(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    told(vallon, people)
    for moment in (datetime(2026, 12, 31, 22, tzinfo=UTC), datetime(2027, 1, 31, 23, 30, tzinfo=UTC)):
        vallon.fiches.get().nouvelles.update(enregistree_le=moment)
        ask_for_summaries(FIRST)
        send_due(FIRST)
        assert all("parrainages" not in message.body for message in mail.outbox)


def test_a_change_of_status_is_told(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    fiche(vallon, pilots=("ccas",))
    fact = Fait(FICHE, "O01-A01", label("statut", FicheAction), "à lancer", "en cours")
    with simulated(datetime(2027, 1, 10, tzinfo=UTC)), transaction.atomic():
        record(trace_of(vallon), Auteur(people["equipe"].pk), [fact])
    assert "à lancer → en cours" in sent()[people["partenaire"].email]


def test_someone_weekly_is_told_of_her_week_and_someone_who_wants_none_of_nothing(
    vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    told(vallon, people)
    vallon.fiches.get().nouvelles.update(enregistree_le=datetime(2027, 1, 28, tzinfo=UTC))
    Resume.objects.filter(pk=of(people, "lecture").pk).update(rythme=Rythme.HEBDOMADAIRE)
    Resume.objects.filter(pk=of(people, "partenaire").pk).update(rythme=Rythme.JAMAIS)
    found = sent()
    assert "ce qui vous attend, du 25 janvier 2027 au 31 janvier 2027" in found[people["lecture"].email]
    assert people["partenaire"].email not in found


def test_who_changes_her_mind_before_it_leaves_receives_nothing(
    vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    told(vallon, people)
    ask_for_summaries(FIRST)
    Resume.objects.update(rythme=Rythme.JAMAIS)
    send_due(FIRST)
    assert not mail.outbox


def test_who_has_no_role_or_no_address_any_more_receives_nothing(
    vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    told(vallon, people)
    ask_for_summaries(FIRST)
    Habilitation.objects.filter(personne=people["lecture"]).update(au=date(2026, 11, 1))
    Personne.objects.filter(pk=people["partenaire"].pk).update(email="")
    send_due(FIRST)
    assert not {people["lecture"].email, people["partenaire"].email} & {one.to[0] for one in mail.outbox}


def test_who_came_this_month_waits_for_the_next(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    told(vallon, people)
    Habilitation.objects.filter(espace=vallon).update(du=date(2027, 2, 1))
    assert sent() == {}


def test_one_message_tells_all_her_contracts(
    vallon: EspaceDeContrat, colline: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    told(vallon, people)
    told(colline, people, "Le bail est signé.")
    for espace in (colline, contract("val-d-or")):
        Habilitation.objects.create(personne=people["lecture"], espace=espace, role="lecture", du=date(2026, 1, 5))
    hers = sent()[people["lecture"].email]
    assert "Deux parrainages" in hers
    assert "Le bail est signé" in hers
    assert hers.index("Contrat colline") < hers.index("Contrat vallon")
    assert "val-d-or" not in hers


def test_a_fictitious_contract_says_so(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(fictif=True)
    told(vallon, people)
    hers = sent()[people["lecture"].email]
    assert hers.startswith("[fictif]")
    assert "contrat fictif" in hers


def test_opening_the_link_changes_nothing_and_one_gesture_ends_it(
    client: Client, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    resume = of(people, "lecture")
    for read in (client.get, client.head, client.get):
        assert read(url(resume)).status_code == 200
    resume.refresh_from_db()
    assert resume.rythme == Rythme.MENSUEL
    answer = client.post(url(resume), {"rythme": "jamais"}, follow=True)
    assert "vous ne recevrez plus ce résumé" in answer.content.decode()
    entry = EntreeDeTrace.objects.get(champ="résumé")
    assert (entry.acteur, entry.avant, entry.apres) == (people["lecture"].pk, "chaque mois", "jamais")
    client.post(url(resume), {"rythme": "hebdomadaire"})
    assert "chaque semaine" in client.get(url(resume)).content.decode()


def test_a_mail_program_ends_it_in_one_click(vallon: EspaceDeContrat, people: dict[str, Personne], settings) -> None:
    told(vallon, people)
    ask_for_summaries(FIRST)
    send_due(FIRST)
    message = next(one for one in mail.outbox if one.to == [people["lecture"].email])
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = message.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.ADRESSE)
    program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert of(people, "lecture").rythme == Rythme.JAMAIS


@pytest.mark.parametrize("posted", [{}, {"rythme": "quotidien"}, {"rythme": ""}])
def test_a_rhythm_that_does_not_exist_changes_nothing(
    client: Client, people: dict[str, Personne], posted: dict[str, str]
) -> None:
    resume = of(people, "lecture")
    answer = client.post(url(resume), posted)
    assert answer.status_code == 422
    assert "Choisissez" in answer.content.decode()
    assert of(people, "lecture").rythme == Rythme.MENSUEL


def test_a_forged_link_opens_nothing(client: Client, people: dict[str, Personne]) -> None:
    resume = of(people, "lecture")
    other = token_of(of(people, "equipe")).split("-")[1]
    for wrong in (f"{resume.pk}-{'0' * 64}", f"{resume.pk}-{other}", "x", f"{resume.pk}", f"{10**11}-{'0' * 64}"):
        assert find(wrong) is None
        answer = client.post(f"/resume/{wrong}/", {"rythme": "jamais"})
        assert answer.status_code == 404
        assert "n’ouvre rien" in answer.content.decode()
    assert set(Resume.objects.values_list("rythme", flat=True)) == {Rythme.MENSUEL}


def test_whoever_signs_in_changes_it_too_and_reading_writes_nothing(
    as_: Callable[[str], Client], people: dict[str, Personne]
) -> None:
    client = as_("sans role")
    for name in ("mes-donnees", "mon-resume"):
        assert "chaque mois" in client.get(reverse(name)).content.decode()
    assert not Resume.objects.exists()
    client.post(reverse("mon-resume"), {"rythme": "jamais"})
    assert "Vous ne le recevez plus" in client.get(reverse("mon-resume")).content.decode()


def test_asking_takes_as_many_queries_whatever_the_number_of_people_already_asked(
    vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    def count() -> int:
        ask_for_summaries(FIRST)
        with CaptureQueriesContext(connection) as caught:
            ask_for_summaries(FIRST)
        return len(caught)

    few = count()
    for rank in range(12):
        member(f"Lectrice {rank}", Role.LECTURE, vallon)
    assert count() == few


@given(st.dates(date(2024, 1, 1), date(2035, 1, 1)), st.sampled_from(["mensuel", "hebdomadaire"]))
def test_a_period_is_over_is_named_by_its_key_and_follows_the_one_before(day: date, rythme: str) -> None:
    found = period_before(rythme, day)
    assert found.debut < found.fin <= day
    assert period_of(found.cle) == found
    assert period_before(rythme, found.fin - timedelta(days=1)).fin == found.debut
    assert period_before(rythme, found.fin) == found


def test_the_bounds_of_a_period_are_those_of_paris() -> None:
    start, end = period_of("2026-10").moments()
    assert (start.astimezone(UTC).hour, end.astimezone(UTC).hour) == (22, 23)
    assert timezone.localdate(start) == date(2026, 10, 1)


def test_it_leaves_in_the_morning_of_whoever_reads_it(vallon: EspaceDeContrat, people: dict[str, Personne]) -> None:
    EspaceDeContrat.objects.filter(pk=vallon.pk).update(fuseau="Pacific/Noumea")
    ask_for_summaries(FIRST)
    asked = Courriel.objects.get(cible=f"{people['lecture'].pk}/2027-01")
    assert asked.pas_avant == datetime(2027, 2, 1, 20, 30, tzinfo=UTC)  # 7 h 30 on the 2nd, there
