"""What the desk keeps of a person who is erased: her summary, how far she had read."""

from tenir.acteurs.models import Personne
from tenir.bureau.models import DernierPassage, Resume
from tenir.bureau.services.resumes import GENRE
from tenir.core import courriels
from tenir.core.models import Courriel
from tenir.core.oubli import Marques


def forget(personne: Personne, marques: Marques) -> None:
    """Remove them; what waits for her is called off, what left says no more to whom."""
    sent = Courriel.objects.filter(genre=GENRE, cible__startswith=f"{personne.pk}/")
    courriels.cancel(sent)
    sent.update(adresse="")
    Resume.objects.filter(personne=personne).delete()
    DernierPassage.objects.filter(personne=personne).delete()
