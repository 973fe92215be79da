"""What the page of a kind shows: what it asks, what it feeds, what comes of it, the words it had before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from tenir.activite.ecrans.natures.commun import FAITE, NaturesDuContrat, at
from tenir.activite.ecrans.natures.liste import word_of
from tenir.activite.models import VersionDeNature
from tenir.activite.models.nature import definition_of
from tenir.contrat.models import ActionPrevue, Indicateur
from tenir.core import horloge
from tenir.core.composants import Lien, Renseignement
from tenir.core.typographie import capital, date_fr, nombre, pluriel, typo
from tenir.ecran.histoire import Passage
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.natures.descriptions import answer, state, told
from tenir.natures.enums import Lecteurs
from tenir.natures.modeles import Champ, Mesure, NatureEntiere
from tenir.natures.phrases import RYTHMES, asks, formula, split, together

LECTEURS = {Lecteurs.PARTENAIRES: "les partenaires et l’équipe", Lecteurs.EQUIPE: "l’équipe seule"}


@dataclass(frozen=True, slots=True)
class LigneDeMesure:
    """A measure as the page tells it."""

    libelle: str
    code: str
    question: str
    unite: str
    parts: str
    ensemble: str
    attendu: str
    obligatoire: bool
    reprise: str


def measures(of: NaturesDuContrat, nature: NatureEntiere) -> list[LigneDeMesure]:
    """Its measures in the order in which they are asked; those that it has from another say from which."""
    return [_measure(one, nature, _from(of, nature, one)) for one in nature.mesures]


@dataclass(frozen=True, slots=True)
class LigneDeChamp:
    """What describes a thing, as the page tells it."""

    libelle: str
    code: str
    reponse: str
    reprise: str


def fields(of: NaturesDuContrat, nature: NatureEntiere) -> list[LigneDeChamp]:
    """What describes its things; what it has from another kind says from which."""
    return [LigneDeChamp(one.libelle, one.code, typo(answer(one)), _from(of, nature, one)) for one in nature.champs]


def states(nature: NatureEntiere) -> list[str]:
    """The states in which its things may be, in their order."""
    return [typo(state(one, nature)) for one in nature.etats]


def _measure(one: Mesure, nature: NatureEntiere, reprise: str) -> LigneDeMesure:
    return LigneDeMesure(
        one.libelle,
        one.code,
        typo(one.asked),
        one.unite,
        split(one),
        typo(together(one)),
        expected(one),
        one.code == nature.principale,
        reprise,
    )


def expected(one: Mesure) -> str:
    """« de 1 à 60 »."""
    if one.vraisemblable is None:
        return ""
    least, most = one.vraisemblable
    return f"de {nombre(least)} à {nombre(most)}"


def _from(of: NaturesDuContrat, nature: NatureEntiere, said: Mesure | Champ) -> str:
    """The name of the kind that says a measure, or a field, when it is another."""
    for code in nature.lignee:
        rows = of.files[code].mesures if isinstance(said, Mesure) else of.files[code].champs
        if said.code in {one.code for one in rows}:
            return "" if code == nature.nature else of.files[code].libelle
    return ""


def identity(of: NaturesDuContrat, nature: NatureEntiere, history: Sequence[Passage]) -> list[Renseignement]:
    """What it is, whose, and since when."""
    above = of.files[nature.nature].est
    rows = [
        Renseignement("Code", nature.nature),
        Renseignement("Forme", capital(word_of(nature.forme)) + _rhythm(nature)),
        Renseignement("Une entrée parle de", nature.sujet),
        Renseignement("Part de", of.files[above].libelle if above else "aucune", at(of.espace, above) if above else ""),
        Renseignement("Thèmes", ", ".join(nature.themes) or "aucun"),
        Renseignement("Qui lit ses entrées", LECTEURS[nature.visible]),
        Renseignement("Origine", _origin(of, nature.nature, history)),
        *(Renseignement(name, typo(words)) for name, words in told(nature)),
    ]
    return [*rows, Renseignement("On y inscrit", "rien : elle sert de modèle")] if nature.generique else rows


def _rhythm(nature: NatureEntiere) -> str:
    if nature.periode is None:
        return ""
    return f", {'à confirmer une fois ' if nature.lasts else ''}{RYTHMES[nature.periode]}"


def _origin(of: NaturesDuContrat, code: str, history: Sequence[Passage]) -> str:
    """« du contrat, faite par Ana le 3 mars 2026 »."""
    said = of.origin(code)
    if code in of.tenir or not history or not history[-1].phrase.startswith(FAITE):
        return said
    return typo(f"{said}, faite par {history[-1].qui} le {date_fr(history[-1].le)}")


def feeds(espace: EspaceDeContrat, nature: NatureEntiere) -> list[Lien]:
    """The indicators that it feeds, each with how; one query."""
    codes = {one.indicateur for one in nature.alimente}
    rows = Indicateur.objects.of(espace).filter(code__in=codes).values_list("code", "libelle") if codes else ()
    named = dict(rows)
    return [
        Lien(
            named.get(one.indicateur, "n’est plus dans le contrat"),
            address("suivi-indicateur", espace, one.indicateur) if one.indicateur in named else "",
            code=one.indicateur,
            note=typo(formula(one, nature)),
        )
        for one in nature.alimente
    ]


def actions(espace: EspaceDeContrat, nature: NatureEntiere) -> list[Lien]:
    """The planned actions that an entry goes to unless said otherwise; one query."""
    rows = ActionPrevue.objects.of(espace).filter(code__in=nature.actions).values_list("code", "titre")
    named = dict(rows) if nature.actions else {}
    return [
        Lien(named.get(code, "n’est plus dans le contrat"), _fiche(espace, code) if code in named else "", code=code)
        for code in nature.actions
    ]


def _fiche(espace: EspaceDeContrat, code: str) -> str:
    return address("fiche", espace, code)


def children(of: NaturesDuContrat, code: str) -> list[Lien]:
    """The kinds that come of it."""
    return [Lien(one.libelle, at(of.espace, one.nature)) for one in of.children(code)]


def former_words(espace: EspaceDeContrat, nature: NatureEntiere) -> list[str]:
    """The words under which entries were given, and that are its no more; two queries."""
    versions = VersionDeNature.objects.of(espace).filter(code=nature.nature)
    counts = dict(versions.order_by().values_list("numero").annotate(Count("entrees")))
    now = definition_of(nature)[1]
    former = [one for one in versions.order_by("-numero") if one.empreinte != now]
    return [_version(one, counts[one.numero]) for one in former if counts[one.numero]]


def _version(one: VersionDeNature, count: int) -> str:
    asked = asks(one.nature).removesuffix(".")
    kept = f"{pluriel(count, 'entrée', genre='f')} depuis le {date_fr(horloge.day_of(one.le))}"
    return typo(f"« {one.libelle} », {kept}. {asked}.")


def gestures(of: NaturesDuContrat, code: str) -> dict[str, str]:
    """What a team may do with it, by name; the addresses."""
    espace = of.espace
    gone = of.withdrawn(code)
    return {
        "changer": at(espace, code, "changer"),
        "partir": f"{address('nature-nouvelle', espace)}?de={code}",
        "reprendre" if gone else "retirer": at(espace, code, "reprendre" if gone else "retirer"),
        "fichier": at(espace, code, "fichier"),
    }


def written(espace: EspaceDeContrat, nature: NatureEntiere) -> str:
    """The address of what is written under it: a register, or a list of entries."""
    if nature.lasts and not nature.generique:
        return address("registre", espace, nature.nature)
    return f"{address('activite', espace)}?nature={nature.nature}"


def lede(nature: NatureEntiere) -> str:
    """What it asks, then what it is for."""
    return typo(" ".join(filter(None, (asks(nature), nature.page))))


def opened(espace: EspaceDeContrat, history: Iterable[Passage]) -> object:
    """The day since which it is followed: that of its first change, or that of the contract."""
    first = list(history)[-1:]
    return first[0].le if first else espace.cree_le
