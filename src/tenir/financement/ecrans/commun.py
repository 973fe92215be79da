"""What the screens of the room share: finding a thing, the way back to it, its stamps."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.composants import Tampon
from tenir.core.typographie import date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import history_of
from tenir.ecran.navigation import address
from tenir.financement.enums import TON_DE_L_ETAT
from tenir.financement.financeurs import funders_of
from tenir.financement.models import FicheDeDispositif, LigneDeFinancement, VersionFigee
from tenir.financement.services import commun
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces, may

LIGNES, TABLEAU, DEMANDES = "financements", "financement-tableau", "financement-demandes"
SUBVENTIONS = "financement-subventions"
"""The pages of the navigation."""
EMPTY = "annoncé, vide"
ALL = "toutes"
"""In an address: every year."""


def line_or_404(espace: EspaceDeContrat, code: str) -> LigneDeFinancement:
    """A line of this contract, by its code.

    Raises:
        Http404: no such line here.
    """
    rows = LigneDeFinancement.objects.of(espace)
    number = code[1:]
    if code.startswith("L") and number.isdecimal() and len(number) < 10:
        rows = rows.filter(numero=number)
    else:
        rows = rows.filter(imprimee__code=code)
    if (found := rows.first()) is None:
        raise Http404
    return found


def version_or_404(espace: EspaceDeContrat, numero: int) -> VersionFigee:
    """A frozen version of this contract; any other does not exist."""
    return get_object_or_404(VersionFigee.objects.of(espace), numero=numero)


def at_line(ligne: LigneDeFinancement) -> str:
    """The address of a line."""
    return address("financement", ligne.espace, ligne.code)


def stamp_of(ligne: LigneDeFinancement) -> Tampon:
    """Where the money of a line stands."""
    word = EMPTY if ligne.est_vide else ligne.get_etat_display()
    return Tampon(word, TON_DE_L_ETAT[ligne.etat])  # type: ignore[index]


def told_year(annee: int | None) -> str:
    """A year, or what none means."""
    return str(annee) if annee else "toute la durée"


def told_check(fiche: FicheDeDispositif) -> str:
    """When what is known of a scheme was checked, and by whom."""
    if fiche.verifie_le is None:
        return "Jamais vérifié"
    return typo(f"Vérifié le {date_fr(fiche.verifie_le)} par {fiche.verifie_par or 'l’équipe du contrat'}")


def years_of(espace: EspaceDeContrat) -> list[int]:
    """The years of a contract."""
    return list(range(espace.debut, espace.fin + 1))


def year_or_404(espace: EspaceDeContrat, asked: str) -> int:
    """A year of a contract, as an address writes it.

    Raises:
        Http404: no year of the contract.
    """
    if not asked.isdecimal() or len(asked) > 4 or int(asked) not in years_of(espace):
        raise Http404
    return int(asked)


def asked_year(espace: EspaceDeContrat, asked: str) -> int | None:
    """The year that an address asks for, this one unless it says; none for all of them.

    Raises:
        Http404: no year of the contract.
    """
    if asked == ALL:
        return None
    return year_or_404(espace, asked) if asked else this_year(espace)


def this_year(espace: EspaceDeContrat) -> int:
    """The year it is, within those of the contract."""
    return min(max(horloge.today(espace).year, espace.debut), espace.fin)


def funders_offered(acces: Acces, espace: EspaceDeContrat) -> QuerySet[Organisation]:
    """The bodies whose money she may write: those of the contract and its funders, or hers and their services."""
    rows = funders_of(espace)
    return rows if may(acces, commun.UPDATE, espace) else rows.filter(identifiant__in=bodies_of(acces, espace))


def about_line(ligne: LigneDeFinancement) -> Sujet:
    """A line as its small pages show it."""
    espace, code = ligne.espace, ligne.code
    titre = f"{ligne.objet}, {ligne.nom_du_financeur}"
    return Sujet(espace, code, titre, at_line(ligne), LIGNES, lambda _: history_of(espace, commun.LIGNE, code))


def about_new(espace: EspaceDeContrat) -> Sujet:
    """A line that is not there yet."""
    return Sujet(espace, "", "Toutes les lignes", address(LIGNES, espace), LIGNES, lambda _: [])
