"""A meeting from its planning to its publication; each step warns by the rules, and asks why before it goes ahead."""

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation, Personne
from tenir.core import courriels, horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.models import Courriel
from tenir.core.noms import de
from tenir.core.requetes import still
from tenir.core.trace import Fait, record
from tenir.ecran.annulation.gestes import Ecriture, ensemble, geste
from tenir.gouvernance.champs import PREPAREE as WRITTEN
from tenir.gouvernance.comptes import when_held
from tenir.gouvernance.enums import EtatDeReunion, Reponse
from tenir.gouvernance.models import Convocation, EcartMotive, InstanceSuivie, Reunion
from tenir.gouvernance.regles import CONSEIL, Ecart, before_convening, bodies_on, corpus_of
from tenir.gouvernance.services.commun import REUNION, about_reunion, in_words, rewrite, told_meeting, told_results
from tenir.gouvernance.services.liens import refuse_stranger
from tenir.gouvernance.services.points import bring_back
from tenir.habilitations.joignables import contacts_of
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

RIGHT = "reunion.update"
CONVOCATION = "convocation"
"""The kind of the message to a contact of a body; its `cible` is « convocation/person »."""
Etat = EtatDeReunion
Personnes = tuple[int | None, int | None]
"""How many women and how many men; both, or neither."""
ANNOUNCED = "Les organismes convoqués en sont déjà prévenus : changez-la de nouveau."


@transaction.atomic
def plan(*, by: Acces, instance: InstanceSuivie, given: Mapping[str, Any]) -> Reunion:
    """Plan a meeting of a body; what was decided and is late comes to its agenda by itself.

    Raises:
        Refus: she may not.
        ValidationError: it ends before it begins.
    """
    require(by, RIGHT, instance.espace)
    made = Reunion(espace=instance.espace, instance=instance, creee_par=by.personne, **given)
    made.full_clean()
    made.save()
    _tell(by, made, "réunion", "", in_words(made, "instance", "jour", "lieu"))
    bring_back(by=by, reunion=made)
    return made


@transaction.atomic
def change(*, by: Acces, reunion: Reunion, version: int, changes: Mapping[str, Any]) -> Reunion:
    """Change the day, the hour, the place or the object of a meeting; the bodies already invited are told again.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: it is over, or a value that it cannot hold.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    if changes and not found.is_to_come:
        raise ValidationError("Cette réunion est passée ou annulée : on ne la déplace plus.")
    told = found.etat == Etat.CONVOQUEE
    phrase = f"{found} : changée."
    with ensemble(by, found.espace, lambda _: phrase, definitif=ANNOUNCED) if told else nullcontext():
        changed = rewrite(by, about_reunion(found), found, version, changes, WRITTEN)
    if changed and told:
        _send_all(found)
    return found


def what_convening_leaves(reunion: Reunion, bodies: Iterable[Organisation]) -> list[Ecart]:
    """What convening it today, with these bodies, would leave beside the rules."""
    today = horloge.today(reunion.espace)
    return before_convening(corpus_of(reunion.espace, reunion.jour), reunion, today, bodies)


@transaction.atomic
def convene(
    *, by: Acces, reunion: Reunion, bodies: Iterable[Organisation], raisons: Mapping[str, str], lu: Lu | None = None
) -> int:
    """Invite bodies: each contact receives the meeting, its file for calendars and the link of her body.

    Convened again, only those who were not invited receive it. Return how many messages leave.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is over, nobody is invited, or something is beside a rule and nobody says why.
    """
    require(by, RIGHT, reunion.espace)
    found, invited = locked(reunion), list(bodies)
    refuse_unread(lu, shown(found))
    if not found.is_to_come or found.jour < horloge.today(found.espace):
        raise ValidationError("On ne convoque qu’à une réunion à venir.")
    if not invited:
        raise ValidationError({"organismes": "Choisissez au moins un organisme."})
    for made in _reasons(found, what_convening_leaves(found, invited), raisons):
        made.save()
    counted, held = (
        bodies_on(found.instance, found.jour),
        set(found.convocations.values_list("organisation", flat=True)),
    )
    new = [
        Convocation(reunion=found, organisation=one, compte=counted.get(one, False))
        for one in invited
        if one.pk not in held
    ]
    Convocation.objects.bulk_create(new)
    bring_back(by=by, reunion=found)
    found.etat, found.convoquee_le = Etat.CONVOQUEE, found.convoquee_le or horloge.now()
    found.version += 1
    found.save(update_fields=["etat", "convoquee_le", "version"])
    _tell(by, found, "convoquée", "", ", ".join(str(one.organisation) for one in new) or "de nouveau")
    return sum(_send(one) for one in new)


@transaction.atomic
def call_off(*, by: Acces, reunion: Reunion, motif: str, lu: Lu | None = None) -> Reunion:
    """Call a meeting off, saying why; the bodies invited are told, and their calendars too. Nothing noted is lost.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it took place, or nobody says why.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    refuse_unread(lu, shown(found))
    if not found.is_to_come:
        raise ValidationError("Cette réunion est déjà tenue, ou annulée.")
    convened, found.etat, found.motif = found.etat == Etat.CONVOQUEE, Etat.ANNULEE, motif.strip()
    found.version += 1
    found.full_clean()
    found.save()
    _tell(by, found, "annulée", "", found.motif)
    if convened:
        _send_all(found)
    return found


