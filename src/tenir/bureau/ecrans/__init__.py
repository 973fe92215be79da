"""The screens that join rooms."""
