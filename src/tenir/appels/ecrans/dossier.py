"""A dossier as it is filled: its first page, its sections, its files; by its link, or by the team."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from tenir.appels.champs import SECTIONS
from tenir.appels.comptes import NON_DIT
from tenir.appels.ecrans.commun import BOTH
from tenir.appels.ecrans.formulaires import Rien
from tenir.appels.ecrans.formulaires_de_dossier import FORMS, PieceDeDossierForm, SectionForm
from tenir.appels.ecrans.redemander import owed_before, report_told
from tenir.appels.ecrans.suites import reports_of, said_of_convention, said_of_payment
from tenir.appels.enums import TON_DE_LA_SUITE, TON_DU_DOSSIER, EtatDeDossier, Suite
from tenir.appels.manques import missing
from tenir.appels.models import AppelAProjets, DossierDeDemande, PartDemandee, PieceDeDossier
from tenir.appels.services import dossiers as services
from tenir.appels.services.instruction import told_outside
from tenir.appels.services.liens import LienClos, find, why_closed
from tenir.appels.services.suites import convention_of, payments_of
from tenir.core import horloge
from tenir.core.composants import Item, Lien, Renseignement, Tampon, Ton
from tenir.core.fichiers import to_be_kept
from tenir.core.liens import incomplete
from tenir.core.listes import UNPROCESSABLE
from tenir.core.noms import a
from tenir.core.prive import private
from tenir.core.typographie import date_fr, pluriel, typo
from tenir.ecran.edition import posted, read_mark
from tenir.financement.montants import told
from tenir.habilitations.correspondance import whom_to_write
from tenir.habilitations.rights import Acces

SAVED = "C’est enregistré."


@dataclass(frozen=True, slots=True)
class Porte:
    """By where one comes to a dossier: the addresses that follow, and who writes (nobody, by the link)."""

    url: Callable[..., str]
    by: Acces | None = None


def by_link(jeton: str) -> Porte:
    """The door of whoever fills it."""
    return Porte(lambda name="", *args: reverse(f"dossier{name and '-'}{name}", args=[jeton, *args]))


def stamp_of(dossier: DossierDeDemande) -> Tampon:
    """Where it stands."""
    etat = EtatDeDossier(dossier.etat)
    return Tampon(str(etat.label), TON_DU_DOSSIER[etat])


def sentence_of(dossier: DossierDeDemande) -> str:
    """« À déposer avant le 30 avril 2026 : il manque cinq choses. »"""
    if dossier.etat == EtatDeDossier.DEPOSE:
        return f"Déposé le {date_fr(dossier.depose_le)}. Son numéro est {dossier.code}."  # type: ignore[arg-type]
    if dossier.etat == EtatDeDossier.RETIRE:
        return f"Retiré. Il peut être changé et déposé de nouveau jusqu’au {date_fr(dossier.limite)}."
    lacks = sum(len(one) for one in missing(dossier).values())
    rest = f"il manque {pluriel(lacks, 'chose', genre='f', lettres=True)}" if lacks else "rien ne manque"
    return f"À déposer au plus tard le {date_fr(dossier.limite)} : {rest}."


def summary(dossier: DossierDeDemande, porte: Porte, closed: str) -> dict[str, Any]:
    """What the first page of a dossier shows, by whatever door."""
    lacks = missing(dossier)
    standing = dossier.etat == EtatDeDossier.DEPOSE or bool(closed)
    return {
        "espace": dossier.espace,
        "dossier": dossier,
        "tampon": stamp_of(dossier),
        "chapeau": typo(sentence_of(dossier)),
        "manques": [] if standing else [one for said in lacks.values() for one in said],
        "sections": [_section(dossier, porte, name, lacks[name], standing=standing) for name in SECTIONS],
        "sommes": _sums(dossier),
        "attendus": owed_before(dossier, team=porte.by is not None),
        "compte_rendu": report_told(dossier, porte.url("compte-rendu")),
        "accords": grants_of(dossier, porte) if dossier.etat == EtatDeDossier.DEPOSE else [],
        "suites": [] if dossier.etat != EtatDeDossier.DEPOSE else answers_of(dossier),
        "ferme": typo(closed),
        "deposer": "" if standing or any(lacks.values()) else porte.url("deposer"),
        "retirer": porte.url("retirer") if not closed and may_be_withdrawn(dossier) else "",
    }


def _section(dossier: DossierDeDemande, porte: Porte, name: str, lacks: list[str], *, standing: bool) -> Item:
    url = "" if standing else porte.url("section", name)
    stamp = Tampon("à compléter", Ton.ATTENTION) if lacks else Tampon("complet", Ton.FAIT)
    return Item("", SECTIONS[name].titre, url, typo(_said(dossier, name)), stamp)


def _said(dossier: DossierDeDemande, name: str) -> str:
    """What a section holds, in one line."""
    if name == "organisme":
        return ", ".join(filter(None, (dossier.nom, dossier.siret or dossier.rna)))
    if name == "lieux" and dossier.debut and dossier.fin:
        return f"du {date_fr(dossier.debut)} au {date_fr(dossier.fin)}"
    if name in ("charges", "produits"):
        return told(getattr(dossier, name))
    if name == "pieces":
        return ", ".join(one.intitule for one in dossier.pieces.order_by("pk"))
    return dossier.intitule if name == "action" else ""


def _sums(dossier: DossierDeDemande) -> list[Renseignement]:
    """What is asked of each funder, and what the budget comes to."""
    rows = dossier.parts.select_related("financeur").order_by("pk")
    asked = [Renseignement(f"Demandé {a(one.financeur)}", told(one.montant)) for one in rows]
    sums = (
        ("Charges", dossier.charges),
        ("Produits", dossier.produits),
        ("Contributions volontaires, 86", dossier.emplois),
        ("Contributions volontaires, 87", dossier.contributions),
    )
    return [
        *asked,
        *(Renseignement(name, told(one) or NON_DIT) for name, one in sums),
    ]


def answers_of(dossier: DossierDeDemande) -> list[Item]:
    """What each funder asked says of it: where it stands, its condition, its reason; one query."""
    rows = dossier.parts.select_related("financeur").order_by("pk")
    return [_answer(one) for one in rows]


def _answer(one: PartDemandee) -> Item:
    said = told_outside(one)
    known = (
        (one.condition and f"Condition : {one.condition}", one.motif and f"Raison : {one.motif}") if one.suite else ()
    )
    asked = f"Demandé : {told(one.montant)}" + (f" ; {said}" if one.suite else "")
    stamp = Tampon(str(one.get_suite_display()) or said, TON_DE_LA_SUITE[one.suite])
    return Item("", str(one.financeur), "", typo(". ".join(filter(None, (asked, *known)))), stamp)


def may_be_withdrawn(dossier: DossierDeDemande) -> bool:
    """Whether it is sent, and no funder decided yet."""
    return dossier.etat == EtatDeDossier.DEPOSE and not dossier.parts.exclude(suite="").exists()


def grants_of(dossier: DossierDeDemande, porte: Porte) -> list[dict[str, Any]]:
    """Each grant: where its convention stands, its files, what was paid; by the link."""
    if porte.by:
        return []
    rows = dossier.parts.filter(suite=Suite.ACCORDE).select_related("financeur", "ligne").order_by("pk")
    return [_grant(one, porte) for one in rows]


def _grant(part: PartDemandee, porte: Porte) -> dict[str, Any]:
    found = convention_of(part)
    files = (("Word", "docx"), ("PDF", "pdf")) if found else ()
    return {
        "qui": str(part.financeur),
        "convention": said_of_convention(found),
        "fichiers": [Lien(text, porte.url("convention", part.pk, format)) for text, format in files],
        "versements": [said_of_payment(one) for one in payments_of(part)],
    }


def made_form(dossier: DossierDeDemande, name: str, request: HttpRequest) -> SectionForm:
    """The form of a section.

    Raises:
        Http404: no such section.
    """
    if name not in FORMS:
        raise Http404
    return FORMS[name](dossier, name, posted(request), request.FILES or None)


def save(form: SectionForm, by: Acces | None, request: HttpRequest) -> None:
    """Save what a form says, or add its file."""
    if isinstance(form, PieceDeDossierForm):
        services.bring(by=by, dossier=form.dossier, **form.piece())
    else:
        given = form.given()
        services.fill(by=by, dossier=form.dossier, section=form.section, given=given, lu=read_mark(request))


def files_of(dossier: DossierDeDemande, porte: Porte) -> list[tuple[PieceDeDossier, str, str]]:
    """Its files, each with where it opens and where it is taken away."""
    rows = dossier.pieces.order_by("pk")
    return [(one, porte.url("piece", one.pk), porte.url("piece-retirer", one.pk)) for one in rows]


# Behind the link


View = Callable[..., HttpResponse]


def opened(view: View) -> View:
    """A view that receives the dossier of its link, in its local time."""

    def opened(request: HttpRequest, jeton: str, **more: Any) -> HttpResponse:
        found = find(jeton)
        if found is None:
            return incomplete(request)
        with horloge.zone(found.espace):
            return private(view(request, found, by_link(jeton), **more))

    opened.__module__ = view.__module__
    return opened


def _renewable(dossier: DossierDeDemande) -> list[AppelAProjets]:
    """The calls open today for which this one may be taken up."""
    if dossier.etat == EtatDeDossier.BROUILLON:
        return []
    rows = AppelAProjets.objects.of(dossier.espace).open_on(horloge.today(dossier.espace))
    taken = DossierDeDemande.objects.filter(repris_de=dossier).values("appel")
    return list(rows.exclude(pk=dossier.appel_id).exclude(pk__in=taken))


def _first(request: HttpRequest, found: DossierDeDemande, porte: Porte) -> HttpResponse:
    given = summary(found, porte, why_closed(found))
    given["contact"] = typo(whom_to_write(found.espace))
    given["reprises"] = [Lien(one.titre, porte.url("reprendre", one.numero)) for one in _renewable(found)]
    given["reports"] = reports_of(found)
    given["dates"] = porte.url("dates") if given["accords"] else ""
    given["document"] = {one: porte.url("document", one) for one in ("pdf", "docx")}
    given["pieces"] = [Item("", one.intitule, url, one.nom) for one, url, _ in files_of(found, porte)]
    return render(request, "appels/dossier.html", given)


def _fill(request: HttpRequest, found: DossierDeDemande, porte: Porte, section: str) -> HttpResponse:
    form = made_form(found, section, request)
    if form.is_valid() and (done := _tried(request, porte, form, lambda: save(form, None, request), SAVED)):
        return done
    given = {
        "espace": found.espace,
        "dossier": found,
        "titre": SECTIONS[section].titre,
        "chapeau": "",
        "bouton": "Enregistrer",
        "section": section,
        "form": form,
        "lu": None if section == "pieces" else services.shown(found, section),
        "pieces": files_of(found, porte) if section == "pieces" else [],
        "retour": porte.url(),
        "ferme": typo(why_closed(found)) or _sent(found),
    }
    return render(request, "appels/section.html", given, status=UNPROCESSABLE if form.errors else 200)


def _sent(found: DossierDeDemande) -> str:
    return typo("Ce dossier est déposé : retirez-le pour le changer.") if found.etat == EtatDeDossier.DEPOSE else ""


def asked_by_link(
    request: HttpRequest,
    found: DossierDeDemande,
    porte: Porte,
    form: Any,
    write: Callable[[], object],
    said: str,
    **page: Any,
) -> HttpResponse:
    """A small page behind the link: one form, one button, and the way back to the dossier."""
    if form.is_valid() and (done := _tried(request, porte, form, write, said)):
        return done
    given = {"espace": found.espace, "dossier": found, "section": "", "pieces": [], "form": form, "ferme": "", **page}
    given |= {"chapeau": typo(page.get("chapeau", "")), "retour": porte.url()}
    return render(request, "appels/section.html", given, status=UNPROCESSABLE if form.errors else 200)


def _act(titre: str, bouton: str, said: str, write: Callable[..., object], chapeau: str = "") -> View:
    """A page of one question and one button."""

    def act(request: HttpRequest, found: DossierDeDemande, porte: Porte, **more: Any) -> HttpResponse:
        page = {"titre": titre, "bouton": bouton, "chapeau": chapeau, "lu": _read(found, more)}
        form = Rien(posted(request))
        return asked_by_link(request, found, porte, form, lambda: write(request, found, **more), said, **page)

    return act


def _read(found: DossierDeDemande, more: dict[str, Any]) -> Any:
    return services.shown_file(_piece(found, more["pk"])) if "pk" in more else services.shown_whole(found)


def _tried(
    request: HttpRequest, porte: Porte, form: Any, write: Callable[[], object], said: str
) -> HttpResponse | None:
    """Do it and go back to the first page, or put what was refused beside its field."""
    try:
        write()
    except ValidationError as error:
        form.refuse(error)
        return None
    except LienClos as error:
        messages.error(request, typo(str(error)))
    else:
        messages.success(request, typo(said))
    return HttpResponseRedirect(porte.url())


def _piece(found: DossierDeDemande, pk: int) -> PieceDeDossier:
    rows = PieceDeDossier.objects.select_related("dossier__espace", "dossier__appel")
    return get_object_or_404(rows, dossier=found, pk=pk)


def _renew(request: HttpRequest, found: DossierDeDemande, numero: int) -> None:
    rows = AppelAProjets.objects.of(found.espace).open_on(horloge.today(found.espace))
    services.renew(dossier=found, appel=get_object_or_404(rows, numero=numero))


def _file(request: HttpRequest, found: DossierDeDemande, porte: Porte, pk: int) -> HttpResponse:
    row = _piece(found, pk)
    return to_be_kept(row.fichier, row.nom)


dossier = login_not_required(require_safe(opened(_first)))
section = login_not_required(require_http_methods(BOTH)(opened(_fill)))
piece = login_not_required(require_safe(opened(_file)))
deposer = login_not_required(
    require_http_methods(BOTH)(
        opened(
            _act(
                "Déposer le dossier ?", "Déposer", "Le dossier est déposé : un récépissé vous est envoyé.",
                lambda request, found: services.send(by=None, dossier=found, lu=read_mark(request)),
                "L’équipe du contrat et les financeurs le liront. Vous pourrez le retirer jusqu’au dernier jour.",
            )
        )
    )
)  # fmt: skip
retirer = login_not_required(
    require_http_methods(BOTH)(
        opened(
            _act(
                "Retirer le dossier ?", "Retirer", "Le dossier est retiré.",
                lambda request, found: services.withdraw(by=None, dossier=found, lu=read_mark(request)),
                "Il ne sera pas examiné, sauf si vous le déposez de nouveau avant le dernier jour.",
            )
        )
    )
)  # fmt: skip
piece_retirer = login_not_required(
    require_http_methods(BOTH)(
        opened(
            _act(
                "Retirer cette pièce ?", "Retirer la pièce", "La pièce est retirée.",
                lambda request, found, pk: services.take_away(by=None, piece=_piece(found, pk), lu=read_mark(request)),
            )
        )
    )
)  # fmt: skip
reprendre = login_not_required(
    require_http_methods(BOTH)(
        opened(
            _act(
                "Redemander pour un autre appel ?", "Reprendre ce dossier",
                "Un nouveau dossier est ouvert : son lien vous est envoyé.", _renew,
                "L’organisme, l’action et le budget sont repris, à relire. Dates, pièces et engagement sont à redire.",
            )
        )
    )
)  # fmt: skip
