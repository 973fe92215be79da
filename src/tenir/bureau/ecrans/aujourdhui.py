"""The desk: the page one opens in the morning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.bureau.demarrage import started
from tenir.bureau.ecrans import nouveau
from tenir.bureau.ecrans.compte import headline
from tenir.bureau.services.passages import note_read
from tenir.core import horloge
from tenir.core.composants import Item, Lien
from tenir.core.typographie import capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.blocs import Section, sections_of, sentence
from tenir.ecran.navigation import address, context
from tenir.fiches.ecrans.blocs import CARRIED
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, may, reach
from tenir.habilitations.vues import needs

SHOWN = 5
"""How many lines a section shows before « les N autres »."""


class LuForm(forms.Form):
    """Until when she has read: the moment her page was made."""

    jusqu_a = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"], widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Bloc:
    """A section as the page shows it: a few lines, and where the others are."""

    section: Section
    lignes: Sequence[Item]
    autres: Lien | None

    @property
    def nouveau(self) -> bool:
        """Whether she may say that she has read it."""
        return self.section.nom == nouveau.NOM


@needs("fiche.read")
@require_http_methods(["GET", "HEAD", "POST"])
def aujourdhui(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """What there is to do today in a contract; by POST, that what is new has been read."""
    if request.method == "POST":
        return _read(request, acces, espace)
    today, now = horloge.today(), horloge.now()
    sections = sections_of(acces, espace, today)
    given = context(
        acces,
        espace,
        "aujourdhui",
        jour=date_fr(today),
        chapeau=_lede(acces, espace, sections),
        blocs=[block(section, whole=request.GET.get("section") == section.nom) for section in sections],
        **_for_her(acces, espace, sections),
        annulables=undoable(acces, espace),
        lu=LuForm(initial={"jusqu_a": now.isoformat(timespec="microseconds")}),
    )
    return render(request, "bureau/aujourdhui.html", given)


def _read(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    form = LuForm(request.POST)
    moment: datetime | None = form.cleaned_data["jusqu_a"] if form.is_valid() else None
    note_read(by=acces, espace=espace, jusqu_a=moment)
    messages.success(request, "C’est noté : vous avez tout lu.")
    return redirect("aujourdhui", espace.slug)


def _lede(acces: Acces, espace: EspaceDeContrat, sections: list[Section]) -> str:
    """What is to be done; for who only reads, what is new."""
    reached = reach(acces, "fiche.update", espace)
    if reached == Portee.SIENNE and not any(section.nom == CARRIED for section in sections):
        return sentence(sections) or typo("Votre organisme ne porte aucune action ici : rien ne vous attend.")
    if reached != Portee.AUCUNE:
        return sentence(sections) or "Rien ne vous attend aujourd’hui."
    new = next((len(section.lignes) for section in sections if section.nom == nouveau.NOM), 0)
    if not new:
        return "Rien de nouveau depuis votre dernière lecture."
    return typo(f"{capital(pluriel(new, 'nouveauté', genre='f', lettres=True))} à lire.")


def block(section: Section, *, whole: bool) -> Bloc:
    """A section cut where the page stops, unless the whole of it is asked."""
    left = len(section.lignes) - SHOWN
    if whole or left <= 0:
        return Bloc(section, section.lignes, None)
    text = f"Les {left} autres" if left > 1 else "Une autre"
    elsewhere = section.ailleurs or f"?section={section.nom}#{section.nom}"
    return Bloc(section, section.lignes[:SHOWN], Lien(text, elsewhere))


def _for_her(acces: Acces, espace: EspaceDeContrat, sections: list[Section]) -> dict[str, Any]:
    """What the page adds to its sections: her main action when she carries something, figures when she only reads."""
    reached = reach(acces, "fiche.update", espace)
    carried = next((section.lignes for section in sections if section.nom == CARRIED), ())
    return {
        "donner": carried[0] if carried else None,
        "donner_url": address("fiche-nouvelle", espace, carried[0].code) if carried else "",
        "chiffres": headline(espace, horloge.today()) if reached == Portee.AUCUNE else [],
        "actions": address("fiches", espace),
        "demarrage": address("demarrage", espace) if _begins(acces, espace) else "",
    }


def _begins(acces: Acces, espace: EspaceDeContrat) -> bool:
    """Whether she runs a contract whose follow-up has not started."""
    return may(acces, "point.update", espace) and not started(espace)
