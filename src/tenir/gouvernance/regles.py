"""The rules of bodies, whatever they rest on, read in one shape: those of the signed contract, of the law, of the team.

A rule warns and asks why; it never blocks, and never touches what was said.

Those of the contract are read from its rows, so that they follow it: how often a body meets, before which other, which
bodies it lists. What an attendance makes of them is in `comptes.py`; thresholds of our own are in `seuils.py`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tenir.acteurs.models import Organisation
from tenir.acteurs.rattachements import with_ancestors
from tenir.contrat.models import OrganismeCite, RegleDOrdre
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr, pluriel
from tenir.fichier.mots import plain
from tenir.fichier.source import parse_source, written_lines
from tenir.gouvernance.enums import EtatDeReunion, GenreDeRegle, NatureDeSource
from tenir.gouvernance.models import InstanceSuivie, RegleDeGouvernance, Reunion
from tenir.habilitations.models import EspaceDeContrat

Genre = GenreDeRegle
LOI_CONSEIL = "loi n° 2014-173 du 21 février 2014, article 7"
CONSEIL = "conseil citoyen"
"""The nature of the bodies that the law brings into the bodies of steering."""
SELON_LA_REGLE = re.compile(r"règle de (G\d+)")
"""How a contract file says that a body sits by a rule that another body carries."""


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule as pages show it. `numero`: that of a rule of the team, which may be ended; `lignes`: where it stands."""

    cle: str
    genre: GenreDeRegle
    instance: InstanceSuivie
    titre: str
    nature: NatureDeSource
    source: str
    nombre: int | None = None
    avant: InstanceSuivie | None = None
    organisme: Organisation | None = None
    depuis: date | None = None
    numero: int | None = None
    lignes: str = ""


@dataclass(frozen=True, slots=True)
class Ecart:
    """What would be done, or was, beside a rule: in a sentence, with its source."""

    cle: str
    phrase: str
    source: str


@dataclass
class Corpus:
    """The bodies of a contract and all their rules, read in four queries whatever their number."""

    espace: EspaceDeContrat
    instances: list[InstanceSuivie] = field(default_factory=list)
    regles: list[Regle] = field(default_factory=list)

    def of(self, instance: InstanceSuivie, *genres: GenreDeRegle) -> list[Regle]:
        """The rules of a body, of some kinds when they are said."""
        return [one for one in self.regles if one.instance.pk == instance.pk and (not genres or one.genre in genres)]

    def orders_before(self, instance: InstanceSuivie) -> list[Regle]:
        """The rules that ask another body to meet before this one."""
        return [one for one in self.regles if one.genre == Genre.ORDRE and one.avant and one.avant.pk == instance.pk]


def corpus_of(espace: EspaceDeContrat, on: date, *, listed: bool = True) -> Corpus:
    """The bodies of a contract and the rules that hold on a day; `listed`: those that say which bodies sit, too."""
    found = Corpus(espace, list(InstanceSuivie.objects.of(espace)))
    if not found.instances:
        return found
    by_signed = {one.instance_id: one for one in found.instances if one.instance_id}
    written = _written(espace)
    found.regles = [
        *_frequencies(found.instances),
        *_orders(written, by_signed),
        *(_listed(espace, by_signed, written) if listed else ()),
        *_added(espace, found.instances, on),
    ]
    return found


def lines_of(source: str) -> str:
    """« contrat signé, lignes 451 à 453 »; the contract alone where no line is known."""
    ranges = parse_source(source) if source else ()
    said = written_lines(ranges)
    return f"contrat signé, {'ligne' if said.isdecimal() else 'lignes'} {said}" if ranges else "contrat signé"


def _frequencies(instances: Iterable[InstanceSuivie]) -> Iterator[Regle]:
    for one in instances:
        signed = one.instance
        count = signed.reunions_par_an if signed else one.reunions_par_an
        if not count:
            continue
        titre = (signed.frequence if signed else "") or f"{pluriel(count, 'réunion', genre='f')} par an"
        nature = NatureDeSource.CONTRAT if signed else NatureDeSource.TENIR
        source = lines_of(signed.source) if signed else one.cree_par_quoi
        yield Regle(f"frequence/{one.code}", Genre.FREQUENCE, one, titre, nature, source, nombre=count,
                    lignes=signed.source if signed else "")  # fmt: skip


def _written(espace: EspaceDeContrat) -> list[RegleDOrdre]:
    """The rules that the contract writes on its bodies, whether they order two of them or not; one query."""
    rows = RegleDOrdre.objects.filter(instance__espace=espace, instance__retire=False).select_related("instance")
    return list(rows.order_by("instance__ordre", "rang"))


def _orders(written: list[RegleDOrdre], by_signed: dict[int, InstanceSuivie]) -> Iterator[Regle]:
    for row in written:
        first, then = by_signed.get(row.instance_id), by_signed.get(row.avant_id or 0)
        if first and then:
            yield Regle(f"ordre/{first.code}/{then.code}", Genre.ORDRE, first, row.titre, NatureDeSource.CONTRAT,
                        lines_of(row.source), avant=then, lignes=row.source)  # fmt: skip


