"""What the page of an entry shows: plain values for the template."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tenir.activite.ecrans.commun import at, to_confirm
from tenir.activite.ecrans.mesures import main_number
from tenir.activite.enums import TON_DE_LA_CONFIANCE, TON_DU_STATUT, Confiance, DansLeQuartier, Forme, Statut
from tenir.activite.models import Entree
from tenir.activite.services.entree import told_days
from tenir.activite.services.valeurs import Valeurs, given_of, told, unit_for, unsaid, with_unit
from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement, Tampon
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.navigation import address
from tenir.habilitations.rights import Acces, may
from tenir.natures.modeles import Mesure

UNSAID = "non précisé"
OPENS = {
    Forme.SEANCE: {
        Statut.TENUE: "Séance tenue",
        Statut.PREVUE: "Séance prévue",
        Statut.ANNULEE: "Séance annulée, prévue",
    },
    Forme.DECOMPTE: {
        Statut.TENUE: "Décompte",
        Statut.PREVUE: "Décompte prévu",
        Statut.ANNULEE: "Décompte annulé,",
    },
    Forme.ETAT: {
        Statut.TENUE: "État relevé",
        Statut.PREVUE: "État à relever",
        Statut.ANNULEE: "État annulé, à relever",
    },
    Forme.OBJET: {
        Statut.TENUE: "Noté au registre",
        Statut.PREVUE: "À noter",
        Statut.ANNULEE: "Note annulée, prise",
    },
}
"""How the first sentence begins, before the days."""
WAITS = {
    Confiance.DECLAREE: "Elle attend d’être lue : elle ne compte pas encore.",
    Confiance.CONTESTEE: "Elle est contestée : elle ne compte pas.",
}
QUARTIER = {
    DansLeQuartier.OUI: "oui",
    DansLeQuartier.NON: "non",
    DansLeQuartier.NSP: "on ne sait pas",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a number; `calculee`: nobody typed it, it is what the others leave."""

    mot: str
    valeur: str
    calculee: bool = False


@dataclass(frozen=True, slots=True)
class Nombre:
    """A measure: its total if it has one, what it counts, its parts."""

    mot: str
    valeur: str
    unite: str
    parts: list[Part]


def lede(entree: Entree) -> str:
    """« Séance tenue le 12 mars 2026 par CCAS, Maison des habitants : 12 passages. »"""
    opens = OPENS[Forme(entree.forme)][Statut(entree.statut)]
    where = f", {entree.ou}" if entree.ou else ""
    main = main_number(entree)
    told_of = f" : {with_unit(*main)}" if main else ""
    waits = WAITS.get(Confiance(entree.confiance), "") if entree.statut == Statut.TENUE else ""
    return typo(f"{opens} {told_days(entree)} par {designe(entree.organisme)}{where}{told_of}. {waits}".rstrip())


def overline(entree: Entree) -> str:
    """« Activité n° 12 · Café-logement »."""
    return typo(f"Activité n° {entree.numero} · {entree.mots.libelle}")


def title(entree: Entree) -> str:
    """Its own title, or its kind and its days."""
    return entree.titre or typo(f"{entree.mots.libelle}, {told_days(entree)}")


def stamps(entree: Entree) -> list[Tampon]:
    """Whether it was held, how far it is believed."""
    return [
        Tampon(entree.get_statut_display(), TON_DU_STATUT[Statut(entree.statut)]),
        Tampon(entree.get_confiance_display(), TON_DE_LA_CONFIANCE[Confiance(entree.confiance)]),
    ]


def numbers(entree: Entree) -> list[Nombre]:
    """The numbers of an entry in the order of its kind, with what nobody said of their parts."""
    given = given_of(entree)
    return [found for mesure in entree.mots.nature.mesures if (found := _number(mesure, given))]


