"""Calls, candidates and draws of a council, for the tests; nobody in it exists."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from tenir.conseil.models import (
    AppelACandidatures,
    Candidature,
    DemandeDAvis,
    Mandat,
    MoyenDuConseil,
    PieceDuConseil,
    QuestionDuConseil,
)
from tenir.conseil.services.appels import draw_lots, freeze, open_call
from tenir.conseil.services.avis import ask
from tenir.conseil.services.candidatures import offer
from tenir.conseil.services.espace import add_piece, give_means
from tenir.conseil.services.mandats import designate
from tenir.conseil.services.questions import ask as ask_question
from tenir.core import horloge
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.personnes import body

SEATS = {
    "sieges_habitants": 4, "femmes_habitants": 2, "hommes_habitants": 2, "suppleants_habitants": 2,
    "sieges_acteurs": 2, "femmes_acteurs": 1, "hommes_acteurs": 1, "suppleants_acteurs": 1,
}  # fmt: skip
MOTS = {"mots": "saule marelle tambour", "circonstances": "En réunion publique, trois pages ouvertes au hasard."}


def appel(by: Acces, espace: EspaceDeContrat, **given: Any) -> AppelACandidatures:
    """A call that opened today, for ten days."""
    today = horloge.today(espace)
    held = {"texte": "Venez.", "ouvre_le": today, "ferme_le": today + timedelta(days=10), "duree_mois": 24, **SEATS}
    return open_call(by=by, espace=espace, given={**held, **given})


def candidat(of: AppelACandidatures, college: str = "habitants", sexe: str = "F", **given: Any) -> Candidature:
    """Someone who offers to sit, by the public form."""
    held = {"nom": "Zélie Fictive", "contact": "zelie@exemple.test", "college": college, "sexe": sexe}
    return offer(appel=of, given={**held, **given})


def clos(of: AppelACandidatures) -> AppelACandidatures:
    """The same call, over since yesterday."""
    yesterday = horloge.today(of.espace) - timedelta(days=1)
    AppelACandidatures.objects.filter(pk=of.pk).update(ouvre_le=yesterday - timedelta(days=9), ferme_le=yesterday)
    return AppelACandidatures.objects.of(of.espace).get(pk=of.pk)


def fige(by: Acces, espace: EspaceDeContrat, women: int = 6, men: int = 3) -> AppelACandidatures:
    """A call whose list is frozen: residents, and three women of local bodies (no man there)."""
    found = appel(by, espace)
    for sexe, count in (("F", women), ("H", men)):
        for _ in range(count):
            candidat(found, sexe=sexe)
    for _ in range(3):
        candidat(found, "acteurs")
    return freeze(by=by, appel=clos(found))


def tire(by: Acces, espace: EspaceDeContrat, **given: int) -> AppelACandidatures:
    """A call that was drawn."""
    found = fige(by, espace, **given)
    draw_lots(by=by, appel=found, **MOTS)
    found.refresh_from_db()
    return found


def membre(by: Acces, espace: EspaceDeContrat, **given: Any) -> Mandat:
    """A member whom no draw chose, for two years."""
    today = horloge.today(espace)
    held = {"nom": "Ivan Fictif", "contact": "05 36 49 20 01", "college": "acteurs", "sexe": "H", "du": today}
    return designate(by=by, espace=espace, given={**held, "au": today + timedelta(days=730), **given})


def piece(by: Acces, espace: EspaceDeContrat, **given: Any) -> PieceDuConseil:
    """A file of the council, of a few words."""
    file = ContentFile(b"Le dossier, en clair.", name="dossier.txt")
    return add_piece(
        by=by, espace=espace, given={"genre": "dossier", "titre": "", "fichier": file, "lien": "", **given}
    )


def moyen(by: Acces, espace: EspaceDeContrat, days: int = 30) -> MoyenDuConseil:
    """A room given to the council, since a month."""
    given = {"genre": "local", "description": "Une salle", "du": horloge.today(espace) - timedelta(days=days)}
    return give_means(by=by, espace=espace, given=given)


RULE = {
    "delai": 15, "unite": "jours", "silence": "sans-effet", "nature": "reglement",
    "source": "règlement du conseil, 3 mars 2026",
}  # fmt: skip


def avis(by: Acces, espace: EspaceDeContrat, *, annual: bool = True, **given: Any) -> DemandeDAvis:
    """An opinion asked today, on the annual report or by a rule of its own."""
    held = {"objet": "Le rapport annuel", "recue_le": horloge.today(espace), "niveau": 0, **({} if annual else RULE)}
    return ask(by=by, espace=espace, annual=annual, given={**held, **given})


def question(by: Acces, espace: EspaceDeContrat, days: int = 20, **given: Any) -> QuestionDuConseil:
    """A question of the council to « ccas »."""
    due = horloge.today(espace) + timedelta(days=days)
    held = {"texte": "Quand rouvre la salle ?", "organisme": body("ccas"), "echeance": due, **given}
    return ask_question(by=by, espace=espace, given=held)
