"""What one does of an action in the line where it is read: called, reminded, settled, put off, designated, undone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.courriels import send_due
from tenir.core.marques import MARQUE, seal
from tenir.core.models import EntreeDeTrace
from tenir.ecran.models import Geste
from tenir.equipe.models import Relance
from tenir.equipe.services.relances import RelanceRefusee, remind
from tenir.fiches.models import FicheAction, Jalon
from tenir.fiches.services.retards import settle_first
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Refus, acces_of
from tenir.points.models import RefusDeSollicitation
from tests.personnes import body, person, referent
from tests.vie import fiche, jalon

As = Callable[[str], Client]
TODAY = horloge.today()
YESTERDAY = TODAY - timedelta(days=1)


def desk(client: Client, espace: EspaceDeContrat) -> str:
    return text(client.get(reverse("aujourdhui", args=[espace.slug])))


def text(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ")


def to(name: str, espace: EspaceDeContrat, *more: object) -> str:
    return reverse(f"fiche-{name}", args=[espace.slug, "O01-A01", *more])


@pytest.fixture
def late(vallon: EspaceDeContrat) -> FicheAction:
    """An action of the CCAS, whose jalon should have come; someone is known there, with a telephone."""
    ida = person("Ida Relais", signs_in=False)
    Personne.objects.filter(pk=ida.pk).update(telephone="05 36 49 12 34")
    referent(ida, vallon)
    found = fiche(vallon, pilots=("ccas",))
    jalon(found, YESTERDAY, titre="Signer le bail")
    return found


def test_the_line_says_whom_to_call_and_what_may_be_done(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    html = desk(as_("equipe"), vallon)
    assert 'href="tel:0536491234"' in html
    assert 'href="mailto:ida-relais@exemple.test"' in html
    for name, more in (("atteint", ()), ("reporter", (30,)), ("relancer", ())):
        assert f'formaction="{to(name, vallon, *more)}"' in html
    assert "Désigner" not in html
    table = text(as_("equipe").get(reverse("fiches", args=[vallon.slug])))
    assert f'formaction="{to("atteint", vallon)}"' in table
    assert 'href="tel:0536491234"' in table


def test_a_telephone_is_shown_to_who_reads_contacts_alone(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    for who, acts in (("lecture", False), ("partenaire", True)):
        table = text(as_(who).get(reverse("fiches", args=[vallon.slug])))
        assert ("formaction" in table) == acts
        assert "tel:" not in table
    assert "tel:" in text(as_("copilote").get(reverse("fiches", args=[vallon.slug])))


def test_a_late_action_is_settled_in_its_line_and_undone(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    client, back = as_("equipe"), reverse("aujourdhui", args=[vallon.slug])
    answer = client.post(to("atteint", vallon), {"retour": back}, follow=True)
    assert answer.redirect_chain[-1][0] == back
    assert "« Signer le bail », c’est fait." in text(answer)
    assert "Annuler, encore" in text(answer)
    assert Jalon.objects.get().atteint_le == TODAY
    client.post(reverse("geste", args=[vallon.slug, Geste.objects.get().pk]))
    assert Jalon.objects.get().atteint_le is None


@pytest.mark.parametrize(("days", "moved"), [(14, 14), (30, 30), (91, 91)])
def test_it_is_put_off_in_its_line(as_: As, vallon: EspaceDeContrat, late: FicheAction, days: int, moved: int) -> None:
    as_("equipe").post(to("reporter", vallon, days))
    assert Jalon.objects.get().revise_le == TODAY + timedelta(days=moved)


def test_another_delay_than_those_offered_does_not_exist(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    assert as_("equipe").post(to("reporter", vallon, 5000)).status_code == 404


@pytest.mark.parametrize(
    ("planned", "came"),
    [
        ({"debut_prevu": YESTERDAY}, {"debut_reel": TODAY, "statut": "en-cours"}),
        ({"debut_reel": YESTERDAY, "fin_prevue": YESTERDAY}, {"fin_reelle": TODAY, "statut": "realisee"}),
    ],
)
def test_a_start_or_an_end_that_came_says_the_status_too(
    vallon: EspaceDeContrat, people: dict[str, Personne], planned: dict[str, Any], came: dict[str, Any]
) -> None:
    found = fiche(vallon, pilots=("ccas",), **planned)
    settle_first(by=acces_of(people["equipe"]), fiche=found)
    found.refresh_from_db()
    assert {name: getattr(found, name) for name in came} == came
    assert "mais" not in found.motif


def test_what_changed_since_it_was_read_is_not_settled(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    read = seal({"en retard": "« Ouvrir le lieu », attendu depuis le 3 mars 2026"})
    assert as_("equipe").post(to("atteint", vallon), {MARQUE: read}).status_code == 409
    assert Jalon.objects.get().atteint_le is None


def test_a_gesture_leads_back_to_no_other_site(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    for elsewhere in ("https://ailleurs.test/", "//ailleurs.test/", "javascript:alert(1)"):
        answer = as_("equipe").post(to("relancer", vallon), {"retour": elsewhere})
        assert answer["Location"] == reverse("fiche", args=[vallon.slug, "O01-A01"])


def test_a_body_is_designated_in_the_line(as_: As, vallon: EspaceDeContrat) -> None:
    found = fiche(vallon)
    referent(person("Ida Relais", signs_in=False), vallon)
    assert "Désigner cet organisme" in desk(as_("equipe"), vallon)
    as_("equipe").post(to("designer", vallon), {"organisme-O01-A01": body("ccas").pk})
    found.refresh_from_db()
    assert found.organisme_en_charge == body("ccas")


def test_one_reminds_once_a_day_and_the_line_says_when(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    client = as_("equipe")
    for _ in range(2):
        client.post(to("relancer", vallon))
    send_due(timezone.now())
    (message,) = mail.outbox
    assert message.to == ["ida-relais@exemple.test"]
    assert "Action O01-A01" in message.subject
    assert Relance.objects.count() == 1
    html = desk(client, vallon)
    assert "relancé le" in html
    assert f'formaction="{to("relancer", vallon)}"' not in html
    assert EntreeDeTrace.objects.filter(champ="relance").count() == 1
    Relance.objects.update(le=YESTERDAY)
    assert f'formaction="{to("relancer", vallon)}"' in desk(client, vallon)


def test_the_database_keeps_one_reminder_a_day(
    vallon: EspaceDeContrat, people: dict[str, Personne], late: FicheAction
) -> None:
    (made,) = remind(by=acces_of(people["equipe"]), espace=vallon, chose=late.action, organisations=[body("ccas")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Relance.objects.create(
            espace=vallon,
            action=late.action,
            organisation=made.organisation,
            personne=made.personne,
            par=made.par,
            le=made.le,
        )


def test_nobody_is_reminded_who_refused_or_cannot_be_reached(
    vallon: EspaceDeContrat, people: dict[str, Personne], late: FicheAction
) -> None:
    by, bodies = acces_of(people["equipe"]), [body("ccas")]
    RefusDeSollicitation.objects.create(espace=vallon, personne=Personne.objects.get(nom="Ida Relais"))
    with pytest.raises(RelanceRefusee, match="Aucun contact"):
        remind(by=by, espace=vallon, chose=late.action, organisations=bodies)
    with pytest.raises(RelanceRefusee, match="Personne n’est désigné"):
        remind(by=by, espace=vallon, chose=late.action, organisations=[])
    for who in ("partenaire", "copilote", "lecture"):
        with pytest.raises(Refus):
            remind(by=acces_of(people[who]), espace=vallon, chose=late.action, organisations=bodies)


def test_a_reminder_that_waits_leaves_no_more_to_who_refuses_since(
    vallon: EspaceDeContrat, people: dict[str, Personne], late: FicheAction
) -> None:
    remind(by=acces_of(people["equipe"]), espace=vallon, chose=late.action, organisations=[body("ccas")])
    RefusDeSollicitation.objects.create(espace=vallon, personne=Personne.objects.get(nom="Ida Relais"))
    send_due(timezone.now())
    assert mail.outbox == []


def test_the_gestures_of_a_partner_are_on_what_it_carries(as_: As, vallon: EspaceDeContrat, late: FicheAction) -> None:
    jalon(fiche(vallon, "O01-A02", pilots=("caf",)), YESTERDAY)
    html = desk(as_("partenaire"), vallon)
    assert set(re.findall(r'formaction="[^"]*/actions/([^/]+)/', html)) == {"O01-A01"}
    assert as_("partenaire").post(reverse("fiche-atteint", args=[vallon.slug, "O01-A02"])).status_code == 403
