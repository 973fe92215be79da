"""The spreadsheet of a contract: out, back, and what became of each cell meanwhile. `docs/adr/0020-tableur.md`."""
