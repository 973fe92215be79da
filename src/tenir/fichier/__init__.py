"""The contract file: its models, its canonical form, and what can be known of it without a database.

Pure Python: no Django, no network. Field names are the file's own, in French, since agents edit the file by hand.
"""
