"""The life of planned actions: their fiches, from the page of one to the table of all."""
