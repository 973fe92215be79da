"""Who may do what: the table of rights, and what one person may do with the reasons why."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tenir.acteurs.models import Personne
from tenir.core.composants import Tampon, Ton
from tenir.core.exports import export_response
from tenir.core.noms import designe
from tenir.core.typographie import capital, date_fr, en_lettres, typo
from tenir.ecran.navigation import address, context
from tenir.habilitations.models import EspaceDeContrat, Habilitation
from tenir.habilitations.rights import Acces, Portee, acces_of, reach, reach_of, reserved_to, table_reach
from tenir.habilitations.roles import RIGHTS, Role
from tenir.habilitations.vues import needs

REACHES = {
    Portee.AUCUNE: Tampon("non", Ton.MUET),
    Portee.SIENNE: Tampon("ce qui les concerne", Ton.ATTENTION),
    Portee.TOUTE: Tampon("oui", Ton.FAIT),
}


@dataclass(frozen=True, slots=True)
class Reponse:
    """One right of a person: how far it goes, and why, in French."""

    sentence: str
    reach: Tampon
    why: str


@needs("droits.read")
def droits(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, format: str = "") -> HttpResponse:
    """The table of every right and every role, or its export."""
    if format:
        return export_response(_table(espace), name="droits", format=format)
    rows = [(sentence, [REACHES[table_reach(role, right)] for role in Role]) for right, sentence in RIGHTS.items()]
    nested = f"{capital(en_lettres(len(Role) - 1))} rôles ; chacun permet ce que permet le suivant, et davantage."
    lede = typo(f"{nested} Un carnet n’est à personne : un lien l’ouvre, pour un organisme, sans compte.")
    given = context(acces, espace, "droits", roles=list(Role), droits=rows, chapeau=lede)
    return render(request, "equipe/droits/table.html", given)


@needs("contrat.read")
def mes_droits(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None) -> HttpResponse:
    """What the person signed in may do here, and why."""
    given = context(acces, espace, "mes-droits", soi=True, **_answers(acces, espace))
    return render(request, "equipe/droits/personne.html", given)


@needs("habilitation.update")
def droits_d_une_personne(
    request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None, numero: int
) -> HttpResponse:
    """What someone who has or had a role here may do here, and why."""
    known = Habilitation.objects.filter(espace=espace).values("personne")
    personne = get_object_or_404(Personne.objects.filter(pk__in=known), pk=numero)
    given = context(acces, espace, "habilitations", soi=False, **_answers(acces_of(personne), espace))
    return render(request, "equipe/droits/personne.html", given)


def _answers(acces: Acces, espace: EspaceDeContrat | None) -> dict[str, Any]:
    """Every right, whether it is held here, and the roles it comes from or whom it is reserved to."""
    answers = [_answer(acces, espace, right, sentence) for right, sentence in RIGHTS.items()]
    number = acces.personne.pk
    return {"personne": acces.personne, "reponses": answers, "histoire": address("trace-personne", espace, number)}


def _answer(acces: Acces, espace: EspaceDeContrat | None, right: str, sentence: str) -> Reponse:
    reached = reach(acces, right, espace)
    if reached == Portee.AUCUNE:
        return Reponse(sentence, REACHES[reached], f"réservé {reserved_to(right, espace)}")
    giving = [held for held in acces.on(espace) if reach_of(held, right) == reached]
    stamp = Tampon("ce qui me concerne", Ton.ATTENTION) if reached == Portee.SIENNE else REACHES[reached]
    return Reponse(sentence, stamp, typo(" ; ").join(reason(held) for held in giving))


def reason(held: Habilitation) -> str:
    """A role as the reason of a right: « rôle « partenaire », pour …, depuis le … »."""
    body = f", pour {designe(held.organisation.nom)}" if held.organisation else ""
    return typo(f"rôle « {held.get_role_display()} »{body}, depuis le {date_fr(held.du)}")


def _table(espace: EspaceDeContrat | None) -> list[list[str]]:
    place = espace.titre if espace else "plateforme"
    head = ["Contrat", "Droit", *(role.label for role in Role)]
    rows = ([place, s, *(REACHES[table_reach(role, right)].word for role in Role)] for right, s in RIGHTS.items())
    return [head, *rows]
