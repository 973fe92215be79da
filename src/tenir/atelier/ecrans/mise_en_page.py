"""« Montrer la mise en page »: what each form of heading is, by example; the whole is read again at once."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from tenir.atelier import enfant
from tenir.atelier.ecrans.commun import bench_or_404, frame, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.ecrans.travail import ask_to_reread
from tenir.atelier.services.brouillon import RIGHT
from tenir.atelier.services.creation import without_ours
from tenir.atelier.services.mise_en_page import its_document
from tenir.core.typographie import pluriel, typo
from tenir.ecran import travaux
from tenir.ecran.edition import Ecran, page, posted
from tenir.ecran.formulaires import Formulaire
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.lecteur.document import LectureRefusee

ECRAN = Ecran(
    "Montrer la mise en page",
    "Relire le document",
    "La lecture est demandée.",
    "Dites ce que sont les intertitres : tous ceux de la même forme suivent, et le document est relu en entier. Ce qui "
    "avait été corrigé ici est remplacé ; le geste s’annule.",
)
SIGNED = "Aucun document n’est à relire : ce texte est déjà signé, ou rien n’y est joint."
NOTHING = "Tenir n’a vu aucun intertitre dans ce document : placez ses lignes une à une."
FORMES = 25
"""How many forms a page asks about: those that come back most."""
ROLES = [
    ("", "comme Tenir l’a lu"),
    ("axe", "un axe"),
    ("orientation", "une orientation"),
    ("objectif", "un objectif"),
    ("fiche", "une action"),
    ("projet de quartier", "un projet de quartier"),
    ("rien", "rien de tout cela"),
]
RUBRIQUES = [
    "objectifs",
    "actions",
    "description",
    "pilotes",
    "services associés",
    "crédits",
    "indicateurs",
    "calendrier",
]
READ_AS = {"": "autre chose", "fiche": "une action"} | {key: label for key, label in ROLES if key not in ("", "fiche")}


class MiseEnPageForm(Formulaire):
    """The role of each form of heading, and what one label opens."""

    def __init__(self, formes: list[dict[str, Any]], gabarit: dict[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.files = MultiValueDict()
        self.formes = sorted(formes, key=lambda one: -one["fois"])[:FORMES]
        self.gabarit = gabarit
        said = {rule["forme"]: rule["role"] for rule in gabarit.get("roles", ())}
        for rank, one in enumerate(self.formes):
            self.fields[f"forme-{rank}"] = forms.ChoiceField(
                label=typo(f"« {one['exemple']} »"),
                required=False,
                choices=ROLES,
                initial=said.get(one["forme"], ""),
                help_text=typo(
                    f"{pluriel(one['fois'], 'intertitre')} de cette forme ; lu comme {READ_AS[one['role']]}."
                ),
            )
        self.fields["etiquette"] = forms.CharField(
            label="Un intitulé de ce document",
            required=False,
            max_length=120,
            help_text=typo("Par exemple « Qui s’y colle », s’il n’a pas été compris."),
        )
        self.fields["rubrique"] = forms.ChoiceField(
            label="Ce qu’il annonce", required=False, choices=[("", "—"), *((name, name) for name in RUBRIQUES)]
        )

    def clean(self) -> dict[str, Any]:
        """A label goes with what it opens; something is said, for the reading replaces what was corrected here."""
        found = super().clean() or {}
        if not self.gabarit and not any(found.values()):
            raise forms.ValidationError("Dites au moins ce qu’est une forme, ou ce qu’annonce un intitulé.")
        if bool(found.get("etiquette")) != bool(found.get("rubrique")):
            missing = "rubrique" if found.get("etiquette") else "etiquette"
            self.add_error(missing, "Donnez l’intitulé et ce qu’il annonce.")
        return found

    def asked(self) -> dict[str, Any]:
        """The layout that is told, as data."""
        found = self.cleaned_data
        roles = [
            {"forme": one["forme"], "role": found[f"forme-{rank}"]}
            for rank, one in enumerate(self.formes)
            if found[f"forme-{rank}"]
        ]
        labels = dict(self.gabarit.get("etiquettes", {}))
        if found["etiquette"]:
            labels[found["etiquette"]] = found["rubrique"]
        return {"roles": roles, "etiquettes": labels}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def mise_en_page(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Say what the headings of the document are; a work reads it again."""
    etabli = bench_or_404(espace)
    document = its_document(etabli.brouillon)
    gabarit = etabli.brouillon.gabarit
    try:
        formes = enfant.show(without_ours(document.lu), gabarit) if document else []
    except LectureRefusee:
        formes = []
    if not formes:
        given = frame(acces, etabli, chapeau=NOTHING if document else SIGNED)
        return render(request, "atelier/sans_mise_en_page.html", given)
    form = MiseEnPageForm(formes, gabarit, posted(request))
    if form.is_valid():
        return redirect(travaux.page_of(ask_to_reread(acces, etabli.brouillon, form.asked())))
    status = 422 if form.errors else 200
    return page(request, acces, subject(etabli), "ecran/formulaire.html", status=status, form=form, ecran=ECRAN)
