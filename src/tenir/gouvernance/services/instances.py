"""What a body is: adding one, who sits in it, the rules that the team adds to those of the contract."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.noms import de
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr
from tenir.ecran.annulation.gestes import ensemble, geste
from tenir.gouvernance.enums import MAY_BE_NUMBERED, NUMBERED, READ_FROM_THE_CONTRACT, GenreDeRegle, NatureDeSource
from tenir.gouvernance.models import InstanceSuivie, RegleDeGouvernance, Siege
from tenir.gouvernance.services.commun import about_instance, add, in_words, same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require

RIGHT = "instance.update"
MODELE = (
    "modèle des commissions consultatives de l’État "
    "(code des relations entre le public et l’administration, R. 133-3 à R. 133-15)"
)
REGLEMENT: tuple[tuple[GenreDeRegle, int, str], ...] = (
    (GenreDeRegle.PREAVIS, 5, "Convoquer cinq jours au moins avant la réunion, avec l’ordre du jour et les documents."),
    (GenreDeRegle.QUORUM, 50, "Réunir la moitié des organismes, présents ou représentés."),
)
"""The règlement that a body may adopt. It binds no comité of a contract by itself: its source says it is a model."""


@transaction.atomic
def add_instance(*, by: Acces, espace: EspaceDeContrat, given: Mapping[str, Any]) -> InstanceSuivie:
    """Set up a body that the contract does not sign: a commission, a working group.

    Raises:
        Refus: she may not.
        ValidationError: no name, nothing that sets it up, an action of another contract.
    """
    require(by, RIGHT, espace)
    same_contract(espace.pk, action=given.get("action"))
    made = InstanceSuivie(espace=espace, suivie_depuis=horloge.today(espace), **given)
    made.full_clean()
    made.save()
    chose = about_instance(made)
    with geste(by, chose, "instance ajoutée") as g:
        g.tell([Fait(chose.genre, made.code, "instance", "", made.nom)])
    return made


@transaction.atomic
def seat(*, by: Acces, instance: InstanceSuivie, given: Mapping[str, Any]) -> Siege:
    """Give a seat to an organisation.

    Raises:
        Refus: she may not.
        ValidationError: it holds it already, or ends before it begins.
    """
    require(by, RIGHT, instance.espace)
    same_contract(instance.espace_id, decision=given.get("decision"))
    made = Siege(instance=instance, **given)
    add(
        by,
        about_instance(instance),
        made,
        f"siège {de(made.organisation)}",
        in_words(made, "qualite", "fonction", "du"),
    )
    return made


@transaction.atomic
def seat_all(*, by: Acces, instance: InstanceSuivie, bodies: Iterable[tuple[Organisation, str, str]], du: date) -> int:
    """Give a seat to several organisations at once (each with its function and what it is); return how many were given.

    Raises:
        Refus: she may not.
    """
    require(by, RIGHT, instance.espace)
    held = set(instance.sieges.filter(au=None).values_list("organisation", "fonction", "qualite"))
    wanted = [one for one in bodies if (one[0].pk, one[1], one[2]) not in held]
    with ensemble(by, instance.espace, lambda _: f"{instance.nom} : composition reprise du contrat."):
        for organisation, fonction, qualite in wanted:
            given = {"organisation": organisation, "fonction": fonction, "qualite": qualite, "du": du}
            seat(by=by, instance=instance, given=given)
    return len(wanted)


@transaction.atomic
def end_seat(*, by: Acces, siege: Siege, au: date, lu: Lu | None = None) -> None:
    """End a seat on a day; it stays in the composition of the meetings before.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it ended already, or would before it began.
    """
    require(by, RIGHT, siege.instance.espace)
    rows = Siege.objects.select_for_update(of=("self",)).select_related("organisation", "instance__espace")
    found = still(rows, siege)
    refuse_unread(lu, shown_seat(found))
    if found.au:
        raise ValidationError("Ce siège a déjà pris fin.")
    chose = about_instance(found.instance)
    with geste(by, chose, f"fin du siège {de(found.organisation)}") as g:
        g.keep(found)
        found.au = au
        found.full_clean()
        found.save()
        g.tell([Fait(chose.genre, chose.code, f"fin du siège {de(found.organisation)}", "", date_fr(au))])


def shown_seat(siege: Siege) -> Lu:
    """What a page shows of a seat."""
    return {"siège": str(siege), "qualité": siege.get_qualite_display(), "fin": date_fr(siege.au) if siege.au else ""}


@transaction.atomic
def add_rule(*, by: Acces, instance: InstanceSuivie, given: Mapping[str, Any]) -> RegleDeGouvernance:
    """Add a rule to those of the contract, with what it rests on.

    Raises:
        Refus: she may not.
        ValidationError: no source, no number where its kind holds one, a body of another contract, a kind that the
            contract says in rows of its own.
    """
    require(by, RIGHT, instance.espace)
    held = dict(given)
    same_contract(instance.espace_id, avant=held.get("avant"))
    if held["genre"] not in (*NUMBERED, *MAY_BE_NUMBERED):
        held["nombre"] = None
    if held["nature"] == NatureDeSource.CONTRAT and held["genre"] in READ_FROM_THE_CONTRACT:
        raise ValidationError({"nature": "Le contrat signé porte lui-même cette règle : elle se lit dans son texte."})
    made = RegleDeGouvernance(instance=instance, **held)
    add(by, about_instance(instance), made, "règle ajoutée", f"{made.titre} ({made.source})")
    return made


@transaction.atomic
def adopt(*, by: Acces, instance: InstanceSuivie, le: date, par: str) -> int:
    """Adopt the model of règlement for a body, by what decided it; return how many rules now hold.

    Raises:
        Refus: she may not.
        ValidationError: it holds already, or nothing says who adopted it.
    """
    require(by, RIGHT, instance.espace)
    if not par.strip():
        raise ValidationError({"par": "Dites qui l’a adopté : le règlement ne s’impose pas de lui-même."})
    open_rules = instance.regles_ajoutees.filter(au=None, nature=NatureDeSource.REGLEMENT)
    if open_rules.exists():
        raise ValidationError("Ce règlement est déjà adopté.")
    with ensemble(by, instance.espace, lambda _: f"{instance.nom} : règlement adopté."):
        for genre, nombre, titre in REGLEMENT:
            source = f"adopté par {par.strip()}, d’après le {MODELE}"
            given = {"genre": genre, "nombre": nombre, "titre": titre, "source": source, "du": le}
            add_rule(by=by, instance=instance, given={**given, "nature": NatureDeSource.REGLEMENT})
    return len(REGLEMENT)


@transaction.atomic
def end_rule(*, by: Acces, regle: RegleDeGouvernance, au: date, lu: Lu | None = None) -> None:
    """End a rule of the team on a day; what was said beside it stays.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: it ended already, or would before it began.
    """
    require(by, RIGHT, regle.instance.espace)
    rows = RegleDeGouvernance.objects.select_for_update(of=("self",)).select_related("instance__espace")
    found = still(rows, regle)
    refuse_unread(lu, shown_rule(found))
    if found.au:
        raise ValidationError("Cette règle a déjà pris fin.")
    chose = about_instance(found.instance)
    with geste(by, chose, "règle terminée") as g:
        g.keep(found)
        found.au = au
        found.full_clean()
        found.save()
        g.tell([Fait(chose.genre, chose.code, "règle terminée", found.titre, date_fr(au))])


def shown_rule(regle: RegleDeGouvernance) -> Lu:
    """What a page shows of a rule."""
    return {"règle": regle.titre, "source": regle.source, "fin": date_fr(regle.au) if regle.au else ""}
