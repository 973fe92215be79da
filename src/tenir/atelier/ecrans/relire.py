"""Reviewing: the document beside what was understood, what is left to settle first; a line is given a place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tenir.atelier.ecrans.absents import unread
from tenir.atelier.ecrans.commun import answer_gesture, bench_or_404, frame, rendered, subject
from tenir.atelier.ecrans.feuillets import sheet
from tenir.atelier.ecrans.lieux import holders
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.genres import GENRES, PAR_CLE, said
from tenir.atelier.libelles import called
from tenir.atelier.models import GesteDAtelier
from tenir.atelier.services import lignes as services
from tenir.atelier.services.brouillon import OUVERT, RIGHT, Etabli
from tenir.atelier.services.mise_en_page import its_document
from tenir.atelier.services.organismes import count as bodies
from tenir.core.composants import Chiffre
from tenir.core.typographie import accord, capital, cut, nombre, pluriel, typo
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.ecran.listes import paged
from tenir.ecran.navigation import address
from tenir.fichier.comparaison import name_of
from tenir.fichier.couverture import unclaimed_lines
from tenir.fichier.enums import NatureDePartie
from tenir.fichier.modeles import Partie
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

SHOWN = 6
"""How many doubts, and how many runs of lines, the review shows beside the document."""
BY_PAGE = 40
EXCERPT = 90
LEVELS = ("basse", "moyenne", "haute")
SUITE, PARTIE = "suite", "partie "
MASQUER, MONTRER = "masquer", "montrer"


@dataclass(frozen=True, slots=True)
class Doute:
    """A doubt as it is listed: the item, the sentence, how far it may be relied upon."""

    code: str
    nom: str
    phrase: str
    niveau: str
    url: str
    trancher: str


@dataclass(frozen=True, slots=True)
class Suite:
    """Lines that follow one another and have no place, with why."""

    lignes: str
    debut: int
    raison: str
    mots: str
    url: str


@needs(RIGHT)
@or_its_text
def atelier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The draft of a contract, reviewed beside its document; without one, where its text stands."""
    etabli = bench_or_404(espace)
    asked = request.GET.get("feuillet", "")
    given = review(acces, etabli, rang=int(asked) if asked.isdecimal() and len(asked) < 6 else None)
    return rendered(request, "atelier/relire.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def ligne(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One line of the document: what it is, and the place it is given."""
    etabli = bench_or_404(espace)
    if etabli.document is None or not 1 <= numero <= len(etabli.document.lignes_brutes):
        raise Http404
    form = PlaceForm(etabli, numero, posted(request))
    if form.is_valid():
        try:
            made = form.place(acces, read_mark(request))
        except ValidationError as error:
            form.refuse(error)
        else:
            return redirect(_next(etabli, numero, made))
    given = review(acces, etabli, ligne=numero)
    given |= {
        "numero": numero,
        "form": form,
        "lu": services.shown(etabli, numero),
        "mots": etabli.document.lignes[numero - 1].strip(),
        "prises": _claims(etabli, numero),
        "raison": etabli.brouillon.raisons.get(str(numero), ""),
        "masquer": address("atelier-masquer", espace, numero),
    }
    return rendered(request, "atelier/ligne.html", given, form=form)


@needs(RIGHT)
@or_its_text
def a_trancher(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """All that is left to settle: doubts, the least sure first, then the lines without a place."""
    etabli = bench_or_404(espace)
    given = frame(
        acces,
        etabli,
        non_lus=unread(etabli),
        doutes=paged(request, doubts(etabli), BY_PAGE, "doutes"),
        restes=paged(request, left(etabli), BY_PAGE, "lignes"),
    )
    return rendered(request, "atelier/a_trancher.html", given)


def review(acces: Acces, etabli: Etabli, *, rang: int | None = None, ligne: int | None = None) -> dict[str, Any]:
    """What the review shows, whatever line is chosen."""
    found, lines, kinds = doubts(etabli), left(etabli), unread(etabli)
    espace = etabli.brouillon.espace
    return frame(
        acces,
        etabli,
        feuillet=sheet(etabli, rang=rang, ligne=ligne),
        chapeau=lede(etabli, len(found) + len(kinds), len(lines)),
        non_lus=kinds,
        doutes=found[:SHOWN],
        restes=lines[:SHOWN],
        a_trancher=address("atelier-a-trancher", espace),
        reste_a_trancher=max(0, len(found) - SHOWN) + max(0, len(lines) - SHOWN),
        chiffres=figures(etabli),
        remarques=_remarks(etabli),
        elements=address("atelier-elements", espace),
        signer=address("atelier-signer", espace),
        identite=address("atelier-identite", espace),
        document=address("atelier-document", espace),
        mise_en_page=address("atelier-mise-en-page", espace) if its_document(etabli.brouillon) else "",
        ligne_url=address("atelier", espace),
    )


def doubts(etabli: Etabli) -> list[Doute]:
    """The doubts that nobody settled, the least sure first, in the order of the contract."""
    espace = etabli.brouillon.espace
    found = [
        Doute(
            code,
            name_of(noeud.item),
            typo(doubt["phrase"]),
            doubt["niveau"],
            address("atelier-element", espace, code),
            address("atelier-doute", espace, code),
        )
        for noeud in etabli.arbre.noeuds
        if (doubt := etabli.doutes.get(code := noeud.item.code)) and doubt["etat"] == OUVERT
    ]
    return sorted(found, key=lambda one: LEVELS.index(one.niveau))


def left(etabli: Etabli) -> list[Suite]:
    """The lines that have no place, those that follow one another for one reason together."""
    document = etabli.document
    if document is None:
        return []
    reasons = etabli.brouillon.raisons
    runs: list[list[int]] = []
    for number in unclaimed_lines(etabli.arbre.contrat(), document):
        last = runs[-1] if runs else None
        if last and number - last[-1] <= 2 and reasons.get(str(last[-1])) == reasons.get(str(number)):
            last.append(number)
        else:
            runs.append([number])
    return [_run(etabli, document.lignes, run) for run in runs]


def _run(etabli: Etabli, lines: Sequence[str], run: list[int]) -> Suite:
    first, last = run[0], run[-1]
    words = lines[first - 1].strip()
    return Suite(
        f"{first}" if first == last else f"{first}-{last}",
        first,
        typo(etabli.brouillon.raisons.get(str(first), "Sans place dans ce qui a été compris.")),
        cut(words, EXCERPT),
        f"{address('atelier-ligne', etabli.brouillon.espace, first)}#panneau",
    )


def lede(etabli: Etabli, found: int, lines: int) -> str:
    """What is left to do, in a sentence."""
    if not etabli.arbre.noeuds:
        return "Ce texte est vide : ajoutez un axe, puis ses orientations, ou joignez le document."
    if not found and not lines:
        return "Tout est tranché, et chaque ligne du document a sa place : ce texte peut être signé."
    told = [pluriel(found, "doute", lettres=True)] if found else []
    told += [pluriel(lines, "passage sans place", "passages sans place", lettres=True)] if lines else []
    return typo(f"{capital(' et '.join(told))} : le reste a été compris.")


def figures(etabli: Etabli) -> list[Chiffre]:
    """What was understood, counted: one sees at once whether it was read well."""
    espace = etabli.brouillon.espace
    at = address("atelier-elements", espace)
    counts = {
        "orientation": ("orientations", ("orientation",)),
        "action": ("actions", ("action",)),
        "signataire": ("signataires", ("signataire",)),
        "engagement": ("engagements", ("engagement",)),
        "indicateur": ("indicateurs", ("indicateur",)),
    }
    found = []
    for one, (many, keys) in counts.items():
        number = sum(noeud.genre.cle in keys for noeud in etabli.arbre.noeuds)
        found.append(Chiffre(accord(number, one, many), nombre(number), url=at if number else ""))
    unknown = bodies(etabli.arbre)[False]
    names = accord(unknown, "organisme à désigner", "organismes à désigner")
    return [*found, Chiffre(names, nombre(unknown), url=address("atelier-organismes", espace) if unknown else "")]


def _remarks(etabli: Etabli) -> list[str]:
    racine = etabli.arbre.racine
    rows = etabli.brouillon.documents.filter(sha256=racine.document.sha256 if racine.document else "")
    return [typo(one) for one in rows.values_list("remarques", flat=True).first() or ()]


def _claims(etabli: Etabli, numero: int) -> list[tuple[str, str, str]]:
    codes = dict.fromkeys(code for code, plage in services.claims(etabli.arbre) if plage.debut <= numero <= plage.fin)
    espace = etabli.brouillon.espace
    return [(code, name_of(etabli.arbre.noeud(code).item), address("atelier-element", espace, code)) for code in codes]


def _next(etabli: Etabli, numero: int, made: Any) -> str:
    """Where one goes after a line has a place: the next one that has none, else the review at that line."""
    espace = etabli.brouillon.espace
    fresh = Etabli.of(etabli.brouillon.__class__.objects.select_related("espace", "base").get(pk=etabli.brouillon.pk))
    after = [one.debut for one in left(fresh) if one.debut > numero]
    return (
        f"{address('atelier-ligne', espace, after[0])}#panneau" if after else address("atelier-ligne", espace, numero)
    )


class MasqueForm(Formulaire):
    """What is masked on a line."""

    geste = forms.ChoiceField(
        label="Sur cette ligne",
        widget=forms.RadioSelect,
        choices=[(MASQUER, "masquer des mots qui nomment ou joignent une personne"), (MONTRER, "ne plus rien masquer")],
        initial=MASQUER,
    )
    mots = forms.CharField(
        label="Les mots à masquer", max_length=300, required=False, help_text="Tels que la ligne les imprime."
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def masquer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Mask words of a line, or nothing of it any more."""
    etabli = bench_or_404(espace)
    if etabli.document is None or not 1 <= numero <= len(etabli.document.lignes_brutes):
        raise Http404
    form = MasqueForm(posted(request))

    def write() -> GesteDAtelier | None:
        given: dict[str, Any] = {"by": acces, "brouillon": etabli.brouillon, "numero": numero, "lu": read_mark(request)}
        if form.cleaned_data["geste"] == MONTRER:
            return services.demasquer(**given)
        return services.masquer(**given, mots=form.cleaned_data["mots"])

    sujet = subject(etabli, retour=address("atelier-ligne", espace, numero))
    ecran = Ecran(
        f"Ligne {numero} : les noms",
        "Enregistrer",
        "Rien n’a changé.",
        "Le nom d’une personne ne se montre nulle part : à sa place se lit « [nom masqué] ».",
        gabarit="atelier/masquer.html",
    )
    lu, words = services.shown_masks(etabli, numero), etabli.document.lignes[numero - 1].strip()
    return answer_gesture(request, acces, sujet, form, ecran, write, lu=lu, mots=words)


class PlaceForm(Formulaire):
    """What lines are, and where they go."""

    quoi = forms.ChoiceField(label="C’est")
    dans = forms.ChoiceField(label="Dans", required=False)
    nom = Texte(label="Titre abrégé, ou libellé imprimé", rows=2, required=False)
    au = forms.IntegerField(label="Jusqu’à la ligne", min_value=1)

    def __init__(self, etabli: Etabli, numero: int, data: Any = None) -> None:
        super().__init__(data)
        self.etabli, self.numero = etabli, numero
        above = list(_above(etabli, numero))
        self.fields["quoi"].choices = list(self._kinds(above))  # type: ignore[attr-defined]
        self.fields["dans"].choices = holders(etabli.arbre)  # type: ignore[attr-defined]
        self.fields["dans"].help_text = typo(
            "Inutile pour la suite d’un élément, et pour ce qui est du contrat entier."
        )
        document = etabli.document
        words = document.mots(_whole(numero)) if document else ""
        self.initial = {"au": numero, "nom": words[:200], "dans": _likely(etabli, above), "quoi": _guess(words)}

    def _kinds(self, above: list[str]) -> Iterator[tuple[str, Any]]:
        follow = [
            (f"{SUITE} {code}", typo(f"La suite de {called(self.etabli.arbre.noeud(code).item)}")) for code in above
        ]
        if follow:
            yield "Suite d’un élément", follow
        plain = [(one.cle, capital(said(one))) for one in GENRES if one.modele is not Partie]
        yield "Un élément", plain
        yield (
            "Rien qui engage : une partie",
            [(f"{PARTIE}{nature.value}", typo(f"Partie : {nature.value}")) for nature in NatureDePartie],
        )

    def place(self, by: Acces, lu: Any) -> Any:
        """Give the lines the place that was said.

        Raises:
            Perime, ValidationError: as the services do.
        """
        asked, brouillon = self.cleaned_data, self.etabli.brouillon
        lignes = range(self.numero, max(self.numero, asked["au"]) + 1)
        quoi, dans = asked["quoi"], asked["dans"]
        if quoi.startswith(SUITE):
            code = quoi.removeprefix(f"{SUITE} ")
            return services.rattacher(by=by, brouillon=brouillon, lignes=lignes, code=code, lu=lu)
        if quoi.startswith(PARTIE):
            nature = quoi.removeprefix(PARTIE)
            return services.ranger(by=by, brouillon=brouillon, lignes=lignes, dans=dans, nature=nature, lu=lu)
        kind = PAR_CLE[quoi]
        return services.placer(
            by=by,
            brouillon=brouillon,
            lignes=lignes,
            genre=quoi,
            dans=dans if kind.dans else "",
            nom=asked["nom"],
            lu=lu,
        )


def _whole(numero: int) -> Any:
    from tenir.fichier.source import Plage

    return (Plage(numero, numero),)


def _above(etabli: Etabli, numero: int) -> Iterator[str]:
    """The items that the document prints just above a line, the nearest first."""
    ends = [
        (plage.fin, code)
        for code, plage in services.claims(etabli.arbre)
        if plage.fin <= numero and not isinstance(etabli.arbre.noeud(code).item, Partie)
    ]
    yield from dict.fromkeys(code for _, code in sorted(ends, reverse=True)[:3])


def _likely(etabli: Etabli, above: list[str]) -> str:
    """Where a line is most likely held: by what holds the item above."""
    if not above:
        return ""
    noeud = etabli.arbre.noeud(above[0])
    return noeud.dans if noeud.genre.dans and noeud.genre.cle not in ("orientation",) else noeud.item.code


def _guess(words: str) -> str:
    return "action" if words[:1].isupper() and len(words) > 25 else f"{PARTIE}{NatureDePartie.AUTRE.value}"
