"""A funder reads what is asked of it, by its one link: admissible, opinion, proposal, points of each criterion, why.

The decision stays a gesture of the team: it writes in the ledger, with what the funder said already there.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from tenir.acteurs.models import Organisation, Personne
from tenir.appels.champs import INSTRUCTION
from tenir.appels.enums import EtatDAppelAProjets, EtatDeDossier
from tenir.appels.grille import score_of
from tenir.appels.models import AppelAProjets, DemandeDInstruction, NoteDeCritere, PartDemandee
from tenir.appels.services.commun import APPEL, DOSSIER, INSTRUCT, Main, ParLien, locked, locked_part, told_dossier
from tenir.appels.services.instruction import about_part, refuse_settled, told_of
from tenir.appels.services.liens import LienClos, why_not_read
from tenir.appels.services.messages import INSTRUCTION as GENRE
from tenir.core import courriels, horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.noms import designe
from tenir.core.requetes import still
from tenir.core.trace import Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.financement.montants import exact, told
from tenir.habilitations import joignables
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

BY_LINK = "lien d’instruction"


@transaction.atomic
def ask_reading(
    *, by: Acces, appel: AppelAProjets, financeurs: Iterable[Organisation], close_le: date
) -> list[DemandeDInstruction]:
    """Give funders of a call the link by which each reads what is asked of it; its contacts receive it.

    Raises:
        Refus: she may not.
        ValidationError: nobody is chosen, the call is a draft, one has its link already, the day is past.
    """
    found = locked(appel)
    require(by, INSTRUCT, found.espace)
    if found.etat == EtatDAppelAProjets.BROUILLON:
        raise ValidationError("Cet appel n’est pas publié : il n’a aucun dossier.")
    chosen = set(found.enveloppes.values_list("financeur", flat=True))
    today = horloge.today(found.espace)
    made = [
        DemandeDInstruction(appel=found, financeur=one, demandee_le=today, close_le=close_le)
        for one in financeurs
        if one.pk in chosen
    ]
    if not made:
        raise ValidationError({"financeurs": "Choisissez au moins un financeur de l’appel."})
    for one in made:
        one.full_clean()
        one.save()
        for person in contacts_of(one):
            cible = f"{one.pk}/{person.pk}"
            courriels.enqueue(cle=f"{GENRE}/{cible}", genre=GENRE, cible=cible)
    until = f"à rendre avant le {date_fr(close_le)}"
    facts = [Fait(APPEL, found.code, "instruction demandée", "", f"{one.financeur}, {until}") for one in made]
    record(trace_of(found.espace), by.auteur(found.espace), facts)
    return made


@transaction.atomic
def stop_reading(*, by: Acces, demande: DemandeDInstruction, lu: Lu | None = None) -> None:
    """Stop a link; what was said by it stays.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is stopped already.
    """
    rows = DemandeDInstruction.objects.select_for_update(of=("self",))
    found = still(rows.select_related("appel__espace", "financeur"), demande)
    require(by, INSTRUCT, found.espace)
    refuse_unread(lu, shown_request(found))
    if found.arretee_le:
        raise ValidationError("Ce lien est déjà arrêté.")
    found.arretee_le = horloge.today(found.espace)
    found.save(update_fields=["arretee_le"])
    courriels.cancel(
        Courriel.objects.filter(genre=GENRE, cible__startswith=f"{found.pk}/", etat=Courriel.Etat.A_ENVOYER)
    )
    facts = [Fait(APPEL, found.appel.code, "instruction demandée", str(found.financeur), "lien arrêté")]
    record(trace_of(found.espace), by.auteur(found.espace), facts)


@transaction.atomic
def read(
    *,
    demande: DemandeDInstruction,
    part: PartDemandee,
    given: Mapping[str, Any],
    notes: Mapping[str, int | None],
    lu: Lu | None = None,
) -> PartDemandee:
    """Keep what a funder says of what a dossier asks of it, by its link; said again, the last counts.

    Raises:
        LienClos: the link says nothing any more.
        Perime: it is no more what was read.
        ValidationError: it is not asked of it, is decided, what is not admissible does not say why, a note too high.
    """
    if sentence := why_not_read(demande):
        raise LienClos(sentence)
    found = locked_part(part)
    if found.pk not in {one.pk for one in parts_of(demande)}:
        raise ValidationError("Ce dossier ne demande rien à votre organisme.")
    refuse_unread(lu, shown(found))
    refuse_settled(found)
    hand = ParLien(demande.espace, BY_LINK, found.financeur.nom)
    before = told_of(found)
    for name in INSTRUCTION:
        setattr(found, name, given.get(name))
    found.propose = None if found.propose is None else exact(found.propose)
    found.lue_le, found.lue_au_depot = horloge.today(demande.espace), found.dossier.depots
    _note(hand, found, notes)
    said = f"lu par {designe(found.financeur)}"
    hand.tell([Fait(DOSSIER, found.dossier.code, said, before, _told(found))])
    return found


@transaction.atomic
def score(*, by: Acces, part: PartDemandee, notes: Mapping[str, int | None], lu: Lu | None = None) -> PartDemandee:
    """Give the points of each criterion, as the team; nothing takes one off.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is not sent, is decided, a note higher than its criterion.
    """
    found = locked_part(part)
    require(by, INSTRUCT, found.dossier.espace)
    refuse_unread(lu, shown(found))
    refuse_settled(found)
    before = told_score(found)
    with geste(by, about_part(found), f"noté pour {designe(found.financeur)}") as g:
        g.keep(found)
        _note(g, found, notes)
        g.tell([Fait(DOSSIER, found.dossier.code, f"note pour {designe(found.financeur)}", before, told_score(found))])
    return found


def parts_of(demande: DemandeDInstruction) -> QuerySet[PartDemandee]:
    """What the dossiers sent to its call ask of a funder, the first sent first."""
    rows = PartDemandee.objects.filter(
        dossier__appel=demande.appel_id, dossier__etat=EtatDeDossier.DEPOSE, financeur=demande.financeur_id
    )
    return rows.select_related("financeur", "dossier__espace", "dossier__appel").order_by("dossier__numero")


def contacts_of(demande: DemandeDInstruction) -> list[Personne]:
    """The contacts of its funder who have an address."""
    return joignables.contacts_of(demande.espace, [demande.financeur]).get(demande.financeur_id, [])


def shown(part: PartDemandee) -> Lu:
    """What a page shows of it: the dossier as it stands, what is asked, what was said."""
    asked = {**told_dossier(part.dossier), "demandé": told(part.montant)}
    said = {"où": told_of(part), "proposé": told(part.propose), "condition": part.condition, "raison": part.motif}
    return asked | said | {one.critere: str(one.points) for one in part.notes.order_by("pk")}


def shown_request(demande: DemandeDInstruction) -> Lu:
    """What a page shows of a link."""
    return {"financeur": str(demande.financeur), "jusqu’au": date_fr(demande.close_le)}


def told_score(part: PartDemandee) -> str:
    """« 78 sur 100 », or nothing until every criterion has its points."""
    if part.note is None:
        return ""
    return f"{part.note} sur 100{', version d’avant' if part.is_stale else ''}"


def _told(part: PartDemandee) -> str:
    return ", ".join(filter(None, (told_of(part), told(part.propose), told_score(part))))


def _note(hand: Main, found: PartDemandee, notes: Mapping[str, int | None]) -> None:
    """Write the points of each criterion of the grid, and what they make out of a hundred."""
    criteres = found.dossier.appel.criteres
    standing = {one.critere: one for one in found.notes.select_for_update()}
    for one in criteres:
        points, row = notes.get(one.intitule), standing.get(one.intitule)
        if points is None:
            if row:
                hand.keep(row)
                row.delete()
            continue
        row = row or NoteDeCritere(part=found, critere=one.intitule)
        hand.keep(row)
        row.points, row.sur = points, one.points
        row.full_clean()
        row.save()
    found.note = score_of(criteres, {name: value for name, value in notes.items() if value is not None})
    found.dite_au_depot = found.dossier.depots
    found.version += 1
    found.full_clean()
    found.save()
