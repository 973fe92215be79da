"""Searching everything that a contract says: results by kind, the words found marked, the list to take away."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from tenir.contrat.adresses import address
from tenir.contrat.models import ActionPrevue, CodeRetire, Engagement, EntreeDeRecherche
from tenir.contrat.recherche import MAX_RESULTS, SEARCHED, Resultat, query_words, search
from tenir.core.composants import Lien, Morceau, Tampon
from tenir.core.composants import Resultat as ResultatAffiche
from tenir.core.exports import export_response
from tenir.core.typographie import NBSP, accord, nombre, pluriel
from tenir.fichier.codes import owner
from tenir.fichier.mots import words
from tenir.habilitations.models import EspaceDeContrat
from tenir.public.actions.avancement import stamp_of as stamp_of_action
from tenir.public.actions.avancement import with_steps
from tenir.public.espace import context, contract_or_404, crumbs
from tenir.public.signataires.suivi import stamp_of as stamp_of_promise

PER_GROUP = 10
"""Results shown of each kind until one asks for them all."""

AROUND = 140
"""Characters kept before the first word found."""

EXCERPT = 320
LONGEST_CODE = 40

TRUNCATED = (
    f"Seuls les {nombre(MAX_RESULTS)} premiers éléments sont montrés et téléchargés : ajoutez un mot pour préciser."
)

KINDS = {
    "axe": "Axes",
    "orientation": "Orientations",
    "action prévue": "Actions prévues",
    "engagement": "Engagements",
    "signataire": "Signataires",
    "indicateur": "Indicateurs",
    "instance": "Instances de gouvernance",
    "ligne de crédits": "Lignes de crédits",
    "objectif": "Objectifs",
    "donnée": "Données",
    "lieu": "Lieux",
    "rappel": "Rappels",
    "document cadre": "Documents cadres",
    "article": "Articles",
    "enseignement": "Enseignements",
    "partie": "Parties du document",
}
"""Each kind that is searched, as a heading."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Groupe:
    """The results of one kind."""

    titre: str
    nombre: int
    resultats: Sequence[ResultatAffiche]
    suite: str


