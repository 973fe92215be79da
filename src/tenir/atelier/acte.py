"""The act of an avenant as a document that leaves the site: articles, before and after, signatures."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from tenir.atelier.models import Brouillon
from tenir.core.documents import Document, Partie, Tableau
from tenir.core.typographie import date_fr, typo
from tenir.fichier import canonique
from tenir.fichier.comparaison import Changement, Nature, compare
from tenir.fichier.modeles import ContratDeVille
from tenir.fichier.modeles import Partie as PartieDuDocument

FICTIF = "Contrat fictif, pour la démonstration : la commune, les organismes et les chiffres sont inventés."
OF_THE_FILE = frozenset({"source", "source_protocole", "note"})
"""What the contract file says of itself: where the words are, and the remarks of whoever keeps it. No act tells it."""
DOTS = "………………………………"


def changes_of(brouillon: Brouillon, contrat: ContratDeVille) -> list[Changement]:
    """What a draft changes of the text in force; nothing of a contract that nobody signed yet."""
    if brouillon.base is None:
        return []
    before = canonique.load(brouillon.base.canonique)
    changes = [one for one in compare(before, contrat) if one.champ not in ("codes_retires", "texte")]
    if brouillon.objet != Brouillon.Objet.AVENANT:
        return changes
    items = {**before.items, **contrat.items}  # a part keeps lines of the document: nobody agreed to it
    return [one for one in changes if not isinstance(items.get(one.code), PartieDuDocument)]


def act_of(brouillon: Brouillon, contrat: ContratDeVille) -> Document:
    """The act of an avenant, to be signed."""
    changes = [one for one in changes_of(brouillon, contrat) if one.champ not in OF_THE_FILE]
    moved = {one.code: one.remplace_par for one in contrat.codes_retires if one.remplace_par}
    return Document(
        titre=typo(brouillon.titre or "Avenant"),
        surtitre=typo(f"Avenant au {contrat.identite.titre[:1].lower()}{contrat.identite.titre[1:]}"),
        chapeau=tuple(_recitals(brouillon, contrat)),
        parties=(*_articles(brouillon, changes, moved), _signatures(brouillon, contrat)),
        avertissement=FICTIF if contrat.fictif else "",
    )


def _recitals(brouillon: Brouillon, contrat: ContratDeVille) -> Iterator[str]:
    signature = contrat.identite.signature
    if signature:
        yield typo(
            f"Vu le contrat signé le {date_fr(signature.date)}{f' ({signature.lieu})' if signature.lieu else ''},"
        )
    if brouillon.decision:
        yield typo(f"Vu {brouillon.decision},")
    yield "les signataires conviennent de ce qui suit."


def _articles(brouillon: Brouillon, changes: Sequence[Changement], moved: Mapping[str, str]) -> Iterator[Partie]:
    subject = (typo(brouillon.motif),) if brouillon.motif else ()
    yield Partie(
        "Article 1. Objet", (*subject, "Le présent avenant modifie le contrat comme il est dit aux articles suivants.")
    )
    groups = list(_grouped(changes, moved))
    for number, (heading, table) in enumerate(groups, 2):
        yield Partie(f"Article {number}. {heading}", (), table)
    day = brouillon.en_vigueur_le
    starts = (
        f"Le présent avenant entre en vigueur le {date_fr(day)}."
        if day
        else (f"Le présent avenant entre en vigueur le {DOTS}")
    )
    rest = "Les autres stipulations du contrat demeurent inchangées."
    yield Partie(f"Article {len(groups) + 2}. Entrée en vigueur", (typo(starts), rest))


HEADINGS = {
    Nature.MODIFICATION: "Ce qui est modifié",
    Nature.AJOUT: "Ce qui est ajouté",
    Nature.RETRAIT: "Ce qui est retiré",
}
ORDER = list(HEADINGS)


def _grouped(changes: Sequence[Changement], moved: Mapping[str, str]) -> Iterator[tuple[str, Tableau]]:
    """What an act tells, article by article: what is modified, moved, added, withdrawn."""
    gone = {one.code: one for one in changes if one.nature is Nature.RETRAIT}
    places = [(one, moved[code]) for code, one in gone.items() if code in moved]
    apart = {*(one.code for one, _ in places), *(new for _, new in places)}
    rest = [one for one in changes if one.code not in apart or one.nature is Nature.MODIFICATION]
    for nature, rows in groupby(sorted(rest, key=_rank), key=lambda one: one.nature):
        yield HEADINGS[nature], _table(nature, list(rows))
    if places:
        names = {one.code: str(one.apres) for one in changes if one.nature is Nature.AJOUT}
        lines = tuple((one.code, new, _both(str(one.avant), names.get(new, ""))) for one, new in places)
        yield (
            "Ce qui change de place",
            Tableau("ce qui change de place", ("Code", "Devient", "Titre"), (16, 16, 68), lines),
        )


def _both(before: str, after: str) -> str:
    return typo(before if after in ("", before) else f"{after} (auparavant : {before})")


def _rank(change: Changement) -> int:
    return ORDER.index(change.nature)


def _table(nature: Nature, rows: Sequence[Changement]) -> Tableau:
    from tenir.atelier.libelles import label

    if nature is Nature.MODIFICATION:
        lines = tuple(
            (one.code, label(one.champ or ""), *(typo(value) or "–" for value in one.valeurs())) for one in rows
        )
        return Tableau("ce qui est modifié", ("Code", "Quoi", "Avant", "Après"), (14, 18, 34, 34), lines)
    told = tuple((one.code, one.genre, typo(str(one.apres or one.avant))) for one in rows)
    return Tableau(HEADINGS[nature].lower(), ("Code", "Genre", "Titre"), (16, 24, 60), told)


def _signatures(brouillon: Brouillon, contrat: ContratDeVille) -> Partie:
    day = date_fr(brouillon.signe_le) if brouillon.signe_le else DOTS
    rows = tuple((typo(one.nom), "Nom, qualité, signature\n\n\n") for one in contrat.signataires)
    table = Tableau("les signataires", ("Pour", "Signature"), (45, 55), rows) if rows else None
    return Partie("Signatures", (typo(f"Fait le {day}"),), table, vide="Ce contrat ne nomme aucun signataire.")
