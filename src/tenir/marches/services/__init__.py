"""What is done to a walk and to its stops."""
