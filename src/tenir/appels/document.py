"""A dossier as one accessible document, shaped like the form that administrations know, in our own words.

It is never called that form: an administration that asks for it takes its own. What nobody filled says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from tenir.appels.champs import SECTIONS
from tenir.appels.comptes import CHARGES, CONTRIBUTIONS, EMPLOIS, NON_DIT, PRODUITS, Groupe, same
from tenir.appels.models import DossierDeDemande, PartDemandee
from tenir.appels.services.dossiers import told_field
from tenir.appels.services.instruction import told_of
from tenir.core.documents import Document, Partie, Tableau
from tenir.core.noms import a
from tenir.core.typographie import date_fr, typo
from tenir.ecran.champs import label
from tenir.financement.montants import ZERO, told, total
from tenir.gouvernance.compte_rendu import FICTIF

MODELE = "Présenté sur le modèle des demandes que les administrations connaissent ; ce n’est pas leur formulaire."
WRITTEN = ("organisme", "action", "public", "lieux")
"""The sections of a dossier that are told field by field."""


def document_of(dossier: DossierDeDemande, told_part: Callable[[PartDemandee], str] = told_of) -> Document:
    """A dossier whole: who asks, for what, with what money, of which funders, what it engages to.

    `told_part`: what is told of where each funder stands; of the team it hides nothing (`told_outside`).
    """
    return Document(
        titre=typo(f"Dossier de demande {dossier.code} : {dossier.titre}"),
        surtitre=typo(f"{dossier.espace.titre}, {dossier.appel.titre}"),
        chapeau=tuple(typo(one) for one in (_when(dossier), MODELE)),
        parties=tuple(_parts(dossier, told_part)),
        avertissement=typo(FICTIF) if dossier.espace.fictif else "",
    )


def _when(dossier: DossierDeDemande) -> str:
    if dossier.depose_le:
        return f"Dossier {dossier.get_etat_display()} ; déposé le {date_fr(dossier.depose_le)}."
    return f"Dossier en cours, pas encore déposé ; dernier jour : le {date_fr(dossier.limite)}."


def _parts(dossier: DossierDeDemande, told_part: Callable[[PartDemandee], str]) -> Iterator[Partie]:
    for name in WRITTEN:
        yield _fields(dossier, name)
    held = {one.compte: one.montant for one in dossier.budget.all()}
    asked = list(dossier.parts.select_related("financeur").order_by("pk"))
    yield _accounts("Ce que l’action coûte", CHARGES, held, autre_feuille=True)
    more = [(f"Demandé {a(one.financeur)}", told(one.montant)) for one in asked]
    yield _accounts("Qui la paie", PRODUITS, held, more, total(one.montant for one in asked))
    yield _accounts("Contributions volontaires : à quoi elles servent", EMPLOIS, held)
    yield _accounts("Contributions volontaires : d’où elles viennent", CONTRIBUTIONS, held)
    yield Partie("Le budget est-il en équilibre ?", tuple(_balances(dossier)))
    answers = tuple((str(one.financeur), told(one.montant), typo(told_part(one))) for one in asked)
    heads = ("Financeur", "Demandé", "Où en est la demande")
    table = Tableau("Ce que répond chaque financeur", heads, (4, 2, 4), answers) if answers else None
    yield Partie("Ce qui est demandé, et à qui", tableau=table, vide="Aucun financeur n’est sollicité.")
    said = "L’organisme accepte" if dossier.cer else "L’organisme n’a pas encore accepté"
    yield Partie("Le contrat d’engagement républicain", (f"{said} le contrat d’engagement républicain.",))
    files = tuple(typo(f"{one.intitule} ({one.nom})") for one in dossier.pieces.order_by("pk"))
    yield Partie("Les pièces jointes", files, vide="Aucune pièce n’est jointe.")


def _fields(dossier: DossierDeDemande, name: str) -> Partie:
    section = SECTIONS[name]
    nouns = [(one, label(one, DossierDeDemande)) for one in section.champs]
    lines = tuple((noun[:1].upper() + noun[1:], typo(told_field(dossier, one)) or NON_DIT) for one, noun in nouns)
    return Partie(section.titre, tableau=Tableau(section.titre, ("Ce qui est demandé", "Réponse"), (2, 5), lines))


def _accounts(
    titre: str,
    groups: Iterable[Groupe],
    held: Mapping[str, Decimal],
    more: Iterable[tuple[str, str]] = (),
    beside: Decimal = ZERO,
    *,
    autre_feuille: bool = False,
) -> Partie:
    """The accounts that are filled, class by class, and their total; `beside`: what `more` lines add to it."""
    lines: list[tuple[str, str]] = []
    whole = beside
    for group in groups:
        filled = [(compte, nom, held[compte]) for compte, nom in group.lignes.items() if compte in held]
        whole += total(amount for _, _, amount in filled)
        lines += [(group.titre if rank == 0 else "", "") for rank in range(bool(filled))]
        lines += [(f"{compte} {nom}", told(amount)) for compte, nom, amount in filled]
    lines += list(more)
    if not lines:
        return Partie(titre, vide="Rien n’est inscrit.", autre_feuille=autre_feuille)
    rows = tuple((typo(name), amount) for name, amount in [*lines, ("Total", told(whole))])
    return Partie(titre, tableau=Tableau(titre, ("Compte", "Montant"), (5, 2), rows), autre_feuille=autre_feuille)


def _balances(dossier: DossierDeDemande) -> Iterator[str]:
    pairs = (
        ("Charges et produits", dossier.charges, dossier.produits),
        ("Contributions volontaires, 86 et 87", dossier.emplois, dossier.contributions),
    )
    for name, left, right in pairs:
        if left is None and right is None:
            yield typo(f"{name} : {NON_DIT}.")
            continue
        said = "c’est égal" if same(left, right) else "ce n’est pas égal"
        yield typo(f"{name} : {told(left) or NON_DIT} et {told(right) or NON_DIT}, {said}.")