def recherche(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of results; a code typed leads to its item."""
    espace = contract_or_404(slug)
    question = _question(request)
    if there := _item_typed(espace, question):
        return there
    found = search(espace, question)
    given = context(
        espace,
        fil=crumbs(espace, Lien("Recherche")),
        chapeau=lede(found),
        groupes=_groups(espace, found, _genre(request, found)),
        avis=TRUNCATED if found.tronque else "",
    )
    return render(request, "public/recherche.html", given | {"question": question})


def recherche_export(request: HttpRequest, slug: str, format: str) -> HttpResponse:
    """The results as a file; of one kind when the page shows one."""
    espace = contract_or_404(slug)
    rows = _rows(request, espace, search(espace, _question(request)))
    return export_response(rows, name=f"{slug}-recherche", format=format)


def _question(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()


def _genre(request: HttpRequest, found: Resultat) -> str:
    """The one kind that is asked, or nothing when none is, or none of it was found."""
    genre = request.GET.get("genre", "")
    return genre if genre in found.groupes else ""


def _item_typed(espace: EspaceDeContrat, question: str) -> HttpResponseRedirect | None:
    """Where a code leads, when the question is one; a code that moved leads to where its item stands now."""
    code = question.upper()
    if not code or len(code) > LONGEST_CODE or " " in code:
        return None
    if EntreeDeRecherche.objects.filter(espace=espace, code=code).exists():
        return redirect(address(espace.slug, code))
    moved = CodeRetire.objects.filter(espace=espace, code=code).exclude(remplace_par="").first()
    return redirect(address(espace.slug, moved.remplace_par)) if moved else None


def lede(found: Resultat) -> str:
    """What was found, in a sentence."""
    if not query_words(found.question):
        return "Actions, engagements, crédits, instances, chiffres et mots signés : tout se cherche ici."
    asked = f"«{NBSP}{found.question}{NBSP}»"
    if not found.total:
        return f"Rien ne répond à {asked} dans ce contrat."
    if found.tronque:
        return f"Au moins {nombre(MAX_RESULTS)} éléments répondent à {asked}.{_also(found)}"
    return f"{pluriel(found.total, 'élément')} {accord(found.total, 'répond', 'répondent')} à {asked}.{_also(found)}"


def _also(found: Resultat) -> str:
    """What contracts write for what was asked, where something was found by it."""
    told = ", ".join(f"«{NBSP}{one.ecrit}{NBSP}»" for one in found.aussi)
    return f" Le contrat dit aussi{NBSP}: {told}." if told else ""


def _groups(espace: EspaceDeContrat, found: Resultat, genre: str) -> list[Groupe]:
    """The groups to show: the first results of each kind, or every result of one kind."""
    asked = [*query_words(found.question), *(word for one in found.aussi for word in one.mots)]
    shown = {
        kind: entries if kind == genre else entries[:PER_GROUP]
        for kind, entries in found.groupes.items()
        if not genre or kind == genre
    }
    entries = [entry for group in shown.values() for entry in group]
    texts, owners, stamps = words_of(espace, entries), _owners(espace, entries), stamps_of(espace, entries)
    return [
        Groupe(
            titre=KINDS[kind],
            nombre=len(found.groupes[kind]),
            resultats=[_result(espace.slug, entry, asked, texts, owners, stamps) for entry in group],
            suite=_all_of(espace.slug, found.question, kind) if len(group) < len(found.groupes[kind]) else "",
        )
        for kind, group in shown.items()
    ]


def _all_of(slug: str, question: str, genre: str) -> str:
    return f"{reverse('recherche', args=[slug])}?{urlencode({'q': question, 'genre': genre})}"


def words_of(espace: EspaceDeContrat, entries: Sequence[EntreeDeRecherche]) -> dict[str, tuple[str, str]]:
    """The signed words of some items, names masked, and their printed sub-heading, by code. One query."""
    codes = [entry.code for entry in entries]
    if not codes:
        return {}
    first, *others = (
        model._default_manager.of(espace)
        .filter(code__in=codes)
        .order_by()
        .annotate(intertitre=F("sous_theme") if "sous_theme" in columns else Value(""))
        .values_list("code", "mots", "intertitre")
        for model, columns in SEARCHED.items()
    )
    return {code: (mots, intertitre) for code, mots, intertitre in first.union(*others, all=True)}


def stamps_of(espace: EspaceDeContrat, entries: Sequence[EntreeDeRecherche]) -> dict[str, Tampon]:
    """Where each action and each promise found stands, as its own page says it, by code; three queries at most."""
    kinds: dict[str, list[str]] = {}
    for entry in entries:
        kinds.setdefault(entry.genre, []).append(entry.code)
    found: dict[str, Tampon] = {}
    if codes := kinds.get(ActionPrevue.genre):
        actions = ActionPrevue.objects.of(espace).principales().filter(code__in=codes).select_related("fiche")
        found |= {one.code: stamp_of_action(one) for one in actions.prefetch_related(with_steps())}
    if codes := kinds.get(Engagement.genre):
        promises = Engagement.objects.of(espace).comptes().filter(code__in=codes).select_related("suivi")
        found |= {one.code: stamp_of_promise(one) for one in promises}
    return found


def _owners(espace: EspaceDeContrat, entries: Iterable[EntreeDeRecherche]) -> dict[str, str]:
    codes = {above for entry in entries if (above := owner(entry.code))}
    return dict(EntreeDeRecherche.objects.filter(espace=espace, code__in=codes).values_list("code", "titre"))


def _result(
    slug: str,
    entry: EntreeDeRecherche,
    asked: list[str],
    texts: dict[str, tuple[str, str]],
    owners: dict[str, str],
    stamps: dict[str, Tampon],
) -> ResultatAffiche:
    above = owner(entry.code) or ""
    mots, intertitre = texts.get(entry.code, ("", ""))
    notes = (f"{above} {owners[above]}" if above in owners else "", intertitre)
    return ResultatAffiche(
        title=entry.titre or KINDS[entry.genre],
        url=address(slug, entry.code),
        code=entry.code,
        note=" · ".join(note for note in notes if note),
        excerpt=excerpt(mots, asked),
        signed=True,
        stamp=stamps.get(entry.code),
    )


def excerpt(text: str, asked: Sequence[str]) -> list[Morceau]:
    """A piece of a text around the first word found, every word found marked; nothing when none is there."""
    hits = [match.span() for match in _WORD.finditer(text) if _is_asked(match.group(), asked)]
    if not hits:
        return []
    start = _word_start(text, hits[0][0] - AROUND)
    end = _word_end(text, start + EXCERPT)
    pieces = [Morceau("… ")] if start else []
    pieces += _marked(text, [hit for hit in hits if hit[1] <= end], start, end)
    return [*pieces, Morceau(" …")] if end < len(text) else pieces


def _marked(text: str, hits: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[Morceau]:
    at = start
    for first, last in hits:
        if at < first:
            yield Morceau(text[at:first])
        yield Morceau(text[first:last], found=True)
        at = last
    if at < end:
        yield Morceau(text[at:end])


def _is_asked(word: str, asked: Sequence[str]) -> bool:
    return any(part.startswith(one) for part in words(word) for one in asked)


def _word_start(text: str, wanted: int) -> int:
    return text.find(" ", wanted) + 1 if wanted > 0 else 0


def _word_end(text: str, wanted: int) -> int:
    return max(text.rfind(" ", 0, wanted), 0) or len(text) if wanted < len(text) else len(text)


def _rows(request: HttpRequest, espace: EspaceDeContrat, found: Resultat) -> Iterator[list[Any]]:
    genre = _genre(request, found)
    entries = [entry for kind, group in found.groupes.items() for entry in group if not genre or kind == genre]
    texts, stamps = words_of(espace, entries), stamps_of(espace, entries)
    yield ["Contrat", "Code", "Nature", "Titre", "État", "Mots signés", "Adresse"]
    for entry in entries:
        url = request.build_absolute_uri(address(espace.slug, entry.code))
        mots, _ = texts.get(entry.code, ("", ""))
        state = stamps[entry.code].word.lower() if entry.code in stamps else ""
        yield [espace.titre, entry.code, entry.genre, entry.titre, state, mots, url]


urlpatterns = [
    path("recherche/", recherche, name="recherche"),
    path("recherche.<str:format>", recherche_export, name="recherche-export"),
]
