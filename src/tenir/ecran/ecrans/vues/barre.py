"""The named views that the page of a list shows: one query, whatever there is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, QueryDict

from tenir.core.composants import Lien
from tenir.core.listes.adresse import NAMED, canonical, without
from tenir.core.listes.nommees import VueOuverte, VuesNommees
from tenir.core.listes.vue import Vue
from tenir.core.typographie import typo
from tenir.ecran.ecrans.vues.lieux import WHOLE, list_of, query_of, url_of
from tenir.ecran.models import VueNommee, VueParDefaut
from tenir.ecran.navigation import address
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may


def named_views(request: HttpRequest, vue: Vue, context: Mapping[str, Any]) -> VuesNommees | None:
    """The views of a list of the team for whoever opens it; none above a public list, which is an address to copy."""
    acces, match = context.get("acces"), request.resolver_match
    if acces is None or match is None or not hasattr(match.func, "decision"):
        return None
    espace, liste = context["espace"], list_of(match.url_name or "")
    rows = _rows(acces, espace, liste)
    current = _current(vue, rows)
    opened = _opened(acces, vue, current, request.path) if current else None
    asks = bool(vue.adresse) and (opened is None or opened.modifiee)
    return VuesNommees(
        _links(vue, rows, current),
        opened,
        enregistrer=_saving(espace, liste, request.path, vue.adresse) if asks else "",
        d_office=next((query_of(row) for row in rows if row.d_office), ""),  # type: ignore[attr-defined]  # annotated
    )


def _rows(acces: Acces, espace: EspaceDeContrat | None, liste: str) -> Sequence[VueNommee]:
    """The views she is shown, with whether the list opens on each."""
    opening = VueParDefaut.objects.filter(vue=OuterRef("pk"), personne=acces.personne)
    rows = VueNommee.objects.shown_to(acces.personne).filter(espace=espace, liste=liste)
    return list(rows.annotate(d_office=Exists(opening)).select_related("espace"))


def _current(vue: Vue, rows: Sequence[VueNommee]) -> VueNommee | None:
    """The view that the address says it comes from; or else the one that it happens to ask."""
    said = vue.asked.get(NAMED)
    if said is not None:
        return next((row for row in rows if str(row.pk) == said), None)
    asked = vue.adresse
    return next((row for row in rows if asked and _canonical(vue, row) == asked), None)


def _canonical(vue: Vue, row: VueNommee) -> str:
    return canonical(vue.liste, QueryDict(row.adresse))


def _links(vue: Vue, rows: Sequence[VueNommee], current: VueNommee | None) -> list[Lien]:
    """The views that the page offers, then those that people named."""
    whole = [Lien("Tous" if vue.liste.genre == "m" else "Toutes", WHOLE, current=not vue.adresse)] if rows else []
    offered = [replace(one, url=WHOLE if one.url == "?" else one.url) for one in vue.prevues] or whole
    if current:
        offered = [replace(one, current=False) for one in offered]
    note = {True: "partagée", False: ""}
    return [*offered, *(Lien(row.nom, query_of(row), note=note[row.partagee], current=row == current) for row in rows)]


def _opened(acces: Acces, vue: Vue, row: VueNommee, page: str) -> VueOuverte:
    unknown = vue.inconnus()
    kept = canonical(vue.liste, without(vue.asked, {pair for pair, _ in unknown}))
    may_change = may(acces, "vue.share" if row.partagee else "vue.update", row.espace, acces.personne)
    changed = _canonical(vue, row) != vue.adresse
    return VueOuverte(
        row.nom,
        "partagée" if row.partagee else "",
        modifiee=changed,
        retour=query_of(row),
        adresse=kept,
        lue=row.adresse,
        version=row.version,
        actualiser=url_of("vue-actualiser", row, page) if may_change and (changed or unknown) else "",
        regler=url_of("vue-modifier", row, page) if may_change else "",
        ouvrir=url_of("vue-ouverture", row, page),
        d_office=row.d_office,  # type: ignore[attr-defined]  # annotated
        inconnus=[typo(told) for _, told in unknown],
    )


def _saving(espace: EspaceDeContrat | None, liste: str, page: str, adresse: str) -> str:
    return f"{address('vue-enregistrer', espace, liste)}?{urlencode({'page': page, 'adresse': adresse})}"
