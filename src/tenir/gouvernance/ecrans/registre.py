"""What a meeting emits in the register: the kind of its body, the form at its end, what its page and others show."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.activite.droits import niveau_of
from tenir.activite.ecrans.formulaires import Bloc, EnBlocs, bodies_for
from tenir.activite.ecrans.nombres import DesNombres, ask_numbers
from tenir.activite.models import Entree
from tenir.activite.services.entree import RIGHT as WRITE
from tenir.activite.services.examen import EXACT
from tenir.activite.services.valeurs import asked_of, field_of
from tenir.core.composants import Item
from tenir.core.typographie import capital, typo
from tenir.ecran.edition import Ecran, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.navigation import address
from tenir.gouvernance.ecrans.commun import (
    about_instance,
    about_reunion,
    instance_or_404,
    reunion_or_404,
)
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import EntreeDeReunion, InstanceSuivie, Reunion
from tenir.gouvernance.services.registre import (
    BODIES,
    OF_A_BODY,
    RIGHT,
    count_as,
    emit,
    kind_of,
    kinds_of,
    present_at,
    shown,
    told_numbers,
)
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces
from tenir.habilitations.vues import needs
from tenir.natures.modeles import NatureEntiere

BOTH = ["GET", "HEAD", "POST"]
CHOISIR = Ecran(
    "Ce que ses réunions comptent", "Enregistrer", "C’est enregistré.",
    "À la fin de chaque réunion, quelques nombres suffisent : ils entrent au registre d’activité, sans dossier ni nom.",
)  # fmt: skip
COMPTER = Ecran(
    "Compter ce qui y a été étudié", "Inscrire au registre", "C’est inscrit au registre.",
    "Des nombres seulement : ni dossier, ni nom. Le jour, les organismes présents et l’action sont ceux de la réunion.",
    "gouvernance/compter.html",
)  # fmt: skip


class CompteForm(Formulaire):
    """The kind in which the meetings of a body count."""

    def __init__(self, instance: InstanceSuivie, data: Any = None) -> None:
        super().__init__(data, initial={"compte": instance.compte})
        choices = [("", "rien"), *((one.nature, one.libelle) for one in kinds_of(instance.espace))]
        self.fields["compte"] = forms.ChoiceField(label="Nature du registre", choices=choices, required=False)


class ComptageForm(EnBlocs, DesNombres):
    """The numbers of a meeting, and the body that brings it together."""

    def __init__(self, reunion: Reunion, kind: NatureEntiere, by: Acces, data: Any = None) -> None:
        super().__init__(data)
        self.kind = kind
        ask_numbers(self, kind)
        self.need()
        came = present_at(reunion)
        if field_of(BODIES) in self.fields and came:
            self.initial[field_of(BODIES)] = len(came)
        bodies = bodies_for(by, reunion.espace, WRITE)
        self.fields["organisme"] = forms.ModelChoiceField(
            bodies, label="Organisme qui l’anime", empty_label="Choisissez", initial=_animates(reunion, came)
        )

    def blocs(self) -> Iterator[Bloc]:
        """The one number that counts, the other totals, the body; then each choice under its title, folded."""
        totals = [field_of((one.code, "")) for one in self.kind.mesures if not one.choix]
        yield Bloc("", self.these(self.main))
        yield Bloc("", self.these(*(name for name in totals if name != self.main), "organisme"), discret=True)
        for mesure in self.kind.mesures:
            if parts := [field_of(key) for key in asked_of(mesure) if key[1]]:
                yield from self.folded(capital(mesure.libelle), parts)
        yield Bloc("", self.these(EXACT), discret=True)


def _animates(reunion: Reunion, came: Sequence[Organisation]) -> int | None:
    """The body that the last counted meeting of this body of governance gave, else the one that came first."""
    rows = EntreeDeReunion.objects.filter(reunion__instance=reunion.instance).order_by("-pk")
    last = rows.values_list("entree__organisme", flat=True).first()
    return last or (came[0].pk if came else None)


@require_http_methods(BOTH)
@needs(OF_A_BODY)
def choisir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Say what the meetings of a body count."""
    found = instance_or_404(espace, code)
    form = CompteForm(found, posted(request))

    def write() -> None:
        count_as(by=acces, instance=found, nature=form.cleaned_data["compte"], lu=read_mark(request))

    return answer(request, acces, about_instance(found), form, CHOISIR, write, lu=shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def compter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Count what a meeting studied."""
    found = reunion_or_404(espace, numero)
    kind = kind_of(found.instance)
    if kind is None or found.etat != EtatDeReunion.TENUE:
        raise Http404
    form = ComptageForm(found, kind, acces, posted(request))

    def write() -> None:
        organisme = form.cleaned_data["organisme"]
        emit(by=acces, reunion=found, organisme=organisme, valeurs=form.numbers(), exact=form.exact)

    return answer(request, acces, about_reunion(found), form, COMPTER, write)


def counted_in(acces: Acces, reunion: Reunion) -> list[Item]:
    """What a meeting emitted, as its page shows it to someone."""
    rows = EntreeDeReunion.objects.of_meeting(reunion, niveau_of(acces, reunion.espace))
    return [_item(reunion.espace, one.entree) for one in rows]


def _item(espace: EspaceDeContrat, entree: Entree) -> Item:
    url = address("entree", espace, entree.numero)
    return Item(f"n° {entree.numero}", entree.mots.libelle, url, typo(" ; ".join(told_numbers(entree))))


def to_count(espace: EspaceDeContrat, reunion: Reunion, counted: Sequence[Item]) -> str:
    """Where the team counts what a meeting studied; empty when it has nothing to count, or did."""
    waits = reunion.etat == EtatDeReunion.TENUE and reunion.instance.compte and not counted
    return address("reunion-compter", espace, reunion.pk) if waits and kind_of(reunion.instance) else ""
