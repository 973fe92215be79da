"""The items of a draft: the outline, the page of one, and what may be done to it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from tenir.atelier.ecrans.commun import (
    ONGLET,
    SansChamp,
    answer_gesture,
    bench_or_404,
    frame,
    rendered,
    subject,
)
from tenir.atelier.ecrans.feuillets import around
from tenir.atelier.ecrans.formulaires import ElementForm
from tenir.atelier.ecrans.lieux import holders, short
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.genres import FIRST_VALUES, PAR_CLE, Genre, children_of, said
from tenir.atelier.models import Brouillon, GesteDAtelier
from tenir.atelier.services import elements as services
from tenir.atelier.services.brouillon import OUVERT, RIGHT, Etabli
from tenir.atelier.services.organismes import names
from tenir.core.composants import Item as Ligne
from tenir.core.composants import Lien, MotsSignes, Tampon, Ton
from tenir.core.marques import Perime
from tenir.core.typographie import nombre, typo
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address
from tenir.fichier.comparaison import name_of
from tenir.fichier.objet import Item
from tenir.fichier.source import written_lines
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@needs(RIGHT)
@or_its_text
def elements(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The outline of a draft: what the contract holds, kind by kind."""
    etabli = bench_or_404(espace)
    given = frame(
        acces,
        etabli,
        groupes=list(groups(etabli, "")),
        identite=address("atelier-identite", espace),
        fichier=address("atelier-fichier", espace),
    )
    return rendered(request, "atelier/elements.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def element(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One item: its signed words, its doubt, what it says and may be corrected, what it holds."""
    etabli = bench_or_404(espace)
    if code not in etabli.arbre:
        if request.method == "POST":
            raise Perime(read_mark(request), GONE)
        return _moved(etabli, code)
    noeud = etabli.arbre.noeud(code)
    form = ElementForm(noeud.genre.modele, noeud.item, posted(request))
    doubt = etabli.doutes.get(code, {})

    def write() -> GesteDAtelier | None:
        lu = read_mark(request)
        return services.corriger(by=acces, brouillon=etabli.brouillon, code=code, valeurs=form.valeurs(), lu=lu)

    given = frame(
        acces,
        etabli,
        genre=said(noeud.genre),
        nom=name_of(noeud.item),
        lu=services.shown(etabli, code),
        doute=doubt if doubt.get("etat") == OUVERT else None,
        accepter=address("atelier-doute", espace, code),
        mots=words_of(etabli, noeud.item),
        groupes=list(groups(etabli, code)),
        fil=list(crumbs(etabli, code)),
        voir=around(etabli, noeud.item.source),
        gestes_possibles=list(gestures(etabli, code)),
        code=code,
    )
    sujet = subject(etabli, code)
    return answer_gesture(
        request, acces, sujet, form, CORRIGER, write, **{k: v for k, v in given.items() if k not in FRAME}
    )


UNKNOWN = 3
"""How many names that nobody knows the page of an item offers to settle."""
GONE = {"Élément": "retiré, ou déplacé sous un autre code"}
"""What stands of an item that someone withdrew or moved meanwhile."""
FRAME = frozenset({"acces", "espace", "onglet"})
"""What every page is given by the frame of screens."""
CORRIGER = Ecran("", "Enregistrer", "Rien n’a changé.", gabarit="atelier/element.html")


def _moved(etabli: Etabli, code: str) -> HttpResponse:
    """Where an item went, as the gestures tell it."""
    espace = etabli.brouillon.espace
    told = etabli.brouillon.gestes.filter(codes__contains=code).values_list("codes", flat=True)
    for codes in told:
        found = codes.split()
        if code in found and (later := [one for one in found if one in etabli.arbre]):
            return redirect(address("atelier-element", espace, later[-1]))
    raise Http404


def words_of(etabli: Etabli, item: Item) -> MotsSignes | None:
    """The words of an item in its document."""
    if etabli.document is None or not item.source:
        return MotsSignes(item.texte or "", written_lines(item.source)) if item.texte else None
    return MotsSignes(etabli.document.mots(item.source), written_lines(item.source))


def groups(etabli: Etabli, code: str) -> Iterator[dict[str, Any]]:
    """What an item holds, or the contract itself, kind by kind, with the way to add one."""
    espace, arbre = etabli.brouillon.espace, etabli.arbre
    held = children_of(arbre.noeud(code).item) if code else children_of(arbre.racine)
    for genre in held:
        if "." in genre.champ and arbre.racine.contrat_precedent is None:
            continue
        rows = [_row(etabli, noeud.item) for noeud in arbre.freres(genre, code)]
        add = f"{address('atelier-ajouter', espace)}?genre={genre.cle}&dans={code}"
        yield {"genre": PLURALS[genre.cle], "cle": genre.cle, "lignes": rows, "ajouter": add, "un": said(genre)}


PLURALS = {
    "axe": "Axes",
    "orientation": "Orientations",
    "action": "Actions prévues",
    "sous-action": "Sous-actions",
    "objectif": "Objectifs",
    "donnee": "Données",
    "credits": "Lignes de crédits",
    "partie-d-orientation": "Parties",
    "signataire": "Signataires",
    "engagement": "Engagements",
    "rappel": "Rappels",
    "document-cadre": "Documents cadres",
    "partie-de-signataire": "Parties",
    "indicateur": "Indicateurs",
    "instance": "Instances",
    "article": "Articles",
    "donnee-du-diagnostic": "Données du diagnostic",
    "lieu": "Lieux",
    "enseignement": "Enseignements du contrat d’avant",
    "partie": "Autres parties du document",
}
"""The kinds as headings."""


def _row(etabli: Etabli, item: Item) -> Ligne:
    espace = etabli.brouillon.espace
    open_doubt = etabli.doutes.get(item.code, {}).get("etat") == OUVERT
    stamp = Tampon("à trancher", Ton.ATTENTION) if open_doubt else None
    below = len(etabli.arbre.sous(item.code)) if children_of(item) else 0
    told = [f"l. {written_lines(item.source)}"] if item.source else []
    told += [f"{nombre(below)} éléments dessous"] if below > 1 else ["un élément dessous"] if below else []
    return Ligne(item.code, name_of(item), address("atelier-element", espace, item.code), typo(" · ".join(told)), stamp)


def crumbs(etabli: Etabli, code: str) -> Iterator[Lien]:
    """The way to an item, from the text."""
    espace = etabli.brouillon.espace
    yield Lien("Le texte", address("atelier-elements", espace))
    above: list[Lien] = []
    current = etabli.arbre.noeud(code).dans
    while current:
        noeud = etabli.arbre.noeud(current)
        above.append(Lien(f"{current} {short(name_of(noeud.item))}", address("atelier-element", espace, current)))
        current = noeud.dans
    yield from reversed(above)
    yield Lien(code)


def gestures(etabli: Etabli, code: str) -> Iterator[Lien]:
    """What may be done to an item beside correcting it."""
    espace, noeud = etabli.brouillon.espace, etabli.arbre.noeud(code)
    yield Lien("Déplacer", address("atelier-deplacer", espace, code))
    if etabli.document is not None and noeud.item.source:
        yield Lien("Scinder en deux", address("atelier-scinder", espace, code))
    if len(etabli.arbre.freres(noeud.genre, noeud.dans)) > 1:
        yield Lien("Réunir avec un autre", address("atelier-reunir", espace, code))
    yield Lien("Retirer", address("atelier-retirer", espace, code))
    for one in [each for each in names(etabli.arbre) if not each.connu and code in each.codes][:UNKNOWN]:
        yield Lien(typo(f"Qui est « {short(one.nom)} » ?"), address("atelier-organisme", espace, one.cle))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def ajouter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Add an item of a kind in a place."""
    etabli = bench_or_404(espace)
    genre = PAR_CLE.get(request.GET.get("genre", "axe"))
    dans = request.GET.get("dans", "")
    if genre is None or (dans and dans not in etabli.arbre) or bool(genre.dans) is not bool(dans):
        raise Http404
    form = ElementForm(genre.modele, None, posted(request), initial=defaults(genre))
    back = address("atelier-element", espace, dans) if dans else address("atelier-elements", espace)
    sujet = subject(etabli, dans, retour=back)
    ecran = Ecran(f"Ajouter : {said(genre)}", "Ajouter", "", gabarit="ecran/formulaire.html")

    def write() -> GesteDAtelier | None:
        return services.ajouter(
            by=acces, brouillon=etabli.brouillon, genre=genre.cle, dans=dans, valeurs=form.valeurs()
        )

    return answer_gesture(request, acces, sujet, form, ecran, write)


def defaults(genre: Genre) -> dict[str, Any]:
    """What the form of a new item holds already."""
    first: dict[str, str | None] = FIRST_VALUES.get(genre.modele, {})
    return {name: value for name, value in first.items() if value}


class DeplacerForm(Formulaire):
    """Where an item goes, and after which other."""

    dans = forms.ChoiceField(label="Dans", required=False)
    apres = forms.ChoiceField(
        label="Après",
        required=False,
        help_text="Dans un autre endroit que le sien, il vient en dernier et prend un nouveau code.",
    )

    def __init__(self, etabli: Etabli, code: str, data: Any = None) -> None:
        super().__init__(data)
        noeud = etabli.arbre.noeud(code)
        self.place = noeud.dans
        beside = [one.item for one in etabli.arbre.freres(noeud.genre, noeud.dans) if one.item.code != code]
        rows = [("", "En premier"), *((one.code, typo(f"{one.code} {short(name_of(one))}")) for one in beside)]
        under = {code, *(one.item.code for one in etabli.arbre.sous(code))}
        places = [one for one in holders(etabli.arbre, noeud.genre.modele) if one[0] not in under]
        self.fields["dans"].choices = places  # type: ignore[attr-defined]
        self.fields["apres"].choices = rows  # type: ignore[attr-defined]
        order = [one.item.code for one in etabli.arbre.freres(noeud.genre, noeud.dans)]
        at = order.index(code)
        self.initial = {"dans": noeud.dans, "apres": order[at - 1] if at else ""}

    @property
    def after(self) -> str | None:
        """After which item of its own place; the last of another."""
        asked = self.cleaned_data
        return asked["apres"] if asked["dans"] == self.place else None


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def deplacer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Move an item."""
    etabli = bench_or_404(espace)
    sujet = subject(etabli, code)
    form = DeplacerForm(etabli, code, posted(request))

    def write() -> GesteDAtelier | None:
        dans, lu = form.cleaned_data["dans"], read_mark(request)
        return services.deplacer(by=acces, brouillon=etabli.brouillon, code=code, dans=dans, apres=form.after, lu=lu)

    def vers(made: GesteDAtelier) -> str:
        return address("atelier-element", espace, made.codes.split()[-1])

    lu = services.shown(etabli, code)
    return answer_gesture(request, acces, sujet, form, DEPLACER, write, lu=lu, vers=vers)


DEPLACER = Ecran("Déplacer", "Déplacer", "Rien n’a changé.", "L’élément part avec tout ce qu’il contient.")


class ScinderForm(Formulaire):
    """Where the second item begins."""

    debut = forms.CharField(
        label="Premiers mots de la suite",
        max_length=300,
        help_text="Copiez-les tels que le document les imprime, ci-dessous.",
    )
    titre = forms.CharField(label="Titre abrégé de la suite", max_length=300)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def scinder(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Make two items of one."""
    etabli = bench_or_404(espace)
    sujet = subject(etabli, code)
    form = ScinderForm(posted(request))

    def write() -> GesteDAtelier | None:
        given = {"debut": form.cleaned_data["debut"], "titre": form.cleaned_data["titre"], "lu": read_mark(request)}
        return services.scinder(by=acces, brouillon=etabli.brouillon, code=code, **given)

    words = words_of(etabli, etabli.arbre.noeud(code).item)
    lu = services.shown(etabli, code)
    return answer_gesture(request, acces, sujet, form, SCINDER, write, lu=lu, mots=words)


SCINDER = Ecran(
    "Scinder en deux",
    "Scinder",
    "Rien n’a changé.",
    "Le premier garde son code et son titre ; la suite prend le prochain code libre.",
    gabarit="atelier/scinder.html",
)


class ReunirForm(Formulaire):
    """The item that leaves."""

    autre = forms.ChoiceField(label="Avec")

    def __init__(self, etabli: Etabli, code: str, data: Any = None) -> None:
        super().__init__(data)
        noeud = etabli.arbre.noeud(code)
        beside = [one.item for one in etabli.arbre.freres(noeud.genre, noeud.dans) if one.item.code != code]
        self.fields["autre"].choices = [  # type: ignore[attr-defined]
            (one.code, typo(f"{one.code} {short(name_of(one))}")) for one in beside
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def reunir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Make one item of two."""
    etabli = bench_or_404(espace)
    sujet = subject(etabli, code)
    form = ReunirForm(etabli, code, posted(request))

    def write() -> GesteDAtelier | None:
        autre, lu = form.cleaned_data["autre"], read_mark(request)
        return services.reunir(by=acces, brouillon=etabli.brouillon, code=code, autre=autre, lu=lu)

    return answer_gesture(request, acces, sujet, form, REUNIR, write, lu=services.shown(etabli, code))


REUNIR = Ecran(
    "Réunir avec un autre",
    "Réunir",
    "Rien n’a changé.",
    "Celui-ci garde son code et son titre ; il prend les lignes de l’autre et ce qu’il contient. L’autre disparaît.",
)


LEFT = "Ses lignes n’auront plus de place, et il faudra leur en donner une."
WITHDRAWN: dict[str, str] = {
    Brouillon.Objet.CONTRAT: LEFT,
    Brouillon.Objet.CORRECTION: LEFT,
    Brouillon.Objet.AVENANT: "L’avenant le retire ; le document signé, qui l’imprime, garde ses lignes.",
}
"""What becomes of the lines of what is withdrawn."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Withdraw an item, once confirmed."""
    etabli = bench_or_404(espace)
    dans = etabli.arbre.noeud(code).dans if code in etabli.arbre else ""
    back = address("atelier-element", espace, dans) if dans else address("atelier-elements", espace)
    sujet = subject(etabli, code)
    below = etabli.arbre.sous(code)
    many = f" Les {nombre(len(below))} éléments qu’il contient partent avec lui." if below else ""
    question = Ecran(
        "Retirer cet élément ?",
        "Retirer",
        "Rien n’a changé.",
        typo(f"{WITHDRAWN[etabli.brouillon.objet]}{many} Ce geste s’annule."),
    )

    def write() -> GesteDAtelier | None:
        return services.retirer(by=acces, brouillon=etabli.brouillon, code=code, lu=read_mark(request))

    lu = services.shown(etabli, code)
    return answer_gesture(
        request, acces, sujet, SansChamp(posted(request)), question, write, lu=lu, vers=lambda _: back
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def accepter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say that an item is right as it was read, once its words were seen."""
    etabli = bench_or_404(espace)
    sujet = subject(etabli, code)
    doubt = etabli.doutes.get(code, {})

    def write() -> GesteDAtelier | None:
        return services.accepter(by=acces, brouillon=etabli.brouillon, code=code, lu=read_mark(request))

    lu, words = services.shown(etabli, code), words_of(etabli, etabli.arbre.noeud(code).item)
    return answer_gesture(
        request,
        acces,
        sujet,
        SansChamp(posted(request)),
        ACCEPTER,
        write,
        lu=lu,
        mots=words,
        doute=typo(doubt.get("phrase", "Aucun doute n’est ouvert sur cet élément.")),
        vers=lambda _: address(ONGLET, espace),
    )


ACCEPTER = Ecran(
    "Juste tel que lu ?",
    "C’est juste tel que lu",
    "Rien n’a changé.",
    "Le doute est tranché ; l’élément reste comme Tenir l’a lu.",
    gabarit="atelier/doute.html",
)
