"""The readings of indicators: defining what is followed, giving a reading, correcting it, judging it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait
from tenir.core.typographie import date_fr, nombre
from tenir.ecran.annulation.gestes import Chose, geste
from tenir.ecran.champs import nouns, words_of
from tenir.ecran.versions import changed_fields, facts_of, refuse_older
from tenir.habilitations.parole import Parole, own
from tenir.habilitations.rights import Acces, require
from tenir.indicateurs.champs import NIVEAUX
from tenir.indicateurs.ecart import far_apart, previous
from tenir.indicateurs.enums import StatutDeReleve
from tenir.indicateurs.models import ReleveDIndicateur, SuiviDIndicateur

GENRE = "indicateur"
"""The kind of these facts in the trace; their object is the code of the indicator."""
CONFIRMER = "confirmer"
"""The field by which one says that a value is exact."""
SHOWN = ("debut", "fin", "ventilation", "valeur", "source", "commentaire", "statut")


@dataclass(frozen=True, slots=True)
class Mesure:
    """What is read: a value over a period, for everyone or for one part of them, and where it comes from."""

    debut: date
    fin: date
    valeur: Decimal
    source: str
    ventilation: str = ""
    commentaire: str = ""


@transaction.atomic
def define_indicateur(
    *, by: Acces, suivi: SuiviDIndicateur, version: int, changes: Mapping[str, Any]
) -> SuiviDIndicateur:
    """Write how an indicator is followed (`champs.INDICATEUR`); return it as it stands.

    Raises:
        Refus: she may not.
        Conflit: someone changed it since that version.
        ValidationError: a value that it cannot hold.
    """
    require(by, "indicateur.define", suivi.espace, suivi)
    found = locked(suivi)
    changed = changed_fields(found, changes, NIVEAUX)
    refuse_older(found, version, changed)
    if not changed:
        return found
    facts = facts_of(GENRE, found.code, found, changed)
    with geste(by, about(found, "indicateur.define"), f"suivi défini ({nouns(changed, SuiviDIndicateur)})") as g:
        g.keep(found)
        for name, value in changed.items():
            setattr(found, name, value)
        found.version += 1
        found.full_clean()
        found.save()
        g.tell(facts)
    return found


def about(suivi: SuiviDIndicateur, right: str = "indicateur.define") -> Chose:
    """An indicator as what is done to it is told, and undone."""
    return Chose(suivi, GENRE, suivi.code, suivi.indicateur.libelle, right)


@transaction.atomic
def record_releve(
    *,
    by: Acces,
    suivi: SuiviDIndicateur,
    mesure: Mesure,
    corrige: ReleveDIndicateur | None = None,
    motif: str = "",
    parole: Parole | None = None,
    exact: bool = False,
    lu: Lu | None = None,
) -> ReleveDIndicateur:
    """Keep a reading, provisional until the team judges it; one that corrects another leaves that one kept.

    `parole`: someone else gave it.

    `exact`: a value far from the one before was looked at twice. `lu`: what was read of the one it corrects.

    Raises:
        Refus: she may not.
        Perime: the one it corrects is no more what was read.
        ValidationError: no source, a period to come or backwards, the same period twice, a reading corrected already,
            a correction that does not say why or changes nothing, a value to look at twice.
    """
    require(by, "releve.create", suivi.espace, suivi)
    found = locked(suivi)
    if corrige:
        refuse_unread(lu, shown(ReleveDIndicateur.objects.get(pk=corrige.pk)), {"valeur": figure(mesure.valeur)})
    releve = tried(found, mesure, corrige=corrige, motif=motif, exact=exact)
    said = parole or own(by, found.espace)
    releve.auteur, releve.pour = said.personne, said.organisation
    releve.full_clean()
    _keep(by, found, releve, motif)
    return releve


def tried(
    suivi: SuiviDIndicateur,
    mesure: Mesure,
    *,
    corrige: ReleveDIndicateur | None = None,
    motif: str = "",
    exact: bool = False,
) -> ReleveDIndicateur:
    """The reading as it would be kept: nothing is written.

    Raises:
        ValidationError: what `record_releve` refuses.
    """
    releve = ReleveDIndicateur(suivi=suivi, corrige=corrige, **_written(mesure))
    releve.clean_fields(exclude={"auteur", "pour", "suivi", "corrige"})
    releve.validate_constraints()
    _refuse(suivi, mesure, corrige, motif)
    if not exact and (doubt := _doubt(suivi, mesure, corrige)):
        raise ValidationError({CONFIRMER: doubt})
    return releve


def _written(mesure: Mesure) -> dict[str, Any]:
    given = {name: getattr(mesure, name) for name in ("debut", "fin", "valeur")}
    return given | {name: getattr(mesure, name).strip() for name in ("ventilation", "source", "commentaire")}


def _doubt(suivi: SuiviDIndicateur, mesure: Mesure, corrige: ReleveDIndicateur | None) -> str:
    """Why a value is worth a second look, in a sentence; it may be right."""
    before = previous(suivi.releves.in_force(), mesure.ventilation, corrige)
    if before is None or not far_apart(mesure.valeur, before.valeur):
        return ""
    more = abs(mesure.valeur) > abs(before.valeur)
    than = "plus de dix fois plus grand" if more else "plus de dix fois plus petit"
    return (
        f"{figure(mesure.valeur)} est {than} que le relevé précédent, {figure(before.valeur)} {told_period(before)}. "
        "Vérifiez ; si ce chiffre est exact, cochez la case."
    )


def _keep(by: Acces, suivi: SuiviDIndicateur, releve: ReleveDIndicateur, motif: str) -> None:
    """Keep a reading; it leans on the one that it corrects, if any."""
    said = f"relevé {told_period(releve)} {'corrigé' if releve.corrige_id else 'donné'}"
    with geste(by, about(suivi, "releve.create"), said) as g:
        corrected = ReleveDIndicateur.objects.filter(pk=releve.corrige_id).first() if releve.corrige_id else None
        if corrected:
            g.keep(corrected)
        g.keep(releve)
        releve.save()
        before = figure(corrected.valeur) if corrected else ""
        g.tell([Fait(GENRE, suivi.code, f"relevé {told_period(releve)}", before, figure(releve.valeur))], motif)


@transaction.atomic
def judge_releve(
    *, by: Acces, releve: ReleveDIndicateur, statut: StatutDeReleve, motif: str = "", lu: Lu | None = None
) -> None:
    """Validate or contest a reading, or take that back.

    Raises:
        Refus: she may not.
        Perime: it is no more what was read.
        ValidationError: contested without a reason, or it was corrected meanwhile.
    """
    require(by, "releve.validate", releve.suivi.espace, releve.suivi)
    found = still(ReleveDIndicateur.objects.select_for_update(of=("self",)), releve)
    refuse_unread(lu, shown(found))
    if ReleveDIndicateur.objects.filter(corrige=found).exists():
        raise ValidationError("Ce relevé a été corrigé entre-temps : jugez celui qui le remplace.")
    if statut == StatutDeReleve.CONTESTE and not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi ce relevé est contesté."})
    if found.statut == statut:
        return
    suivi = locked(releve.suivi)
    fact = Fait(GENRE, suivi.code, f"relevé {told_period(found)}, statut", found.get_statut_display(), statut.label)
    with geste(by, about(suivi, "releve.validate"), f"relevé {told_period(found)} : {statut.label}") as g:
        g.keep(found)
        found.statut = statut
        found.save(update_fields=["statut"])
        g.tell([fact], motif.strip())


def shown(releve: ReleveDIndicateur) -> Lu:
    """What a page shows of a reading, and what corrects it."""
    return shown_in_force(releve) | {"corrigé en": _corrected_as(releve)}


def shown_in_force(releve: ReleveDIndicateur) -> dict[str, str]:
    """The same of a reading that is known to be in force: no query."""
    return words_of(releve, SHOWN) | {"corrigé en": ""}


def _corrected_as(releve: ReleveDIndicateur) -> str:
    by = ReleveDIndicateur.objects.filter(corrige=releve).first()
    return f"{figure(by.valeur)}, {told_period(by)}" if by else ""


def figure(value: Decimal) -> str:
    """A value as it is read: the zeros that the column adds are not."""
    return nombre(value.normalize())


def told_period(releve: ReleveDIndicateur) -> str:
    """« du 1er janvier 2026 au 30 juin 2026, pour les femmes »; one day alone is « du 12 mars 2026 »."""
    until = f" au {date_fr(releve.fin)}" if releve.fin != releve.debut else ""
    part = f", pour {releve.ventilation}" if releve.ventilation else ""
    return f"du {date_fr(releve.debut)}{until}{part}"


def locked(suivi: SuiviDIndicateur) -> SuiviDIndicateur:
    """The life of an indicator as it stands now, held until the end of the transaction."""
    rows = SuiviDIndicateur.objects.select_for_update(of=("self",))
    return rows.select_related("espace", "indicateur", "organisme", "personne").get(pk=suivi.pk)


def _refuse(suivi: SuiviDIndicateur, mesure: Mesure, corrige: ReleveDIndicateur | None, motif: str) -> None:
    if mesure.fin > horloge.today(suivi.espace):
        raise ValidationError({"fin": "Cette période n’est pas finie : le relevé se donne ensuite."})
    same = suivi.releves.in_force().filter(
        debut=mesure.debut, fin=mesure.fin, ventilation__iexact=mesure.ventilation.strip()
    )
    if corrige is None:
        if same.exists():
            raise ValidationError("Un relevé existe déjà pour cette période : corrigez-le.")
        return
    if corrige.suivi_id != suivi.pk or ReleveDIndicateur.objects.filter(corrige=corrige).exists():
        raise ValidationError("Ce relevé a déjà été corrigé : reprenez depuis le dernier.")
    if same.exclude(pk=corrige.pk).exists():
        raise ValidationError("Un autre relevé existe déjà pour cette période.")
    if all(getattr(corrige, name) == value for name, value in _written(mesure).items()):
        raise ValidationError("Rien n’est changé : corrigez une valeur, ou revenez à l’indicateur.")
    if not motif.strip():
        raise ValidationError({"motif": "Dites pourquoi ce relevé est corrigé."})
