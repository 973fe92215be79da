"""What an activity may be: kinds as plain data, without Django. One file of `livrees/` is one kind, and one page."""
