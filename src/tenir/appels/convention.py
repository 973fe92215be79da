"""The convention of a grant as a document: Word to be changed and signed, accessible PDF. A model of ours."""

from collections.abc import Iterator

from tenir.appels.models import ConventionDeSubvention
from tenir.core.documents import Document, Partie, Tableau
from tenir.core.noms import a
from tenir.core.typographie import date_fr, typo
from tenir.financement.montants import told

FICTIF = "Contrat fictif : cette convention n’engage personne."
RELIRE = "Modèle de convention de Tenir, à relire par les services du financeur avant signature."


def convention_of(convention: ConventionDeSubvention) -> Document:
    """What a convention says; three queries."""
    part, dossier = convention.part, convention.part.dossier
    signed = f"Signée le {date_fr(convention.signee_le)}." if convention.signee_le else "À signer."
    lede = (f"Entre {part.financeur} et {_body(convention)}.", signed, RELIRE)
    return Document(
        titre=typo(f"Convention de subvention {convention.code} : {dossier.titre}"),
        surtitre=typo(convention.espace.titre),
        chapeau=tuple(typo(one) for one in lede),
        parties=tuple(_articles(convention)),
        avertissement=typo(FICTIF) if convention.espace.fictif else "",
    )


def _body(convention: ConventionDeSubvention) -> str:
    dossier = convention.part.dossier
    number = f"SIRET {dossier.siret}" if dossier.siret else f"RNA {dossier.rna}"
    return f"{dossier.nom}, {dossier.adresse} ({number})"


def _articles(convention: ConventionDeSubvention) -> Iterator[Partie]:
    for rank, (titre, phrases) in enumerate(_said(convention), start=1):
        yield Partie(typo(f"Article {rank}. {titre}"), tuple(typo(one) for one in phrases))
    yield _budget(convention)
    yield _signatures(convention)


def _said(convention: ConventionDeSubvention) -> Iterator[tuple[str, list[str]]]:
    part, dossier = convention.part, convention.part.dossier
    until = f"du {date_fr(dossier.debut)} au {date_fr(dossier.fin)}" if dossier.debut and dossier.fin else "à fixer"
    yield (
        "Objet",
        [
            f"L’organisme réalise l’action « {dossier.titre} », décrite dans son dossier {dossier.code}, déposé pour "
            f"« {dossier.appel.titre} ».",
            *([f"Condition posée par le financeur : {part.condition}"] if part.condition else []),
        ],
    )
    yield (
        "Durée",
        [f"L’action se déroule {until}. D’autres dates se demandent par écrit."],
    )
    yield "Montant", [f"Le financeur apporte {told(part.accorde)}, sur un budget de {told(dossier.charges)}."]
    yield "Versement", [line for line in convention.modalites.split("\n") if line.strip()]
    yield (
        "Engagements",
        [
            "L’organisme emploie la subvention à cette seule action, et dit qui la finance.",
            "Il a souscrit le contrat d’engagement républicain (loi du 12 avril 2000, article 10-1).",
        ],
    )
    yield (
        "Compte rendu",
        [
            "L’organisme remet un compte rendu financier dans les six mois qui suivent la fin de l’exercice pour "
            "lequel la subvention est attribuée (loi du 12 avril 2000, article 10)."
        ],
    )
    yield (
        "Reversement",
        [
            "Ce qui n’est pas employé à l’action, ou l’est à autre chose, peut être demandé en retour par le financeur "
            "après que l’organisme a été entendu."
        ],
    )


def _budget(convention: ConventionDeSubvention) -> Partie:
    dossier = convention.part.dossier
    rows = [(str(one), told(one.montant)) for one in dossier.budget.order_by("compte")]
    asked = [
        (f"Demandé {a(one.financeur)}", told(one.montant))
        for one in dossier.parts.select_related("financeur").order_by("pk")
    ]
    table = Tableau("Budget prévisionnel de l’action", ("Compte", "Montant"), (4, 1), tuple(rows + asked))
    return Partie("Annexe : le budget de l’action", (), table)


def _signatures(convention: ConventionDeSubvention) -> Partie:
    rows = tuple((name, "", "") for name in (str(convention.part.financeur), convention.part.dossier.nom))
    table = Tableau("Signatures", ("Pour", "Qualité et date", "Signature"), (3, 3, 3), rows)
    return Partie("Signatures", (typo("Fait en autant d’exemplaires que de signataires."),), table)
