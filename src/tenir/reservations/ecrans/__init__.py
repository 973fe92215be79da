"""The screens of rooms."""
