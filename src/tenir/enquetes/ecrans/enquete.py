"""The pages of surveys for whoever has a role in the contract."""

from dataclasses import replace
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.core.code_photo import square_of
from tenir.core.composants import Lien
from tenir.core.exports import export_response
from tenir.core.typographie import date_fr, typo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address, context
from tenir.enquetes.ecrans.commun import ENQUETES, Bloc, about, blocks, edition_before, enquete_or_404, stamp_of
from tenir.enquetes.ecrans.formulaires import EnqueteForm, NouvelleForm, OuvrirForm, PapiersForm
from tenir.enquetes.models import Enquete
from tenir.enquetes.resultats import ASSEZ, readable
from tenir.enquetes.services import enquetes as services
from tenir.enquetes.services.commun import PUBLISH, READ, RIGHT
from tenir.enquetes.services.reponses import enter_papers
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

BOTH = ["GET", "HEAD", "POST"]
NOUVELLE = Ecran("Préparer une enquête", "Préparer", "L’enquête est prête à relire.")
MODIFIER = Ecran("Changer l’enquête", "Enregistrer", "C’est enregistré.", annulable=("", ""))
OUVRIR = Ecran(
    "Ouvrir l’enquête", "Ouvrir", "Les jours sont dits.",
    "Une fois ouverte, ses questions ne changent plus. N’importe qui répond, sans compte ; rien n’empêche de "
    "répondre deux fois.",
    annulable=("", ""),
)  # fmt: skip
PAPIERS = Ecran(
    "Entrer des papiers", "Ajouter aux comptes", "Les papiers sont comptés.",
    "Comptez à la main les papiers d’un paquet, réponse par réponse.", annulable=("", ""),
)  # fmt: skip
PUBLIER = Ecran(
    "Publier les résultats ?", "Publier", "Les résultats sont publics.",
    "Tout le monde lira les parts de chaque réponse ; un nombre sous cinq est caché.", annulable=("", ""),
)  # fmt: skip
RETIRER = Ecran(
    "Retirer les résultats du site public ?", "Retirer", "Les résultats ne sont plus publics.", annulable=("", "")
)


