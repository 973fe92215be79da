"""The signed words of an item, as the component `mots_signes` shows them."""

from dataclasses import replace

from django.urls import reverse

from tenir.contrat.models import ElementSigne, Partie
from tenir.core.composants import MotsSignes
from tenir.core.typographie import capital
from tenir.fichier.source import written_lines


def signed_words(item: ElementSigne, slug: str) -> MotsSignes | None:
    """The signed words of an item with their lines and the way to the document; None when it has no source."""
    if not item.plages:
        return None
    url = f"{reverse('document', args=[slug])}?lignes={item.source.replace(' ', '')}#l{item.plages[0].debut}"
    return MotsSignes(text=item.mots, lines=written_lines(item.plages), url=url if item.mots else "")


def prose(part: Partie, slug: str) -> MotsSignes | None:
    """The signed words of a part without its heading, which the page already shows."""
    words = signed_words(part, slug)
    return replace(words, text=_without_heading(part)) if words else None


def heading(part: Partie) -> str:
    """The heading of a part as the page shows it: what was printed in capitals becomes readable."""
    title = part.titre or part.nature
    return capital(title.lower()) if title.isupper() or title == part.nature else title


def has_prose(part: Partie) -> bool:
    """Whether a part says more than its heading; a part whose document is not attached is shown."""
    return not part.mots or bool(_without_heading(part))


def _without_heading(part: Partie) -> str:
    starts = part.mots.casefold().startswith(part.titre.casefold())
    return part.mots[len(part.titre) :].lstrip(" :.") if starts else part.mots
