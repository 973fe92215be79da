"""The list of the kinds of a contract: its lines, its columns, its filters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count
from django.utils.safestring import SafeString

from tenir.activite.ecrans.natures.commun import NaturesDuContrat, at
from tenir.activite.enums import Statut
from tenir.activite.models import Entree
from tenir.core.cellules import together, written
from tenir.core.listes import Colonne, Groupement, Liste, Place, read, text_column
from tenir.core.typographie import capital, nombre, typo
from tenir.ecran.navigation import address
from tenir.fichier.mots import plain
from tenir.habilitations.listes import contract_column
from tenir.habilitations.models import EspaceDeContrat
from tenir.natures.enums import Forme
from tenir.natures.modeles import NatureEntiere
from tenir.natures.phrases import asks

AUTRES = "sans thème"
FORMES = {Forme.SEANCE: "Séances", Forme.DECOMPTE: "Décomptes", Forme.ETAT: "États", Forme.OBJET: "Registres"}
REGISTRE = "registre"
"""How a kind whose things last is called on a screen; its file says « objet »."""


@dataclass(frozen=True)
class Ligne:
    """A kind as the list shows it; `entrees`: how many were written under it in the year of a day, `le`."""

    espace: EspaceDeContrat
    nature: NatureEntiere
    origine: str
    retiree: bool
    entrees: int
    le: date

    @property
    def libelle(self) -> str:
        """Its name."""
        return self.nature.libelle

    @property
    def indicateurs(self) -> list[str]:
        """The codes of the indicators that it feeds."""
        return list(dict.fromkeys(one.indicateur for one in self.nature.alimente))

    @property
    def themes(self) -> str:
        """Its themes."""
        return ", ".join(self.nature.themes)

    @property
    def forme(self) -> str:
        """What one entry tells; a model has none."""
        said = word_of(self.nature.forme)
        return f"modèle ({said})" if self.nature.generique else said

    @property
    def phrase(self) -> str:
        """What it asks."""
        return typo(asks(self.nature))

    @cached_property
    def mots(self) -> str:
        """What a search looks in."""
        one = self.nature
        asked = " ".join(f"{mesure.libelle} {mesure.asked}" for mesure in one.mesures)
        described = " ".join(champ.libelle for champ in one.champs)
        said = (one.libelle, one.pluriel, one.nature, one.page or "", self.themes, asked, described, *self.indicateurs)
        return plain(" ".join(said))


def word_of(forme: Forme) -> str:
    """The word of a form, as a screen says it."""
    return REGISTRE if forme is Forme.OBJET else forme.value


def lines(of: NaturesDuContrat, today: date) -> list[Ligne]:
    """Every kind of a contract; one query more."""
    rows = Entree.objects.of(of.espace).filter(fin__year=today.year).exclude(statut=Statut.ANNULEE).order_by()
    counts = dict(rows.values_list("mots__code").annotate(Count("pk")))
    return [
        Ligne(of.espace, one, of.origin(code), of.withdrawn(code), _written(of, code, counts), today)
        for code, one in of.whole.items()
    ]


def _written(of: NaturesDuContrat, code: str, counts: dict[str, int]) -> int:
    """How many were written under a kind and those that are it: they are counted with it."""
    return sum(counts.get(one, 0) for one in of.whole.with_children(code))


def _counted(row: Ligne) -> str | SafeString:
    """The way to the entries that are counted."""
    if not row.entrees:
        return "0"
    asked = urlencode({"nature": row.nature.nature, "du": f"{row.le.year}-01-01"})
    return written('<a href="{}?{}">{}</a>', address("activite", row.espace), asked, nombre(row.entrees))


def _named(row: Ligne) -> SafeString:
    return written('<a href="{}">{}</a>', at(row.espace, row.nature.nature), row.libelle)


def _fed(row: Ligne) -> SafeString:
    links = (
        written('<a class="code" href="{}">{}</a>', address("suivi-indicateur", row.espace, code), code)
        for code in row.indicateurs
    )
    return together(links)


def _by_form(row: Ligne) -> list[tuple[object, str]]:
    return [(list(FORMES).index(row.nature.forme), FORMES[row.nature.forme])]


def _by_theme(row: Ligne) -> list[tuple[object, str]]:
    return [((0, plain(one)), capital(one)) for one in row.nature.themes] or [((1, ""), capital(AUTRES))]


NATURES = Liste(
    "Natures d’activité",
    (
        contract_column(read("espace.titre")),
        Colonne("libelle", "Nature", read("libelle"), _named, key=lambda row: plain(row.libelle), place=Place.TITRE),
        text_column("forme", "Forme", key=lambda row: row.forme),
        text_column("phrase", "Ce qu’elle demande", place=Place.LIGNE),
        text_column("themes", "Thèmes", key=lambda row: plain(row.themes)),
        Colonne(
            "entrees",
            "Entrées de l’année",
            read("entrees"),
            _counted,
            key=lambda row: row.entrees,
            css="chiffre",
            place=Place.LIGNE,
            mot="entrées cette année :",
        ),
        Colonne("indicateurs", "Nourrit", lambda row: ", ".join(row.indicateurs), _fed),
        text_column("origine", "Origine", key=lambda row: row.origine, place=Place.LIGNE),
        Colonne("code", "Code", read("nature.nature"), key=read("nature.nature"), css="code", usual=False),
        Colonne("retiree", "Retirée", lambda row: "oui" if row.retiree else "non", usual=False),
    ),
    noun="nature",
    empty="Aucune nature ici : changez les filtres, ou faites-en une.",
    sort="libelle",
    groupings=(
        Groupement("forme", "Forme", _by_form),
        Groupement("theme", "Thème", _by_theme, note="Une nature qui a plusieurs thèmes est sous chacun"),
    ),
    choosable=True,
)
"""The kinds of a contract: those that are offered, unless withdrawn ones are asked for."""


class FiltreDesNatures(forms.Form):
    """Words, form, theme, whose it is, withdrawn ones."""

    q = forms.CharField(label="Mots", max_length=200, required=False)
    forme = forms.ChoiceField(
        label="Forme", choices=[("", "Toutes"), *((one.value, word_of(one)) for one in Forme)], required=False
    )
    theme = forms.ChoiceField(label="Thème", required=False)
    origine = forms.ChoiceField(
        label="Origine",
        choices=[("", "Toutes"), ("tenir", "De Tenir"), ("contrat", "Du contrat, ou changées ici")],
        required=False,
    )
    retirees = forms.ChoiceField(
        label="Offertes à la saisie",
        choices=[("", "Oui"), ("oui", "Non : retirées"), ("toutes", "Peu importe")],
        required=False,
    )

    def __init__(self, data: Any, rows: Iterable[Ligne]) -> None:
        super().__init__(data)
        self.rows = list(rows)
        themes = sorted({one for row in self.rows for one in row.nature.themes}, key=plain)
        self.fields["theme"].choices = [("", "Tous"), *((one, one) for one in themes)]  # type: ignore[attr-defined]

    def kept(self) -> list[Ligne]:
        """The lines that the filters leave; a filter that cannot be read leaves all."""
        asked = self.cleaned_data if self.is_valid() else {}
        return [row for row in self.rows if _answers(row, {"retirees": "", **asked})]


def _answers(row: Ligne, asked: dict[str, str]) -> bool:
    words = plain(asked.get("q", "")).split()
    return (
        all(word in row.mots for word in words)
        and asked.get("forme", "") in ("", row.nature.forme.value)
        and asked.get("theme", "") in ("", *row.nature.themes)
        and asked.get("origine", "") in ("", "tenir" if row.origine == "de Tenir" else "contrat")
        and asked["retirees"] in ("toutes", "oui" if row.retiree else "")
    )
