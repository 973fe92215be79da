"""Meetings: the list, one of them, and each step from its planning to its publication."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.composants import Lien
from tenir.core.documents import document_response
from tenir.core.listes import respond
from tenir.core.prive import private
from tenir.core.typographie import date_fr, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.conflit import answer_or_arbitrate
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.gouvernance.agenda import TYPE, write
from tenir.gouvernance.compte_rendu import minutes_of
from tenir.gouvernance.comptes import Compte, counts_of
from tenir.gouvernance.ecrans.commun import (
    REUNIONS,
    about_reunion,
    at_reunion,
    name_of,
    reunion_or_404,
    stamp_of,
    stamp_of_decision,
    stamp_of_proposition,
    with_contacts,
)
from tenir.gouvernance.ecrans.dossiers import links_of
from tenir.gouvernance.ecrans.formulaires import (
    ConvoquerForm,
    MotifForm,
    NouvelleReunionForm,
    PresencesForm,
    RaisonsForm,
    ReunionForm,
)
from tenir.gouvernance.ecrans.listes import REUNIONS as LISTE
from tenir.gouvernance.ecrans.listes import FiltreDesReunions, meetings
from tenir.gouvernance.ecrans.registre import counted_in, to_count
from tenir.gouvernance.ecrans.sondages import polls_of
from tenir.gouvernance.enums import EtatDeReunion
from tenir.gouvernance.models import Convocation, Decision, InstanceSuivie, Proposition, Reunion
from tenir.gouvernance.regles import bodies_on, corpus_of
from tenir.gouvernance.services import commun
from tenir.gouvernance.services.comptes_rendus import told_minutes
from tenir.gouvernance.services.liens import told_answer
from tenir.gouvernance.services.points import waiting_decisions
from tenir.gouvernance.services.reunions import (
    call_off,
    change,
    convene,
    hold,
    note_attendance,
    plan,
    publish,
    shown,
    shown_attendance,
    told_presence,
    what_convening_leaves,
    what_holding_leaves,
)
from tenir.habilitations.joignables import contacts_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.niveaux import Niveau
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

NOUVELLE = Ecran(
    "Prévoir une réunion",
    "Prévoir la réunion",
    "La réunion est prévue.",
    "Rien ne part encore : elle se convoque ensuite.",
)
MODIFIER = Ecran(
    "Changer la réunion", "Enregistrer", "La réunion est changée.",
    "Si elle est déjà convoquée, chaque organisme reçoit le changement.",
)  # fmt: skip
ANNULER = Ecran(
    "Annuler cette réunion ?", "Annuler la réunion", "La réunion est annulée.",
    "Si elle est convoquée, chaque organisme est prévenu. Ce qui a été noté reste.",
)  # fmt: skip
CONVOQUER = Ecran(
    "Convoquer", "Convoquer ces organismes", "La convocation part.",
    "Chaque contact reçoit un message, l’événement pour son agenda, et le lien où son organisme répond sans compte.",
)  # fmt: skip
TENIR = Ecran(
    "La réunion s’est tenue ?",
    "Oui, elle s’est tenue",
    "La réunion est tenue.",
    "Les présences et les notes se complètent encore après.",
)
BOTH = ["GET", "HEAD", "POST"]
RIGHT = "reunion.update"


@needs("reunion.read")
def reunions(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, format: str = "") -> HttpResponse:
    """The meetings of a contract, or their export."""
    return respond(
        request,
        "gouvernance/liste.html",
        liste=LISTE,
        filtre=partial(FiltreDesReunions, espace=espace),
        rows=meetings(espace),
        export_name=f"{espace.slug}-reunions",
        format=format,
        context=context(
            acces,
            espace,
            REUNIONS,
            titre="Réunions",
            chapeau="" if format else typo(_lede(espace)),
            nouvelle=address("reunion-nouvelle", espace) if may(acces, RIGHT, espace) else "",
            agenda=address("mon-agenda", espace),
            sondages=[] if format else polls_of(espace),
            csv=address("reunions-export", espace, "csv"),
            xlsx=address("reunions-export", espace, "xlsx"),
        ),
    )


def _lede(espace: EspaceDeContrat) -> str:
    coming = Reunion.objects.of(espace).to_come().filter(jour__gte=horloge.today(espace)).order_by("jour").first()
    return f"Prochaine : {name_of(coming)}." if coming else "Aucune réunion n’est prévue."


@needs("reunion.read")
def reunion(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One meeting: its agenda, who is invited and came, what was decided and proposed."""
    found = reunion_or_404(espace, numero)
    invited = list(found.convocations.select_related("organisation", "represente_par"))
    updates = may(acces, RIGHT, espace)
    counted = counted_in(acces, found)
    given = context(
        acces,
        espace,
        REUNIONS,
        reunion=found,
        titre=name_of(found),
        tampon=stamp_of(found),
        chapeau=typo(_sentence(found)),
        comptes=_counts(found, invited),
        convocations=_invited(espace, invited) if updates else _invited(espace, invited, contacts=False),
        ecarts=list(found.ecarts.all()),
        corrections=list(found.corrections.select_related("organisation")) if found.diffuse_le else [],
        ou_en_est_le_compte_rendu=typo(told_minutes(found)),
        points=list(found.points.with_subjects().prefetch_related("decisions", "compte_rendu")),
        reviennent=waiting_decisions(found) if found.is_to_come else [],
        decisions=[(one, stamp_of_decision(one)) for one in _decisions(found)],
        propositions=[(one, stamp_of_proposition(one)) for one in _proposals(found)],
        comptages=counted,
        compter=to_count(espace, found, counted) if updates else "",
        gestes=_gestures(espace, found) if updates else {},
        ajouts=_additions(espace, found) if updates else [],
        fichiers=_files(espace, found),
        instance=[
            Lien(found.instance.nom, address("instance-suivie", espace, found.instance.code), found.instance.code)
        ],
        annulables=undoable(acces, espace, genre=commun.REUNION, code=found.code),
        histoire=paged(request, records(history_of(espace, commun.REUNION, found.code)), CHANGES, "histoire"),
        est_publique=found.niveau == Niveau.PUBLIC,
    )
    return render(request, "gouvernance/reunion.html", given)


