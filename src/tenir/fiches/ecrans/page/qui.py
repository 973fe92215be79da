"""The contact sheet of an action: who carries it, who pays, who refers, whom to call, what is stuck since when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tenir.acteurs.models import Organisation
from tenir.contrat.models import LigneDeCredits
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Item, Tampon, Ton
from tenir.core.typographie import capital, date_fr, typo
from tenir.equipe.joindre import Repertoire
from tenir.equipe.services.relances import Relances
from tenir.fiches.droits import in_charge, printed_partners
from tenir.fiches.models import FicheAction, PartenaireDeLAction
from tenir.fiches.situation import Situation
from tenir.habilitations.rights import Acces, may

NOTHING = Tampon("rien n’est annoncé", Ton.MUET)


@dataclass(frozen=True, slots=True)
class RoleDansLAction:
    """What some bodies are in an action, each with whom to call; `rien` is said where there is none."""

    titre: str
    lignes: list[Item]
    rien: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class QuiFaitQuoi:
    """The sheet: the roles, what is stuck (empty when nothing is), the last reminder."""

    roles: list[RoleDansLAction]
    bloque: str
    relance: str


def contact_sheet(
    acces: Acces, fiche: FicheAction, partners: Iterable[PartenaireDeLAction], situation: Situation, on: date
) -> QuiFaitQuoi:
    """The sheet of an action, for someone; telephones are for who reads contacts."""
    book = Repertoire(acces, fiche.espace, on)
    referring = fiche.prescripteurs.order_by(alphabetical("nom"))
    roles = [
        RoleDansLAction("Porte", [_line(book, body) for body in in_charge(fiche)], "à désigner"),
        _payers(book, fiche),
        RoleDansLAction("Oriente", [_line(book, body) for body in referring], "aucun prescripteur n’est dit"),
        RoleDansLAction("Prend part", _partners(book, fiche, partners), "personne d’autre"),
    ]
    return QuiFaitQuoi(roles, _stuck(situation), _reminded(acces, fiche))


def _partners(book: Repertoire, fiche: FicheAction, added: Iterable[PartenaireDeLAction]) -> list[Item]:
    """Those added since with their part, then those that the contract names and nobody completed."""
    rows = list(added)
    held = {one.organisation_id for one in rows}
    printed = [one for one in printed_partners(fiche) if one.organisation_id not in held]
    lines = [_line(book, one.organisation, one.part) for one in rows]
    return lines + [Item("", one.nom, appels=book.calls([one.organisation_id])) for one in printed]


def _line(book: Repertoire, body: Organisation, note: str = "", stamp: Tampon | None = None) -> Item:
    calls = [replace(one, organisme="") for one in book.calls([body.pk])]
    return Item("", str(body), note=note, stamp=stamp, appels=calls)


def _payers(book: Repertoire, fiche: FicheAction) -> RoleDansLAction:
    """The funders, as the contract prints them for the orientation: it never says them action by action."""
    rows = LigneDeCredits.objects.of(fiche.espace).filter(orientation=fiche.action.orientation)
    found = rows.select_related("organisation").prefetch_related("dispositifs").order_by("ordre")
    orientation = fiche.action.orientation.code
    told = f"Le contrat l’écrit pour l’orientation {orientation}, pas action par action."
    return RoleDansLAction("Paie", [_money(book, one) for one in found], "aucun financeur n’est imprimé", typo(told))


def _money(book: Repertoire, row: LigneDeCredits) -> Item:
    schemes = ", ".join(one.nom for one in row.dispositifs.all())
    stamp = NOTHING if row.vide else None
    return Item(row.code, row.financeur, note=typo(schemes), stamp=stamp, appels=book.calls([row.organisation_id]))


def _stuck(situation: Situation) -> str:
    """What is stuck, and since when."""
    if late := situation.premier:
        return typo(f"{capital(late.quoi)} est attendu depuis le {date_fr(late.attendu_le)}.")
    if since := situation.silence_depuis:
        return typo(f"Rien n’en est dit depuis le {date_fr(since)}.")
    return ""


def _reminded(acces: Acces, fiche: FicheAction) -> str:
    if not may(acces, "relance.create", fiche.espace):
        return ""
    last = Relances(fiche.espace).last(action=fiche.action_id)
    return f"Relancé le {date_fr(last)}." if last else "Jamais relancé."
