"""A snapshot of a contract: how it is taken, kept, read again and compared. Nothing here is computed twice."""
