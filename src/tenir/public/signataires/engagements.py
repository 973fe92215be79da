"""Promises: their list over every signatory, and the page of each."""

from collections.abc import Callable, Sequence
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from tenir.contrat.absences import told_of, unless_unread
from tenir.contrat.adresses import address
from tenir.contrat.models import Engagement
from tenir.contrat.models.signataires import EngagementQuerySet
from tenir.contrat.recherche import query_words
from tenir.core import horloge
from tenir.core.cellules import second_line, stamp, together
from tenir.core.composants import Lien
from tenir.core.listes import Colonne, Liste, Place, read, respond, text_column
from tenir.core.typographie import accord, capital, en_lettres, pluriel
from tenir.ecran.mots import UNDECLARED
from tenir.engagements.enums import EtatDEngagement
from tenir.engagements.models import SuiviDEngagement
from tenir.fichier.enums import Contenu, Forme
from tenir.habilitations.models import EspaceDeContrat, contract_known
from tenir.habilitations.publications import Genre, publishes
from tenir.public.actions.liste import entries_with, titled
from tenir.public.cellules import coded_link, link
from tenir.public.espace import context, contract_or_404, crumbs, item_or_404
from tenir.public.listes import CONTRAT, Choices, FiltreDuContrat, french
from tenir.public.mots import signed_words
from tenir.public.signataires.arbre import served_by, tree, with_orientations
from tenir.public.signataires.suivi import (
    LATE,
    follow_up,
    is_late,
    of_life,
    of_news,
    of_suivi,
    overview,
    reason_of,
    stamp_of,
    state_of,
    with_news,
)
from tenir.public.vie import kept
from tenir.public.voisins import neighbours

AUCUNE = "aucune"
SILENCE, RETARD = "aucun", "en-retard"
"""What the filter of states calls the promises of which nothing is announced, and those that are late."""
ABOVE = ("code", "parent__code", "parent__parent__code", "signataire__code")
"""A word counts for a promise when it stands in it, in what it is under, or in the name of its signatory."""
FORMES = [(Forme.PUCE.value, "En liste"), (Forme.PROSE.value, "En prose")]


def engagements(request: HttpRequest, slug: str, format: str = "") -> HttpResponse:
    """The list of promises, or its export."""
    espace = contract_or_404(slug)
    given = {} if format else _list_context(espace)
    return respond(
        request,
        "public/engagements.html",
        liste=told_of(ENGAGEMENTS, espace, Contenu.ENGAGEMENTS),
        filtre=FiltreDesEngagements,
        rows=rows(espace, files=bool(format)),
        export_name=f"{slug}-engagements",
        format=format,
        context=given,
    )


