"""Comments on an action, a promise or an answer: what people of a contract say to one another where they read."""
