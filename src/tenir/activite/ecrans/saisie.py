"""Writing what was done: choosing its kind, then the form that the kind makes."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tenir.activite.ecrans.commun import ONGLET, at, read_by, whole, writable
from tenir.activite.ecrans.formulaires import EntreeForm, bodies_for
from tenir.activite.enums import Forme, Statut
from tenir.activite.models import Entree
from tenir.activite.periodes import last_period
from tenir.activite.services.entree import GENRE, RIGHT, record_entree, title_of
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.listes import UNPROCESSABLE
from tenir.core.typographie import capital
from tenir.ecran.annulation.barre import with_undo
from tenir.ecran.edition import posted
from tenir.ecran.navigation import address, context
from tenir.fiches.models import FicheAction
from tenir.fichier.mots import plain
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.organismes import bodies_of
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.natures.modeles import NatureEntiere

RECENT = 5
"""How many kinds used lately come first."""
NO_THEME = "Toutes les autres"
KEPT = ("organisme", "lieu", "autre_lieu", "quartier")
"""What one entry after another keeps."""
ALIKE = (*KEPT, "minutes", "titre")


@needs("entree.update", theirs=True)
def choisir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Choose the kind: those used lately first, then by theme."""
    asked = request.GET.get("q", "")[:100]
    kinds = writable(acces, espace)
    found = [one for one in kinds if _answers(one, asked)]
    groups = _by_theme(espace, found)
    recent = [one for code in _lately(acces, espace) for one in kinds if one.nature == code]
    if recent and not asked:
        groups = [("Inscrites récemment", [_link(espace, one) for one in recent]), *groups]
    given = context(acces, espace, ONGLET, groupes=groups, q=asked, retour=address(ONGLET, espace))
    return render(request, "activite/choisir.html", given)


def _answers(kind: NatureEntiere, asked: str) -> bool:
    said = plain(" ".join([kind.libelle, kind.pluriel, kind.page or "", *kind.themes]))
    return all(word in said for word in plain(asked).split())


def _by_theme(espace: EspaceDeContrat, kinds: list[NatureEntiere]) -> list[tuple[str, list[Lien]]]:
    themes = sorted({theme for one in kinds for theme in one.themes}, key=plain)
    named = [(capital(theme), [one for one in kinds if theme in one.themes]) for theme in themes]
    others = [one for one in kinds if not one.themes]
    rest = [(NO_THEME if named else "Ce qui peut s’inscrire", others)] if others else []
    return [(title, [_link(espace, one) for one in found]) for title, found in (*named, *rest)]


def _link(espace: EspaceDeContrat, kind: NatureEntiere) -> Lien:
    return Lien(kind.libelle, address("entree-inscrire", espace, kind.nature), note=kind.page or "")


def _lately(acces: Acces, espace: EspaceDeContrat) -> list[str]:
    """The kinds that her bodies wrote last, or that she did; one query."""
    mine = Q(organisme__identifiant__in=bodies_of(acces, espace)) | Q(auteur=acces.personne)
    rows = read_by(acces, espace).filter(mine).order_by().values_list("mots__code").annotate(last=Max("numero"))
    return [code for code, _ in rows.order_by("-last")[:RECENT]]


@require_http_methods(["GET", "POST"])
@needs("entree.update", theirs=True)
def inscrire(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Write an entry under a kind; then see it, or write another like it."""
    kind = next((one for one in writable(acces, espace) if one.nature == code), None)
    if kind is None:
        raise Http404
    form = EntreeForm(Entree(espace=espace), kind, acces, posted(request), **_proposed(request, acces, espace, kind))
    if form.is_valid():
        try:
            made = record_entree(by=acces, espace=espace, nature=code, saisie=form.saisie(), exact=form.exact)
        except ValidationError as error:
            form.refuse(error)
        else:
            return _written(request, acces, made, kind)
    given = context(
        acces, espace, ONGLET, form=form, nature=kind, nouvelle=True, retour=address("entree-nouvelle", espace)
    )
    return render(request, "activite/saisie.html", given, status=UNPROCESSABLE if form.errors else 200)


def _written(request: HttpRequest, acces: Acces, made: Entree, kind: NatureEntiere) -> HttpResponse:
    """The entry; or the same form again, saying what was written and how to take it back."""
    said = f"C’est inscrit : {title_of(made)}."
    if "encore" not in request.POST:
        messages.success(request, said)
        return redirect(at(made))
    again = f"{address('entree-inscrire', made.espace, kind.nature)}?{urlencode({'apres': made.numero})}"
    messages.success(request, with_undo(acces, made.espace, said, again, genre=GENRE, code=made.code))
    return redirect(again)


def _proposed(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, kind: NatureEntiere) -> dict[str, Any]:
    """What the form holds before anything is typed: days, her body, the actions of the kind; or what another says."""
    today = horloge.today(espace)
    debut, fin = last_period(kind.periode, today) if kind.forme == Forme.DECOMPTE.value else (today, today)
    given = {"debut": debut, "fin": fin, "statut": Statut.TENUE.value}
    if like := _like(request, acces, espace):
        return given | like
    linked = FicheAction.objects.of(espace).filter(action__code__in=kind.actions).order_by("pk")
    mine = list(bodies_for(acces, espace, RIGHT)[:2])
    return given | {
        "organisme": mine[0] if len(mine) == 1 else acces.organisation(espace),
        "fiches": sorted(str(pk) for pk in linked.values_list("pk", flat=True)),
    }


def _like(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> dict[str, Any]:
    """What is taken from another entry: to write one after it (`apres`), or one like it (`comme`)."""
    named = next((name for name in ("comme", "apres") if request.GET.get(name, "").isdecimal()), "")
    asked = request.GET.get(named, "")[:9]
    other = whole(read_by(acces, espace)).filter(numero=int(asked)).first() if asked else None
    if other is None:
        return {}
    found = {name: getattr(other, name) for name in (ALIKE if named == "comme" else KEPT)}
    found["fiches"] = sorted(str(one.pk) for one in other.fiches.all())
    if named == "comme":
        found["avec"] = sorted(str(one.pk) for one in other.avec.all())
    return found
