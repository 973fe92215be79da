"""The codes of what a team adds: made from its name, and never one that served before."""

from collections.abc import Container, Iterable

from django.utils.text import slugify

from tenir.activite.models import VersionDeNature
from tenir.activite.services.natures import GENRE
from tenir.core.models import EntreeDeTrace
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.services import trace_of
from tenir.natures.modeles import Nature

LONGEST = 40


def codes_that_served(espace: EspaceDeContrat, known: Iterable[Nature]) -> set[str]:
    """Every code of a kind that a contract knows, or knew: one made and undone since is in its trace; two queries."""
    told = EntreeDeTrace.objects.filter(chaine__nom=trace_of(espace), genre=GENRE).values_list("objet", flat=True)
    frozen = VersionDeNature.objects.of(espace).values_list("code", flat=True)
    return {one.nature for one in known} | set(told) | set(frozen)


def measures_that_served(espace: EspaceDeContrat, nature: str) -> set[str]:
    """Every code of a measure under which entries of a kind were given; one query."""
    versions = VersionDeNature.objects.of(espace).filter(code=nature)
    return {mesure.code for version in versions for mesure in version.nature.mesures}


def code_of(words: str, served: Container[str]) -> str:
    """The code of a name: « Café-logement » is `cafe-logement`; with a number when it served; empty without letters."""
    root = slugify(plain(words))[:LONGEST].strip("-_").replace("_", "-")
    tries = (root, *(f"{root[: LONGEST - 4].rstrip('-')}-{rank}" for rank in range(2, 1000)))
    return next((one for one in tries if one not in served), "") if root else ""