@transaction.atomic
def note_attendance(
    *,
    by: Acces,
    reunion: Reunion,
    presences: Mapping[int, tuple[str, Organisation | None]],
    personnes: Personnes | None = None,
    lu: Lu | None = None,
) -> Reunion:
    """Note who came: by the number of a convocation, what was seen and who represents it.

    `personnes`: how many women and men are in the room, or that nobody counts them any more; not given, as it stands.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it is called off, a body is represented by one that is not invited, one sex alone is counted.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    refuse_unread(lu, shown_attendance(found))
    if found.etat == Etat.ANNULEE:
        raise ValidationError("Cette réunion est annulée.")
    with geste(by, about_reunion(found), "présences notées") as g:
        facts = _count_people(g, found, personnes) if personnes else []
        for one in found.convocations.select_for_update(of=("self",)).select_related("organisation", "represente_par"):
            presence, other = presences.get(one.pk, (one.presence, one.represente_par))
            if (one.presence, one.represente_par, one.a_la_porte) == (presence, other, False):
                continue
            g.keep(one)
            before, one.presence, one.represente_par = told_presence(one), presence, other
            said_at_the_door, one.a_la_porte = one.a_la_porte, False
            refuse_stranger(one)
            one.full_clean()
            one.save()
            facts += _seen(found, one, before, said_at_the_door)
        g.tell(facts)
    return found


def _count_people(g: Ecriture, reunion: Reunion, personnes: Personnes) -> list[Fait]:
    """Write how many women and men are there; return what the trace tells of it, nothing where it is the same."""
    if (reunion.femmes, reunion.hommes) == personnes:
        return []
    g.keep(reunion)
    before, (reunion.femmes, reunion.hommes) = reunion.personnes, personnes
    reunion.full_clean()
    reunion.save(update_fields=["femmes", "hommes"])
    return [Fait(REUNION, reunion.code, "personnes présentes", before, reunion.personnes)]


def _seen(reunion: Reunion, one: Convocation, before: str, said_at_the_door: bool) -> list[Fait]:
    """What the trace tells of a presence noted; nothing where the same is said in the same words."""
    after = told_presence(one)
    if said_at_the_door and before == after:
        before, after = f"{before}, dit à la porte", f"{after}, vérifié"
    return [Fait(REUNION, reunion.code, f"présence {de(one.organisation)}", before, after)] if before != after else []


def what_holding_leaves(reunion: Reunion) -> list[Ecart]:
    """What a meeting that took place leaves beside the rules, as its attendance is noted."""
    return when_held(corpus_of(reunion.espace, reunion.jour), reunion, reunion.convocations.all())


@transaction.atomic
def hold(*, by: Acces, reunion: Reunion, raisons: Mapping[str, str], lu: Lu | None = None) -> Reunion:
    """Say that a meeting took place. Without quorum too: what was said is kept, and why it was held is asked.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: its day has not come, it is called off, or something is beside a rule and nobody says why.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    refuse_unread(lu, shown(found))
    if not found.is_to_come:
        raise ValidationError("Cette réunion est déjà tenue, ou annulée.")
    if found.jour > horloge.today(found.espace):
        raise ValidationError("Le jour de cette réunion n’est pas venu.")
    reasons = _reasons(found, what_holding_leaves(found), raisons)
    with geste(by, about_reunion(found), "tenue") as g:
        for row in (found, *reasons):
            g.keep(row)
        found.etat = Etat.TENUE
        found.version += 1
        for row in (found, *reasons):
            row.save()
        g.tell([Fait(REUNION, found.code, "état", "", "tenue")])
    return found


