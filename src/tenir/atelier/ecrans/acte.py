"""The act of an avenant: what it says of itself, where each signatory stands, its file to be signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.atelier.acte import act_of
from tenir.atelier.ecrans.commun import SansBrouillon, bench_or_404, frame, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.models import Accord, Brouillon
from tenir.atelier.services import avenant as services
from tenir.atelier.services.brouillon import RIGHT, Etabli
from tenir.core.composants import Tampon, Ton
from tenir.core.documents import document_response
from tenir.core.emplacements import DECIDE, block_of
from tenir.core.typographie import capital, date_fr, nombre, pluriel, typo
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire, JourField, Texte
from tenir.ecran.navigation import address
from tenir.fichier.comparaison import name_of
from tenir.fichier.modeles import Signataire
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

TONES = {
    Accord.Etat.ATTENDU: Ton.MUET,
    Accord.Etat.DECIDE: Ton.NEUTRE,
    Accord.Etat.SIGNE: Ton.FAIT,
    Accord.Etat.REFUSE: Ton.RETARD,
}


@dataclass(frozen=True, slots=True)
class LigneDAccord:
    """A signatory, and where it stands."""

    code: str
    nom: str
    tampon: Tampon
    precision: str
    url: str

    @property
    def signe(self) -> bool:
        """Whether it signed."""
        return self.tampon.word == Accord.Etat.SIGNE.label


def amendment_or_404(espace: EspaceDeContrat) -> Etabli:
    """The avenant of a contract that is not over.

    Raises:
        Http404: none is.
    """
    etabli = bench_or_404(espace)
    if etabli.brouillon.objet != Brouillon.Objet.AVENANT:
        raise SansBrouillon
    return etabli


class ActeForm(Formulaire):
    """What an act says of itself."""

    titre = forms.CharField(label="Titre de l’avenant", max_length=200, required=False)
    decision = Texte(
        label="Décision",
        rows=2,
        max_length=1000,
        required=False,
        help_text="La délibération, ou la décision du comité de pilotage.",
    )
    motif = Texte(
        label="Objet", rows=2, max_length=1000, required=False, help_text="Pourquoi le contrat change, en une phrase."
    )
    signe_le = JourField(label="Signé le", required=False)
    en_vigueur_le = JourField(
        label="En vigueur le",
        required=False,
        help_text="Un jour à venir : le texte changera ce jour-là, de lui-même.",
    )

    def __init__(self, brouillon: Brouillon, data: Any = None) -> None:
        super().__init__(data)
        self.initial = {name: getattr(brouillon, name) for name in services.ACTE}


ECRAN = Ecran("L’acte de l’avenant", "Enregistrer", "L’acte est enregistré.", gabarit="atelier/acte.html")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def acte(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """The act of an avenant, its signatories, its file."""
    etabli = amendment_or_404(espace)
    brouillon = etabli.brouillon
    form = ActeForm(brouillon, posted(request))

    def write() -> object:
        asked = {name: form.cleaned_data[name] for name in services.ACTE}
        return services.ecrire_l_acte(by=acces, brouillon=brouillon, valeurs=asked, lu=read_mark(request))

    rows = list(agreed(etabli))
    given = frame(
        acces,
        etabli,
        lu=services.shown_act(brouillon),
        accords=rows,
        decide=block_of(DECIDE, acces, espace, brouillon),
        chapeau=agreement(rows),
        word=address("atelier-acte-fichier", espace, "docx"),
        pdf=address("atelier-acte-fichier", espace, "pdf"),
        changements=address("atelier-changements", espace),
        signer=address("atelier-signer", espace),
    )
    sujet = subject(etabli, retour=address("atelier-acte", espace))
    more = {name: value for name, value in given.items() if name not in {"acces", "espace", "onglet"}}
    return answer(request, acces, sujet, form, ECRAN, write, **more)


def agreement(rows: Sequence[LigneDAccord]) -> str:
    """How many signatories signed an avenant."""
    signed, total = sum(one.signe for one in rows), len(rows)
    if not signed:
        return typo(f"Aucun des {nombre(total)} signataires n’a encore signé.")
    count = capital(pluriel(signed, "signataire a signé", "signataires ont signé", lettres=True))
    return typo(f"{count}, sur {total}.")


def agreed(etabli: Etabli) -> Iterator[LigneDAccord]:
    """Where each signatory of the text stands."""
    espace = etabli.brouillon.espace
    known = {one.signataire: one for one in etabli.brouillon.accords.all()}
    for noeud in etabli.arbre.noeuds:
        if not isinstance(noeud.item, Signataire):
            continue
        code = noeud.item.code
        one = known.get(code) or Accord(signataire=code)
        etat = Accord.Etat(one.etat)
        told = " · ".join(part for part in (date_fr(one.le) if one.le else "", one.decision) if part)
        stamp = Tampon(etat.label, TONES[etat])
        yield LigneDAccord(code, name_of(noeud.item), stamp, typo(told), address("atelier-accord", espace, code))


class AccordForm(Formulaire):
    """Where a signatory stands."""

    etat = forms.ChoiceField(label="Où il en est", choices=Accord.Etat.choices, widget=forms.RadioSelect)
    le = JourField(label="Le", required=False, help_text="Le jour de sa décision, ou de sa signature.")
    decision = forms.CharField(
        label="Décision", max_length=200, required=False, help_text="Par exemple le numéro de sa délibération."
    )

    def __init__(self, accord: Accord, data: Any = None) -> None:
        super().__init__(data)
        self.initial = {name: getattr(accord, name) for name in services.ACCORD}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def accord(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Where one signatory stands with the avenant."""
    etabli = amendment_or_404(espace)
    if code not in etabli.arbre or not isinstance(etabli.arbre.noeud(code).item, Signataire):
        raise Http404
    row = services.accord_of(etabli.brouillon, code)
    form = AccordForm(row, posted(request))

    def write() -> object:
        asked = {name: form.cleaned_data[name] for name in services.ACCORD}
        return services.dire_l_accord(
            by=acces, brouillon=etabli.brouillon, signataire=code, valeurs=asked, lu=read_mark(request)
        )

    sujet = subject(etabli, code, retour=address("atelier-acte", espace))
    ecran = Ecran("Où en est ce signataire ?", "Enregistrer", "C’est enregistré.")
    return answer(request, acces, sujet, form, ecran, write, lu=services.shown_accord(row))


@needs(RIGHT)
@or_its_text
def fichier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str) -> HttpResponse:
    """The act as a file to be signed: Word, or PDF."""
    etabli = amendment_or_404(espace)
    document = act_of(etabli.brouillon, etabli.arbre.contrat())
    return document_response(document, name=f"{espace.slug}-avenant", format=format)
