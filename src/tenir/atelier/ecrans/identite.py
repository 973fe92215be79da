"""What the contract is: one page, one form."""

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.atelier.ecrans.commun import answer_gesture, bench_or_404, subject
from tenir.atelier.ecrans.texte import or_its_text
from tenir.atelier.models import GesteDAtelier
from tenir.atelier.services.brouillon import RIGHT
from tenir.atelier.services.identite import corriger_identite, shown
from tenir.core.typographie import typo
from tenir.ecran.edition import Ecran, posted, read_mark
from tenir.ecran.formulaires import Formulaire, Texte
from tenir.ecran.navigation import address
from tenir.fichier.modeles import ContratDeVille
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

ECRAN = Ecran("Identité du contrat", "Enregistrer", "Rien n’a changé.")


class IdentiteForm(Formulaire):
    """The title, the years, the territory."""

    GROUPES = (
        ("Le contrat", ("titre", "debut", "fin", "code_anct", "fictif")),
        ("Son territoire", ("departement", "epci", "communes", "quartiers")),
        ("Le contrat d’avant", ("avant_debut", "avant_fin")),
    )
    titre = forms.CharField(label="Titre", max_length=200)
    debut = forms.IntegerField(label="Première année", min_value=1990, max_value=2100)
    fin = forms.IntegerField(label="Dernière année", min_value=1990, max_value=2100)
    code_anct = forms.CharField(label="Code de l’ANCT", max_length=40, required=False)
    fictif = forms.BooleanField(label="Contrat fictif, pour la démonstration", required=False)
    departement = forms.CharField(label="Département", max_length=100, required=False)
    epci = forms.CharField(
        label="Intercommunalité",
        max_length=220,
        required=False,
        help_text=typo("Son nom, puis son SIREN : Val d’Exemple, 200000000."),
    )
    communes = Texte(
        label="Communes", required=False, help_text=typo("Une par ligne, avec son code INSEE : Exemple, 99001.")
    )
    quartiers = Texte(
        label="Quartiers prioritaires",
        required=False,
        help_text=typo("Un par ligne, son code puis son nom : QN09901M Les Hauts."),
    )
    avant_debut = forms.IntegerField(label="Première année", min_value=1990, max_value=2100, required=False)
    avant_fin = forms.IntegerField(label="Dernière année", min_value=1990, max_value=2100, required=False)

    def __init__(self, contrat: ContratDeVille, data: Any = None) -> None:
        super().__init__(data)
        one = contrat.identite
        before = contrat.contrat_precedent
        self.identite = one
        self.initial = {
            "titre": one.titre,
            "debut": one.periode.debut,
            "fin": one.periode.fin,
            "code_anct": one.code_anct,
            "fictif": contrat.fictif,
            "departement": one.departement,
            "epci": _line(one.epci.nom, one.epci.siren) if one.epci else "",
            "communes": "\n".join(_line(each.nom, each.insee) for each in one.communes),
            "quartiers": "\n".join(f"{each.code} {each.nom}" for each in one.quartiers),
            "avant_debut": before.periode.debut if before else None,
            "avant_fin": before.periode.fin if before else None,
        }

    def valeurs(self) -> dict[str, Any]:
        """What was typed, as the contract file writes it; what the form does not ask of a place stays known."""
        asked = self.cleaned_data
        return {
            "titre": asked["titre"],
            "periode": {"debut": asked["debut"], "fin": asked["fin"]},
            "code_anct": asked["code_anct"] or None,
            "departement": asked["departement"] or None,
            "epci": self._epci(asked["epci"]),
            "communes": [self._commune(line) for line in _lines(asked["communes"])],
            "quartiers": [self._quarter(line) for line in _lines(asked["quartiers"])],
        }

    def precedent(self) -> dict[str, Any] | None:
        """The years of the contract before."""
        asked = self.cleaned_data
        if not asked["avant_debut"] and not asked["avant_fin"]:
            return None
        return {"debut": asked["avant_debut"], "fin": asked["avant_fin"]}

    def _epci(self, written: str) -> dict[str, Any] | None:
        if not written.strip():
            return None
        nom, siren = _parted(written)
        kept = _dump(self.identite.epci) if self.identite.epci and self.identite.epci.nom == nom else {}
        return {**kept, "nom": nom, "siren": siren}

    def _commune(self, line: str) -> dict[str, Any]:
        nom, insee = _parted(line)
        kept = next((_dump(one) for one in self.identite.communes if one.nom == nom), {})
        return {**kept, "nom": nom, "insee": insee}

    def _quarter(self, line: str) -> dict[str, Any]:
        code, _, nom = line.partition(" ")
        kept = next((_dump(one) for one in self.identite.quartiers if one.code == code), {})
        return {**kept, "code": code, "nom": nom.strip() or code}


def _dump(objet: Any) -> dict[str, Any]:
    found: dict[str, Any] = objet.model_dump(mode="json", exclude_defaults=True)
    return found


def _line(nom: str, code: str | None) -> str:
    return f"{nom}, {code}" if code else nom


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _parted(line: str) -> tuple[str, str | None]:
    found = re.fullmatch(r"(.*?)[\s,]+([0-9][0-9AB][0-9 ]{3,9})", line.strip())
    return (found[1].strip(" ,"), found[2].replace(" ", "")) if found else (line.strip(), None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RIGHT)
@or_its_text
def identite(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What the contract is, to be read and corrected."""
    etabli = bench_or_404(espace)
    form = IdentiteForm(etabli.arbre.racine, posted(request))

    def write() -> GesteDAtelier | None:
        return corriger_identite(
            by=acces,
            brouillon=etabli.brouillon,
            valeurs=form.valeurs(),
            fictif=form.cleaned_data["fictif"],
            precedent=form.precedent(),
            lu=read_mark(request),
        )

    sujet = subject(etabli, retour=address("atelier-elements", espace))
    return answer_gesture(request, acces, sujet, form, ECRAN, write, lu=shown(etabli))