@needs(READ)
def enquetes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The surveys of a contract."""
    found = [(one, stamp_of(one), address("enquete", espace, one.numero)) for one in Enquete.objects.of(espace)]
    new = address("enquete-nouvelle", espace) if may(acces, RIGHT, espace) else ""
    return render(request, "enquetes/liste.html", context(acces, espace, ENQUETES, enquetes=found, nouvelle=new))


@needs(READ)
def enquete(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str = "") -> HttpResponse:
    """A survey: its questions, its results as their reader may read them, what may be done."""
    found = enquete_or_404(espace, numero)
    team = may(acces, RIGHT, espace)
    before = edition_before(found)
    shows = found.reponses > 0 and (team or readable(found))
    told = blocks(found, before, whole=team) if shows else []
    if format:
        return export_response(_rows(found, told), name=f"{espace.slug}-{found.code}", format=format)
    given = context(
        acces,
        espace,
        ENQUETES,
        enquete=found,
        tampon=stamp_of(found),
        recus=services.count_fr(found) if team or readable(found) else "",
        blocs=told,
        avant=before.titre if before and told else "",
        attente=typo(f"Les résultats se lisent à partir de {ASSEZ} questionnaires."),
        questions=[_question(one, found) for one in found.questions.order_by("rang")],
        gestes=_gestures(acces, found),
        modifiable=team and not found.ouvre_le,
        csv=address("enquete-resultats", espace, numero, "csv"),
        xlsx=address("enquete-resultats", espace, numero, "xlsx"),
    )
    return render(request, "enquetes/enquete.html", given)


def _question(one: Any, found: Enquete) -> dict[str, Any]:
    where = (found.espace, found.numero, one.pk)
    names = {"enquete-question-modifier": "Changer", "enquete-question-retirer": "Retirer"}
    links = [Lien(text, address(name, *where), note=one.libelle) for name, text in names.items()]
    return {"question": one, "reponses": ", ".join(one.possibles.values()), "gestes": links}


def _gestures(acces: Acces, found: Enquete) -> list[Lien]:
    """What may be done of it now, by whoever may."""
    names = []
    if may(acces, RIGHT, found.espace):
        names += [] if found.publiee_le else [("enquete-ouvrir", "Dire ses jours" if found.ouvre_le else "Ouvrir")]
        names += [] if found.ouvre_le else [("enquete-question-nouvelle", "Ajouter une question")]
        names += [("enquete-modifier", "Changer")]
        names += [("enquete-papiers", "Entrer des papiers")] if found.ouvre_le and not found.publiee_le else []
        names += [("enquete-affiche", "L’affiche et le papier")] if found.ouvre_le else []
    if may(acces, PUBLISH, found.espace) and found.ouvre_le:
        names += (
            [("enquete-retirer", "Retirer du site public")] if found.publiee_le else [("enquete-publier", "Publier")]
        )
    return [Lien(text, address(name, found.espace, found.numero)) for name, text in names]


def _rows(found: Enquete, told: list[Bloc]) -> list[list[object]]:
    head: list[object] = ["Contrat", "Enquête", "Question", "Réponse", "Part", "Édition d’avant", "Écart"]
    rows: list[list[object]] = [
        [found.espace.titre, found.titre, one.libelle, bar.mots, bar.dit, bar.avant, bar.ecart]
        for one in told
        for bar in one.barres
    ]
    return [head, *rows]


@require_http_methods(BOTH)
@needs(RIGHT)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Prepare a survey."""
    form = NouvelleForm(espace, posted(request))

    def write() -> None:
        numero = form.cleaned_data["depuis"]
        depuis = enquete_or_404(espace, numero) if numero else None
        services.write_down(by=acces, espace=espace, values=form.values(), depuis=depuis)

    sujet = replace(
        about(Enquete(espace=espace, numero=0)), retour=address(ENQUETES, espace), titre="Enquêtes", code=""
    )
    return answer(request, acces, sujet, form, NOUVELLE, write)


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change what a survey says of itself."""
    found = enquete_or_404(espace, numero)
    form = EnqueteForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        services.change(by=acces, enquete=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def ouvrir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say from which day to which anyone answers."""
    found = enquete_or_404(espace, numero)
    form = OuvrirForm(found, posted(request))

    def write() -> None:
        services.open_between(by=acces, enquete=found, lu=read_mark(request), **form.cleaned_data)

    return answer(request, acces, about(found), form, OUVRIR, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def papiers(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Enter a bundle of papers."""
    found = enquete_or_404(espace, numero)
    form = PapiersForm(list(found.questions.order_by("rang")), posted(request))

    def write() -> None:
        enter_papers(by=acces, enquete=found, papiers=form.cleaned_data["papiers"], nombres=form.nombres)

    return answer(request, acces, about(found), form, PAPIERS, write)


@require_http_methods(BOTH)
@needs(PUBLISH)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Let anyone read the results."""
    found = enquete_or_404(espace, numero)
    write = partial(services.publish, by=acces, enquete=found, lu=read_mark(request))
    return answer(request, acces, about(found), Formulaire(posted(request)), PUBLIER, write, lu=services.shown(found))


@require_http_methods(BOTH)
@needs(PUBLISH)
def retirer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Take the results off the public site."""
    found = enquete_or_404(espace, numero)
    write = partial(services.take_off, by=acces, enquete=found, lu=read_mark(request))
    return answer(request, acces, about(found), Formulaire(posted(request)), RETIRER, write, lu=services.shown(found))


@needs(READ)
def affiche(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """The poster with its code to photograph, then the questionnaire on paper.

    Raises:
        Http404: it has no day yet.
    """
    found = enquete_or_404(espace, numero)
    if not found.ouvre_le or not found.ferme_le:
        raise Http404
    url = request.build_absolute_uri(reverse("enquete-publique", args=[espace.slug, numero]))
    given = context(
        acces,
        espace,
        ENQUETES,
        enquete=found,
        adresse=url,
        carre=square_of(url),
        jours=typo(f"Du {date_fr(found.ouvre_le)} au {date_fr(found.ferme_le)}"),
        questions=found.questions.order_by("rang"),
        retour=address("enquete", espace, numero),
    )
    return render(request, "enquetes/affiche.html", given)
