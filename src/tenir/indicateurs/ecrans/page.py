"""What the page of an indicator shows: plain values for the template."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from tenir.core import horloge
from tenir.core.composants import Lien, MotsSignes, Renseignement, Tampon, Ton
from tenir.core.marques import Lu
from tenir.core.typographie import date_fr, typo
from tenir.ecran.histoire import Passage
from tenir.fichier.source import written_lines
from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.ecrans.commun import at
from tenir.indicateurs.enums import TON_DU_RELEVE, StatutDeReleve
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import MANQUES, awaited_of, covered_by, missing, period, repeated_as, targets, with_unit
from tenir.indicateurs.services.indicateur import shown_in_force, told_period

TO_DEFINE = Tampon("à définir", Ton.MUET)


@dataclass(frozen=True, slots=True)
class LigneDeReleve:
    """A reading with all that goes with a figure; the addresses are empty for whoever may not."""

    periode: str
    pour: str
    valeur: str
    statut: Tampon
    pourquoi: str
    source: str
    donne: str
    commentaire: str
    corriger: str = ""
    valider: str = ""
    contester: str = ""
    lu: Lu | None = None


@dataclass(frozen=True, slots=True)
class LigneCorrigee:
    """A reading that another corrects: kept, with what it became, when, by whom and why."""

    periode: str
    valeur: str
    source: str
    donne: str
    devenu: str
    pourquoi: str


@dataclass(frozen=True, slots=True)
class LigneDeCible:
    """A target: its day, its value, its source, whether its day has passed."""

    le: str
    valeur: str
    source: str
    passee: bool
    modifier: str = ""
    retirer: str = ""


def follow_up(suivi: SuiviDIndicateur) -> list[Renseignement]:
    """What it takes to read the figures; an empty value is to be defined."""
    start = ""
    if suivi.reference is not None and suivi.reference_le:
        start = f"{with_unit(suivi.reference, suivi)} au {date_fr(suivi.reference_le)}, {suivi.reference_source}"
    return [
        Renseignement("Organisme responsable", str(suivi.organisme or "")),
        Renseignement("Personne responsable", str(suivi.personne or "")),
        Renseignement("Unité", suivi.unite),
        Renseignement("Fréquence", suivi.get_frequence_display()),
        Renseignement("Valeur de départ", start),
        Renseignement("Valeur de départ imprimée dans le contrat", suivi.indicateur.depart or "aucune"),
        Renseignement("Cible imprimée dans le contrat", suivi.indicateur.cible or "aucune"),
    ]


def to_define(suivi: SuiviDIndicateur) -> str:
    """What nobody said yet, in a sentence; empty when nothing is missing."""
    names = [MANQUES[name] for name in missing(suivi)]
    return typo(f"Il manque, pour le suivre : {', '.join(names)}.") if names else ""


def next_reading(suivi: SuiviDIndicateur, on: date) -> tuple[str, Tampon | None]:
    """The day the next reading is awaited, and how it stands."""
    found = awaited_of(suivi)
    if found is None:
        return ("", TO_DEFINE) if not suivi.frequence else ("Aucun : il se relève une fois, et c’est fait.", None)
    return date_fr(found.le), found.stamp(on)


def reading_rows(
    suivi: SuiviDIndicateur, found: Iterable[ReleveDIndicateur], history: Sequence[Passage], *, give: bool, judge: bool
) -> list[LigneDeReleve]:
    """The readings in force, the latest period first."""
    rows = sorted(found, key=lambda one: (one.fin, one.debut, one.ventilation == "", one.pk), reverse=True)
    return [_row(suivi, one, history, give, judge) for one in rows]


def _row(
    suivi: SuiviDIndicateur, one: ReleveDIndicateur, history: Sequence[Passage], give: bool, judge: bool
) -> LigneDeReleve:
    def to(name: str, may: bool) -> str:
        return at(suivi, name, one.pk) if may else ""

    return LigneDeReleve(
        period(one),
        one.ventilation,
        with_unit(one.valeur, suivi),
        Tampon(one.get_statut_display(), TON_DU_RELEVE[StatutDeReleve(one.statut)]),
        _reason(history, f"relevé {told_period(one)}, statut"),
        one.source,
        _given(one),
        one.commentaire,
        to("releve-corriger", give),
        to("releve-valider", judge and one.statut != StatutDeReleve.VALIDE),
        to("releve-contester", judge and one.statut != StatutDeReleve.CONTESTE),
        shown_in_force(one) if judge else None,
    )


def corrected_rows(
    suivi: SuiviDIndicateur, found: Iterable[ReleveDIndicateur], history: Sequence[Passage]
) -> list[LigneCorrigee]:
    """The readings that others correct, the latest period first."""
    return [_corrected(suivi, one, history) for one in found]


def _corrected(suivi: SuiviDIndicateur, one: ReleveDIndicateur, history: Sequence[Passage]) -> LigneCorrigee:
    by = one.correction
    changed = period(by) if (by.debut, by.fin) != (one.debut, one.fin) else ""
    became = f"{with_unit(by.valeur, suivi)}{f' {changed}' if changed else ''}, {_given(by)}"
    part = f", pour {one.ventilation}" if one.ventilation else ""
    why = _reason(history, f"relevé {told_period(by)}", since=by.enregistre_le)
    return LigneCorrigee(period(one) + part, with_unit(one.valeur, suivi), one.source, _given(one), became, why)


def _reason(history: Sequence[Passage], champ: str, since: datetime | None = None) -> str:
    """Why something changed, as the trace keeps it: the last time, or the first since a moment."""
    told = [one for one in history if one.champ == champ and (since is None or one.le >= since)]
    return (told[-1] if since else told[0]).motif if told else ""


def _given(one: ReleveDIndicateur) -> str:
    """Who gave a reading, for whom, when."""
    who = ", ".join(str(piece) for piece in (one.auteur, one.pour) if piece)
    day = f"le {date_fr(horloge.day_of(one.enregistre_le))}"
    return f"{who}, {day}" if who else day


def target_rows(suivi: SuiviDIndicateur, on: date, *, define: bool) -> list[LigneDeCible]:
    """The targets, by day."""

    def row(one: CibleDIndicateur) -> LigneDeCible:
        links = [at(suivi, name, one.pk) if define else "" for name in ("cible-modifier", "cible-retirer")]
        return LigneDeCible(date_fr(one.le), with_unit(one.valeur, suivi), one.source, one.le < on, *links)

    return [row(one) for one in targets(suivi)]


def orientations(suivi: SuiviDIndicateur) -> list[Lien]:
    """The orientations that it covers."""
    return [Lien(one.titre, code=one.code) for one in covered_by(suivi)]


def repetitions(suivi: SuiviDIndicateur) -> list[Lien]:
    """Where the contract prints it again."""
    return [Lien(one.libelle, code=one.code) for one in repeated_as(suivi)]


def signed_words(suivi: SuiviDIndicateur) -> MotsSignes | None:
    """The signed words of the indicator and their lines."""
    printed = suivi.indicateur
    return MotsSignes(printed.mots, written_lines(printed.plages)) if printed.plages else None


def public_page(suivi: SuiviDIndicateur) -> str:
    """The page of the indicator on the public site, once the contract is public."""
    espace = suivi.espace
    return reverse("indicateur", args=[espace.slug, suivi.code]) if espace.etat == EspaceDeContrat.Etat.PUBLIE else ""


def gestures(suivi: SuiviDIndicateur, *, give: bool, define: bool) -> Iterator[tuple[str, str]]:
    """What the reader may do: the name and the address of each."""
    if give:
        yield "donner", at(suivi, "relever")
    if define:
        yield "definir", at(suivi, "definir")
        yield "cible", at(suivi, "cible-nouvelle")
