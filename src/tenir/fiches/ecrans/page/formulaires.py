"""The forms of one fiche."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.datastructures import MultiValueDict

from tenir.acteurs.models import Organisation, Personne
from tenir.core.typographie import capital
from tenir.ecran.champs import field, label
from tenir.ecran.formulaires import FichierField, Formulaire, FormulaireSuivi, JourField, Texte, tell_readers
from tenir.ecran.mots import UNDECLARED
from tenir.equipe.organismes import offered_in
from tenir.equipe.personnes import offer_people
from tenir.fiches.champs import ASSIGNED, NIVEAUX
from tenir.fiches.droits import printed_pilots
from tenir.fiches.enums import Statut
from tenir.fiches.models import FicheAction, Jalon, PartenaireDeLAction
from tenir.fiches.models.piece import NIVEAUX as NIVEAUX_DE_PIECE
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.publications import Genre


def a_text(name: str, *, rows: int = 3, **options: Any) -> Texte:
    """A text field of the fiche, with its noun and its length."""
    return Texte(
        rows=rows,
        label=capital(label(name, FicheAction)),
        max_length=field(name, FicheAction).max_length,
        required=False,
        **options,
    )


def statuses() -> list[tuple[str, str]]:
    """Every status, and that none is declared."""
    return [("", UNDECLARED), *Statut.choices]


def _statut(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label="Statut", choices=statuses, required=False, **options)


def _motif() -> Texte:
    return a_text("motif", rows=2, help_text="Demandée pour une action suspendue ou abandonnée.")


def _prochaine_etape() -> Texte:
    return a_text("prochaine_etape", rows=2, help_text="Ce qui vient, en une phrase.")


LUS = {"texte": (Genre.NOUVELLES,), "motif": (Genre.RAISONS,), "prochaine_etape": (Genre.ETAPES,)}
"""The fields in one's own words that anyone may read."""
DU_JALON = {"titre": (Genre.ETAPES,)}


class FicheForm(FormulaireSuivi):
    """Every field of a fiche; who carries the action is for those who may say it."""

    CHAMPS = tuple(NIVEAUX)
    LUS = LUS
    GROUPES = (
        ("Qui porte l’action", ("organisme_en_charge", "personne_en_charge")),
        ("Où elle en est", ("statut", "motif", "prochaine_etape", "prochaine_etape_le")),
        ("À qui elle s’adresse", ("public_vise",)),
        ("Calendrier", ("debut_prevu", "fin_prevue", "debut_revise", "fin_revisee", "debut_reel", "fin_reelle")),
        ("Réservé à l’équipe, et à qui porte l’action", ("difficultes", "aide_demandee")),
    )

    organisme_en_charge = forms.ModelChoiceField(Organisation.objects.none(), label="Organisme en charge")
    personne_en_charge = forms.ModelChoiceField(Personne.objects.none(), label="Personne en charge")
    statut = _statut()
    motif = _motif()
    prochaine_etape = _prochaine_etape()
    prochaine_etape_le = JourField(label="Prochaine étape prévue le", required=False)
    public_vise = a_text("public_vise", rows=2)
    debut_prevu = JourField(label="Début prévu", required=False)
    fin_prevue = JourField(label="Fin prévue", required=False)
    debut_revise = JourField(
        label="Début révisé", required=False, help_text="Laissez vide s’il reste celui qui était prévu."
    )
    fin_revisee = JourField(label="Fin révisée", required=False)
    debut_reel = JourField(label="Début réel", required=False, help_text="Un jour passé : l’action a commencé.")
    fin_reelle = JourField(label="Fin réelle", required=False, help_text="Un jour passé : l’action est finie.")
    difficultes = a_text("difficultes")
    aide_demandee = a_text("aide_demandee")

    def __init__(
        self, fiche: FicheAction, data: MultiValueDict[str, Any] | None = None, *, assign: bool = False
    ) -> None:
        super().__init__(fiche, data)
        for name in ASSIGNED if not assign else ():
            del self.fields[name]
        if assign:
            self._offer_bodies(fiche)
            self._offer_people(fiche)

    def _offer_bodies(self, fiche: FicheAction) -> None:
        known = Q(pk__in=offered_in(fiche.espace).order_by().values("pk")) | Q(pk=fiche.organisme_en_charge_id)
        printed = printed_pilots(fiche)
        offered = self.fields["organisme_en_charge"]
        offered.queryset = Organisation.objects.filter(known)  # type: ignore[attr-defined]
        offered.required = False
        offered.empty_label = (  # type: ignore[attr-defined]
            "À désigner" if printed.a_designer else f"Comme le contrat l’imprime : {printed.noms}"
        )
        offered.help_text = "Un organisme du contrat."

    def _offer_people(self, fiche: FicheAction) -> None:
        offer_people(self.fields["personne_en_charge"], fiche.espace, fiche.personne_en_charge_id)


