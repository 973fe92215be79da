"""The settings of a contract: whom the public calls, what it reads of its life, and its clock."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.core.typographie import typo
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, posted
from tenir.ecran.formulaires import FormulaireSuivi
from tenir.ecran.histoire import Passage, in_words
from tenir.ecran.navigation import address
from tenir.equipe.services.reglages import CONTACT, WRITTEN, save_settings
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.publications import PUBLIE
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import entries_of
from tenir.habilitations.vues import needs
from tenir.territoire.fuseaux import FUSEAUX

CLOCKS = sorted(FUSEAUX.items(), key=lambda zone: zone[1])


def _switch(label: str, help_text: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=typo(help_text))


class ReglagesForm(FormulaireSuivi):
    """Whom the public calls, what it reads, and by which clock the contract lives."""

    CHAMPS = WRITTEN
    GROUPES = (
        ("À qui l’on s’adresse", CONTACT),
        ("Ce que le public apprend", tuple(PUBLIE.values())),
        ("L’heure du contrat", ("fuseau",)),
    )

    contact_nom = forms.CharField(
        label="Service ou fonction",
        required=False,
        max_length=150,
        help_text="Jamais le nom d’une personne : tout le monde le lit.",
    )
    contact_telephone = forms.CharField(label="Téléphone", required=False, max_length=40)
    contact_courriel = forms.EmailField(
        label="Adresse électronique",
        required=False,
        help_text="Les réponses aux messages du contrat y arrivent.",
    )
    contact_adresse = forms.CharField(
        label="Adresse postale",
        required=False,
        max_length=200,
        help_text="Là où l’on reçoit, si l’on reçoit.",
    )
    publie_nouvelles = _switch("Les nouvelles", "Ce qui est écrit des actions, et des engagements s’ils sont publiés.")
    publie_etapes = _switch(
        "Les prochaines étapes et les jalons", "Ce qui est attendu, pour quand, et ce qui est fait."
    )
    publie_retards = _switch("Les retards", "Ce qui devait venir et n’est pas venu, et les dates révisées.")
    publie_raisons = _switch("La raison d’une suspension ou d’un abandon", "Elle est demandée à qui arrête une action.")
    publie_engagements = _switch("Où en sont les engagements", "État, raison, comment on jugera, échéance.")
    publie_financements = _switch(
        "L’argent", "Ce qui est demandé, voté, versé. Ce que le contrat imprime est public de toute façon."
    )
    fuseau = forms.ChoiceField(
        label="Heure locale",
        choices=CLOCKS,
        help_text=typo("Elle décide du jour qu’il est et de l’heure à laquelle partent les rappels."),
    )


@needs("contrat.update")
@require_http_methods(["GET", "HEAD", "POST"])
def reglages(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """See or change the settings of a contract."""
    form = ReglagesForm(espace, posted(request))
    here = address("reglages", espace)
    sujet = Sujet(espace, "", str(espace), here, "reglages", lambda _: _history(espace))
    ecran = Ecran("Réglages du contrat", "Enregistrer", "Les réglages sont enregistrés.", LEDE, "equipe/reglages.html")

    def write(changes: dict[str, Any]) -> object:
        read = {name: form.read(name) for name in changes}
        return save_settings(by=acces, espace=espace, changes=changes, read=read)

    return answer_or_arbitrate(request, acces, sujet, form, ecran, write, chose=espace)


def _history(espace: EspaceDeContrat) -> list[Passage]:
    """What the trace says of the settings, the latest first."""
    rows = entries_of(espace).filter(genre="contrat", objet=espace.slug)
    return in_words(rows[:1])


LEDE = typo(
    "Le contact figure au bas de chaque message du contrat, de chacune de ses pages publiques et de ce qui s’imprime. "
    "Ce qui n’est pas coché est dit « non publié » partout, et reste lu par ceux qui ont un rôle dans le contrat."
)
