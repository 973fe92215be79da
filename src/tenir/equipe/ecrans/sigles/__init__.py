"""The acronyms of a contract, for its team."""
