"""The poll of a date: opened from the page of a body, read and closed by the team, answered by a link."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from tenir.acteurs.models import Organisation
from tenir.core import horloge
from tenir.core.composants import Tampon, Ton
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.prive import private
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.formulaires import Formulaire, JourField
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.gouvernance.ecrans.commun import REUNIONS, about_instance, instance_or_404, with_contacts
from tenir.gouvernance.ecrans.formulaires import MotifForm, time_field
from tenir.gouvernance.enums import Possible
from tenir.gouvernance.models import DateProposee, InstanceSuivie, OrganismeSonde, Sondage
from tenir.gouvernance.regles import bodies_on
from tenir.gouvernance.services import commun
from tenir.gouvernance.services.liens import LienClos
from tenir.gouvernance.services.sondages import (
    MOST,
    Creneau,
    choose,
    find,
    give_up,
    open_poll,
    remind,
    say,
    shown,
    shown_answer,
    why_closed,
)
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

RIGHT = "reunion.update"
BOTH = ["GET", "HEAD", "POST"]
OUVRIR = Ecran(
    "Chercher une date",
    "Ouvrir le sondage",
    "Le sondage est ouvert : chaque organisme reçoit son lien.",
    "Chaque contact reçoit un message et le lien où son organisme répond sans compte. Les adresses restent cachées.",
    gabarit="gouvernance/sondage_nouveau.html",
)
CHOISIR = Ecran(
    "Choisir cette date ?", "Choisir cette date",
    "La date est choisie : la réunion est prévue, il reste à la convoquer.",
    "Le sondage se ferme et ses liens disent la date.",
)  # fmt: skip
CLORE = Ecran("Clore sans date ?", "Clore le sondage", "Le sondage est clos.", "Ses liens diront pourquoi.")
TONS = {Possible.OUI: Ton.FAIT, Possible.AU_BESOIN: Ton.ATTENTION, Possible.NON: Ton.RETARD}


class SondageForm(Formulaire):
    """Which days, for what, before when, and to whom."""

    objet = forms.CharField(
        label="Objet", required=False, max_length=200, help_text="Ce que la réunion a de particulier."
    )
    reponse_avant = JourField(label="Réponse avant le")

    def __init__(self, bodies: list[tuple[Organisation, str]], data: Any = None) -> None:
        super().__init__(data)
        self.known = {str(one.pk): one for one, _ in bodies}
        for rank in range(1, MOST + 1):
            self.fields[f"jour_{rank}"] = JourField(label="Jour", required=rank <= 2)
            self.fields[f"debut_{rank}"] = time_field("De")
            self.fields[f"fin_{rank}"] = time_field("À")
        self.fields["organismes"] = forms.MultipleChoiceField(
            label="Organismes à qui demander",
            choices=[(str(one.pk), typo(f"{one.nom}{note}")) for one, note in bodies],
            initial=list(self.known),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Choisissez au moins un organisme."},
        )

    def rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The fields of each day, by its rank."""
        return [(n, [self[f"{name}_{n}"] for name in ("jour", "debut", "fin")]) for n in range(1, MOST + 1)]

    def others(self) -> list[forms.BoundField]:
        """The fields that are of no day."""
        return [self[name] for name in ("objet", "reponse_avant", "organismes")]

    def dates(self) -> list[Creneau]:
        """The days given."""
        held = self.cleaned_data
        given = [n for n in range(1, MOST + 1) if held.get(f"jour_{n}")]
        return [Creneau(held[f"jour_{n}"], held.get(f"debut_{n}"), held.get(f"fin_{n}")) for n in given]

    def bodies(self) -> list[Organisation]:
        """Those chosen."""
        return [self.known[one] for one in self.cleaned_data.get("organismes", ())]


class ChoixForm(Formulaire):
    """Where the meeting takes place, if one knows."""

    lieu = forms.CharField(
        label="Lieu", required=False, max_length=300, help_text="Adresse, ou lien de la visioconférence."
    )


