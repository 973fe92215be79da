"""The kinds of long works of the workshop (`core.travaux`)."""

LECTURE_DE_DOCUMENT = "lecture-de-document"
"""Reads a document dropped on the site, and makes a contract of it."""
RELECTURE_D_UN_BROUILLON = "relecture-d-un-brouillon"
"""Reads the document of a draft again, by what was said of its layout."""
DOCUMENT_D_UN_BROUILLON = "document-d-un-brouillon"
"""Reads a document, for a draft that is there already."""
