"""The two commands of the house and what they need: standard library only."""
