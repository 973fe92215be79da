"""Which body of a list a written name means: by any of its names, else by its form and its place.

One way for every door: imports, forms, workbooks. `tenir.fichier.organisations.formes` says how names compare.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from tenir.acteurs.models import Organisation
from tenir.fichier.mots import comparable
from tenir.fichier.organisations import files, recognise, registry
from tenir.fichier.organisations.formes import Nom, initials, parted, places_in, shared, tokens

ACRONYM = 3
"""The letters from which initials are known for those of a body: two are those of too many names."""


class Annuaire:
    """Bodies found by the names people give them. `lieux`: names of places around, beside those in their names."""

    def __init__(self, bodies: Iterable[Organisation], lieux: Iterable[str] = ()) -> None:
        self.rows = {one.identifiant: one for one in bodies}
        names = [(comparable(name), one) for one in self.rows.values() for name in (one.sigle, one.nom) if name]
        twice = Counter(name for name, _ in names)
        usual = {comparable(one.nom): one for one in self.rows.values()}
        self.names = {name: one for name, one in names if twice[name] == 1} | usual
        self.places = {word for lieu in lieux for word in tokens(lieu)}
        self.places |= places_in(name for one in self.rows.values() for name in _names(one))
        self.forms = [(form, one) for one in self.rows.values() for form in set(self._forms(one))]
        self.short = [(Nom(frozenset({form.sigle}), form.lieu), one) for form, one in self.forms if form.sigle]

    def find(self, name: str) -> Organisation | None:
        """The body of that name; None when it is none of them, or may be several."""
        if not comparable(name):
            return None
        if found := self.names.get(comparable(name)):
            return found
        known = recognise(name, [file.territoire for file in files()])
        if known and known.id in self.rows:
            return self.rows[known.id]
        national = recognise(name)
        spellings = (name, *(national.noms if national else ()))
        ways = (way for one in spellings for way in ((tokens(one), self.short), (self._shortened(one), [])))
        return next((found for said, more in ways if said and (found := self._by_form(said, more))), None)

    def _shortened(self, name: str) -> list[str]:
        """The words of a name whose form is written by its acronym."""
        short = initials(name, self.places)
        return [short, *parted(name, self.places).lieu] if len(short) >= ACRONYM else []

    def _by_form(self, said: list[str], more: "list[tuple[Nom, Organisation]]") -> Organisation | None:
        """The only body of that form and place; where several may be, the one whose place is told best."""
        ranked: dict[int, set[Organisation]] = {}
        for form, body in (*self.forms, *more):
            rank = shared(said, form, self.places)
            if rank is not None:
                ranked.setdefault(rank, set()).add(body)
        best = ranked[max(ranked)] if ranked else set()
        return next(iter(best)) if len(best) == 1 else None

    def _forms(self, body: Organisation) -> Iterator[Nom]:
        for name in _names(body):
            yield parted(name, self.places)
        if body.sigle:
            yield Nom(frozenset(tokens(body.sigle)), parted(body.nom, self.places).lieu)


def _names(body: Organisation) -> tuple[str, ...]:
    """Its usual name and its other spellings."""
    known = registry().get(body.identifiant)
    return (body.nom, *(known.graphies if known else ()))
