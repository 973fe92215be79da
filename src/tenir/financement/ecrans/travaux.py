"""What the loop does for the room: a file of subsidies read by parts, many rows written in one transaction."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File

from tenir.acteurs.models import Personne
from tenir.core.marques import Lu, Perime
from tenir.core.models import Travail
from tenir.core.requetes import GONE
from tenir.core.tableur import TableauIllisible
from tenir.core.tableur.colonnes import Grille
from tenir.core.tableur.flux import Repere, rows_from, start, unfolded
from tenir.core.travaux.chantier import Fin, Pas, Suivi, TravailRefuse
from tenir.core.travaux.demande import Demande
from tenir.core.typographie import NBSP, nombre, pluriel, typo
from tenir.ecran import travaux
from tenir.ecran.importation import ApercuPerime
from tenir.ecran.navigation import address
from tenir.financement.models import RapprochementDeSubventions
from tenir.financement.services.importation import import_amounts
from tenir.financement.services.rapprochements import keep_comparison, take_up
from tenir.financement.subventions import COLONNES, REQUIRED, Lecture, Tri, sift
from tenir.financement.travaux import AMOUNTS, READING, TAKING
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Refus, acces_of
from tenir.habilitations.services import slug_of

STEP = 4_000
"""How many lines one step reads."""
MOST = 5_000
"""The most rows that may be about one contract: past it, a file names the policy everywhere."""
NAME = 100
CHANGED = (
    "Le registre a changé depuis l’aperçu : rien n’est inscrit. Relisez ce que devient chaque ligne, et confirmez."
)
TOO_MANY = (
    "Plus de {most} lignes de ce fichier parlent de ce contrat ou de la politique de la ville : gardez celles qui le"
    " concernent."
)


def ask_to_read(acces: Acces, espace: EspaceDeContrat, nom: str, fichier: "File[Any]") -> Travail:
    """Ask for a long file of subsidies to be read.

    Raises:
        Refus: she may not.
    """
    titre, retour = f"Lecture de « {nom[-NAME:]} »", address("financements-comparer", espace)
    demande = Demande(READING, titre, retour, {"nom": nom[-NAME:]}, depose=fichier, nom_depose="subventions")
    return travaux.ask(acces, espace, demande)


def read_some(travail: Travail, suivi: Suivi) -> Pas | Fin:
    """Read the next rows of a file; at its end, keep those that may be about the contract, and lead to them.

    Raises:
        TravailRefuse: it cannot be read, or too much of it is about the contract.
    """
    try:
        with travail.depose.open("rb") as given, unfolded(given) as file:
            return _step(travail, file, suivi)
    except TableauIllisible as error:
        raise TravailRefuse(str(error)) from error


def _step(travail: Travail, file: Any, suivi: Suivi) -> Pas | Fin:
    if not travail.marque:
        suivi.dire(0, None, "Lecture des titres de colonnes")
        mark, said = start(file, COLONNES, REQUIRED)
        return Pas(
            {"repere": mark.to_json(), "tri": Tri(remarques=said).to_json()}, 0, mark.lignes, "Lecture des lignes"
        )
    mark, tri = Repere(**travail.marque["repere"]), Tri.from_json(travail.marque["tri"])
    rows, after = rows_from(file, mark, STEP)
    espace = EspaceDeContrat.objects.get(slug=slug_of(travail.chaine))
    tri.add(sift(rows, Lecture(espace)))
    if len(tri.gardes) > MOST:
        raise TravailRefuse(TOO_MANY.format(most=nombre(MOST)))
    if after is None:
        return _end(travail, espace, tri)
    told = f"{pluriel(tri.lues, 'ligne lue', 'lignes lues', genre='f')}, {nombre(len(tri.gardes))}{NBSP}à comparer"
    return Pas({"repere": after.to_json(), "tri": tri.to_json()}, after.ligne, after.lignes, told)


def _end(travail: Travail, espace: EspaceDeContrat, tri: Tri) -> Fin:
    by, made = acces_of(Personne.objects.get(pk=travail.acteur)), list[int]()

    def write() -> None:
        try:
            made.append(keep_comparison(by=by, espace=espace, nom=travail.argument["nom"], tri=tri).numero)
        except Refus as error:
            raise TravailRefuse(str(error)) from error

    said = f"{pluriel(tri.lues, 'ligne lue', 'lignes lues', genre='f')} : rien n’est inscrit au registre."
    return Fin(said, suite=lambda: address("financement-rapprochement", espace, made[0]), ecrire=write)


def ask_to_write_amounts(acces: Acces, espace: EspaceDeContrat, nom: str, kept: str, chosen: set[int]) -> Travail:
    """Ask for the many rows of a table of amounts to be written as they were shown.

    Raises:
        Refus: she may not.
    """
    titre = f"Inscription de « {nom or 'lignes collées'} »"
    asked, retour = {"choisies": sorted(chosen)}, address("financements-importer", espace)
    demande = Demande(AMOUNTS, titre, retour, asked, depose=kept.encode(), nom_depose="montants.json")
    return travaux.ask(acces, espace, demande)


def write_amounts(travail: Travail, suivi: Suivi) -> Fin:
    """Write a table of amounts in one step: all of it, or nothing.

    Raises:
        TravailRefuse: the ledger changed since, or whoever asked may no longer write.
    """
    suivi.dire(0, None, "Inscription des lignes")
    espace, by = _where(travail)
    with travail.depose.open("rb") as given:
        kept = json.loads(given.read())

    def write() -> None:
        _or_refused(
            lambda: import_amounts(
                Grille.from_json(kept["tableau"]), by=by, espace=espace, empreinte=kept["vu"], nom=kept["nom"],
                choisies=set(travail.argument["choisies"]),
            )
        )  # fmt: skip

    return Fin("Les lignes sont inscrites au registre.", suite=address("financements", espace), ecrire=write)


def ask_to_take_up(acces: Acces, found: RapprochementDeSubventions, lu: Lu, choisies: set[int]) -> Travail:
    """Ask for the many rows of a file of subsidies that were chosen to be taken up as they were shown.

    Raises:
        Refus: she may not.
    """
    titre, retour = f"Reprise de « {found.nom} »", address("financement-rapprochement", found.espace, found.numero)
    asked = {"numero": found.numero, "lu": dict(lu), "choisies": sorted(choisies)}
    return travaux.ask(acces, found.espace, Demande(TAKING, titre, retour, asked, cle=f"{TAKING}/{found.pk}"))


def take_up_all(travail: Travail, suivi: Suivi) -> Fin:
    """Take up a file in one step: all of it, or nothing.

    Raises:
        TravailRefuse: the ledger changed since, the file is gone, or whoever asked may no longer write.
    """
    suivi.dire(0, None, "Inscription des subventions")
    espace, by = _where(travail)
    found = RapprochementDeSubventions.objects.of(espace).filter(numero=travail.argument["numero"]).first()
    if found is None:
        raise TravailRefuse(GONE)

    def write() -> None:
        _or_refused(lambda: take_up(found, by=by, choisies=travail.argument.get("choisies"), lu=travail.argument["lu"]))

    return Fin("Les subventions sont reprises.", suite=address("financement-subventions", espace), ecrire=write)


def _where(travail: Travail) -> tuple[EspaceDeContrat, Acces]:
    espace = EspaceDeContrat.objects.get(slug=slug_of(travail.chaine))
    return espace, acces_of(Personne.objects.get(pk=travail.acteur))


def _or_refused(write: Any) -> None:
    try:
        write()
    except (ApercuPerime, Perime) as error:
        raise TravailRefuse(CHANGED) from error
    except ValidationError as error:
        raise TravailRefuse(typo(" ".join(error.messages))) from error
    except Refus as error:
        raise TravailRefuse(str(error)) from error