@transaction.atomic
def publish(*, by: Acces, reunion: Reunion, public: bool, lu: Lu | None = None) -> Reunion:
    """Let anyone read when a meeting is, its agenda and what it decides; or keep it for those of the contract again.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    refuse_unread(lu, shown(found))
    level = Niveau.PUBLIC if public else Niveau.PARTENAIRES
    if found.niveau != level:
        with geste(by, about_reunion(found), "publiée" if public else "retirée du site public") as g:
            g.keep(found)
            found.niveau = level
            found.version += 1
            found.save(update_fields=["niveau", "version"])
            g.tell([Fait(REUNION, found.code, "site public", "", "publiée" if public else "retirée")])
    return found


def told_presence(convocation: Convocation) -> str:
    """What was seen of a body, in words."""
    said = str(convocation.get_presence_display())
    by = convocation.represente_par
    return f"{said} par {by}" if by and convocation.presence == Reponse.REPRESENTE else said


def shown(reunion: Reunion) -> Lu:
    """What a page shows of a meeting, and what publishing it lets anyone read: its agenda, what it decided."""
    read_by = "tous" if reunion.niveau == Niveau.PUBLIC else "le contrat"
    told = {**told_meeting(reunion), "état": str(reunion.get_etat_display()), "lisible par": read_by}
    return {**told, **told_results(reunion)}


def shown_attendance(reunion: Reunion) -> Lu:
    """What a page shows of an attendance."""
    rows = reunion.convocations.select_related("organisation", "represente_par")
    return {**{str(one.organisation): told_presence(one) for one in rows}, "personnes présentes": _people_of(reunion)}


def _people_of(reunion: Reunion) -> str:
    """How many women and men are counted now, whenever the meeting was read."""
    rows = Reunion.objects.filter(pk=reunion.pk).only("femmes", "hommes")
    return "".join(one.personnes for one in rows)


def locked(reunion: Reunion) -> Reunion:
    """A meeting as it stands now, held until the end of the transaction."""
    rows = Reunion.objects.select_for_update(of=("self",))
    return still(rows.select_related("espace", "instance__instance", "instance__espace"), reunion)


def contacts_of_council(espace: EspaceDeContrat) -> list[Personne]:
    """The contacts of the councils of residents of a contract who have an address; one query."""
    rows = Referent.objects.filter(espace=espace, organisation__nature=CONSEIL)
    current = rows.current(horloge.today(espace)).select_related("personne").order_by("pk")
    return list(dict.fromkeys(one.personne for one in current if one.personne.email))


def _send_all(reunion: Reunion) -> int:
    """Tell every body invited again: a calendar that holds the meeting changes it."""
    reunion.sequence += 1
    reunion.save(update_fields=["sequence"])
    return sum(_send(one) for one in reunion.convocations.select_related("reunion__espace", "organisation"))


def _send(convocation: Convocation) -> int:
    reunion = convocation.reunion
    people = contacts_of(reunion.espace, [convocation.organisation]).get(convocation.organisation_id, [])
    for person in people:
        cible = f"{convocation.pk}/{person.pk}"
        waiting = courriels.of(CONVOCATION, cible).filter(etat=Courriel.Etat.A_ENVOYER)
        courriels.cancel(waiting)
        courriels.enqueue(cle=f"{CONVOCATION}/{cible}/{reunion.sequence}", genre=CONVOCATION, cible=cible)
    return len(people)


def _reasons(reunion: Reunion, ecarts: list[Ecart], raisons: Mapping[str, str]) -> list[EcartMotive]:
    """Why what is beside a rule is done all the same, to be kept; a reason already said for a rule stands."""
    found = []
    said = set(reunion.ecarts.values_list("cle", flat=True))
    for ecart in ecarts:
        if ecart.cle in said:
            continue
        why = raisons.get(ecart.cle, "").strip()
        if not why:
            raise ValidationError(f"Dites pourquoi : {ecart.phrase}")
        found.append(
            EcartMotive(reunion=reunion, cle=ecart.cle, phrase=ecart.phrase, source=ecart.source[:400], motif=why)
        )
    return found


def _tell(by: Acces, reunion: Reunion, field: str, before: str, after: str) -> None:
    record(trace_of(reunion.espace), by.auteur(reunion.espace), [Fait(REUNION, reunion.code, field, before, after)])