class StatutForm(FormulaireSuivi):
    """The status alone."""

    CHAMPS = ("statut", "motif")
    LUS = LUS
    statut = _statut(widget=forms.RadioSelect)
    motif = _motif()


class NouvelleForm(FormulaireSuivi):
    """News, and what it changes of the status and of the next step."""

    CHAMPS = ("statut", "motif", "prochaine_etape", "prochaine_etape_le")
    LUS = LUS
    GROUPES = (
        ("", ("texte", "le")),
        ("Ce que cela change", ("statut", "motif", "prochaine_etape", "prochaine_etape_le")),
    )

    texte = Texte(rows=5, label="Ce qui s’est passé", max_length=2000, help_text="Quelques phrases suffisent.")
    le = JourField(label="Le", help_text="Un jour passé, ou aujourd’hui.")
    statut = _statut(help_text="Laissez tel quel s’il n’a pas changé.")
    motif = _motif()
    prochaine_etape = _prochaine_etape()
    prochaine_etape_le = JourField(label="Prochaine étape prévue le", required=False)


class JalonNouveauForm(Formulaire):
    """A new jalon."""

    titre = forms.CharField(label="Ce qui est attendu", max_length=200, help_text="« Ouvrir le local », par exemple.")
    prevu_le = JourField(label="Prévu le")

    def __init__(self, espace: EspaceDeContrat, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(data)
        tell_readers(self, espace, DU_JALON)


class JalonForm(FormulaireSuivi):
    """Every field of a jalon."""

    CHAMPS = ("titre", "prevu_le", "revise_le", "atteint_le", "abandonne_le")
    titre = forms.CharField(label="Ce qui est attendu", max_length=200)
    prevu_le = JourField(label="Prévu le")
    revise_le = JourField(label="Révisé au", required=False, help_text="Laissez vide tant que la date prévue tient.")
    atteint_le = JourField(label="Atteint le", required=False)
    abandonne_le = JourField(label="Abandonné le", required=False)
    motif = forms.CharField(label="Pourquoi ce changement", required=False, max_length=500)

    def __init__(self, jalon: Jalon, data: MultiValueDict[str, Any] | None = None) -> None:
        super().__init__(jalon, data)
        tell_readers(self, jalon.fiche.espace, DU_JALON)


class AbandonForm(Formulaire):
    """Why a jalon is given up."""

    motif = forms.CharField(label="Pourquoi", max_length=500)


class PartenaireForm(Formulaire):
    """A body that takes part, and its part."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisme", empty_label="Choisissez")
    part = Texte(
        rows=2,
        label="Sa part",
        required=False,
        max_length=500,
        help_text="« Prête la salle », « finance les ateliers »…",
    )

    def __init__(self, fiche: FicheAction, data: MultiValueDict[str, Any] | None = None, *, wished: str = "") -> None:
        super().__init__(data, initial={"organisation": wished})
        taken = PartenaireDeLAction.objects.filter(fiche=fiche).values("organisation")
        bodies, offered = offered_in(fiche.espace), self.fields["organisation"]
        offered.queryset = bodies  # type: ignore[attr-defined]
        free = bodies.exclude(pk__in=taken)  # one named meanwhile is refused by the service, with what its part is
        offered.choices = [("", "Choisissez"), *((one.pk, str(one)) for one in free)]  # type: ignore[attr-defined]


class PartForm(FormulaireSuivi):
    """The part of a partner."""

    CHAMPS = ("part",)
    part = Texte(rows=2, label="Sa part", required=False, max_length=500)


class PieceForm(Formulaire):
    """A file or a link."""

    fichier = FichierField()
    lien = forms.CharField(
        label="Ou un lien", required=False, max_length=500, help_text="Une adresse qui commence par https://"
    )
    titre = forms.CharField(
        label="Titre", required=False, max_length=200, help_text="Sinon, le nom du fichier ou le site du lien."
    )
    niveau = forms.TypedChoiceField(
        label="Qui peut l’ouvrir", choices=NIVEAUX_DE_PIECE, coerce=int, initial=Niveau.PARTENAIRES
    )
