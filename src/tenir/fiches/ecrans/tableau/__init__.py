"""Many fiches at once: the table, changes in bulk, the spreadsheet out and back."""
