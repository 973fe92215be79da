"""The long works of the room: a file of subsidies read by parts, many rows written at once, whole or not at all."""

READING, AMOUNTS, TAKING = "lecture-de-subventions", "inscription-de-montants", "reprise-de-subventions"
"""The kinds of long work that the room brings."""
AT_ONCE = 500
"""How many rows a page writes by itself; the loop writes more."""
