"""Signing a text, publishing a contract, putting a correction or an avenant in force: what is missing in view."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.atelier.acte import changes_of
from tenir.atelier.ecrans.acte import LigneDAccord, agreed, agreement
from tenir.atelier.ecrans.commun import ONGLET, SansBrouillon, SansChamp, bench_or_404, frame, rendered, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.libelles import label
from tenir.atelier.manques import Manque
from tenir.atelier.models import Brouillon
from tenir.atelier.phrases import Difference
from tenir.atelier.services import signature as services
from tenir.atelier.services.brouillon import RIGHT, Etabli
from tenir.core.composants import Lien
from tenir.core.typographie import capital, date_fr, nombre, pluriel, typo
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire, JourField, Texte
from tenir.ecran.navigation import address
from tenir.fichier.comparaison import Nature
from tenir.fichier.mots import plain
from tenir.fichier.source import written_lines
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

SHOWN = 30
"""How many things that are missing the page lists at once."""


class SignatureForm(Formulaire):
    """When and where it was signed, and that the document joined is the signed one."""

    le = JourField(label="Signé le")
    lieu = forms.CharField(label="Signé à", max_length=100, required=False)
    lu = forms.BooleanField(
        label="Le document joint est bien celui qui a été signé",
        error_messages={"required": "Vérifiez le document joint, puis cochez cette case."},
    )


class VersementForm(Formulaire):
    """Why a transcription was wrong."""

    motif = Texte(label="Ce que le site disait mal", rows=2, max_length=1000)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(services.SIGN)
@or_its_text
def signer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What is still missing; once nothing is, the signature, or what puts a change in force."""
    etabli = bench_or_404(espace)
    objet = etabli.brouillon.objet
    lacking = services.lacks(etabli)
    lu = services.shown(etabli)
    form: Formulaire
    if objet == Brouillon.Objet.CONTRAT:
        form, ecran, write = _to_sign(request, acces, etabli)
    elif objet == Brouillon.Objet.CORRECTION:
        form, ecran, write = _to_pour(request, acces, etabli)
    else:
        form, ecran, write = _to_agree(request, acces, etabli)
        lu = services.shown_act(etabli)
    given = frame(
        acces,
        etabli,
        lu=lu,
        manques=[_told(espace, one) for one in lacking[:SHOWN]],
        autres=max(0, len(lacking) - SHOWN),
        chapeau=_lede(etabli, lacking),
        document=_document(etabli),
        joindre=address("atelier-document", espace),
        changements=address("atelier-changements", espace) if etabli.brouillon.base else "",
        acte=address("atelier-acte", espace) if objet == Brouillon.Objet.AVENANT else "",
        accord=_without_waiting(list(agreed(etabli))) if objet == Brouillon.Objet.AVENANT else "",
        pret=not lacking,
    )
    sujet = subject(etabli)
    more = {name: value for name, value in given.items() if name not in {"acces", "espace", "onglet"}}
    return answer(request, acces, sujet, form, ecran, write, **more)


def _to_sign(request: HttpRequest, acces: Acces, etabli: Etabli) -> Any:
    form = SignatureForm(posted(request))
    signature = etabli.arbre.racine.identite.signature
    form.initial = {"le": signature.date, "lieu": signature.lieu} if signature else {}

    def write() -> object:
        asked = form.cleaned_data
        return services.signer(
            by=acces, brouillon=etabli.brouillon, le=asked["le"], lieu=asked["lieu"], lu=read_mark(request)
        )

    return form, SIGNER, write


def _to_pour(request: HttpRequest, acces: Acces, etabli: Etabli) -> Any:
    form = VersementForm(posted(request))

    def write() -> object:
        motif = form.cleaned_data["motif"]
        return services.verser(by=acces, brouillon=etabli.brouillon, motif=motif, lu=read_mark(request))

    return form, VERSER, write


def _to_agree(request: HttpRequest, acces: Acces, etabli: Etabli) -> Any:
    def write() -> object:
        return services.signer_avenant(by=acces, brouillon=etabli.brouillon, lu=read_mark(request))

    return SansChamp(posted(request)), AVENANT, write


SIGNER = Ecran("Signer", "Signer", "Le texte est signé. Il ne reste qu’à le publier.", gabarit="atelier/signer.html")
VERSER = Ecran(
    "Verser la correction", "Verser la correction", "La correction est en vigueur.", gabarit="atelier/signer.html"
)
AVENANT = Ecran("Signer l’avenant", "Signer l’avenant", "L’avenant est signé.", gabarit="atelier/signer.html")


