"""What the file of a meeting says of préconisations: those to which an answer is due, those on its agenda."""

from collections.abc import Iterator
from datetime import date

from tenir.core.documents import Partie, Tableau
from tenir.core.typographie import date_fr, typo
from tenir.gouvernance.models import Reunion
from tenir.gouvernance.services.ordre_du_jour import Offre
from tenir.preconisations.models import Preconisation
from tenir.preconisations.services.repondre import put_on_agenda

COLUMNS = ("Code", "Préconisation", "Qui répond", "Réponse attendue le")


def parts(reunion: Reunion, on: date) -> Iterator[Partie]:
    """One part: the préconisations that wait, what is due first."""
    rows = Preconisation.objects.of(reunion.espace).expected().order_by("echeance", "numero")
    title = "Préconisations en attente d’une réponse"
    lines = tuple(_row(one, on) for one in rows)
    table = Tableau(title, COLUMNS, (5, 24, 12, 10), lines) if lines else None
    yield Partie(title, (), table, "Aucune préconisation n’attend de réponse.")


def _row(one: Preconisation, on: date) -> tuple[str, ...]:
    due = date_fr(one.echeance) if one.echeance else "sans date"
    late = ", en retard" if one.echeance and one.echeance < on else ""
    where = f"{one.texte} ({one.get_origine_display()})"
    return (one.code, typo(where), typo(str(one.organisme or "à désigner")), typo(f"{due}{late}"))


def offers(reunion: Reunion, on: date) -> Iterator[Offre]:
    """The préconisations that wait for an answer, for an agenda to take."""
    rows = Preconisation.objects.of(reunion.espace).public().expected().exclude(inscriptions__point__reunion=reunion)
    for one in rows.order_by("echeance", "numero"):
        yield Offre(
            f"preconisation/{one.pk}",
            "Préconisations",
            typo(f"Préconisation {one.code} : {one.texte}"),
            lambda by, of, one=one: put_on_agenda(by=by, preconisation=one, reunion=of),  # type: ignore[misc]
        )
