"""The pages of the trace: of a contract or of the platform, of a thing, of a person."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tenir.acteurs.models import Personne
from tenir.contrat.models import EntreeDeRecherche
from tenir.core.composants import Lien
from tenir.core.listes import respond
from tenir.core.noms import de_personne
from tenir.core.typographie import typo
from tenir.ecran.navigation import address, context
from tenir.equipe.ecrans.traces.liste import Entries, filter_of, trace_of, unknown, vocabulary
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.rights import Acces, may, require
from tenir.habilitations.traces import OF_A_PERSON, about, entries_of, erasable, touching
from tenir.habilitations.vues import needs


@dataclass(frozen=True, slots=True)
class Histoire:
    """One page of the trace: its title, its entries, its address with arguments, and what may be erased from it."""

    titre: str
    chapeau: str
    entries: Entries
    route: str
    args: tuple[object, ...] = ()
    erasable: Entries | None = None
    lien: Lien | None = None


@needs("trace.read")
def trace(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, format: str = "") -> HttpResponse:
    """Every change of a contract, or of the platform."""
    whose = "ce contrat" if espace else "la plateforme"
    lede = f"Chaque changement de {whose} : qui, quand, quoi, et pourquoi quand c’est demandé."
    return _answer(request, acces, espace, format, Histoire("Trace", lede, entries_of(espace), "trace"))


@needs("trace.read")
def trace_objet(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, genre: str, objet: str, format: str = ""
) -> HttpResponse:
    """Every change of one thing."""
    entries = entries_of(espace).filter(genre=genre, objet=objet)
    if genre in OF_A_PERSON or not entries.exists():
        raise Http404
    title, lede = f"Histoire de : {genre} {objet}", "Tout ce qui a changé sur cet objet."
    link = _in_the_contract(espace, objet)
    return _answer(
        request,
        acces,
        espace,
        format,
        Histoire(title, lede, entries, "trace-objet", (genre, objet), erasable(entries), link),
    )


@needs("trace.read", theirs=True)
def trace_personne(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int, format: str = ""
) -> HttpResponse:
    """What one person changed, and what was changed about her; hers to read whatever her role."""
    personne = acces.personne if numero == acces.personne.pk else person_or_404(espace, numero)
    require(acces, "trace.read", espace, personne)
    entries = entries_of(espace)
    title = f"Trace {de_personne(personne.nom or unknown(personne.pk))}"
    lede = "Ce que cette personne a changé, et ce qui a été changé à son sujet."
    of_her = Histoire(
        title,
        lede,
        entries.filter(touching(personne)),
        "trace-personne",
        (numero,),
        erasable(entries.filter(about(personne))),
    )
    return _answer(request, acces, espace, format, of_her)


def person_or_404(espace: EspaceDeContrat | None, numero: int) -> Personne:
    """A person known here: with a role, a function or an entry of this trace. Any other does not exist."""
    personne = get_object_or_404(Personne, pk=numero)
    known = (
        Habilitation.objects.filter(espace=espace, personne=personne),
        Referent.objects.filter(espace=espace, personne=personne),
        entries_of(espace).filter(touching(personne)),
    )
    if not any(rows.exists() for rows in known):
        raise Http404
    return personne


def _answer(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, format: str, page: Histoire
) -> HttpResponse:
    words = vocabulary(page.entries)
    slug = espace.slug if espace else "plateforme"
    return respond(
        request,
        "equipe/trace/liste.html",
        liste=trace_of(espace, words.noms),
        filtre=filter_of(words),
        rows=page.entries,
        export_name="-".join([slug, *page.route.split("-"), *(str(arg) for arg in page.args)]),
        format=format,
        context=None if format else _context(acces, espace, page),
    )


def _context(acces: Acces, espace: EspaceDeContrat | None, page: Histoire) -> dict[str, object]:
    may_erase = page.erasable is not None and may(acces, "trace.erase", espace) and page.erasable.exists()
    return context(
        acces,
        espace,
        "trace",
        titre=typo(page.titre),
        chapeau=typo(page.chapeau),
        lien=page.lien,
        csv=address(f"{page.route}-export", espace, "csv", *page.args),
        xlsx=address(f"{page.route}-export", espace, "xlsx", *page.args),
        effacer=address(f"{page.route}-effacer", espace, *page.args) if may_erase else "",
    )


def _in_the_contract(espace: EspaceDeContrat | None, code: str) -> Lien | None:
    """The way to a thing of a public contract."""
    if espace is None or espace.etat != EspaceDeContrat.Etat.PUBLIE:
        return None
    if not EntreeDeRecherche.objects.filter(espace=espace, code=code).exists():
        return None
    return Lien("Voir cet élément dans le contrat", reverse("code", args=[espace.slug, code]))
