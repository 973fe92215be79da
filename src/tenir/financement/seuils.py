"""The thresholds of the ledger."""

from datetime import date

from tenir.core.seuils import Seuil

CONVENTION_DUE = (
    Seuil(23_000, date(2001, 6, 8), "Loi du 12 avril 2000, article 10 ; décret n° 2001-495, article 1er."),
)
"""Above how many euros a year a public funder and a private body sign a convention."""
