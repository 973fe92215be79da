"""The life of the contracts of the nation, written in bulk: statuses, three jalons an action, news, people to call.

Seeded like the contracts. Not through the services: what is measured is reading, and 450 contracts are many.
"""

import random
from datetime import date, timedelta

from allauth.mfa.models import Authenticator

from tenir.acteurs.models import Personne, Utilisateur
from tenir.contrat.models import Signataire
from tenir.core import horloge
from tenir.fiches.enums import EXPLAINED, Statut
from tenir.fiches.models import FicheAction, Jalon, Nouvelle
from tenir.habilitations.models import EspaceDeContrat, Habilitation, Referent
from tenir.habilitations.rights import Acces, acces_of
from tenir.habilitations.roles import Role
from tenir.points.models import Destinataire, PointDEtape
from tenir.points.services.destinataires import plan_of
from tenir.points.services.envoi import save_point, send_point, waive

SINCE = date(2024, 7, 1)
STATUTS = ("", Statut.EN_PREPARATION, Statut.EN_COURS, Statut.EN_COURS, Statut.REALISEE, Statut.SUSPENDUE)


def give_life(espace: EspaceDeContrat, rank: int) -> None:
    """Statuses, dates, jalons and news to the fiches of a contract, and a contact to each signatory."""
    rng = random.Random(f"vie {rank}")  # noqa: S311 - no secret
    fiches = list(FicheAction.objects.of(espace))
    for fiche in fiches:
        _declare(rng, fiche)
    columns = ["statut", "motif", "statut_depuis", "debut_prevu", "fin_prevue", "debut_reel", "derniere_nouvelle_le"]
    FicheAction.objects.bulk_update(fiches, columns, batch_size=100)
    Jalon.objects.bulk_create([_jalon(rng, fiche, n) for fiche in fiches for n in range(3)], batch_size=500)
    told = [fiche for fiche in fiches if fiche.derniere_nouvelle_le]
    Nouvelle.objects.bulk_create(
        [Nouvelle(fiche=one, le=one.derniere_nouvelle_le, texte="Nouvelle inventée pour la mesure.") for one in told]
    )
    _contacts(espace, rank)


def team_of(espace: EspaceDeContrat) -> Utilisateur:
    """The account of someone of the team, her second factor set up; made once."""
    user = Utilisateur.objects.filter(email=f"equipe@{espace.slug}.example").first()
    if user is None:
        user = Utilisateur.objects.create_user(f"equipe@{espace.slug}.example")
        personne = Personne.objects.create(nom="Équipe fictive", email=user.email, utilisateur=user)
        Habilitation.objects.create(espace=espace, personne=personne, role=Role.EQUIPE, du=SINCE)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"})
    return user


def acces_of_team(espace: EspaceDeContrat) -> Acces:
    """What the team may do."""
    return acces_of(team_of(espace).personne)


def draft(espace: EspaceDeContrat) -> PointDEtape:
    """A point d'étape about everything, what stops it waived."""
    by = acces_of_team(espace)
    given = {"titre": "Point fictif", "engagements": True, "reponse_avant": horloge.today() + timedelta(days=15)}
    point = save_point(by=by, espace=espace, given=given)
    stops = {stop.cle: stop.phrase for stop in plan_of(point, horloge.today()).blocages}
    waive(by=by, point=point, cles=stops, motif="mesure")
    return point


def asked(espace: EspaceDeContrat) -> Destinataire:
    """Whoever has the most questions of a point d'étape that was sent; sent once."""
    if not Destinataire.objects.filter(point__espace=espace).exists():
        send_point(by=acces_of_team(espace), point=draft(espace))
    found = Destinataire.objects.filter(point__espace=espace).prefetch_related("questions")
    return max(found, key=lambda one: len(one.questions.all()))


def _declare(rng: random.Random, fiche: FicheAction) -> None:
    fiche.statut = rng.choice(STATUTS)
    fiche.motif = "Raison inventée pour la mesure." if fiche.statut in EXPLAINED else ""
    begun = SINCE + timedelta(days=rng.randint(0, 500))
    fiche.statut_depuis = begun if fiche.statut else None
    fiche.debut_prevu, fiche.fin_prevue = begun, begun + timedelta(days=rng.randint(200, 1500))
    fiche.debut_reel = begun if fiche.statut in (Statut.EN_COURS, Statut.REALISEE) else None
    fiche.derniere_nouvelle_le = horloge.today() - timedelta(days=rng.randint(1, 400)) if fiche.statut else None


def _jalon(rng: random.Random, fiche: FicheAction, rank: int) -> Jalon:
    day = SINCE + timedelta(days=rng.randint(0, 1200))
    past = day < horloge.today() and rng.random() < 0.8
    return Jalon(fiche=fiche, titre=f"Jalon inventé {rank + 1}", prevu_le=day, atteint_le=day if past else None)


def _contacts(espace: EspaceDeContrat, rank: int) -> None:
    bodies = Signataire.objects.of(espace).values_list("organisation", flat=True).distinct()
    for number, body in enumerate(sorted(bodies)):
        email = f"contact-{rank}-{number}@contacts.example"
        personne = Personne.objects.create(nom=f"Contact fictif {rank}-{number}", email=email)
        Referent.objects.create(espace=espace, personne=personne, organisation_id=body, du=SINCE)
