"""The screens by which a table of any headings comes in the register."""
