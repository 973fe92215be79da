"""Giving a role to a person, and ending it: by those who may, never more than they have, with its trace."""

from datetime import date

from django.db import transaction

from tenir.acteurs.models import Organisation, Personne
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import designe
from tenir.core.trace import Auteur, Fait, record
from tenir.core.typographie import date_fr
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.passation import hand_over, held_by
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.roles import GIVEN, RIGHTS_BY_ROLE, Role
from tenir.habilitations.services import trace_of

GENRE = "habilitation"
"""The kind of these facts in the trace; their object is the number of the person."""


class AttributionRefusee(Exception):
    """The role may not be given or ended; the message is the French sentence to show."""


class DerniereDeLEquipe(AttributionRefusee):
    """Nobody of the team would be left, and nobody said that she knows it; the message says what follows."""


def roles_to_give(by: Acces, espace: EspaceDeContrat | None) -> list[Role]:
    """The roles someone may give there: those of the place that hold nothing she has not."""
    here = [role for role in GIVEN if (role == Role.ADMINISTRATION) == (espace is None)]
    return [role for role in here if RIGHTS_BY_ROLE[role] <= by.rights(espace)]


@transaction.atomic
def grant(
    *,
    by: Acces,
    espace: EspaceDeContrat | None,
    personne: Personne,
    role: Role,
    organisation: Organisation | None = None,
    au: date | None = None,
    motif: str = "",
) -> Habilitation:
    """Give a role from today, in a contract or on the platform.

    Raises:
        Refus: she may not give roles there.
        AttributionRefusee: the role holds more than she has, or the person is erased.
        ValidationError: the person has this role, or the role, body and dates do not go together.
    """
    require(by, "habilitation.update", espace)
    if role not in roles_to_give(by, espace):
        raise AttributionRefusee("Vous ne pouvez pas donner un rôle qui permet plus que le vôtre.")
    given = Habilitation(
        espace=espace,
        personne=personne,
        role=role,
        organisation=organisation,
        du=horloge.real_today(espace),
        au=au,
        donnee_par=by.personne,
    )
    return _give(given, by.auteur(espace), motif)


@transaction.atomic
def receive(
    *,
    espace: EspaceDeContrat | None,
    personne: Personne,
    role: Role,
    organisation: Organisation | None,
    given_by: Personne,
    motif: str,
) -> None:
    """Take up a role that someone offered; one already held is left as it is.

    Raises:
        AttributionRefusee: the person is erased.
        ValidationError: the role and the body do not go together.
    """
    today = horloge.real_today(espace)
    held = Habilitation.objects.current(today).filter(
        espace=espace, personne=personne, role=role, organisation=organisation
    )
    if not held.exists():
        given = Habilitation(espace=espace, personne=personne, role=role, organisation=organisation, du=today)
        given.donnee_par = given_by
        _give(given, Auteur(personne.pk), motif)


@transaction.atomic
def install_administrator(*, personne: Personne, commande: str) -> Habilitation:
    """Give the administration of the platform from the command line: how the first administrator comes.

    Raises:
        AttributionRefusee: the person is erased.
        ValidationError: she is an administrator already.
    """
    given = Habilitation(personne=personne, role=Role.ADMINISTRATION, du=horloge.real_today())
    return _give(given, Auteur(commande=commande), "")


@transaction.atomic
def end(
    *,
    by: Acces,
    habilitation: Habilitation,
    motif: str = "",
    successor: Personne | None = None,
    vide: bool = False,
    lu: Lu | None = None,
) -> Habilitation:
    """End a role now: it gives nothing any more from this instant.

    The role is given to nobody else; what she was in charge of in the contract goes to the `successor`, if any.
    `vide`: it is known that nobody of the team is left, if so.

    Raises:
        Refus: she may not end roles there.
        Perime: the role, or what she is in charge of, is no more what was read.
        AttributionRefusee: it has ended already, or nobody would administer the platform.
        DerniereDeLEquipe: nobody of the team would be left, and that was not said to be known.
        PassationRefusee: the successor is not known in this contract.
    """
    require(by, "habilitation.update", habilitation.espace)
    today = horloge.real_today(habilitation.espace)
    current = _locked(habilitation.espace, today)
    refuse_unread(lu, shown(Habilitation.objects.select_related("organisation", "personne").get(pk=habilitation.pk)))
    found = next((held for held in current if held.pk == habilitation.pk), None)
    if found is None:
        raise AttributionRefusee("Ce rôle a déjà pris fin.")
    others = [held for held in current if held.pk != found.pk]
    _somebody_stays(others, [found])
    if not vide and found.role == Role.EQUIPE and not _team_in(others):
        raise DerniereDeLEquipe(left_empty([str(found.espace)]))
    before = told(found)
    found.au = today
    found.save(update_fields=["au"])
    fact = Fait(GENRE, str(found.personne_id), "rôle", avant=before, apres="")
    record(trace_of(found.espace), by.auteur(found.espace), [fact], motif=motif)
    if successor and found.espace:
        hand_over(by=by, espace=found.espace, de=found.personne, a=successor, motif=motif)
    return found


