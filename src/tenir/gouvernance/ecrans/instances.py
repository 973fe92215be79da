"""The bodies: all of them with their calendar of obligations; one, with who sits, its rules and its meetings."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tenir.acteurs.models import Organisation
from tenir.contrat.models import DocumentSigne, OrganismeCite, Signataire
from tenir.core import horloge
from tenir.core.composants import Item, Lien
from tenir.core.typographie import accord, capital, date_fr, pluriel, typo
from tenir.ecran.annulation.barre import undoable
from tenir.ecran.edition import Ecran, Sujet, answer, posted, read_mark
from tenir.ecran.histoire import history_of, records
from tenir.ecran.listes import CHANGES, paged
from tenir.ecran.navigation import address, context
from tenir.fichier.mots import comparable
from tenir.fichier.source import written_lines
from tenir.gouvernance.echeancier import calendar_of
from tenir.gouvernance.ecrans.commun import (
    INSTANCES,
    about_instance,
    at_instance,
    instance_or_404,
    name_of,
    stamp_of,
)
from tenir.gouvernance.ecrans.formulaires import (
    CompositionForm,
    FinForm,
    InstanceForm,
    RegleForm,
    ReglementForm,
    SiegeForm,
)
from tenir.gouvernance.ecrans.sondages import polls_of
from tenir.gouvernance.enums import GenreDeRegle, Qualite
from tenir.gouvernance.models import InstanceSuivie, RegleDeGouvernance, Reunion, Siege
from tenir.gouvernance.regles import Corpus, corpus_of
from tenir.gouvernance.services import commun
from tenir.gouvernance.services.instances import (
    add_instance,
    add_rule,
    adopt,
    end_rule,
    end_seat,
    seat,
    seat_all,
    shown_rule,
    shown_seat,
)
from tenir.gouvernance.services.registre import kind_of
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, may
from tenir.habilitations.vues import needs

NOUVELLE = Ecran(
    "Ajouter une instance",
    "Ajouter l’instance",
    "L’instance est ajoutée : dites qui y siège.",
    "Une commission ou un groupe que le contrat ne signe pas parmi ses instances, et qui se réunit.",
)
SIEGE = Ecran(
    "Donner un siège", "Donner le siège", "Le siège est donné.", "Une fonction d’un organisme, d’un jour à un autre."
)
REPRENDRE = Ecran(
    "Reprendre la composition du contrat",
    "Donner ces sièges",
    "La composition est reprise.",
    "Les organismes que le contrat nomme ; ceux qui siègent déjà ne sont pas ajoutés deux fois.",
)
FIN_DE_SIEGE = Ecran(
    "Mettre fin à ce siège ?", "Mettre fin au siège", "Le siège a pris fin.", "Les réunions d’avant le gardent."
)
REGLE = Ecran(
    "Ajouter une règle",
    "Ajouter la règle",
    "La règle est ajoutée.",
    "Elle prévient et demande une raison ; elle n’empêche jamais. Celles du contrat sont déjà là.",
)
REGLEMENT = Ecran(
    "Adopter le règlement type",
    "Adopter ce règlement",
    "Le règlement est adopté.",
    "Convocation cinq jours avant, quorum de la moitié des organismes. C’est le modèle des commissions consultatives "
    "de l’État : il ne s’impose à aucune instance d’un contrat de ville, sauf si elle l’adopte.",
)
FIN_DE_REGLE = Ecran(
    "Mettre fin à cette règle ?", "Mettre fin à la règle", "La règle a pris fin.", "Ce qui a été dit à son sujet reste."
)
BOTH = ["GET", "HEAD", "POST"]


@needs("reunion.read")
def instances(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Every body: when it meets next, and what the contract asks of it year by year."""
    today = horloge.today(espace)
    corpus = corpus_of(espace, today)
    meetings = list(Reunion.objects.of(espace).order_by("jour", "pk"))
    given = context(
        acces,
        espace,
        INSTANCES,
        chapeau=typo(_lede(corpus)),
        items=[_item(one, meetings) for one in corpus.instances],
        calendrier=calendar_of(corpus, meetings, today),
        annees=range(espace.debut, espace.fin + 1),
        cette_annee=today.year,
        nouvelle=address("instance-nouvelle", espace) if may(acces, "instance.update", espace) else "",
    )
    return render(request, "gouvernance/instances.html", given)


def _lede(corpus: Corpus) -> str:
    count = capital(pluriel(len(corpus.instances), "instance", genre="f", lettres=True))
    ordered = sum(one.genre == GenreDeRegle.FREQUENCE for one in corpus.regles)
    which = pluriel(ordered, "d’entre elles", "d’entre elles", genre="f", lettres=True)
    return f"{count} ; un rythme est écrit pour {which}."


def _item(instance: InstanceSuivie, meetings: list[Reunion]) -> Item:
    mine = [one for one in meetings if one.instance_id == instance.pk]
    coming = next((one for one in mine if one.is_to_come), None)
    held = next((one for one in reversed(mine) if one.etat == "tenue"), None)
    told = [f"prochaine le {date_fr(coming.jour)}" if coming else "aucune réunion prévue"]
    told += [f"dernière tenue le {date_fr(held.jour)}"] if held else []
    return Item(instance.code, instance.nom, at_instance(instance), typo(" · ".join(told)))


