"""« Montrer la mise en page »: what each form of heading is, by example; what would change is seen, then accepted."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.atelier import enfant
from tenir.atelier.ecrans.commun import ONGLET, SansChamp, answer_gesture, bench_or_404, frame, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.ecrans.travail import ask_to_reread
from tenir.atelier.models import GesteDAtelier
from tenir.atelier.services import mise_en_page as services
from tenir.atelier.services.brouillon import RIGHT
from tenir.atelier.services.creation import without_ours
from tenir.atelier.services.mise_en_page import its_document
from tenir.core.typographie import nombre, pluriel, typo
from tenir.ecran import travaux
from tenir.ecran.edition import Ecran, page, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.lecteur.document import LectureRefusee
from tenir.lecteur.gabarit import Gabarit, GabaritRefuse, lire_gabarit

ECRAN = Ecran(
    "Montrer la mise en page",
    "Relire le document",
    "La lecture est demandée.",
    "Dites ce que sont les intertitres : tous ceux de la même forme suivent, et le document est relu en entier. Ce qui "
    "changerait vous est montré avant que rien ne change.",
    gabarit="atelier/mise_en_page.html",
)
ACCEPTER = Ecran(
    "Ce que donnerait cette lecture",
    "Accepter cette lecture",
    "Rien n’a changé.",
    "Ce qui avait été corrigé dans ce texte serait remplacé ; le geste s’annule.",
    gabarit="atelier/relecture.html",
)
POIDS = 100_000
"""The most bytes of a gabarit: a few hundred rules."""
MONTRES = 60
"""How many items that come, or go, are named."""
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

    def __init__(
        self, formes: list[dict[str, Any]], gabarit: dict[str, Any], data: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        self.formes = sorted(formes, key=lambda one: -one["fois"])[:FORMES]
        self.gabarit = gabarit
        said = {rule["forme"]: rule["role"] for rule in gabarit.get("roles", ())}
        for rank, one in enumerate(self.formes):
            self.fields[f"forme-{rank}"] = forms.ChoiceField(
                label=typo(f"« {one['titres'][0]} »"),
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
        self.fields["gabarit"] = forms.FileField(
            label="Un gabarit",
            required=False,
            widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
            help_text=typo("Celui d’un contrat de la même main : ce qui est dit ci-dessus passe avant lui."),
        )

    @property
    def montrees(self) -> list[tuple[forms.BoundField, list[str], int]]:
        """Each form: its field, the headings that would follow, how many more there are."""
        return [
            (self[f"forme-{rank}"], one["titres"][1:], one["fois"] - len(one["titres"]))
            for rank, one in enumerate(self.formes)
        ]

    @property
    def intitules(self) -> list[forms.BoundField]:
        """What is said of a label, and the gabarit of another contract."""
        return [self[name] for name in ("etiquette", "rubrique", "gabarit")]

    def clean_gabarit(self) -> Gabarit | None:
        """The gabarit that was given, read."""
        file = self.cleaned_data["gabarit"]
        if file is None:
            return None
        if file.size > POIDS:
            raise forms.ValidationError("Ce fichier est trop lourd pour un gabarit.")
        try:
            return lire_gabarit(file.read().decode())
        except UnicodeDecodeError as error:
            raise forms.ValidationError("Ce fichier n’est pas un gabarit : il n’est pas écrit en texte.") from error
        except GabaritRefuse as error:
            raise forms.ValidationError(typo(str(error))) from error

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
        found, given = self.cleaned_data, self.cleaned_data["gabarit"]
        roles = {rule.forme: str(rule.role) for rule in given.roles} if given else {}
        labels = dict(self.gabarit.get("etiquettes", {})) | (given.etiquettes if given else {})
        roles |= {
            one["forme"]: found[f"forme-{rank}"] for rank, one in enumerate(self.formes) if found[f"forme-{rank}"]
        }
        if found["etiquette"]:
            labels[found["etiquette"]] = found["rubrique"]
        return {"roles": [{"forme": one, "role": role} for one, role in roles.items()], "etiquettes": labels}


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
    form = MiseEnPageForm(formes, gabarit, posted(request), request.FILES or None)
    if form.is_valid():
        return redirect(travaux.page_of(ask_to_reread(acces, etabli.brouillon, form.asked())))
    status = 422 if form.errors else 200
    more = {
        "fichier": address("atelier-gabarit", espace) if gabarit else "",
        "attend": address("atelier-relecture", espace) if services.relecture_of(etabli.brouillon) else "",
    }
    return page(request, acces, subject(etabli), ECRAN.gabarit, status=status, form=form, ecran=ECRAN, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def relecture(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What a layout that was told would change, before it is accepted."""
    etabli = bench_or_404(espace)
    waiting = services.relecture_of(etabli.brouillon)
    if waiting is None:
        messages.info(request, typo(services.GONE))
        return redirect(address("atelier-mise-en-page", espace))

    def write() -> GesteDAtelier | None:
        return services.accepter(by=acces, brouillon=etabli.brouillon, lu=read_mark(request))

    return answer_gesture(
        request,
        acces,
        subject(etabli, retour=address("atelier-mise-en-page", espace)),
        SansChamp(posted(request)),
        ACCEPTER,
        write,
        lu=services.shown(etabli),
        dit=typo(services.what_changes(waiting.avant, waiting.apres)),
        listes=[_listed("Ce qui viendrait", waiting.viennent), _listed("Ce qui partirait", waiting.partent)],
        vers=lambda _: address(ONGLET, espace),
    )


@needs(RIGHT)
@or_its_text
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The gabarit of a draft, to serve the next contract of the same hand."""
    held = bench_or_404(espace).brouillon.gabarit
    if not held:
        raise Http404
    response = HttpResponse(Gabarit.model_validate(held).ecrire(), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{espace.slug}-gabarit.yaml"'
    return response


def _listed(titre: str, items: list[tuple[str, str]]) -> dict[str, Any]:
    """Some items of the same kinds, by kind and name, as many as a page shows."""
    return {
        "titre": f"{titre} ({nombre(len(items))})",
        "items": items[:MONTRES],
        "reste": max(0, len(items) - MONTRES),
    }
