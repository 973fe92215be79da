"""The archive of one contract, readable without Tenir: for the public archives, or to leave for another tool."""