def engagement(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One promise: its words, what it is under, what stands under it, the orientations it serves."""
    espace = contract_or_404(slug)
    wanted = with_orientations(Engagement.objects.select_related("signataire", "suivi", "parent__parent"))
    found = item_or_404(wanted.prefetch_related(with_news()), espace, code)
    return render(request, "public/engagement.html", context(espace, "signataires", **_content(espace, found)))


def rows(espace: EspaceDeContrat, *, files: bool = False) -> EngagementQuerySet:
    """The promises of a contract, headings left out, with all that a list says of them, and a file with their news."""
    promises = Engagement.objects.of(espace).comptes()
    found = with_orientations(promises.select_related("signataire", "suivi", "parent__parent"))
    return found.prefetch_related(with_news()) if files else found


def headings(found: Engagement) -> list[Engagement]:
    """What a promise is under, the highest first."""
    chain: list[Engagement] = []
    above = found.parent
    while above:
        chain.insert(0, above)
        above = above.parent
    return chain


def _title(row: Engagement) -> str:
    """The title leads to the promise; what it is under stands below."""
    under = " › ".join(one.titre for one in headings(row))
    return together([link(row.espace.slug, row.code, row.titre), second_line(under)], "")


def _state(row: Engagement) -> str:
    """Where it stands, and whether it is late."""
    found = stamp_of(row)
    return stamp(found.word, found.tone)


def _of_life(name: str, titre: str, say: Callable[[Engagement], object], *genres: Genre) -> Colonne:
    """A column of a file on the life of a promise, or that the team keeps it."""
    return Colonne(*of_life(name, titre, say, *genres), on_page=False)


def _signatory(row: Engagement) -> str:
    """The name leads to the signatory."""
    return link(row.espace.slug, row.signataire.code, row.signataire.nom)


def _orientations(row: Engagement) -> str:
    """The codes and titles lead to the orientations."""
    slug = row.espace.slug
    served = [coded_link(slug, one.code, one.text) for one in served_by(row, slug)]
    return together([second_line(one) for one in served], "") or stamp("aucune")


ENGAGEMENTS = Liste(
    "Engagements des signataires",
    (
        CONTRAT,
        Colonne("code", "Code", read("code"), order_by=("ordre",), css="code", place=Place.LIGNE),
        Colonne("titre", "Engagement", read("titre"), _title, key=french("titre"), place=Place.TITRE),
        Colonne(
            "sous",
            "Sous l’intitulé",
            lambda row: " › ".join(f"{one.code} {one.titre}" for one in headings(row)),
            on_page=False,
        ),
        Colonne("code_du_signataire", "Code du signataire", read("signataire.code"), on_page=False),
        Colonne(
            "signataire",
            "Signataire",
            read("signataire.nom"),
            _signatory,
            order_by=("signataire__ordre", "ordre"),
            place=Place.LIGNE,
        ),
        Colonne(
            "orientations",
            "Orientations servies, rapprochement proposé par Tenir",
            lambda row: ", ".join(one.code for one in served_by(row, row.espace.slug)),
            _orientations,
        ),
        Colonne(
            "titres_des_orientations",
            "Titres des orientations servies",
            lambda row: " ; ".join(f"{one.code} {one.text}" for one in served_by(row, row.espace.slug)),
            on_page=False,
        ),
        Colonne("etat", "Où il en est", state_of, _state, order_by=("suivi__etat",), place=Place.ETAT),
        _of_life("etat_depuis", "Depuis le", of_suivi("etat_depuis")),
        _of_life("raison", "Raison", reason_of),
        _of_life("jugement", "Comment on jugera", of_suivi("jugement")),
        _of_life("attendu_pour", "Attendu pour le", of_suivi("attendu_pour")),
        _of_life("retard", "En retard", lambda row: "oui" if is_late(row) else "non", Genre.RETARDS),
        _of_life("derniere_nouvelle_le", "Dernière nouvelle le", of_news("le"), Genre.NOUVELLES),
        _of_life("derniere_nouvelle", "Dernière nouvelle", of_news("told"), Genre.NOUVELLES),
        text_column("forme", "Forme", on_page=False),
        text_column("source", "Lignes du document", on_page=False),
        text_column("mots", "Mots signés", on_page=False),
    ),
    noun="engagement",
    genre="m",
    empty="Aucun engagement ne répond à ces filtres.",
    sort="code",
)
"""Promises; what only a file needs is not on the page."""


class FiltreDesEngagements(FiltreDuContrat):
    """Signatory, orientation served, form, words."""

    signataire = django_filters.ChoiceFilter(label="Signataire", field_name="signataire__code", empty_label="Tous")
    orientation = django_filters.ChoiceFilter(
        label="Orientation servie", method="serving", empty_label="Toutes", help_text="Rapprochement proposé par Tenir."
    )
    etat = django_filters.ChoiceFilter(label="Où il en est", method="in_state", empty_label="Peu importe")
    forme = django_filters.ChoiceFilter(label="Forme dans le document", empty_label="Toutes", choices=FORMES)

    class Meta:
        model = Engagement
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = self.queryset.order_by().values_list("signataire__ordre", "signataire__code", "signataire__nom")
        self.offer("signataire", [(code, nom) for _, code, nom in sorted(set(named))])
        served = titled(self.queryset.filter(orientations__retire=False), "orientations__")
        self.offer("orientation", [*served, (AUCUNE, "Aucune")])
        self.offer("etat", _states(contract_known(self.queryset)))

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The promises that hold every word, in themselves, what they are under, or their signatory's names."""
        for word in query_words(value):
            holding, place = entries_with(self.queryset, word), Q()
            for code in ABOVE:
                place |= Q(**{f"{code}__in": holding})
            rows = rows.filter(place)
        return rows

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The promises declared so, or of which nothing is announced, or that are late."""
        if value == RETARD:
            espace = contract_known(rows)
            late = SuiviDEngagement.objects.filter(espace=espace).late(horloge.today(espace))
            return rows.filter(suivi__in=late.order_by().values("pk"))
        return rows.filter(Q(suivi=None) | Q(suivi__etat="")) if value == SILENCE else rows.filter(suivi__etat=value)

    def serving(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The promises that serve an orientation, or none."""
        return rows.filter(orientations=None) if value == AUCUNE else rows.filter(orientations__code=value)


def _states(espace: EspaceDeContrat) -> Choices:
    """The states that one may ask for: none where the team keeps them."""
    if not publishes(espace, Genre.ENGAGEMENTS):
        return []
    late = [(RETARD, LATE)] if publishes(espace, Genre.RETARDS) else []
    return [(SILENCE, UNDECLARED), *EtatDEngagement.choices, *late]


def _list_context(espace: EspaceDeContrat) -> dict[str, Any]:
    counted = (
        Engagement.objects.of(espace)
        .comptes()
        .aggregate(
            total=Count("pk", distinct=True),
            signatories=Count("signataire", distinct=True),
            alone=Count("pk", distinct=True, filter=Q(orientations=None)),
        )
    )
    return context(
        espace,
        "signataires",
        fil=crumbs(espace, _signatories(espace), Lien("Tous les engagements")),
        chapeau=unless_unread(espace, Contenu.ENGAGEMENTS, f"{list_lede(**counted)} {_follow_up(espace)}".strip()),
    )


def _follow_up(espace: EspaceDeContrat) -> str:
    return overview(espace) or kept(espace, Genre.ENGAGEMENTS)


def list_lede(total: int, signatories: int, alone: int) -> str:
    """How many promises were signed, by how many, and how many serve no orientation in our reading."""
    if not total:
        return "Aucun signataire n’a encore écrit d’engagement."
    who = pluriel(signatories, "signataire", lettres=True)
    start = capital(f"{pluriel(total, 'engagement', lettres=True)} {'d’' if signatories == 1 else 'de '}{who}")
    if not alone:
        return f"{start}, chacun rapproché d’une orientation au moins."
    matched = accord(alone, "n’est rapproché", "ne sont rapprochés")
    return f"{start}, dont {en_lettres(alone)} {matched} d’aucune orientation."


def _signatories(espace: EspaceDeContrat) -> Lien:
    return Lien("Les signataires", reverse("signataires", args=[espace.slug]))


def _content(espace: EspaceDeContrat, found: Engagement) -> dict[str, Any]:
    slug, signataire = espace.slug, found.signataire
    under = with_orientations(Engagement.objects.of(espace).filter(signataire=signataire).select_related("suivi"))
    children = tree(under, slug, root=found.pk)
    served = served_by(found, slug)
    return {
        "engagement": found,
        "surtitre": "Intitulé qui regroupe des engagements" if found.regroupement else "Engagement",
        "fil": crumbs(
            espace,
            _signatories(espace),
            Lien(signataire.nom, address(slug, signataire.code)),
            *(Lien(one.code, address(slug, one.code)) for one in headings(found)),
            Lien(found.code),
        ),
        "chapeau": lede(
            found, [one.code for one in served], sum(not one.intitule for child in children for one in child.walk())
        ),
        "suivi": follow_up(found),
        "mots": signed_words(found, slug),
        "au_dessus": [Lien(one.titre, address(slug, one.code), one.code) for one in headings(found)],
        "engagements": children,
        "orientations": served,
        "signe_par": [Lien(signataire.nom, address(slug, signataire.code), signataire.code)],
        "voisins": neighbours(Engagement.objects.of(espace).filter(signataire=signataire), found, slug),
    }


def lede(found: Engagement, served: Sequence[str], under: int) -> str:
    """Whose promise it is and what it serves; or how many promises a heading groups."""
    signed = f"Signataire\u00a0: {found.signataire.nom}."
    if found.regroupement:
        count = pluriel(under, "engagement", lettres=True)
        return f"{signed} Cet intitulé regroupe {count} et n’est pas compté lui-même."
    if not served:
        return f"{signed} Tenir ne rapproche cet engagement d’aucune orientation."
    together = " et ".join(piece for piece in (", ".join(served[:-1]), served[-1]) if piece)
    return f"{signed} Tenir le rapproche {accord(len(served), 'de l’orientation', 'des orientations')} {together}."


urlpatterns = [
    path("engagements/", engagements, name="engagements"),
    path("engagements.<str:format>", engagements, name="engagements-export"),
    path("engagements/<str:code>", engagement, name="engagement"),
]
