"""A calendar brought in: each of its days is planned or explained, once; nobody in it is kept."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tenir.acteurs.models import Personne
from tenir.activite.agenda.titres import looks_named
from tenir.activite.ecrans import agendas as ecran
from tenir.activite.enums import Confiance, Source, Statut
from tenir.activite.models import Entree, TitreDAgenda
from tenir.activite.services.agendas import import_agenda, read
from tenir.activite.services.apercu_d_agenda import (
    A_DIRE,
    AJOUTEE,
    CHANGEE,
    CONNUE,
    LAISSEE,
    LAISSER,
    SANS_TITRE,
    Apercu,
    digest,
    preview,
)
from tenir.activite.services.entree import correct_entree
from tenir.activite.services.importation_de_natures import ApercuPerime
from tenir.activite.services.valeurs import given_of
from tenir.contrat.models import Lieu
from tenir.core import horloge
from tenir.core.models import EntreeDeTrace
from tenir.ecran.annulation.annuler import mark_of, standing, undo
from tenir.ecran.models import Geste
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, Refus, acces_of
from tests.activite.agendas import calendar, event
from tests.activite.registre import VEILLE, entree, kinds
from tests.activite.routes import daily
from tests.formulaires import held, text
from tests.personnes import body

pytestmark = pytest.mark.deux_bases
As = Callable[[str], Client]
AT = "/espace/vallon/activite/agenda/"


def day(espace: EspaceDeContrat, away: int) -> date:
    return horloge.today(espace) + timedelta(days=away)


def at(espace: EspaceDeContrat, away: int, hour: str = "140000") -> str:
    return f"DTSTART;TZID=Europe/Paris:{day(espace, away):%Y%m%d}T{hour}"


def shown(espace: EspaceDeContrat, content: bytes, choix: dict[str, str], of: str = "ccas") -> Apercu:
    """What a file would do, its titles said by their words."""
    said = {digest(espace, body(of), titre): code for titre, code in choix.items()}
    return preview(espace, body(of), read(espace, content), Niveau.PARTENAIRES, said)


def bring(by: Acces, espace: EspaceDeContrat, content: bytes, of: str = "ccas", **choix: str) -> Apercu:
    """Bring a file in as it was shown: « Café » is a workshop unless said otherwise."""
    said = {titre.replace("_", " "): code for titre, code in ({"Café": "atelier"} | choix).items()}
    found = shown(espace, content, said, of)
    import_agenda(
        by=by,
        espace=espace,
        organisme=body(of),
        lecture=read(espace, content),
        niveau=Niveau.PARTENAIRES,
        choix={digest(espace, body(of), titre): code for titre, code in said.items()},
        empreinte=found.empreinte,
    )
    return found


def sorts(found: Apercu) -> list[str]:
    return [one.sort for one in found.lignes]


def test_days_past_and_to_come_are_planned_and_count_nothing(vallon: EspaceDeContrat, ccas: Acces) -> None:
    two = calendar(
        event("a@x", at(vallon, -7), "DURATION:PT2H", titre="Café"), event("b@x", at(vallon, 7), titre="Café")
    )
    found = bring(ccas, vallon, two)
    assert (sorts(found), found.gardees, found.ecrites) == ([AJOUTEE, AJOUTEE], 2, 2)
    past, soon = Entree.objects.order_by("debut")
    assert (past.debut, past.minutes, past.statut, past.source) == (day(vallon, -7), 120, Statut.PREVUE, Source.AGENDA)
    assert (soon.minutes, soon.titre, soon.organisme, soon.counted) == (None, "Café", body("ccas"), False)


def test_the_same_file_again_asks_nothing_and_adds_nothing(vallon: EspaceDeContrat, ccas: Acces) -> None:
    back = calendar(event("a@x", at(vallon, -14), "RRULE:FREQ=WEEKLY;COUNT=3", titre="Café"))
    bring(ccas, vallon, back)
    again = shown(vallon, back, {})
    assert (sorts(again), again.a_dire, again.titres[0].connu) == ([CONNUE] * 3, 0, True)
    bring(ccas, vallon, back)
    assert Entree.objects.count() == 3


def test_an_event_that_moved_moves_its_planned_entry_and_keeps_what_was_written_on_it(
    vallon: EspaceDeContrat, ccas: Acces
) -> None:
    bring(ccas, vallon, calendar(event("a@x", at(vallon, 5), "DURATION:PT1H", titre="Café")))
    made = Entree.objects.get()
    correct_entree(by=ccas, entree=made, version=1, changes={"titre": "Goûter"}, exact=True)
    found = bring(ccas, vallon, calendar(event("a@x", at(vallon, 6), "DURATION:PT2H", titre="Café")))
    assert sorts(found) == [CHANGEE]
    made.refresh_from_db()
    assert (made.debut, made.fin, made.minutes, made.titre) == (day(vallon, 6), day(vallon, 6), 120, "Goûter")
    assert EntreeDeTrace.objects.filter(objet="1", motif="agenda importé").exists()


def test_what_was_said_of_a_session_since_is_never_written_over(vallon: EspaceDeContrat, ccas: Acces) -> None:
    bring(ccas, vallon, calendar(event("a@x", at(vallon, -5), titre="Café")))
    made = Entree.objects.get()
    held_now = {"statut": Statut.TENUE}
    correct_entree(
        by=ccas, entree=made, version=1, changes=held_now, valeurs={("presents", ""): Decimal(12)}, exact=True
    )
    found = bring(ccas, vallon, calendar(event("a@x", at(vallon, -4), titre="Café")))
    assert sorts(found) == ["déjà inscrite, n° 1 : tenue"]
    made.refresh_from_db()
    assert made.debut == day(vallon, -5)


def test_what_is_cancelled_is_explained_and_names_the_entry_that_stays(vallon: EspaceDeContrat, ccas: Acces) -> None:
    bring(ccas, vallon, calendar(event("a@x", at(vallon, 5), titre="Café")))
    (line,) = shown(vallon, calendar(event("a@x", at(vallon, 5), "STATUS:CANCELLED", titre="Café")), {}).lignes
    assert (line.gardee, "annulé" in line.sort, "n°\u00a01 reste" in line.detail) == (False, True, True)


def test_what_another_file_planned_and_this_one_does_not_say_stays_and_is_told(
    vallon: EspaceDeContrat, ccas: Acces
) -> None:
    bring(ccas, vallon, calendar(event("a@x", at(vallon, 5), titre="Café")))
    (remark,) = shown(vallon, calendar(event("b@x", at(vallon, 6), titre="Café")), {}).remarques
    assert "pas dans ce fichier" in remark


def test_two_bodies_that_share_a_calendar_have_each_their_own(vallon: EspaceDeContrat, equipe: Acces) -> None:
    one = calendar(event("a@x", at(vallon, 5), titre="Café"))
    bring(equipe, vallon, one)
    assert sorts(shown(vallon, one, {}, "caf")) == [A_DIRE]
    bring(equipe, vallon, one, "caf")
    assert set(Entree.objects.values_list("organisme__identifiant", flat=True)) == {"ccas", "caf"}


def test_a_title_that_is_left_is_explained_and_remembered(vallon: EspaceDeContrat, ccas: Acces) -> None:
    two = calendar(event("a@x", at(vallon, 5), titre="Café"), event("b@x", at(vallon, 6), titre="Dentiste"))
    found = bring(ccas, vallon, two, Dentiste=LAISSER)
    assert sorts(found) == [AJOUTEE, LAISSEE]
    assert sorts(shown(vallon, two, {})) == [CONNUE, LAISSEE]
    assert not {str(one.empreinte) for one in TitreDAgenda.objects.all()} & {"Dentiste", "dentiste"}


def test_a_title_nobody_said_anything_of_stops_all(vallon: EspaceDeContrat, ccas: Acces) -> None:
    with pytest.raises(ValidationError, match="chaque titre"):
        bring(ccas, vallon, calendar(event("a@x", at(vallon, 5), titre="Autre chose")))
    assert not Entree.objects.exists()


def test_what_is_no_more_what_was_shown_is_not_written(vallon: EspaceDeContrat, ccas: Acces) -> None:
    lecture = read(vallon, calendar(event("a@x", at(vallon, 5), titre="Café")))
    said = {digest(vallon, body("ccas"), "Café"): "atelier"}
    given: dict[str, Any] = {"lecture": lecture, "niveau": Niveau.PARTENAIRES, "choix": said, "empreinte": "autre"}
    with pytest.raises(ApercuPerime):
        import_agenda(by=ccas, espace=vallon, organisme=body("ccas"), **given)


def test_a_partner_brings_in_the_calendar_of_her_body_alone(vallon: EspaceDeContrat, ccas: Acces) -> None:
    with pytest.raises(Refus):
        bring(ccas, vallon, calendar(event("a@x", at(vallon, 5), titre="Café")), "caf")


def test_a_kind_of_the_team_is_offered_to_the_team_alone(vallon: EspaceDeContrat, equipe: Acces) -> None:
    kinds(vallon, VEILLE)
    one = calendar(event("a@x", at(vallon, 5), titre="Ronde"))
    assert sorts(shown(vallon, one, {"Ronde": "veille"})) == [A_DIRE]
    said = {digest(vallon, body("ccas"), "Ronde"): "veille"}
    found = preview(vallon, body("ccas"), read(vallon, one), Niveau.EQUIPE, said)
    assert sorts(found) == [AJOUTEE]


def test_a_day_that_comes_back_already_is_explained(vallon: EspaceDeContrat, equipe: Acces) -> None:
    daily(vallon)
    (line,) = shown(vallon, calendar(event("a@x", at(vallon, -1), titre="Café")), {"Café": "atelier"}).lignes
    assert (line.gardee, "série n° 1" in line.sort) == (False, True)


def test_a_place_of_the_contract_is_found_and_no_other_is_kept(vallon: EspaceDeContrat, ccas: Acces) -> None:
    lieu = Lieu.objects.create(espace=vallon, code="L77", ordre=77, nom="Maison des habitants")
    told = ["LOCATION:Salle 2\\, MAISON DES HABITANTS\\, 3 place du Marché", "LOCATION:chez Mme Fictive"]
    bring(ccas, vallon, calendar(*(event(f"{n}@x", at(vallon, n), one, titre="Café") for n, one in enumerate(told))))
    first, second = Entree.objects.order_by("debut")
    assert (first.lieu, second.lieu, second.autre_lieu) == (lieu, None, "")


@pytest.mark.une_base
@pytest.mark.parametrize("titre", ["Entretien Mme Fictive", "Rdv 06 12 34 56 78", "Bilan Michel", "bilan michel"])
def test_a_title_that_names_someone_is_not_kept_and_it_is_said(
    vallon: EspaceDeContrat, ccas: Acces, titre: str
) -> None:
    one = calendar(event("a@x", at(vallon, 5), titre=titre))
    (line,) = shown(vallon, one, {titre: "atelier"}).lignes
    assert line.detail == SANS_TITRE.replace(" :", "\u00a0:")
    bring(ccas, vallon, one, **{titre.replace(" ", "_"): "atelier"})
    assert Entree.objects.get().titre == ""
    kept = [str(value) for row in EntreeDeTrace.objects.values_list("avant", "apres", "motif") for value in row]
    kept += [str(row) for row in Geste.objects.values_list("phrase", "faits")]
    assert not [one for one in kept if titre.split()[-1] in one]


@pytest.mark.une_base
@pytest.mark.parametrize("titre", ["Café du mardi", "Permanence CAF", "Conseil citoyen", "Atelier couture 👗"])
def test_a_plain_title_is_kept(titre: str) -> None:
    assert not looks_named(titre)


def test_the_title_of_the_kind_itself_is_not_said_twice(vallon: EspaceDeContrat, ccas: Acces) -> None:
    bring(ccas, vallon, calendar(event("a@x", at(vallon, 5), titre="ATELIER")), ATELIER="atelier")
    assert Entree.objects.get().titre == ""


def test_two_events_alike_on_one_day_are_both_planned_and_one_noted_before_makes_the_next_wait(
    vallon: EspaceDeContrat, ccas: Acces
) -> None:
    two = [event("a@x", at(vallon, 5), titre="Café"), event("b@x", at(vallon, 5, "180000"), titre="Café")]
    bring(ccas, vallon, calendar(*two))
    assert set(Entree.objects.values_list("confiance", flat=True)) == {Confiance.RETENUE}
    bring(ccas, vallon, calendar(*two, event("c@x", at(vallon, 5), titre="Café")))
    assert Entree.objects.get(confiance=Confiance.DECLAREE).numero == 3


def test_what_writing_costs_hardly_grows_with_the_file(vallon: EspaceDeContrat, ccas: Acces) -> None:
    def taken(name: str, count: int) -> int:
        rule = f"RRULE:FREQ=DAILY;COUNT={count}"
        with CaptureQueriesContext(connection) as caught:
            bring(ccas, vallon, calendar(event(name, at(vallon, -80), rule, titre="Café")))
        return len(caught)

    taken("a@x", 2)
    few = taken("b@x", 5)
    assert taken("c@x", 105) <= few + 30  # the sums of two more months, and the end of the trace kept outside


def test_all_of_it_is_undone_at_once_and_may_be_brought_in_again(vallon: EspaceDeContrat, ccas: Acces) -> None:
    back = calendar(event("a@x", at(vallon, -14), "RRULE:FREQ=WEEKLY;COUNT=3", titre="Café"))
    bring(ccas, vallon, back)
    geste = Geste.objects.get()
    undo(by=ccas, geste=geste, shown=mark_of(standing(geste, ccas)))
    assert not Entree.objects.exists()
    assert sorts(bring(ccas, vallon, back)) == [AJOUTEE] * 3


def test_what_a_preview_costs_does_not_grow_with_the_file(vallon: EspaceDeContrat, ccas: Acces) -> None:
    def taken(count: int) -> int:
        content = calendar(event("a@x", at(vallon, -80), f"RRULE:FREQ=DAILY;COUNT={count}", titre="Café"))
        with CaptureQueriesContext(connection) as caught:
            shown(vallon, content, {"Café": "atelier"})
        return len(caught)

    assert taken(2) == taken(60) <= 8


# The screen.


def send(client: Client, content: bytes, name: str = "agenda.ics") -> HttpResponse:
    given = {"organisme": body("ccas").pk, "fichier": SimpleUploadedFile(name, content)}
    return client.post(AT, given)


def sent_again(page: HttpResponse, **typed: str) -> dict[str, str]:
    return held(page) | typed


def test_a_partner_brings_her_calendar_in_three_pages(as_: As, vallon: EspaceDeContrat) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    client = as_("partenaire")
    assert "Importer un agenda" in client.get("/espace/vallon/activite/").content.decode()
    two = calendar(event("a@x", at(vallon, -2), titre="Café"), event("b@x", at(vallon, -1), titre="Dentiste"))
    page = send(client, two)
    assert "2 événements lus" in text(page)
    assert "confirmer" not in page.content.decode()
    said = {f"titre-{digest(vallon, body('ccas'), 'Café')}": "atelier"}
    said |= {f"titre-{digest(vallon, body('ccas'), 'Dentiste')}": LAISSER}
    page = client.post(AT, sent_again(page, **said))
    assert "1 gardée, 1 expliquée" in text(page)
    done = client.post(AT, sent_again(page, confirmer="1"), follow=True)
    assert "Une séance prévue" in text(done) or "1 séance prévue" in text(done)
    assert "Annuler" in text(done)
    assert Entree.objects.get().statut == Statut.PREVUE
    known = send(client, two)
    assert "2 titres connus depuis un autre fichier" in text(known)
    assert "De quoi s’agit-il" not in text(known)


def test_a_choice_changed_with_the_last_button_is_shown_again_first(as_: As, vallon: EspaceDeContrat) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    client = as_("partenaire")
    page = send(client, calendar(event("a@x", at(vallon, -2), titre="Café")))
    field = f"titre-{digest(vallon, body('ccas'), 'Café')}"
    page = client.post(AT, sent_again(page, **{field: "atelier"}))
    done = client.post(AT, sent_again(page, **{field: LAISSER, "confirmer": "1"}))
    assert (done.status_code, "Rien n’est enregistré" in text(done), Entree.objects.exists()) == (409, True, False)


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("content", "said"), [(b"PK\x03\x04\0", "pas du texte"), (b"", "vide"), (calendar()[:20], "aucun événement")]
)
def test_what_is_no_calendar_is_said_beside_the_file(
    as_: As, vallon: EspaceDeContrat, content: bytes, said: str
) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    done = send(as_("equipe"), content)
    assert (done.status_code, said in text(done)) == (422, True)


def test_a_page_that_is_forged_or_too_old_writes_nothing(as_: As, vallon: EspaceDeContrat, monkeypatch) -> None:
    OrganismeRetenu.objects.create(espace=vallon, organisation=body("ccas"))
    client = as_("partenaire")
    page = send(client, calendar(event("a@x", at(vallon, -2), titre="Café")))
    given = sent_again(page, confirmer="1")
    assert "trop vieille" in text(client.post(AT, given | {"agenda": given["agenda"][:-1]}))
    monkeypatch.setattr(ecran, "DAY", -1)
    assert "trop vieille" in text(client.post(AT, given))
    assert not Entree.objects.exists()


def test_the_file_of_a_body_is_not_sent_for_another(as_: As, vallon: EspaceDeContrat) -> None:
    for one in ("ccas", "caf"):
        OrganismeRetenu.objects.create(espace=vallon, organisation=body(one))
    content = SimpleUploadedFile("agenda.ics", calendar(event("a@x", at(vallon, -2), titre="Café")))
    done = as_("partenaire").post(AT, {"organisme": body("caf").pk, "fichier": content})
    assert done.status_code == 422


# Said to be held, or not.


def planned(people: dict[str, Personne], espace: EspaceDeContrat, away: int) -> Entree:
    by = acces_of(people["equipe"])
    return entree(by, espace, None, le=day(espace, away), statut="prévue")


def test_a_planned_session_whose_day_has_come_is_said_held_in_two_gestures(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    made = planned(people, vallon, -3)
    client = as_("partenaire")
    assert "Dire si elle a eu lieu" in client.get("/espace/vallon/activite/1/").content.decode()
    url = "/espace/vallon/activite/1/confirmer/"
    refused = client.post(url, {"statut": "tenue", "v_presents": ""})
    assert refused.status_code == 422
    client.post(url, {"statut": "tenue", "v_presents": "14"})
    made.refresh_from_db()
    assert (made.counted, given_of(made)[("presents", "")]) == (True, 14)
    assert client.get(url).status_code == 404


def test_it_may_also_be_said_not_held_and_one_to_come_is_neither(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    made, _ = planned(people, vallon, -3), planned(people, vallon, 3)
    client = as_("partenaire")
    assert client.get("/espace/vallon/activite/2/confirmer/").status_code == 404
    assert "Dire si elle a eu lieu" not in client.get("/espace/vallon/activite/2/").content.decode()
    client.post("/espace/vallon/activite/1/confirmer/", {"statut": "annulée", "v_presents": ""})
    made.refresh_from_db()
    assert made.statut == Statut.ANNULEE


def test_those_that_wait_to_be_said_held_are_one_view_of_the_list(
    as_: As, vallon: EspaceDeContrat, people: dict[str, Personne]
) -> None:
    planned(people, vallon, -3), planned(people, vallon, 3)
    client = as_("equipe")
    page = client.get("/espace/vallon/activite/")
    assert "À confirmer (1)" in text(page)
    view = client.get("/espace/vallon/activite/?statut=prévue&quand=passe").content.decode()
    assert "/activite/1/" in view
    assert "/activite/2/" not in view
