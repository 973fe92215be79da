"""What the gallery of components shows: one invented example of each state, nothing of a real contract."""

from operator import itemgetter
from typing import Any

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.http import QueryDict

from tenir.core.carres import Carre, Motif, Rang, Rangs, Signe, picture
from tenir.core.composants import (
    Annee,
    Carte,
    Chiffre,
    Item,
    Lien,
    LigneDuDocument,
    Morceau,
    MotsSignes,
    Renseignement,
    Resultat,
    Tampon,
    Temps,
    Ton,
)
from tenir.core.graphiques import SERIES, Graphique, Spec, draw
from tenir.core.listes import Colonne, Liste, Place, Vue
from tenir.core.listes.nommees import VueOuverte, VuesNommees

SILENCE = Tampon("À désigner", Ton.MUET)
PAROLE = MotsSignes(
    "Ici se lisent les mots signés,\ntels que le document les porte.", lines="12 à 13", page="4", url="#l12"
)
AXES = (
    "Travailler près de chez soi", "Habiter", "Grandir", "Vivre ensemble",
    "Se soigner", "Se déplacer", "Apprendre", "Décider",
)  # fmt: skip


class FormulaireDExemple(forms.Form):
    """A form with a choice, a group, a help and a required field."""

    nom = forms.CharField(label="Nom de l’action", help_text="En une phrase, sans sigle.")
    axe = forms.ChoiceField(
        label="Axe", choices=[("", "Tous"), ("A", "A Travailler"), ("B", "B Habiter")], required=False
    )
    public = forms.MultipleChoiceField(
        label="Pour qui",
        choices=[("enfants", "Enfants"), ("adultes", "Adultes")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    precision = forms.CharField(label="Précision", widget=forms.Textarea, required=False)


class FiltreDExemple(django_filters.FilterSet):
    """Two filters that touch no database."""

    titre = django_filters.CharFilter(label="Mot du titre")
    pilote = django_filters.ChoiceFilter(
        label="Pilote", choices=[("commune", "Commune"), ("agglo", "Agglomération")], empty_label="Tous"
    )


def liste_d_exemple() -> Liste:
    """A list of four columns, one of figures, in memory."""
    return Liste(
        "Actions prévues d’un contrat inventé",
        (
            Colonne("code", "Code", itemgetter("code"), key=itemgetter("code"), css="code", place=Place.LIGNE),
            Colonne("titre", "Action prévue", itemgetter("titre"), key=itemgetter("titre"), place=Place.TITRE),
            Colonne(
                "pilote",
                "Pilote",
                itemgetter("pilote"),
                lambda row: row["pilote"] or "à désigner",
                key=itemgetter("pilote"),
                place=Place.LIGNE,
            ),
            Colonne("montant", "Montant", itemgetter("montant"), css="chiffre", place=Place.LIGNE),
        ),
        noun="action",
        sort="code",
        per_page=4,
        empty="Aucune action ne répond à ces filtres.",
    )


def _rows(count: int) -> list[dict[str, Any]]:
    pilotes = ("Commune d’Exemple", "Agglomération d’Exemple", None)
    return [
        {
            "code": f"O01-A{n:02}",
            "titre": f"Ouvrir le lieu d’accueil n° {n}",
            "pilote": pilotes[n % 3],
            "montant": f"{n} 500 €",
        }
        for n in range(1, count + 1)
    ]


def _vue(count: int, query: str = "") -> Vue:
    return Vue(liste_d_exemple(), _rows(count), QueryDict(query))


def _with_views(vue: Vue) -> Vue:
    """The same list, with views that people named: one is open, and the address left it."""
    links = [Lien("Tous", "#"), Lien("En retard", "#", current=True), Lien("Pour le comité", "#", note="partagée")]
    opened = VueOuverte("En retard", "", True, "#", "", "", 1, actualiser="#", ouvrir="#")
    vue.nommees = VuesNommees(links, opened, enregistrer="#")
    return vue


def _items() -> list[Item]:
    return [
        Item("O01-A01", "Tenir une permanence chaque semaine", "#", "Commune d’Exemple", Tampon("En cours", Ton.FAIT)),
        Item(
            "O01-A02",
            "Réparer la place",
            "#",
            "prochain jalon\u00a0: 12\u00a0mars 2027",
            Tampon("En préparation", Ton.ATTENTION),
            PAROLE,
        ),
        Item(
            "O01-A03",
            "Accompagner les familles",
            "#",
            "deux sous-actions",
            Tampon("En retard de 4 mois", Ton.RETARD),
            children=[Item("O01-A03-1", "Les recevoir", "#", stamp=SILENCE), Item("O01-A03-2", "Les orienter", "#")],
        ),
        Item(
            "O01-A04",
            "Publier le bilan",
            note="sans page à elle",
            stamp=Tampon("Inscrite"),
            words=MotsSignes(lines="40"),
        ),
    ]


def _axes() -> list[Carte]:
    orientations = (
        Lien("Rapprocher l’emploi", "#", "O01"),
        Lien("Ouvrir des formations courtes et longues", "#", "O02"),
    )
    return [
        Carte(
            "ABCDEFGH"[n], title, n + 1, "#" if n else "", "2 orientations · 9 actions", orientations if n < 4 else ()
        )
        for n, title in enumerate(AXES)
    ]


def _annees() -> list[Annee]:
    return [
        Annee(2024, "signature, 26 mars", Temps.PASSEE),
        Annee(2025, "", Temps.PASSEE),
        Annee(2026, "nous sommes ici", Temps.COURANTE),
        Annee(2027, "évaluation à mi-parcours"),
        Annee(2028),
        Annee(2029),
        Annee(2030, "terme"),
    ]


def _chiffres() -> list[Chiffre]:
    return [
        Chiffre("orientations", "9", "en 3 axes", "#"),
        Chiffre("actions prévues", "40", "3 nomment leur pilote"),
        Chiffre("habitants", "1\u202f415", "recensement de 2020"),
        Chiffre("crédits annoncés", "22\u202f810,61\u00a0€"),
    ]


def _resultat() -> Resultat:
    excerpt = (Morceau("Un lieu pour la "), Morceau("parentalité", found=True), Morceau(", ouvert à tous."))
    return Resultat("Ouvrir un lieu d’accueil", "#", "O02-A01", "Commune d’Exemple", excerpt, signed=True)


def _document() -> list[LigneDuDocument]:
    words = (
        "ORIENTATION 1",
        "",
        "Ici se lisent les mots signés,",
        "tels que le document les porte.",
        "Signé par [nom masqué].",
    )
    return [
        LigneDuDocument(10 + n, text, page="4" if n == 0 else "", cited=n in (2, 3)) for n, text in enumerate(words)
    ]


def _graphique() -> Graphique:
    visits = [{"an": str(year), "visites": count} for year, count in ((2024, 120), (2025, 340), (2026, 290))]

    def spec(width: int) -> Spec:
        return {
            "height": 160,
            "data": {"values": visits},
            "mark": {"type": "bar", "color": SERIES[0], "width": {"band": 0.5}},
            "encoding": {
                "x": {"field": "an", "type": "nominal", "title": None, "axis": {"labelAngle": 0}},
                "y": {"field": "visites", "type": "quantitative", "title": None, "axis": {"tickCount": 4}},
            },
        }

    described = "120 visites en 2024, 340 en 2025, 290 en 2026."
    return draw(spec, name="exemple", titre="Visites par an", description=described, legende=described)


def _carres() -> Rangs:
    """A square of each drawing, and a row without any."""
    every = tuple(Carre(Signe(motif, motif.replace("-", " ")), "Une action inventée", "#") for motif in Motif)
    return picture([Rang("Chaque dessin", every, "#", "O01"), Rang("Sans action", (), vide="Rien n’y est prévu.")], ())


def _pieces() -> dict[str, Any]:
    words = ("Inscrite", "Tenue", "En préparation", "En retard", "Rien n’est annoncé")
    return {
        "tons": [Tampon(word, tone) for word, tone in zip(words, Ton, strict=True)],
        "paroles": [PAROLE, MotsSignes(lines="1838", url="#")],
        "annees": _annees(),
        "chiffres": _chiffres(),
        "items": _items(),
        "axes": _axes(),
        "marge": [
            Lien("Commune d’Exemple", "#", note="pilote"),
            Lien("visites au lieu d’accueil", code="I12", stamp=Tampon("pas de donnée", Ton.MUET)),
        ],
        "provenance": [
            Renseignement("Valeur", "1\u202f415 habitants"),
            Renseignement("Source", "Insee, recensement de la population", "#"),
            Renseignement("Date de saisie"),
        ],
        "lignes": _document(),
        "graphique": _graphique(),
        "carres": _carres(),
    }


def _moyens() -> dict[str, Any]:
    tabs = ("Les actions", "Les signataires", "Les crédits", "Les indicateurs", "La gouvernance")
    return {
        "fil": [Lien("Accueil", "#"), Lien("Contrat d’Exemple", "#"), Lien("O01 Rapprocher l’emploi")],
        "onglets": [Lien("Le contrat", "#", current=True), *(Lien(tab, "#") for tab in tabs)],
        "resultats": [_resultat(), Resultat("Une action sans extrait", "#", "O02-A02")],
        "page": Paginator(range(95), 10).page(5),
        "liste": _with_views(_vue(31, "page=3")),
        "liste_vide": _vue(0),
        "liste_courte": _vue(1),
        "adresses": {"csv": "exemple.csv", "xlsx": "exemple.xlsx"},
    }


def _formulaires() -> dict[str, Any]:
    nothing = ContentType.objects.none()
    refused = QueryDict("errone-pilote=personne")
    return {
        "formulaire": FormulaireDExemple(auto_id="saisie_%s"),
        "formulaire_errone": FormulaireDExemple({"nom": ""}, auto_id="errone_%s"),
        "filtre": FiltreDExemple(QueryDict("titre=place"), queryset=nothing),
        "filtre_errone": FiltreDExemple(refused, queryset=nothing, prefix="errone"),
    }


def gallery_context() -> dict[str, Any]:
    """The context of `core/galerie.html`, which needs a request (for the query strings of the lists)."""
    return {**_pieces(), **_moyens(), **_formulaires()}
