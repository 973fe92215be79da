"""What the screens of the room share: finding a thing, the way back to it, its stamps."""

from functools import partial

from django.shortcuts import get_object_or_404

from tenir.acteurs.models import Organisation
from tenir.contrat.retires import moved_or_404
from tenir.core import horloge
from tenir.core.composants import Tampon, Ton
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.gouvernance.enums import TON_DE_LA_DECISION, TON_DE_LA_PROPOSITION, TON_DE_LA_REUNION
from tenir.gouvernance.models import Decision, InstanceSuivie, Proposition, Reunion
from tenir.gouvernance.services import commun
from tenir.habilitations.joignables import contacts_of
from tenir.habilitations.models import EspaceDeContrat

REUNIONS, INSTANCES, DECISIONS, PROPOSITIONS = "reunions", "instances", "decisions", "propositions"
"""The pages of the navigation."""


def instance_or_404(espace: EspaceDeContrat, code: str) -> InstanceSuivie:
    """A body of this contract, by its code.

    Raises:
        Moved, Withdrawn: an avenant or a correction withdrew it.
        Http404: no such body here.
    """
    rows = InstanceSuivie.objects.of(espace)
    number = code[1:]
    own = (
        rows.filter(instance=None, pk=number)
        if code.startswith("T") and number.isdecimal() and len(number) < 12
        else rows.none()
    )
    found = rows.filter(instance__code=code).first() or own.first()
    if found is None:
        raise moved_or_404(espace, code, partial(address, "instance-suivie", espace))
    return found


def reunion_or_404(espace: EspaceDeContrat, numero: int) -> Reunion:
    """A meeting of this contract; any other does not exist."""
    return get_object_or_404(Reunion.objects.of(espace), pk=numero)


def decision_or_404(espace: EspaceDeContrat, numero: int) -> Decision:
    """A decision of this contract; any other does not exist."""
    return get_object_or_404(Decision.objects.of(espace), numero=numero)


def proposition_or_404(espace: EspaceDeContrat, numero: int) -> Proposition:
    """A proposal of this contract; any other does not exist."""
    return get_object_or_404(Proposition.objects.of(espace), numero=numero)


def name_of(reunion: Reunion) -> str:
    """« Comité de pilotage du 12 mars 2026 »."""
    return typo(f"{reunion.instance.nom} du {date_fr(reunion.jour)}")


def at_instance(instance: InstanceSuivie) -> str:
    """The address of a body."""
    return address("instance-suivie", instance.espace, instance.code)


def at_reunion(reunion: Reunion) -> str:
    """The address of a meeting."""
    return address("reunion", reunion.espace, reunion.pk)


def stamp_of(reunion: Reunion) -> Tampon:
    """Where a meeting stands."""
    return Tampon(reunion.get_etat_display(), TON_DE_LA_REUNION[reunion.etat])  # type: ignore[index]


def stamp_of_decision(decision: Decision) -> Tampon:
    """Where a decision stands; late when it should have been carried out."""
    if decision.is_late(horloge.today(decision.espace)):
        return Tampon("en retard", Ton.RETARD)
    return Tampon(decision.get_etat_display(), TON_DE_LA_DECISION[decision.etat])  # type: ignore[index]


def stamp_of_proposition(proposition: Proposition) -> Tampon:
    """Where a proposal stands."""
    return Tampon(proposition.etat.label, TON_DE_LA_PROPOSITION[proposition.etat])


def about_instance(instance: InstanceSuivie) -> Sujet:
    """A body as its small pages show it."""
    espace, code = instance.espace, instance.code
    return Sujet(
        espace,
        code,
        instance.nom,
        at_instance(instance),
        INSTANCES,
        lambda _: history_of(espace, commun.INSTANCE, code),
    )


def about_reunion(reunion: Reunion) -> Sujet:
    """A meeting as its small pages show it."""
    espace, code = reunion.espace, reunion.code
    return Sujet(
        espace, "", name_of(reunion), at_reunion(reunion), REUNIONS, lambda _: history_of(espace, commun.REUNION, code)
    )


def about_decision(decision: Decision) -> Sujet:
    """A decision as its small pages show it."""
    espace, code = decision.espace, decision.code
    return Sujet(
        espace,
        code,
        decision.texte,
        address("decision", espace, decision.numero),
        DECISIONS,
        lambda _: history_of(espace, commun.DECISION, code),
    )


def about_proposition(proposition: Proposition) -> Sujet:
    """A proposal as its small pages show it."""
    espace, code = proposition.espace, proposition.code
    return Sujet(
        espace,
        code,
        proposition.texte,
        address("proposition", espace, proposition.numero),
        PROPOSITIONS,
        lambda _: history_of(espace, commun.PROPOSITION, code),
    )


def with_contacts(espace: EspaceDeContrat, bodies: list[Organisation]) -> list[tuple[Organisation, str]]:
    """Each body, with what is said of one to whom no message can be sent."""
    known = contacts_of(espace, bodies)
    return [
        (
            one,
            f" : {pluriel(len(known[one.pk]), 'contact')}"
            if one.pk in known
            else " : aucun contact, à prévenir autrement",
        )
        for one in bodies
    ]
