"""Who funds what."""
