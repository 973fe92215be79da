"""The trace on the screen: the list, its filters, the history of a thing or of a person, erasure."""
