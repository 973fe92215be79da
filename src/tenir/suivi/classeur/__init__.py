"""The spreadsheet of a contract: out, back, and what became of each cell meanwhile. `docs/adr/0019-tableur.md`."""
