"""What the page of a body shows: its names over time, what is attached to it, where it is named, its history."""

from collections.abc import Iterator
from dataclasses import replace

from django.shortcuts import get_object_or_404

from tenir.acteurs.models import NomAnterieur, Organisation
from tenir.core import horloge
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Lien, Renseignement
from tenir.core.models import EntreeDeTrace
from tenir.core.noms import a
from tenir.core.typographie import capital, date_fr, typo
from tenir.ecran.edition import Sujet
from tenir.ecran.histoire import Passage, in_words
from tenir.ecran.navigation import address
from tenir.equipe.services.organismes import GENRE, naming
from tenir.fichier.organisations import registry
from tenir.habilitations.models import EspaceDeContrat, OrganismeRetenu
from tenir.habilitations.services import trace_of

ONGLET = "organismes"
ELSEWHERE = "l’équipe d’un autre contrat"


def body_or_404(numero: int) -> Organisation:
    """A body of the installation, which any of its teams may read."""
    return get_object_or_404(Organisation.objects.select_related("parent", "suite"), pk=numero)


def at(body: Organisation, espace: EspaceDeContrat, name: str = "", *more: object) -> str:
    """The address of a page of a body."""
    return address(f"organisme{'-' if name else ''}{name}", espace, body.pk, *more)


def sujet(body: Organisation, espace: EspaceDeContrat) -> Sujet:
    """A body as its small pages show it."""
    return Sujet(espace, "", body.nom, at(body, espace), ONGLET, lambda acces: history_of(body, espace))


def history_of(body: Organisation, espace: EspaceDeContrat) -> list[Passage]:
    """Every change of a body, the latest first: whole for those made here; those of other contracts, without who
    made them nor why."""
    rows = EntreeDeTrace.objects.filter(genre=GENRE, objet=body.identifiant).order_by("-le", "-rang")
    here = in_words(rows.filter(chaine__nom=trace_of(espace)))
    others = in_words(rows.exclude(chaine__nom=trace_of(espace)))
    told = [replace(one, qui=ELSEWHERE, motif="") for one in others]
    return sorted([*here, *told], key=lambda one: one.le, reverse=True)


def lede(body: Organisation, espace: EspaceDeContrat) -> str:
    """« Association, rattachée à… »; when it is no more, what took it up."""
    said = f"{capital(body.nature)}, rattaché {a(body.parent)}." if body.parent else f"{capital(body.nature)}."
    if not body.fin:
        return typo(said)
    verb = "N’existe plus depuis le" if body.ended(horloge.today(espace)) else "N’existera plus à partir du"
    after = f" {body.suite} prend la suite." if body.suite else ""
    return typo(f"{said} {verb} {date_fr(body.fin)} : {body.get_devenir_display()}.{after}")


def names(body: Organisation) -> list[Renseignement]:
    """Its names over time, that of today first."""
    former = list(body.noms_anterieurs.all())
    since = f"depuis le {date_fr(former[0].jusqu_au)}" if former else "aujourd’hui"
    return [Renseignement(capital(since), _with_acronym(body.nom, body.sigle)), *_former(former)]


def _former(former: list[NomAnterieur]) -> Iterator[Renseignement]:
    for one in former:
        yield Renseignement(f"Jusqu’au {date_fr(one.jusqu_au)}", _with_acronym(one.nom, one.sigle))


def _with_acronym(nom: str, sigle: str) -> str:
    return f"{nom} ({sigle})" if sigle else nom


def numbers(body: Organisation) -> list[Renseignement]:
    """Its numbers; « Non fourni » where nobody gave one."""
    return [Renseignement("SIRET", body.siret), Renseignement("Numéro RNA", body.rna)]


def spellings(body: Organisation, espace: EspaceDeContrat) -> list[Lien]:
    """Those that teams added, each with the way to remove it."""
    return [Lien(one.texte, at(body, espace, "graphie-retirer", one.pk)) for one in body.graphies.all()]


def printed(body: Organisation) -> list[str]:
    """The spellings that the package knows."""
    known = registry().get(body.identifiant)
    return list(known.graphies) if known else []


def attached(body: Organisation, espace: EspaceDeContrat) -> list[Lien]:
    """Its branches and its services."""
    return [Lien(one.nom, at(one, espace)) for one in body.antennes.order_by(alphabetical("nom"), "pk")]


def taken_up(body: Organisation, espace: EspaceDeContrat) -> list[Lien]:
    """The bodies whose work it took up."""
    rows = body.precedents.order_by("fin", "pk")
    return [Lien(one.nom, at(one, espace), note=f"le {date_fr(one.fin)}") for one in rows if one.fin]


def places(body: Organisation, espace: EspaceDeContrat) -> list[Lien]:
    """What names it in this contract."""
    return [Lien(one) for one in dict.fromkeys(map(capital, naming(body, of=espace)))]


def gestures(body: Organisation, espace: EspaceDeContrat) -> dict[str, str]:
    """What a team may do with it, by name; the addresses."""
    chosen = OrganismeRetenu.objects.filter(espace=espace, organisation=body).exists()
    free = not any(naming(body, but=espace))
    offered = {
        "modifier": True,
        "graphie": True,
        "renommer": True,
        "fin": True,
        "revivre": body.fin is not None,
        "retenir": not chosen,
        "liberer": chosen,
        "supprimer": free,
    }
    return {name: at(body, espace, name) for name, may in offered.items() if may}
