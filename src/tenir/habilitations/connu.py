"""All that is known of one person: who she is, what she holds, what the traces tell of her and what she did."""

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet

from tenir.acteurs.models import Personne, Utilisateur
from tenir.core.marques import Lu
from tenir.core.models import EntreeDeTrace
from tenir.core.piece import pieces
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Invitation, Referent
from tenir.habilitations.passation import held_by
from tenir.habilitations.services import trace_of
from tenir.habilitations.traces import about, touching


@dataclass(frozen=True, slots=True)
class DansUneTrace:
    """How many entries of one trace she left, and how many tell of her. Without `espace`: the platform's."""

    espace: EspaceDeContrat | None
    a_change: int
    a_son_sujet: int

    @property
    def lieu(self) -> str:
        """Whose trace it is."""
        return self.espace.titre if self.espace else "plateforme"


@dataclass(frozen=True, slots=True)
class Tableau:
    """One table of what is known: the name of its file, its title, its columns, its rows, all text.

    `vide`: what is said when it has none. `part`: what of it goes with her when she is erased, told beforehand.
    """

    nom: str
    titre: str
    colonnes: list[str]
    lignes: list[list[str]]
    vide: str = ""
    part: str = ""

    @property
    def cellules(self) -> list[list[tuple[str, str]]]:
        """The rows with the name of the column of each cell, for a phone."""
        return [list(zip(self.colonnes, ligne, strict=True)) for ligne in self.lignes]


@dataclass(frozen=True, slots=True)
class Connu:
    """What is known of a person. `charges`: what she is in charge of, by contract, in French; `ailleurs`: what the
    rooms above keep of her."""

    personne: Personne
    compte: Utilisateur | None
    second_facteur: bool
    fonctions: list[Referent]
    roles: list[Habilitation]
    invitations: list[Invitation]
    envoyees: int
    traces: list[DansUneTrace]
    charges: list[tuple[EspaceDeContrat, list[str]]]
    ailleurs: list[Tableau]

    @property
    def lieux(self) -> list[EspaceDeContrat]:
        """The contracts that know her."""
        return _places(self.fonctions, self.roles)

    @property
    def a_son_sujet(self) -> int:
        """How many entries of all the traces tell of her."""
        return sum(found.a_son_sujet for found in self.traces)

    @property
    def a_change(self) -> int:
        """How many entries of all the traces she left."""
        return sum(found.a_change for found in self.traces)


def known_of(personne: Personne) -> Connu:
    """Read all that is known of a person: as many queries whatever there is, and one more per contract and kind of
    charge."""
    fonctions = list(Referent.objects.filter(personne=personne).select_related("espace", "organisation"))
    held = Habilitation.objects.filter(personne=personne)
    roles = list(held.select_related("espace", "organisation", "donnee_par"))
    compte = personne.utilisateur
    charges = [(espace, held_by(espace, personne)) for espace in _places(fonctions, roles)]
    return Connu(
        personne=personne,
        compte=compte,
        second_facteur=compte is not None and Authenticator.objects.filter(user=compte).exists(),
        fonctions=fonctions,
        roles=roles,
        invitations=list(invitations_to(personne).select_related("espace", "organisation", "invitee_par")),
        envoyees=Invitation.objects.filter(invitee_par=personne).count(),
        traces=_traces(personne),
        charges=[(espace, found) for espace, found in charges if found],
        ailleurs=[table for piece in pieces() if piece.known for table in piece.known(personne)],
    )


def shown(connu: Connu) -> Lu:
    """What the page of an erasure shows of a person; her trace, which others go on writing, apart."""
    personne = connu.personne
    charges = [f"{espace} : {what}" for espace, found in connu.charges for what in found]
    return {
        "nom": personne.nom,
        "courriel": personne.email,
        "téléphone": personne.telephone,
        "compte": "oui" if connu.compte else "non",
        "fonctions": "; ".join(f"{one.organisation}, {one.fonction}" for one in connu.fonctions),
        "rôles": "; ".join(one.get_role_display() for one in connu.roles),
        "ce dont cette personne est chargée": "; ".join(charges),
    }


def invitations_to(personne: Personne) -> QuerySet[Invitation]:
    """The invitations sent to the addresses of a person."""
    addresses = {personne.email, personne.utilisateur.email if personne.utilisateur else ""} - {""}
    wanted = Q(pk__in=())
    for address in addresses:
        wanted |= Q(email__iexact=address)
    return Invitation.objects.filter(wanted)


def entries_about_or_by(personne: Personne) -> QuerySet[EntreeDeTrace]:
    """The entries of every trace that tell of her or that she left, in their order."""
    return EntreeDeTrace.objects.filter(touching(personne)).select_related("chaine").order_by("chaine__nom", "rang")


def place_names() -> dict[str, EspaceDeContrat]:
    """The contract of each trace, by the name of its chain."""
    return {trace_of(espace): espace for espace in EspaceDeContrat.objects.all()}


def _places(fonctions: list[Referent], roles: list[Habilitation]) -> list[EspaceDeContrat]:
    held = [*(one.espace for one in fonctions), *(one.espace for one in roles if one.espace)]
    return sorted({espace.pk: espace for espace in held}.values(), key=lambda espace: plain(espace.titre))


def _traces(personne: Personne) -> list[DansUneTrace]:
    counted = EntreeDeTrace.objects.filter(touching(personne)).order_by().values("chaine__nom")
    rows = counted.annotate(left=Count("pk", filter=Q(acteur=personne.pk)), told=Count("pk", filter=about(personne)))
    places = place_names()
    found = [DansUneTrace(places.get(row["chaine__nom"]), row["left"], row["told"]) for row in rows]
    return sorted(found, key=lambda one: one.lieu)
