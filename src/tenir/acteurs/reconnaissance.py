"""Which body of a list a written name means: by any of its names, else by its form and its place.

One way for every door: imports, forms, workbooks. `tenir.fichier.organisations.formes` says how names compare.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tenir.acteurs.models import Graphie, NomAnterieur, Organisation
from tenir.fichier.mots import comparable
from tenir.fichier.organisations import files, recognise, registry
from tenir.fichier.organisations.formes import Nom, initials, parted, places_in, shared, tokens

ACRONYM = 3
"""The letters from which initials are known for those of a body: two are those of too many names."""


class Annuaire:
    """Bodies found by the names people give them. `lieux`: names of places around, beside those in their names.

    `more`: by number, the spellings that teams added and the names that bodies bore. A body that is no more on the day
    `on` is read as the one that took up what it did.
    """

    def __init__(
        self,
        bodies: Iterable[Organisation],
        lieux: Iterable[str] = (),
        more: Mapping[int, Sequence[str]] | None = None,
        on: date | None = None,
    ) -> None:
        self.rows = {one.identifiant: one for one in bodies}
        self.more, self.on = more or {}, on
        self.by_number = {one.pk: one for one in self.rows.values()}
        names = [(comparable(name), one) for one in self.rows.values() for name in self._said(one)]
        twice = Counter(name for name, _ in set(names))
        usual = {comparable(one.nom): one for one in self.rows.values()}
        self.names = {name: one for name, one in names if twice[name] == 1} | usual
        self.places = {word for lieu in lieux for word in tokens(lieu)}
        self.places |= places_in(name for one in self.rows.values() for name in self._names(one))
        self.forms = [(form, one) for one in self.rows.values() for form in set(self._forms(one))]
        self.short = [(Nom(frozenset({form.sigle}), form.lieu), one) for form, one in self.forms if form.sigle]

    @classmethod
    def of(cls, bodies: Iterable[Organisation], lieux: Iterable[str], on: date) -> "Annuaire":
        """Bodies with what teams added to their names; three queries."""
        held = list(bodies)
        more: dict[int, list[str]] = {}
        for model, said in ((Graphie, "texte"), (NomAnterieur, "nom"), (NomAnterieur, "sigle")):
            rows = model._default_manager.filter(organisation__in=[one.pk for one in held]).exclude(**{said: ""})
            for number, name in rows.order_by("pk").values_list("organisation", said):
                more.setdefault(number, []).append(name)
        return cls(held, lieux, more, on)

    def find(self, name: str) -> Organisation | None:
        """The body of that name today; None when it is none of them, or may be several."""
        found = self._named(name)
        return self._today(found) if found else None

    def named(self, name: str) -> Organisation | None:
        """The body that bears a name, word for word: nothing is guessed, and a hundred thousand names cost little."""
        return self.names.get(comparable(name))

    def _today(self, body: Organisation) -> Organisation:
        """The body that took up what one did, when it is no more and the other is among those of the list."""
        seen = {body.pk}
        while self.on and body.ended(self.on) and body.suite_id in self.by_number and body.suite_id not in seen:
            body = self.by_number[body.suite_id]
            seen.add(body.pk)
        return body

    def bearing(self, name: str) -> list[Organisation]:
        """The bodies whose own name it is, however it is written."""
        wanted = comparable(name)
        return [
            one for one in self.rows.values() if wanted and wanted in {comparable(said) for said in self._said(one)}
        ]

    def _said(self, body: Organisation) -> list[str]:
        """The names that are known to be its own: the usual one, the acronym, those that teams added."""
        return [name for name in (body.sigle, body.nom, *self.more.get(body.pk, ())) if name]

    def _named(self, name: str) -> Organisation | None:
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
        for name in self._names(body):
            yield parted(name, self.places)
        if body.sigle:
            yield Nom(frozenset(tokens(body.sigle)), parted(body.nom, self.places).lieu)

    def _names(self, body: Organisation) -> tuple[str, ...]:
        """Its usual name and its other spellings."""
        known = registry().get(body.identifiant)
        return (body.nom, *(known.graphies if known else ()), *self.more.get(body.pk, ()))
