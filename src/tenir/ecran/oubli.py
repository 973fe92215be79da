"""What every screen keeps of a person: what she is told of it, and what becomes of it when she is erased."""

from django.db.models import Exists, OuterRef

from tenir.acteurs.models import Personne
from tenir.core import horloge
from tenir.core.listes.adresse import in_words
from tenir.core.oubli import Marques
from tenir.core.typographie import capital, date_fr
from tenir.ecran.annulation import menage
from tenir.ecran.ecrans.vues.lieux import title_of
from tenir.ecran.models import Geste, VueNommee, VueParDefaut
from tenir.ecran.navigation import address
from tenir.ecran.services import vues
from tenir.habilitations.connu import Tableau
from tenir.habilitations.models import Habilitation
from tenir.habilitations.mots import CONTRAT


def is_herself(held: Habilitation, thing: object) -> bool:
    """Whether what is hers belongs to whoever holds the role."""
    return isinstance(thing, Personne) and thing.pk == held.personne_id


def known(personne: Personne) -> list[Tableau]:
    """Her named views, and her gestures of the last minutes; a query each."""
    return [_views(personne), _gestures(personne)]


def _views(personne: Personne) -> Tableau:
    opening = VueParDefaut.objects.filter(vue=OuterRef("pk"), personne=personne)
    hers = VueNommee.objects.filter(personne=personne).select_related("espace").order_by("espace", "liste", "pk")
    return Tableau(
        "vues",
        "Mes vues des listes",
        [capital(CONTRAT), "Liste", "Nom", "Ce qu’elle demande", "Pour qui", "S’ouvre d’office"],
        [
            [
                str(one.espace or "plateforme"),
                title_of(one.liste),
                one.nom,
                in_words(one.adresse),
                one.get_niveau_display(),
                "oui" if one.d_office else "",  # type: ignore[attr-defined]  # annotated
            ]
            for one in hers.annotate(d_office=Exists(opening))
        ],
        "Vous n’avez enregistré aucune vue.",
        "Ses vues des listes ; celles qu’elle a partagées restent, sans son nom.",
    )


def _gestures(personne: Personne) -> Tableau:
    hers = Geste.objects.filter(par=personne).select_related("espace")
    return Tableau(
        "gestes",
        "Mes derniers gestes",
        [capital(CONTRAT), "Quand", "Geste", "Annulé"],
        [
            [
                str(one.espace or "plateforme"),
                f"{date_fr(horloge.day_of(one.le))}, {horloge.clock(one.le)}",
                one.phrase,
                "oui" if one.annule_le else "",
            ]
            for one in hers
        ],
        "Aucun geste : ceux des dernières minutes sont retirés chaque nuit.",
        "Ses gestes des dernières minutes, qui ne s’annuleront plus.",
    )


PERSONAL: dict[str, tuple[str, ...]] = {"ecran.Geste": (), "ecran.LigneDeGeste": ()}
"""Gestures go whole when they name her."""


def where_is_a_view(vue: VueNommee) -> str:
    """The page where a view is changed."""
    return address("vue-modifier", vue.espace, vue.pk)


def forget(personne: Personne, marques: Marques) -> None:
    """Drop her gestures and those that name her, and her own views; those she shared stay."""
    menage.forget(personne, marques)
    vues.forget(personne)
