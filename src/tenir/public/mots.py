"""The signed words of an item, as the component `mots_signes` shows them."""

from django.urls import reverse

from tenir.contrat.models import ElementSigne
from tenir.core.composants import MotsSignes
from tenir.fichier.source import Plage


def signed_words(item: ElementSigne, slug: str) -> MotsSignes | None:
    """The signed words of an item with their lines and the way to the document; None when it has no source."""
    if not item.plages:
        return None
    url = f"{reverse('document', args=[slug])}?lignes={item.source.replace(' ', '')}#l{item.plages[0].debut}"
    return MotsSignes(text=item.mots, lines=written_lines(item.plages), url=url if item.mots else "")


def written_lines(plages: tuple[Plage, ...]) -> str:
    """Lines as a reader reads them: « 1838 », « 12 à 14 », « 17, 40 à 42 »."""
    runs = [f"{p.debut}" if p.debut == p.fin else f"{p.debut} à {p.fin}" for p in plages]
    return ", ".join(dict.fromkeys(runs))
