"""Reading the file of a calendar (.ics), whoever wrote it: bounded, and without what names people.

Nothing is asked of the database here. `docs/adr/0046-agendas.md` says what is left out, and why.
"""
