"""The one way by which a draft changes: read under its lock, changed by a function, checked, kept, traced, undone.

A gesture is a function that acts on an `Etabli` and says what it did in French. `docs/adr/0051-atelier.md` says why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from pydantic import ValidationError as NotAContract

from tenir.atelier.arbre import Arbre, PasDElement
from tenir.atelier.cliches import ChangeDepuis, Cliche, cliche, contrat_of, differences, doutes_of, undone
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.phrases import still_said, written
from tenir.core import horloge
from tenir.core.marques import Lu, refuse_unread
from tenir.core.requetes import still
from tenir.core.trace import Fait, record
from tenir.core.typographie import typo
from tenir.fichier.coherence import incoherences
from tenir.fichier.document import DocumentNormalise
from tenir.fichier.modeles import CodeRetire, ContratDeVille
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, require
from tenir.habilitations.services import trace_of

RIGHT = "atelier.update"
GENRE = "texte"
"""The kind of these facts in the trace; their object is the code of an item, or the address of the contract."""
OUVERT, ACCEPTE, CORRIGE = "ouvert", "accepté", "corrigé"
"""What became of a doubt."""


@dataclass
class Etabli:
    """A draft on the bench: its items, its doubts, its document."""

    brouillon: Brouillon
    contrat: ContratDeVille
    arbre: Arbre
    doutes: dict[str, Any]
    document: DocumentNormalise | None
    gestes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, brouillon: Brouillon) -> "Etabli":
        """A draft as it stands."""
        contrat = brouillon.lire()
        return cls(brouillon, contrat, Arbre.of(contrat), dict(brouillon.doutes), brouillon.document(contrat))

    def settle(self, code: str, how: str = CORRIGE) -> None:
        """Say what became of the doubt on an item, if there is one that is open."""
        if self.doutes.get(code, {}).get("etat") == OUVERT:
            self.doutes[code] = {**self.doutes[code], "etat": how}


@dataclass(frozen=True, slots=True)
class Dit:
    """What a gesture did, in French, and the items that it is about."""

    phrase: str
    codes: tuple[str, ...] = ()


Agir = Callable[[Etabli], Dit]
Montre = Callable[[Etabli], Lu]


@transaction.atomic
def faire(
    *,
    by: Acces,
    brouillon: Brouillon,
    agir: Agir,
    montre: Montre | None = None,
    lu: Lu | None = None,
    propose: Lu | None = None,
) -> GesteDAtelier | None:
    """Make a gesture; nothing when it changes nothing. `montre`: what its page showed of what it acts on.

    Raises:
        Refus: she may not.
        Perime: what it acts on is no more what was read.
        ValidationError: the draft is over, or what would be written is no contract.
    """
    require(by, RIGHT, brouillon.espace)
    found = locked(brouillon)
    etabli = Etabli.of(found)
    before = cliche(etabli.contrat, etabli.doutes)
    try:
        if montre:
            refuse_unread(lu, montre(etabli), propose)
        dit = agir(etabli)
    except PasDElement as error:
        raise ValidationError(str(error)) from error
    contrat = _kept_right(found, etabli)
    return _keep(by, found, before, cliche(contrat, _followed(etabli, contrat)), dit)


@transaction.atomic
def annuler(*, by: Acces, geste: GesteDAtelier, lu: Lu | None = None) -> GesteDAtelier:
    """Undo a gesture if what it wrote still stands; this is a gesture, which may be undone too.

    Raises:
        Refus: she may not.
        Perime: it was undone meanwhile.
        ValidationError: the draft is over, it was undone already, or something it wrote was written over since.
    """
    require(by, RIGHT, geste.brouillon.espace)
    brouillon = locked(geste.brouillon)
    refuse_unread(lu, shown(geste))
    if GesteDAtelier.objects.filter(annule=geste).exists():
        raise ValidationError("Ce geste est déjà annulé.")
    was = brouillon.lire()
    before = cliche(was, brouillon.doutes)
    try:
        after = undone(before, geste.ecarts)
        contrat = contrat_of(after)
    except ChangeDepuis as error:
        raise ValidationError([typo(still_said(one)) for one in error.restes]) from error
    except NotAContract as error:
        raise ValidationError("Ce geste ne s’annule plus : ce qu’il remettrait ne tiendrait pas ensemble.") from error
    refuse_broken(was, contrat)
    dit = Dit(f"Annulé : {geste.phrase[:1].lower()}{geste.phrase[1:]}", tuple(geste.codes.split()))
    made = _keep(by, brouillon, before, after, dit, annule=geste)
    assert made is not None  # noqa: S101 (what a gesture changed is changed back)
    return made


def shown(geste: GesteDAtelier) -> Lu:
    """What a page shows of a gesture about to be undone."""
    undone_by = GesteDAtelier.objects.filter(annule=geste).exists()
    return {"geste": geste.phrase, "annulé": "oui" if undone_by else "non"}


def locked(brouillon: Brouillon) -> Brouillon:
    """The draft as it stands now, held until the end of the transaction.

    Raises:
        ValidationError: it is over.
    """
    rows = Brouillon.objects.select_for_update(of=("self",)).select_related("espace", "base")
    found = still(rows, brouillon)
    if not found.modifiable:
        raise ValidationError(typo(f"Ce texte est {found.get_etat_display()} : il ne se change plus ici."))
    return found


def refuse_broken(avant: ContratDeVille, apres: ContratDeVille) -> None:
    """Let no gesture break what held together: a code twice, an item named that is not there.

    Raises:
        ValidationError: it would; what was at fault already is not asked of this gesture.
    """
    found = list(incoherences(apres))
    known = {one.message for one in incoherences(avant)} if found else set()
    new = [f"{one.message} {one.remede}" for one in found if one.message not in known]
    if new:
        raise ValidationError([typo(one[:1].upper() + one[1:]) for one in new])


def _kept_right(brouillon: Brouillon, etabli: Etabli) -> ContratDeVille:
    """The contract that a gesture leaves, the codes that it withdrew from a signed text told."""
    contrat = etabli.arbre.contrat()
    if brouillon.base:
        contrat = with_withdrawn(brouillon, contrat, etabli.arbre.remplacements)
    refuse_broken(etabli.contrat, contrat)
    return contrat


def with_withdrawn(brouillon: Brouillon, contrat: ContratDeVille, moved: dict[str, str]) -> ContratDeVille:
    """A text whose `codes_retires` tell each signed code that it no longer holds, and no other."""
    from tenir.fichier import canonique

    assert brouillon.base is not None  # noqa: S101 (a draft that changes a text has one)
    before = canonique.load(brouillon.base.canonique)
    signed = {*before.items, *(one.code for one in before.codes_retires)}
    told = {one.code: one for one in contrat.codes_retires}
    for code in signed - set(contrat.items):
        if code not in told or code in moved:
            told[code] = CodeRetire(code=code, remplace_par=moved.get(code))
    kept = tuple(
        _in_force(one, contrat, moved) for code, one in told.items() if code in signed and code not in contrat.items
    )
    return contrat.model_copy(update={"codes_retires": kept})


def _in_force(one: CodeRetire, contrat: ContratDeVille, moved: dict[str, str]) -> CodeRetire:
    """A withdrawn code that leads where its item stands now, or nowhere once that one left too."""
    target = moved.get(one.remplace_par or "", one.remplace_par)
    target = target if target in contrat.items else None
    return one if target == one.remplace_par else one.model_copy(update={"remplace_par": target})


def _followed(etabli: Etabli, contrat: ContratDeVille) -> dict[str, Any]:
    """The doubts, each under the code that its item has now; those of what left are gone."""
    moved = etabli.arbre.remplacements
    found = {moved.get(code, code): doute for code, doute in etabli.doutes.items()}
    return {code: doute for code, doute in found.items() if code in contrat.items}


def _keep(
    by: Acces, brouillon: Brouillon, before: Cliche, after: Cliche, dit: Dit, *, annule: GesteDAtelier | None = None
) -> GesteDAtelier | None:
    ecarts = differences(before, after)
    if not ecarts:
        return None
    contrat = contrat_of(after)
    brouillon.contrat = contrat.model_dump(mode="json", exclude_defaults=True)
    brouillon.doutes = doutes_of(after)
    brouillon.revision += 1
    brouillon.save(update_fields=["contrat", "doutes", "raisons", "gabarit", "revision"])
    follow(brouillon.espace, brouillon, contrat)
    made = GesteDAtelier.objects.create(
        brouillon=brouillon,
        revision=brouillon.revision,
        par=by.personne,
        le=horloge.now(),
        phrase=typo(dit.phrase),
        codes=" ".join(dit.codes),
        ecarts=ecarts,
        annule=annule,
    )
    record(trace_of(brouillon.espace), by.auteur(brouillon.espace), list(_facts(brouillon, made)))
    return made


def follow(espace: EspaceDeContrat, brouillon: Brouillon, contrat: ContratDeVille) -> None:
    """Let a contract that is not signed be called as its draft calls it."""
    if brouillon.objet != Brouillon.Objet.CONTRAT or espace.etat != EspaceDeContrat.Etat.BROUILLON:
        return
    espace.titre, espace.fictif = contrat.identite.titre, contrat.fictif
    espace.debut, espace.fin = contrat.identite.periode.debut, contrat.identite.periode.fin
    espace.save(update_fields=["titre", "fictif", "debut", "fin"])


def _facts(brouillon: Brouillon, made: GesteDAtelier) -> Iterable[Fait]:
    """What the trace tells of a gesture: each thing that it changed."""
    for one in written(made.ecarts):
        yield Fait(GENRE, one.code or brouillon.espace.slug, one.champ, one.avant, one.apres)
