"""Surveys in the states that tests need."""

from datetime import timedelta
from typing import Any

from tenir.core import horloge
from tenir.enquetes.models import Enquete
from tenir.enquetes.services.enquetes import open_between, publish, write_down
from tenir.enquetes.services.reponses import answer, enter_papers
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body


def enquete(by: Acces, espace: EspaceDeContrat, titre: str = "Être traité pareil", **given: Any) -> Enquete:
    """One with the questions of the core, not opened."""
    values = {"titre": titre, "annonce": "Savoir ce qui se passe.", "conduite_par": body("ccas")}
    return write_down(by=by, espace=espace, values=values, **given)


def ouverte(by: Acces, espace: EspaceDeContrat, **given: Any) -> Enquete:
    """One that anyone answers today."""
    today = horloge.today(espace)
    made = enquete(by, espace, **given)
    return open_between(by=by, enquete=made, ouvre_le=today, ferme_le=today + timedelta(days=20))


def answered(one: Enquete, times: int = 1, **said: Any) -> None:
    """Questionnaires: « vecu » is « jamais » unless it is said otherwise."""
    given = {"vecu": ["jamais"], **{name: [value] for name, value in said.items()}}
    for _ in range(times):
        answer(enquete=one, said=given)


def fermee(by: Acces, espace: EspaceDeContrat, *, times: int = 24, papiers: int = 0, **given: Any) -> Enquete:
    """One that is over, with enough answers to be read."""
    made = ouverte(by, espace, **given)
    answered(made, times)
    if papiers:
        made.refresh_from_db()
        enter_papers(by=by, enquete=made, papiers=papiers, nombres={("vecu", "souvent"): papiers})
    before = horloge.today(espace) - timedelta(days=1)
    Enquete.objects.filter(pk=made.pk).update(ouvre_le=before - timedelta(days=30), ferme_le=before)
    made.refresh_from_db()
    return made


def publiee(by: Acces, espace: EspaceDeContrat, **given: Any) -> Enquete:
    """One whose results anyone reads."""
    return publish(by=by, enquete=fermee(by, espace, **given))
