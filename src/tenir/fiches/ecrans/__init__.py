"""The screens of fiches: the page of one, the table of all, the frieze, what they bring to the desk."""
