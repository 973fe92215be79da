"""Erasing the values that a trace holds of a thing or of a person: confirmed, with a reason, itself an entry."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import address, context
from tenir.equipe.ecrans.traces.liste import Entries
from tenir.equipe.ecrans.traces.vues import person_or_404
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import OF_A_PERSON, about, entries_of, erasable, erase, shown
from tenir.habilitations.vues import needs

SHOWN = 50
"""How many of the entries to erase the confirmation shows."""


class EffacementForm(forms.Form):
    """The reason."""

    motif = forms.CharField(
        label="Pourquoi", max_length=500, help_text=typo("Cette raison reste dans la trace : n’y nommez personne.")
    )


@require_http_methods(["GET", "POST"])
@needs("trace.erase")
def effacer_objet(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, genre: str, objet: str
) -> HttpResponse:
    """Erase the values that the trace holds of one thing."""
    if genre in OF_A_PERSON:
        raise Http404
    entries = entries_of(espace).filter(genre=genre, objet=objet)
    return _confirm(request, acces, espace, entries, f"{genre} {objet}", address("trace-objet", espace, genre, objet))


@require_http_methods(["GET", "POST"])
@needs("trace.erase")
def effacer_personne(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """Erase the values that the trace holds about one person."""
    personne = person_or_404(espace, numero)
    entries = entries_of(espace).filter(about(personne))
    return _confirm(request, acces, espace, entries, str(personne), address("trace-personne", espace, numero))


def _confirm(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, entries: Entries, what: str, back: str
) -> HttpResponse:
    entries = erasable(entries)
    count = entries.count()
    if not count:
        raise Http404
    form = EffacementForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        motif, lu = form.cleaned_data["motif"], read_mark(request)
        cleared = erase(by=acces, espace=espace, entries=entries, motif=motif, lu=lu)
        messages.success(request, f"Les valeurs de {pluriel(cleared, 'entrée', genre='f')} sont effacées.")
        return redirect(back)
    given = {
        "entrees": entries[:SHOWN],
        "nombre": count,
        "chapeau": typo(f"{what} : {pluriel(count, 'entrée', genre='f')}."),
        "retour": back,
        "form": form,
        "lu": shown(entries),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "equipe/trace/effacement.html", context(acces, espace, "trace", **given), status=status)
