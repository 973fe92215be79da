"""The named views of a list, as its page shows them: the links, the one that is open, what may be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenir.core.composants import Lien


@dataclass(frozen=True, slots=True)
class VueOuverte:
    """The named view that is open. `note`: who sees it. `modifiee`: the address is no more what was kept.

    `retour`: the query string of what was kept. Addresses are empty where one may not: `actualiser` keeps what the
    address asks now (`adresse`, in place of `lue`, at the `version` that was read), `regler` changes its name,
    `ouvrir` makes the list open on it, or no more (`d_office`: it does now). `inconnus`: what it asks that the list
    does not know, in words.
    """

    nom: str
    note: str
    modifiee: bool
    retour: str
    adresse: str
    lue: str
    version: int
    actualiser: str = ""
    regler: str = ""
    ouvrir: str = ""
    d_office: bool = False
    inconnus: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class VuesNommees:
    """The views of a list, for whoever reads it. `enregistrer`: the page that keeps what the address asks now, if it
    asks something. `d_office`: the query string on which the list opens when its address says nothing."""

    liens: Sequence[Lien] = ()
    ouverte: VueOuverte | None = None
    enregistrer: str = ""
    d_office: str = ""

    @property
    def courante(self) -> str:
        """The name of the view that is open, kept or not."""
        return next((lien.text for lien in self.liens if lien.current), "")
