"""The paper of a committee: a page, a Word file, an accessible PDF, which say the same thing."""

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tenir.bureau.papier.detail import detail
from tenir.bureau.papier.faits import Faits, facts
from tenir.bureau.papier.premiere import first_page, lede
from tenir.core import horloge
from tenir.core.documents import Document, document_response
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import date_fr, typo
from tenir.ecran.formulaires import JourField
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs

HALF_A_YEAR = timedelta(days=182)
"""Since when things are new, unless another day is asked for: a committee meets twice a year."""


class DepuisForm(forms.Form):
    """Since when what changed is told."""

    depuis = JourField(label="Ce qui a changé depuis le")

    def clean_depuis(self) -> date:
        """A day gone by."""
        day: date = self.cleaned_data["depuis"]
        if day > horloge.today():
            raise forms.ValidationError("Donnez un jour passé : ce papier dit ce qui a changé depuis.")
        return day


@needs("fiche.read")
def papier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The paper as of today, or its file."""
    today = horloge.today()
    form = DepuisForm(request.GET if "depuis" in request.GET else {"depuis": (today - HALF_A_YEAR).isoformat()})
    readable = form.is_valid()
    since: date = form.cleaned_data["depuis"] if readable else today - HALF_A_YEAR
    document = paper_of(facts(espace, today, since))
    if format and readable:
        return document_response(document, name=f"{espace.slug}-comite-{today.isoformat()}", format=format)
    asked = f"?depuis={since.isoformat()}"
    given = context(
        acces,
        espace,
        "papier",
        document=document,
        surtitre=typo(f"Pour le comité, faits au {date_fr(today)}"),  # the head names the contract; the files have none
        form=form,
        pdf=f"{address('papier-fichier', espace, 'pdf')}{asked}",
        docx=f"{address('papier-fichier', espace, 'docx')}{asked}",
    )
    return render(request, "bureau/papier.html", given, status=200 if readable else UNPROCESSABLE)


def paper_of(found: Faits) -> Document:
    """The paper, as the page and its files say it."""
    return Document(
        titre="L’essentiel en une page",
        surtitre=typo(f"{found.espace.titre} : pour le comité, faits au {date_fr(found.le)}"),
        chapeau=(lede(found),),
        parties=(*first_page(found), *detail(found)),
        avertissement=typo("Contrat fictif : rien de ce que dit ce papier n’existe.") if found.espace.fictif else "",
    )
