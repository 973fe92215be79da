"""What is known of a scheme: said by the team, confirmed or corrected by its funder through its yearly link."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.ecran.champs import label
from tenir.financement.enums import EtatDeReponse
from tenir.financement.models import DemandeAuFinanceur, FicheDeDispositif, ReponseSurDispositif
from tenir.financement.services.commun import DEFINE, DISPOSITIF, about_scheme
from tenir.gouvernance.services.commun import rewrite
from tenir.habilitations.rights import Acces, require

SAID = ("pour_qui", "quand", "ferme_le", "ou")
"""What a funder may correct."""
DESCRIBED = ("pour_qui", "pour_quoi", "quand", "ferme_le", "ou", "disparu_le")
"""What the team may say."""
EXACT, OTHER, GONE = "exact", "corrige", "disparu"
"""What a funder answers of a scheme."""


@transaction.atomic
def describe(*, by: Acces, fiche: FicheDeDispositif, version: int, changes: Mapping[str, Any]) -> FicheDeDispositif:
    """Say what is known of a scheme; it is checked today, by the team.

    Raises:
        Refus: she may not.
        Conflit: someone wrote it since that version.
        ValidationError: a value that it cannot hold.
    """
    require(by, DEFINE, fiche.espace)
    found = _held(fiche)
    checked = {"verifie_le": horloge.today(found.espace), "verifie_par": None}
    rewrite(by, about_scheme(found), found, version, changes, DESCRIBED, checked)
    return found


@transaction.atomic
def check(*, by: Acces, fiche: FicheDeDispositif, lu: Lu | None = None) -> FicheDeDispositif:
    """Say that what is known of a scheme is still right.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, DEFINE, fiche.espace)
    found = _held(fiche)
    refuse_unread(lu, shown(found))
    with geste(by, about_scheme(found), "vérifié") as g:
        g.keep(found)
        before = date_fr(found.verifie_le) if found.verifie_le else ""
        found.verifie_le, found.verifie_par = horloge.today(found.espace), None
        found.version += 1
        found.save()
        g.tell([Fait(DISPOSITIF, found.code, "vérifié le", before, date_fr(found.verifie_le))])
    return found


def keep_answers(demande: DemandeAuFinanceur, said: Mapping[int, Mapping[str, Any]]) -> list[Fait]:
    """Keep what a funder says of its schemes, by number; « still right » is taken at once, other words are read first.

    Inside the transaction of its answer, which traces these facts.

    Raises:
        ValidationError: a scheme that is not its own, a correction that says nothing new.
    """
    mine = {one.pk: one for one in FicheDeDispositif.objects.of_funder(demande.espace, demande.financeur)}
    return [_keep(demande, mine.get(pk), given) for pk, given in said.items()]


@transaction.atomic
def take(*, by: Acces, reponse: ReponseSurDispositif, lu: Lu | None = None) -> FicheDeDispositif:
    """Write what a funder corrected of a scheme; it is checked by that funder, the day it said it.

    Raises:
        Refus: she may not.
        Perime: the answer, or what is known, is no more what was read.
        ValidationError: it has its outcome already.
    """
    require(by, DEFINE, reponse.fiche.espace)
    found, fiche = _waiting(reponse), _held(reponse.fiche)
    refuse_unread(lu, shown_answer(found))
    changes = changes_of(found)
    said = {"verifie_le": horloge.day_of(found.dite_le), "verifie_par": found.demande.financeur}
    with geste(by, about_scheme(fiche), "correction du financeur inscrite") as g:
        g.keep(found)
        found.etat = EtatDeReponse.RETENUE
        found.save(update_fields=["etat"])
        rewrite(by, about_scheme(fiche), fiche, fiche.version, changes, DESCRIBED, said)
    return fiche


@transaction.atomic
def leave(*, by: Acces, reponse: ReponseSurDispositif, suite: str, lu: Lu | None = None) -> None:
    """Set a correction aside, saying why.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it has its outcome already, or nobody says why.
    """
    require(by, DEFINE, reponse.fiche.espace)
    found = _waiting(reponse)
    refuse_unread(lu, shown_answer(found))
    with geste(by, about_scheme(found.fiche), "correction du financeur écartée") as g:
        g.keep(found)
        found.etat, found.suite = EtatDeReponse.ECARTEE, suite.strip()
        found.full_clean()
        found.save()
        g.tell([Fait(DISPOSITIF, found.fiche.code, "correction écartée", told_answer(found), found.suite)])


