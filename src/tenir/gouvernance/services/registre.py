"""What a meeting emits in the register: said once, at its end; the rest is known of the meeting."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.activite.catalogue import offered_in
from tenir.activite.models import Entree
from tenir.activite.models.entree import TITRE
from tenir.activite.services.entree import Saisie, record_entree
from tenir.activite.services.valeurs import Cle, given_of, told, told_in
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.ecran.annulation.gestes import geste
from tenir.fiches.models import FicheAction
from tenir.gouvernance.enums import EtatDeReunion, Reponse
from tenir.gouvernance.models import EntreeDeReunion, InstanceSuivie, Reunion
from tenir.gouvernance.services.commun import REUNION, about_instance, about_reunion
from tenir.gouvernance.services.reunions import locked
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, require
from tenir.natures.enums import Forme
from tenir.natures.modeles import NatureEntiere

RIGHT, OF_A_BODY = "reunion.update", "instance.update"
BODIES: Cle = ("organismes", "")
"""What a kind of meeting counts of the bodies that came: the attendance says it."""


def kinds_of(espace: EspaceDeContrat) -> list[NatureEntiere]:
    """The kinds in which a meeting may count what it studies: what is held one day."""
    return [one for one in offered_in(espace) if one.forme == Forme.SEANCE]


def kind_of(instance: InstanceSuivie) -> NatureEntiere | None:
    """The kind in which the meetings of a body count; none when nobody said, or when it was withdrawn since."""
    if not instance.compte:
        return None
    return next((one for one in kinds_of(instance.espace) if one.nature == instance.compte), None)


@transaction.atomic
def count_as(*, by: Acces, instance: InstanceSuivie, nature: str, lu: Lu | None = None) -> InstanceSuivie:
    """Say what the meetings of a body count in the register; nothing, if empty.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: no such kind here, or one that is not held a day.
    """
    require(by, OF_A_BODY, instance.espace)
    rows = InstanceSuivie.objects.select_for_update(of=("self",)).select_related("espace", "instance")
    found = still(rows, instance)
    refuse_unread(lu, shown(found))
    words = {one.nature: one.libelle for one in kinds_of(found.espace)}
    if nature and nature not in words:
        raise ValidationError({"compte": "Choisissez une nature de la liste."})
    if nature == found.compte:
        return found
    chose = about_instance(found)
    with geste(by, chose, "ce que ses réunions comptent") as g:
        g.keep(found)
        before, found.compte = found.compte, nature
        found.save(update_fields=["compte"])
        said = [words.get(one, one) for one in (before, nature)]
        g.tell([Fait(chose.genre, chose.code, "ce que ses réunions comptent", *said)])
    return found


@transaction.atomic
def emit(
    *, by: Acces, reunion: Reunion, organisme: Organisation, valeurs: Mapping[Cle, Decimal], exact: bool = False
) -> Entree:
    """Count in the register what a meeting studied: its day, who came and its action are those of the meeting.

    Raises:
        Refus: she may not, or may not write for this body.
        ValidationError: it is not held, counts nothing, counted already; a number that the kind refuses.
    """
    require(by, RIGHT, reunion.espace)
    found = locked(reunion)
    kind = kind_of(found.instance)
    if found.etat != EtatDeReunion.TENUE:
        raise ValidationError("On compte ce qu’une réunion a étudié une fois qu’elle est tenue.")
    if kind is None:
        raise ValidationError("Dites d’abord, sur la page de l’instance, ce que ses réunions comptent.")
    if found.comptages.filter(entree__mots__code=kind.nature).exists():
        raise ValidationError("Cette réunion est déjà comptée : corrigez son entrée du registre.")
    with geste(by, about_reunion(found), "comptée au registre") as g:
        saisie = _saisie(found, organisme, valeurs)
        made = record_entree(by=by, espace=found.espace, nature=kind.nature, saisie=saisie, exact=exact)
        row = EntreeDeReunion(reunion=found, entree=made)
        g.keep(row)
        row.save()
        g.tell([Fait(REUNION, found.code, "registre", "", f"{kind.libelle}, n° {made.numero}")])
    return made


def _saisie(reunion: Reunion, organisme: Organisation, valeurs: Mapping[Cle, Decimal]) -> Saisie:
    came = [one for one in present_at(reunion) if one != organisme]
    champs = {"debut": reunion.jour, "fin": reunion.jour, "organisme": organisme, "titre": str(reunion)[:TITRE]}
    action = reunion.instance.action_id
    fiches = list(FicheAction.objects.of(reunion.espace).filter(action=action)) if action else None
    return Saisie(champs, dict(valeurs), fiches or None, came)


def told_numbers(entree: Entree) -> Iterator[str]:
    """Its numbers, measure by measure: « situations examinées : 12 », « besoins : mobilité 4, logement 2 »."""
    given = given_of(entree)
    for mesure in entree.mots.nature.mesures:
        parts = [f"{word} {told(given[mesure.code, one])}" for one, word in mesure.modalites.items()
                 if (mesure.code, one) in given]  # fmt: skip
        said = " – ".join(filter(None, (told_in(given, (mesure.code, "")), ", ".join(parts))))
        if said:
            yield f"{mesure.libelle.lower()} : {said}"


def for_minutes(reunion: Reunion) -> list[str]:
    """What a meeting emitted, as its minutes print it: what every reader of the contract reads, once it counts."""
    rows = EntreeDeReunion.objects.of_meeting(reunion, Niveau.PARTENAIRES)
    return [
        f"{one.entree.mots.libelle} : {' ; '.join(told_numbers(one.entree))}." for one in rows if one.entree.counted
    ]


def present_at(reunion: Reunion) -> list[Organisation]:
    """The bodies that came."""
    rows = reunion.convocations.filter(presence=Reponse.PRESENT).select_related("organisation")
    return [one.organisation for one in rows]


def shown(instance: InstanceSuivie) -> Lu:
    """What a page shows of what the meetings of a body count."""
    return {"ce que ses réunions comptent": instance.compte}
