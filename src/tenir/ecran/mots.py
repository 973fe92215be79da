"""The words that every screen says in the same way."""

UNDECLARED = "rien n’est annoncé"
"""What is said of a thing of which nobody said anything."""

UNDEFINED = "à définir"
"""What is said of what the team has still to say."""
