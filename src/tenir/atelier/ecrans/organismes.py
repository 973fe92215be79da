"""The bodies that a draft names: those that nobody knows are matched or added, wherever they are named."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.atelier.ecrans.commun import answer_gesture, bench_or_404, frame, rendered, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.models import GesteDAtelier
from tenir.atelier.services.brouillon import RIGHT
from tenir.atelier.services.organismes import ajouter_et_designer, designer, names, shown
from tenir.core.alphabet import alphabetical
from tenir.core.composants import Item, Lien, Tampon, Ton
from tenir.core.typographie import capital, pluriel, typo
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.listes import paged
from tenir.ecran.navigation import address
from tenir.fichier.organisations import registry
from tenir.fichier.organisations.modeles import NatureDOrganisation
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

BY_PAGE = 60
CHOISIR, AJOUTER = "choisir", "ajouter"


@needs(RIGHT)
@or_its_text
def organismes(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Every name of a body that the draft prints, those that nobody knows first."""
    etabli = bench_or_404(espace)
    found = names(etabli.arbre)
    known = usual_names()
    unknown = sum(not one.connu for one in found)
    count = capital(pluriel(unknown, "nom n’est celui", "noms ne sont ceux", lettres=True))
    told = typo(f"{count} d’aucun organisme connu." if unknown else "Chaque nom désigne un organisme connu.")
    page = paged(request, found, BY_PAGE, "page")
    rows = [
        Item(
            "",
            one.nom,
            address("atelier-organisme", espace, one.cle),
            typo(f"{known.get(one.organisme or '', one.organisme or '')} · {', '.join(one.codes[:4])}".strip(" ·")),
            None if one.connu else Tampon("à désigner", Ton.MUET),
        )
        for one in page
    ]
    given = frame(
        acces,
        etabli,
        chapeau=typo(told) if unknown else "Chaque nom désigne un organisme connu.",
        lignes=rows,
        pages=page,
    )
    return rendered(request, "atelier/organismes.html", given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def organisme(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, cle: str) -> HttpResponse:
    """One name: the body that it means, chosen in the list or added."""
    etabli = bench_or_404(espace)
    found = next((one for one in names(etabli.arbre) if one.cle == cle), None)
    if found is None:
        raise Http404
    form = OrganismeForm(found.nom, found.organisme, posted(request))

    def write() -> GesteDAtelier | None:
        asked, lu = form.cleaned_data, read_mark(request)
        if asked["geste"] == CHOISIR:
            return designer(by=acces, brouillon=etabli.brouillon, nom=found.nom, identifiant=asked["organisme"], lu=lu)
        valeurs = {"nom": asked["nouveau"] or found.nom, "sigle": asked["sigle"], "nature": asked["nature"]}
        return ajouter_et_designer(by=acces, brouillon=etabli.brouillon, nom=found.nom, valeurs=valeurs, lu=lu)

    places = [Lien(code, address("atelier-element", espace, code)) for code in found.codes]
    sujet = subject(etabli, retour=address("atelier-organismes", espace))
    ecran = Ecran(
        typo(f"Qui est « {found.nom} » ?"), "Enregistrer", "Rien n’a changé.", gabarit="atelier/organisme.html"
    )
    lu = shown(etabli, found.nom)
    return answer_gesture(request, acces, sujet, form, ecran, write, lu=lu, places=places)


class OrganismeForm(Formulaire):
    """Which body a name means."""

    GROUPES = (
        ("", ("geste",)),
        ("Un organisme que Tenir connaît", ("organisme",)),
        ("Un organisme à ajouter", ("nouveau", "sigle", "nature")),
    )
    geste = forms.ChoiceField(
        label="Ce nom désigne",
        widget=forms.RadioSelect,
        choices=[(CHOISIR, "un organisme de la liste"), (AJOUTER, "un organisme à ajouter")],
    )
    organisme = forms.ChoiceField(label="Organisme", required=False)
    nouveau = forms.CharField(label="Son nom", max_length=200, required=False, help_text="Vide : tel qu’imprimé.")
    sigle = forms.CharField(label="Son sigle", max_length=40, required=False)
    nature = forms.ChoiceField(
        label="Sa nature", choices=[(one.value, one.value) for one in NatureDOrganisation], required=False
    )

    def __init__(self, nom: str, organisme: str | None, data: Any = None) -> None:
        super().__init__(data)
        rows = sorted(usual_names().items(), key=lambda one: one[1].casefold())
        self.fields["organisme"].choices = [("", "Choisissez"), *rows]  # type: ignore[attr-defined]
        self.initial = {
            "geste": CHOISIR,
            "organisme": organisme,
            "nouveau": nom,
            "nature": NatureDOrganisation.ASSOCIATION.value,
        }


def usual_names() -> dict[str, str]:
    """The bodies that a name may mean, by identifier: those of the site over those of the organisations files."""
    ours = {one.id: one.nom for one in registry().values()}
    rows = Organisation.objects.filter(fin=None).order_by(alphabetical("nom"))
    return ours | dict(rows.values_list("identifiant", "nom"))
