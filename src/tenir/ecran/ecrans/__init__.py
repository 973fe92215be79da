"""The screens that every room leans on."""
