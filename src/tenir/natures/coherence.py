"""What the models alone cannot see in a kind: a person behind its words, numbers that would not add up.

Every rule is one sentence, with what to do. They bind what is written from now on: a kind kept under former rules is
still read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tenir.fichier.coherence import Incoherence
from tenir.natures.catalogue import Insoluble, entire
from tenir.natures.enums import Cumulation, Forme, Unite
from tenir.natures.formules import feeds
from tenir.natures.modeles import Mesure, Nature, NatureEntiere
from tenir.natures.registres import things
from tenir.natures.sujets import counts_people, names_one, names_one_case

COMPTER = (
    "Comptez plutôt : dites ce qui se tient ou ce que l’on compte, au pluriel pour des gens (« Élèves exclus », "
    "« une séance »). S’il s’agit d’autre chose que d’une personne, dites-le par un autre mot."
)


@dataclass(frozen=True, slots=True)
class Examen:
    """A kind under examination: as written, with all it inherits, and what binds it.

    `anciennes`: the kind it is, and itself as it was.
    """

    nature: Nature
    entiere: NatureEntiere
    anciennes: tuple[NatureEntiere, ...]

    @property
    def tenues(self) -> list[Mesure]:
        """The measures already known."""
        return [mesure for one in self.anciennes for mesure in one.mesures]


def incoherences(nature: Nature, known: Mapping[str, Nature]) -> Iterator[Incoherence]:
    """Yield what is wrong in a kind; `known`: the others, and the same as it was before if it is changed."""
    try:
        examen = _examined(nature, known)
    except Insoluble as error:
        yield Incoherence((error.champ,), str(error), "")
        yield from _nobody(nature, counted=nature.forme in (Forme.DECOMPTE, Forme.ETAT))
        return
    yield from _nobody(nature, counted=examen.entiere.forme in (Forme.DECOMPTE, Forme.ETAT))
    for rule in (_form, _rhythm, _once, _measures, _main):
        yield from rule(examen)
    yield from feeds(nature.alimente, examen.entiere)
    yield from things(nature, examen.entiere, examen.anciennes)


def _examined(nature: Nature, known: Mapping[str, Nature]) -> Examen:
    """Raise `Insoluble` for a kind that cannot be made."""
    whole = entire(nature, {**known, nature.nature: nature})
    bound = [entire(known[code], known) for code in (nature.est, nature.nature) if code and code in known]
    return Examen(nature, whole, tuple(bound))


def _nobody(nature: Nature, *, counted: bool) -> Iterator[Incoherence]:
    """No kind is about one resident, one pupil, one victim, one household."""
    said = {
        "nature": names_one(nature.nature, counted=counted),
        "libelle": names_one(nature.libelle, counted=counted),
        "pluriel": names_one(nature.pluriel or "", counted=counted),
        "sujet": names_one_case(nature.sujet or ""),
    }
    for field, word in said.items():
        if word:
            message = f"« {getattr(nature, field)} » désignerait une personne ou un foyer (« {word} »)."
            yield Incoherence((field,), f"{message} Le registre n’en suit aucun.", COMPTER)


def _form(one: Examen) -> Iterator[Incoherence]:
    other = next((former.forme for former in one.anciennes if former.forme is not one.entiere.forme), None)
    if other:
        yield Incoherence(
            ("forme",), f"la forme de ce dont elle part est « {other} », et ne change pas.", "Reprenez-la."
        )


def _rhythm(one: Examen) -> Iterator[Incoherence]:
    forme, periode = one.entiere.forme, one.entiere.periode
    if forme is Forme.SEANCE and periode:
        yield Incoherence(("periode",), "une séance a un jour, pas de période.", "Retirez la période.")
    if forme in (Forme.DECOMPTE, Forme.ETAT) and not periode:
        remedy = "Ajoutez « periode » : mois, trimestre, semestre ou année."
        yield Incoherence(("forme",), f"un {forme} a une période.", remedy)


def _main(one: Examen) -> Iterator[Incoherence]:
    main = one.entiere.principale
    mesure = one.entiere.mesure(main) if main else None
    if mesure and mesure.choix:
        yield Incoherence(
            ("principale",), f"« {main} » se compte par choix, sans total.", "Choisissez une mesure qui a un total."
        )


def _once(one: Examen) -> Iterator[Incoherence]:
    """Two measures never share a code; the second would take the place of the first in silence."""
    codes = [mesure.code for mesure in one.nature.mesures]
    for rank, code in enumerate(codes):
        if code in codes[:rank]:
            message = f"la mesure « {code} » est écrite deux fois."
            yield Incoherence(("mesures", rank, "code"), message, "Donnez-lui un autre code.")


def _measures(one: Examen) -> Iterator[Incoherence]:
    for rank, mesure in enumerate(one.nature.mesures):
        for rule in (_people, _choices, _total, _stock, _range):
            for found in rule(mesure, one):
                yield Incoherence(("mesures", rank, *found.chemin), found.message, found.remede)
        yield from _same_type(rank, mesure, one.tenues)


def _people(mesure: Mesure, one: Examen) -> Iterator[Incoherence]:
    if not mesure.of_people and counts_people(mesure.unite):
        remedy = "Comptez en « passages » (chaque venue compte) ou en « personnes » (différentes)."
        yield Incoherence(("unite",), f"« {mesure.unite} » désigne des gens.", remedy)
    if mesure.parts and not mesure.of_people:
        message = "seuls des gens se répartissent par sexe, par âge ou par quartier."
        yield Incoherence(("parts",), message, "Retirez « parts », ou comptez en « passages » ou en « personnes ».")
    if len(set(mesure.parts)) < len(mesure.parts):
        yield Incoherence(("parts",), "une même répartition est demandée deux fois.", "Gardez-la une fois.")


def _choices(mesure: Mesure, one: Examen) -> Iterator[Incoherence]:
    if not mesure.choix:
        return
    for field in ("parts", "vraisemblable"):
        if getattr(mesure, field):
            message = f"une mesure par choix n’a pas de total : « {field} » n’y dit rien."
            yield Incoherence((field,), message, f"Retirez « {field} », ou faites-en deux mesures.")
    said = list(mesure.choix.values())
    for rank, code in enumerate(mesure.choix):
        if said[rank] in said[:rank]:
            yield Incoherence(("choix", code), f"deux choix se disent « {said[rank]} ».", "Distinguez-les.")


def _total(mesure: Mesure, one: Examen) -> Iterator[Incoherence]:
    if mesure.unite == Unite.PERSONNES and mesure.cumul is Cumulation.SOMME:
        message = "des personnes différentes ne s’ajoutent pas : la même peut revenir."
        remedy = "Comptez en « passages », ou écrivez « cumul: max »."
        yield Incoherence(("cumul",), message, remedy)


def _stock(mesure: Mesure, one: Examen) -> Iterator[Incoherence]:
    if one.entiere.forme is Forme.ETAT and not mesure.cumul:
        message = "un état dit ce qui est là un jour : il faut dire comment plusieurs relevés en font un."
        yield Incoherence((), message, "Ajoutez « cumul: dernier » ; « cumul: somme » pour ce qui a eu lieu depuis.")


def _range(mesure: Mesure, one: Examen) -> Iterator[Incoherence]:
    if not mesure.vraisemblable:
        return
    least, most = mesure.vraisemblable
    if least < 0 or most < least:
        remedy = "Écrivez le moins attendu, puis le plus : [1, 60]."
        yield Incoherence(("vraisemblable",), f"[{least}, {most}] ne va pas en montant depuis zéro.", remedy)
    if not mesure.decimales and (least % 1 or most % 1):
        remedy = "Arrondissez les bornes, ou écrivez « decimales: true »."
        yield Incoherence(("vraisemblable",), "cette mesure est un nombre entier.", remedy)


TYPE: dict[str, Callable[[Mesure], object]] = {
    "unite": lambda one: one.unite,
    "decimales": lambda one: one.decimales,
    "cumul": lambda one: one.united,
    "choix": lambda one: bool(one.choix),
}
"""What never changes of a measure, by its field."""


def _same_type(rank: int, mesure: Mesure, held: Iterable[Mesure]) -> Iterator[Incoherence]:
    """What was given under a code keeps its meaning: it is counted with what is given now."""
    former = [one for one in held if one.code == mesure.code]
    for field, of in TYPE.items():
        if any(of(one) != of(mesure) for one in former):
            message = f"la mesure « {mesure.code} » existe déjà, et son type ne change pas (« {field} »)."
            yield Incoherence(("mesures", rank, field), message, "Reprenez-le, ou donnez un autre code à la mesure.")