def changes_of(reponse: ReponseSurDispositif) -> dict[str, Any]:
    """What an answer would write of its scheme."""
    if reponse.disparu:
        return {"disparu_le": horloge.day_of(reponse.dite_le)}
    return {name: getattr(reponse, name) for name in SAID if getattr(reponse, name) != getattr(reponse.fiche, name)}


def told_answer(reponse: ReponseSurDispositif) -> str:
    """What a funder says, in a line."""
    if reponse.disparu:
        return "n’existe plus"
    names = {name: label(name, FicheDeDispositif) for name in SAID}
    said = [f"{names[name]} : {_told(value)}" for name, value in changes_of(reponse).items()]
    return " ; ".join(said) or "rien de neuf"


def shown(fiche: FicheDeDispositif) -> Lu:
    """What a page shows of a scheme."""
    names = ("pour_qui", "quand", "ou", "pour_quoi")
    said = {name: getattr(fiche, name) for name in names}
    days = {name: _told(getattr(fiche, name)) for name in ("ferme_le", "disparu_le", "verifie_le")}
    return {**said, **days}


def shown_answer(reponse: ReponseSurDispositif) -> Lu:
    """What a page shows of an answer, and of the scheme that it would change."""
    said = {"réponse": told_answer(reponse), "suite": str(reponse.get_etat_display())}
    return {**said, **shown(reponse.fiche)}


def waiting_of(demande: DemandeAuFinanceur) -> dict[int, ReponseSurDispositif]:
    """The answers of a request that nobody read yet, by the number of their scheme."""
    rows = demande.reponses_sur_dispositifs.filter(etat=EtatDeReponse.A_LIRE).select_related("fiche")
    return {one.fiche_id: one for one in rows.order_by("pk")}


def _told(value: Any) -> str:
    return date_fr(value) if hasattr(value, "year") else value or "rien"


def _keep(demande: DemandeAuFinanceur, fiche: FicheDeDispositif | None, given: Mapping[str, Any]) -> Fait:
    if fiche is None:
        raise ValidationError("Ce dispositif n’est pas le vôtre.")
    if given["dit"] == EXACT:
        demande.reponses_sur_dispositifs.filter(fiche=fiche, etat=EtatDeReponse.A_LIRE).delete()
        fiche.verifie_le, fiche.verifie_par = horloge.today(demande.espace), demande.financeur
        fiche.version += 1
        fiche.save(update_fields=["verifie_le", "verifie_par", "version"])
        return Fait(DISPOSITIF, fiche.code, "vérifié", "", f"toujours exact, dit {demande.financeur}")
    kept = waiting_of(demande).get(fiche.pk) or ReponseSurDispositif(demande=demande, fiche=fiche)
    kept.fiche, kept.disparu, kept.dite_le = fiche, given["dit"] == GONE, horloge.now()
    for name in SAID:
        setattr(kept, name, given.get(name) or (None if name == "ferme_le" else ""))
    if not changes_of(kept):
        raise ValidationError({f"dit_{fiche.pk}": "Vous ne changez rien : choisissez « toujours exact »."})
    kept.full_clean()
    kept.save()
    return Fait(DISPOSITIF, fiche.code, "correction proposée", "", told_answer(kept))


def _held(fiche: FicheDeDispositif) -> FicheDeDispositif:
    rows = FicheDeDispositif.objects.select_for_update(of=("self",)).select_related("espace", "verifie_par")
    return still(rows, fiche)


def _waiting(reponse: ReponseSurDispositif) -> ReponseSurDispositif:
    rows = ReponseSurDispositif.objects.select_for_update(of=("self",))
    found = still(rows.select_related("demande__financeur", "demande__espace", "fiche__espace"), reponse)
    if found.etat != EtatDeReponse.A_LIRE:
        raise ValidationError("Cette réponse a déjà sa suite.")
    return found
