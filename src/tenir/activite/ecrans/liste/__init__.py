"""The list of what was done: its columns, its filters, its sentence, what is judged at once in it."""
