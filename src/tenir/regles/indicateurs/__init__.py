"""How one will know."""
