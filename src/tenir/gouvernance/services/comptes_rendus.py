"""Minutes after a meeting: circulated to the bodies invited, corrected by them, approved by the next meeting."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core import courriels, horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import de, designe
from tenir.core.requetes import still
from tenir.core.seuils import in_force
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import geste
from tenir.gouvernance.enums import EtatDeReunion, SuiteDeCorrection
from tenir.gouvernance.models import CorrectionDeCompteRendu, PointDOrdreDuJour, Reunion
from tenir.gouvernance.services.commun import REUNION, about_reunion
from tenir.gouvernance.services.reunions import locked, shown, shown_attendance
from tenir.gouvernance.seuils import CORRECTIONS
from tenir.habilitations.joignables import contacts_of
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

RIGHT = "reunion.update"
COMPTE_RENDU = "compte-rendu"
"""The kind of the message to a contact of a body; its `cible` is « convocation/person »."""


class CorrectionsCloses(Exception):
    """Corrections are received no more; the message is the French sentence to show."""


@transaction.atomic
def circulate(*, by: Acces, reunion: Reunion, lu: Lu | None = None) -> int:
    """Send the minutes to every contact of the bodies invited, with the link by which each corrects them.

    Sent again, they leave as they stand then. Return how many messages leave.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: the meeting was not held, nobody was invited, or its minutes are approved.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    refuse_unread(lu, shown_minutes(found))
    if found.etat != EtatDeReunion.TENUE:
        raise ValidationError("Un compte rendu se diffuse une fois la réunion tenue.")
    if found.approuve_en_id:
        raise ValidationError("Ce compte rendu est approuvé : il ne se diffuse plus pour correction.")
    invited = list(found.convocations.select_related("organisation"))
    if not invited:
        raise ValidationError("Aucun organisme n’a été convoqué : le compte rendu n’a pas de destinataire.")
    found.diffuse_le, found.diffusions = horloge.now(), found.diffusions + 1
    found.version += 1
    found.save(update_fields=["diffuse_le", "diffusions", "version"])
    fact = Fait(REUNION, found.code, "compte rendu", "", "diffusé aux organismes convoqués")
    record(trace_of(found.espace), by.auteur(found.espace), [fact])
    known = contacts_of(found.espace, [one.organisation for one in invited])
    sent = [(one, person) for one in invited for person in known.get(one.organisation_id, [])]
    for one, person in sent:
        cible = f"{one.pk}/{person.pk}"
        cle = f"{COMPTE_RENDU}/{cible}/{found.diffusions}"
        courriels.enqueue(cle=cle, genre=COMPTE_RENDU, cible=cible)
    return len(sent)


def why_not_corrected(reunion: Reunion) -> str:
    """Why the minutes of a meeting receive no correction by a link, in a sentence; empty while they do."""
    if reunion.diffuse_le is None:
        return "Le compte rendu n’est pas encore diffusé."
    if reunion.approuve_en_id:
        return "Le compte rendu est approuvé."
    day = horloge.day_of(reunion.diffuse_le)
    last = day + timedelta(days=in_force(CORRECTIONS, day))
    return f"Les corrections étaient reçues jusqu’au {date_fr(last)}." if last < horloge.today(reunion.espace) else ""


@transaction.atomic
def correct(*, by: Acces | None, reunion: Reunion, organisation: Organisation, texte: str) -> CorrectionDeCompteRendu:
    """Keep what a body asks to correct in the minutes. `by`: nobody, when it is by its link.

    Raises:
        Refus: she may not.
        CorrectionsCloses: by the link, once they are received no more.
        ValidationError: it says nothing, the body was not invited, the minutes are approved or not circulated.
    """
    if by:
        require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    closed = why_not_corrected(found)
    if closed and by is None:
        raise CorrectionsCloses(closed)
    if found.approuve_en_id or found.diffuse_le is None:
        raise ValidationError(closed)
    if not found.convocations.filter(organisation=organisation).exists():
        raise ValidationError({"organisation": "Choisissez un organisme convoqué à cette réunion."})
    made = CorrectionDeCompteRendu(
        reunion=found, organisation=organisation, texte=texte.strip(), recue_le=horloge.today(found.espace)
    )
    made.full_clean()
    fact = Fait(REUNION, found.code, f"correction demandée par {designe(organisation)}", "", made.texte)
    if by:
        with geste(by, about_reunion(found), f"correction {de(organisation)} notée") as g:
            g.keep(made)
            made.save()
            g.tell([fact])
    else:
        made.save()
        record(trace_of(found.espace), Auteur(pour=organisation.nom, commande="lien de convocation"), [fact])
    return made


