"""« Ce que Tenir sait de moi »: whoever signs in reads it, takes it away, and learns how to be erased."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenir.acteurs.models import Personne
from tenir.bureau.ecrans.personnes.tableaux import archive, identity, tables
from tenir.bureau.services.resumes import resume_of
from tenir.core import horloge
from tenir.core.composants import Renseignement
from tenir.ecran.navigation import address, own_context
from tenir.habilitations.connu import known_of
from tenir.habilitations.models import Habilitation
from tenir.habilitations.rights import Acces
from tenir.habilitations.roles import Role
from tenir.habilitations.vues import signed_in


@require_safe
@signed_in
def mes_donnees(request: HttpRequest, acces: Acces) -> HttpResponse:
    """All that is known of whoever is signed in."""
    connu = known_of(acces.personne)
    places = {held.espace_id: held.espace for held in acces.habilitations}
    histories = [
        (espace.titre if espace else "plateforme", address("trace-personne", espace, acces.personne.pk))
        for espace in places.values()
    ]
    given = own_context(
        acces,
        identite=[Renseignement(label, value) for label, value in identity(connu)],
        tableaux=tables(connu),
        histoires=histories,
        qui_efface=_who_erases(),
        resume=resume_of(acces.personne),
    )
    return render(request, "bureau/personnes/mes_donnees.html", given)


@require_safe
@signed_in
def mes_donnees_export(request: HttpRequest, acces: Acces) -> HttpResponse:
    """The same in one archive, readable without Tenir."""
    response = HttpResponse(archive(known_of(acces.personne)), content_type="application/zip")
    name = f"tenir-mes-donnees-{horloge.real_today():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _who_erases() -> list[Personne]:
    """Those whom one asks to be erased: they administer the platform and can sign in."""
    held = Habilitation.objects.current(horloge.real_today()).filter(role=Role.ADMINISTRATION)
    return list(Personne.objects.filter(pk__in=held.values("personne"), utilisateur__is_active=True))