def _sentence(reunion: Reunion) -> str:
    hours = reunion.heures
    when = f"{date_fr(reunion.jour)}{f', de {hours}' if reunion.fin else f', à {hours}' if hours else ''}"
    parts = [reunion.objet, when, reunion.lieu or "lieu à dire"]
    why = f" Annulée : {reunion.motif}" if reunion.etat == EtatDeReunion.ANNULEE else ""
    return f"{' ; '.join(part for part in parts if part)}.{why}"


def _invited(espace: EspaceDeContrat, invited: list[Convocation], *, contacts: bool = True) -> list[dict[str, Any]]:
    """Each body invited: what it answered, what was seen; whether anyone there can be written to."""
    known = contacts_of(espace, [one.organisation for one in invited]) if contacts else {}
    return [
        {
            "organisme": one.organisation,
            "reponse": told_answer(one),
            "presence": told_presence(one),
            "a_la_porte": one.a_la_porte,
            "compte": one.compte,
            "sans_contact": contacts and one.organisation_id not in known,
        }
        for one in invited
    ]


def _decisions(reunion: Reunion) -> Any:
    return Decision.objects.of(reunion.espace).filter(reunion=reunion).order_by("numero")


def _proposals(reunion: Reunion) -> Any:
    return Proposition.objects.of(reunion.espace).filter(reunion=reunion).order_by("numero")


def _gestures(espace: EspaceDeContrat, reunion: Reunion) -> dict[str, str]:
    """What the team may do now: addresses by gesture."""

    def at(name: str) -> str:
        return address(f"reunion-{name}", espace, reunion.pk)

    found: dict[str, str] = {"publier": at("publier")}
    found |= {name: at(name) for name in ("dossier", "porte")} if reunion.is_to_come else {}
    if reunion.etat != EtatDeReunion.ANNULEE and reunion.convocations.exists():
        found["presences"] = at("presences")
    if reunion.is_to_come:
        found |= {name: at(name) for name in ("modifier", "annuler")}
        found |= {"agenda": at("reponse-d-agenda")} if reunion.convocations.exists() else {}
        found |= {"convoquer": at("convoquer")} if reunion.jour >= horloge.today(espace) else {}
        found |= {"tenir": at("tenir")} if reunion.jour <= horloge.today(espace) else {}
    if reunion.etat == EtatDeReunion.TENUE and not reunion.approuve_en_id:
        found["diffuser"] = at("diffuser")
        found |= {"corriger": at("correction-nouvelle")} if reunion.diffuse_le else {}
    return found