@needs("reunion.read")
def instance(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """One body."""
    found = instance_or_404(espace, code)
    today = horloge.today(espace)
    corpus = corpus_of(espace, today)
    meetings = list(Reunion.objects.of(espace).filter(instance=found).order_by("-jour", "-pk"))
    seats = found.sieges.select_related("organisation", "decision").order_by("qualite", "pk")
    held = [one for one in seats if one.du <= today and (one.au is None or one.au > today)]
    given = context(
        acces,
        espace,
        INSTANCES,
        instance=found,
        chapeau=typo(_one_lede(found, held)),
        sieges=held,
        anciens=[one for one in seats if one not in held],
        presidences=_chairs(espace, found, held),
        regles=[*corpus.of(found), *corpus.orders_before(found)],
        calendrier=[one for one in calendar_of(corpus, meetings, today) if one.regle.instance.pk == found.pk],
        annees=range(espace.debut, espace.fin + 1),
        sondages=polls_of(espace, found),
        reunions=[
            Item("", name_of(one), address("reunion", espace, one.pk), one.objet, stamp_of(one)) for one in meetings
        ],
        comptage=_counts(espace, found),
        gestes=_gestures(acces, found),
        annulables=undoable(acces, espace, genre=commun.INSTANCE, code=found.code),
        histoire=paged(request, records(history_of(espace, commun.INSTANCE, found.code)), CHANGES, "histoire"),
        publique=_public(espace, found),
        liste=address("instances", espace),
    )
    return render(request, "gouvernance/instance.html", given)


def _one_lede(instance: InstanceSuivie, seats: list[Siege]) -> str:
    count = len({one.organisation_id for one in seats})
    told = "Personne n’a encore dit qui y siège"
    if count:
        sit = accord(count, "siège", "siègent")
        told = f"{capital(pluriel(count, 'organisme', lettres=True))} y {sit}"
    made = "" if instance.instance else f" Elle n’est pas dans le contrat signé : {instance.cree_par_quoi}."
    return f"{told}.{made}"


def _chairs(espace: EspaceDeContrat, instance: InstanceSuivie, seats: list[Siege]) -> dict[str, Any]:
    """Who chairs: as each place of the contract says it, and as a decision settled it. Both stand until one does."""
    signed = instance.instance
    if signed is None:
        return {}
    rows = OrganismeCite.objects.filter(instance=signed, role=OrganismeCite.Role.PRESIDENCE).order_by("rang")
    here = ", ".join(one.nom for one in rows)
    said = [(here, written_lines(signed.plages))] if here else []
    said += _elsewhere(espace, instance)
    settled = next((one for one in seats if one.decision_id and one.qualite == Qualite.PRESIDENCE), None)
    return {"dites": said, "reglee": settled, "differe": len(said) > 1 and settled is None, "note": signed.note}


def _elsewhere(espace: EspaceDeContrat, instance: InstanceSuivie) -> list[tuple[str, str]]:
    """What the other sentences of the signed document say of who chairs; nothing while no document is attached."""
    from tenir.regles.gouvernance.paroles import presidences_dites  # the patterns are slow to compile

    document = DocumentSigne.objects.filter(espace=espace).first()
    if document is None or instance.instance is None:
        return []
    known = {line for plage in instance.instance.plages for line in range(plage.debut, plage.fin + 1)}
    found = []
    for nom, how, who, plages in presidences_dites(document.normalise()):
        if how == "preside" and nom == comparable(instance.nom) and not known & {plage.debut for plage in plages}:
            found.append((who, written_lines(plages)))
    return found


def _gestures(acces: Acces, instance: InstanceSuivie) -> dict[str, str]:
    espace, code = instance.espace, instance.code
    given: dict[str, str] = {}
    if may(acces, "reunion.update", espace):
        given["reunion"] = f"{address('reunion-nouvelle', espace)}?instance={code}"
        given["sondage"] = address("sondage-nouveau", espace, code)
    if may(acces, "instance.update", espace):
        names = {
            "siege": "siege-nouveau",
            "regle": "regle-nouvelle",
            "reglement": "reglement-adopter",
            "compte": "instance-compter",
        }
        given |= {key: address(name, espace, code) for key, name in names.items()}
        if instance.instance:
            given["reprendre"] = address("sieges-reprendre", espace, code)
    return given


def _counts(espace: EspaceDeContrat, instance: InstanceSuivie) -> Lien | None:
    """What its meetings count, and where the register adds it up."""
    kind = kind_of(instance)
    if kind is None:
        return None
    known = kind.grille is not None
    return Lien(kind.libelle, address("grille", espace, kind.nature) if known else address("activite", espace))


def _public(espace: EspaceDeContrat, instance: InstanceSuivie) -> str:
    public = espace.etat == EspaceDeContrat.Etat.PUBLIE and instance.instance is not None
    return reverse("instance", args=[espace.slug, instance.code]) if public else ""


@require_http_methods(BOTH)
@needs("instance.update")
def nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat) -> HttpResponse:
    """Set up a body that the contract does not sign."""
    form = InstanceForm(espace, posted(request))
    sujet = Sujet(espace, "", "Toutes les instances", address("instances", espace), INSTANCES, lambda _: [])
    return answer(
        request, acces, sujet, form, NOUVELLE, lambda: add_instance(by=acces, espace=espace, given=form.cleaned_data)
    )


