"""The life of promises: their list, the page of one, saying where it stands, what is awaited, what proves it."""