def _listed(
    espace: EspaceDeContrat, by_signed: dict[int, InstanceSuivie], written: list[RegleDOrdre]
) -> Iterator[Regle]:
    """The bodies that the contract lists among those of a body; and the council of residents, by the law.

    One that sits « selon la règle de G10 » has the lines of that rule, else those of the body where it is listed.
    """
    of_a_body = {row.instance.code: row.source for row in written if row.avant_id is None}
    cited = OrganismeCite.objects.filter(espace=espace, role=OrganismeCite.Role.MEMBRE, organisation__isnull=False)
    rows = list(cited.select_related("organisation").order_by("rang", "pk"))
    seen: set[tuple[int, int]] = set()
    for row in rows:
        body = by_signed.get(row.instance_id) if row.instance_id else None
        if body is None or row.organisation is None or (body.pk, row.organisation.pk) in seen:
            continue
        seen.add((body.pk, row.organisation.pk))
        signed = body.instance
        rule = SELON_LA_REGLE.search(row.fonction)
        source = of_a_body.get(rule[1], "") if rule else ""
        source = source or (signed.source if signed else "")
        yield Regle(f"presence/{body.code}/{row.organisation.identifiant}", Genre.PRESENCE, body,
                    f"{row.organisation.nom} y siège", NatureDeSource.CONTRAT, lines_of(source),
                    organisme=row.organisation, lignes=source)  # fmt: skip
    councils = {
        row.organisation.pk: row.organisation for row in rows if row.organisation and row.organisation.nature == CONSEIL
    }
    for body in by_signed.values():
        if "pilotage" in plain(body.nom).split():
            yield from (_by_law(body, council) for council in councils.values() if (body.pk, council.pk) not in seen)


def _by_law(body: InstanceSuivie, council: Organisation) -> Regle:
    return Regle(
        f"loi/{body.code}/{council.identifiant}",
        Genre.PRESENCE,
        body,
        f"{council.nom} y siège",
        NatureDeSource.LOI,
        LOI_CONSEIL,
        organisme=council,
    )


def _added(espace: EspaceDeContrat, instances: list[InstanceSuivie], on: date) -> Iterator[Regle]:
    by_number = {one.pk: one for one in instances}
    rows = RegleDeGouvernance.objects.filter(instance__espace=espace, du__lte=on).exclude(au__lte=on)
    for row in rows.select_related("organisme").order_by("pk"):
        if row.instance_id in by_number:
            yield Regle(f"regle/{row.pk}", GenreDeRegle(row.genre), by_number[row.instance_id], row.titre,
                        NatureDeSource(row.nature), row.source, nombre=row.nombre,
                        avant=by_number.get(row.avant_id or 0), organisme=row.organisme, depuis=row.du,
                        numero=row.pk)  # fmt: skip


def before_convening(corpus: Corpus, reunion: Reunion, on: date, bodies: Iterable[Organisation]) -> list[Ecart]:
    """What convening a meeting on a day, with some bodies, would leave beside the rules."""
    invited = {identifiant for one in bodies for identifiant in with_ancestors(one.identifiant)}
    found = [*out_of_order(corpus, reunion, meetings_until(reunion), planned=True), *_too_late(corpus, reunion, on)]
    for rule in corpus.of(reunion.instance, Genre.PRESENCE):
        if rule.organisme and rule.organisme.identifiant not in invited:
            found.append(
                Ecart(rule.cle, f"{capital(designe(rule.organisme.nom))} ne reçoit pas de convocation.", rule.source)
            )
    return found


def out_of_order(corpus: Corpus, reunion: Reunion, meetings: Iterable[Reunion], *, planned: bool) -> list[Ecart]:
    """The bodies that should have met since the last meeting of this one, and did not, among some meetings.

    `planned`: a date before this one is enough.
    """
    before = [one for one in meetings if one.jour <= reunion.jour and one.etat != EtatDeReunion.ANNULEE]
    held = [one.jour for one in before if one.instance_id == reunion.instance_id and one.etat == EtatDeReunion.TENUE]
    last = max((day for day in held if day < reunion.jour), default=None)
    counted = [one for one in before if planned or one.etat == EtatDeReunion.TENUE]
    since = f"depuis le {date_fr(last)}" if last else "jusqu’ici"
    return [
        Ecart(rule.cle, f"« {rule.instance.nom} » n’a pas tenu de réunion avant celle-ci ({since}).", rule.source)
        for rule in corpus.orders_before(reunion.instance)
        if not any(one.instance_id == rule.instance.pk and (last is None or one.jour > last) for one in counted)
    ]


def meetings_until(reunion: Reunion) -> list[Reunion]:
    """The meetings of its contract up to its day; one query."""
    return list(Reunion.objects.filter(espace=reunion.espace_id, jour__lte=reunion.jour))


def _too_late(corpus: Corpus, reunion: Reunion, on: date) -> list[Ecart]:
    left = (reunion.jour - on).days
    when = f"{pluriel(left, 'jour')} avant la réunion" if left else "le jour même de la réunion"
    told = f"La convocation part {when}"
    return [
        Ecart(rule.cle, f"{told} ; la règle en demande {rule.nombre}.", rule.source)
        for rule in corpus.of(reunion.instance, Genre.PREAVIS)
        if rule.nombre and left < rule.nombre
    ]


def bodies_on(instance: InstanceSuivie, day: date) -> dict[Organisation, bool]:
    """The bodies that sit in a body on a day, each with whether the quorum counts it; in the order of their names."""
    seats = list(instance.sieges.on(day).select_related("organisation"))
    found: dict[Any, bool] = {}
    for seat in sorted(seats, key=lambda one: plain(one.organisation.nom)):
        found[seat.organisation] = found.get(seat.organisation, False) or seat.counts
    return found
