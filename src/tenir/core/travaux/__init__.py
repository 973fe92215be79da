"""Long works: asked for on a page, done by the loop step by step, shown, stopped (`docs/adr/0029-travaux.md`)."""
