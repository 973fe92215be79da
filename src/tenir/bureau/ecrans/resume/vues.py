"""The rhythm of a summary: changed by its own link, without signing in, or when signed in; never by opening a page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tenir.bureau.models import Resume
from tenir.bureau.services.resumes import choose_rhythm, find, resume_of, shown
from tenir.core.lettre import is_one_click
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.ecran.edition import read_mark
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import signed_in

DONE = {
    Resume.Rythme.MENSUEL: "C’est noté : un résumé chaque mois.",
    Resume.Rythme.HEBDOMADAIRE: "C’est noté : un résumé chaque semaine.",
    Resume.Rythme.JAMAIS: "C’est noté : vous ne recevrez plus ce résumé.",
}


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, jeton: str) -> HttpResponse:
    """The rhythm of a summary, to whoever holds its link."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    return private(_page(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def mon_resume(request: HttpRequest, acces: Acces) -> HttpResponse:
    """The rhythm of one's own summary."""
    return _page(request, resume_of(acces.personne))


def _page(request: HttpRequest, found: Resume) -> HttpResponse:
    """Three gestures that change a rhythm; a POST does, and comes back here; that of a mail program goes nowhere else.

    RFC 8058 § 3.1: it follows no redirect; the second says the same as the first.
    """
    status = 200
    if is_one_click(request):
        choose_rhythm(resume=found, rythme=Resume.Rythme.JAMAIS)
        return HttpResponse(DONE[Resume.Rythme.JAMAIS], content_type="text/plain; charset=utf-8")
    if request.method == "POST":
        if rythme := _chosen(request):
            choose_rhythm(resume=found, rythme=rythme, lu=read_mark(request))
            messages.success(request, DONE[Resume.Rythme(rythme)])
            return redirect(request.path)
        messages.error(request, "Choisissez chaque semaine, chaque mois ou jamais.")
        status = UNPROCESSABLE
    others = [(value, label) for value, label in Resume.Rythme.choices if value not in (found.rythme, "jamais")]
    given = {"resume": found, "lu": shown(found), "autres": others, "arrete": found.rythme == Resume.Rythme.JAMAIS}
    return render(request, "bureau/resume/page.html", given, status=status)


def _chosen(request: HttpRequest) -> str:
    """The rhythm that was posted; empty when it is none."""
    rythme = request.POST.get("rythme", "")
    return rythme if rythme in Resume.Rythme.values else ""
