"""Whom to call in the bodies of a contract, read once for a whole page; nothing for who does not read contacts."""

from collections.abc import Iterable
from datetime import date

from tenir.acteurs.models import Organisation
from tenir.core.composants import Appel
from tenir.equipe.services.contacts import contacts_of
from tenir.habilitations.models import EspaceDeContrat, Referent
from tenir.habilitations.rights import Acces, may


class Repertoire:
    """The contacts of each body that day, the oldest first; one query, asked when the first is looked for."""

    def __init__(self, acces: Acces, espace: EspaceDeContrat, on: date) -> None:
        self.acces, self.espace, self.on = acces, espace, on
        self._known: dict[int, list[Referent]] | None = None

    def contacts(self, organisation: int | None) -> list[Referent]:
        """Those of one body, by its number."""
        if self._known is None:
            self._known = self._read() if may(self.acces, "contact.read", self.espace) else {}
        return self._known.get(organisation or 0, [])

    def calls(self, organisations: Iterable[int | None]) -> list[Appel]:
        """Whom to call in some bodies: one person for each, the first who can be written to, else called."""
        found = [self._first(number) for number in dict.fromkeys(organisations)]
        return [_call(one) for one in found if one]

    def calls_or_names(self, organisations: Iterable[Organisation]) -> tuple[list[Appel], list[str]]:
        """Whom to call in some bodies, and the names of those where nobody is known."""
        bodies = list(organisations)
        silent = [str(one) for one in bodies if not self.contacts(one.pk)]
        return self.calls(one.pk for one in bodies), silent

    def _first(self, organisation: int | None) -> Referent | None:
        known = self.contacts(organisation)
        return next((one for one in known if one.personne.email), next(iter(known), None))

    def _read(self) -> dict[int, list[Referent]]:
        known: dict[int, list[Referent]] = {}
        for one in contacts_of(self.espace, self.on).order_by("du", "pk"):
            known.setdefault(one.organisation_id, []).append(one)
        return known


def _call(one: Referent) -> Appel:
    return Appel(str(one.personne), str(one.organisation), one.fonction, one.personne.telephone, one.personne.email)
