"""Taking a snapshot: everything that partners read of a contract on a day, in a number of queries that does not grow.

Each function gives plain values in the order of the contract. Nothing is made up: what nobody said is empty.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from tenir.contrat.models import Engagement, Orientation, VersionDuContrat
from tenir.core import horloge
from tenir.engagements.models import SuiviDEngagement
from tenir.evaluation.instantane.forme import SCHEMA, Donnees
from tenir.evaluation.instantane.institutions import meetings, preconisations, registers
from tenir.fiches.ecrans.tableau.lignes import Ligne, lines_of
from tenir.fiches.models import Jalon, Nouvelle
from tenir.fichier.mots import plain
from tenir.financement.models import LigneDeFinancement
from tenir.habilitations.models import EspaceDeContrat
from tenir.indicateurs.models import CibleDIndicateur, ReleveDIndicateur, SuiviDIndicateur
from tenir.indicateurs.releves import covered_by, latest, missing, next_target, readings, targets, with_readings

AMOUNTS = ("annonce", "demande", "vote", "verse", "compte")
"""What is kept of the money of a cell, each summed over its lines."""


def take(espace: EspaceDeContrat, jour: date, depart: date) -> Donnees:
    """The whole of a contract on a day; `depart`: the day of the signed text that it will be compared with."""
    return {
        "schema": SCHEMA,
        "contrat": {"code": espace.slug, "titre": espace.titre, "fictif": espace.fictif},
        "jour": jour.isoformat(),
        "depart": _signed(espace, depart),
        "orientations": _orientations(espace),
        "actions": [_action(line, jour, news) for line, news in _with_news(espace, jour)],
        "engagements": _promises(espace, jour),
        "indicateurs": _indicators(espace, jour),
        "argent": _money(espace),
        "reunions": meetings(espace, jour),
        "preconisations": preconisations(espace),
        "registres": registers(espace),
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def _signed(espace: EspaceDeContrat, depart: date) -> Donnees:
    """The text that was signed then, and the codes it held; the first one, where none was in force yet."""
    versions = VersionDuContrat.objects
    found = versions.en_vigueur(espace, depart) or versions.of(espace).order_by("numero").first()
    if found is None:
        return {"jour": depart.isoformat(), "version": None, "en_vigueur": "", "codes": []}
    from tenir.fichier import canonique  # pydantic: when a snapshot is taken, not when the site starts

    codes = sorted(canonique.load(found.canonique).items)
    signed = {"version": found.numero, "en_vigueur": found.en_vigueur_le.isoformat(), "codes": codes}
    return {"jour": depart.isoformat(), **signed}


def _orientations(espace: EspaceDeContrat) -> list[Donnees]:
    rows = Orientation.objects.of(espace).select_related("axe").order_by("ordre")
    return [
        {"code": one.code, "titre": one.titre, "axe": one.axe.code, "titre_de_l_axe": one.axe.titre} for one in rows
    ]


def _with_news(espace: EspaceDeContrat, jour: date) -> Iterable[tuple[Ligne, int]]:
    told = Nouvelle.objects.filter(fiche__espace=espace).order_by().values_list("fiche").annotate(n=Count("pk"))
    counts = dict(told)
    return [(line, counts.get(line.fiche.pk, 0)) for line in lines_of(espace, jour)]


def _action(line: Ligne, jour: date, news: int) -> Donnees:
    fiche = line.fiche
    return {
        "code": line.code,
        "titre": fiche.action.titre,
        "orientation": fiche.action.orientation.code,
        "porteurs": [one.nom for one in line.porteurs],
        "statut": fiche.statut,
        "statut_depuis": _day(fiche.statut_depuis),
        "calcule": str(line.situation.calcule),
        "debut": _day(fiche.debut_reel or fiche.debut_attendu),
        "fin": _day(fiche.fin_reelle or fiche.fin_attendue),
        "derniere_nouvelle": _day(fiche.derniere_nouvelle_le),
        "nouvelles": news,
        "jalons": _steps(line.situation.jalons, jour),
    }


def _steps(jalons: Sequence[Jalon], jour: date) -> dict[str, int]:
    """How many steps were kept in time, kept late, are late, still to come, given up."""
    reached = [one for one in jalons if one.atteint_le]
    in_time = sum(bool(one.atteint_le and one.atteint_le <= one.attendu_le) for one in reached)
    late = sum(one.attendu and one.attendu_le < jour for one in jalons)
    awaited = sum(one.attendu for one in jalons)
    return {
        "a_temps": in_time,
        "apres": len(reached) - in_time,
        "en_retard": late,
        "a_venir": awaited - late,
        "abandonnes": sum(one.abandonne_le is not None for one in jalons),
    }


def _promises(espace: EspaceDeContrat, jour: date) -> list[Donnees]:
    rows = SuiviDEngagement.objects.of(espace).select_related("engagement__signataire")
    proofs = dict(rows.order_by().values_list("pk").annotate(n=Count("preuves")))
    served = _served(espace)
    return [
        {
            "code": one.code,
            "titre": one.engagement.titre,
            "signataire": one.engagement.signataire.nom,
            "orientations": served.get(one.engagement_id, []),
            "etat": one.etat,
            "etat_depuis": _day(one.etat_depuis),
            "attendu_pour": _day(one.attendu_pour),
            "en_retard": one.is_late(jour),
            "derniere_nouvelle": _day(one.derniere_nouvelle_le),
            "preuves": proofs[one.pk],
        }
        for one in rows
    ]


def _served(espace: EspaceDeContrat) -> dict[int, list[str]]:
    """By the number of a promise, the orientations it serves."""
    through = Engagement.orientations.through.objects.filter(engagement__espace=espace, orientation__retire=False)
    found: dict[int, list[str]] = {}
    for promise, code in through.order_by("orientation__ordre").values_list("engagement", "orientation__code"):
        found.setdefault(promise, []).append(code)
    return found


def _indicators(espace: EspaceDeContrat, jour: date) -> list[Donnees]:
    return [_indicator(one, jour) for one in with_readings(SuiviDIndicateur.objects.of(espace))]


def _indicator(suivi: SuiviDIndicateur, jour: date) -> Donnees:
    signed = suivi.indicateur
    start = {
        "valeur": _number(suivi.reference), "le": _day(suivi.reference_le), "source": suivi.reference_source,
    }  # fmt: skip
    return {
        "code": suivi.code,
        "libelle": signed.libelle,
        "orientations": [one.code for one in covered_by(suivi)],
        "unite": suivi.unite,
        "depart_imprime": signed.depart,
        "cible_imprimee": signed.cible,
        "depart": start if suivi.reference is not None else None,
        "cible": _target(next_target(targets(suivi), jour)),
        "derniers": [_reading(one) for one in latest(readings(suivi))],
        "releves": len(readings(suivi)),
        "manques": missing(suivi),
    }


def _target(cible: CibleDIndicateur | None) -> Donnees | None:
    if cible is None:
        return None
    return {"valeur": _number(cible.valeur), "le": _day(cible.le), "source": cible.source}


def _reading(releve: ReleveDIndicateur) -> Donnees:
    return {
        "valeur": _number(releve.valeur),
        "du": _day(releve.debut),
        "au": _day(releve.fin),
        "pour": releve.ventilation,
        "source": releve.source,
        "statut": releve.statut,
    }


def _money(espace: EspaceDeContrat) -> list[Donnees]:
    """Each ledger apart, by orientation, funder and year: what the states of its lines come to."""
    keys = ("registre", "orientation__code", "financeur__nom", "financeur_imprime", "annee")
    empty = Q(imprimee__vide=True, montant=None)
    rows = LigneDeFinancement.objects.filter(espace=espace, orientation__retire=False).order_by().values(*keys)
    said = Q(montant__isnull=False) | Q(compte__gt=0)  # a nought that nobody said is no amount
    sums = {f"en_{name}": Sum(name, filter=said) for name in AMOUNTS}
    found = rows.annotate(lignes=Count("pk"), vides=Count("pk", filter=empty), **sums)
    cells: dict[tuple[str, ...], Donnees] = {}
    for row in found:
        cell = _cell(row)
        key = (cell["registre"], cell["orientation"], cell["financeur"], str(cell["annee"] or ""))
        cells[key] = _added(cells[key], cell) if key in cells else cell
    return [cells[key] for key in sorted(cells, key=lambda key: [plain(word) for word in key])]


def _cell(row: dict[str, Any]) -> Donnees:
    return {
        "registre": row["registre"],
        "orientation": row["orientation__code"],
        "financeur": row["financeur__nom"] or row["financeur_imprime"],
        "annee": row["annee"],
        "lignes": row["lignes"],
        "vides": row["vides"],
        **{name: _number(row[f"en_{name}"]) for name in AMOUNTS},
    }


def _added(one: Donnees, other: Donnees) -> Donnees:
    """Two cells of the same funder, one of which is printed under another spelling."""
    amounts = {name: _sum(one[name], other[name]) for name in AMOUNTS}
    counts = {name: one[name] + other[name] for name in ("lignes", "vides")}
    return {**one, **counts, **amounts}


def _sum(one: str, other: str) -> str:
    said = [Decimal(value) for value in (one, other) if value]
    return _number(sum(said, Decimal(0))) if said else ""


def today(espace: EspaceDeContrat) -> date:
    """The day of a snapshot: that of the contract, now. The past is never frozen after the fact."""
    return horloge.today(espace)