def _number(mesure: Mesure, given: Valeurs) -> Nombre | None:
    total = given.get((mesure.code, ""))
    parts = [*_margins(mesure, given), *_choices(mesure, given)]
    if total is None and not parts:
        return None
    said = "" if total is None else told(total)
    return Nombre(capital(mesure.libelle), said, unit_for(mesure.unite, total or Decimal(0)) if said else "", parts)


def _margins(mesure: Mesure, given: Valeurs) -> Iterator[Part]:
    for margin in mesure.margins:
        told_of = [(mesure.modalites[one], given[mesure.code, one]) for one in margin if (mesure.code, one) in given]
        yield from (Part(word, told(value)) for word, value in told_of)
        if told_of and (left := unsaid(mesure, margin, given)):
            yield Part(f"{margin[0].partition(':')[0]} {UNSAID}".replace("age ", "âge "), told(left), calculee=True)


def _choices(mesure: Mesure, given: Valeurs) -> Iterator[Part]:
    for code, word in mesure.choix.items():
        if (value := given.get((mesure.code, f"choix:{code}"))) is not None:
            yield Part(word, told(value))


def facts(entree: Entree) -> list[Renseignement]:
    """When, where, how long, in the quarter."""
    named = [
        ("Quand", capital(told_days(entree))),
        ("Lieu", entree.ou),
        ("Dans le quartier", QUARTIER[DansLeQuartier(entree.quartier)]),
        ("Durée", duration(entree.minutes) if entree.minutes else ""),
        ("Organisme", str(entree.organisme)),
        ("Avec", ", ".join(sorted(one.nom for one in entree.avec.all()))),
    ]
    told_of = [Renseignement(label, value, _leads(label, entree)) for label, value in named if value or label == "Lieu"]
    return [*_thing(entree), *told_of, *_series(entree)]


def _series(entree: Entree) -> list[Renseignement]:
    """The series of which it is one day."""
    serie = entree.serie
    return [Renseignement("Revient", str(serie), address("serie", entree.espace, serie.numero))] if serie else []


def _thing(entree: Entree) -> list[Renseignement]:
    """The thing of a register of which it tells, and the state that it says."""
    objet = entree.objet
    if objet is None:
        return []
    led = Renseignement("Registre", str(objet), address("objet", entree.espace, objet.numero))
    return [led, Renseignement("État", entree.state_named(entree.etat) or "inchangé")]


def duration(minutes: int) -> str:
    """« 1 h 30 », « 45 minutes »."""
    hours, left = divmod(minutes, 60)
    if not hours:
        return pluriel(left, "minute", genre="f")
    return typo(f"{hours} h {left:02}" if left else pluriel(hours, "heure", genre="f"))


def origin(entree: Entree) -> str:
    """By which door it came, from whom, when."""
    who = f" par {entree.auteur}" if entree.auteur else ""
    return typo(f"Inscrite{who} le {date_fr(horloge.day_of(entree.inscrite_le))} ({entree.get_source_display()}).")


def actions(entree: Entree) -> list[Lien]:
    """The actions that it is linked to."""
    return [
        Lien(one.action.titre, address("fiche", entree.espace, one.action.code), one.action.code)
        for one in entree.fiches.all()
    ]


def gestures(acces: Acces, entree: Entree) -> dict[str, str]:
    """What someone may do with it, by name; the addresses."""
    write = may(acces, "entree.update", entree.espace, entree)
    judge = may(acces, "entree.judge", entree.espace)
    held = {
        "confirmer": write and to_confirm(entree),
        "corriger": write,
        "annuler": write and entree.forme == Forme.SEANCE and entree.statut != Statut.ANNULEE,
        "retenir": judge and entree.confiance != Confiance.RETENUE,
        "contester": judge and entree.confiance != Confiance.CONTESTEE,
    }
    return {name: at(entree, name) for name, allowed in held.items() if allowed}


def _leads(label: str, entree: Entree) -> str:
    """The page of the place, when the contract names it."""
    return address("activite-lieu", entree.espace, entree.lieu.code) if label == "Lieu" and entree.lieu else ""
