"""The thresholds of bookings."""

from datetime import date

from tenir.core.seuils import Seuil

AVANCE = (Seuil(366, date(2024, 1, 1), "Choix de Tenir : une année, le temps d’un programme de permanences."),)
"""How many days ahead a room may be booked."""

PROCHES = (Seuil(14, date(2024, 1, 1), "Choix de Tenir : deux semaines autour de ce qui est demandé."),)
"""Within how many days the free slots nearest to one asked are looked for."""