class DisponibilitesForm(Formulaire):
    """When a body can come, day by day."""

    def __init__(self, sonde: OrganismeSonde, data: Any = None) -> None:
        said = {one.date_id: one.possible for one in sonde.disponibilites.all()}
        super().__init__(data)
        self.dates = list(sonde.sondage.dates.all())
        for one in self.dates:
            self.fields[f"date_{one.pk}"] = forms.ChoiceField(
                label=typo(str(one)),
                choices=Possible.choices,
                widget=forms.RadioSelect,
                initial=said.get(one.pk),
                error_messages={"required": "Répondez pour cette date."},
            )

    def possibles(self) -> dict[int, str]:
        """What was answered, by the number of the day."""
        return {one.pk: self.cleaned_data.get(f"date_{one.pk}", "") for one in self.dates}


def poll_or_404(espace: EspaceDeContrat, numero: int) -> Sondage:
    """A poll of this contract; any other does not exist."""
    return get_object_or_404(Sondage.objects.of(espace), pk=numero)


def about_poll(sondage: Sondage) -> Sujet:
    """A poll as its small pages show it."""
    espace, code = sondage.espace, sondage.code
    url = address("sondage", espace, sondage.pk)
    return Sujet(espace, "", typo(str(sondage)), url, REUNIONS, lambda _: history_of(espace, commun.SONDAGE, code))


@require_http_methods(BOTH)
@needs(RIGHT)
def nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Ask the bodies that sit when they can meet."""
    found = instance_or_404(espace, code)
    today = horloge.today(espace)
    form = SondageForm(with_contacts(espace, list(bodies_on(found, today))), posted(request))

    def write() -> None:
        held = {name: form.cleaned_data[name] for name in ("objet", "reponse_avant")}
        open_poll(by=acces, instance=found, dates=form.dates(), bodies=form.bodies(), **held)

    return answer(request, acces, about_instance(found), form, OUVRIR, write)


@needs("reunion.read")
def sondage(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """One poll: who can come when, and what the team may do of it."""
    found = poll_or_404(espace, numero)
    sondes = list(found.sondes.select_related("organisation").prefetch_related("disponibilites"))
    dates = list(found.dates.all())
    updates = may(acces, RIGHT, espace) and found.clos_le is None
    given = context(
        acces,
        espace,
        REUNIONS,
        sondage=found,
        titre=typo(f"Sondage de date : {found}"),
        chapeau=typo(_sentence(found, sondes)),
        instance=address("instance-suivie", espace, found.instance.code),
        dates=[_column(espace, one, sondes, updates=updates) for one in dates],
        lignes=[(one, _cells(one, dates)) for one in sondes],
        lu=shown(found) if updates else {},
        relancer=address("sondage-relancer", espace, found.pk) if updates and _silent(sondes) else "",
        clore=address("sondage-clore", espace, found.pk) if updates else "",
        reunion=address("reunion", espace, found.reunion_id) if found.reunion_id else "",
        annulables=undoable(acces, espace, genre=commun.SONDAGE, code=found.code),
        histoire=paged(request, records(history_of(espace, commun.SONDAGE, found.code)), CHANGES, "histoire"),
    )
    return render(request, "gouvernance/sondage.html", given)


def _silent(sondes: list[OrganismeSonde]) -> list[OrganismeSonde]:
    return [one for one in sondes if one.repondu_le is None]


def _sentence(sondage: Sondage, sondes: list[OrganismeSonde]) -> str:
    if sondage.clos_le:
        return why_closed(sondage)
    answered = len(sondes) - len(_silent(sondes))
    told = f"{pluriel(answered, 'réponse', genre='f')} sur {pluriel(len(sondes), 'organisme')}"
    return f"{told} ; réponse demandée avant le {date_fr(sondage.reponse_avant)}."


def _column(
    espace: EspaceDeContrat, one: DateProposee, sondes: list[OrganismeSonde], *, updates: bool
) -> dict[str, Any]:
    said = [each.possible for sonde in sondes for each in sonde.disponibilites.all() if each.date_id == one.pk]
    yes, need = said.count(Possible.OUI), said.count(Possible.AU_BESOIN)
    to_come = one.jour >= horloge.today(espace)
    url = address("sondage-choisir", espace, one.sondage_id, one.pk) if updates and to_come else ""
    return {"date": typo(str(one)), "oui": yes, "au_besoin": need, "non": said.count(Possible.NON), "choisir": url}


def _cells(sonde: OrganismeSonde, dates: list[DateProposee]) -> list[tuple[str, Tampon | None]]:
    said = {one.date_id: Possible(one.possible) for one in sonde.disponibilites.all()}
    found = []
    for one in dates:
        answer_ = said.get(one.pk)
        found.append((typo(str(one)), Tampon(str(answer_.label), TONS[answer_]) if answer_ else None))
    return found


@require_http_methods(BOTH)
@needs(RIGHT)
def choisir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int, date: int) -> HttpResponse:
    """Choose a day: the meeting is planned."""
    found = poll_or_404(espace, numero)
    day = get_object_or_404(found.dates, pk=date)
    form = ChoixForm(posted(request))
    ecran = Ecran(typo(f"Choisir le {day} ?"), CHOISIR.bouton, CHOISIR.fini, CHOISIR.chapeau)

    def write() -> None:
        choose(by=acces, sondage=found, proposee=day, lieu=form.cleaned_data["lieu"], lu=read_mark(request))

    return answer(request, acces, about_poll(found), form, ecran, write, lu=shown(found))


@require_http_methods(BOTH)
@needs(RIGHT)
def clore(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Close a poll without a day."""
    found, form = poll_or_404(espace, numero), MotifForm(posted(request))
    return answer(
        request,
        acces,
        about_poll(found),
        form,
        CLORE,
        lambda: give_up(by=acces, sondage=found, motif=form.cleaned_data["motif"], lu=read_mark(request)),
        lu=shown(found),
    )


