"""What the tests of registers write in them."""

from datetime import date
from decimal import Decimal
from typing import Any

from tenir.activite.models import Entree, Objet
from tenir.activite.services.objets import Point, Porte, note_objet, open_objet
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tests.activite.registre import LE
from tests.personnes import body

PAQTE = """nature: engagement
libelle: Promesse d’entreprise
pluriel: promesses d’entreprises
forme: objet
sujet: un engagement
nom: Quelle entreprise ?
periode: année
etats:
  - {code: promis, libelle: Promis}
  - {code: tenu, libelle: Tenu}
  - {code: rompu, libelle: Sans suite, clos: true}
champs:
  - {code: genre, libelle: Genre, type: choix, choix: {stage: stage de 3e, visite: visite}}
mesures:
  - {code: promis, libelle: Promis, unite: places, vraisemblable: [0, 30]}
  - {code: offerts, libelle: Offerts, unite: places}
  - {code: utilises, libelle: Utilisés, unite: places}
"""
"""A register of pledges: what was promised, offered, used."""
CONVENTION = """nature: accord
libelle: Accord
pluriel: accords
forme: objet
sujet: une convention
nom: Quel est son objet ?
echeance: Fin de la convention
prevenir: 60
etats:
  - {code: a-signer, libelle: À signer}
  - {code: signee, libelle: Signée}
  - {code: echue, libelle: Échue, clos: true}
champs:
  - {code: montant, libelle: Montant en euros, type: nombre}
  - {code: vote, libelle: Votée le, type: date}
  - {code: comite, libelle: Comité qui l’a vue, type: mot}
  - {code: parties, libelle: Parties, type: plusieurs, choix: {etat: État, ville: Ville}}
"""
"""A register whose things fall due."""
RUE = """nature: fait
libelle: Fait de rue
pluriel: faits de rue
forme: objet
sujet: un fait
nom: Quel secteur ?
visible: équipe
garde: 24
etats:
  - {code: signale, libelle: Signalé}
  - {code: clos, libelle: Clos, clos: true}
champs:
  - {code: genre, libelle: Genre, type: choix, choix: {bruit: bruit, degradation: dégradation}}
"""
"""A register that the team alone reads."""
CLASSE = """nature: classe-suivie
libelle: Classe suivie
pluriel: classes suivies
forme: objet
sujet: une classe
nom: Quelle classe ?
etats:
  - {code: ouverte, libelle: Ouverte}
  - {code: fermee, libelle: Fermée, clos: true}
mesures:
  - {code: venues, libelle: Interventions, unite: interventions, choix: {sante: santé, loi: loi}}
grille: {lignes: objets, colonnes: venues}
"""
"""A register whose grid shows where nobody came."""


def objet(
    by: Acces,
    espace: EspaceDeContrat,
    libelle: str = "Scierie du Vallon",
    *,
    nature: str = "engagement",
    of: str = "ccas",
    etat: str = "",
    le: date = LE,
    valeurs: dict[str, int] | None = None,
    attributs: dict[str, Any] | None = None,
    **values: Any,
) -> Objet:
    """A thing of a register, answered for by the CCAS unless said otherwise."""
    return open_objet(
        by=by,
        espace=espace,
        nature=nature,
        values={"libelle": libelle, "organisme": body(of), **values},
        attributs=attributs or {},
        point=Point(le, etat, numbers(valeurs)),
        porte=Porte(exact=True),
    )


def point(by: Acces, objet: Objet, etat: str = "", *, le: date = LE, **valeurs: int) -> Entree:
    """What is said of a thing, one day."""
    return note_objet(by=by, objet=objet, point=Point(le, etat, numbers(valeurs)), porte=Porte(exact=True))


def numbers(valeurs: dict[str, int] | None) -> dict[tuple[str, str], Decimal]:
    """Totals of measures."""
    return {(code, ""): Decimal(value) for code, value in (valeurs or {}).items()}
