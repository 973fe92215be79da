"""What a code that is no more in force leads to, on a public page and on a working one."""

from collections.abc import Callable

from django.http import Http404

from tenir.contrat.models import CodeRetire
from tenir.habilitations.models import EspaceDeContrat


class Moved(Exception):
    """The item has another code now; `url` is where it stands."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class Withdrawn(Exception):
    """The item was withdrawn and nothing took its place: its page says so. `working`: a page of those who sign in."""

    def __init__(self, espace: EspaceDeContrat, code: str, nom: str, motif: str, *, working: bool = False) -> None:
        super().__init__(code)
        self.espace, self.code, self.nom, self.motif, self.working = espace, code, nom, motif, working


def moved_or_404(espace: EspaceDeContrat, code: str, where: Callable[[str], str], *, working: bool = True) -> Exception:
    """What to raise for a code that is not in force. `where`: the page of a code, for the one that took its place."""
    from tenir.contrat.recherche import SEARCHED  # the words that a search knows are slow to read

    retired = CodeRetire.objects.filter(espace=espace, code=code).first()
    if retired is None:
        return Http404()
    if retired.remplace_par:
        return Moved(where(retired.remplace_par))
    rows = (model.objects.filter(espace=espace, code=code, retire=True).first() for model in SEARCHED)
    found = next((row for row in rows if row is not None), None)
    return Withdrawn(espace, code, found.nom_court if found else "", retired.motif, working=working)