@require_http_methods(BOTH)
@needs("instance.update")
def siege_nouveau(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Give a seat to an organisation."""
    found = instance_or_404(espace, code)
    form = SiegeForm(espace, posted(request), du=horloge.today(espace), qualite=Qualite.MEMBRE)
    return answer(
        request,
        acces,
        about_instance(found),
        form,
        SIEGE,
        lambda: seat(by=acces, instance=found, given=form.cleaned_data),
    )


@require_http_methods(BOTH)
@needs("instance.update")
def sieges_reprendre(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Give their seats at once to the organisations that the contract names."""
    found = instance_or_404(espace, code)
    known = _named(espace, found)
    choices = [
        (key, typo(f"{body.nom}, {Qualite(as_).label}{f' : {what}' if what else ''}"))
        for key, (body, what, as_) in known.items()
    ]
    form = CompositionForm(choices, posted(request), du=horloge.today(espace), sieges=list(known))

    def write() -> None:
        chosen = [known[key] for key in form.cleaned_data["sieges"]]
        seat_all(by=acces, instance=found, bodies=chosen, du=form.cleaned_data["du"])

    return answer(request, acces, about_instance(found), form, REPRENDRE, write)


def _named(espace: EspaceDeContrat, instance: InstanceSuivie) -> dict[str, tuple[Organisation, str, str]]:
    """The seats that the contract writes: bodies that it names, every signatory where it says « chaque signataire »."""
    cited = list(
        OrganismeCite.objects.filter(instance=instance.instance_id).select_related("organisation").order_by("rang")
    )
    found: dict[str, tuple[Organisation, str, str]] = {}
    seen: set[int] = set()
    for one in cited:
        if one.organisation and instance.instance_id:
            as_ = Qualite.PRESIDENCE if one.role == OrganismeCite.Role.PRESIDENCE else Qualite.MEMBRE
            found[f"c{one.pk}"] = (one.organisation, one.nom[:150], as_)
            seen.add(one.organisation.pk)
    if instance.instance_id and any("signataire" in comparable(one.nom) for one in cited):
        for signed in Signataire.objects.of(espace).select_related("organisation"):
            if signed.organisation and signed.organisation.pk not in seen:
                found[f"s{signed.pk}"] = (signed.organisation, "signataire", Qualite.MEMBRE)
    return found


@require_http_methods(BOTH)
@needs("instance.update")
def siege_finir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """End a seat."""
    rows = Siege.objects.select_related("organisation", "instance__instance", "instance__espace")
    found = get_object_or_404(rows, instance__espace=espace, pk=numero)
    form = FinForm(posted(request), initial={"au": horloge.today(espace)})
    return answer(
        request,
        acces,
        about_instance(found.instance),
        form,
        FIN_DE_SIEGE,
        lambda: end_seat(by=acces, siege=found, au=form.cleaned_data["au"], lu=read_mark(request)),
        lu=shown_seat(found),
    )


@require_http_methods(BOTH)
@needs("instance.update")
def regle_nouvelle(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Add a rule of the team."""
    found = instance_or_404(espace, code)
    form = RegleForm(found, posted(request), du=horloge.today(espace))
    return answer(
        request,
        acces,
        about_instance(found),
        form,
        REGLE,
        lambda: add_rule(by=acces, instance=found, given=form.cleaned_data),
    )


@require_http_methods(BOTH)
@needs("instance.update")
def reglement_adopter(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, code: str) -> HttpResponse:
    """Adopt the model of règlement."""
    found = instance_or_404(espace, code)
    form = ReglementForm(posted(request), initial={"le": horloge.today(espace)})
    return answer(
        request,
        acces,
        about_instance(found),
        form,
        REGLEMENT,
        lambda: adopt(by=acces, instance=found, **form.cleaned_data),
    )


@require_http_methods(BOTH)
@needs("instance.update")
def regle_finir(request: HttpRequest, acces: Acces, espace: EspaceDeContrat, numero: int) -> HttpResponse:
    """End a rule of the team."""
    rows = RegleDeGouvernance.objects.select_related("instance__instance", "instance__espace")
    found = get_object_or_404(rows, instance__espace=espace, pk=numero)
    form = FinForm(posted(request), initial={"au": horloge.today(espace)})
    return answer(
        request,
        acces,
        about_instance(found.instance),
        form,
        FIN_DE_REGLE,
        lambda: end_rule(by=acces, regle=found, au=form.cleaned_data["au"], lu=read_mark(request)),
        lu=shown_rule(found),
    )