@transaction.atomic
def settle_correction(
    *, by: Acces, correction: CorrectionDeCompteRendu, suite: str, motif: str, lu: Lu | None = None
) -> CorrectionDeCompteRendu:
    """Say whether a correction is taken up in the notes, or why not; both are printed with the minutes.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: set aside without a reason, or the minutes are approved.
    """
    require(by, RIGHT, correction.reunion.espace)
    rows = CorrectionDeCompteRendu.objects.select_for_update(of=("self",))
    found = still(rows.select_related("reunion__espace", "reunion__instance__instance", "organisation"), correction)
    refuse_unread(lu, shown_correction(found))
    if found.reunion.approuve_en_id:
        raise ValidationError("Le compte rendu est approuvé : ses corrections ne changent plus.")
    with geste(by, about_reunion(found.reunion), f"correction {de(found.organisation)} : suite donnée") as g:
        g.keep(found)
        before = str(found.get_suite_display())
        found.suite, found.motif = SuiteDeCorrection(suite), motif.strip()
        found.full_clean()
        found.save()
        said = f"{found.get_suite_display()}{f' : {found.motif}' if found.motif else ''}"
        g.tell([Fait(REUNION, found.reunion.code, f"correction {de(found.organisation)}", before, said)])
    return found


@transaction.atomic
def approve(*, by: Acces, point: PointDOrdreDuJour, lu: Lu | None = None) -> Reunion:
    """Say that a meeting approved the minutes that its item is about.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: the item is about no minutes, they are approved, or the day of the meeting has not come.
    """
    require(by, RIGHT, point.reunion.espace)
    meeting = locked(point.reunion)
    if point.compte_rendu is None:
        raise ValidationError("Ce point ne porte sur aucun compte rendu.")
    found = locked(point.compte_rendu)
    refuse_unread(lu, shown_minutes(found))
    if found.approuve_en_id:
        raise ValidationError("Ce compte rendu est déjà approuvé.")
    if meeting.etat == EtatDeReunion.ANNULEE or meeting.jour > horloge.today(meeting.espace):
        raise ValidationError("Le jour de la réunion qui l’approuve n’est pas venu.")
    with geste(by, about_reunion(found), "compte rendu approuvé") as g:
        g.keep(found)
        found.approuve_en = meeting
        found.version += 1
        found.full_clean()
        found.save()
        g.tell([Fait(REUNION, found.code, "compte rendu", "à approuver", f"approuvé par {meeting}")])
    return found


def shown_minutes(reunion: Reunion) -> Lu:
    """What the minutes of a meeting print, and where they stand: what is circulated, corrected and approved."""
    noted = {
        f"point {one.rang}": " ".join([one.intitule, one.notes, *one.dit]) for one in reunion.points.with_subjects()
    }
    proposed = {f"proposition {one.code}": one.texte for one in reunion.propositions.order_by("numero")}
    rows = reunion.corrections.select_related("organisation").order_by("pk")
    asked = {f"{one} ({one.pk})": " ".join([one.texte, one.get_suite_display(), one.motif]) for one in rows}
    came = shown_attendance(reunion)
    return {**shown(reunion), **came, **noted, **proposed, **asked, "compte rendu": told_minutes(reunion)}


def told_minutes(reunion: Reunion) -> str:
    """Where the minutes stand, in a sentence; nothing while there are none to circulate."""
    if reunion.approuve_en:
        return f"Compte rendu approuvé par « {reunion.approuve_en} »."
    if reunion.diffuse_le:
        return f"Compte rendu diffusé le {date_fr(horloge.day_of(reunion.diffuse_le))}, à approuver."
    return ""


def shown_correction(correction: CorrectionDeCompteRendu) -> Lu:
    """What a page shows of a correction."""
    return {"correction": correction.texte, "suite": str(correction.get_suite_display())}
