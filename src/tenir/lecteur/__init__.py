"""The reader: from a signed document to a draft contract file. Pure Python, offline, deterministic."""