def end_all(personne: Personne, by: Acces, motif: str, *, vide: bool = False) -> None:
    """End every role of a person who is being erased; the trace tells that they ended, and nothing of what they were.

    Raises:
        AttributionRefusee: nobody would administer the platform.
        DerniereDeLEquipe: nobody of a team would be left, and that was not said to be known (`vide`).
    """
    administrators = _locked(None, horloge.real_today())
    rows = Habilitation.objects.filter(personne=personne).select_related("espace", "personne__utilisateur")
    hers = [held for held in rows if held.au is None or held.au > horloge.real_today(held.espace)]
    for held in hers:
        _locked(held.espace, horloge.real_today(held.espace))
    if not vide and (emptied := teams_emptied_by(personne)):
        raise DerniereDeLEquipe(left_empty(emptied))
    _somebody_stays([held for held in administrators if held.personne_id != personne.pk], hers)
    for held in hers:
        held.au = max(horloge.real_today(held.espace), held.du)
        held.save(update_fields=["au"])
        fact = Fait(GENRE, str(personne.pk), "fin du rôle")
        record(trace_of(held.espace), by.auteur(held.espace), [fact], motif=motif)


def shown(held: Habilitation) -> Lu:
    """What a page shows of a role, and of what goes with it."""
    charges = held_by(held.espace, held.personne) if held.espace else []
    return {"rôle": told(held), "ce dont cette personne est chargée": ", ".join(charges)}


def teams_emptied_by(personne: Personne, role: Habilitation | None = None) -> list[str]:
    """The contracts whose team would hold nobody any more without a person, or without one role of hers."""
    hers = Habilitation.objects.filter(personne=personne, role=Role.EQUIPE).select_related("espace")
    ending = [one for one in hers if _going_on(one) and (role is None or one.pk == role.pk)]
    teams = Habilitation.objects.filter(espace__in=[one.espace_id for one in ending], role=Role.EQUIPE)
    left = teams.exclude(pk__in=[one.pk for one in ending]).select_related("espace", "personne__utilisateur")
    staying = {one.espace_id for one in left if _going_on(one) and _lasts(one)}
    return sorted({str(one.espace) for one in ending if one.espace_id not in staying})


def _going_on(held: Habilitation) -> bool:
    today = horloge.real_today(held.espace)
    return held.du <= today and (held.au is None or held.au > today)


def _team_in(roles: list[Habilitation]) -> bool:
    """Whether someone of these is of the team, can sign in, without an end in sight."""
    return any(held.role == Role.EQUIPE and _lasts(held) for held in roles)


def left_empty(lieux: list[str]) -> str:
    """What follows when nobody of a team is left, in a sentence."""
    where = ", ".join(lieux)
    return (
        f"C’est la dernière personne de l’équipe de {where}. Sans elle, personne n’y lit les réponses, n’y envoie de "
        "point d’étape ni n’y donne d’accès : seule l’administration de la plateforme pourra y nommer quelqu’un. "
        "Nommez d’abord quelqu’un, ou dites que vous le savez."
    )


def told(held: Habilitation) -> str:
    """A role as the trace tells it: no name of a person in it."""
    body = f", pour {designe(held.organisation.nom)}" if held.organisation else ""
    until = f", jusqu’au {date_fr(held.au)}" if held.au else ""
    return f"{held.get_role_display()}{body}{until}"


def _locked(espace: EspaceDeContrat | None, on: date) -> list[Habilitation]:
    """The roles of a place, held still: two administrators ending each other at once would leave none."""
    siblings = Habilitation.objects.current(on).filter(espace=espace)
    return list(siblings.select_for_update(of=("self",)).select_related("personne__utilisateur", "organisation"))


def _somebody_stays(others: list[Habilitation], ending: list[Habilitation]) -> None:
    """Refuse to end the last administration of the platform."""
    administered = any(held.role == Role.ADMINISTRATION for held in ending)
    if administered and not any(_lasts(held) for held in others):
        raise AttributionRefusee(
            "C’est la dernière personne qui administre la plateforme : nommez-en d’abord une autre."
        )


def _lasts(held: Habilitation) -> bool:
    """Whether an administrator can still sign in, without an end in sight."""
    user = held.personne.utilisateur
    return held.au is None and user is not None and user.is_active


def _give(given: Habilitation, auteur: Auteur, motif: str) -> Habilitation:
    if given.personne.effacee_le:
        raise AttributionRefusee("Cette personne a été effacée.")
    given.full_clean()
    given.save()
    fact = Fait(GENRE, str(given.personne_id), "rôle", apres=told(given))
    record(trace_of(given.espace), auteur, [fact], motif=motif)
    return given
