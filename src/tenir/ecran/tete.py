"""The head of every page: one bar, one menu of the account, the way to the same thing on the other side, help."""

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import ResolverMatch, resolve, reverse

from tenir.core.composants import Lien, Tete
from tenir.core.emplacements import word
from tenir.core.piece import by_name
from tenir.ecran.navigation import LIST, Entree, entries
from tenir.habilitations.middleware import acces_of_request
from tenir.habilitations.models import EspaceDeContrat
from tenir.habilitations.rights import Acces, Portee, reach

OF_THE_PLATFORM = "plateforme-"
"""What the address of a page begins with when it is the platform’s twin of a page of a contract."""


def head(request: HttpRequest, espace: EspaceDeContrat | None, page: str) -> Tete:
    """The head of a page of a contract, if it is of one, under a page of the navigation: for whoever asks."""
    user, aide = getattr(request, "user", None), Lien("Aide", help_page(request, page))
    if user is None:
        return Tete(compte=[[aide]])
    if not user.is_authenticated:
        return Tete(compte=[[aide, Lien("Se connecter", resolve_url(settings.LOGIN_URL))]])
    acces = acces_of_request(request)
    if acces is None:
        return Tete(str(user), compte=[[Lien("Mon compte", reverse("mfa_index")), aide]])
    place = _place(request, acces, espace)
    found = list(entries(acces, place))
    bar = [entry for entry in found if not entry.page.compte]
    inside = next((entry for entry in found if page in [view.name for view in entry.vues]), None)
    return Tete(
        str(acces.personne),
        barre=[entry.link(place, page) for entry in bar],
        nom_de_la_barre=word("pages"),
        vues=inside.links(place, page) if inside else (),
        compte=[group for group in (*_account(found, place, page), [*_own(acces, place), aide]) if group],
        jumelle=twin(request.resolver_match, acces, espace),
    )


def _place(request: HttpRequest, acces: Acces, espace: EspaceDeContrat | None) -> EspaceDeContrat | None:
    """The contract that the head is of: the page’s; that of its address; or else her only one."""
    if espace or acces.administers():
        return espace
    contracts = acces.contracts()
    slug = request.resolver_match.kwargs.get("slug") if request.resolver_match else None
    return next((one for one in contracts if one.slug == slug or (slug is None and len(contracts) == 1)), None)


def _account(found: list[Entree], place: EspaceDeContrat | None, page: str) -> list[list[Lien]]:
    """What runs her contract, then what runs the platform."""
    kept = [entry for entry in found if entry.page.compte]
    return [[entry.link(place, page) for entry in kept if entry.page.platform is of] for of in (False, True)]


def _own(acces: Acces, place: EspaceDeContrat | None) -> list[Lien]:
    others = [one for one in acces.contracts() if one != place]
    away = bool(others and place)
    elsewhere = Lien(word("mes autres lieux"), note=str(len(others))) if away else Lien(word("mes lieux"))
    return [
        Lien(elsewhere.text, f"{reverse('mes-contrats')}?{LIST}=oui", note=elsewhere.note),
        Lien("Mon compte", reverse("mfa_index")),
        Lien("Ce que Tenir sait de moi", reverse("mes-donnees")),
    ]


def twin(match: ResolverMatch | None, acces: Acces, espace: EspaceDeContrat | None) -> Lien | None:
    """The working page of a public page, or the reverse, if someone may open it and if it exists.

    From a public page that has none, the desk.
    """
    if match is None or espace is None:
        return None
    working = by_name("twins")
    public = {closed: opened for opened, closed in working.items()}.get(match.url_name)
    if public:
        appears = by_name("appears").get(str(match.url_name), _always)
        named = {name: value for name, value in match.kwargs.items() if name != "slug"}
        exists = espace.etat == EspaceDeContrat.Etat.PUBLIE and appears(espace, **named)
        return Lien("Voir la page publique", reverse(public, kwargs=match.kwargs)) if exists else None
    if hasattr(match.func, "decision"):
        return None
    if match.url_name in working:
        return _opened(acces, espace, "Page de travail", reverse(working[match.url_name], kwargs=match.kwargs))
    desk = working.get("contrat")
    return _opened(acces, espace, "Aujourd’hui", reverse(desk, args=[espace.slug])) if desk else None


def _always(_espace: EspaceDeContrat, **_named: object) -> bool:
    return True


def _opened(acces: Acces, espace: EspaceDeContrat, text: str, url: str) -> Lien | None:
    """A link, to those whom the page it leads to lets in."""
    right = str(getattr(resolve(url).func, "decision", ""))
    return Lien(text, url) if right and reach(acces, right, espace) == Portee.TOUTE else None


def help_page(request: HttpRequest, page: str) -> str:
    """The address of the page of the guide that explains a page; of the whole guide when no room named one.

    « fiche-modifier » is explained where « fiche » is, unless it has its own.
    """
    told = by_name("aide")
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    name = name.removeprefix(OF_THE_PLATFORM)
    while name and name not in told:
        name = name.rpartition("-")[0]
    asked, _, anchor = (told.get(name) or told.get(page, "")).partition("#")
    url = reverse("aide-page", args=[asked]) if asked else reverse("aide")
    return f"{url}#{anchor}" if anchor else url
