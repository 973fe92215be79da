"""The screens of the registers: what lasts, line by line, and what becomes of it."""