def _additions(espace: EspaceDeContrat, reunion: Reunion) -> list[Lien]:
    """What may be added to a meeting."""
    if reunion.etat == EtatDeReunion.ANNULEE:
        return []
    named = {
        "Ajouter un point": "reunion-point-nouveau",
        "Noter une décision": "reunion-decision-nouvelle",
        "Noter une proposition": "reunion-proposition-nouvelle",
    }
    build = {"Construire l’ordre du jour": "reunion-construire"} if reunion.is_to_come else {}
    found = [Lien(text, address(name, espace, reunion.pk)) for text, name in {**build, **named}.items()]
    register = Lien("Inscrire au registre autre chose", address("entree-nouvelle", espace))
    return [*found, register] if reunion.etat == EtatDeReunion.TENUE else found


def _files(espace: EspaceDeContrat, reunion: Reunion) -> list[Lien]:
    """What is taken away: the minutes, or the agenda before; the calendar file; the public page."""
    kind = "Compte rendu" if reunion.etat == EtatDeReunion.TENUE else "Ordre du jour"
    found = [
        Lien(f"{kind} en Word", address("reunion-compte-rendu", espace, reunion.pk, "docx")),
        Lien(f"{kind} en PDF", address("reunion-compte-rendu", espace, reunion.pk, "pdf")),
        Lien("Pour un agenda (.ics)", address("reunion-agenda", espace, reunion.pk)),
    ]
    public = _public(espace, reunion)
    shown = [Lien("Sur le site public", public)] if public else []
    return [*links_of(espace, reunion), *found, *shown]


def _public(espace: EspaceDeContrat, reunion: Reunion) -> str:
    public = espace.etat == EspaceDeContrat.Etat.PUBLIE and reunion.niveau == Niveau.PUBLIC
    return reverse("reunion-publique", args=[espace.slug, reunion.pk]) if public else ""


@require_http_methods(BOTH)
@needs(RIGHT)
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Plan a meeting, and go on with it."""
    asked = request.GET.get("instance", "")
    chosen = next((one for one in InstanceSuivie.objects.of(espace) if one.code == asked), None) if asked else None
    form = NouvelleReunionForm(espace, posted(request), instance=chosen)
    sujet = Sujet(espace, "", "Toutes les réunions", address("reunions", espace), REUNIONS, lambda _: [])

    made: list[Reunion] = []

    def write() -> None:
        held = {name: form.cleaned_data[name] for name in ReunionForm.CHAMPS}
        made.append(plan(by=acces, instance=form.cleaned_data["instance"], given=held))

    answered = answer(request, acces, sujet, form, NOUVELLE, write)
    return redirect(at_reunion(made[0])) if made else answered


@require_http_methods(BOTH)
@needs(RIGHT)
def modifier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Change the day, the hour, the place."""
    found = reunion_or_404(espace, numero)
    form = ReunionForm(found, posted(request))

    def write(changes: dict[str, Any]) -> None:
        change(by=acces, reunion=found, version=form.cleaned_data["version"] or 0, changes=changes)

    return answer_or_arbitrate(request, acces, about_reunion(found), form, MODIFIER, write, chose=found)


