"""Run apart: a point d'étape that asks sixty people, in the database that the environment names."""

from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the models exist once the site is set up

from tenir.habilitations.rights import acces_of  # noqa: E402
from tenir.habilitations.roles import Role  # noqa: E402
from tenir.points.services.envoi import save_point, send_point  # noqa: E402
from tests.personnes import contract, member, person, referent  # noqa: E402
from tests.vie import fiche  # noqa: E402

COUNT = 60


def main() -> None:
    """Sixty bodies, a contact and an action each; the point d'étape is sent, its messages wait."""
    espace = contract("vallon")
    for rank in range(COUNT):
        of = f"corps-{rank:03}"
        referent(person(f"Personne {rank:03}", signs_in=False), espace, of=of)
        fiche(espace, f"O{rank // 50 + 1:02}-A{rank % 50 + 1:02}", pilots=(of,))
    team = acces_of(member("Basile Pivot", Role.EQUIPE, espace))
    given = {"titre": "Automne", "reponse_avant": timezone.localdate() + timedelta(days=15)}
    send_point(by=team, point=save_point(by=team, espace=espace, given=given))


if __name__ == "__main__":
    main()
