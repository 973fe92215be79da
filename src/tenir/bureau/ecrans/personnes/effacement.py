"""Erasing a person at her request: what goes and what stays are shown first."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Personne
from tenir.core.listes import UNPROCESSABLE
from tenir.core.marques import Lu
from tenir.core.typographie import pluriel, typo
from tenir.ecran.edition import read_mark
from tenir.ecran.navigation import context
from tenir.habilitations.attribution import left_empty, teams_emptied_by
from tenir.habilitations.connu import Connu, known_of, shown
from tenir.habilitations.effacement import erase_person
from tenir.habilitations.mentions import found, places
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.oubli import marques_of
from tenir.habilitations.rights import Acces
from tenir.habilitations.traces import EffacementRefuse
from tenir.habilitations.vues import needs

NAME_FIRST = {"required": "Cochez la case, ou nommez d’abord quelqu’un dans l’équipe."}


class EffacementForm(forms.Form):
    """Why she is erased."""

    motif = forms.CharField(
        label="Pourquoi",
        max_length=500,
        help_text=typo(
            "Par exemple : à sa demande, reçue le 3 mars. Cette raison reste dans la trace : n’y nommez personne."
        ),
    )

    vide = forms.BooleanField(label=typo("Je le sais : une équipe n’aura plus personne"), error_messages=NAME_FIRST)

    def __init__(self, *args: Any, derniere: bool) -> None:
        super().__init__(*args)
        if not derniere:
            del self.fields["vide"]


@require_http_methods(["GET", "POST"])
@needs("personne.erase")
def effacer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int) -> HttpResponse:
    """Erase a person, once confirmed."""
    personne = get_object_or_404(Personne.objects.filter(effacee_le=None).select_related("utilisateur"), pk=numero)
    emptied = teams_emptied_by(personne)
    form = EffacementForm(request.POST if request.method == "POST" else None, derniere=bool(emptied))
    if form.is_valid() and _erased(form, acces, personne, read_mark(request)):
        return _done(request, acces, personne)
    connu = known_of(personne)
    given = context(
        acces,
        espace,
        "personnes",
        form=form,
        personne=personne,
        avis=typo(left_empty(emptied)) if emptied else "",
        lu=shown(connu),
        part=_goes(connu),
        reste=_stays(connu),
        charges=[f"{place} : {what}" for place, found in connu.charges for what in found],
        nommee=[typo(place) for place in places(found(personne, marques_of(personne)))],
        retour=reverse("personnes"),
    )
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "bureau/personnes/effacer.html", given, status=status)


def _erased(form: EffacementForm, acces: Acces, personne: Personne, lu: Lu) -> bool:
    try:
        given = form.cleaned_data
        erase_person(by=acces, personne=personne, motif=given["motif"], vide=given.get("vide", False), lu=lu)
    except EffacementRefuse as error:
        form.add_error(None, typo(str(error)))
    return not form.errors


def _done(request: HttpRequest, acces: Acces, personne: Personne) -> HttpResponse:
    if personne.pk == acces.personne.pk:
        logout(request)
        return redirect("/")
    messages.success(request, typo(f"La personne n° {personne.pk} est effacée."))
    return redirect("personne-mentions", personne.pk) if personne.mentions.exists() else redirect("personnes")


def _goes(connu: Connu) -> list[str]:
    """What is lost for good, counted."""
    personne = connu.personne
    known = [part for part in (personne.nom, personne.email, personne.telephone) if part]
    gone = [f"Son identité : {', '.join(known)}."]
    if connu.compte:
        gone.append("Son compte, ses connexions ouvertes et son second facteur.")
    if connu.fonctions:
        gone.append("Le nom de ses fonctions dans les organismes ; celles en cours prennent fin.")
    if connu.roles:
        gone.append("Ses rôles en cours, qui prennent fin.")
    if connu.invitations:
        gone.append(f"Son adresse dans {pluriel(len(connu.invitations), 'invitation', genre='f')}.")
    if connu.a_son_sujet:
        gone.append(f"Les valeurs de {pluriel(connu.a_son_sujet, 'entrée', genre='f')} de la trace à son sujet.")
    gone += [one.part for one in connu.ailleurs if one.lignes and one.part]
    return [typo(sentence) for sentence in gone]


def _stays(connu: Connu) -> list[str]:
    """What the contract remembers, by number."""
    kept = [
        f"Son numéro, {connu.personne.pk}, à la place de son nom.",
        f"Ce qu’elle a changé : {pluriel(connu.a_change, 'entrée', genre='f')} de la trace.",
        "L’organisme et les dates de ses fonctions et de ses rôles, sans son nom.",
        "Cet effacement lui-même, et sa raison.",
    ]
    return [typo(sentence) for sentence in kept]