@require_http_methods(BOTH)
@needs(RIGHT)
def convoquer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Invite bodies; what is beside a rule is told first, with its source, and why is asked."""
    found = reunion_or_404(espace, numero)
    bodies = _to_invite(found)
    asked = [one for one in bodies if request.method != "POST" or str(one.pk) in request.POST.getlist("organismes")]
    said = set(found.ecarts.values_list("cle", flat=True))
    ecarts = [one for one in what_convening_leaves(found, asked) if one.cle not in said]
    form = ConvoquerForm(with_contacts(espace, bodies), ecarts, posted(request))

    def write() -> None:
        convene(by=acces, reunion=found, bodies=form.bodies(), raisons=form.raisons(), lu=read_mark(request))

    return answer(request, acces, about_reunion(found), form, CONVOQUER, write, lu=shown(found))


def _to_invite(reunion: Reunion) -> list[Organisation]:
    """Those that sit on that day, and those already invited."""
    held = {one.organisation for one in reunion.convocations.select_related("organisation")}
    return list(dict.fromkeys([*bodies_on(reunion.instance, reunion.jour), *sorted(held, key=lambda one: one.nom)]))


@require_http_methods(BOTH)
@needs(RIGHT)
def annuler(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Call a meeting off."""
    found = reunion_or_404(espace, numero)
    form = MotifForm(posted(request))
    return answer(
        request,
        acces,
        about_reunion(found),
        form,
        ANNULER,
        lambda: call_off(by=acces, reunion=found, motif=form.cleaned_data["motif"], lu=read_mark(request)),
        lu=shown(found),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def presences(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Who came; quorum, parity and colleges are counted as one types (`compter`), and at each saving."""
    found = reunion_or_404(espace, numero)
    invited = list(found.convocations.select_related("organisation", "represente_par"))
    form = PresencesForm(found, invited, posted(request))
    ecran = Ecran(
        "Qui est là ?",
        "Enregistrer et compter",
        "Les présences sont notées.",
        "Ce que chacun a annoncé est proposé ; ce qui est vu au jour dit fait foi.",
        "gouvernance/presences.html",
    )

    def write() -> None:
        there, people = form.presences(), form.personnes()
        note_attendance(by=acces, reunion=found, presences=there, personnes=people, lu=read_mark(request))

    return answer(
        request,
        acces,
        about_reunion(found),
        form,
        ecran,
        write,
        lu=shown_attendance(found),
        comptes=_counts(found, invited),
        compter=address("reunion-presences-compter", espace, numero),
    )


@needs(RIGHT)
@require_safe
def compter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """What an attendance would make of the rules, as typed and not yet saved: nothing is written."""
    found = reunion_or_404(espace, numero)
    invited = list(found.convocations.select_related("organisation", "represente_par"))
    form = PresencesForm(found, invited, request.GET)
    if form.is_valid():
        found.femmes, found.hommes = form.personnes()
        for one in invited:
            one.presence = form.presences()[one.pk][0]
    return private(render(request, "gouvernance/includes/comptes.html", {"comptes": _counts(found, invited)}))


def _counts(reunion: Reunion, invited: list[Convocation]) -> list[Compte]:
    return counts_of(corpus_of(reunion.espace, reunion.jour), reunion, invited)


@require_http_methods(BOTH)
@needs(RIGHT)
def tenir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Say that a meeting took place."""
    found = reunion_or_404(espace, numero)
    said = set(found.ecarts.values_list("cle", flat=True))
    form = RaisonsForm([one for one in what_holding_leaves(found) if one.cle not in said], posted(request))
    return answer(
        request,
        acces,
        about_reunion(found),
        form,
        TENIR,
        lambda: hold(by=acces, reunion=found, raisons=form.raisons(), lu=read_mark(request)),
        lu=shown(found),
    )


@require_http_methods(BOTH)
@needs(RIGHT)
def publier(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Publish a meeting, or take it off the public site."""
    found = reunion_or_404(espace, numero)
    public = found.niveau != Niveau.PUBLIC
    ecran = Ecran(
        "Publier cette réunion ?" if public else "Retirer cette réunion du site public ?",
        "Publier" if public else "Retirer",
        "La réunion est publiée." if public else "La réunion n’est plus sur le site public.",
        "Date, lieu, ordre du jour, organismes présents et décisions ; ni notes, ni noms de personnes.",
    )
    form = Formulaire(posted(request))
    return answer(
        request,
        acces,
        about_reunion(found),
        form,
        ecran,
        lambda: publish(by=acces, reunion=found, public=public, lu=read_mark(request)),
        lu=shown(found),
    )


@needs("reunion.read")
@require_safe
def compte_rendu(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, format: str) -> HttpResponse:
    """The minutes, in Word or PDF; before the meeting, its agenda."""
    found = reunion_or_404(espace, numero)
    return document_response(minutes_of(found), name=f"{espace.slug}-{found.instance.nom}-{found.jour}", format=format)


@needs("reunion.read")
@require_safe
def fichier_agenda(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One meeting, for a calendar."""
    found = reunion_or_404(espace, numero)
    response = HttpResponse(write(espace, [found]), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="reunion-{found.pk}.ics"'
    return private(response)
