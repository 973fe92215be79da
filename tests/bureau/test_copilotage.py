"""The page of those who copilot: what each owes the contract, in one click; what she reads, and what she decides."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from tenir.acteurs.models import Personne
from tenir.contrat.models import LigneDeCredits
from tenir.core import horloge
from tenir.engagements.services.engagement import update_engagement
from tenir.fiches.services.nouvelles import give_news
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Refus, acces_of
from tenir.points.models import Destinataire, PointDEtape, Question
from tests.personnes import person, referent
from tests.vie import engagement, fiche, jalon, orientation

As = Callable[[str], Client]
YESTERDAY = horloge.today() - timedelta(days=1)


def page(client: Client, espace: EspaceDeContrat, query: str = "") -> str:
    answer = client.get(reverse("copilotage", args=[espace.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ").replace("\u202f", " ")


def section(html: str, name: str) -> str:
    found = re.search(rf'<section class="du-jour" aria-labelledby="{name}">(.*?)</section>', html, re.S)
    return found[1] if found else ""


def point(espace: EspaceDeContrat, titre: str, **fields: object) -> PointDEtape:
    """A point d’étape that left."""
    by = person(f"Auteure {titre}", signs_in=False)
    day = horloge.today() + timedelta(days=9)
    return PointDEtape.objects.create(
        espace=espace, titre=titre, reponse_avant=day, cree_par=by, envoye_le=horloge.now(), **fields
    )


def asked(of: PointDEtape, body: str, **about: object) -> Question:
    """Someone of a body, and what she is asked, without an answer."""
    contact = referent(person(f"Contact {body} {of.pk}", signs_in=False), of.espace, of=body)
    expire = horloge.now() + timedelta(days=21)
    someone = Destinataire.objects.create(
        point=of, personne=contact.personne, organisation=contact.organisation, expire_le=expire
    )
    return Question.objects.create(destinataire=someone, ordre=1, **about)


def line(espace: EspaceDeContrat, code: str, funder: str, *, vide: bool) -> LigneDeCredits:
    return LigneDeCredits.objects.create(
        espace=espace, code=code, ordre=int(code[-2:]), orientation=orientation(espace), financeur=funder, vide=vide
    )


@pytest.fixture
def awaited(vallon: EspaceDeContrat) -> EspaceDeContrat:
    """A contract in which something of each kind is awaited."""
    asked(point(vallon, "Printemps"), "caf", fiche=fiche(vallon, "O01-A01", pilots=("caf",), aide_demandee="Un local."))
    engagement(vallon, "S01-E01", of="caf", etat="non-tenu", motif="poste vacant")
    engagement(vallon, "S02-E01", of="ccas", attendu_pour=YESTERDAY)
    jalon(fiche(vallon, "O01-A02", pilots=("ccas",)), YESTERDAY)
    line(vallon, "O01-F01", "Région", vide=True)
    line(vallon, "O01-F02", "CAF", vide=False)
    return vallon


def test_one_page_says_who_has_not_answered_what_is_not_kept_and_where_money_is_empty(
    as_: As, awaited: EspaceDeContrat
) -> None:
    html = page(as_("copilote"), awaited)
    silent = section(html, "muets")
    assert "CAF" in silent
    assert "1 question sans réponse : O01-A01" in silent
    assert "mailto:contact-caf" in silent
    kept = section(html, "promesses")
    assert kept.index("Engagement S01-E01") < kept.index("Engagement S02-E01")
    assert "poste vacant" in kept
    assert "Région" in section(html, "vides")
    assert "O01-F02" not in section(html, "vides")
    assert "1 ligne sur 2" in section(html, "vides")
    lede = "Un organisme n’a pas répondu, deux promesses ne sont pas tenues et une ligne de crédits est imprimée vide."
    assert lede in html
    assert "Un local" in section(html, "aide")
    assert "O01-A02" in section(html, "retard")


def test_what_waits_for_her_own_body_is_told_apart(as_: As, awaited: EspaceDeContrat) -> None:
    html = page(as_("copilote"), awaited)
    assert "O01-A02" in section(html, "a-nous-actions")
    assert "O01-A01" not in section(html, "a-nous-actions")
    assert "Engagement S02-E01" in section(html, "a-nous-engagements")
    assert "S01-E01" not in section(html, "a-nous-engagements")
    assert section(html, "a-nous-questions") == ""


def test_a_body_that_answered_or_whose_point_is_over_is_silent_no_more(as_: As, vallon: EspaceDeContrat) -> None:
    over = point(vallon, "Ancien", clos_le=horloge.now())
    asked(over, "caf", fiche=fiche(vallon, "O01-A01"))
    assert "Ancien" in section(page(as_("copilote"), vallon), "muets")
    question = asked(point(vallon, "Printemps"), "mission", fiche=fiche(vallon, "O01-A02"))
    assert "Ancien" not in section(page(as_("copilote"), vallon), "muets")
    Question.objects.filter(pk=question.pk).update(
        etat=Question.Etat.REPONDUE, phrase="Ouvert.", repondu_le=horloge.now()
    )
    assert section(page(as_("copilote"), vallon), "muets") == ""


def test_a_contract_of_which_nothing_was_asked_does_not_say_that_all_is_given(as_: As, vallon: EspaceDeContrat) -> None:
    mute = fiche(vallon, "O01-A02", statut="")
    never = "Rien n’est en retard, et aucune question n’a encore été posée. Rien n’est annoncé pour 1 action."
    assert never in page(as_("equipe"), vallon)
    question = asked(point(vallon, "Printemps"), "mission", fiche=mute)
    done = {"etat": Question.Etat.REPONDUE, "phrase": "Ouvert.", "repondu_le": horloge.now()}
    Question.objects.filter(pk=question.pk).update(**done)
    assert "Rien n’est en retard, et toutes les questions posées ont leur réponse." in page(as_("equipe"), vallon)


def test_a_copilot_decides_what_is_hers_and_nothing_else(people: dict[str, Personne], awaited: EspaceDeContrat) -> None:
    ivo = acces_of(people["copilote"])
    theirs, hers = awaited.engagements_suivis.order_by("engagement__code")
    update_engagement(by=ivo, suivi=hers, version=1, changes={"etat": "tenu"})
    give_news(by=ivo, fiche=awaited.fiches.get(action__code="O01-A02"), texte="Le bail est signé.")
    with pytest.raises(Refus, match="équipe du contrat"):
        update_engagement(by=ivo, suivi=theirs, version=1, changes={"etat": "tenu"})
    with pytest.raises(Refus):
        give_news(by=ivo, fiche=awaited.fiches.get(action__code="O01-A01"), texte="Non.")


def test_a_copilot_reads_the_difficulties_that_a_reader_does_not(as_: As, vallon: EspaceDeContrat) -> None:
    engagement(vallon, "S01-E01", of="caf", difficultes="Personne ne répond.")
    url = reverse("suivi-engagement", args=[vallon.slug, "S01-E01"])
    assert "Personne ne répond." in as_("copilote").get(url).content.decode()
    assert "Personne ne répond." not in as_("partenaire").get(url).content.decode()


def test_the_paper_of_it_holds_every_line_and_nobody_s_telephone(as_: As, awaited: EspaceDeContrat) -> None:
    answer = as_("copilote").get(reverse("copilotage-fichier", args=[awaited.slug, "docx"]))
    read = Document(io.BytesIO(answer.content))
    told = " ".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    assert all(code in told for code in ("S01-E01", "S02-E01", "O01-F01", "O01-A02"))
    assert "@" not in told


def test_more_of_everything_costs_no_more_queries(as_: As, awaited: EspaceDeContrat) -> None:
    client = as_("copilote")

    def taken() -> int:
        page(client, awaited)
        with CaptureQueriesContext(connection) as caught:
            page(client, awaited)
        return len(caught)

    before = taken()
    for rank in range(3, 7):
        jalon(fiche(awaited, f"O01-A{rank:02}", pilots=(f"corps-{rank}",)), YESTERDAY)
        engagement(awaited, f"S{rank:02}-E01", of=f"corps-{rank}", attendu_pour=YESTERDAY)
        line(awaited, f"O01-F{rank:02}", "Ville", vide=True)
        asked(PointDEtape.objects.first(), f"corps-{rank}", fiche=fiche(awaited, f"O02-A{rank:02}"))
    assert taken() == before
