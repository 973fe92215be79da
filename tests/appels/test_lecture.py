"""What a funder reads and says by its link: opinion, amount, condition, reason, the points of each criterion."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tenir.appels.grille import criteria_of, score_of
from tenir.appels.models import AppelAProjets, DemandeDInstruction, PartDemandee
from tenir.appels.oubli import forget
from tenir.appels.services.appels import rewrite_call
from tenir.appels.services.dossiers import fill, send, withdraw
from tenir.appels.services.instruction import decide, instruct, told_of
from tenir.appels.services.lecture import ask_reading, read, score, shown, stop_reading
from tenir.appels.services.liens import LienClos, token_of, token_of_reading
from tenir.core import horloge
from tenir.core.marques import Perime
from tenir.core.models import EntreeDeTrace
from tenir.core.oubli import Marques
from tenir.ecran.versions import Conflit
from tenir.habilitations.rights import Acces, Refus
from tenir.habilitations.roles import Role
from tests.appels.dossiers import depose, said
from tests.formulaires import Lectrice
from tests.formulaires import fill as type_in
from tests.lettres import leave
from tests.personnes import acces, body, person, referent

pytestmark = pytest.mark.deux_bases
AVIS = {"recevable": "recevable", "avis": "favorable", "propose": Decimal(3000), "condition": "", "motif": ""}
NOTES = {"Effet pour les habitants": 4, "Budget sincère": 3}


@pytest.fixture
def part(appel: AppelAProjets) -> PartDemandee:
    """What a dossier that is sent asks of « ccas »: 4 000 €."""
    return depose(appel).parts.get()


def asked(part: PartDemandee, by: Acces, days: int = 9) -> DemandeDInstruction:
    until = horloge.today(part.dossier.espace) + timedelta(days=days)
    return ask_reading(by=by, appel=part.dossier.appel, financeurs=[part.financeur], close_le=until)[0]


def plain(page: bytes) -> str:
    return unescape(page.decode()).replace("\xa0", " ").replace("\u202f", " ")


def test_a_weight_counts_and_a_score_waits_for_every_criterion() -> None:
    grid = criteria_of("Effet attendu ; 5 ; ×2\nBudget sincère ; 3")
    assert [(one.points, one.poids) for one in grid] == [(5, 2), (3, 1)]
    assert score_of(grid, {"Effet attendu": 4}) is None
    assert score_of(grid, {"Effet attendu": 4, "Budget sincère": 3}) == 85
    assert score_of([], {}) is None
    with pytest.raises(ValidationError, match="poids"):
        criteria_of("Effet attendu ; 5 ; ×11")


def test_a_funder_reads_and_says_by_its_link_and_the_team_writes_the_refusal_it_prepared(
    part: PartDemandee,
    equipe: Acces,
) -> None:
    espace = part.dossier.espace
    referent(person("Ida Financeuse", signs_in=False), espace)
    asked(part, equipe)
    leave()
    link = re.search(r"/instruction/\S+/", mail.outbox[-1].body)[0]
    client = Lectrice()
    assert "Un dossier, 4 000 € demandés" in plain(client.get(link).content)
    page = f"{link}{part.dossier.numero}/"
    first = plain(client.get(page).content)
    assert "641 Rémunérations : 4 500 €" in first
    assert part.dossier.courriel not in first
    assert client.get(reverse("instruction-piece", args=[link.split("/")[2], part.dossier.pieces.get().pk])).content
    assert type_in(client, page, recevable="irrecevable").status_code == 422
    assert type_in(client, page, note_1="6").status_code == 422
    done = type_in(client, page, recevable="irrecevable", motif="Hors du quartier.", note_1="4", note_2="3")
    assert done.status_code == 302
    part.refresh_from_db()
    assert (part.note, part.motif, part.lue_le) == (88, "Hors du quartier.", horloge.today(espace))
    trace = EntreeDeTrace.objects.filter(champ__startswith="lu par").latest("pk")
    assert "88 sur 100" in trace.apres
    decide(by=equipe, part=part, suite="refuse", le=horloge.today(espace), source="Courrier fictif")
    leave(days=1)
    assert "Hors du quartier." in mail.outbox[-1].body
    assert "La décision est inscrite : Refusé" in plain(client.get(page).content)
    assert "Raison : Hors du quartier." in plain(
        Client().get(reverse("dossier", args=[token_of(part.dossier)])).content
    )


def test_what_was_read_is_not_written_over_unseen_and_a_link_says_when_it_is_closed(
    part: PartDemandee,
    equipe: Acces,
) -> None:
    demande = asked(part, equipe)
    before = shown(part)
    read(demande=demande, part=part, given=AVIS, notes=NOTES, lu=before)
    with pytest.raises(Perime):
        read(demande=demande, part=part, given=AVIS, notes={}, lu=before)
    with pytest.raises(ValidationError, match="déjà son lien"):
        asked(part, equipe)
    with pytest.raises(Refus):
        stop_reading(by=acces("Léa Lectrice", Role.LECTURE, part.dossier.espace), demande=demande)
    stop_reading(by=equipe, demande=demande)
    demande.refresh_from_db()
    with pytest.raises(LienClos, match="arrêté"):
        read(demande=demande, part=part, given=AVIS, notes=NOTES)
    page = Client().get(reverse("instruction", args=[token_of_reading(demande)]))
    assert "arrêté ce lien" in plain(page.content)
    assert "Ateliers" not in plain(page.content)
    assert asked(part, equipe).pk != demande.pk


def test_a_link_opens_what_is_asked_of_its_funder_alone(part: PartDemandee, equipe: Acces) -> None:
    until = horloge.today(part.dossier.espace) + timedelta(days=9)
    other = ask_reading(by=equipe, appel=part.dossier.appel, financeurs=[body("caf")], close_le=until)[0]
    with pytest.raises(ValidationError, match="ne demande rien"):
        read(demande=other, part=part, given=AVIS, notes={})
    token = token_of_reading(other)
    assert Client().get(reverse("instruction-dossier", args=[token, part.dossier.numero])).status_code == 404
    file = part.dossier.pieces.get().pk
    assert Client().get(reverse("instruction-piece", args=[token, file])).status_code == 404


def test_the_team_notes_too_dossiers_compare_and_the_grid_stands_from_then(
    part: PartDemandee,
    equipe: Acces,
) -> None:
    score(by=equipe, part=part, notes={"Effet pour les habitants": 5})
    part.refresh_from_db()
    assert part.note is None
    score(by=equipe, part=part, notes=NOTES)
    found = part.dossier.appel
    with pytest.raises(ValidationError, match="déjà notés"):
        rewrite_call(by=equipe, appel=found, version=found.version, changes={"grille": "Autre ; 2"})
    client = Client()
    client.force_login(equipe.personne.utilisateur)
    listed = plain(client.get(reverse("dossiers-de-demande", args=["vallon"]) + "?tri=-note").content)
    assert ">88<" in listed
    assert "Effet pour les habitants : 4 sur 5" in plain(
        client.get(reverse("dossier-de-demande", args=["vallon", part.dossier.numero])).content
    )


def test_a_list_without_any_row_says_that_there_is_none_yet(appel: AppelAProjets, equipe: Acces) -> None:
    client = Client()
    client.force_login(equipe.personne.utilisateur)
    url = reverse("dossiers-de-demande", args=["vallon"])
    assert "Aucun dossier pour l’instant." in plain(client.get(url).content)
    assert "Aucun dossier ne répond à ces filtres." in plain(client.get(f"{url}?q=lilas").content)


def test_someone_forgotten_receives_no_link(part: PartDemandee, equipe: Acces) -> None:
    someone = person("Ida Financeuse", signs_in=False)
    referent(someone, part.dossier.espace)
    asked(part, equipe)
    forget(someone, Marques([], [someone.email], [], unique=True))
    sent = len(mail.outbox)
    leave()
    assert len([one for one in mail.outbox[sent:] if someone.email in one.to]) == 0


@pytest.mark.parametrize(("points", "sur"), [(6, 5), (0, 0)])
def test_the_database_holds_a_note_within_its_points(part: PartDemandee, points: int, sur: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        part.notes.bulk_create([part.notes.model(part=part, critere="Effet", points=points, sur=sur)])


def test_a_dossier_sent_again_is_to_be_read_again_and_what_was_said_is_of_the_version_before(
    part: PartDemandee, equipe: Acces
) -> None:
    demande = asked(part, equipe)
    opened = shown(part)
    read(demande=demande, part=part, given=AVIS, notes=NOTES, lu=opened)
    part.refresh_from_db()
    stale = part.version
    withdraw(by=None, dossier=part.dossier)
    fill(
        by=None, dossier=part.dossier, section="action", given=said(part.dossier.appel)["action"] | {"intitule": "Bal"}
    )
    send(by=None, dossier=part.dossier)
    link = reverse("instruction", args=[token_of_reading(demande)])
    first = plain(Client().get(link).content)
    assert "aucun dossier lu" in first.lower() or "zéro dossier lu" in first.lower()
    assert "à relire" in first
    again = PartDemandee.objects.select_related("dossier").get(pk=part.pk)
    assert again.is_stale
    assert not again.is_read
    assert told_of(again) == "à relire ; dit de la version d’avant : recevable, avis favorable"
    assert "a été dit de la version d’avant" in plain(Client().get(f"{link}{part.dossier.numero}/").content)
    with pytest.raises(Perime):
        read(demande=demande, part=part, given=AVIS, notes=NOTES, lu=opened)
    with pytest.raises(Conflit):
        instruct(by=equipe, part=part, version=stale, changes={"condition": "Deux ateliers."})
    instruct(by=equipe, part=part, version=again.version, changes={})
    again = PartDemandee.objects.select_related("dossier").get(pk=part.pk)
    assert (again.is_stale, again.is_read) == (False, False), "l’équipe l’a relu, le financeur pas encore"
    read(demande=demande, part=part, given=AVIS, notes=NOTES)
    assert PartDemandee.objects.select_related("dossier").get(pk=part.pk).is_read
