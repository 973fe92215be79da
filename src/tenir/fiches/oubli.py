"""What fiches keep of people: the workbooks that wait; where the texts that may name someone are changed."""

from typing import Any

from tenir.acteurs.models import Personne
from tenir.core.oubli import Marques, written
from tenir.core.piece import Answer
from tenir.ecran.navigation import address
from tenir.fiches.models import FicheAction, ImportDeFiches, Jalon, Nouvelle, PartenaireDeLAction, PieceDeFiche


def forget(personne: Personne, marques: Marques) -> None:
    """Remove the workbooks that nobody applied and that are hers, or name her: whoever sent one still has it."""
    for depose in ImportDeFiches.objects.filter(applique_le=None).order_by("pk").iterator():
        if depose.par_id == personne.pk or any(map(marques.names, (depose.nom, written(depose.contenu)))):
            depose.delete()


def _fiche(fiche: FicheAction) -> str:
    return address("fiche-modifier", fiche.espace, fiche.code)


def _around(row: Nouvelle | PieceDeFiche) -> str:
    return address("fiche", row.fiche.espace, row.fiche.code)


def _numbered(name: str) -> Any:
    return lambda row: address(name, row.fiche.espace, row.fiche.code, row.pk)


def _import(depose: ImportDeFiches) -> str:
    return address("fiches-import", depose.espace, depose.pk)


WHERE: dict[str, Answer] = {
    FicheAction._meta.label: _fiche,
    Nouvelle._meta.label: _around,
    PieceDeFiche._meta.label: _around,
    Jalon._meta.label: _numbered("fiche-jalon-modifier"),
    PartenaireDeLAction._meta.label: _numbered("fiche-partenaire-modifier"),
    ImportDeFiches._meta.label: _import,
}
