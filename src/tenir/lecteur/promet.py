"""The verbs by which a signatory promises, for every pattern that looks for them."""

S_ENGAGE = r"s[’'](?:engage|oblige)"
PROMET = rf"(?:{S_ENGAGE}(?:nt)?|promet(?:tent)?)"
"""« s’engage », « s’obligent », « promet » in the present."""