def _lede(etabli: Etabli, lacking: list[Manque]) -> str:
    if lacking:
        count = capital(pluriel(len(lacking), "chose manque", "choses manquent", genre="f", lettres=True))
        return typo(f"{count} encore avant de signer.")
    if etabli.brouillon.base:
        return "Rien ne manque : relisez ce qui change, puis mettez-le en vigueur."
    return "Rien ne manque : dites quand et où le contrat a été signé."


def _without_waiting(rows: list[LigneDAccord]) -> str:
    """Who signed an avenant; that it holds without the others, when some have not."""
    left = sum(not one.signe for one in rows)
    return agreement(rows) + (" Signer ici n’attend pas les autres." if left else "")


def _told(espace: EspaceDeContrat, one: Manque) -> Lien:
    url = address("atelier-element", espace, one.code) if one.code else ""
    if one.contenu:
        url = address("atelier-absent", espace, plain(one.contenu))
    if one.acte:
        url = address("atelier-acte", espace)
    return Lien(typo(one.phrase), url, code=one.code)


def _document(etabli: Etabli) -> dict[str, str] | None:
    expected = etabli.arbre.racine.document
    if expected is None:
        return None
    row = etabli.brouillon.documents.filter(sha256=expected.sha256).first()
    nom = row.nom if row else "le document joint au contrat"
    return {"nom": nom, "lignes": nombre(expected.lignes), "sha256": expected.sha256}


PUBLIER = Ecran(
    "Publier ce contrat ?",
    "Publier",
    "Le contrat est public.",
    "Tout le monde lira le texte signé, sans compte. Ce qui fait la vie du contrat reste réglé par votre équipe.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(services.SIGN)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Publish a signed contract, once confirmed."""
    sujet = Sujet(espace, "", espace.titre, address(ONGLET, espace), ONGLET, lambda _: [])

    def write() -> object:
        return services.publier(by=acces, espace=espace, lu=read_mark(request))

    return answer(request, acces, sujet, SansChamp(posted(request)), PUBLIER, write, lu=services.state(espace))


@needs(RIGHT)
@or_its_text
def changements(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What a correction or an avenant changes, before and after, with the lines of the document."""
    etabli = bench_or_404(espace)
    if etabli.brouillon.base is None:
        raise SansBrouillon
    contrat = etabli.arbre.contrat()
    rows = [
        (
            Difference(one.code, _what(one), *one.valeurs()),
            address("atelier-element", espace, one.code) if one.code in contrat.items else "",
            _lines(contrat.items[one.code].source) if one.code in contrat.items else "",
        )
        for one in changes_of(etabli.brouillon, contrat)
    ]
    count = capital(pluriel(len(rows), "changement", lettres=True))
    since = date_fr(etabli.brouillon.base.en_vigueur_le)
    given = frame(
        acces,
        etabli,
        lignes=rows,
        chapeau=typo(f"{count} au texte en vigueur depuis le {since}."),
        signer=address("atelier-signer", espace) if may(acces, services.SIGN, espace) else "",
        geste=(AVENANT if etabli.brouillon.objet == Brouillon.Objet.AVENANT else VERSER).titre,
    )
    return rendered(request, "atelier/changements.html", given)


def _what(one: Any) -> str:
    if one.nature is Nature.MODIFICATION:
        return label(one.champ or "")
    return f"{one.genre}, {'ajouté' if one.nature is Nature.AJOUT else 'retiré'}"


def _lines(source: Any) -> str:
    return f"l. {written_lines(source)}" if source else ""


ABANDONNER = Ecran(
    "Abandonner ce texte ?",
    "Abandonner",
    "Ce texte est abandonné : celui qui est en vigueur ne change pas.",
    "Ce qui était écrit reste lisible, et ne sera jamais en vigueur.",
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(services.SIGN)
@or_its_text
def abandonner(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Give up a correction or an avenant, once confirmed."""
    etabli = bench_or_404(espace)
    sujet = subject(etabli)

    def write() -> object:
        return services.abandonner(by=acces, brouillon=etabli.brouillon, lu=read_mark(request))

    return answer(request, acces, sujet, SansChamp(posted(request)), ABANDONNER, write, lu=services.shown(etabli))