@needs(RIGHT)
@require_POST
def relancer(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """Write again to those who have not answered."""
    found = poll_or_404(espace, numero)
    try:
        left = remind(by=acces, sondage=found, lu=read_mark(request))
    except ValidationError as error:
        messages.error(request, typo(" ".join(error.messages)))
    else:
        said = f"{pluriel(left, 'message')} {'part' if left < 2 else 'partent'} aux organismes sans réponse."
        messages.success(request, typo(said if left else "Personne à relancer aujourd’hui."))
    return HttpResponseRedirect(address("sondage", espace, found.pk))


def polls_of(espace: EspaceDeContrat, instance: InstanceSuivie | None = None) -> list[tuple[str, str, str]]:
    """The open polls of a contract, or of one body: address, title, sentence; two queries."""
    rows = Sondage.objects.of(espace).open().prefetch_related("sondes")
    rows = rows.filter(instance=instance) if instance else rows
    return [
        (address("sondage", espace, one.pk), typo(str(one)), typo(_sentence(one, list(one.sondes.all()))))
        for one in rows
    ]


@login_not_required
@require_http_methods(BOTH)
def repondre(request: HttpRequest, jeton: str) -> HttpResponse:
    """The days proposed, and when one's body can come; GET changes nothing, whoever opens it."""
    found = find(jeton)
    if found is None:
        return incomplete(request)
    with horloge.zone(found.sondage.espace):
        return private(_answered(request, found, jeton))


def _answered(request: HttpRequest, sonde: OrganismeSonde, jeton: str) -> HttpResponse:
    form = DisponibilitesForm(sonde, posted(request))
    if form.is_valid():
        try:
            say(sonde=sonde, possibles=form.possibles(), lu=read_mark(request))
        except ValidationError as error:
            form.refuse(error)
        except LienClos as error:
            messages.error(request, typo(str(error)))
            return HttpResponseRedirect(reverse("sondage-reponse", args=[jeton]))
        else:
            messages.success(
                request, typo("C’est noté. Vous pouvez changer votre réponse tant que la date n’est pas choisie.")
            )
            return HttpResponseRedirect(reverse("sondage-reponse", args=[jeton]))
    return _page(request, sonde, form)


def _page(request: HttpRequest, sonde: OrganismeSonde, form: DisponibilitesForm) -> HttpResponse:
    poll = sonde.sondage
    closed = why_closed(poll)
    given = {
        "espace": poll.espace,
        "titre": typo(f"Quelle date pour : {poll} ?"),
        "organisme": sonde.organisation,
        "avant": poll.reponse_avant,
        "repondu": sonde.repondu_le,
        "ferme": typo(closed),
        "form": None if closed else form,
        "lu": shown_answer(sonde),
        "contact": typo(whom_to_write(poll.espace)),
    }
    return render(request, "gouvernance/sondage_reponse.html", given, status=UNPROCESSABLE if form.errors else 200)
