"""What changes comments: one function changes one thing."""
