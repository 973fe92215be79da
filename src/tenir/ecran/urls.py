"""The addresses of what every screen shares: the gestures that may still be undone."""

from tenir.ecran.adresses import of_a_contract
from tenir.ecran.annulation import vues

urlpatterns = of_a_contract(
    ("gestes/", vues.gestes, "gestes"),
    ("gestes/<int:numero>/", vues.geste, "geste"),
)
