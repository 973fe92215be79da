"""One fiche action: reading it, and keeping it up to date."""
