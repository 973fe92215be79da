"""What texts still say of someone who was erased: taken off one by one, by people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Personne
from tenir.core.typographie import pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import context
from tenir.habilitations.mentions import Lieu, dismiss, left, strike
from tenir.habilitations.models import EspaceDeContrat, Mention
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs


@require_http_methods(["GET", "POST"])
@needs("personne.erase")
def mentions(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """The texts that named her when she was erased and have not changed since; a button takes the name off one."""
    personne = get_object_or_404(Personne.objects.filter(effacee_le__isnull=False), pk=numero)
    if request.method == "POST":
        return _act(request, acces, personne)
    found = left(personne)
    given = context(
        acces, espace, "personnes", personne=personne, lieux=found, chapeau=_lede(found), retour=reverse("personnes")
    )
    return render(request, "bureau/personnes/mentions.html", given)


def _act(request: HttpRequest, acces: Acces, personne: Personne) -> HttpResponse:
    """Take a name off, or keep the text of someone else; done already, nothing is to be done."""
    wanted, lu = request.POST.get("mention", ""), read_mark(request)
    mention = personne.mentions.filter(pk=wanted).first() if wanted.isdecimal() else None
    if isinstance(mention, Mention):
        if request.POST.get("geste") == "retirer":
            strike(by=acces, mention=mention, lu=lu)
            messages.success(request, "Le nom est retiré.")
        elif request.POST.get("geste") == "garder":
            dismiss(by=acces, mention=mention, lu=lu)
            messages.success(request, typo("Ce texte reste : il parle de quelqu’un d’autre."))
    return redirect("personne-mentions", personne.pk)


def _lede(found: list[Lieu]) -> str:
    if not found:
        return typo("Aucun texte ne la nomme plus.")
    verb, since = ("la nomment", "n’ont") if len(found) > 1 else ("la nomme", "n’a")
    return typo(f"{pluriel(len(found), 'texte')} {verb}, et {since} pas changé depuis qu’elle est effacée.")
