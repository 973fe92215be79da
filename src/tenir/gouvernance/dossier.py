"""The file of a meeting: what one reads before it, in one document. Each room brings its parts (`Piece.dossier`)."""

from collections.abc import Callable, Iterator
from datetime import date

from tenir.core.documents import Document, Partie, Tableau
from tenir.core.piece import pieces
from tenir.core.typographie import accord, date_fr, pluriel, typo
from tenir.gouvernance.compte_rendu import FICTIF
from tenir.gouvernance.echeancier import EACH_MONTH, Echeance, calendar_of
from tenir.gouvernance.models import Decision, PointDOrdreDuJour, Reunion
from tenir.gouvernance.regles import corpus_of

Apporter = Callable[[Reunion, date], Iterator[Partie]]


def file_of(reunion: Reunion, on: date) -> Document:
    """The file of a meeting as of a day: the parts of every room, in the order of their ranks."""
    brought: dict[int, Apporter] = {rank: bring for piece in pieces() for rank, bring in piece.dossier.items()}
    return Document(
        titre=typo(f"Dossier de la réunion : {reunion.instance.nom}, {date_fr(reunion.jour)}"),
        surtitre=typo(f"{reunion.espace.titre} : faits au {date_fr(on)}"),
        chapeau=(typo(_when(reunion)),),
        parties=tuple(part for rank in sorted(brought) for part in brought[rank](reunion, on)),
        avertissement=typo(FICTIF) if reunion.espace.fictif else "",
    )


def _when(reunion: Reunion) -> str:
    hours = reunion.heures
    parts = [reunion.objet, f"le {date_fr(reunion.jour)}{f', {hours}' if hours else ''}", reunion.lieu]
    told = " ; ".join(part for part in parts if part)
    return f"{told[:1].upper()}{told[1:]}."


def agenda(reunion: Reunion, _on: date) -> Iterator[Partie]:
    """The items, each with what it hangs on; what was done beside a rule, and why."""
    points = reunion.points.with_subjects().select_related("proposition__reunion__instance__instance")
    lines = tuple(typo(f"{rank}. {_item(one)}") for rank, one in enumerate(points, start=1))
    yield Partie("Ordre du jour", lines, vide="L’ordre du jour n’est pas encore fixé.", encadree=True)
    ecarts = tuple(
        typo(f"{one.phrase} Règle : {one.source}. Raison : {one.motif}") for one in reunion.ecarts.order_by("pk")
    )
    if ecarts:
        yield Partie("Écarts aux règles, et leur raison", ecarts)


def _item(point: PointDOrdreDuJour) -> str:
    if point.proposition is None:
        return point.intitule
    code = "" if point.proposition.code in point.titre else f"proposition {point.proposition.code}, "
    return f"{point.intitule} ({code}{point.proposition.reunion.instance.nom})"


def documents(reunion: Reunion, _on: date) -> Iterator[Partie]:
    """What is to be read: what the team says, the minutes to approve."""
    minutes = [
        f"Compte rendu du {date_fr(one.compte_rendu.jour)}, à approuver"
        for one in reunion.points.select_related("compte_rendu")
        if one.compte_rendu
    ]
    said = tuple(typo(f"– {line}") for line in (*reunion.a_lire, *minutes))
    yield Partie("Documents à lire", said, vide="Aucun document n’est joint à cette réunion.")


DECISIONS = ("Code", "Décision", "Qui l’exécute", "Pour le")


def decisions(reunion: Reunion, on: date) -> Iterator[Partie]:
    """What was decided, by any body, and is not carried out: what is late first."""
    rows = list(Decision.objects.of(reunion.espace).waiting().order_by("pour_le", "numero"))
    late = sum(one.is_late(on) for one in rows)
    verb = accord(late, "est en retard", "sont en retard")
    title = "Décisions à exécuter"
    told = (typo(f"{pluriel(late, 'décision', genre='f')} {verb}."),) if late else ()
    lines = tuple(_decision(one, on) for one in rows)
    table = Tableau(title, DECISIONS, (5, 24, 12, 10), lines) if lines else None
    yield Partie(title, told if lines else (), table, "Rien de ce qui a été décidé n’attend d’être exécuté.")


def _decision(one: Decision, on: date) -> tuple[str, ...]:
    due = date_fr(one.pour_le) if one.pour_le else "sans date"
    body = f"{one.texte} ({one.reunion.instance.nom}, {date_fr(one.reunion.jour)})"
    return (
        one.code,
        typo(body),
        typo(str(one.organisme or "à désigner")),
        typo(f"{due}, en retard" if one.is_late(on) else due),
    )


OBLIGATIONS = ("Instance", "Ce qui est demandé", "Où on en est", "Source")


def obligations(reunion: Reunion, on: date) -> Iterator[Partie]:
    """What rules ask of each body in the year of the meeting, and what is held of it."""
    corpus = corpus_of(reunion.espace, on, listed=False)
    meetings = Reunion.objects.of(reunion.espace).filter(jour__year=reunion.jour.year)
    due = [
        each
        for line in calendar_of(corpus, meetings, on)
        for each in line.annees
        if each.annee == reunion.jour.year and each.attendues <= EACH_MONTH
    ]
    title = f"Obligations de réunion en {reunion.jour.year}"
    lines = tuple(_obligation(one) for one in due)
    table = Tableau(title, OBLIGATIONS, (12, 14, 9, 16), lines) if lines else None
    yield Partie(title, (), table, "Aucune règle ne demande de réunion.")


def _obligation(one: Echeance) -> tuple[str, ...]:
    return tuple(typo(cell) for cell in (one.instance.nom, one.regle.titre, one.tampon.word, one.regle.source))
