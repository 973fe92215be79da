"""Whom to call in each body of a contract: the list, a contact typed by hand, a whole spreadsheet."""
