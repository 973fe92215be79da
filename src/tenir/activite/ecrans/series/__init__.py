"""The screens of what comes back at a rhythm."""
