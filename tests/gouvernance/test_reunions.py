"""A meeting from its planning to its minutes: what rules warn of, what is answered, decided and comes back."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from tenir.contrat.models import DocumentSigne, OrganismeCite, RegleDOrdre
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.ecran.annulation.annuler import undo
from tenir.ecran.models import Geste
from tenir.ecran.versions import Conflit
from tenir.gouvernance.compte_rendu import minutes_of
from tenir.gouvernance.comptes import counts_of
from tenir.gouvernance.echeancier import calendar_of
from tenir.gouvernance.enums import GenreDeRegle
from tenir.gouvernance.models import Convocation, InstanceSuivie, RegleDeGouvernance, Reunion, Siege
from tenir.gouvernance.oubli import forget
from tenir.gouvernance.regles import bodies_on, corpus_of
from tenir.gouvernance.services.instances import add_rule, adopt, end_seat, seat, seat_all
from tenir.gouvernance.services.liens import LienClos, answer
from tenir.gouvernance.services.points import add_point, update_point
from tenir.gouvernance.services.reunions import (
    call_off,
    change,
    convene,
    hold,
    note_attendance,
    publish,
    shown_attendance,
    what_convening_leaves,
    what_holding_leaves,
)
from tenir.gouvernance.services.suites import decide, put_on_agenda, rewrite_decision, say_decision, set_aside
from tenir.habilitations.models import Referent
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.gouvernance.reunions import Comites, comites, convoquee, decision, proposition, reunion
from tests.partage import shared
from tests.personnes import acces, body, contract

pytestmark = pytest.mark.deux_bases


@dataclass
class Salle:
    """The two bodies, the team, and a partner who acts for « ccas »."""

    comites: Comites
    equipe: Acces
    ccas: Acces


@pytest.fixture(scope="module")
def _made(django_db_setup: None, django_db_blocker) -> Iterator[Salle]:
    def make() -> Salle:
        espace = contract("vallon", etat="signe")
        team, partner = acces("Basile Pivot", Role.EQUIPE, espace), acces("Cléo", Role.PARTENAIRE, espace, of="ccas")
        return Salle(comites(espace), team, partner)

    with shared(django_db_blocker, make) as made:
        yield made


@pytest.fixture
def salle(_made: Salle, db: None) -> Salle:
    return deepcopy(_made)


def all_bodies() -> list:
    return [body(name) for name in ("caf", "ccas", "conseil")]


def past(meeting: Reunion, days: int) -> Reunion:
    """The same meeting, so many days ago."""
    Reunion.objects.filter(pk=meeting.pk).update(jour=horloge.today() - timedelta(days=days))
    meeting.refresh_from_db()
    return meeting


def held(by: Acces, instance: InstanceSuivie, days: int) -> Reunion:
    """A meeting that took place so many days ago."""
    found = past(convoquee(by, instance), days)
    return hold(by=by, reunion=found, raisons={one.cle: "Raison fictive." for one in what_holding_leaves(found)})


def test_a_pilotage_with_no_technique_since_the_last_is_warned_and_goes_ahead_with_a_reason(salle: Salle) -> None:
    found = reunion(salle.equipe, salle.comites.pilotage)
    (ecart,) = what_convening_leaves(found, all_bodies())
    assert "Comité technique" in ecart.phrase
    assert ecart.source == "contrat signé, lignes 451 à 453"
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        convene(by=salle.equipe, reunion=found, bodies=all_bodies(), raisons={})
    convene(by=salle.equipe, reunion=found, bodies=all_bodies(), raisons={ecart.cle: "Le poste est vacant."})
    found.refresh_from_db()
    assert found.etat == "convoquee"
    printed = [phrase for part in minutes_of(found).parties for phrase in part.phrases]
    assert any("451 à 453" in phrase and "Le poste est vacant." in phrase for phrase in printed)


@pytest.mark.parametrize(("before", "after", "warned"), [(40, 60, True), (40, 20, False), (0, 20, False)])
def test_the_technique_counts_once_it_met_since_the_last_pilotage(
    salle: Salle, before: int, after: int, warned: bool
) -> None:
    if before:
        held(salle.equipe, salle.comites.pilotage, before)
    held(salle.equipe, salle.comites.technique, after)
    found = reunion(salle.equipe, salle.comites.pilotage)
    assert bool(what_convening_leaves(found, all_bodies())) is warned


def test_the_council_of_residents_left_out_is_warned_of(salle: Salle) -> None:
    held(salle.equipe, salle.comites.technique, 5)
    found = reunion(salle.equipe, salle.comites.pilotage)
    told = what_convening_leaves(found, [body("caf"), body("ccas")])
    assert [one.cle for one in told] == ["presence/G91/conseil"]


def test_the_council_sits_by_the_lines_of_the_rule_that_brings_it_where_the_contract_names_one(salle: Salle) -> None:
    pilotage, technique = salle.comites.pilotage.instance, salle.comites.technique.instance
    RegleDOrdre.objects.create(instance=technique, rang=1, titre="Le conseil siège partout.", source="518")
    OrganismeCite.objects.filter(instance=pilotage).update(fonction="membre selon la règle de G92")
    rules = corpus_of(salle.comites.espace, horloge.today()).of(salle.comites.pilotage, GenreDeRegle.PRESENCE)
    assert [one.source for one in rules] == ["contrat signé, ligne 518"]
    OrganismeCite.objects.filter(instance=pilotage).update(fonction="membre")
    (rule,) = corpus_of(salle.comites.espace, horloge.today()).of(salle.comites.technique, GenreDeRegle.PRESENCE)
    assert rule.source == "contrat signé, ligne 441"


def test_a_reglement_holds_once_adopted_and_not_before(salle: Salle) -> None:
    found = reunion(salle.equipe, salle.comites.technique, days=2)
    assert what_convening_leaves(found, all_bodies()) == []
    with pytest.raises(ValidationError, match="qui l’a adopté"):
        adopt(by=salle.equipe, instance=salle.comites.technique, le=horloge.today(), par=" ")
    adopt(by=salle.equipe, instance=salle.comites.technique, le=horloge.today(), par="le comité")
    (ecart,) = what_convening_leaves(found, all_bodies())
    assert "2 jours avant" in ecart.phrase.replace("\xa0", " ")
    assert "modèle des commissions consultatives" in ecart.source


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("genre", "nombre", "days", "there", "said"),
    [
        ("preavis", 5, 4, 3, "4 jours avant la réunion ; la règle en demande 5"),
        ("preavis", 5, 5, 3, ""),
        ("preavis", 1, 0, 3, "La convocation part le jour même de la réunion ; la règle en demande 1"),
        ("presence", None, 20, 3, "MAIRIE ne reçoit pas de convocation"),
        ("parite", None, 20, 3, ""),
        ("colleges", None, 20, 3, ""),
        ("quorum", 50, -1, 1, "1 organisme présent ou représenté sur 3, il en faut 2"),
        ("quorum", 50, -1, 2, ""),
        ("quorum", 33, -1, 1, ""),
        ("quorum", 34, -1, 1, "il en faut 2"),
        ("quorum", 100, -1, 2, "il en faut 3"),
        ("quorum", 100, -1, 3, ""),
        ("parite", None, -1, (4, 5), ""),
        ("parite", None, -1, (0, 0), ""),
        (
            "parite",
            None,
            -1,
            (6, 4),
            "6 femmes et 4 hommes, il faut une personne d’écart au plus",
        ),
        ("parite", 40, -1, (6, 4), ""),
        ("parite", 40, -1, (4, 6), ""),
        ("parite", 41, -1, (6, 4), "6 femmes et 4 hommes, il faut au moins 41 % de chaque sexe"),
        ("parite", 50, -1, (5, 4), "au moins 50 % de chaque sexe"),
        ("parite", 40, -1, 3, ""),  # nobody counted: nothing is known, nothing is warned of
        ("colleges", None, -1, 2, ""),  # the two first bodies are one of each college
        ("colleges", None, -1, 1, "collège des acteurs locaux, aucun organisme"),
        (
            "colleges",
            None,
            -1,
            0,
            "habitants, aucun organisme, collège des acteurs locaux, aucun organisme",
        ),
    ],
)
def test_each_rule_warns_at_its_threshold_with_its_source_and_not_before(
    salle: Salle, genre: str, nombre: int | None, days: int, there: int | tuple[int, int], said: str
) -> None:
    ruled(salle.comites.technique, genre, nombre)
    if days >= 0:
        ecarts = what_convening_leaves(reunion(salle.equipe, salle.comites.technique, days=days), all_bodies())
    else:
        ecarts = what_holding_leaves(attended(salle, there))
    told = [(one.phrase.replace("\xa0", " "), one.source) for one in ecarts]
    assert len(told) == bool(said)
    assert all(said in phrase and "équipe, 3 mars" in source for phrase, source in told)


def ruled(instance: InstanceSuivie, genre: str, nombre: int | None) -> None:
    """A rule of the team on a body; the two first bodies that sit in it are one of each college."""
    whose = body("mairie") if genre == "presence" else None
    RegleDeGouvernance.objects.create(
        instance=instance, genre=genre, titre="Une règle", nombre=nombre, organisme=whose,
        nature="tenir", source="équipe, 3 mars", du=date(2024, 1, 5),
    )  # fmt: skip
    for name, college in (("caf", "habitants"), ("ccas", "acteurs")):
        instance.sieges.filter(organisation=body(name)).update(college=college)


def attended(salle: Salle, there: int | tuple[int, int]) -> Reunion:
    """A meeting of yesterday: so many bodies there, or all of them and so many women and men."""
    found = past(convoquee(salle.equipe, salle.comites.technique), 1)
    count, people = (there, None) if isinstance(there, int) else (3, there)
    by_name = {one.organisation.identifiant: one.pk for one in found.convocations.select_related("organisation")}
    order = [by_name[name] for name in ("caf", "ccas", "conseil")]
    seen = {pk: ("present" if rank < count else "absent", None) for rank, pk in enumerate(order)}
    return note_attendance(by=salle.equipe, reunion=found, presences=seen, personnes=people)


def test_women_and_men_are_counted_live_without_a_name_minuted_and_never_public(salle: Salle, client: Client) -> None:
    ruled(salle.comites.technique, "parite", 40)
    found = past(convoquee(salle.equipe, salle.comites.technique), 1)
    client.force_login(salle.equipe.personne.utilisateur)
    counted = client.get(
        reverse("reunion-presences-compter", args=["vallon", found.pk]), {"femmes": "7", "hommes": "3"}
    )
    assert "7 femmes et 3 hommes, il faut au moins 40 % de chaque sexe" in plain(counted)
    found.refresh_from_db()
    assert found.femmes is None

    url = reverse("reunion-presences", args=["vallon", found.pk])
    typed = {"femmes": "7", "hommes": ""} | {f"p_{one.pk}": "present" for one in found.convocations.all()}
    assert "ou aucun des deux" in plain(client.post(url, typed))
    client.post(url, typed | {"hommes": "3"})
    found.refresh_from_db()
    assert (found.femmes, found.hommes) == (7, 3)
    assert "7 femmes et 3 hommes" in EntreeDeTrace.objects.get(champ="personnes présentes").apres.replace("\xa0", " ")

    (ecart,) = what_holding_leaves(found)
    hold(by=salle.equipe, reunion=found, raisons={ecart.cle: "Deux agentes en remplacement."})
    publish(by=salle.equipe, reunion=found, public=True)
    minutes = minutes_of(Reunion.objects.get(pk=found.pk))
    said = " ".join(phrase for part in minutes.parties for phrase in part.phrases).replace("\xa0", " ")
    for words in ("Personnes présentes : 7 femmes et 3 hommes", "Parité non atteinte", "Deux agentes en remplacement."):
        assert words in said
    client.logout()
    type(found.espace).objects.filter(pk=found.espace_id).update(etat="publie")
    public = plain(client.get(reverse("reunion-publique", args=["vallon", found.pk])))
    assert "femmes" not in public
    assert "Parité" not in public


def plain(answer: Any) -> str:
    """What an answer says, its spaces made plain."""
    return str(answer.content.decode()).replace("\xa0", " ").replace("&nbsp;", " ")


def test_two_who_count_people_at_once_see_each_other_and_a_count_is_undone(salle: Salle) -> None:
    found = past(convoquee(salle.equipe, salle.comites.technique), 1)
    read = shown_attendance(found)
    note_attendance(by=salle.equipe, reunion=found, presences={}, personnes=(4, 5), lu=read)
    with pytest.raises(Perime):
        note_attendance(by=salle.equipe, reunion=found, presences={}, personnes=(6, 5), lu=read)
    undo(by=salle.equipe, geste=Geste.objects.latest("pk"))
    found.refresh_from_db()
    assert (found.femmes, found.hommes) == (None, None)


@pytest.mark.une_base
@pytest.mark.parametrize(
    ("genre", "nombre", "refused"), [("parite", 51, "la moitié"), ("ordre", None, "dans son texte")]
)
def test_a_rule_that_cannot_hold_is_refused(salle: Salle, genre: str, nombre: int | None, refused: str) -> None:
    held = {"genre": genre, "nombre": nombre, "nature": "contrat", "titre": "Une règle", "source": "lignes 12 à 14"}
    given = {**held, "avant": salle.comites.pilotage, "du": date(2024, 1, 5)}
    with pytest.raises(ValidationError, match=refused):
        add_rule(by=salle.equipe, instance=salle.comites.technique, given=given)


def test_a_meeting_to_which_nobody_is_invited_has_no_quorum_to_meet(salle: Salle) -> None:
    ruled(salle.comites.pilotage, "quorum", 50)
    found = reunion(salle.equipe, salle.comites.pilotage)
    (count,) = counts_of(corpus_of(found.espace, found.jour), found, found.convocations.all())
    assert (count.atteint, count.phrase) == (None, "Quorum non compté : aucun organisme n’est convoqué.")


def test_without_quorum_the_meeting_is_held_all_the_same_and_nothing_said_is_lost(salle: Salle) -> None:
    adopt(by=salle.equipe, instance=salle.comites.technique, le=date(2024, 1, 5), par="le comité")
    found = convoquee(salle.equipe, salle.comites.technique)
    point = add_point(by=salle.equipe, reunion=found, titre="Bilan")
    update_point(by=salle.equipe, point=point, version=1, changes={"notes": "Dit à voix haute."})
    past(found, 1)
    rows = {
        one.pk: ("present" if one.organisation == body("caf") else "absent", None) for one in found.convocations.all()
    }
    note_attendance(by=salle.equipe, reunion=found, presences=rows)
    (count,) = counts_of(corpus_of(found.espace, found.jour), found, found.convocations.all())
    assert count.atteint is False
    assert "1 organisme présent ou représenté sur 3, il en faut 2" in count.phrase.replace("\xa0", " ")
    (ecart,) = what_holding_leaves(found)
    hold(by=salle.equipe, reunion=found, raisons={ecart.cle: "Réunion utile quand même."})
    point.refresh_from_db()
    assert point.notes == "Dit à voix haute."
    told = minutes_of(Reunion.objects.get(pk=found.pk))
    assert "Réunion utile quand même." in str(told)
    assert "Nina" not in str(told)


def test_a_contact_receives_the_meeting_its_calendar_file_and_its_link(salle: Salle) -> None:
    found = convoquee(salle.equipe, salle.comites.technique)
    send_due(horloge.now())
    (sent,) = mail.outbox
    assert "/convocation/" in sent.body
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == ("reunion.ics", "text/calendar")
    lines = content if isinstance(content, str) else content.decode()
    assert f"UID:reunion-{found.pk}@" in lines
    assert "SEQUENCE:0" in lines
    change(by=salle.equipe, reunion=found, version=found.version, changes={"lieu": "Mairie"})
    send_due(horloge.now())
    changed = mail.outbox[-1]
    assert "déjà prévenus" in Geste.objects.latest("pk").definitif
    assert "changement" in changed.subject
    assert "SEQUENCE:1" in str(changed.attachments[0][1])
    found.refresh_from_db()
    call_off(by=salle.equipe, reunion=found, motif="Neige.")
    send_due(horloge.now())
    assert "STATUS:CANCELLED" in str(mail.outbox[-1].attachments[0][1])


def test_who_is_invited_reads_what_the_meeting_is_about_and_opens_its_documents(salle: Salle, client: Client) -> None:
    document = "Bilan 2025 : https://exemple.test/bilan?a=1&b=2"
    convoquee(salle.equipe, salle.comites.technique, objet="Préparer le bilan", documents=document)
    send_due(horloge.now())
    (sent,) = mail.outbox
    assert "\nPréparer le bilan\n" in sent.body
    assert f"- {document}" in sent.body
    link = urlsplit(next(word for word in sent.body.split() if "/convocation/" in word))
    html = client.get(link.path).content.decode()
    assert '<a href="https://exemple.test/bilan?a=1&amp;b=2" rel="nofollow">' in html


def test_a_contact_who_is_erased_is_written_to_no_more(salle: Salle) -> None:
    convoquee(salle.equipe, salle.comites.technique)
    contact = Referent.objects.get().personne
    forget(contact, Marques([contact.nom], [], [], unique=True))
    send_due(horloge.now())
    assert mail.outbox == []


def test_a_body_answers_by_its_link_until_the_meeting(salle: Salle) -> None:
    found = convoquee(salle.equipe, salle.comites.technique)
    mine = found.convocations.get(organisation=body("ccas"))
    answer(convocation=mine, reponse="represente", represente_par=body("caf"))
    mine.refresh_from_db()
    assert (mine.reponse, mine.represente_par) == ("represente", body("caf"))
    with pytest.raises(ValidationError, match="convoqué à cette réunion"):
        answer(convocation=mine, reponse="represente", represente_par=body("bailleur"))
    with pytest.raises(ValidationError):
        answer(convocation=mine, reponse="absent")
    past(found, 3)
    with pytest.raises(LienClos, match="passée"):
        answer(convocation=Convocation.objects.get(pk=mine.pk), reponse="present")


def test_what_is_not_carried_out_after_its_day_comes_back_on_the_next_agenda_by_itself(salle: Salle) -> None:
    before = held(salle.equipe, salle.comites.pilotage, 60)
    late = decision(salle.equipe, before, pour_le=horloge.today() - timedelta(days=10))
    done = decision(salle.equipe, before, pour_le=horloge.today() - timedelta(days=10))
    say_decision(by=salle.ccas, decision=done, version=1, changes={"etat": "executee", "suite": "Ouvert."})
    other = reunion(salle.equipe, salle.comites.technique)
    found = reunion(salle.equipe, salle.comites.pilotage)
    assert [one.reprend for one in found.points.all()] == [late]
    assert not other.points.exists()
    convene(by=salle.equipe, reunion=found, bodies=[body("conseil")], raisons=dict.fromkeys(["ordre/G92/G91"], "Vu."))
    assert found.points.count() == 1


def test_a_proposal_is_followed_to_the_decision_it_led_to(salle: Salle) -> None:
    made = proposition(salle.equipe, held(salle.equipe, salle.comites.technique, 30))
    found = reunion(salle.equipe, salle.comites.pilotage)
    point = put_on_agenda(by=salle.equipe, proposition=made, reunion=found)
    with pytest.raises(ValidationError, match="déjà"):
        put_on_agenda(by=salle.equipe, proposition=made, reunion=found)
    taken = decide(by=salle.equipe, reunion=found, given={"texte": "Le mercredi, c’est dit."}, point=point)
    made.refresh_from_db()
    assert (made.decision, made.etat) == (taken, "suivie")
    with pytest.raises(ValidationError, match="déjà sa suite"):
        set_aside(by=salle.equipe, proposition=made, motif="Trop tard.")


def test_only_the_body_that_carries_a_decision_out_or_the_team_says_where_it_stands(salle: Salle) -> None:
    before = held(salle.equipe, salle.comites.technique, 30)
    mine, other = decision(salle.equipe, before), decision(salle.equipe, before, organisme=body("caf"))
    say_decision(by=salle.ccas, decision=mine, version=1, changes={"etat": "executee"})
    with pytest.raises(Refus):
        say_decision(by=salle.ccas, decision=other, version=1, changes={"etat": "executee"})
    with pytest.raises(Refus):
        rewrite_decision(by=salle.ccas, decision=mine, version=2, changes={"texte": "Autre."})
    with pytest.raises(ValidationError, match="pourquoi"):
        say_decision(by=salle.equipe, decision=other, version=1, changes={"etat": "abandonnee"})
    assert EntreeDeTrace.objects.filter(genre="décision", objet=mine.code, champ="état").exists()


def test_two_who_note_on_one_item_lose_nothing(salle: Salle) -> None:
    found = reunion(salle.equipe, salle.comites.technique)
    first, second = (add_point(by=salle.equipe, reunion=found, titre=one) for one in ("Un", "Deux"))
    update_point(by=salle.equipe, point=first, version=1, changes={"notes": "De la première."})
    update_point(by=salle.equipe, point=second, version=1, changes={"notes": "De la seconde."})
    with pytest.raises(Conflit):
        update_point(by=salle.equipe, point=first, version=1, changes={"notes": "Par-dessus."})
    first.refresh_from_db()
    assert first.notes == "De la première."


def test_two_chairs_said_in_two_places_both_stand_until_a_decision_settles_it(salle: Salle, client: Client) -> None:
    technique = salle.comites.technique
    cited = {"role": OrganismeCite.Role.PRESIDENCE, "rang": 0, "nom": "la direction du contrat"}
    OrganismeCite.objects.create(espace=technique.espace, instance=technique.instance, **cited)
    said = "Le comité technique est présidé par le maire de Vallon.\n"
    DocumentSigne.objects.create(espace=technique.espace, texte=said, sha256="0" * 64)
    client.force_login(salle.equipe.personne.utilisateur)
    url = reverse("instance-suivie", args=["vallon", technique.code])
    shown = plain(client.get(url))
    assert "Les deux valent tant qu’une réunion n’a pas tranché" in shown
    assert "La direction du contrat" in shown
    assert "e maire de Vallon" in shown
    settled = decision(salle.equipe, held(salle.equipe, salle.comites.pilotage, 3), texte="Le maire préside.")
    given = {"organisation": body("mairie"), "qualite": "presidence", "du": horloge.today(), "decision": settled}
    seat(by=salle.equipe, instance=technique, given=given)
    shown = plain(client.get(url))
    assert "Les deux valent" not in shown
    assert f'réglé par la décision <a href="{reverse("decision", args=["vallon", settled.numero])}"' in " ".join(
        shown.split()
    )


def test_a_deputy_alone_is_not_counted_and_with_its_body_counts_once(salle: Salle) -> None:
    technique = salle.comites.technique
    since = {"instance": technique, "du": date(2024, 1, 5), "qualite": "suppleant"}
    Siege.objects.create(organisation=body("caf"), fonction="adjointe", **since)
    Siege.objects.create(organisation=body("mairie"), fonction="adjoint", **since)
    seats = bodies_on(technique, horloge.today())
    assert (seats[body("caf")], seats[body("mairie")]) == (True, False)
    ruled(technique, "quorum", 100)
    found = reunion(salle.equipe, technique)
    convene(by=salle.equipe, reunion=found, bodies=list(seats), raisons={})
    assert (
        "sur 3, il en faut 3"
        in counts_of(corpus_of(found.espace, found.jour), found, found.convocations.all())[0].phrase
    )


def test_the_composition_of_a_day_is_that_of_the_seats_held_then(salle: Salle) -> None:
    body_of, today = salle.comites.technique, horloge.today()
    end_seat(by=salle.equipe, siege=body_of.sieges.get(organisation=body("caf")), au=today)
    seat_all(by=salle.equipe, instance=body_of, bodies=[(body("bailleur"), "invité permanent", "invite")], du=today)
    assert {one.identifiant for one in bodies_on(body_of, today - timedelta(days=1))} == {"ccas", "caf", "conseil"}
    now = bodies_on(body_of, today)
    assert {one.identifiant: counts for one, counts in now.items()} == {
        "ccas": True,
        "conseil": True,
        "bailleur": False,
    }


def test_the_calendar_says_held_missed_and_to_plan_year_by_year(salle: Salle) -> None:
    today = date(2026, 9, 15)
    found = held(salle.equipe, salle.comites.technique, 30)
    Reunion.objects.filter(pk=found.pk).update(jour=date(2024, 6, 1))
    corpus = corpus_of(salle.comites.espace, today)
    (line,) = calendar_of(corpus, Reunion.objects.all(), today)
    assert [one.tampon.word for one in line.annees] == [
        "tenue", "aucune notée", "à prévoir", "à venir", "à venir", "à venir", "à venir",
    ]  # fmt: skip
    assert [one.annee for one in line.annees if one.is_pressing] == [2026]
