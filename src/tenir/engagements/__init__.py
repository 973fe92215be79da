"""The life of engagements: where each promise of a signatory stands, what is awaited of it, what proves it."""
