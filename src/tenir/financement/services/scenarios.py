"""Scenarios: opened, filled cell by cell, renamed, left; adopted by a decision, and only then in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.acteurs.models import Organisation
from tenir.contrat.models import Orientation
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.ecran.annulation.gestes import ensemble, geste
from tenir.ecran.versions import Conflit, Difference
from tenir.fiches.models import FicheAction
from tenir.financement.enums import EtatDeFinancement
from tenir.financement.models import LigneDeFinancement, MontantPropose, Scenario
from tenir.financement.montants import exact, told
from tenir.financement.scenarios import OPEN, amounts_of, with_amounts
from tenir.financement.services.commun import DEFINE, SCENARIO, about_scenario, locked
from tenir.financement.services.lignes import Case, line_of, open_line, say
from tenir.gouvernance.models import Decision
from tenir.gouvernance.services.commun import rewrite, same_contract
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.numeros import hold, next_number
from tenir.habilitations.rights import Acces, require

NOM = ("nom",)


@dataclass(frozen=True, slots=True)
class Chose:
    """What a row of the table is: an action, a project, a whole orientation."""

    orientation: Orientation
    fiche: FicheAction | None = None
    projet: str = ""

    def columns(self) -> dict[str, Any]:
        """As a row of the database names it."""
        return {"orientation": self.orientation, "fiche": self.fiche, "projet": self.projet}

    @property
    def nom(self) -> str:
        """Its name, as it is told."""
        return self.fiche.code if self.fiche else self.projet or self.orientation.code


@transaction.atomic
def open_scenario(
    *, by: Acces, espace: EspaceDeContrat, annee: int, nom: str, depuis: Scenario | None = None
) -> Scenario:
    """Open a scenario of a year, empty or as another one stands.

    Raises:
        Refus: she may not.
        ValidationError: a year outside the contract, no name, a name that another one of that year bears.
    """
    require(by, DEFINE, espace)
    same_contract(espace.pk, depuis=depuis)
    if not espace.debut <= annee <= espace.fin:
        raise ValidationError({"annee": f"Le contrat va de {espace.debut} à {espace.fin}."})
    made = Scenario(espace=espace, numero=next_number(Scenario, espace), annee=annee, nom=nom.strip())
    made.full_clean()
    amounts = amounts_of(with_amounts([depuis])[0]) if depuis else []
    with geste(by, about_scenario(made), "ouvert") as g:
        g.keep(made)
        made.save()
        for one in amounts:
            one.pk, one.scenario, one._state.adding = None, made, True
            g.keep(one)
            one.save()
        said = f"{annee}, « {made.nom} »" + (f", repris de « {depuis.nom} »" if depuis else "")
        g.tell([Fait(SCENARIO, made.code, "scénario", "", said)])
    return made


@transaction.atomic
def rename(*, by: Acces, scenario: Scenario, version: int, changes: Mapping[str, Any]) -> Scenario:
    """Give a scenario another name.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: no name, one that another bears, or the scenario is adopted.
    """
    found = _open(by, scenario)
    rewrite(by, about_scenario(found), found, version, changes, NOM)
    return found


@transaction.atomic
def propose(
    *, by: Acces, scenario: Scenario, chose: Chose, version: int, lus: Mapping[int, Decimal | None],
    montants: Mapping[int, Decimal | None],
) -> None:  # fmt: skip
    """Say what a scenario proposes for a row, funder by funder (by number); none: what is written stands.

    Raises:
        Refus: she may not.
        Conflit: someone wrote one of these cells since that version, where it was read as `lus`; nothing is written.
        ValidationError: an amount that cannot be, a cell that a funder settled, a scenario adopted.
    """
    found = _open(by, scenario)
    same_contract(found.espace_id, orientation=chose.orientation, fiche=chose.fiche)
    rows = MontantPropose.objects.filter(scenario=found, **chose.columns()).select_related("financeur")
    standing = {one.financeur_id: one for one in rows}
    funders = {one.pk: one for one in Organisation.objects.filter(pk__in=montants)}
    asked = {funders[pk]: None if one is None else exact(one) for pk, one in montants.items() if pk in funders}
    if version != found.version:
        _refuse_unseen(standing, asked, lus)
    with geste(by, about_scenario(found), f"montants proposés pour {chose.nom}") as g:
        g.keep(found)
        found.version += 1
        found.save(update_fields=["version"])
        for funder, montant in asked.items():
            _write(found, chose, funder, standing.get(funder.pk), montant, g)


@transaction.atomic
def remove(*, by: Acces, scenario: Scenario, lu: Lu | None = None) -> None:
    """Leave a scenario that no decision adopted.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: a decision adopted it.
    """
    found = _open(by, scenario)
    refuse_unread(lu, shown(found))
    with geste(by, about_scenario(found), "supprimé") as g:
        g.keep(found)
        found.retire_le = horloge.today(found.espace)
        found.version += 1
        found.full_clean()
        found.save()
        g.tell([Fait(SCENARIO, found.code, "scénario", found.nom, "")])


@transaction.atomic
def adopt(*, by: Acces, scenario: Scenario, decision: Decision, lu: Lu | None = None) -> Scenario:
    """Write in the ledger, as proposed, each amount of a scenario that a decision adopts; one gesture, undone at once.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: a decision of another contract, or that adopted one already; an empty scenario.
    """
    found = _open(by, scenario)
    same_contract(found.espace_id, decision=decision)
    refuse_unread(lu, shown(found))
    amounts = amounts_of(found)
    if not amounts:
        raise ValidationError("Ce scénario ne propose aucun montant : il n’y a rien à adopter.")
    with ensemble(by, found.espace, lambda count: _phrase(found, decision, count)):
        _mark(by, found, decision)
        for one in amounts:
            _enter(by, found, one, decision)
    return found


def shown(scenario: Scenario) -> Lu:
    """What a page shows of a scenario before one acts on it."""
    (held_,) = with_amounts([scenario]) if scenario.pk else (scenario,)
    amounts = {f"{_thing(one)}, {one.financeur}": told(one.montant) for one in amounts_of(held_)}
    return {"nom": scenario.nom, "décision": scenario.adopte_par.code if scenario.adopte_par else "aucune"} | amounts


def _thing(one: MontantPropose) -> str:
    return Chose(one.orientation, one.fiche, one.projet).nom


def _open(by: Acces, scenario: Scenario) -> Scenario:
    """A scenario as it stands now, held until the end, which no decision adopted."""
    require(by, DEFINE, scenario.espace)
    hold(scenario.espace)
    found = still(Scenario.objects.select_for_update(of=("self",)).select_related("espace"), scenario)
    if found.retire_le is not None:
        raise ValidationError("Ce scénario est supprimé : ouvrez-en un autre.")
    if found.adopte_par_id is not None:
        raise ValidationError("Une décision a adopté ce scénario : il ne change plus. Ouvrez-en un autre.")
    (found,) = with_amounts([found])
    return found


def _refuse_unseen(
    standing: Mapping[int, MontantPropose],
    asked: Mapping[Organisation, Decimal | None],
    lus: Mapping[int, Decimal | None],
) -> None:
    found = []
    for funder, montant in asked.items():
        now = standing[funder.pk].montant if funder.pk in standing else None
        if now not in (lus.get(funder.pk), montant):
            found.append(Difference(funder.nom, told(now), told(montant)))
    if found:
        raise Conflit(found)


def _write(
    scenario: Scenario, chose: Chose, funder: Organisation, kept: MontantPropose | None, montant: Decimal | None, g: Any
) -> None:
    before = kept.montant if kept else None
    if before == montant:
        return
    row = kept or MontantPropose(scenario=scenario, financeur=funder, **chose.columns())
    g.keep(row)
    if montant is None:
        row.delete()
    else:
        _refuse_settled(scenario, chose, funder)
        row.montant = montant
        row.full_clean()
        row.save()
    g.tell([Fait(SCENARIO, scenario.code, f"{chose.nom}, {funder}", told(before), told(montant))])


def _standing(scenario: Scenario, chose: Chose, funder: Organisation) -> tuple[Case, LigneDeFinancement | None]:
    case = Case(chose.orientation, funder, scenario.annee, chose.fiche, chose.projet)
    return case, line_of(scenario.espace, case)


def _refuse_settled(scenario: Scenario, chose: Chose, funder: Organisation) -> None:
    line = _standing(scenario, chose, funder)[1]
    if line and line.etat not in OPEN:
        said = f"{funder} a déjà {line.get_etat_display()} ici : un scénario ne le change pas."
        raise ValidationError({f"montant_{funder.pk}": typo(said)})


def _mark(by: Acces, scenario: Scenario, decision: Decision) -> None:
    with geste(by, about_scenario(scenario), f"adopté par la décision {decision.code}") as g:
        g.keep(scenario)
        scenario.adopte_par, scenario.adopte_le = decision, horloge.today(scenario.espace)
        scenario.version += 1
        scenario.full_clean()
        scenario.save()
        said = f"décision {decision.code} du {date_fr(decision.reunion.jour)}"
        g.tell([Fait(SCENARIO, scenario.code, "adopté par", "", said)])


def _enter(by: Acces, scenario: Scenario, one: MontantPropose, decision: Decision) -> None:
    """An amount becomes a row of the ledger; what a funder settled meanwhile stays, and so does what says the same."""
    case, line = _standing(scenario, Chose(one.orientation, one.fiche, one.projet), one.financeur)
    source = f"Scénario « {scenario.nom} », décision {decision.code} du {date_fr(decision.reunion.jour)}"
    proposed = EtatDeFinancement.PROPOSE
    given = {"etat": proposed, "montant": one.montant, "le": scenario.adopte_le, "source": source[:300]}
    if line is None:
        open_line(by=by, espace=scenario.espace, case=case, given=given)
        return
    found = locked(line)
    if found.etat in OPEN and (found.etat, found.montant) != (proposed, one.montant):
        say(by=by, ligne=found, version=found.version, given=given)


def _phrase(scenario: Scenario, decision: Decision, count: int) -> str:
    lines = max(count - 1, 0)
    wrote = f"{pluriel(lines, 'ligne', genre='f', lettres=True)} {accord(lines, 'inscrite')}"
    return typo(f"Scénario « {scenario.nom} » adopté par la décision {decision.code} : {wrote}.")
